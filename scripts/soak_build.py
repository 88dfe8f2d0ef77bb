"""Builds that are ended at any moment: python scripts/soak_build.py [KILLS=200] [SEED=1] → what became of the graph.

`kill -9` at random moments of builds that change a graph of forty documents, small and large; the newest files cut; a full
disk; a folder that may not be written to; files of other versions. After each the graph must be the old one or the new
one, or be missed in clear words, and the next build must end in the bytes of an undisturbed one. Ends with 1 where not.
Processes are forked from one that has loaded everything, so that the moments fall into the build. POSIX only; full and
read-only disks need the right to mount.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]  # for tests.graph_folder, which is in no package

from graph_folder.made_up import altered, archive, drafts, page, report, short, table, write  # noqa: E402

from kg.entities import entity_reader  # noqa: E402
from kg.errors import GraphError, KgError  # noqa: E402
from kg.graph import large as large_graph  # noqa: E402
from kg.graph import store  # noqa: E402
from kg.graph.published import read_mark  # noqa: E402
from kg.pipeline import build, read_file, status  # noqa: E402

DOCUMENTS = 40
VERSIONS = 6  # of the documents, between which builds change the graph
LARGE = 1000  # quads from which a graph is prepared on disk here
NEWEST = 15  # files that are cut, one after the other
SIZES = 12  # of a disk that is full at some time
SHARE = 20  # fewer kills than this: also fewer cuts and sizes
MADE = ("graph.nq", "graphs.csv", "graph.ttl", "mentions.csv", "report.html")
NO_ROOM = "is full; the graph is as it was, and what was read is kept"
Dice = random.Random


# ── Processes ──────────────────────────────────────────────────────────────────────────────────────────────────────


def started(work: Callable[[], object], out: int | None = None) -> int:
    """The number of a process that does some work, and writes what comes of it to a file."""
    sys.stdout.flush()
    process = os.fork()
    if process:
        return process
    try:
        answer = work()
        if out is not None:
            with os.fdopen(out, "wb") as pipe:
                pickle.dump(answer, pipe)
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(1)


def apart(work: Callable[[], Any]) -> Any:
    """What comes of some work in a process of its own; a KgError is what comes of it too."""
    read, out = os.pipe()
    process = started(lambda: _or_fault(work), out)
    os.close(out)
    with os.fdopen(read, "rb") as pipe:
        data = pipe.read()
    os.waitpid(process, 0)
    if not data:
        raise SystemExit("the process ended without an answer; see above")
    return pickle.loads(data)


def _or_fault(work: Callable[[], Any]) -> Any:
    try:
        return work()
    except KgError as fault:
        return fault


# ── Documents and their graphs ─────────────────────────────────────────────────────────────────────────────────────


def versions(folder: Path, dice: Dice) -> list[Path]:
    """Folders of documents, each with a third changed against the one before."""
    files = {f"{n:02}.txt": short(year=1980 + n, number=n) for n in range(DOCUMENTS - 8)}
    files |= {"p.html": page(report(year=2013)), "q.html": page(report(year=2014)), "z.txt": altered(2013, 2016)}
    files |= {"s/copy.txt": files["03.txt"], "s/t.csv": table(*(short(year=1900 + n) for n in range(60, 66)))}
    folders = []
    for number in range(VERSIONS):
        for name in dice.sample(sorted(files), len(files) // 3):
            files[name] = dice.choice([files[dice.choice(sorted(files))], short("昌乐县", dice.randrange(1950, 2020))])
        gone = dice.choice(sorted(files))
        here = {name: text for name, text in files.items() if name != gone}
        folders.append(write(folder / f"documents-{number}", here))
        archive(folders[-1] / "a.zip", {"1.txt": report("大连市", 2000 + number), "2.txt": short(year=1949)})
    return folders


@dataclass(frozen=True, slots=True)
class Made:
    """What a build of a version makes; `seconds` that it takes."""

    files: dict[str, str]  # name: hash
    texts: frozenset[str]
    triples: str  # hash of them all
    named: int
    seconds: float


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def made_in(folder: Path, seconds: float = 0.0) -> Made:
    """What stands in a graph folder, asked as a user asks it."""
    graph = store.open_graph(folder)
    triples = hashlib.sha256("\n".join(sorted(map(str, graph.store.quads_for_pattern(None, None, None)))).encode())
    files = {name: digest(folder / name) for name in MADE}
    texts = frozenset(path.name for path in (folder / "texts").glob("*"))
    return Made(files, texts, triples.hexdigest(), len(list(graph.dataset.named_graphs())), seconds)


def built(documents: Path, folder: Path, large: bool) -> Made:
    """What a build of a version makes here."""
    large_graph.LARGE = LARGE if large else 1_000_000
    before = time.monotonic()
    build([documents], folder, prune=True)
    return made_in(folder, time.monotonic() - before)


@dataclass(slots=True)
class Soak:
    """The documents, what undisturbed builds make of them, and what was found."""

    here: Path
    dice: Dice
    folders: list[Path] = field(init=False)
    undisturbed: dict[tuple[int, bool], Made] = field(init=False)
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.folders = versions(self.here, self.dice)
        self.undisturbed = {
            (n, large): apart(partial(built, self.folders[n], self.here / f"as-{n}-{large}", large))
            for n in range(VERSIONS)
            for large in (False, True)
        }

    def note(self, what: str, faults: list[str]) -> None:
        self.counts[what] += 1
        self.faults += [f"{what}: {fault}" for fault in faults]

    def build_to_the_end(self, version: int, folder: Path, large: bool) -> list[str]:
        """Faults of the graph after one more build."""
        made = apart(lambda: built(self.folders[version], folder, large))
        if isinstance(made, KgError):
            return [f"the next build failed: {made}"]
        expected = self.undisturbed[version, large]
        faults = [f"{name} differs" for name in MADE if made.files[name] != expected.files[name]]
        faults += [f"texts/{name} is missing" for name in expected.texts - made.texts]
        faults += [f"left: {name}" for name in drafts(folder)]
        if (made.triples, made.named) != (expected.triples, expected.named):
            faults.append("the answers differ")
        stores = list((folder / "store").glob("*-*"))
        if len(stores) != large:
            faults.append(f"{len(stores)} stores")
        return faults


def looked_at(folder: Path, wholes: list[Made], words: tuple[str, ...] = ()) -> list[str]:
    """Faults of a graph that must be one of these, or be missed in such words."""
    try:
        found = status(folder)
        strange = [fault for fault in found.faults if not fault.endswith(("run kg build again", "given once more"))]
        faults = [f"kg status: {fault}" for fault in strange if not any(word in fault for word in words)]
    except GraphError as fault:
        faults = [] if any(word in str(fault) for word in ("holds no graph", *words)) else [f"kg status: {fault}"]
    try:
        made = made_in(folder)
    except GraphError as fault:
        return faults + ([] if any(word in str(fault) for word in words) else [f"open_graph: {fault}"])
    if not any((made.triples, made.named) == (whole.triples, whole.named) for whole in wholes):
        faults.append("the graph is neither the old nor the new one")
    for name in MADE if not words else ():
        if made.files[name] not in {whole.files[name] for whole in wholes}:
            faults.append(f"{name} is neither the old nor the new one")
    return faults


def looking(folder: Path, wholes: list[Made], large: bool, words: tuple[str, ...] = ()) -> list[str]:
    def look() -> list[str]:
        large_graph.LARGE = LARGE if large else 1_000_000
        return looked_at(folder, wholes, words)

    answer = apart(look)
    return [str(answer)] if isinstance(answer, KgError) else list(answer)


# ── Killed ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def kills(soak: Soak, number: int) -> None:
    """Each begins with nothing or with the graph of another version, and sometimes kills the build that goes on too."""
    seconds: dict[tuple[bool, bool], float] = {}
    for n in range(number):
        large, anew = n % 2 == 1, soak.dice.random() < 0.2
        old, new = soak.dice.sample(range(VERSIONS), 2)
        folder = soak.here / "killed"
        shutil.rmtree(folder, ignore_errors=True)
        if not anew:
            shutil.copytree(soak.here / f"as-{old}-{large}", folder)
        wholes = [soak.undisturbed[new, large]] + ([] if anew else [soak.undisturbed[old, large]])
        faults: list[str] = []
        if (large, anew) not in seconds:
            seconds[large, anew] = _time_of(soak, old, new, large, anew)
        longest = seconds[large, anew]
        for _ in range(1 + (soak.dice.random() < 0.3)):
            stage = _killed(soak, new, folder, large, soak.dice.uniform(0, longest))
            soak.counts[f"  killed {stage}"] += 1
            words = ("holds no graph", "does not exist") if anew else ()
            faults += looking(folder, wholes, large, words)
        faults += soak.build_to_the_end(new, folder, large)
        if n % 20 == 19:
            print(f"{n + 1} builds killed, {len(soak.faults)} faults", file=sys.stderr, flush=True)
        soak.note("kill -9", [f"number {n}, {stage}, {'large' if large else 'small'}: {fault}" for fault in faults])


def _time_of(soak: Soak, old: int, new: int, large: bool, anew: bool) -> float:
    folder = soak.here / "timed"
    shutil.rmtree(folder, ignore_errors=True)
    if not anew:
        shutil.copytree(soak.here / f"as-{old}-{large}", folder)
    before = time.monotonic()
    os.waitpid(started(lambda: _quietly(soak, new, folder, large)), 0)
    return time.monotonic() - before


def _quietly(soak: Soak, version: int, folder: Path, large: bool) -> None:
    large_graph.LARGE = LARGE if large else 1_000_000
    build([soak.folders[version]], folder, prune=True)


def _killed(soak: Soak, version: int, folder: Path, large: bool, after: float) -> str:
    """In which stage of the build it was killed."""
    process = started(lambda: _quietly(soak, version, folder, large))
    time.sleep(after)
    os.kill(process, signal.SIGKILL)
    _, ended = os.waitpid(process, 0)
    if not os.WIFSIGNALED(ended):
        return "too late"
    mark = read_mark(folder)
    if mark is not None and mark.before:
        return "between two graphs"
    if (folder / ".draft").exists():
        return "while it wrote the graph"
    return "while it read" if any((folder / "shards").glob(".draft.*")) else "before or after"


# ── Cut ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def cuts(soak: Soak, number: int) -> None:
    """Each of the newest files, then several at once, as a power cut may leave them."""
    for large in (False, True):
        old, new = soak.dice.sample(range(VERSIONS), 2)
        whole = soak.here / "whole"
        shutil.rmtree(whole, ignore_errors=True)
        shutil.copytree(soak.here / f"as-{old}-{large}", whole)
        apart(partial(built, soak.folders[new], whole, large))
        files = [path for path in whole.rglob("*") if path.is_file() and path.stat().st_size]
        newest = sorted(files, key=lambda path: path.stat().st_mtime_ns)[-number:]
        newest += [path for path in files if path.suffix == ".log" and path not in newest]
        for chosen in chain(
            ([one] for one in newest), (soak.dice.sample(newest, min(4, number)) for _ in range(min(4, number - 1)))
        ):
            folder = soak.here / "cut"
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(whole, folder)
            for path in chosen:
                os.truncate(folder / path.relative_to(whole), soak.dice.randrange(path.stat().st_size))
            wholes = [soak.undisturbed[new, large]]
            faults = looking(folder, wholes, large, ("is damaged", "run kg build again"))
            faults += soak.build_to_the_end(new, folder, large)
            names = ", ".join(path.relative_to(whole).as_posix() for path in chosen)
            soak.note("files cut", [f"{names}: {fault}" for fault in faults])


# ── Full and read-only ─────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def mounted(path: Path, size: int) -> Iterator[None]:
    """A small disk; PermissionError where nothing may be mounted."""
    path.mkdir(exist_ok=True)
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", path], capture_output=True, text=True)
    if done.returncode:
        raise PermissionError(done.stderr.strip())
    try:
        yield
    finally:
        subprocess.run(["umount", path], check=True)


def remounted(path: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", path], check=True)


def full_disks(soak: Soak, sizes: int) -> None:
    """With ever more room, until it is enough."""
    for large in (False, True):
        old, new = soak.dice.sample(range(VERSIONS), 2)
        needed = sum(path.stat().st_size for path in (soak.here / f"as-{new}-{large}").rglob("*") if path.is_file())
        for share in range(0, SIZES, SIZES // sizes):
            with mounted(soak.here / "small", 200_000_000):
                folder = soak.here / "small" / "graph"
                shutil.copytree(soak.here / f"as-{old}-{large}", folder)
                free = shutil.disk_usage(folder)
                remounted(soak.here / "small", f"size={free.used + int(needed * share * 0.12)}")
                told = apart(partial(built, soak.folders[new], folder, large))
                faults = looking(folder, [soak.undisturbed[old, large], soak.undisturbed[new, large]], large)
                if isinstance(told, KgError) and not (NO_ROOM in str(told) and str(folder) in str(told)):
                    faults.append(f"it says {told}")
                remounted(soak.here / "small", "size=200000000")
                faults += soak.build_to_the_end(new, folder, large)
            what = "disk full" if isinstance(told, KgError) else "disk just large enough"
            soak.note(what, [f"{share}: {fault}" for fault in faults])


def read_only(soak: Soak) -> None:
    """A disk that may be read only: queries go on, also those that ask for named graphs; a build says why it cannot."""
    for large in (False, True):
        old, new = soak.dice.sample(range(VERSIONS), 2)
        with mounted(soak.here / "small", 200_000_000):
            folder = soak.here / "small" / "graph"
            shutil.copytree(soak.here / f"as-{old}-{large}", folder)
            for graphs in folder.glob("store/*/graphs"):
                shutil.rmtree(graphs)
            remounted(soak.here / "small", "ro")
            faults = looking(folder, [soak.undisturbed[old, large]], large)
            told = apart(partial(built, soak.folders[new], folder, large))
            if not isinstance(told, GraphError) or "may not be written to" not in str(told):
                faults.append(f"the build says {told}")
            remounted(soak.here / "small", "rw")
            faults += soak.build_to_the_end(new, folder, large)
            soak.note("read-only disk", faults)


# ── Other versions ─────────────────────────────────────────────────────────────────────────────────────────────────


def other_versions(soak: Soak) -> None:
    """Of a newer version nothing is touched; an older shard or store is made again."""
    version = soak.dice.randrange(VERSIONS)
    whole = soak.here / f"as-{version}-True"
    for name, change, told in (
        ("graph.json", lambda path: _format(path, 99), "newer version of policy-kg"),
        (
            "shards/README.txt",
            lambda path: path.write_text("policy-kg shards, format 99\n"),
            "newer version of policy-kg",
        ),
        ("shards/*/*.jsonl", lambda path: _format(path, 0), ""),
        ("store/*-*", lambda path: path.rename(path.with_name(f"{path.name.partition('-')[0]}-ox0.1")), ""),
    ):
        folder = soak.here / "other"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(whole, folder)
        for path in list(folder.glob(name)):
            change(path)
        faults = looking(folder, [soak.undisturbed[version, True]], True, ("newer version", "is damaged"))
        if told:
            before = {path: digest(path) for path in folder.rglob("*")}
            answer = apart(partial(built, soak.folders[version], folder, True))
            if not isinstance(answer, GraphError) or told not in str(answer) or str(folder) not in str(answer):
                faults.append(f"the build says {answer}")
            faults += [f"{path} was changed" for path, was in before.items() if digest(path) != was]
        else:
            faults += soak.build_to_the_end(version, folder, True)
        soak.note("other version", [f"{name}: {fault}" for fault in faults])


def _format(path: Path, number: int) -> None:
    first, end, rest = (
        path.read_text("utf-8").partition("\n") if path.suffix == ".jsonl" else (path.read_text(), "", "")
    )
    path.write_text(f"{json.dumps(json.loads(first) | {'format': number})}{end}{rest}", "utf-8")


@cache
def warm() -> None:
    """Loads what every build needs; no store is opened here, for its threads would not be in the processes that follow."""
    entity_reader()
    read_file(report().encode(), "warm.txt")


def main() -> None:
    number, seed = (
        [int(word) for word in (*sys.argv[1:], "200", "1")[:2]] if len(sys.argv) != 2 else [int(sys.argv[1]), 1]
    )
    warm()
    before = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="soak-build-") as here:
        soak = Soak(Path(here), Dice(seed))
        kills(soak, number)
        cuts(soak, NEWEST if number >= SHARE else 2)
        other_versions(soak)
        try:
            full_disks(soak, SIZES if number >= SHARE else 3)
            read_only(soak)
        except (PermissionError, FileNotFoundError) as refused:
            print(f"full and read-only disks are left out, for nothing can be mounted here: {refused}")
    for what, count in sorted(soak.counts.items()):
        print(f"{what}: {count}")
    for fault in soak.faults[:40]:
        print(f"FAULT {fault}")
    print(f"{len(soak.faults)} faults in {time.monotonic() - before:.0f} seconds")
    raise SystemExit(bool(soak.faults))


if __name__ == "__main__":
    main()
