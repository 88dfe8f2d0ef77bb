"""Texts that would make the engine ask another server, and updates that get USING clauses."""

from __future__ import annotations

import pytest

from kg.errors import QueryError
from kg.graph.tokens import refuse_load, refuse_service, tokens, with_using

OTHER = "<http://127.0.0.1:9/>"


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT * {{ SERVICE {OTHER} {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICESILENT{OTHER}{{ ?s ?p ?o }} }}",
        f"SELECT * {{ ?s ?p ?o .service{OTHER}{{ ?s ?p ?o }} }}",
        f"SELECT * {{ ?s ?p 1SERVICE{OTHER}{{ ?s ?p ?o }} }}",
        f"SELECT * {{ ?s ?p trueSERVICE{OTHER}{{ ?s ?p ?o }} }}",
        f"PREFIX ex: {OTHER} SELECT * {{ SERVICEex:a{{ ?s ?p ?o }} }}",
        f"SELECT * {{ ?s ?p ?o FILTER(?o<'>')SERVICE{OTHER}{{ ?s ?p 'z' }} }}",
        f"SELECT * {{ ?s ?p ?o FILTER(?o<3)SERVICE#>\n{OTHER}{{ ?s ?p ?o }} }}",
        f"PREFIX ex: <u:> SELECT * {{ ?s ?p ex:a\\#b SERVICE {OTHER} {{ ?s ?p ?o }} }}",
        f"PREFIX ex: <u:> SELECT * {{ ?s ?p ex:a\\'b SERVICE {OTHER} {{ ?s ?p 'c' }} }}",
        f"SELECT * {{ ?s ?p 'a'@en SERVICE {OTHER} {{ ?s ?p ?o }} }}",
    ],
)
def test_no_other_server(text: str) -> None:
    """However SERVICE is glued to its neighbours or hidden from a reader of words, it is refused."""
    with pytest.raises(QueryError, match="another server"):
        refuse_service(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p '服务 SERVICE' }",
        "SELECT * { ?s <http://example.org/service#a> ?o } # SERVICE",
        'SELECT * { ?service ?p """SERVICE <http://a/> {""" }',
        "PREFIX ex: <http://example.org/> SELECT * { ?s ex:service ?o }",
        "SELECT * { ?s ?p ?o FILTER(?o IN (<http://example.org/service>, 1)) }",
    ],
)
def test_the_word_alone_is_no_call(text: str) -> None:
    """SERVICE in texts, IRIs, variables and local names asks nobody."""
    refuse_service(text)


@pytest.mark.parametrize(
    ("text", "is_refused"),
    [
        (f"LOAD {OTHER}", True),
        (f"LOADSILENT{OTHER}", True),
        (f"PREFIX ex: {OTHER} LOADex:a", True),
        (f"INSERT DATA {{ <u:a> <u:b> '}}' }} ;load {OTHER}", True),
        (f"PREFIX ex: <u:> INSERT DATA {{ <u:a> <u:b> ex:a\\#b }} ; LOAD {OTHER}", True),
        ("PREFIX load: <u:> INSERT DATA { <u:a> load:b 'LOAD' }", False),
        ("INSERT DATA { <http://example.org/load> <u:b> 1 } # LOAD", False),
    ],
)
def test_nothing_is_fetched(text: str, is_refused: bool) -> None:
    """LOAD as an operation is refused; the word elsewhere is not."""
    if is_refused:
        with pytest.raises(QueryError, match="LOAD"):
            refuse_load(text)
    else:
        refuse_load(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("INSERT DATA { <u:a> <u:b> 1 }", "INSERT DATA { <u:a> <u:b> 1 }"),
        ("INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }", "INSERT { ?s ?p 1 }  USING <u:g> WHERE { ?s ?p ?o }"),
        ("DELETE WHERE { ?s ?p 'WHERE }' }", "DELETE { ?s ?p 'WHERE }' } USING <u:g> WHERE { ?s ?p 'WHERE }' }"),
        (
            "INSERT { ?s ?p 1 } WHERE { SELECT * WHERE { ?s ?p ?o } }",
            "INSERT { ?s ?p 1 }  USING <u:g> WHERE { SELECT * WHERE { ?s ?p ?o } }",
        ),
    ],
)
def test_using(text: str, told: str) -> None:
    """USING comes before the WHERE of each operation, not before that of a sub-select."""
    assert with_using(text, ["u:g"], []) == told


@pytest.mark.parametrize(
    ("text", "graph"),
    [
        ("WITH <u:h> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "u:g"),
        ("INSERT { ?s ?p ?o } USING <u:h> WHERE { ?s ?p ?o }", "u:g"),
        ("INSERT { ?s ?p ?o } WHERE { ?s ?p ?o }", "u:g> WHERE {} ; DROP ALL #"),
        ("INSERT { ?s ?p ?o } WHERE { ?s ?p ?o }", "relative"),
    ],
)
def test_using_refused(text: str, graph: str) -> None:
    """A text with a dataset of its own, and an IRI that would break out of its brackets."""
    with pytest.raises(QueryError):
        with_using(text, [graph], [])


def test_depth() -> None:
    """Braces in strings and IRIs do not count."""
    assert [(t.text, t.depth) for t in tokens("ASK { ?s ?p '}' }")][1:] == [
        ("{", 0), ("?s", 1), ("?p", 1), ("'}'", 1), ("}", 0),
    ]  # fmt: skip
