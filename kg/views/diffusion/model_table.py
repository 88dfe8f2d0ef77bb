"""Fitted models → the table of a paper, side by side: text, CSV, Markdown, LaTeX; and every figure in full (tidy)."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.diffusion.models.fitted import Fitted, Term
from kg.diffusion.models.time_dependence import TimeTest
from kg.views.tables import Table, inert, spreadsheet_cell, table_csv, table_text

STARS = ((0.001, "***"), (0.01, "**"), (0.05, "*"))
OWN = ("(intercept)", "log(scale)")  # coefficients of the model itself, which have no ratio
LAST = ("log(duration)", "duration", "duration^2", "duration^3", *OWN)
MINUS = "−"  # which no spreadsheet takes for a formula
_LATEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    MINUS: "$-$",
    "²": "$^2$",
} | {sign: f"\\{sign}" for sign in "&%$#_{}"}
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>|#~])")
_CHINESE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Publication:
    """Rows of cells, one cell for each model; the head has the models' names."""

    models: tuple[str, ...]
    body: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]  # label, estimates, errors or intervals
    foot: tuple[tuple[str, tuple[str, ...]], ...]
    notes: tuple[str, ...]  # how to read it
    doubts: tuple[str, ...]  # what holds of single models: (2) separation: …


def publication(
    models: Sequence[Fitted], *, ratios: bool = False, digits: int = 3, labels: Mapping[str, str] | None = None
) -> Publication:
    """The table of these models; `ratios` gives exp(coefficient) with its 95 % interval; `labels` rename terms."""
    named = labels or {}
    body = []
    for name in _names(models, ratios=ratios):
        terms = [next((term for term in model.shown if term.name == name), None) for model in models]
        cells = [_cells(model, term, digits, ratios=ratios) for model, term in zip(models, terms, strict=True)]
        body.append((named.get(name, name), tuple(cell for cell, _ in cells), tuple(error for _, error in cells)))
    return Publication(
        tuple(model.model for model in models),
        tuple(body),
        tuple(_foot(models, digits)),
        tuple(_notes(models, ratios=ratios)),
        doubts(models),
    )


def doubts(models: Sequence[Fitted]) -> tuple[str, ...]:
    """The notes of the models, each once, with the numbers of those that it holds of: (1, 3) separation: …"""
    found: dict[str, list[str]] = {}
    for number, model in enumerate(models, 1):
        for note in model.notes:
            found.setdefault(note, []).append(str(number))
    return tuple(f"({', '.join(numbers)}) {note}" for note, numbers in found.items())


def _names(models: Sequence[Fitted], *, ratios: bool) -> list[str]:
    """In the order of their first model, the models' own at the end."""
    found = list(dict.fromkeys(term.name for model in models for term in model.shown))
    ordered = [name for name in found if name not in LAST] + [name for name in LAST if name in found]
    return [name for name in ordered if not (ratios and name in OWN)]


def _cells(model: Fitted, term: Term | None, digits: int, *, ratios: bool) -> tuple[str, str]:
    if term is None:
        return "", ""
    stars = next((sign for level, sign in STARS if term.p_value < level), "")
    if ratios and model.ratio:
        low, high = (_figure(_exp(bound), digits) for bound in term.interval)
        return _figure(_exp(term.estimate), digits) + stars, f"[{low}, {high}]"
    return _figure(term.estimate, digits) + stars, f"({_figure(term.told_se, digits)})"


def _exp(value: float) -> float:
    return math.exp(value) if value < 700 else math.inf


def _figure(value: float, digits: int) -> str:
    """Two significant digits at least, so that 0.0004 does not become 0.000; large ones with an exponent."""
    if not math.isfinite(value):
        return "–" if math.isnan(value) else "∞".rjust(1) if value > 0 else f"{MINUS}∞"
    size = abs(value)
    if size >= 1e6:
        text = f"{value:.{digits}e}"
    elif 0 < size < 10.0 ** (1 - digits):
        text = f"{value:.2g}"
    else:
        text = f"{value:.{digits}f}"
    return text.replace("-", MINUS)


