"""A large build that is disturbed: python scripts/soak_throughput.py [DOCUMENTS=50000] [--workers 2] [--seed 1]

Made-up education documents (short ones, see benchmarks/education.py) are built once undisturbed by one process, then by
several, while at random moments three of these are ended by kill -9 and the whole is interrupted once and begun again.
Then every document must be in the graph, graph.nq and mentions.csv must have the same bytes, nothing may be left over
but what the undisturbed build made, and the memory of the workers may not grow. Ends with 1 where not. Takes about 15 GB
of disk for 50,000 documents. POSIX only.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]  # for education and processes, which are in no package

from education import SHORT, write_documents  # noqa: E402
from processes import Memory, Watch, workers  # noqa: E402

KILLS = 3
FIRST, LAST = 0.05, 0.95  # of the documents: between them something happens
WATCHED = 60.0  # seconds from which the growth of memory says something
MOST_GROWTH = 0.10  # of what a worker holds, in the second half of its time
MOST_MEMORY = 1_000_000_000
MB = 1_000_000
KILL, INTERRUPT = "kill", "interruption"


# ── One build, in a process of its own ─────────────────────────────────────────────────────────────────────────────


def run_build(documents: Path, out: Path, number: int) -> None:
    """Tells how many files are done, of how many, once in a while."""
    from kg.pipeline import build

    def progress(done: int, all_: int, file: str) -> None:
        if done % max(1, all_ // 200) == 0 or done == all_:
            print(done, all_, flush=True)

    with suppress(KeyboardInterrupt):
        build([documents], out, progress=progress, workers=number)
        return
    raise SystemExit(130)


@dataclass(frozen=True, slots=True)
class Made:
    """What stands in a graph folder."""

    files: frozenset[str]  # without the insides of the store
    digests: tuple[str, ...]
    documents: int


def made_in(out: Path) -> Made:
    """Hashes, names, and how many files of documents the graph knows."""
    digests = []
    for name in ("graph.nq", "mentions.csv"):
        with (out / name).open("rb") as content:
            digests.append(hashlib.file_digest(content, "sha256").hexdigest())
    found = (path.relative_to(out) for path in out.rglob("*"))
    files = frozenset("/".join(path.parts[:2] if path.parts[0] == "store" else path.parts) for path in found)
    graphs = (out / "graphs.csv").read_text("utf-8")
    return Made(files, tuple(digests), sum(".txt" in line for line in graphs.splitlines()))


# ── Disturbing ─────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class Soak:
    """A build that is to be disturbed, what happened to it, and what was wrong."""

    documents: Path
    out: Path
    number: int  # of documents
    workers: int
    dice: random.Random
    events: list[tuple[int, str]]  # after so many documents, what
    faults: list[str] = field(default_factory=list)
    seen: dict[int, Memory] = field(default_factory=dict)  # workers
    parents: list[Memory] = field(default_factory=list)
    happened: list[str] = field(default_factory=list)

    def build_to_the_end(self) -> None:
        """Builds, disturbed as foreseen, until a build comes to its end."""
        while True:
            code = self._build()
            left = [worker for worker in self.seen if _lives(worker)]
            if left:
                self.faults.append(f"workers live on after the end of the build: {left}")
            if code == 0:
                return
            if self.happened[-1:] != [INTERRUPT]:
                raise SystemExit(f"the build ended with {code}; see above")

    def _build(self) -> int:
        command = [sys.executable, __file__, "--build", str(self.documents), str(self.out)]
        command += ["--workers", str(self.workers)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
            with Watch(process.pid, every=0.25) as watch:
                assert process.stdout is not None
                for line in process.stdout:
                    done, all_ = map(int, line.split())
                    self._disturb(process.pid, self.number - all_ + done)
            self.seen |= watch.workers
            self.parents.append(watch.parent)
        return process.returncode

    def _disturb(self, process: int, done: int) -> None:
        while self.events and done >= self.events[0][0]:
            what = self.events[0][1]
            if what == KILL:
                victims = workers(process)
                if not victims:  # they are just beginning
                    return
                with suppress(ProcessLookupError):
                    os.kill(self.dice.choice(victims), signal.SIGKILL)
            else:
                os.killpg(process, signal.SIGINT)
            self.events.pop(0)
            self.happened.append(what)
            print(f"  {what} after {done:,} documents", flush=True)
            if what == INTERRUPT:
                return


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def moments(number: int, count: int, dice: random.Random) -> list[tuple[int, str]]:
    """Kills at random moments, with an interruption between two of them."""
    at = sorted(dice.sample(range(int(FIRST * number), max(int(LAST * number), count + 1)), count))
    kinds = [KILL] * (count - 1)
    kinds.insert(dice.randrange(1, count) if count > 1 else 0, INTERRUPT)
    return list(zip(at, kinds, strict=True))


# ── Looking ────────────────────────────────────────────────────────────────────────────────────────────────────────


def faults_of(made: Made, undisturbed: Made, number: int) -> Iterator[str]:
    """What is wrong with what was made."""
    if made.documents != number:
        yield f"{made.documents} documents of {number} are in the graph"
    if made.digests != undisturbed.digests:
        yield "graph.nq or mentions.csv have other bytes than of an undisturbed build"
    if made.files != undisturbed.files:
        more, less = made.files - undisturbed.files, undisturbed.files - made.files
        yield f"{len(more)} files are left over ({_some(more)}), {len(less)} are missing ({_some(less)})"


def _some(names: frozenset[str]) -> str:
    return ", ".join(sorted(names)[:5]) or "–"


def growth_of(memory: Memory) -> float:
    """Bytes by which a process grew in the second half of its time, as the straight line through it has it."""
    return memory.slope * memory.seconds / 2


def faults_of_memory(seen: dict[int, Memory]) -> Iterator[str]:
    """Workers that hold too much or ever more."""
    for memory in seen.values():
        if memory.peak > MOST_MEMORY:
            yield f"a worker held {memory.peak / MB:.0f} MB"
        if memory.seconds > WATCHED and growth_of(memory) > MOST_GROWTH * memory.peak:
            yield f"a worker that held {memory.peak / MB:.0f} MB grew by {growth_of(memory) / MB:.0f} MB in its second half"


def show_memory(what: str, memory: Memory) -> None:
    slope = memory.slope * 60 / MB
    print(
        f"  {what}: at most {memory.peak / MB:.0f} MB, {slope:+.1f} MB a minute in the second half of {memory.seconds:.0f} s"
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("documents", type=int, nargs="?", default=50_000)
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--kills", type=int, default=KILLS)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--build", type=Path, nargs=2, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.build:
        documents, out = given.build
        run_build(documents, out, given.workers)
        return
    dice = random.Random(given.seed)
    with tempfile.TemporaryDirectory(prefix="soak-throughput-") as place:
        here = Path(place)
        (here / "tmp").mkdir()
        os.environ["TMPDIR"] = str(here / "tmp")  # of the builds
        characters = write_documents(here / "documents", given.documents, given.seed, SHORT)
        print(f"{given.documents:,} documents, {characters:,} characters")
        alone = Soak(here / "documents", here / "alone", given.documents, 1, dice, [])
        undisturbed = timed("undisturbed, one process", alone, characters)
        shutil.rmtree(alone.out)
        kills = given.kills if given.workers > 1 else 0  # one process has no workers
        events = moments(given.documents, kills + 1, dice)
        soak = Soak(here / "documents", here / "graph", given.documents, given.workers, dice, events)
        made = timed(f"disturbed, {given.workers} workers", soak, characters)
        for memory in soak.seen.values():
            show_memory("worker", memory)
        faults = [*alone.faults, *soak.faults, *faults_of(made, undisturbed, given.documents)]
        faults += faults_of_memory(soak.seen)
        if soak.events:
            faults.append(f"the build was over before {len(soak.events)} of the disturbances")
        faults += [f"{path.name} is left over in the folder for temporary files" for path in (here / "tmp").iterdir()]
    happened = {what: soak.happened.count(what) for what in (KILL, INTERRUPT)}
    print(json.dumps(happened))
    for fault in faults[:40]:
        print(f"FAULT {fault}")
    print(f"{len(faults)} faults")
    raise SystemExit(bool(faults))


def timed(what: str, soak: Soak, characters: int) -> Made:
    """Builds, says how long it took, and looks at what was made."""
    print(what, flush=True)
    began = time.monotonic()
    soak.build_to_the_end()
    seconds = time.monotonic() - began
    print(f"  {seconds:.0f} s, {characters / seconds:,.0f} characters a second")
    for memory in soak.parents:
        show_memory("parent", memory)
    return made_in(soak.out)


if __name__ == "__main__":
    main()
