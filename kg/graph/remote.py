"""A SPARQL 1.1 endpoint on the network → the same answers as a graph on disk gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

import pyoxigraph as ox

from kg.errors import RemoteError
from kg.graph.asking import Answer
from kg.graph.iris import BASE, POL, PREFIXES, RDF, SKOS, XSD
from kg.graph.named import base_of
from kg.graph.parameters import bound_terms, the_thing, unquoted
from kg.graph.rows import Rows, Term
from kg.graph.sparql import checked, explain_syntax_error, filtered, form_of, prefixed
from kg.graph.sparql_terms import term_text, text_term
from kg.remote.client import Client
from kg.remote.reply import Reply

_ROWS = "application/sparql-results+json"
_TRIPLES = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/plain": ox.RdfFormat.N_TRIPLES,
    "text/ntriples": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/x-turtle": ox.RdfFormat.TURTLE,
}
_ACCEPTED = {"SELECT": _ROWS, "ASK": _ROWS}
_ACCEPTED_TRIPLES = "application/n-triples, text/turtle;q=0.8"
_BOOLEAN = ox.NamedNode(XSD + "boolean")
_TRUTHS = {"1": ox.Literal(True), "0": ox.Literal(False)}
_QUOTES = 8  # quotation marks that a label may have and a user leave out
_A_SOURCE = f"?source <{RDF}type> <{POL}SourceDocument>"
_NO_UNION = (
    "the endpoint's default graph is empty, while its named graphs are not: make their union the default graph "
    "(Fuseki: tdb2:unionDefaultGraph true, or ?default-graph-uri=urn:x-arq:UnionGraph at the end of the address)"
)


def ask_endpoint(
    client: Client, url: str, text: str, params: Mapping[str, str] | None = None, limit: int | None = None
) -> Answer:
    """The answer of the endpoint at `url`, of `limit` rows at most; QueryError, and RemoteError where it gives none."""
    graph = RemoteGraph(client, url)
    rows = graph.query(text, params)
    is_cut = limit is not None and len(rows) > limit
    notes = [*graph.notes, *([] if len(rows) else graph.why_empty())]
    return Answer(replace(rows, terms=rows.terms[:limit]), is_cut, graph.base, graph.prefixes, tuple(notes))


class RemoteGraph:
    """A graph that was pushed to a server. `query` sees the server's default graph, which must be the union of all."""

    def __init__(self, client: Client, url: str) -> None:
        self._client = client
        self._url = url
        self.notes: list[str] = []  # what the server said of its last answer

    @cached_property
    def base(self) -> str:
        """What the IRIs of things start with in this graph."""
        sources = self.rows(f"SELECT ?source WHERE {{ GRAPH ?g {{ {_A_SOURCE} }} }} LIMIT 1")
        return base_of(str(row[0]) for row in sources) or BASE

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """The prefixes that need no declaration; `id:` is the base of this graph's things."""
        return {**PREFIXES, "id": self.base}

    def query(self, text: str, params: Mapping[str, str] | None = None) -> Rows:
        """The answer of a SELECT, ASK, CONSTRUCT or DESCRIBE query; `params` as in `PolicyGraph.query`.

        A value is bound by a filter at the end of the WHERE group, where it is a term and can break nothing.
        """
        checked(text, self.prefixes)
        terms = bound_terms(text, params or {}, self.prefixes, self.thing)
        asked = filtered(text, {name: term_text(term) for name, term in terms.items()})
        self.notes.clear()
        return self.rows(prefixed(asked, self.prefixes))

    def thing(self, name: str, kind: str) -> ox.NamedNode:
        """The one thing of a class in force that `name` names, by its preferred label, else by any; QueryError otherwise."""
        labels = self._labels(name, kind)
        known = [
            (label, str(thing), rank)
            for thing, *names, _ in labels
            for rank, label in enumerate(names)
            if label is not None
        ]
        ended = {thing for thing, _, _, ended in labels if ended is not None}
        return the_thing(
            name, kind, known, lambda found: [n for n in found if n not in ended], lambda: self._near(name, kind)
        )

    def _labels(self, name: str, kind: str) -> Rows:
        """Things of a class with a label that has all signs of `name`; the server need know nothing of quotation marks."""
        asked = unquoted(name)
        signs = [f"CONTAINS(STR(?label), {text_term(sign)})" for sign in dict.fromkeys(asked)]
        fits = " && ".join([*signs, f"STRLEN(STR(?label)) <= {len(asked) + _QUOTES}"])
        preferred, other = (
            f"{{ ?thing <{SKOS}{label}> ?{label} FILTER({fits.replace('?label', f'?{label}')}) }}"
            for label in ("prefLabel", "altLabel")
        )
        return self.rows(
            f"SELECT DISTINCT ?thing ?prefLabel ?altLabel ?ended WHERE {{ ?thing <{RDF}type> <{POL}{kind}> . "
            f"{{ {preferred} UNION {other} }} OPTIONAL {{ ?thing <{POL}validTo> ?ended }} }}"
        )

    def _near(self, name: str, kind: str) -> Iterable[str]:
        signs = " || ".join(f"CONTAINS(STR(?label), {text_term(sign)})" for sign in dict.fromkeys(unquoted(name)))
        found = self.rows(
            f"SELECT DISTINCT ?label WHERE {{ ?thing <{RDF}type> <{POL}{kind}> ; <{SKOS}prefLabel> ?label "
            f"FILTER({signs or 'true'}) }} LIMIT 2000"
        )
        return (str(label) for (label,) in found)

    def why_empty(self) -> list[str]:
        """What may be the reason that an answer has no rows."""
        if self.rows(f"ASK {{ {_A_SOURCE} }}").truth or not self.rows(f"ASK {{ GRAPH ?g {{ {_A_SOURCE} }} }}").truth:
            return []
        return [_NO_UNION]

    def rows(self, text: str) -> Rows:
        """The answer to a text that is sent as it stands."""
        form = form_of(text)
        reply = self._client.form(self._url, {"query": text}, _ACCEPTED.get(form, _ACCEPTED_TRIPLES))
        if not reply.is_good:
            if reply.status == 400:
                _explain(text)
            raise reply.fault
        if most := reply.headers.get("x-sparql-maxrows"):
            self.notes.append(f"the server gives no more than {most} rows, so the answer is cut; ask for less")
        return _solutions(reply, form) if form in _ACCEPTED else _triples(reply)


