"""The thirteen questions of the contract, each with the rows that the small corpus must give."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.graph.iris import POL, SKOS
from kg.graph.questions import question, questions
from kg.graph.store import PolicyGraph

ROWS: dict[str, tuple[dict[str, str], str, list[tuple[str | None, ...]]]] = {
    "who-adopted": (
        {"program": "县管校聘"},
        "placeName year status file",
        [
            ("大连市", "2014", "Completed", "辽宁/dalian.txt"),
            ("遂宁市", "2018", "Started", "suining.txt"),
            (None, None, "Ongoing", "nameless.txt"),
        ],
    ),
    "adopted-in": (
        {"place": "大连市", "year": "2015"},
        "programName status sentence",
        [("第二期学前教育三年行动计划", "Planned", "启动第二期学前教育三年行动计划，把集团化办学纳入其中。")],
    ),
    "first-adopters": (
        {},
        "programName placeName year begun yearsLater",
        [
            ("县管校聘", "大连市", "2014", "2014", "0"),
            ("县管校聘", "遂宁市", "2018", "2018", "4"),
            ("第二期学前教育三年行动计划", "大连市", "2015", None, "0"),
        ],
    ),
    "shared-programmes": (
        {"place": "遂宁市", "other": "大连市"},
        "programName year otherYear first",
        [("县管校聘", "2018", "2014", "大连市")],
    ),
    "succession": (
        {"program": "第一期学前教育三年行动计划"},
        "successorName predecessorName inferred file",
        [("第二期学前教育三年行动计划", "第一期学前教育三年行动计划", "true", "辽宁/dalian.txt")],
    ),
    "components": (
        {},
        "programName memberName depth file",
        [
            ("教师交流轮岗", "县管校聘", "1", None),
            ("第二期学前教育三年行动计划", "集团化办学", "1", "辽宁/dalian.txt"),
        ],
    ),
    "target-groups": (
        {"program": "县管校聘"},
        "groupName file",
        [("义务教育教师", None), ("农村教师", "辽宁/dalian.txt")],
    ),
    "goals": (
        {"place": "大连市"},
        "indicator kind operator value unit year programName",
        [
            ("学前三年毛入园率", "Achieved", "=", "92.5", "%", "2014", None),
            ("新建公办幼儿园学位", "Planned", ">=", "1.2", "万个", "2016", "第二期学前教育三年行动计划"),
        ],
    ),
    "carried-out": (
        {"place": "遂宁市"},
        "objectName by year issued yearsLater",
        [("关于推进教师交流轮岗的意见", "教育部", "2018", "2014", "4")],
    ),
    "new-names": (
        {"file": "辽宁/dalian.txt"},
        "name kind parts",
        [
            ("大连市幼儿园收费管理细则", "PolicyDocument", "1"),
            ("第二期学前教育三年行动计划", "Program", "1"),
            ("集团化办学", "Program", "1"),
        ],
    ),
    "learned-from": (
        {"from": "大英县"},
        "toName kind programName year",
        [(None, "LearnsFrom", "县管校聘", None), ("遂宁市", "Promotes", "县管校聘", "2018")],
    ),
    "first-level": (
        {"program": "县管校聘"},
        "level levelYear places isFirst",
        [("Prefecture", "2014", "2", "true")],
    ),
    "coverage": (
        {"place": "遂宁市"},
        "year documents claims",
        [("2014", "0", "0"), ("2015", "0", "0"), ("2018", "1", "4")],
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_answers(graph: PolicyGraph, name: str) -> None:
    """Each question, asked as a user would ask it, gives exactly these rows in this order."""
    params, columns, expected = ROWS[name]
    rows = graph.query(question(name).text, params).dicts()
    found = [tuple(_short(row[column]) for column in columns.split()) for row in rows]
    assert found == expected


def _short(value: str | None) -> str | None:
    return value.rpartition("#")[2] if value and value.startswith("https://w3id.org/policy-kg/ontology#") else value


def test_numbers() -> None:
    """Numbered without gaps; the first thirteen are those of the contract."""
    assert [q.number for q in questions()] == list(range(1, len(questions()) + 1))
    assert [q.name for q in questions()][:13] == list(ROWS)


@pytest.mark.parametrize("asked", questions(), ids=lambda q: q.name)
def test_parameters_are_named_in_both_comment_lines(asked: object) -> None:
    """The first line lists what the second explains, and every parameter is a column."""
    q = question(asked.name)  # type: ignore[attr-defined]
    named = q.text.splitlines()[0].rpartition("(")[2].rstrip(")").split(", ")
    assert [parameter.name for parameter in q.parameters] == named
    select = q.text[q.text.index("SELECT") : q.text.index("WHERE")]
    for parameter in q.parameters:
        assert f"?{parameter.name}" in select
        assert parameter.example
        assert parameter.kind in {"Program", "Place", "PolicyDocument", "integer", "text"}


@pytest.mark.parametrize("name", ROWS)
def test_with_and_without_parameters(graph: PolicyGraph, name: str) -> None:
    """Left open, a question answers for everything, and the open answer holds the fixed one."""
    text = question(name).text
    everything, fixed = set(graph.query(text)), set(graph.query(text, ROWS[name][0]))
    assert fixed
    assert fixed <= everything


@pytest.mark.parametrize(
    "which", [1, "1", "01", "who-adopted", "who-adopted.rq", "01-who-adopted", "01-who-adopted.rq"]
)
def test_lookup(which: str | int) -> None:
    assert question(which).name == "who-adopted"


def test_lookup_of_nothing() -> None:
    """A misspelt name is answered with the nearest and with all."""
    with pytest.raises(QueryError, match=r"no question 'who-adoptd'; did you mean 'who-adopted'.*coverage"):
        question("who-adoptd")


@pytest.mark.parametrize(
    ("number", "year"),
    [("教师〔2014〕4号", "2014"), ("国发[2010]41号", "2010"), ("第12号", None), ("大教发（2009）7号", "2009")],
)
def test_document_year_from_its_number(number: str, year: str | None) -> None:
    """Where no lexicon dates a document, its 文号 does; without either the lag is open."""
    store = ox.Store()
    store.update(f"""PREFIX pol: <{POL}> PREFIX skos: <{SKOS}> INSERT DATA {{
      <x:claim> a pol:Implementation ; pol:place <x:place> ; pol:object <x:object> ; pol:source <x:source> ;
        pol:evidence <x:evidence> .
      <x:evidence> pol:cleaned "落实意见。" . <x:source> pol:file "a.txt" .
      <x:place> skos:prefLabel "大连市"@zh . <x:object> skos:prefLabel "意见"@zh ; pol:number "{number}" }}""")
    (row,) = PolicyGraph(store).query(question("carried-out").text).dicts()
    assert row["issued"] == year