def _foot(models: Sequence[Fitted], digits: int) -> Iterable[tuple[str, tuple[str, ...]]]:
    rows: tuple[tuple[str, Callable[[Fitted], str]], ...] = (
        ("Baseline", lambda model: model.baseline),
        ("Fixed effects", lambda model: ", ".join(model.fixed)),
        ("Clusters", lambda model: ", ".join(f"{count} {column}" for column, count in model.clusters)),
        ("N", lambda model: str(model.rows)),
        ("Adoptions", lambda model: str(model.events)),
        ("Units", lambda model: str(model.units)),
        ("Programs", lambda model: str(model.programs)),
        ("Log-likelihood", lambda model: _figure(model.loglik, digits)),
        ("AIC", lambda model: _figure(model.aic, digits)),
        ("BIC", lambda model: _figure(model.bic, digits)),
    )
    for label, cell in rows:
        cells = tuple(cell(model) for model in models)
        if any(cells):
            yield label, cells


def _notes(models: Sequence[Fitted], *, ratios: bool) -> Iterable[str]:
    named: dict[str, list[str]] = {}
    for model in models:
        if model.ratio and model.model not in named.setdefault(model.ratio, []):
            named[model.ratio].append(model.model)
    kinds = [f"{ratio}s ({', '.join(some)})" for ratio, some in named.items()]
    plain = list(dict.fromkeys(model.model for model in models if not model.ratio))
    if ratios and kinds:
        yield f"Figures are {', '.join(kinds)} with 95 % intervals in square brackets."
        if plain:
            yield f"Of {', '.join(plain)} they are coefficients with standard errors in brackets."
    ways = {", ".join(column for column, _ in model.clusters) for model in models}
    one = next(iter(ways)) if len(ways) == 1 else "the columns named in the row Clusters"
    kind = f"clustered by {one}" if one else "of the model"
    yield f"Standard errors{'' if ratios and not plain else ' in brackets'} are {kind}."
    yield "; ".join(f"{sign} p < {level:g}" for level, sign in reversed(STARS)) + " (two-sided, normal)."
    if any(model.model == "firth" for model in models):
        yield "The likelihood of firth is penalised (Firth 1993)."
    if any(model.strata for model in models):
        yield "The likelihood of Cox models is partial and cannot be compared with that of the others."


def as_text(table: Publication) -> str:
    """For the terminal."""
    head = ("", *(f"({number}) {model}" for number, model in enumerate(table.models, 1)))
    rows = [(label, *cells) for label, cells in _lines(table)]
    rows.insert(2 * len(table.body), ("",) * len(head))
    lines = [inert(line) for line in (*table.notes, *table.doubts)]
    return table_text(Table(head, tuple(rows))) + "\n" + "".join(f"{line}\n" for line in lines)


def as_csv(table: Publication) -> str:
    """For a spreadsheet, which reads (0.06) as minus 0.06: standard errors stand in square brackets."""
    head = ("", *(f"({number}) {model}" for number, model in enumerate(table.models, 1)))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    for label, cells in _lines(table):
        writer.writerow([spreadsheet_cell(cell) for cell in (label, *map(_square, cells))])
    for note in (*(note.replace("in brackets", "in square brackets") for note in table.notes), *table.doubts):
        writer.writerow([spreadsheet_cell(f"Note: {note}")])
    return out.getvalue()


def _square(cell: str) -> str:
    return f"[{cell[1:-1]}]" if cell.startswith("(") else cell


def as_markdown(table: Publication) -> str:
    """A pipe table with the notes below it."""
    head = ["", *(f"({number}) {model}" for number, model in enumerate(table.models, 1))]
    rows = [head, [":--", *("--:" for _ in table.models)]]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines += ["| " + " | ".join(map(_markdown, (label, *cells))) + " |" for label, cells in _lines(table)]
    lines += ["", *(f"{_markdown(note)}  " for note in table.notes)]
    if table.doubts:
        lines += ["", *(f"- {_markdown(doubt)}" for doubt in table.doubts)]
    return "\n".join(lines) + "\n"


