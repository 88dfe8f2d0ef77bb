"""A document that was read → what a build must remember of it while its quads and mentions lie on disk; and back from JSON."""

from __future__ import annotations

import base64
import hashlib
import struct
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from kg.graph.triples import entities_of, only_part, used_ids
from kg.model import Document, Kind, Reading, Relation
from kg.texts.duplicates import Sketch, sketch
from kg.views.from_readings import file_report
from kg.views.records import Decided, FileReport, LeftOutReport, PartReport


@dataclass(frozen=True, slots=True)
class PartFacts:
    """What was found in a part; `used` are the ids that the reference graph must know."""

    sketch: Sketch | None
    used: frozenset[str]
    things: frozenset[tuple[Kind, str]]
    claims: Counter[Relation]
    mentions: int


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """One document of a file; without a report it has the text of another and was not read."""

    id: str
    file: str
    digest: str  # of its text, and of what the user says of it
    report: FileReport | None = None
    parts: tuple[PartFacts, ...] = ()  # numbered from 1
    refused: tuple[str, ...] = ()  # the claims that a reviewer refused in it

    @property
    def known(self) -> int:
        """How many places and years of its parts are known."""
        parts = self.report.parts if self.report else ()
        return sum(bool(part.place) + (part.year is not None) for part in parts)

    @property
    def leaves_open(self) -> bool:
        """Whether a copy under another name may tell more: a place or a year is not known."""
        return self.report is None or any(not part.place or part.year is None for part in self.report.parts)

    def node(self, part: int) -> int | None:
        """The number in the name of the part's node; the only part of a document is the document."""
        return part if len(self.parts) > 1 else None


def text_digest(document: Document) -> str:
    """Of the text and of what the user says of it: documents that agree in both are read once."""
    given = replace(document.given, url="", by="")
    return hashlib.sha256(f"{given!r}\0{document.text}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


def facts_of(reading: Reading, refused: tuple[str, ...] = ()) -> DocumentFacts:
    """What must be remembered of a reading."""
    document = reading.document
    parts = tuple(_part(reading, number) for number in range(len(reading.parts)))
    return DocumentFacts(document.id, document.file, text_digest(document), file_report(reading), parts, refused)


def _part(reading: Reading, number: int) -> PartFacts:
    only = only_part(reading, number)
    return PartFacts(
        sketch=sketch(only.parts[0], number + 1, alone=len(reading.parts) == 1),
        used=frozenset(used_ids(only)),
        things=frozenset((entity.kind, entity.id) for entity in entities_of(only)),
        claims=Counter(claim.relation for claim in only.claims),
        mentions=len(only.mentions),
    )


def to_json(facts: DocumentFacts) -> dict[str, Any]:
    """The facts as JSON can hold them, the same for the same facts."""
    told: dict[str, Any] = {"id": facts.id, "file": facts.file, "digest": facts.digest}
    if facts.report is None:
        return told
    parts = [_part_to_json(part) for part in facts.parts]
    return told | {"report": asdict(facts.report), "parts": parts, "refused": facts.refused}


def from_json(told: Mapping[str, Any]) -> DocumentFacts:
    """The facts; KeyError, TypeError or ValueError where they were written by another version or are damaged."""
    facts = DocumentFacts(told["id"], told["file"], told["digest"])
    if "report" not in told:
        return facts
    parts = tuple(_part_from_json(part) for part in told["parts"])
    return replace(facts, report=_report_from_json(told["report"]), parts=parts, refused=tuple(told["refused"]))


def _part_to_json(part: PartFacts) -> dict[str, Any]:
    return {
        "sketch": None if part.sketch is None else _sketch_to_json(part.sketch),
        "used": sorted(part.used),
        "things": sorted([str(kind), id_] for kind, id_ in part.things),
        "claims": {str(relation): part.claims[relation] for relation in sorted(part.claims)},
        "mentions": part.mentions,
    }


def _part_from_json(told: Mapping[str, Any]) -> PartFacts:
    return PartFacts(
        sketch=None if told["sketch"] is None else _sketch_from_json(told["sketch"]),
        used=frozenset(told["used"]),
        things=frozenset((Kind(kind), id_) for kind, id_ in told["things"]),
        claims=Counter({Relation(relation): count for relation, count in told["claims"].items()}),
        mentions=told["mentions"],
    )


def _sketch_to_json(one: Sketch) -> dict[str, Any]:
    minhash = struct.pack(f"<{len(one.minhash)}Q", *one.minhash)
    bare = replace(one, clauses=b"", minhash=())
    return asdict(bare) | {"clauses": _packed(one.clauses), "minhash": _packed(minhash)}


def _sketch_from_json(told: Mapping[str, Any]) -> Sketch:
    minhash = base64.b64decode(told["minhash"])
    known = dict(told) | {
        "part": (told["part"][0], told["part"][1]),
        "clauses": base64.b64decode(told["clauses"]),
        "minhash": struct.unpack(f"<{len(minhash) // 8}Q", minhash),
    }
    return Sketch(**known)


def _packed(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _report_from_json(told: Mapping[str, Any]) -> FileReport:
    known = dict(told) | {
        "parts": tuple(_part_report_from_json(part) for part in told["parts"]),
        "left_out": tuple(LeftOutReport(**left_out) for left_out in told["left_out"]),
        "repairs": tuple((what, characters) for what, characters in told["repairs"]),
        "doubts": tuple(told["doubts"]),
    }
    return FileReport(**known)


def _part_report_from_json(told: Mapping[str, Any]) -> PartReport:
    return PartReport(**(dict(told) | {"decided": tuple(Decided(**decided) for decided in told["decided"])}))
