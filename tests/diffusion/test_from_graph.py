"""A built graph → its history: adoptions, units with superiors, programmes, coverage."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from graph.diffusion import diffusion_lines

from kg.diffusion.adoptions import Adoption, Dated, History
from kg.diffusion.history.coverage import last_year_of, observed
from kg.diffusion.history.open_ends import OpenEnds, closed
from kg.diffusion.history.opening import open_history
from kg.errors import DiffusionError, GraphError
from kg.graph.triples import write_nquads
from kg.model import Level, Status

BASE = "https://w3id.org/policy-kg/id/"


@pytest.fixture(scope="module")
def history(made_up_graph: Path) -> History:
    return open_history(made_up_graph)


def of(history: History, place: str, program: str) -> Adoption:
    (found,) = (
        a
        for a in history.adoptions
        if history.unit[a.unit].name == place and history.program[a.program].name == program
    )
    return found


@pytest.mark.parametrize(
    ("place", "program", "lower", "upper", "dated", "status", "silent", "claims"),
    [
        ("山东省", "县管校聘", None, 2015, "document", "Started", None, 1),
        ("潍坊市", "县管校聘", None, 2016, "document", "Planned", 2014, 2),
        ("诸城市", "县管校聘", 2015, 2016, "stated", "Started", None, 1),
        ("烟台市", "县管校聘", 2016, 2017, "stated", "Planned", None, 1),
        ("潍坊市", "课后服务", None, 2018, "document", "Started", 2016, 2),
        ("五图街道", "课后服务", None, 2016, "document", "Started", None, 2),
    ],
)
def test_adoptions(
    history: History,
    place: str,
    program: str,
    lower: float | None,
    upper: float | None,
    dated: str,
    status: str,
    silent: float | None,
    claims: int,
) -> None:
    """One adoption per place and programme, of all its claims together."""
    found = of(history, place, program)
    assert (found.lower, found.upper, str(found.dated), str(found.status)) == (lower, upper, dated, status)
    assert (found.silent, len(found.evidence)) == (silent, claims)
    assert all(e.file and e.sentence and e.source and e.claim for e in found.evidence)


def test_what_is_no_adoption(history: History) -> None:
    """Wuhu only studied it elsewhere and stopped something; Shandong's carrying out of a document is none either."""
    assert len(history.adoptions) == 6
    assert "芜湖市" not in {history.unit[a.unit].name for a in history.adoptions}


def test_plans_can_be_left_out(made_up_graph: Path) -> None:
    """Without plans the first adoption is the first that has begun."""
    begun = open_history(made_up_graph, plans=False)
    assert of(begun, "潍坊市", "县管校聘").upper == 2018
    assert of(begun, "潍坊市", "县管校聘").status is Status.COMPLETED
    assert not [a for a in begun.adoptions if begun.unit[a.unit].name == "烟台市"]


def test_units(history: History) -> None:
    """All places with an adoption or a document, and those above them, which are in no denominator."""
    units = {unit.name: unit for unit in history.units}
    assert set(units) == {"中国", "山东省", "安徽省", "潍坊市", "烟台市", "诸城市", "昌乐县", "五图街道", "芜湖市"}
    assert units["诸城市"].level is Level.COUNTY
    assert units["诸城市"].superior == f"{BASE}place/370700"
    assert units["诸城市"].province == units["山东省"].province == f"{BASE}place/370000"
    assert (units["中国"].province, units["中国"].superior, units["诸城市"].code) == ("", "", "370782")
    assert {unit.name for unit in observed(history)} == set(units) - {"中国", "安徽省"}


def test_programs(history: History) -> None:
    """With the founding document and its year; else the year that the lexicon knows."""
    assert [(p.name, p.document, p.document_year) for p in history.programs] == [
        ("县管校聘", "关于推进教师交流轮岗的意见", 2014),
        ("课后服务", "", 2017),
    ]


def test_coverage(history: History) -> None:
    """Documents read per place and year."""
    read = {(history.unit[unit].name, year): n for (unit, year), n in history.read.items()}
    assert read["潍坊市", 2014] == read["潍坊市", 2020] == read["芜湖市", 2019] == 1
    assert ("潍坊市", 2015) not in read
    assert last_year_of(history)[f"{BASE}place/370700"] == 2020


def test_silence_bounds(history: History) -> None:
    """A year read without a word closes an interval that is open below, and no other."""
    closed_ends = closed(history, OpenEnds.SILENT)
    assert of(closed_ends, "潍坊市", "县管校聘").lower == 2014
    assert of(closed_ends, "山东省", "县管校聘").lower is None
    assert of(closed_ends, "诸城市", "县管校聘") == of(history, "诸城市", "县管校聘")


@pytest.mark.parametrize("coded", ["utf-8-sig", "gb18030"])
def test_expected(made_up_graph: Path, tmp_path: Path, coded: str) -> None:
    """Of the documents that should exist, those that were not read are missing; names and codes both do."""
    listed = tmp_path / "list.csv"
    listed.write_text(
        "年份,地方,标题\n2014,潍坊市,总结\n2014,潍坊市,要点\n2015年,370700,总结\n2017,烟台市,要点\n", encoding=coded
    )
    history = open_history(made_up_graph, expected=listed)
    missing = {(history.unit[unit].name, year): n for (unit, year), n in history.missing.items()}
    assert missing == {("潍坊市", 2014): 1, ("潍坊市", 2015): 1}


def test_order_of_lines(made_up_graph: Path, tmp_path: Path) -> None:
    """The same statements in another order are the same history, from a folder or from a bare file."""
    lines = list(diffusion_lines())
    random.Random(7).shuffle(lines)
    other = tmp_path / "shuffled.nq"
    write_nquads(lines, other)
    assert open_history(other) == open_history(made_up_graph)


def test_bundled_examples(example_graph: Path) -> None:
    """Every adoption of the examples lies the right way round, in a year that was or is near one that was read."""
    history = open_history(example_graph)
    assert len(history.adoptions) > 200
    assert {a.dated for a in history.adoptions} <= set(Dated)
    for adoption in history.adoptions:
        assert adoption.program in history.program
        assert history.unit[adoption.unit].name
        assert adoption.evidence
        assert adoption.lower is None or (adoption.upper is not None and adoption.lower < adoption.upper)
        assert adoption.silent is None or (adoption.upper is not None and adoption.silent < adoption.upper)
    assert all(unit.superior in history.unit for unit in history.units if unit.superior)
    assert [a.unit for a in history.adoptions] == sorted(a.unit for a in history.adoptions)


def test_sources_that_are_none(tmp_path: Path) -> None:
    """One line says what a source must be."""
    with pytest.raises(DiffusionError, match="does not exist; name a folder made by kg build, or a CSV"):
        open_history(tmp_path / "nowhere")
    with pytest.raises(GraphError, match=r"holds no graph\.nq"):
        open_history(tmp_path)
    (tmp_path / "a.docx").write_text("x")
    with pytest.raises(DiffusionError, match="neither a graph"):
        open_history(tmp_path / "a.docx")


def test_a_year_that_names_it_is_not_silent(tmp_path: Path) -> None:
    """A document that names the programme without adopting it is no silence: the last silent year lies before it."""
    source = f"<{BASE}source/{2:016x}>"
    mention = f"{source} <https://w3id.org/policy-kg/ontology#mentions> <{BASE}program/课后服务> {source} ."
    write_nquads([*diffusion_lines(), mention], tmp_path / "naming.nq")
    assert of(open_history(tmp_path / "naming.nq"), "潍坊市", "课后服务").silent == 2014
