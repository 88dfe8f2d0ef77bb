"""kg diffuse significant, select and behind: tables of what makes a network defensible."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli.diffusing import diffuse
from kg.diffusion.simulation.simulate import Design, simulate
from kg.diffusion.simulation.writing import write_simulated


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A user's own adoptions."""
    return str(write_simulated(simulate(Design(12, 40), 1), tmp_path_factory.mktemp("made") / "data")[0])


def rows(*command: str) -> list[dict[str, str]]:
    """Of a command's CSV."""
    found = CliRunner().invoke(diffuse, [*command, "--format", "csv"])
    assert found.exit_code == 0, found.output
    return list(csv.DictReader(io.StringIO(found.stdout)))


def test_significant(table: str) -> None:
    """The reported edges, with class and inclusion; all of them when asked."""
    reported = rows("significant", table, "--delay", "exponential:0.5", "--bootstraps", "3")
    assert reported
    assert all(float(row["q_value"]) <= 0.05 and 0 <= float(row["inclusion"]) <= 1 for row in reported)
    assert {row["class"] for row in reported} <= {"same superior", "same level, other superior"}
    every = rows("significant", table, "--delay", "exponential:0.5", "--all")
    assert len(every) > len(reported)
    assert "inclusion" not in every[0]


def test_select(table: str) -> None:
    """Eight models, one of them chosen, the first."""
    models = rows("select", table, "--folds", "2", "--edges", "30")
    assert [row["chosen"] for row in models] == ["yes", *[""] * 7]
    assert {row["ties"] for row in models} == {"strict", "interval"}


def test_behind(table: str) -> None:
    """The adoptions of the strongest edge, each with its place in the table."""
    edge = rows("significant", table, "--delay", "exponential:0.5")[0]
    found = rows("behind", table, edge["origin"], edge["destination"])
    assert found
    assert any(row["way"] == "yes" for row in found)
    assert all(row["origin_file"].startswith("adoptions.csv") for row in found)


@pytest.mark.parametrize(
    ("command", "words"),
    [(("behind", "nowhere", "u01"), "nowhere: no unit"), (("significant", "--q-value", "2"), "level 2.0")],
)
def test_wrong_questions(table: str, command: tuple[str, ...], words: str) -> None:
    """One line, no traceback."""
    found = CliRunner().invoke(diffuse, [command[0], table, *command[1:]])
    assert found.exit_code == 1
    assert words in found.output


def test_no_file(tmp_path: Path) -> None:
    """The same of a path that is none."""
    assert CliRunner().invoke(diffuse, ["select", str(tmp_path / "none.csv")]).exit_code == 1
