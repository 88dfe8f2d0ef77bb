"""What is known of a document → JSON, the same for the same facts; and back.

Reading back raises KeyError, TypeError or ValueError where another version wrote it, or it is damaged.
"""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import fields
from itertools import chain
from operator import attrgetter
from sys import intern
from typing import Any

from kg.graph.triples import Stretch
from kg.graph_folder.facts import DocumentFacts, Found, PartFound, Written
from kg.model import Kind, Relation
from kg.texts.duplicates import Sketch
from kg.views.report_records import Decided, FileReport, LeftOutReport, PartReport

_SKETCH = [one.name for one in fields(Sketch) if one.name not in ("part", "file", "minhash")]
_REPORT = [one.name for one in fields(FileReport) if one.name not in ("file", "parts", "left_out")]
_PART = [one.name for one in fields(PartReport) if one.name != "decided"]
_OF_SKETCH, _OF_REPORT, _OF_PART = attrgetter(*_SKETCH), attrgetter(*_REPORT), attrgetter(*_PART)
_OF_LEFT_OUT = attrgetter(*(one.name for one in fields(LeftOutReport)))
_OF_DECIDED = attrgetter(*(one.name for one in fields(Decided)))


def facts_to_json(facts: DocumentFacts) -> dict[str, Any]:
    told: dict[str, Any] = {"id": facts.id, "file": facts.file, "digest": facts.digest}
    if facts.was_read:
        told["parts"] = [None if one is None else [_packed(one.minhash), *_OF_SKETCH(one)] for one in facts.parts]
        told["known"], told["open"], told["claims"] = facts.known, facts.leaves_open, facts.claims
        told["refused"], told["text"] = facts.refused, facts.text_size
    return told


def facts_from_json(told: Mapping[str, Any], source: str, at: int) -> DocumentFacts:
    """The facts of a document of the input file `source`, whose facts tell the rest from `at` on."""
    id_, file, digest = told["id"], told["file"], told["digest"]
    if file == source:
        file = source  # one string for both: a build remembers it of every document
    if "parts" not in told:
        return DocumentFacts(id_, file, digest, source=source, at=at)
    parts = tuple(_sketch((id_, number), file, one) for number, one in enumerate(told["parts"], 1))
    return DocumentFacts(
        id_,
        file,
        digest,
        was_read=True,
        parts=parts,
        known=told["known"],
        leaves_open=told["open"],
        claims=told["claims"],
        refused=tuple(told["refused"]),
        text_size=told["text"],
        source=source,
        at=at,
    )


def _sketch(part: tuple[str, int], file: str, told: Sequence[Any] | None) -> Sketch | None:
    if told is None:
        return None
    packed, clauses, place, place_name, *rest = told
    return Sketch(part, file, clauses, base64.b64decode(packed), intern(place), intern(place_name), *rest)


def found_to_json(found: Found) -> dict[str, Any]:
    return {"report": _report_to_json(found.report), "parts": list(map(_part_to_json, found.parts))}


def found_from_json(told: Mapping[str, Any], file: str) -> Found:
    """What was found in the document of this name."""
    return Found(_report_from_json(told["report"], file), tuple(map(_part_from_json, told["parts"])))


def written_to_json(written: Written) -> list[Any]:
    *place, stretches, mentions = written
    return [*place, list(chain.from_iterable(stretches)), mentions]


def written_from_json(told: Sequence[Any]) -> Written:
    start, size, quads, sha256, stretches, mentions = told
    return Written(start, size, quads, sha256, tuple(map(Stretch, stretches[::2], stretches[1::2])), mentions)


def _part_to_json(part: PartFound) -> dict[str, Any]:
    things: dict[str, list[str]] = {}
    for kind, id_ in sorted(part.things):
        things.setdefault(kind, []).append(id_)
    return {
        "things": things,
        "served": sorted(part.used.difference([id_ for _, id_ in part.things])),
        "claims": dict(sorted(part.claims.items())),
        "mentions": part.mentions,
        "clauses": _packed(part.clauses),
    }


def _part_from_json(told: Mapping[str, Any]) -> PartFound:
    things = [(Kind(kind), id_) for kind, ids in told["things"].items() for id_ in ids]
    return PartFound(
        used=frozenset([*(id_ for _, id_ in things), *told["served"]]),
        things=frozenset(things),
        claims=Counter({Relation(relation): count for relation, count in told["claims"].items()}),
        mentions=told["mentions"],
        clauses=base64.b64decode(told["clauses"]),
    )


def _packed(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _report_to_json(report: FileReport) -> dict[str, Any]:
    told = dict(zip(_REPORT, _OF_REPORT(report), strict=True))
    told["left_out"] = list(map(_OF_LEFT_OUT, report.left_out))
    told["parts"] = [[list(map(_OF_DECIDED, part.decided)), *_OF_PART(part)] for part in report.parts]
    return told


def _report_from_json(told: Mapping[str, Any], file: str) -> FileReport:
    known = dict(told) | {
        "parts": tuple(map(_part_report, told["parts"])),
        "left_out": tuple(LeftOutReport(*one) for one in told["left_out"]),
        "repairs": tuple((what, characters) for what, characters in told["repairs"]),
        "doubts": tuple(told["doubts"]),
    }
    return FileReport(file=file, **known)


def _part_report(told: Sequence[Any]) -> PartReport:
    decided, *rest = told
    return PartReport(decided=tuple(Decided(*one) for one in decided), **dict(zip(_PART, rest, strict=True)))
