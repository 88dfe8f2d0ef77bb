"""A document that was read → what a build remembers of it, and what lies on disk until it is asked for."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from kg.graph.spoken_of import SpokenOf
from kg.graph.triples import DocumentGraph, Stretch
from kg.model import Document, Kind, Reading, Relation
from kg.texts.duplicates import Sketch, Sketched, sketch
from kg.views.from_readings import file_report
from kg.views.report_records import FileReport


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What a build remembers of one document of a file."""

    id: str
    file: str
    digest: str  # of its text, and of what the user says of it
    was_read: bool = False  # else it has the text of another
    parts: tuple[Sketch | None, ...] = ()  # numbered from 1
    known: int = 0  # how many places and years of its parts are known
    leaves_open: bool = True  # a copy under another name may tell more: a place or a year is not known
    claims: int = 0
    refused: tuple[str, ...] = ()  # the claims that a reviewer refused in it
    text_size: int | None = None  # bytes of its text in texts/, if it has one there
    source: str = ""  # the input file
    at: int = field(default=0, compare=False)  # where in the facts of that file the rest begins

    def node(self, part: int) -> int | None:
        """The number in the name of the part's node; the only part of a document is the document."""
        return part if len(self.parts) > 1 else None


@dataclass(frozen=True, slots=True)
class PartFound:
    """What was found in a part; `used` are the ids that the reference graph must know."""

    used: frozenset[str]
    things: frozenset[tuple[Kind, str]]
    claims: Counter[Relation]
    mentions: int
    clauses: bytes  # by which it is compared with others


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a document."""

    report: FileReport
    parts: tuple[PartFound, ...]


class Written(NamedTuple):
    """Where the graph of a document lies in the body of its shard, and the lines of the table of its mentions."""

    start: int  # bytes
    size: int
    quads: int
    sha256: str
    stretches: tuple[Stretch, ...]
    mentions: str


def text_digest(document: Document) -> str:
    """Of the text and of what the user says of it: documents that agree in both are read once."""
    given = replace(document.given, url="", by="")
    return hashlib.sha256(f"{given!r}\0{document.text}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


def facts_of(
    reading: Reading, graph: DocumentGraph, refused: tuple[str, ...] = (), text_size: int | None = None
) -> tuple[DocumentFacts, Found]:
    """What must be remembered of a reading, and what can be asked for again."""
    document, report = reading.document, file_report(reading)
    alone = len(reading.parts) == 1
    sketches = [sketch(part, number, alone=alone) for number, part in enumerate(reading.parts, 1)]
    parts = tuple(map(_part, graph.parts, sketches))
    facts = DocumentFacts(
        document.id,
        document.file,
        text_digest(document),
        was_read=True,
        parts=tuple(one.sketch if one else None for one in sketches),
        known=sum(bool(part.place) + (part.year is not None) for part in report.parts),
        leaves_open=any(not part.place or part.year is None for part in report.parts),
        claims=sum(part.claims.total() for part in parts),
        refused=refused,
        text_size=text_size,
    )
    return facts, Found(report, parts)


def _part(spoken: SpokenOf, sketched: Sketched | None) -> PartFound:
    return PartFound(
        used=spoken.used,
        things=spoken.things,
        claims=Counter([claim.relation for claim in spoken.read.claims]),
        mentions=len(spoken.read.mentions),
        clauses=sketched.clauses if sketched else b"",
    )
