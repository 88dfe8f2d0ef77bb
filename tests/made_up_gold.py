"""A made-up text with its gold → a set for the tests of ablations, calibration and the page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

Line = dict[str, Any]
TEXT = """宜昌市教育局2016年工作总结
一、实施“蓝领学堂”计划
面向进城务工人员开设夜校。
二、其他工作
全市推行校长职级制。启动“向日葵午休”工程，新建公办幼儿园21所。9月起在远安县试点。贯彻《中华人民共和国民办教育促进法》。
印发《宜昌市校车安全管理办法》（宜府发〔2016〕3号）。教育部发文肯定我市做法。
"""
PARTS: list[Line] = [{"part": "a", "file": "总结.txt", "place": "宜昌市", "year": 2016, "kind": "summary"}]
THINGS: list[Line] = [
    {"part": "a", "type": kind, "name": name, "surface": []}
    for kind, name in (
        ("Program", "校长职级制"),
        ("Program", "向日葵午休"),
        ("Program", "蓝领学堂"),
        ("PolicyDocument", "宜昌市校车安全管理办法"),
        ("PolicyDocument", "中华人民共和国民办教育促进法"),
        ("Agency", "教育部"),
        ("Place", "宜昌市"),
    )
]
FACTS: list[Line] = [
    {"part": "a", "rel": "adopts", "place": "宜昌市", "program": "校长职级制", "year": 2016, "status": "completed"},
    {"part": "a", "rel": "adopts", "place": "宜昌市", "program": "向日葵午休", "year": 2016, "status": "started"},
    {"part": "a", "rel": "adopts", "place": "宜昌市", "program": "阳光食堂", "year": 2016, "evidence": "<b>阳光|食堂"},
]


def written(
    folder: Path, text: str = TEXT, facts: list[Line] = FACTS, things: list[Line] = THINGS
) -> tuple[Path, Path]:
    """The folders of the documents and of their gold; a set has the name of the second."""
    docs, gold = folder / "docs", folder / "mine"
    docs.mkdir(exist_ok=True)
    gold.mkdir(exist_ok=True)
    (docs / "总结.txt").write_text(text, "utf-8")
    for name, lines in (("parts", PARTS), ("entities", things), ("facts", facts)):
        (gold / f"{name}.jsonl").write_text(
            "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8"
        )
    return docs, gold
