"""kg diffuse network: on a user's own table and on the bundled example."""

from __future__ import annotations

import csv
import io
import itertools
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from diffusion.example import example_graph
from kg.cli import main


@pytest.fixture
def table(tmp_path: Path) -> str:
    """Six programmes that 甲市 began, that 乙市 took up a year later and 丙市 in the same year as 乙市 or the next."""
    lines = ["unit,program,year"]
    for year, program in enumerate(
        ("课后服务", "县管校聘", "研学旅行", "集团化办学", "智慧教育", "校园足球"), start=2010
    ):
        lines += [f"甲市,{program},{year}", f"乙市,{program},{year + 1}", f"丙市,{program},{year + 1 + year % 2}"]
    path = tmp_path / "mine.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def ran(*args: str) -> Result:
    return CliRunner().invoke(main, ["diffuse", "network", *args])


def test_edges(table: str) -> None:
    """The strongest edge comes first; what was reckoned with is said beside the table."""
    result = ran(table, "--edges", "2", "--delay", "exponential:0.7", "--format", "csv")
    assert result.exit_code == 0, result.output
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [row["rank"] for row in rows] == ["1", "2"]
    assert (rows[0]["origin"], rows[0]["destination"]) == ("甲市", "乙市")
    assert rows[0]["cascades"] == "6"
    assert result.stderr.strip() == "6 programmes, delay exponential:0.7, ties interval"


@pytest.mark.parametrize(
    "options",
    [("--ties", "strict"), ("--compat", "NetworkInference-1.2.5"), ("--compat", "snap"), ("--p-value", "0.2")],
)
@pytest.mark.parametrize("delay", ["exponential", "exponential:0.7"])
def test_rules(table: str, options: tuple[str, ...], delay: str) -> None:
    """Every rule gives a table."""
    result = ran(table, *options, "--delay", delay)
    assert result.exit_code == 0, result.output
    assert "甲市" in result.stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--delay", "weibull:1"), "there are exponential, rayleigh, log-normal, power-law"),
        (("--delay", "exponential:-1"), "out of range"),
        (("--delay", "rayleigh", "--compat", "NetworkInference-1.2.5"), "name one"),
    ],
)
def test_what_cannot_be_done(table: str, options: tuple[str, ...], said: str) -> None:
    """One line says what is wrong."""
    result = ran(table, *options)
    assert result.exit_code == 1
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_example() -> None:
    """The bundled example has few programmes; no edge stands twice."""
    result = ran(str(example_graph()), "--edges", "5", "--format", "csv")
    assert result.exit_code == 0, result.output
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert len(rows) == len({(row["origin"], row["destination"]) for row in rows})
    assert all(float(a["gain"]) >= float(b["gain"]) for a, b in itertools.pairwise(rows))
