"""Rows → the W3C's SPARQL results formats: JSON, XML and TSV, in which every term keeps its kind, language and datatype."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from kg.graph.iris import XSD
from kg.graph.rows import Rows, Term, value_of
from kg.patterns import regex

_STRING = XSD + "string"
# What a terminal would act on, as in kg.views.tables, and what a line of TSV cannot hold.
_HIDDEN = regex("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_NOT_IN_XML = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def results_json(rows: Rows) -> str:
    """SPARQL 1.1 Query Results JSON."""
    if rows.form == "ASK":
        told: dict[str, object] = {"head": {}, "boolean": rows.truth}
    else:
        bindings = [{name: _as_json(term) for name, term in _bound(rows, row)} for row in rows.terms]
        told = {"head": {"vars": rows.columns}, "results": {"bindings": bindings}}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def results_xml(rows: Rows) -> str:
    """SPARQL Query Results XML; signs that XML cannot hold become U+FFFD."""
    return "".join(f"{line}\n" for line in _xml_lines(rows))


def results_tsv(rows: Rows) -> str:
    """SPARQL 1.1 Query Results TSV: terms as in Turtle, an empty cell means unbound."""
    head = "\t".join(f"?{name}" for name in rows.columns)
    lines = ("\t".join("" if term is None else _as_turtle(term) for term in row) for row in rows.terms)
    return "".join(f"{line}\n" for line in (head, *lines))


def triples_text(rows: Rows, form: str) -> str:
    """The triples of a CONSTRUCT or DESCRIBE query, sorted, in N-Triples (nt), JSON-LD (jsonld) or RDF/XML (rdf).

    In RDF/XML signs that XML cannot hold become U+FFFD.
    """
    forms = {"nt": ox.RdfFormat.N_TRIPLES, "jsonld": ox.RdfFormat.JSON_LD, "rdf": ox.RdfFormat.RDF_XML}
    data = ox.serialize(sorted(set(rows.triples), key=str), format=forms[form])
    assert data is not None
    text = data.decode("utf-8")
    if form == "rdf":
        text = _NOT_IN_XML.sub("\ufffd", text)
    return text if text.endswith("\n") else text + "\n"


def _bound(rows: Rows, row: tuple[Term | None, ...]) -> Iterator[tuple[str, Term]]:
    return ((name, term) for name, term in zip(rows.columns, row, strict=True) if term is not None)


def _as_json(term: Term) -> dict[str, str]:
    if isinstance(term, ox.Literal):
        told = {"type": "literal", "value": term.value}
        if term.language:
            return told | {"xml:lang": term.language}
        return told if term.datatype.value == _STRING else told | {"datatype": term.datatype.value}
    if isinstance(term, ox.Triple):
        return {"type": "literal", "value": str(term)}
    return {"type": "uri" if isinstance(term, ox.NamedNode) else "bnode", "value": term.value}


def _xml_lines(rows: Rows) -> Iterator[str]:
    yield '<?xml version="1.0"?>'
    yield '<sparql xmlns="http://www.w3.org/2005/sparql-results#">'
    if rows.form == "ASK":
        yield f"<head/>\n<boolean>{str(rows.truth).lower()}</boolean>"
    else:
        yield "<head>" + "".join(f"<variable name={quoteattr(name)}/>" for name in rows.columns) + "</head>\n<results>"
        for row in rows.terms:
            cells = (f"<binding name={quoteattr(name)}>{_as_xml(term)}</binding>" for name, term in _bound(rows, row))
            yield f"<result>{''.join(cells)}</result>"
        yield "</results>"
    yield "</sparql>"


def _as_xml(term: Term) -> str:
    told = _as_json(term)
    text = _HIDDEN.sub(lambda sign: f"&#{ord(sign[0])};", escape(_NOT_IN_XML.sub("\ufffd", told["value"])))
    more = "".join(f" {name}={quoteattr(told[name])}" for name in ("xml:lang", "datatype") if name in told)
    return f"<{told['type']}{more}>{text}</{told['type']}>"


def _as_turtle(term: Term) -> str:
    """As in Turtle, on one line."""
    if isinstance(term, ox.Literal) and isinstance(value_of(term), int) and re.fullmatch(r"[+-]?\d+", term.value):
        return term.value
    return _HIDDEN.sub(lambda sign: f"\\u{ord(sign[0]):04X}", str(term))
