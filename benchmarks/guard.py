"""Has it become slower? python benchmarks/guard.py [--record] [--check] → what a build costs, beside history.csv.

The examples and twenty made-up documents are read. What is counted does not depend on the machine: instructions (perf,
where the machine has it), calls of functions, and CPU time as a multiple of that of a scan of the same text in the same
process. Counts of two runs differ by less than a thousandth; a multiple is the median of several. --record adds a line to
history.csv; --check ends with 1 where a count is more than 10 % worse than in the last line of the same documents and the
same Python, or a multiple more than 25 %.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import suppress
from cProfile import Profile
from datetime import date
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from history import COUNTS, MULTIPLES, Row, read_history, record, table, worse

HERE = Path(__file__).parent
ROOT = HERE.parent
HISTORY = HERE / "history.csv"
MADE = HERE / "guard_documents.txt"  # of benchmarks/education.py once, with a form feed between two
ROUNDS = 3  # of which a multiple is the median
SCANS = 5  # before a build, and after it
START, READ, PUBLISH = "start", "read", "publish"
STAGES = (START, READ, PUBLISH)
Turn = Callable[[str], None]  # told of each stage as it begins, and of the end


# ── One build, in a process of its own ─────────────────────────────────────────────────────────────────────────────


def staged_build(folder: Path, turn: Turn) -> None:
    """Loads what a build needs, reads a folder, publishes the graph."""
    turn(START)
    from kg.entities import entity_reader
    from kg.graph_folder import Builder
    from kg.pipeline import build

    entity_reader()
    published = Builder.published

    def turned(self: Builder, *given: object, **named: object) -> object:
        turn(PUBLISH)
        built = published(self, *given, **named)  # type: ignore[arg-type]
        turn(READ)
        return built

    Builder.published = turned  # type: ignore[assignment, method-assign]
    with tempfile.TemporaryDirectory() as out:
        turn(READ)
        build([folder], Path(out) / "graph", workers=1)
        turn("")


def calls(folder: Path) -> dict[str, float]:
    """How many functions each stage calls, those of libraries too."""
    counted = {stage: Profile() for stage in STAGES}
    running: list[Profile] = []

    def turn(stage: str) -> None:
        if running:
            running.pop().disable()
        if stage:
            running.append(counted[stage])
            counted[stage].enable()

    staged_build(folder, turn)
    return {stage: sum(entry.callcount for entry in profile.getstats()) for stage, profile in counted.items()}


def multiples(folder: Path) -> dict[str, float]:
    """The CPU time of each stage as a multiple of that of a scan."""
    spent: dict[str, float] = defaultdict(float)
    began: list[tuple[str, float]] = []
    texts = [path.read_text("utf-8", errors="replace") for path in sorted(folder.glob("*.txt"))]

    def turn(stage: str) -> None:
        now = time.process_time()
        if began:
            before, since = began.pop()
            spent[before] += now - since
        if stage:
            began.append((stage, now))

    scans = [_scan(texts) for _ in range(SCANS)]
    staged_build(folder, turn)
    scans += [_scan(texts) for _ in range(SCANS)]
    return {stage: spent[stage] / min(scans) for stage in STAGES}


def _scan(texts: list[str]) -> float:
    """CPU seconds of work that never changes: pairs of characters counted, numbers looked for, words built."""
    began = time.process_time()
    for text in texts:
        Counter(pairwise(text)).most_common(10)
        sum(int(found[0]) for found in re.finditer(r"\d{1,9}", text))
        "".join([word.strip() for word in re.split("[，。；]", text)])
    return time.process_time() - began


def until(folder: Path, last: str) -> None:
    """Runs up to the end of a stage, for a count from outside."""

    def turn(stage: str) -> None:
        if stage not in STAGES[: STAGES.index(last) + 1]:
            os._exit(0)

    staged_build(folder, turn)


# ── Processes ──────────────────────────────────────────────────────────────────────────────────────────────────────


def measured(folder: Path) -> dict[str, float]:
    """All figures of today, by column of the history."""
    asked(folder, "calls")  # fills caches on disk
    counted = json.loads(asked(folder, "calls"))
    rounds = [json.loads(asked(folder, "multiples")) for _ in range(ROUNDS)]
    found = {f"{stage} calls": counted[stage] for stage in STAGES}
    found |= {f"{stage} multiple": round(statistics.median(one[stage] for one in rounds), 2) for stage in STAGES}
    return found | instructions(folder)


def instructions(folder: Path) -> dict[str, float]:
    """How many instructions each stage takes; nothing where they cannot be counted here."""
    if shutil.which("perf") is None:
        return {}
    found: dict[str, float] = {}
    before = 0
    for stage in STAGES:
        perf = ["perf", "stat", "-x,", "-e", "instructions:u", "--"]
        done = subprocess.run(
            [*perf, *_command(folder, stage)], env=_environment(folder), capture_output=True, text=True
        )
        number = instructions_in(done.stderr)
        if done.returncode or number is None:
            return {}
        found[f"{stage} instructions"] = number - before
        before = number
    return found


def instructions_in(told: str) -> int | None:
    """What perf says; None where it cannot count them here."""
    counts = [line.partition(",")[0] for line in told.splitlines() if ",instructions" in line]
    return int(counts[0]) if counts and counts[0].isdigit() else None


def asked(folder: Path, what: str) -> str:
    """What a process says that builds a folder and counts."""
    done = subprocess.run(
        _command(folder, what), env=_environment(folder), stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


def _command(folder: Path, what: str) -> list[str]:
    return [sys.executable, __file__, "--process", what, "--folder", str(folder)]


def _environment(folder: Path) -> dict[str, str]:
    """With one order of sets in every process, and a cache that no other program clears."""
    return os.environ | {"PYTHONHASHSEED": "0", "POLICY_KG_CACHE": str(folder.parent / "cache")}


def corpus(folder: Path) -> str:
    """Lays the documents into a folder; gives a hash of them."""
    folder.mkdir()
    files = {path.name: path.read_bytes() for path in sorted((ROOT / "data" / "examples").glob("*.txt"))}
    files |= {f"made-up-{number:02}.txt": text for number, text in enumerate(MADE.read_bytes().split(b"\f"))}
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return hashlib.sha256(b"\0".join(files.values())).hexdigest()[:8]


def version() -> str:
    """Of the package."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"])


