"""kg/views/diffusion/model_table.py: what a paper prints of models, in four ways of writing."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from diffusion.made_up_panels import spread, write_csv

from kg.cli import main
from kg.diffusion.models.fitted import Fitted, Term
from kg.views.diffusion.model_table import as_csv, as_latex, as_markdown, as_text, doubts, publication, tidy, written


def _fitted(model: str = "logit", *terms: Term, notes: tuple[str, ...] = (), strata: str = "") -> Fitted:
    found = terms or (Term("(intercept)", -2.5, 0.5), Term("share", 0.7, 0.2, 0.3))
    return Fitted(
        model,
        found,
        np.eye(len(found)),
        loglik=-120.5,
        loglik_null=-130.0,
        rows=400,
        events=60,
        units=30,
        programs=2,
        baseline="log duration",
        clusters=(("unit", 30),),
        notes=notes,
        strata=strata,
    )


def test_side_by_side() -> None:
    """A row for each term in the order of the models, the intercept last; what a model has not is empty."""
    table = publication([_fitted(), _fitted("cox", Term("wealth", 1.0, 0.1), Term("level", 3.0, 1.0, hidden=True))])
    assert table.models == ("logit", "cox")
    assert table.body == (
        ("share", ("0.700*", ""), ("(0.300)", "")),
        ("wealth", ("", "1.000***"), ("", "(0.100)")),
        ("(intercept)", ("−2.500***", ""), ("(0.500)", "")),
    )
    assert dict(table.foot)["N"] == ("400", "400")
    assert dict(table.foot)["AIC"] == ("245.000", "245.000")
    assert dict(table.foot)["BIC"] == (f"{2 * math.log(400) + 241:.3f}", f"{2 * math.log(60) + 241:.3f}")


def test_ratios() -> None:
    """exp(coefficient) with its 95 % interval of clustered errors; a probit has none, an intercept stands aside."""
    table = publication([_fitted(), _fitted("probit")], ratios=True)
    low, high = math.exp(0.7 - 1.959964 * 0.3), math.exp(0.7 + 1.959964 * 0.3)
    assert table.body == (("share", (f"{math.exp(0.7):.3f}*", "0.700*"), (f"[{low:.3f}, {high:.3f}]", "(0.300)")),)
    assert table.notes[0] == "Figures are odds ratios (logit) with 95 % intervals in square brackets."


@pytest.mark.parametrize(
    ("estimate", "se", "shown"),
    [
        (0.0004, 0.001, "0.0004"),
        (-0.0004, 0.001, "−0.0004"),
        (0.0, 0.1, "0.000"),
        (1234.5678, 1e4, "1234.568"),
        (2.5e8, 1e9, "2.500e+08"),
        (-math.inf, 1.0, "−∞***"),
        (math.nan, 1.0, "–"),
        (0.5, 0.5 / 1.97, "0.500*"),
        (0.5, 0.5 / 1.95, "0.500"),
        (0.5, 0.5 / 2.6, "0.500**"),
        (0.5, 0.5 / 3.3, "0.500***"),
        (0.5, 0.0, "0.500"),
    ],
)
def test_figures_and_stars(estimate: float, se: float, shown: str) -> None:
    """Small figures keep two digits, minus signs are minus signs, stars at 5, 1 and 0.1 percent."""
    table = publication([_fitted("logit", Term("x", estimate, se))])
    assert table.body[0][1] == (shown,)


HOSTILE = "=1+1|50%_{省}\\input{x} & a\x1b[2J*b*"


def test_latex_is_safe() -> None:
    """Signs of LaTeX are escaped, nothing is run, minus is in mathematics; Chinese needs its package."""
    text = as_latex(publication([_fitted("logit", Term(HOSTILE, -1.0, 0.5))]))
    assert (
        "=1+1\\textbar{}50\\%\\_\\{省\\}\\textbackslash{}input\\{x\\} \\& a␛[2J$^{*}$b$^{*}$ & $-$1.000$^{*}$ \\\\"
        in text
    )
    assert text.startswith(
        "% \\usepackage{booktabs}, \\usepackage{ctex} with XeLaTeX\n\\begin{tabular}{lc}\n\\toprule\n"
    )
    assert text.endswith("\\end{tabular}\n")
    ratios = as_latex(publication([_fitted()], ratios=True))
    assert " & {[1.119, 3.625]} \\\\" in ratios  # a bare [ after \\ would be a distance


def test_markdown_is_safe() -> None:
    """No cell ends early, nothing becomes HTML or emphasis."""
    text = as_markdown(publication([_fitted("logit", Term(HOSTILE + "<b>", -1.0, 0.5))]))
    (row,) = (line for line in text.splitlines() if "省" in line)
    assert row == "| =1+1\\|50%\\_\\{省\\}\\\\input\\{x\\} & a␛\\[2J\\*b\\*\\<b\\> | −1.000\\* |"


def test_csv_is_safe_for_spreadsheets() -> None:
    """No formula, no (0.3) that becomes -0.3; the notes stand below."""
    models = [_fitted("logit", Term("=cmd()", -1.0, 0.5), notes=("few events",))]
    rows = list(csv.reader(io.StringIO(as_csv(publication(models)))))
    assert rows[:3] == [["", "(1) logit"], ["'=cmd()", "−1.000*"], ["", "[0.500]"]]
    assert rows[-1] == ["Note: (1) few events"]
    assert any("in square brackets" in row[0] for row in rows)


def test_text_tells_doubts_once() -> None:
    """A note of several models has their numbers in front."""
    models = [_fitted(notes=("few events", "gaps")), _fitted(notes=("gaps",))]
    assert doubts(models) == ("(1) few events", "(1, 2) gaps")
    assert as_text(publication(models)).splitlines()[-2:] == ["(1) few events", "(1, 2) gaps"]


def test_tidy_has_every_digit() -> None:
    """One row for each model and term, hidden ones too; figures come back as they were."""
    table = tidy([_fitted("logit", Term("x", 1 / 3, 0.1, 0.2), Term("level=b", 0.1, 1.0, hidden=True))])
    row = dict(zip(table.columns, table.rows[0], strict=True))
    assert float(row["estimate"] or "") == 1 / 3
    assert (row["se"], row["se_clustered"], row["hidden"], row["clusters"]) == ("0.1", "0.2", "no", "30 unit")
    assert [line[2] for line in table.rows] == ["x", "level=b"]


def test_labels_and_determinism() -> None:
    """A term may be called otherwise; the same models give the same bytes."""
    models = [_fitted()]
    assert publication(models, labels={"share": "同省已采用比例"}).body[0][0] == "同省已采用比例"
    for form in ("table", "csv", "markdown", "latex", "tidy"):
        assert written(models, form) == written(models, form)


def _run(*words: str) -> tuple[int, str, str]:
    found = CliRunner().invoke(main, ["diffuse", "model", *words])
    return found.exit_code, found.stdout, found.stderr


def test_the_command(tmp_path: Path) -> None:
    """A panel and a table of cities → one table of models, in the form that the file's name says; notes go to the error stream."""
    panel = write_csv(tmp_path / "panel.csv", spread())
    cities = write_csv(tmp_path / "cities.csv", {"unit": ["市00", "市01", "无名市"], "area": [1.0, 2.0, 3.0]})
    out = tmp_path / "table.tex"
    words = [
        str(panel),
        "-m",
        "logit,cox",
        "-c",
        "wealth",
        "-c",
        "wealth,L.share",
        "--out",
        str(out),
        "--join",
        str(cities),
    ]
    code, stdout, stderr = _run(*words, "--label", "wealth=财力")
    assert (code, stdout) == (0, "")
    assert "(1) & (2) & (3) & (4)" in out.read_text("utf-8")
    assert "财力 & " in out.read_text("utf-8")
    assert "note: cities.csv: area joined by unit" in stderr
    assert "无名市" in stderr
    assert "rows are left out for missing values (L.share" in stderr
    first = out.read_bytes()
    assert _run(*words, "--label", "wealth=财力")[0] == 0
    assert out.read_bytes() == first


