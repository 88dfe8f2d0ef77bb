"""What was read from each file, what was skipped and what was a copy → the record behind the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kg.model import Kind, Part, Reading, Relation
from kg.views.records import BuildReport, Decided, FileReport, PartReport


def build_report(
    readings: Iterable[Reading],
    skipped: Iterable[tuple[str, str]] = (),
    copies: Iterable[tuple[str, str]] = (),
    title: str = "读入报告",
) -> BuildReport:
    """Files in order of their names; each thing counts once however many files name it."""
    files = []
    things: set[tuple[Kind, str]] = set()
    claims: Counter[Relation] = Counter()
    for reading in readings:
        files.append(file_report(reading))
        things |= {(m.entity.kind, m.entity.id) for m in reading.mentions if m.entity is not None}
        claims.update(c.relation for c in reading.claims)
    kinds = Counter(kind for kind, _ in things)
    return BuildReport(
        title=title,
        files=tuple(sorted(files, key=lambda file: file.file)),
        entities=tuple((str(kind), kinds[kind]) for kind in Kind),
        claims=tuple((str(relation), claims[relation]) for relation in Relation),
        skipped=tuple(sorted(skipped)),
        copies=tuple(sorted(copies)),
    )


def file_report(reading: Reading) -> FileReport:
    """One file; `unlinked` counts the mentions that name nobody for sure."""
    return FileReport(
        file=reading.document.file,
        encoding=reading.document.encoding,
        characters=len(reading.document.text),
        sentences=len(reading.sentences),
        mentions=len(reading.mentions),
        unlinked=sum(mention.entity is None for mention in reading.mentions),
        claims=len(reading.claims),
        parts=tuple(map(_part, reading.parts)),
        too_long=sum(sentence.too_long for sentence in reading.sentences),
    )


def _part(part: Part) -> PartReport:
    clean = part.document.clean
    return PartReport(
        title=part.title,
        place=part.place.name if part.place else "",
        year=part.year,
        genre=str(part.genre),
        agency=part.agency.name if part.agency else "",
        decided=tuple(
            Decided(d.what, d.value, d.rule, clean[d.span.start : d.span.end] if d.span else "") for d in part.decided
        ),
    )