def commit() -> str:
    """Of this checkout, with a + where files were changed since."""
    asked = ["git", "-C", str(ROOT)]
    with suppress(FileNotFoundError):
        name = subprocess.run([*asked, "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()
        changed = subprocess.run([*asked, "status", "--porcelain", "-uno"], capture_output=True, text=True).stdout
        return name + "+" * bool(changed.strip())
    return ""


def today(folder: Path) -> Row:
    """What a build costs now."""
    documents = corpus(folder)
    python = ".".join(map(str, sys.version_info[:2]))
    return Row(date.today().isoformat(), commit(), version(), python, documents, measured(folder))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--record", action="store_true", help="add a line to history.csv")
    options.add_argument("--check", action="store_true", help="end with 1 where it became slower")
    options.add_argument("--process", help=argparse.SUPPRESS)
    options.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.process == "calls":
        print(json.dumps(calls(given.folder)))
    elif given.process == "multiples":
        print(json.dumps(multiples(given.folder)))
    elif given.process:
        until(given.folder, given.process)
    else:
        with tempfile.TemporaryDirectory(prefix="guard-") as here:
            now = today(Path(here) / "documents")
        rows = read_history(HISTORY)
        print(table(rows, now))
        if given.record:
            record(HISTORY, now)
        if given.check and (slower := worse(rows, now)):
            raise SystemExit(
                f"slower than {COUNTS:.0%} (counts) or {MULTIPLES:.0%} (multiples) allow: {', '.join(slower)}"
            )


if __name__ == "__main__":
    main()
