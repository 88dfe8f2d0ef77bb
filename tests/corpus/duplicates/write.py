"""Writes the garbled copy of this folder: run `python -m tests.corpus.duplicates.write` from the root."""

from __future__ import annotations

import random
from pathlib import Path

from tests.garbler import dense_pinyin

HERE = Path(__file__).parent


def main() -> None:
    plain = (HERE / "繁体" / "简体.txt").read_text("utf-8")
    (HERE / "繁体" / "繁体.txt").write_bytes(dense_pinyin(plain, random.Random(5)).encode("gb18030"))


if __name__ == "__main__":
    main()
