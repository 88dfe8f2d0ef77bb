"""Asking a graph on disk: the limit of rows, the limit of time, why an answer is empty."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.errors import GraphError, QueryError
from kg.graph.asking import ask

NAMES = "SELECT ?name WHERE { ?x skos:prefLabel ?name } ORDER BY ?name"
RUNAWAY = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
LAZY_RUNAWAY = "SELECT ?a WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(CONCAT(STR(?a), STR(?d), STR(?g)) = ?c) }"


@pytest.mark.parametrize("query", [RUNAWAY, LAZY_RUNAWAY], ids=["count", "rows"])
def test_runaway(folder: Path, query: str) -> None:
    """A query is ended when its time is over, not much later."""
    start = time.monotonic()
    with pytest.raises(QueryError, match="no answer within"):
        ask(folder, query, seconds=0.3)
    assert time.monotonic() - start < 10  # with the start of Python and the opening of the graph, on a busy machine


def test_in_time(folder: Path) -> None:
    """With a limit of time the answer is the same."""
    params = {"program": "县管校聘"}
    query = "# q\n# ?program (Program, for example x)\nSELECT ?program ?place WHERE { ?place pol:adopts ?program }"
    assert ask(folder, query, params, seconds=60) == ask(folder, query, params)
    assert len(ask(folder, query, params).rows) == 2


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("SELECT ?x WHERE { ?x ?y }", "line 1"),
        ("SELECT * WHERE { SERVICE <http://localhost/> { ?s ?p ?o } }", "SERVICE asks another server"),
        ("LOAD <http://localhost/x>", "LOAD changes the graph"),
        ("DROP ALL", "DROP changes the graph"),
        ("INSERT DATA { <a:b> <a:c> <a:d> }", "INSERT changes the graph"),
        ("PREFIX x: <a:> DELETE WHERE { ?s ?p ?o }", "DELETE changes the graph"),
        ("SELECT ?x WHERE { ?x poll:adopts ?y }", "did you mean 'pol:'"),
        ("SELECT ?x WHERE { ?x pol:adoptz ?y }", "did you mean 'adopts'"),
    ],
)
@pytest.mark.parametrize("seconds", [None, 60])
def test_refused(folder: Path, query: str, fault: str, seconds: float | None) -> None:
    """Faults are told in the same words with and without a limit; nothing goes out, nothing is changed."""
    with pytest.raises(QueryError, match=fault):
        ask(folder, query, seconds=seconds)


def test_no_graph(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="build a graph first"):
        ask(tmp_path, NAMES, seconds=60)


def test_cut(folder: Path) -> None:
    """Whether there are more rows is known, not guessed."""
    all_ = ask(folder, NAMES)
    assert not all_.is_cut
    assert not ask(folder, NAMES, limit=len(all_.rows)).is_cut
    cut = ask(folder, NAMES, limit=len(all_.rows) - 1)
    assert cut.is_cut
    assert cut.rows.rows == all_.rows.rows[:-1]


@pytest.mark.parametrize(
    ("query", "notes"),
    [
        ("SELECT ?x WHERE { ?x skos:preflabel ?y }", ["skos:preflabel stands nowhere in this graph; did you mean 'prefLabel'?"]),
        ("PREFIX p: <https://w3id.org/policy-kg/ontology#> SELECT ?x WHERE { ?x p:adoptz ?y }",
         ["p:adoptz stands nowhere in this graph; did you mean 'adopts'?"]),
        ("SELECT ?x WHERE { ?x pol:status pol:Ended }", ["pol:Ended stands nowhere in this graph"]),
        ("SELECT ?x WHERE { ?x <http://localhost/y> 'a <b:c> d' }", ["<http://localhost/y> stands nowhere in this graph"]),
        ("SELECT ?x WHERE { ?x pol:year '1'^^xsd:gYear }", []),
        ("SELECT ?x WHERE { ?x pol:adopts ?y FILTER(?y = 1) }", []),
        ("SELECT ?x WHERE { ?x pol:adopts ?y }", []),
    ],
)  # fmt: skip
def test_empty(folder: Path, query: str, notes: list[str]) -> None:
    """An empty answer comes with the terms that the graph does not hold."""
    assert list(ask(folder, query).notes) == notes


def test_command(folder: Path) -> None:
    """Caps, notes and time limits are told on stderr; the answer goes to stdout."""
    run = CliRunner().invoke(main, ["query", str(folder), NAMES, "--max-rows", "2", "-f", "csv"])
    assert (run.exit_code, run.stdout.count("\n")) == (0, 3)
    assert run.stderr == "stopped after 2 rows (--limit); there are more\n"
    run = CliRunner().invoke(main, ["query", str(folder), "SELECT ?x { ?x skos:preflabel ?y }", "--timeout", "60"])
    assert run.exit_code == 0
    assert "did you mean 'prefLabel'?" in run.stderr
    run = CliRunner().invoke(main, ["query", str(folder), RUNAWAY, "--timeout", "0.2"])
    assert (run.exit_code, run.stdout) == (1, "")
    assert run.stderr.splitlines()[0].startswith("note: ?a and ?d stand in no common pattern")
    assert "no answer within 0.2 seconds" in run.stderr
