"""Made-up annotations with a regularity that no built-in rule knows: an 研究会 is an organisation."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

from kg.model import Kind, Span
from kg.training import Annotation
from kg.training.annotations import Name

FIRST, SECOND = "青海星晨南山柳白", "禾塘桥帆溪岭浦杨"
FRAMES = (
    "我市与{}合作开展教研活动。",
    "{}组织骨干教师送课下乡。",
    "邀请{}专家到校听课，受到教师欢迎。",
    "组织教师听课评课。",
)


def sentence(number: int) -> Annotation:
    """One of 64 sentences, each with a society of its own name, a quarter of them without any."""
    first, second = [*product(FIRST, SECOND)][number]
    society = f"{first}{second}教育研究会"
    frame = FRAMES[number % len(FRAMES)]
    text = frame.format(society) if "{}" in frame else f"{first}{second}片区{frame}"
    at = text.find(society)
    names = (Name(Span(at, at + len(society)), Kind.ORGANIZATION),) if at >= 0 else ()
    return Annotation(text, names, f"made-up:{number}")


def sentences() -> tuple[Annotation, ...]:
    return tuple(map(sentence, range(64)))


def line(annotation: Annotation, **more: object) -> str:
    """The annotation as a line of JSON in the form of Prodigy."""
    spans = [{"start": name.span.start, "end": name.span.end, "label": name.kind} for name in annotation.names]
    return json.dumps({"text": annotation.text, "spans": spans, **more}, ensure_ascii=False)


def jsonl(path: Path) -> Path:
    """All the sentences as a file."""
    path.write_text("".join(f"{line(one)}\n" for one in sentences()), "utf-8")
    return path
