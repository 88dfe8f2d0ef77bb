"""What was read from each file, what was skipped and what was a copy → the record behind the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from kg.model import Document, Kind, Part, Reading, Relation
from kg.views.report_records import BuildReport, Decided, FileReport, LeftOutReport, PartReport

SAMPLE = 40  # characters shown of what was left out


def build_report(
    files: Iterable[FileReport],
    entities: Mapping[Kind, int],
    claims: Mapping[Relation, int],
    skipped: Iterable[tuple[str, str]] = (),
    copies: Iterable[tuple[str, str]] = (),
    title: str = "读入报告",
) -> BuildReport:
    """Files in order of their names; `entities` and `claims` count over all of them, each thing once."""
    return BuildReport(
        title=title,
        files=tuple(sorted(files, key=lambda file: file.file)),
        entities=tuple((str(kind), entities.get(kind, 0)) for kind in Kind),
        claims=tuple((str(relation), claims.get(relation, 0)) for relation in Relation),
        skipped=tuple(sorted(skipped)),
        copies=tuple(sorted(copies)),
    )


def file_report(reading: Reading) -> FileReport:
    """One document; `unlinked` counts the mentions that name nobody for sure."""
    document = reading.document
    return FileReport(
        file=document.file,
        encoding=document.encoding,
        characters=len(document.text),
        sentences=len(reading.sentences),
        mentions=len(reading.mentions),
        unlinked=sum([mention.entity is None for mention in reading.mentions]),
        claims=len(reading.claims),
        parts=tuple(map(part_report, reading.parts)),
        too_long=sum(sentence.too_long for sentence in reading.sentences),
        form=str(document.form),
        text_file=document.extracted_to,
        left_out=left_out_report(document),
        repairs=document.repairs,
        doubts=document.doubts,
    )


def left_out_report(document: Document) -> tuple[LeftOutReport, ...]:
    """What was left out, by rule, in the order in which the rules first came into play."""
    times: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    words: dict[str, str] = {}
    for (start, end), reason in document.left_out:
        times[reason] += 1
        characters[reason] += end - start
        words.setdefault(reason, " ".join(document.text[start:end].split())[:SAMPLE])
    return tuple(LeftOutReport(reason, times[reason], characters[reason], words[reason]) for reason in words)


def part_report(part: Part) -> PartReport:
    """One part, with the words behind each decision."""
    clean = part.document.clean
    return PartReport(
        title=part.title,
        place=part.place.name if part.place else "",
        year=part.year,
        genre=str(part.genre),
        agency=part.agency.name if part.agency else "",
        decided=tuple(
            Decided(d.what, d.value, d.rule, clean[d.span.start : d.span.end] if d.span else "", f"{d.confidence:f}")
            for d in part.decided
        ),
    )