def _markdown(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", inert(text))


def as_latex(table: Publication) -> str:
    """A tabular for `\\input`; needs booktabs, and ctex where a name is Chinese. Doubts are comments at its top."""
    columns = len(table.models)
    lines = [f"% {inert(doubt)}" for doubt in table.doubts]
    text = "".join((label for label, *_ in table.body)) + "".join(_joined(table.foot)) + "".join(table.notes)
    lines.append("% \\usepackage{booktabs}" + (", \\usepackage{ctex} with XeLaTeX" if _CHINESE.search(text) else ""))
    lines += [f"\\begin{{tabular}}{{l{'c' * columns}}}", "\\toprule"]
    lines.append(_latex_row(["", *(f"({number})" for number in range(1, columns + 1))]))
    lines.append(_latex_row(["", *table.models]))
    lines.append("\\midrule")
    for label, cells, errors in table.body:
        lines += [_latex_row([label, *cells]), _latex_row(["", *errors])]
    lines.append("\\midrule")
    lines += [_latex_row([label, *cells]) for label, cells in table.foot]
    notes = " ".join(map(_latex, table.notes))
    lines += ["\\bottomrule", f"\\multicolumn{{{columns + 1}}}{{p{{0.9\\linewidth}}}}{{\\footnotesize {notes}}} \\\\"]
    return "\n".join([*lines, "\\end{tabular}"]) + "\n"


def _joined(foot: Iterable[tuple[str, tuple[str, ...]]]) -> Iterable[str]:
    return (cell for _, cells in foot for cell in cells)


def _latex_row(cells: Sequence[str]) -> str:
    """An opening [ would be taken for the distance of the line above."""
    made = [f"{{{text}}}" if text.startswith("[") else text for text in map(_latex, cells)]
    return " & ".join(made) + r" \\"


def _latex(text: str) -> str:
    return re.sub(r"\*+", lambda stars: f"$^{{{stars[0]}}}$", "".join(_LATEX.get(sign, sign) for sign in inert(text)))


def _lines(table: Publication) -> Iterable[tuple[str, tuple[str, ...]]]:
    for label, cells, errors in table.body:
        yield label, cells
        yield "", errors
    yield from table.foot


TIDY = (
    "model_number",
    "model",
    "term",
    "estimate",
    "se",
    "se_clustered",
    "z",
    "p_value",
    "conf_low",
    "conf_high",
    "ratio",
    "hidden",
    "n",
    "adoptions",
    "units",
    "programs",
    "clusters",
    "loglik",
    "loglik_null",
    "aic",
    "bic",
)


def tidy(models: Sequence[Fitted]) -> Table:
    """One row for each model and coefficient, baseline and fixed effects too, with all digits: for other programs."""
    rows: list[tuple[str | None, ...]] = []
    for number, model in enumerate(models, 1):
        clusters = "; ".join(f"{count} {column}" for column, count in model.clusters)
        counts = tuple(str(count) for count in (model.rows, model.events, model.units, model.programs))
        fit = tuple(_full(value) for value in (model.loglik, model.loglik_null, model.aic, model.bic))
        for term in model.terms:
            figures = (term.estimate, term.se, term.robust_se, term.z, term.p_value, *term.interval)
            ratio = _full(_exp(term.estimate)) if model.ratio else None
            row = (*map(_full, figures), ratio, "yes" if term.hidden else "no", *counts, clusters, *fit)
            rows.append((str(number), model.model, term.name, *row))
    return Table(TIDY, tuple(rows))


def _full(value: float | None) -> str | None:
    return None if value is None or math.isnan(value) else repr(float(value))


def time_table(models: Sequence[str], tested: Sequence[Sequence[TimeTest]]) -> Table:
    """Of each model and covariate the test of its product with log duration."""
    rows = [
        (
            f"({number}) {model}",
            one.term,
            None if one.slope is None else _figure(one.slope, 3),
            _figure(one.ratio, 2),
            str(one.freedom),
            f"{one.p_value:.3g}",
            "effect changes with time" if one.p_value < STARS[-1][0] else None,
        )
        for number, (model, terms) in enumerate(zip(models, tested, strict=True), 1)
        for one in terms
    ]
    return Table(("model", "term", "times_log_duration", "likelihood_ratio", "df", "p_value", "verdict"), tuple(rows))


def written(
    models: Sequence[Fitted],
    form: str = "table",
    *,
    ratios: bool = False,
    digits: int = 3,
    labels: Mapping[str, str] | None = None,
) -> str:
    """These models as a page: table (text), csv, markdown, latex, or tidy (every figure with all digits, as CSV)."""
    if form == "tidy":
        return table_csv(tidy(models))
    ways: Mapping[str, Callable[[Publication], str]] = {
        "table": as_text,
        "csv": as_csv,
        "markdown": as_markdown,
        "latex": as_latex,
    }
    return ways[form](publication(models, ratios=ratios, digits=digits, labels=labels))
