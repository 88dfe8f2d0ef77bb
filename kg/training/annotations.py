"""JSONL and .spacy files of annotated texts → Annotations, with every fault reported at once.

A JSONL line holds `text` and its names with character offsets, as the annotation tools write them:

```json
{"text": "…", "spans": [{"start": 3, "end": 9, "label": "Program"}]}
{"text": "…", "label": [[3, 9, "Program"]]}
{"text": "…", "entities": [{"start_offset": 3, "end_offset": 9, "label": "项目"}]}
```

`meta` may say of a line from which document it is (`source`), and of which `place` and `year` that document is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from kg.errors import AnnotationError, UnreadableFile
from kg.model import Kind, Span

SPACY_SUFFIX = ".spacy"
LABELS: dict[str, Kind] = {
    **{kind.lower(): kind for kind in Kind},
    **dict.fromkeys(("项目", "政策项目", "政策", "计划", "programme"), Kind.PROGRAM),
    **dict.fromkeys(("文件", "政策文件", "document"), Kind.POLICY_DOCUMENT),
    **dict.fromkeys(("机构", "机关", "部门"), Kind.AGENCY),
    **dict.fromkeys(("地方", "地名", "地点"), Kind.PLACE),
    **dict.fromkeys(("组织", "学校", "学校与组织", "organisation"), Kind.ORGANIZATION),
    **dict.fromkeys(("对象", "面向群体", "群体"), Kind.TARGET_GROUP),
}
_LISTS = ("spans", "label", "labels", "entities")
_STARTS, _ENDS = ("start", "start_offset"), ("end", "end_offset")
_UNUSED = frozenset({"reject", "ignore"})  # an annotator's answers that make a line no example
_SHOWN = 20  # characters of a user's text in a message


class Name(NamedTuple):
    """A stretch that an annotator marked."""

    span: Span
    kind: Kind


@dataclass(frozen=True, slots=True)
class Annotation:
    """One annotated text: a sentence, a paragraph or a whole document."""

    text: str
    names: tuple[Name, ...]  # in order; those of one kind do not overlap
    where: str  # file:line
    source: str = ""  # the document that it is from, if the line says so
    place: str = ""
    year: int | None = None


class _Faulty(Exception):
    """What is wrong with a line."""

    def __init__(self, *faults: str) -> None:
        super().__init__(*faults)
        self.faults = faults


def read_annotations(paths: Sequence[Path]) -> tuple[Annotation, ...]:
    """The annotated texts of all files; raises AnnotationError with every fault of every file."""
    found: list[Annotation] = []
    problems: list[str] = []
    for path in paths:
        try:
            raw_lines = list(_raw_lines(path))
        except (OSError, UnreadableFile, UnicodeDecodeError) as fault:
            problems.append(f"{path}: {_said(fault)}")
            continue
        for where, raw in raw_lines:
            try:
                annotation = _annotation(raw, where)
            except _Faulty as faulty:
                problems += [f"{where}: {fault}" for fault in faulty.faults]
            else:
                found += [annotation] if annotation else []
    if problems:
        raise AnnotationError(problems)
    return tuple(found)


def _said(fault: Exception) -> str:
    if isinstance(fault, FileNotFoundError):
        return "there is no such file"
    if isinstance(fault, UnicodeDecodeError):
        return "this is no UTF-8 text; save the annotations as UTF-8"
    return (fault.strerror or str(fault)) if isinstance(fault, OSError) else str(fault)


def _raw_lines(path: Path) -> Iterator[tuple[str, object]]:
    """Where each line stands and what it holds, None where that is no JSON."""
    if path.suffix == SPACY_SUFFIX:
        from kg.entities.spacy_component import annotated_docs

        for number, (text, names) in enumerate(annotated_docs(path), 1):
            yield f"{path}: document {number}", {"text": text, "spans": [*names]}
        return
    for number, line in enumerate(path.read_bytes().decode("utf-8-sig").split("\n"), 1):
        if line.strip():
            try:
                yield f"{path}:{number}", json.loads(line)
            except (ValueError, RecursionError):
                yield f"{path}:{number}", None


def _annotation(raw: object, where: str) -> Annotation | None:
    """The annotation of a line; None where the annotator refused to answer."""
    if isinstance(raw, list) and len(raw) == 2 and isinstance(raw[1], dict):
        raw = {"text": raw[0], **raw[1]}  # a line of spaCy's older training files: ["…", {"entities": […]}]
    if not isinstance(raw, dict):
        raise _Faulty('this line is no JSON object; each line must read {"text": "…", "spans": […]}')
    if raw.get("answer") in _UNUSED:
        return None
    text = raw.get("text")
    if not isinstance(text, str) or not text.strip():
        raise _Faulty("it has no text")
    if re.search("[\ud800-\udfff]", text):
        raise _Faulty("its text holds half a character; export it as UTF-8 again")
    listed = next((raw[name] for name in _LISTS if raw.get(name)), None)
    if listed is None and not any(name in raw for name in _LISTS):
        raise _Faulty('it says nothing of names; a text without names has "spans": []')
    meta = raw.get("meta")
    told = meta if isinstance(meta, dict) else {}
    place, source, year = told.get("place"), told.get("source"), told.get("year")
    return Annotation(
        text,
        _names(listed or [], text),
        where,
        source if isinstance(source, str) else "",
        place if isinstance(place, str) else "",
        year if isinstance(year, int) and 1949 <= year <= 2100 else None,
    )


def _names(listed: object, text: str) -> tuple[Name, ...]:
    if not isinstance(listed, list):
        raise _Faulty("its names are no list")
    names: list[Name] = []
    faults: list[str] = []
    for one in listed:
        try:
            names.append(_name(one, text))
        except _Faulty as fault:
            faults += fault.faults
    names.sort(key=lambda name: (name.kind, name.span))
    for one, other in pairwise(names):
        if one.kind is other.kind and other.span.start < one.span.end:
            faults.append(
                f"{_shown(text, one.span)} and {_shown(text, other.span)} overlap and are both {one.kind}; keep one"
            )
    if faults:
        raise _Faulty(*faults)
    return tuple(sorted(names))


def _name(said: object, text: str) -> Name:
    start, end, label, cut = _fields(said)
    if not _is_offset(start) or not _is_offset(end) or not 0 <= start < end <= len(text):
        raise _Faulty(f"{start!r} to {end!r} is no stretch of its {len(text)} characters")
    span = Span(start, end)
    if isinstance(cut, str) and cut != text[start:end]:
        raise _Faulty(
            f"{start} to {end} cuts {_shown(text, span)}, not {_shown(cut, Span(0, len(cut)))}; offsets must count characters, not bytes"
        )
    if not text[start:end].strip():
        raise _Faulty(f"{start} to {end} marks blanks only")
    kind = LABELS.get(re.sub(r"[\s_-]", "", label).lower()) if isinstance(label, str) else None
    if kind is None:
        raise _Faulty(f"the label {str(label)[:_SHOWN]!r} of {_shown(text, span)} is none of {', '.join(Kind)}")
    stripped = text[start:end].strip()
    start += text[start:end].index(stripped)
    return Name(Span(start, start + len(stripped)), kind)


def _fields(said: object) -> tuple[Any, Any, object, object]:
    """Start, end, label, and the words where the tool repeats them."""
    if isinstance(said, Mapping):
        start = next((said[name] for name in _STARTS if name in said), None)
        end = next((said[name] for name in _ENDS if name in said), None)
        return start, end, said.get("label"), said.get("text")
    if isinstance(said, list | tuple) and len(said) == 3:
        return said[0], said[1], said[2], None
    raise _Faulty('a name must read {"start": 3, "end": 9, "label": "Program"} or [3, 9, "Program"]')


def _is_offset(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool)


def _shown(text: str, span: Span) -> str:
    words = " ".join(text[span.start : span.end].split())
    return f"“{words[:_SHOWN]}…”" if len(words) > _SHOWN else f"“{words}”"
