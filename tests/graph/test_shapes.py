"""What the shapes accept and what they refuse."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.errors import GraphError
from kg.graph.iris import BASE, POL
from kg.graph.shapes import validate
from kg.graph.triples import write_nquads

XSD = "http://www.w3.org/2001/XMLSchema#"
FILE = f"<{BASE}source/00000000000000aa>"


def test_a_built_graph_conforms(folder: Path) -> None:
    report = validate(folder)
    assert report.conforms, str(report)
    assert str(report) == f"{report.triples} triples conform to the shapes"


def claim_of(lines: list[str], class_: str) -> str:
    return next(
        line.split(" ")[0] for line in sorted(lines) if line.endswith(f"{FILE} .") and f"{POL}{class_}>" in line
    )


@pytest.mark.parametrize(
    ("class_", "without", "added", "message"),
    [
        ("Adoption", f"{POL}evidence", None, "without evidence is a defect"),
        ("Adoption", f"{POL}source", None, "one source"),
        ("Adoption", f"{POL}program", None, r"^programme \(pol:program\) is missing$"),
        ("Adoption", None, f'<{POL}year> "1999"^^<{XSD}integer>', "one year at most"),
        ("Goal", f"{POL}year", f'<{POL}year> "1999"^^<{XSD}gYear>', "xsd:integer"),
        ("Goal", f"{POL}confidence", f'<{POL}confidence> "1.5"^^<{XSD}decimal>', "from 0 to 1"),
        ("Goal", f"{POL}operator", f'<{POL}operator> "≥"', '"≥" is none of these: >='),
        ("Targeting", None, f"<{POL}status> <{POL}Someday>", "none of these: planned"),
        ("Succession", None, f"<{POL}title> <{BASE}program/县管校聘>", "does not belong here: id:program/县管校聘"),
        ("Membership", f"{POL}whole", f"<{POL}whole> <{BASE}place/210200>", "is none of these: programme"),
        ("Issuance", f"{POL}document", f"<{POL}document> <{BASE}program/县管校聘>", "is no policy document"),
    ],
)
def test_defects_are_found(
    lines: list[str], tmp_path: Path, class_: str, without: str | None, added: str | None, message: str
) -> None:
    """A claim that lacks what it needs, or has what it must not, is named with the reason."""
    claim = claim_of(lines, class_)
    kept = [line for line in lines if not (without and line.startswith(f"{claim} <{without}>"))]
    assert without is None or len(kept) == len(lines) - 1
    write_nquads([*kept, *([f"{claim} {added} {FILE} ."] if added else [])], tmp_path / "graph.nq")
    report = validate(tmp_path)
    number = claim.strip("<>").removeprefix(f"{BASE}claim/")
    said = [p for p in report.problems if p.node == f"claim {number}" and re.search(message, p.message)]
    assert said, str(report)
    assert {p.files for p in said} == {"辽宁/dalian.txt"}


def test_a_second_name_is_a_defect(lines: list[str], tmp_path: Path) -> None:
    """Two files that name one thing differently would show in the union."""
    label = "http://www.w3.org/2004/02/skos/core#prefLabel"
    extra = f'<{BASE}program/县管校聘> <{label}> "校聘县管"@zh {FILE} .'
    write_nquads([*lines, extra], tmp_path / "graph.nq")
    assert [str(problem) for problem in validate(tmp_path).problems] == [
        "lexicons, nameless.txt, suining.txt and 1 more: program 县管校聘: skos:prefLabel has more than one value "
        "(a thing has exactly one skos:prefLabel, in Chinese)"
    ]


@pytest.mark.parametrize(
    ("shortcut", "problems"),
    [
        (f"<{BASE}place/210200> <{POL}adopts> <{BASE}program/集团化办学> {FILE} .", 1),
        (f"<{BASE}place/510900> <{POL}adopts> <{BASE}program/县管校聘> {FILE} .", 1),  # said in another file only
        (f"<{BASE}program/集团化办学> <{POL}succeeds> <{BASE}program/县管校聘> <{BASE}reference> .", 1),
        (f"<{BASE}place/510923> <{POL}succeeds> <{BASE}place/510900> <{BASE}reference> .", 0),  # registry knowledge
    ],
)
def test_a_shortcut_needs_its_claim(lines: list[str], tmp_path: Path, shortcut: str, problems: int) -> None:
    """A shortcut stands in the graph of the claim that says so; places may succeed each other without one."""
    write_nquads([*lines, shortcut], tmp_path / "graph.nq")
    assert len(validate(tmp_path).problems) == problems


def test_without_pyshacl(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The validator is an extra; who lacks it is told how to get it."""
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    assert validate(folder).conforms
    with pytest.raises(GraphError, match=r"pip install 'policy-kg\[validate\]'"):
        validate(folder, reference=True)


def test_the_reference_is_asked(folder: Path) -> None:
    """With pySHACL the answer is the same."""
    assert validate(folder, reference=True) == validate(folder)


def test_as_table(lines: list[str], tmp_path: Path) -> None:
    """A program that reads the problems gets file, node, property, kind of constraint, value and words; exit code 1."""
    claim = claim_of(lines, "Goal")
    write_nquads([*lines, f'{claim} <{POL}unit> "" {FILE} .'], tmp_path / "graph.nq")
    done = CliRunner().invoke(main, ["validate", str(tmp_path), "-f", "csv"])
    number = claim.strip("<>").removeprefix(f"{BASE}claim/")
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        "file,node,property,rule,value,problem",
        f"辽宁/dalian.txt,claim {number},pol:unit,MaxCount,,unit (pol:unit) has more than one value",
        f'辽宁/dalian.txt,claim {number},pol:unit,MinLength,,"unit (pol:unit) """" is empty"',
    ]


def test_on_the_terminal(lines: list[str], tmp_path: Path) -> None:
    """A line per problem; what a text holds cannot act on the terminal."""
    claim = claim_of(lines, "Goal")
    write_nquads([*lines, f'{claim} <{POL}operator> "\\u001b[31m\\nred" {FILE} .'], tmp_path / "graph.nq")
    done = CliRunner().invoke(main, ["validate", str(tmp_path)])
    assert done.exit_code == 1
    assert all(line.startswith("辽宁/dalian.txt: claim ") for line in done.stdout.splitlines())
    assert "\x1b" not in done.stdout
