"""A graph and its files → the corpus: the parts that speak for a place, each with its text, date and programmes.

A text is read again from its file where that still has the same content, else from graph/texts; what has neither is named.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from kg.diffusion.history.from_graph import units_of
from kg.diffusion.reuse.records import Corpus, Missing, Text, Written
from kg.errors import UnreadableFile
from kg.graph.iris import POL, source_path
from kg.graph.store import PolicyGraph
from kg.model import Document, Genre, Span
from kg.remote.files import RemoteFile
from kg.texts.documents import document_of
from kg.texts.formats.extract import Extract
from kg.texts.inputs import Input
from kg.texts.opening import Opener
from kg.texts.parts import split_parts

_PARTS = """
SELECT ?source ?file ?number ?whole ?title ?genre ?year ?place ?issued ?text WHERE {
  ?source pol:part ?number ; pol:file ?file .
  OPTIONAL { ?source dcterms:isPartOf ?whole } OPTIONAL { ?source dcterms:title ?title }
  OPTIONAL { ?source pol:genre ?genre } OPTIONAL { ?source pol:reportYear ?year }
  OPTIONAL { ?source pol:jurisdiction ?place } OPTIONAL { ?source dcterms:issued ?issued }
  OPTIONAL { ?source pol:textFile ?text }
  FILTER NOT EXISTS { ?source pol:copyOf|pol:alteredFrom ?other }
} ORDER BY ?source"""
_WHOLES = """
SELECT ?source ?issued ?text WHERE { ?source a pol:SourceDocument .
  OPTIONAL { ?source dcterms:issued ?issued } OPTIONAL { ?source pol:textFile ?text }
} ORDER BY ?source"""
_PROGRAMS = """
SELECT ?source ?name ?program WHERE {
  ?source pol:mentions ?program . ?program a pol:Program ; skos:prefLabel|skos:altLabel ?name
} ORDER BY ?source ?name ?program"""

NO_PLACE = "it is not known for which place it speaks; say so in index.csv and build again"
NO_FILE = "its file is not where it was read, or has changed; give the folder with --docs"
OTHER_PARTS = "its parts cannot be told apart as when it was read; build again"
# When a text of a year is written, in years from the first of January on: a plan for 2015 from November 2014 to June,
# a summary from the last months of its year on.
AHEAD, BACK, WITHIN = Written(-0.2, 0.5), Written(0.8, 1.4), Written(0.0, 1.0)
WHEN = {Genre.PLAN: AHEAD, Genre.KEY_POINTS: AHEAD, Genre.SUMMARY: BACK, Genre.REPORT: Written(0.0, 1.4)}


class _Part(NamedTuple):
    """What a graph tells of a part."""

    iri: str
    whole: str  # IRI of the document
    file: str
    number: int
    title: str
    genre: Genre
    year: int | None
    place: str
    issued: str
    text: str  # path below the graph folder


def read_corpus(graph: PolicyGraph, files: Mapping[str, Path | RemoteFile]) -> Corpus:
    """The texts of a graph; `files` says where the file of each name lies. Copies of other texts are left out."""
    programs = _programs(graph)
    by_document: dict[str, list[_Part]] = defaultdict(list)
    for part in _parts(graph):
        by_document[part.whole].append(part)
    folder = graph.path.parent if graph.path else Path()
    texts: list[Text] = []
    missing: list[Missing] = []
    documents = _documents(graph.base, by_document, files, folder)
    for whole, parts in sorted(by_document.items()):
        placed = [part for part in parts if part.place]
        missing += [Missing(part.file, part.number, NO_PLACE) for part in parts if not part.place]
        document = documents.get(whole) if placed else None
        spans = _spans(document, len(parts)) if document else ()
        reason = OTHER_PARTS if document else NO_FILE
        missing += [Missing(part.file, part.number, reason) for part in placed if part.number > len(spans)]
        if document is not None:
            texts += [
                _text(part, document, spans[part.number - 1], programs) for part in placed if part.number <= len(spans)
            ]
    units = {unit.id: unit for unit in units_of(graph, {text.unit for text in texts})}
    return Corpus(tuple(texts), units, tuple(sorted(missing)))


def _parts(graph: PolicyGraph) -> Iterator[_Part]:
    """Each part once, with the date and the text of its document."""
    wholes = {str(row["source"]): row for row in graph.query(_WHOLES).dicts()}
    seen: set[str] = set()
    for row in graph.query(_PARTS).dicts():
        iri, whole = str(row["source"]), row["whole"] or str(row["source"])
        if iri in seen:
            continue
        seen.add(iri)
        of_whole = wholes.get(whole, row)
        genre = (row["genre"] or "").removeprefix(POL)
        yield _Part(
            iri,
            whole,
            row["file"] or "",
            int(row["number"] or 1),
            row["title"] or "",
            Genre(genre) if genre in set(Genre) else Genre.OTHER,
            int(row["year"]) if row["year"] else None,
            row["place"] or "",
            row["issued"] or of_whole["issued"] or "",
            row["text"] or of_whole["text"] or "",
        )


def _programs(graph: PolicyGraph) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Source → the programmes that it mentions, under each of their names."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for source, name, program in graph.query(_PROGRAMS):
        found[str(source)].append((str(name), str(program)))
    return found


def _documents(
    base: str, parts: Mapping[str, Sequence[_Part]], files: Mapping[str, Path | RemoteFile], folder: Path
) -> Mapping[str, Document]:
    """IRI → the document as it was read: from its file, or from the archive or table that holds it, or from texts/."""
    found: dict[str, Document] = {}
    containers = {name for of_one in parts.values() for name in _containers(of_one[0].file) if name in files}
    with Opener() as opener:
        for name in sorted(containers):
            for document in opener(Input(files[name], name)):
                if isinstance(document, Document) and (iri := f"{base}{source_path(document.id)}") in parts:
                    found[iri] = document
    for iri, (first, *_) in parts.items():
        if iri not in found and (document_ := _taken_out(folder / first.text, first.file) if first.text else None):
            found[iri] = document_
    return found


def _containers(file: str) -> Iterator[str]:
    """`pages.zip/a.csv#12` is the file, or stands in pages.zip/a.csv or in pages.zip."""
    yield file
    yield from (file[: sign.start()] for sign in re.finditer("[/#]", file))


def _taken_out(path: Path, file: str) -> Document | None:
    """A text of texts/; what its format told to be a menu is in it again, as far as cleaning does not see it."""
    try:
        return document_of(Extract(path.read_bytes().decode("utf-8", "surrogatepass")), file, b"")
    except (OSError, UnicodeDecodeError, UnreadableFile):
        return None


def _spans(document: Document, parts: int) -> tuple[Span, ...]:
    """Where the parts of a document stand; nothing where it falls into other parts than it did."""
    if parts == 1:
        return (Span(0, len(document.clean)),)
    found = split_parts(document)
    return tuple(part.span for part in found) if len(found) == parts else ()


def _text(part: _Part, document: Document, span: Span, programs: Mapping[str, Sequence[tuple[str, str]]]) -> Text:
    return Text(
        part.iri,
        part.place,
        document,
        span,
        part.title,
        part.genre,
        part.year,
        written_in(part.genre, part.year, part.issued),
        tuple(programs.get(part.iri, ())),
    )


def written_in(genre: Genre, year: int | None, issued: str = "") -> Written | None:
    """When a text was written: on the day of its publication, else around the year that it is of, as is usual for its genre.

    >>> written_in(Genre.SUMMARY, 2014)
    Written(start=2014.8, end=2015.4)
    """
    if issued:
        day = date.fromisoformat(issued)
        at = day.year + (day.timetuple().tm_yday - 1) / 366
        return Written(round(at, 4), round(at, 4))
    if year is None:
        return None
    within = WHEN.get(genre, WITHIN)
    return Written(round(year + within.start, 4), round(year + within.end, 4))
