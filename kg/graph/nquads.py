"""Lines of N-Quads → one sorted file that stands whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path


def write_nquads(lines: Iterable[str], path: Path) -> int:
    """Writes the distinct lines, in order of their characters, and returns how many they are."""
    distinct = sorted({line.rstrip("\n") for line in lines})
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as out:
            out.writelines(f"{line}\n" for line in distinct)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return len(distinct)
