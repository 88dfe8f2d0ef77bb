"""A graph, a table of adoptions or a panel → the table of event-history models: `kg diffuse model`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from kg.cli.diffusing.source import Chosen, subset_options
from kg.cli.endpoint import told
from kg.cli.output import print_table, speaks, write_page

if TYPE_CHECKING:
    from kg.diffusion.models.design import Specification
    from kg.diffusion.models.observations import Observations

FORMS = ("table", "csv", "markdown", "latex", "tidy")
SUFFIXES = {".tex": "latex", ".md": "markdown", ".csv": "csv"}


def _listed(text: str) -> tuple[str, ...]:
    """a, b → (a, b); none is nothing."""
    parts = tuple(part.strip() for part in text.split(",") if part.strip())
    return () if parts == ("none",) else parts


def _pairs(given: Iterable[str], option: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in (part for text in given for part in _listed(text)):
        name, sign, value = pair.partition("=")
        if not sign:
            raise click.BadParameter(f"write NAME=VALUE, not {pair!r}", param_hint=option)
        found[name.strip()] = value.strip()
    return found


@click.command()
@subset_options
@click.option(
    "--model",
    "-m",
    "models",
    default="logit",
    show_default=True,
    help="With commas: logit, cloglog, probit, firth; cox (ties after Efron), cox-breslow, cox-exact; exponential, weibull,"
    " log-normal, log-logistic.",
)
@click.option(
    "--covariates",
    "-c",
    multiple=True,
    help="Terms with commas: x, L.x (a year before), log(x), x^2, z(x), C(level=County), a:b. Given again: more columns of the table.",
)
@click.option(
    "--baseline",
    default="log",
    show_default=True,
    help="Of discrete models: log, linear, quadratic, cubic, spline, dummies, none.",
)
@click.option("--fixed", default="", metavar="COLUMNS", help="Fixed effects, e.g. program.")
@click.option(
    "--strata", default="program", show_default=True, help="Of Cox models: a baseline for each; none for one."
)
@click.option(
    "--cluster",
    default="unit",
    show_default=True,
    metavar="COLUMNS",
    help="Standard errors clustered by unit, program, province …; unit,program for both; none for the model's.",
)
@click.option(
    "--join",
    "joined",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Your covariates (CSV: unit, perhaps year, and columns).",
)
@click.option(
    "--columns", multiple=True, metavar="OURS=YOURS", help="Names of a panel's columns, e.g. unit=city,program=policy."
)
@click.option(
    "--start",
    default="first",
    show_default=True,
    help="Risk begins with the first adoption, the year after it, or in a year: first, after, 2010.",
)
@click.option(
    "--end",
    default="read",
    show_default=True,
    help="And ends with the last year read of the unit, the last adoption, or a year: read, last, 2020.",
)
@click.option("--only-read", is_flag=True, help="Leave out years of which no document of the unit was read.")
@click.option("--ratios", is_flag=True, help="Odds, hazard or time ratios with 95 % intervals.")
@click.option("--digits", type=click.IntRange(1, 10), default=3, show_default=True)
@click.option("--label", "labels", multiple=True, metavar="TERM=TEXT", help="How a term is called in the table.")
@click.option("--test-time", is_flag=True, help="Test whether effects change over time (proportional hazards).")
@click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice(FORMS),
    default=None,
    help="tidy has one row per coefficient with all digits; of --out it is told by .tex, .md, .csv.",
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=None, help="Write into this file.")
@speaks
def model(
    chosen: Chosen,
    models: str,
    covariates: tuple[str, ...],
    baseline: str,
    fixed: str,
    strata: str,
    cluster: str,
    joined: tuple[Path, ...],
    columns: tuple[str, ...],
    start: str,
    end: str,
    form: str | None,
    digits: int,
    labels: tuple[str, ...],
    out: Path | None,
    *,
    only_read: bool,
    ratios: bool,
    test_time: bool,
) -> None:
    """Fit event-history models and print them side by side, as a paper does.

    SOURCE is a graph, a table of adoptions, or your own panel: a CSV file with unit, program, year or duration, and
    adopt (0 or 1 in each year at risk), or with unit, program, lower and upper for models of the time until adoption.

    \b
    kg diffuse model graph/ -m logit,cox -c superior_adopted,province_share --out table.tex
    kg diffuse model panel.csv -c gdp -c gdp,L.share --join cities.csv --cluster unit,program --ratios
    """
    from kg.diffusion.models.design import Specification
    from kg.diffusion.models.fitting import fit_model
    from kg.views.diffusion.model_table import doubts, time_table, written

    asked = [
        Specification(name, terms, baseline, _listed(fixed), ",".join(_listed(strata)), _listed(cluster))
        for terms, name in product([_listed(terms) for terms in covariates] or [()], _listed(models))
    ]
    if not asked:
        raise click.BadParameter("name a model, e.g. logit,cox", param_hint="--model")
    labels_of, renamed = _pairs(labels, "--label"), _pairs(columns, "--columns")
    sources = _Sources(chosen, renamed, joined, start, end, only_read=only_read)
    data = [sources.observations(one, asked) for one in asked]
    fitted = [fit_model(rows, one) for rows, one in zip(data, asked, strict=True)]
    form = form or SUFFIXES.get(out.suffix.lower() if out else "", "table")
    write_page(out or Path("-"), written(fitted, form, ratios=ratios, digits=digits, labels=labels_of))
    if out or form != "table":
        for doubt in doubts(fitted):
            told(doubt)
    if test_time:
        from kg.diffusion.models.time_dependence import time_tests

        tested = [time_tests(rows, one, done) for rows, one, done in zip(data, asked, fitted, strict=True)]
        click.echo()
        print_table(time_table([one.model for one in asked], tested), "table")


class _Sources:
    """Reads what models need, each kind once: years at risk, or intervals of adoption."""

    def __init__(
        self,
        chosen: Chosen,
        renamed: Mapping[str, str],
        joined: Sequence[Path],
        start: str,
        end: str,
        *,
        only_read: bool,
    ) -> None:
        self._chosen, self._renamed, self._joined = chosen, renamed, joined
        self._start, self._end, self._only_read = start, end, only_read
        self._found: dict[str, Observations] = {}

    def observations(self, one: Specification, asked: Sequence[Specification]) -> Observations:
        """Of the kind of this model, with the joined covariates."""
        from kg.diffusion.models.opening import is_panel

        own = is_panel(self._chosen.source, self._renamed)
        kind: Literal["years", "intervals"] = "intervals" if one.kind == "accelerated" and not own else "years"
        if kind not in self._found:
            self._found[kind] = self._with_all(self._own() if own else self._of_history(kind), asked)
        return self._found[kind]

    def _own(self) -> Observations:
        from kg.diffusion.models.opening import panel_observations

        return panel_observations(self._chosen.source, self._renamed, self._chosen.subset)

    def _of_history(self, kind: Literal["years", "intervals"]) -> Observations:
        from kg.diffusion.history.panel import Design
        from kg.diffusion.models.from_history import history_observations

        design = Design(
            start=_year(self._start, "--start", "first", "after"), end=_year(self._end, "--end", "read", "last")
        )
        return history_observations(self._chosen.whole(), kind, self._chosen.subset, design, str(self._chosen.source))

    def _with_all(self, data: Observations, asked: Sequence[Specification]) -> Observations:
        from kg.diffusion.models.opening import only_read, with_covariates
        from kg.diffusion.models.terms import lags_in

        lags = sorted({years for one in asked for years in lags_in(one.covariates)})
        data, reports = with_covariates(data, self._joined, lags)
        for report in reports:
            told(str(report))
        return only_read(data) if self._only_read else data


def _year(text: str, option: str, *words: str) -> Any:
    """One of the words, or a year."""
    if text in words:
        return text
    if text.isdecimal():
        return int(text)
    raise click.BadParameter(f"{text!r} is neither {' nor '.join(words)} nor a year", param_hint=option)
