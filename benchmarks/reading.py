"""How fast bytes become clean text: python benchmarks/reading.py [FOLDER] [MEGACHARACTERS]

FOLDER (default: data/examples) is read and repeated up to so many million characters (default 3), as it is and garbled
in several ways. Prints million characters per second of CPU time for reading and cleaning, beside what the libraries
alone need for their share: decoding UTF-8, one pass of a regular expression, OpenCC. Compare lines of one run.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from opencc import OpenCC

from kg.errors import UnreadableFile
from kg.texts import decode, read_document
from tests.garbler import GARBLES

SHOWN = ("traditional", "dense_pinyin", "sparse_pinyin", "spaced", "indented", "tagged", "wrapped", "half_width")


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "data" / "examples"
    wanted = int(float(sys.argv[2]) * 1e6) if len(sys.argv) > 2 else 3_000_000
    texts = []
    for path in sorted(path for path in folder.rglob("*.txt")):
        try:
            texts.append(read_document(path.read_bytes(), path.name).clean)
        except UnreadableFile:
            continue
    while sum(map(len, texts)) < wanted:
        texts += texts[: max(1, len(texts))]
    while sum(map(len, texts)) - len(texts[-1]) > wanted:
        texts.pop()
    data = [text.encode() for text in texts]
    characters = sum(map(len, texts))
    print(f"{len(texts)} documents, {characters:,} characters; million characters per second of CPU time")
    marks = re.compile("[“”《》]")
    converter = OpenCC("t2s")
    _line("limit: decode UTF-8", characters, lambda: [one.decode() for one in data])
    _line("limit: one regular expression", characters, lambda: [marks.findall(text) for text in texts])
    _line("limit: OpenCC t2s", characters, lambda: [converter.convert(text) for text in texts])
    _line("decode", characters, lambda: [decode(one) for one in data])
    _line("read and clean, clean UTF-8", characters, lambda: [read_document(one, "a.txt") for one in data])
    coded = [text.encode("gb18030") for text in texts]
    _line("read and clean, clean GB18030", characters, lambda: [read_document(one, "a.txt") for one in coded])
    for name in SHOWN:
        garbled = [
            GARBLES[name](text, random.Random(n)).encode() for n, text in enumerate(texts[: len(texts) // 2 + 1])
        ]
        length = sum(len(one.decode()) for one in garbled)
        _line(
            f"read and clean, {name}", length, lambda garbled=garbled: [read_document(one, "a.txt") for one in garbled]
        )


def _line(what: str, characters: int, run: Callable[[], object]) -> None:
    times = []
    for _ in range(3):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    print(f"{what:32} {characters / min(times) / 1e6:8.1f}")


if __name__ == "__main__":
    main()