def test_the_command_tests_time(tmp_path: Path) -> None:
    """Below the table stands whether effects change with time."""
    code, stdout, _ = _run(str(write_csv(tmp_path / "panel.csv", spread())), "-m", "cox", "-c", "wealth", "--test-time")
    assert code == 0
    assert stdout.splitlines()[-1].startswith("(1) cox  wealth")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["-m", ""], "name a model"),
        (["-m", "logitt"], "no model 'logitt'; there are logit"),
        (["-c", "gdp"], "panel.csv: no column 'gdp'"),
        (["--baseline", "cubist"], "no baseline 'cubist'"),
        (["--cluster", "province"], "no column 'province'"),
        (["-p", "计划9"], "no program 计划9; there are 计划0"),
        (["--province", "甲省"], "is a panel: of it --program can be chosen"),
        (["--columns", "unit"], "write NAME=VALUE, not 'unit'"),
        (["--columns", "unit=town"], "no column 'town'"),
        (["--out", "nowhere/x.tex"], "nowhere"),
    ],
)
def test_the_command_says_what_is_wrong(tmp_path: Path, words: list[str], told: str) -> None:
    """One clear line, and nothing else."""
    code, stdout, stderr = _run(str(write_csv(tmp_path / "panel.csv", spread())), *words)
    assert (code != 0, stdout) == (True, "")
    assert told in stderr
    assert "Traceback" not in stderr