def _explain(text: str) -> None:
    """Raises QueryError where our own parser, too, finds the query wrong: it says better where."""
    try:
        ox.Store().query(text)
    except SyntaxError as error:
        explain_syntax_error(text, error)


def _solutions(reply: Reply, form: str) -> Rows:
    if reply.content_type not in (_ROWS, "application/json"):
        raise _not_understood(reply, "SPARQL results in JSON")
    try:
        rows = _parsed(reply.body)
    except (SyntaxError, ValueError) as fault:
        raise RemoteError(f"the answer of {reply.url} breaks off or is damaged ({fault}); try again") from None
    if form == "ASK" and rows.form != "ASK":  # Virtuoso 7 answers with a row for yes, and with none for no
        return _truth(bool(rows))
    return rows


def _parsed(body: bytes) -> Rows:
    answer: Any = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    try:
        if isinstance(answer, ox.QueryBoolean):
            return _truth(bool(answer))
        columns = tuple(variable.value for variable in answer.variables)
        terms = []
        for row in answer:
            terms.append(tuple(map(_canonical, row)))  # noqa: PERF401  a comprehension's frame would hold the answer
        return Rows(columns, tuple(terms))
    finally:
        del answer  # an exception would keep it in its frames, and another thread, which must not, might free it


def _truth(truth: bool) -> Rows:
    return Rows(("answer",), ((ox.Literal(truth),),), "ASK")


def _triples(reply: Reply) -> Rows:
    if reply.content_type not in _TRIPLES:
        raise _not_understood(reply, "N-Triples or Turtle")
    try:
        quads = tuple(ox.parse(reply.body, format=_TRIPLES[reply.content_type]))
    except SyntaxError as fault:
        raise RemoteError(f"the answer of {reply.url} breaks off or is damaged ({fault}); try again") from None
    return Rows(
        ("subject", "predicate", "object"), tuple((q.subject, q.predicate, q.object) for q in quads), "CONSTRUCT"
    )


def _not_understood(reply: Reply, wanted: str) -> RemoteError:
    said = f"\n  it says: {reply.said}" if reply.said else ""
    return RemoteError(
        f"{reply.url} answered with {reply.content_type or 'something without a type'} in place of {wanted}; "
        f"is it the address of a SPARQL endpoint?{said}"
    )


def _canonical(term: Term | None) -> Term | None:
    """`"1"^^xsd:boolean` is true: some engines keep truth values as numbers."""
    if isinstance(term, ox.Literal) and term.datatype == _BOOLEAN:
        return _TRUTHS.get(term.value, term)
    return term
