"""Thousands of spoilt files through `build`: python scripts/soak.py [N=20000] [SEED=1] → a table of what became of them.

Each batch is built in a process of its own, with a home, a working folder and a folder for temporary files that must be
left as they were. Ends with 1 where a build crashed or hung, lost a file, wrote elsewhere, gave a reason that speaks of
the inside of a program, or where the bad files changed what was read from the good ones.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # for tests.fuzz, which is in no package

from kg.errors import NothingToBuild  # noqa: E402
from kg.graph_folder import Built  # noqa: E402
from kg.pipeline import Settings, build  # noqa: E402
from kg.texts.opening import Limits  # noqa: E402
from tests import fuzz  # noqa: E402

BATCH = 500  # mutants in one build
COMPARED = 8  # every so many batches is also built without the bad files
SECONDS = 10.0  # for one document
LONGEST = 3600  # seconds for a batch
AT_ONCE = 2
LISTED = 12  # slowest files that are shown
MB = 1_000_000


# One batch, in a process of its own


def run_batch(inputs: Path, out: Path, compare: bool) -> dict[str, Any]:
    """What became of the files of one folder, as JSON can say it."""
    clock = _Clock()
    settings = Settings(limits=Limits(seconds=SECONDS))
    started = time.monotonic()
    try:
        built = build([inputs], out, progress=clock, settings=settings)
    except NothingToBuild:
        return {"files": len(fuzz.files_below(inputs)), "seconds": clock.seconds, **_memory()}
    taken = time.monotonic() - started
    return {
        "files": len(fuzz.files_below(inputs)),
        "documents": len(built.files),
        "copies": len(built.copies),
        "whole": taken,
        "seconds": clock.seconds,
        "skipped": [(skipped.file, skipped.reason) for skipped in built.skipped],
        "lost": fuzz.lost(built, inputs),
        "unforeseen": fuzz.unforeseen(built),
        "changed": _changed_by_bad_files(built, inputs, out, settings) if compare else "",
        **_memory(),
    }


def _memory() -> dict[str, float]:
    """The most that the program and the process of foreign formats held, in MB."""
    import resource  # not on Windows

    unit = 1 if sys.platform == "darwin" else 1024
    own, children = (
        resource.getrusage(who).ru_maxrss * unit for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    status = Path("/proc/self/status")  # getrusage counts what held the memory before this program began
    if status.exists():
        own = next(int(line.split()[1]) * 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return {"parent": own / MB, "child": children / MB}


class _Clock:
    """Told of each file before it is read; remembers how long each took and says aloud which is at hand."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._file = ""
        self._since = time.monotonic()

    def __call__(self, done: int, all_: int, file: str) -> None:
        now = time.monotonic()
        if self._file:
            self.seconds[self._file] = now - self._since
        self._file, self._since = file, now
        if file:
            print(file.encode("unicode_escape").decode(), file=sys.stderr, flush=True)


def _changed_by_bad_files(built: Built, inputs: Path, out: Path, settings: Settings) -> str:
    """Builds again without the files that gave nothing; empty where the graph is the same to the byte."""
    read = [report.file for report in built.files] + [file for file, _ in built.copies]
    good = {file.partition("/")[0].partition("#")[0] for file in read}
    again = out.with_name("again")
    with tempfile.TemporaryDirectory(dir=out.parent) as temporary:
        folder = Path(temporary)
        for name in sorted(good):
            os.link(inputs / name, folder / name)
        unhurried = replace(settings, limits=Limits(seconds=LONGEST))
        build([folder], again, settings=unhurried)
    same = (out / "graph.nq").read_bytes() == (again / "graph.nq").read_bytes()
    return "" if same else f"graph.nq of {len(good)} good files differs with and without the bad ones"


# All batches


@dataclass
class Tally:
    """What became of all files."""

    files: int = 0
    documents: int = 0
    copies: int = 0
    faults: list[str] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    mutators: dict[str, Counter[str]] = field(default_factory=dict)
    seconds: Counter[str] = field(default_factory=Counter)
    parent: float = 0.0
    child: float = 0.0
    compared: int = 0

    def add(self, name: str, result: dict[str, Any], mutators: dict[str, str]) -> None:
        self.faults += [f"{name}: {fault}" for fault in result.get("faults", ())]
        self.files += result.get("files", 0)
        self.documents += result.get("documents", 0)
        self.copies += result.get("copies", 0)
        self.parent = max(self.parent, result.get("parent", 0.0))
        self.child = max(self.child, result.get("child", 0.0))
        self.seconds.update({f"{name}/{file}": taken for file, taken in result.get("seconds", {}).items()})
        skipped = result.get("skipped", [])
        self.reasons.update(fuzz.reason_kind(reason) for _, reason in skipped)
        left_out = {file for file, _ in skipped}
        for file, mutator in mutators.items():
            self.mutators.setdefault(mutator, Counter())["left out" if file in left_out else "read"] += 1
        self.faults += [f"{name}: lost {file!r}" for file in result.get("lost", ())]
        self.faults += [f"{name}: {file!r}: {reason!r}" for file, reason in result.get("unforeseen", ())]
        if result.get("changed"):
            self.faults.append(f"{name}: {result['changed']}")

    def table(self) -> Iterator[str]:
        yield f"{self.files:,} files: {self.documents:,} documents read, {self.copies:,} copies, {self.reasons.total():,} left out"
        yield f"most memory: {self.parent:.0f} MB in the program, {self.child:.0f} MB in the process of foreign formats"
        yield "slowest files:"
        yield from (f"  {taken:6.1f} s  {file!r}" for file, taken in self.seconds.most_common(LISTED))
        yield "mutator                      read  left out"
        for mutator, became in sorted(self.mutators.items()):
            yield f"  {mutator:24} {became['read']:6} {became['left out']:9}"
        yield "left out because:"
        yield from (f"  {number:6}  {reason}" for reason, number in self.reasons.most_common())
        yield f"faults: {len(self.faults)}"
        yield from (f"  {fault}" for fault in self.faults)


