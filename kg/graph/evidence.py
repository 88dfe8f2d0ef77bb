"""graph.nq → the texts in it that people search for: sentences of evidence, titles of parts, names of programmes.

The file is read as a stream: opening the graph for it would take three times as long.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, NamedTuple

import pyoxigraph as ox

from kg.errors import GraphError
from kg.graph.iris import DCTERMS, OA, POL, RDF, SKOS

_UNKNOWN = 9999  # sorts behind every year
_WANTED = {
    RDF + "type": "type",
    DCTERMS + "title": "title",
    OA + "exact": "exact",
    OA + "hasSelector": "selector",
    OA + "start": "start",
    POL + "cleaned": "cleaned",
    POL + "evidence": "evidence",
    POL + "file": "file",
    POL + "part": "part",
    POL + "reportYear": "year",
    POL + "source": "source",
    SKOS + "altLabel": "alias",
    SKOS + "prefLabel": "name",
}
_PROGRAM = POL + "Program"


class Passage(NamedTuple):
    """A text of the graph: `kind` is sentence, title or programme.

    `file` and `part` (its title) say where it stands, `year` is the year that the part reports; a name has neither.
    `about` holds the numbers of the claims made of a sentence, or the IRI of the programme that a name names.
    """

    kind: str
    text: str
    year: int | None = None
    file: str = ""
    part: str = ""
    about: tuple[str, ...] = ()


@dataclass(slots=True)
class _Told:
    """Subject → what it says, by short name of the property; each value once."""

    of: dict[str, dict[str, dict[str, None]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(dict)))

    def all(self, name: str, subject: str) -> list[str]:
        return sorted(self.of[name].get(subject, ()))

    def one(self, name: str, subject: str) -> str:
        return next(iter(self.all(name, subject)), "")


def passages(nquads: IO[bytes], name: str) -> list[Passage]:
    """All passages of an N-Quads file called `name`: sentences by year, file and place in it, then titles, then programmes."""
    told = _told(nquads, name)
    return [*_sentences(told), *_titles(told), *_names(told)]


def _told(nquads: IO[bytes], name: str) -> _Told:
    told = _Told()
    try:
        for quad in ox.parse(input=nquads, format=ox.RdfFormat.N_QUADS):
            kept = _WANTED.get(quad.predicate.value)
            if kept is not None and isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.Triple):
                told.of[kept][quad.subject.value][quad.object.value] = None
    except SyntaxError as fault:
        raise GraphError(f"{name} is damaged ({fault}); build the graph again: kg build DOCS --out GRAPH") from None
    return told


def _names(told: _Told) -> Iterator[Passage]:
    """The names of each programme, the preferred one first."""
    for iri in sorted(told.of["type"]):
        if _PROGRAM in told.of["type"][iri]:
            names = dict.fromkeys((*told.all("name", iri), *told.all("alias", iri)))
            yield from (Passage("programme", name, about=(iri,)) for name in names)


def _titles(told: _Told) -> list[Passage]:
    """A document without a title of its own is called like its file: that is none."""
    found = {_title(told, source) for source in told.of["title"] if told.one("file", source)}
    return sorted((passage for passage in found if not passage.file.endswith(passage.text)), key=_order)


def _title(told: _Told, source: str) -> Passage:
    title, file = told.one("title", source), told.one("file", source)
    return Passage("title", title, _year(told, source), file)


def _sentences(told: _Told) -> Iterable[Passage]:
    """One passage for each sentence, however many claims were made of it."""
    claims: dict[tuple[str, int, str], list[str]] = defaultdict(list)
    for claim in told.of["evidence"]:
        for evidence in told.all("evidence", claim):
            selectors = told.all("selector", evidence)
            exact = next((text for node in selectors if (text := told.one("exact", node))), "")
            start = next((int(at) for node in selectors if (at := told.one("start", node)).isdecimal()), 0)
            text = told.one("cleaned", evidence) or exact
            claims[told.one("source", claim), start, text].append(claim.rpartition("/")[2])
    placed = [(start, _sentence(told, source, text, about)) for (source, start, text), about in claims.items() if text]
    placed.sort(key=lambda found: (*_order(found[1])[:2], found[0], found[1]))
    return (passage for _, passage in placed)


def _sentence(told: _Told, source: str, text: str, claims: Iterable[str]) -> Passage:
    title, file = told.one("title", source), told.one("file", source)
    part = "" if file.endswith(title) else title
    return Passage("sentence", text, _year(told, source), file, part, tuple(sorted(claims)))


def _year(told: _Told, source: str) -> int | None:
    year = told.one("year", source)
    return int(year) if year.isdecimal() else None


def _order(passage: Passage) -> tuple[int, str, str]:
    return passage.year or _UNKNOWN, passage.file, passage.text
