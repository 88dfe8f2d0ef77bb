"""Notes on queries that may take very long."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.graph.questions import Question, questions
from kg.graph.slow_shapes import slow_shapes

NAIVE = Path(__file__).parents[2] / "benchmarks/queries/naive"
FIRST = "SELECT ?x ?y WHERE { ?c pol:program ?x ; pol:year ?y FILTER NOT EXISTS { ?d pol:program ?x ; pol:year ?z FILTER(?z < ?y) } }"


@pytest.mark.parametrize(
    ("query", "told"),
    [
        (FIRST, ["NOT EXISTS with a comparison"]),
        (FIRST.replace("FILTER(?z < ?y)", ""), []),
        ("SELECT ?x WHERE { ?x pol:year ?y FILTER(?y > 2012) FILTER NOT EXISTS { ?x pol:status pol:Ended } }", []),
        ("SELECT * WHERE { ?a pol:succeeds* ?b }", ["pol:succeeds* between two open ends"]),
        ("SELECT * WHERE { ?a pol:within+ ?b . ?b a pol:Place }", ["pol:within* between two open ends"]),
        ("SELECT * WHERE { ?a pol:within* ?b . ?b skos:prefLabel '山东省'@zh }", []),
        ("SELECT * WHERE { ?a pol:within* id:place/370000 }", []),
        ("SELECT * WHERE { VALUES ?b { id:place/370000 } ?a pol:within* ?b }", []),
        ("SELECT * WHERE { ?a pol:adopts ?x . ?b pol:adopts ?y . }", ["?a and ?b stand in no common pattern"]),
        ("SELECT * { ?a pol:adopts ?x . ?b pol:adopts ?y . FILTER(?x = ?y) }", []),
        ("SELECT * { ?a pol:adopts ?x . ?b pol:adopts ?y . ?a pol:within ?b }", []),
        ("SELECT * { ?a pol:adopts ?x OPTIONAL { ?x pol:since ?s } { ?a a pol:Place } UNION { ?a a pol:Agency } }", []),
        ("SELECT * { ?a pol:adopts ?x . id:place/370000 pol:adopts ?y }", []),
        ("SELECT * { ?a pol:adopts ?x . ?b pol:within ?y . OPTIONAL { ?a pol:within ?b } }", ["?a and ?b stand in no"]),
        ("SELECT * { { SELECT ?a { ?a a pol:Place } } ?b pol:adopts ?y . OPTIONAL { ?a pol:within ?b } }", []),
        ("SELECT * { ?a (pol:succeeds|dcterms:replaces)* ?b . }", ["(pol:succeeds|dcterms:replaces)* between two"]),
        ("SELECT * { ?a dcterms:isPartOf+ ?b . ?b a pol:Program }", ["dcterms:isPartOf* between two open ends"]),
        ("SELECT * { { SELECT ?a ?b { ?a pol:within* ?b } } ?b a pol:Place }", []),
        ("SELECT * { { SELECT ?a { ?a a pol:Place } } ?a pol:within* ?b }", []),
        ("SELECT * { ?x pol:value 0.5 . ?x pol:unit ?u }", []),
        ("SELECT * { ?x skos:prefLabel 'a . ?b ?c ?d . ' . ?x pol:since ?u # ?m ?n ?o . ?p ?q ?r\n }", []),
        ("DESCRIBE ?x", []),
        ("SELECT * WHERE {{{{ ?x ?y", []),
        ("", []),
    ],
)  # fmt: skip
def test_slow_shapes(query: str, told: list[str]) -> None:
    """A note for each shape that engines plan badly; none where something is named, or where the text is not understood."""
    found = slow_shapes(query)
    assert len(found) == len(told)
    assert all(note.startswith(start) for note, start in zip(found, told, strict=True))


def test_a_parameter_binds() -> None:
    """A variable that is given is no open end."""
    assert slow_shapes("SELECT * WHERE { ?a pol:within* ?b }", ["b"]) == ()


@pytest.mark.parametrize("file", sorted(NAIVE.glob("*.rq")), ids=lambda file: file.stem)
def test_naive_texts(file: Path) -> None:
    """Each naive text that the benchmarks measure is pointed out, with the name of a question that does better."""
    notes = slow_shapes(file.read_text("utf-8"))
    assert notes
    assert all(any(f"question {q.name} " in note for q in questions()) for note in notes)


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)
def test_shipped_questions_are_quick(question: Question) -> None:
    """No note on a question that we ship."""
    assert slow_shapes(question.text) == ()
