"""A graph → Turtle (all named graphs merged) or TriG (each apart) that people can read: sorted, relative to the base."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.graph.iris import RDF, XSD
from kg.graph.rows import Term
from kg.patterns import regex

if TYPE_CHECKING:
    from kg.graph.store import PolicyGraph

_SIMPLE = regex("[A-Za-z][A-Za-z0-9]*")
_DOTS = regex(r"(^|/)\.{1,2}(/|$)")  # a relative IRI would lose these
_BARE = {XSD + "integer": regex(r"[+-]?\d+"), XSD + "boolean": regex("true|false")}
_BARE[XSD + "decimal"] = regex(r"[+-]?\d*\.\d+")
_TYPE = RDF + "type"


def write_turtle(graph: PolicyGraph, path: Path) -> None:
    """Writes beside `path` first, so that it changes at once or not at all; the same graph gives the same bytes."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as out:
            out.writelines(turtle_lines(graph))
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def turtle_lines(graph: PolicyGraph) -> Iterator[str]:
    """The lines of the file: the prefixes, then a block for each subject."""
    quads = graph.store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    return triples_lines(quads, graph.base, graph.prefixes)


def triples_lines(told: Iterable[ox.Triple | ox.Quad], base: str, all_prefixes: Mapping[str, str]) -> Iterator[str]:
    """The same for any triples, such as the answer of CONSTRUCT."""
    spell = _Speller(base, _declared(all_prefixes))
    yield from _head(base, all_prefixes)
    yield from _blocks(told, spell)


def trig_lines(graph: PolicyGraph) -> Iterator[str]:
    """The lines of a TriG file: the same for each named graph, in order of the graphs' names; one graph in memory."""
    spell = _Speller(graph.base, _declared(graph.prefixes))
    yield from _head(graph.base, graph.prefixes)
    for name in sorted(graph.dataset.named_graphs(), key=_key):
        yield f"\n{spell(name)} {{\n"
        yield from _blocks(graph.dataset.quads_for_pattern(None, None, None, name), spell)
        yield "}\n"


def _declared(prefixes: Mapping[str, str]) -> dict[str, str]:
    return {name: start for name, start in sorted(prefixes.items()) if name != "id"}


def _head(base: str, prefixes: Mapping[str, str]) -> Iterator[str]:
    yield f"@base <{base}> .\n"
    yield from (f"@prefix {name}: <{start}> .\n" for name, start in _declared(prefixes).items())


def _blocks(told: Iterable[ox.Triple | ox.Quad], spell: _Speller) -> Iterator[str]:
    """A block for each subject, sorted."""
    triples = sorted({(_key(t.subject), *_predicate_key(t.predicate), spell(t.object)) for t in told})
    for subject, about in groupby(triples, key=lambda triple: triple[0]):
        yield f"\n{spell.iri(subject)}\n"
        predicates = [
            f"    {'a' if predicate == _TYPE else spell.iri(predicate)} {' , '.join(said[3] for said in group)}"
            for predicate, group in groupby(about, key=lambda triple: triple[2])
        ]
        yield " ;\n".join(predicates) + " .\n"


def _key(term: Term) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _predicate_key(predicate: ox.NamedNode) -> tuple[bool, str]:
    return predicate.value != _TYPE, predicate.value


class _Speller:
    """Terms as Turtle: <program/县管校聘>, pol:adopts, 2014, "…"@zh."""

    def __init__(self, base: str, prefixes: Mapping[str, str]) -> None:
        self._base = base
        self._prefixes = sorted(prefixes.items(), key=lambda item: -len(item[1]))
        self._spelt: dict[str, str] = {}

    def __call__(self, term: Term) -> str:
        if isinstance(term, ox.NamedNode):
            return self.iri(term.value)
        if isinstance(term, ox.Literal) and not term.language and term.datatype.value != XSD + "string":
            bare = _BARE.get(term.datatype.value)
            if bare and bare.fullmatch(term.value):
                return term.value
            return f"{ox.Literal(term.value)}^^{self.iri(term.datatype.value)}"
        return str(term)

    def iri(self, iri: str) -> str:
        if iri not in self._spelt:
            self._spelt[iri] = self._spell(iri)
        return self._spelt[iri]

    def _spell(self, iri: str) -> str:
        if iri.startswith(self._base) and not _DOTS.search(iri.removeprefix(self._base)):
            return f"<{iri.removeprefix(self._base)}>"
        for name, start in self._prefixes:
            if iri.startswith(start) and _SIMPLE.fullmatch(iri, len(start)):
                return f"{name}:{iri[len(start) :]}"
        return f"<{iri}>"