Writer = Callable[[Path], dict[str, str]]  # writes files into a folder → the mutator of each


def batches(number: int, seed: int) -> Iterator[tuple[str, Writer, bool]]:
    """Name and content of each batch, and whether it is built again without its bad files."""
    yield "odd entries", _odd_entries, False
    yield "small specials", _small, True
    for name, make in fuzz.large_specials().items():
        yield f"special {name}", partial(_one, name, make), False
    yield "special 二百兆一行.txt", partial(_long_line, "二百兆一行.txt"), False
    yield "special 六十兆一行.csv", partial(_one, "六十兆一行.csv", lambda: b"a" * 60_000_000), False
    for n in range(0, number, BATCH):
        yield f"mutants {n}", partial(_mutants, seed, n, min(BATCH, number - n)), n // BATCH % COMPARED == 0


def _odd_entries(folder: Path) -> dict[str, str]:
    fuzz.write_odd_entries(folder)
    fuzz.lock_some(folder)
    return {}


def _small(folder: Path) -> dict[str, str]:
    for name, data in fuzz.small_specials().items():
        (folder / name).write_bytes(data)
    (folder / "好.txt").write_text(fuzz.SENTENCE * 3, encoding="utf-8")
    return {}


def _one(name: str, make: Callable[[], bytes], folder: Path) -> dict[str, str]:
    (folder / name).write_bytes(make())
    (folder / "好.txt").write_text(fuzz.SENTENCE, encoding="utf-8")
    return {}


def _long_line(name: str, folder: Path) -> dict[str, str]:
    """200 MB that take no room on the disk: one line of NUL bytes after a sentence."""
    with (folder / name).open("wb") as stream:
        stream.write(fuzz.SENTENCE.rstrip().encode())
        stream.truncate(200 * MB)
    (folder / "好.txt").write_text(fuzz.SENTENCE, encoding="utf-8")
    return {}


def _mutants(seed: int, first: int, number: int, folder: Path) -> dict[str, str]:
    return fuzz.write_mutants(folder, fuzz.mutants(number, seed, first=first), first)


def run(name: str, write: Writer, compare: bool) -> tuple[str, dict[str, Any], dict[str, str]]:
    """Writes the files of a batch, builds them in another process and looks at what that left behind."""
    with tempfile.TemporaryDirectory(prefix="soak-", ignore_cleanup_errors=True) as temporary:
        box = Path(temporary)
        for part in ("inputs", "home", "here", "tmp", "out"):
            (box / part).mkdir()
        mutators = write(box / "inputs")
        watched = [box / part for part in ("inputs", "home", "here", "tmp")]
        before = fuzz.snapshot(*watched)
        result = _in_a_process(box, compare)
        if changes := before.changes(fuzz.snapshot(*watched)):
            result.setdefault("faults", []).append(f"written outside the output folder: {changes[:5]}")
        if (box / "inputs" / "锁着的").exists():
            fuzz.unlock(box / "inputs")
        return name, result, mutators


def _in_a_process(box: Path, compare: bool) -> dict[str, Any]:
    environment = {
        **os.environ,
        "HOME": str(box / "home"),
        "TMPDIR": str(box / "tmp"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, __file__, "--batch", str(box), str(int(compare))]
    process = subprocess.Popen(
        command,
        env=environment,
        cwd=box / "here",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        out, err = process.communicate(timeout=LONGEST)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        _, err = process.communicate()
        return {"faults": [f"hung at {_last_lines(err, 1)}"]}
    if process.returncode:
        return {"faults": [f"crashed ({process.returncode}): {_last_lines(err, 6)}"]}
    result: dict[str, Any] = json.loads(out)
    return result


def _last_lines(err: bytes, number: int) -> str:
    return " | ".join(err.decode("utf-8", "replace").splitlines()[-number:])


def main() -> int:
    if sys.argv[1:2] == ["--batch"]:
        box = Path(sys.argv[2])
        json.dump(run_batch(box / "inputs", box / "out", sys.argv[3] == "1"), sys.stdout)
        return 0
    number, seed = (int(given) for given in (*sys.argv[1:], *("20000", "1")[len(sys.argv) - 1 :]))
    tally = Tally()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for name, result, mutators in pool.map(lambda batch: run(*batch), batches(number, seed)):
            tally.add(name, result, mutators)
            print(
                f"{name}: {result.get('files', 0)} files, {result.get('whole', 0):.0f} s, "
                f"{result.get('parent', 0):.0f} + {result.get('child', 0):.0f} MB, {len(tally.faults)} faults so far",
                flush=True,
            )
    print(*tally.table(), sep="\n")
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
