"""A graph → JSON-LD with the shipped context: short names for properties, things relative to the base, graphs apart."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.graph.iris import POL, RDF, XSD
from kg.graph.rows import Term
from kg.patterns import regex
from kg.resources import shipped

if TYPE_CHECKING:
    from kg.graph.store import PolicyGraph

Json = str | int | bool | dict[str, str]
CONTEXT = ("ontology", "context.jsonld")  # what every file carries, besides the base of its graph
_TYPE = RDF + "type"
_STRING = XSD + "string"
_WHOLE = regex(r"0|-?[1-9]\d{0,14}")  # within what JSON readers keep exactly
_DOTS = regex(r"(^|/)\.{0,2}(/|$)")  # a relative IRI would lose these
_BARE = regex("[A-Za-z][A-Za-z0-9]*")


def shipped_context() -> dict[str, Any]:
    """The context that comes with policy-kg, without a base."""
    told: dict[str, dict[str, Any]] = json.loads(shipped(*CONTEXT).read_text("utf-8"))
    return told["@context"]


def jsonld_lines(graph: PolicyGraph) -> Iterator[str]:
    """The lines of the file, one for each thing of each named graph, sorted; one named graph in memory."""
    context = shipped_context()
    spell = _Compact(context, graph.base)
    yield f'{{"@context": {_json({**context, "@base": graph.base})},\n"@graph": ['
    for n, name in enumerate(sorted(graph.dataset.named_graphs(), key=str)):
        yield f'{"," if n else ""}\n{{"@id": {_json(spell.reference(name.value))}, "@graph": ['
        for m, node in enumerate(_nodes(graph.dataset.quads_for_pattern(None, None, None, name), spell)):
            yield f"{',' if m else ''}\n{_json(node)}"
        yield "]}"
    yield "]}\n"


def _nodes(quads: Iterable[ox.Quad], spell: _Compact) -> Iterator[dict[str, Any]]:
    said = sorted((_named(q.subject), q.predicate.value != _TYPE, q.predicate.value, str(q.object), q) for q in quads)
    for subject, about in groupby(said, key=lambda told: told[0]):
        quads_about = [told[-1] for told in about]
        node: dict[str, Any] = {"@id": spell.reference(subject)}
        for property_, group in groupby(quads_about, key=lambda quad: quad.predicate.value):
            values = [spell.value(property_, quad.object) for quad in group]
            node[spell.property(property_)] = values[0] if len(values) == 1 else values
        yield node


def _named(term: Term) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)


class _Compact:
    """Terms as the context shortens them: `"status": "Planned"`, `"place": "place/210200"`, `"year": 2014`."""

    def __init__(self, context: Mapping[str, Any], base: str) -> None:
        self._base = base
        self._context = context
        self._names: dict[str, str] = {}
        self._coerced: dict[str, Mapping[str, str]] = {}
        for name, means in context.items():
            id_ = means if isinstance(means, str) else means["@id"] if isinstance(means, dict) else ""
            prefix, _, local = id_.partition(":")
            iri = context.get(prefix, f"{prefix}:") + local
            if not name.startswith("@") and not iri.endswith(("#", "/")):
                self._names[iri] = name
                self._coerced[iri] = means if isinstance(means, dict) else {}

    def property(self, iri: str) -> str:
        return "@type" if iri == _TYPE else self._names.get(iri, iri)

    def value(self, property_: str, term: Term) -> Json:
        coerced = self._coerced.get(property_, {})
        if isinstance(term, ox.NamedNode):
            if property_ == _TYPE or coerced.get("@type") == "@vocab":
                return self._word(term.value)
            reference = self.reference(term.value)
            return reference if coerced.get("@type") == "@id" else {"@id": reference}
        if isinstance(term, ox.Literal):
            return _literal(term, coerced)
        raise TypeError(f"{term} is no IRI or literal: a graph of policy-kg holds nothing else")

    def reference(self, iri: str) -> str:
        """Relative to the base, unless another thing could then be meant."""
        path = iri.removeprefix(self._base)
        plain = iri.startswith(self._base) and path and ":" not in path and not _DOTS.search(path)
        return path if plain and not path.startswith(("@", "#", "?")) else iri

    def _word(self, iri: str) -> str:
        local = iri.removeprefix(POL)
        return local if iri.startswith(POL) and _BARE.fullmatch(local) and local not in self._context else iri


def _literal(literal: ox.Literal, coerced: Mapping[str, str]) -> Json:
    datatype, text = literal.datatype.value, literal.value
    if literal.language:
        alike = coerced.get("@language") == literal.language
        return text if alike else {"@value": text, "@language": literal.language}
    wanted = coerced.get("@type", "")
    if datatype == _STRING:
        return {"@value": text} if coerced.keys() & {"@type", "@language"} else text
    if datatype == XSD + "integer" and _WHOLE.fullmatch(text) and wanted in ("", "xsd:integer"):
        return int(text)
    if datatype == XSD + "boolean" and text in ("true", "false") and wanted in ("", "xsd:boolean"):
        return text == "true"
    return text if datatype == wanted.replace("xsd:", XSD) else {"@value": text, "@type": datatype}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
