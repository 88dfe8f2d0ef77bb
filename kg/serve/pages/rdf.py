"""The IRI of a thing → its triples in one of four RDF formats, with those of the claims that speak of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.graph.results import triples_text
from kg.graph.turtle import triples_lines
from kg.serve.pages.rendered import Rendered

if TYPE_CHECKING:
    from kg.graph.store import PolicyGraph

MOST_CLAIMS = 500
FORMATS = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}
# Media type → the format whose text is also a text of that type: Turtle is TriG, N-Triples are N-Quads.
MEDIA = {type_: form for form, type_ in FORMATS.items()} | {
    "application/trig": "ttl",
    "text/n3": "ttl",
    "application/n-quads": "nt",
    "text/plain": "nt",
    "application/json": "jsonld",
    "application/xml": "rdf",
    "text/xml": "rdf",
}
_CLAIMS = "SELECT DISTINCT ?claim WHERE { ?claim ?role <%s> ; pol:evidence ?evidence } ORDER BY ?claim LIMIT %d"
_WHOLE = """
CONSTRUCT {{ ?node ?property ?value }} WHERE {{
  {{ VALUES ?node {{ {claims} }} }}
  UNION {{ VALUES ?claim {{ {claims} }} ?claim pol:evidence ?node }}
  UNION {{ VALUES ?claim {{ {claims} }} ?claim pol:evidence/oa:hasSelector ?node }}
  ?node ?property ?value }}"""


def described(graph: PolicyGraph, iri: str, media: str) -> Rendered:
    """The triples with the thing as subject, and all of its claims: those in which it has a role, or which it is.

    A thing with more than 500 claims comes without them; a comment says so where the format has comments.
    """
    speaking = [str(row[0]) for row in graph.query(_CLAIMS % (iri, MOST_CLAIMS + 1))]
    is_cut = len(speaking) > MOST_CLAIMS
    nodes = [iri] if is_cut else [iri, *speaking]
    rows = graph.query(_WHOLE.format(claims=" ".join(f"<{node}>" for node in nodes)))
    form = MEDIA[media]
    told = triples_lines(rows.triples, graph.base, graph.prefixes) if form == "ttl" else [triples_text(rows, form)]
    text = "".join(told)
    note = f"# More than {MOST_CLAIMS} claims speak of this thing; ask SPARQL for them.\n"
    return Rendered(media, note + text if is_cut and form in ("ttl", "nt") else text)
