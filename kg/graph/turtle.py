"""A graph → Turtle (all named graphs merged) or TriG (each apart) that people can read: sorted, relative to the base."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.graph.iris import PREFIXES, RDF, XSD
from kg.patterns import regex

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.graph.store import PolicyGraph

Spelt = tuple[str, str, str]  # a triple as N-Triples write it: <iri>, "text"@zh, _:b1

_SIMPLE = regex("[A-Za-z][A-Za-z0-9]*")
_DOTS = regex(r"(^|/)\.{1,2}(/|$)")  # a relative IRI would lose these
_BARE = {XSD + "integer": regex(r"[+-]?\d+"), XSD + "boolean": regex("true|false")}
_BARE[XSD + "decimal"] = regex(r"[+-]?\d*\.\d+")
_TYPE = RDF + "type"
_END = " .\n"


def write_turtle(graph: PolicyGraph, path: Path) -> None:
    """Writes beside `path` first, so that it changes at once or not at all; the same graph gives the same bytes."""
    _write(turtle_lines(graph), path)


def write_turtle_of(quads: Path, path: Path, base: str) -> None:
    """The same of a graph.nq that kg build writes, without the engine, which takes longer to load than a small graph to write."""
    text = quads.read_bytes().decode()
    for sign in "\ufffe\uffff":  # the engine escapes these as well
        text = text.replace(sign, f"\\u{ord(sign):X}")
    told = [_triple(line) for line in text.removesuffix("\n").split("\n")]
    _write((*_head(base, PREFIXES), *_blocks(told, _Speller(base, _declared(PREFIXES)))), path)


def _write(lines: Iterable[str], path: Path) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as out:
            out.writelines(lines)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _triple(line: str) -> Spelt:
    """The triple of a line as kg build writes it: only the object has blanks."""
    subject, predicate, rest = line.split(" ", 2)
    return subject, predicate, rest.rpartition(" <")[0]


def turtle_lines(graph: PolicyGraph) -> Iterator[str]:
    """The lines of the file: the prefixes, then a block for each subject."""
    import pyoxigraph as ox

    quads = graph.store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    return triples_lines(quads, graph.base, graph.prefixes)


def triples_lines(told: Iterable[ox.Triple | ox.Quad], base: str, all_prefixes: Mapping[str, str]) -> Iterator[str]:
    """The same for any triples, such as the answer of CONSTRUCT."""
    spell = _Speller(base, _declared(all_prefixes))
    yield from _head(base, all_prefixes)
    yield from _blocks(_spelt(told), spell)


def trig_lines(graph: PolicyGraph) -> Iterator[str]:
    """The lines of a TriG file: the same for each named graph, in order of the graphs' names; one graph in memory."""
    spell = _Speller(graph.base, _declared(graph.prefixes))
    yield from _head(graph.base, graph.prefixes)
    for name in sorted(graph.dataset.named_graphs(), key=lambda name: _key(str(name))):
        yield f"\n{spell(str(name))} {{\n"
        yield from _blocks(_spelt(graph.dataset.quads_for_pattern(None, None, None, name)), spell)
        yield "}\n"


def _declared(prefixes: Mapping[str, str]) -> dict[str, str]:
    return {name: start for name, start in sorted(prefixes.items()) if name != "id"}


def _head(base: str, prefixes: Mapping[str, str]) -> Iterator[str]:
    yield f"@base <{base}> .\n"
    yield from (f"@prefix {name}: <{start}> .\n" for name, start in _declared(prefixes).items())


def _spelt(told: Iterable[ox.Triple | ox.Quad]) -> Iterator[Spelt]:
    return ((str(one.subject), str(one.predicate), str(one.object)) for one in told)


def _blocks(told: Iterable[Spelt], spell: _Speller) -> Iterator[str]:
    """A block for each subject, sorted, a triple at a time; what is told in order, as in graph.nq, is sorted sooner."""
    key, rank, spelt = cache(_key), cache(_rank), cache(spell)
    triples = sorted(
        dict.fromkeys([(key(subject), rank(predicate), spelt(object_)) for subject, predicate, object_ in told])
    )
    about = said = None
    for subject, predicate, object_ in triples:
        if (subject, predicate) == (about, said):
            yield f" , {object_}"
            continue
        verb = spell.iri(predicate[1]) if predicate[0] else "a"
        if subject == about:
            yield f" ;\n    {verb} {object_}"
        else:
            yield f"{'' if about is None else _END}\n{spell.iri(subject)}\n    {verb} {object_}"
        about, said = subject, predicate
    if triples:
        yield _END


def _key(term: str) -> str:
    """An IRI without its brackets: a/ comes behind a, and not before it."""
    return term[1:-1] if _is_iri(term) else term


def _rank(predicate: str) -> tuple[bool, str]:
    """That of `a` is the first."""
    return predicate[1:-1] != _TYPE, predicate[1:-1]


def _is_iri(term: str) -> bool:
    return term[0] == "<" and term[1] != "<"  # << opens a triple


class _Speller:
    """Terms of N-Triples as Turtle: <program/县管校聘>, pol:adopts, 2014, "…"@zh."""

    def __init__(self, base: str, prefixes: Mapping[str, str]) -> None:
        self._base = base
        self._prefixes = sorted(prefixes.items(), key=lambda item: -len(item[1]))
        self._known: dict[str, str] = {}

    def __call__(self, term: str) -> str:
        if _is_iri(term):
            return self.iri(term[1:-1])
        if term[0] != '"' or term[-1] != ">":
            return term
        quoted, _, datatype = term.rpartition("^^")
        bare = _BARE.get(datatype[1:-1])
        return quoted[1:-1] if bare and bare.fullmatch(quoted[1:-1]) else f"{quoted}^^{self.iri(datatype[1:-1])}"

    def iri(self, iri: str) -> str:
        if iri not in self._known:
            self._known[iri] = self._spell(iri)
        return self._known[iri]

    def _spell(self, iri: str) -> str:
        if iri.startswith(self._base) and not _DOTS.search(iri.removeprefix(self._base)):
            return f"<{iri.removeprefix(self._base)}>"
        for name, start in self._prefixes:
            if iri.startswith(start) and _SIMPLE.fullmatch(iri, len(start)):
                return f"{name}:{iri[len(start) :]}"
        return f"<{iri}>"
