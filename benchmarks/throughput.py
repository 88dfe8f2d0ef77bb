"""Characters a second from files to a published graph, and where the time goes: python benchmarks/throughput.py [--all]

Three corpora, those that are there: ../shared/corpus/local_regulations.tar.gz and provincial_work_reports.tar.gz, and
made-up education documents (education.py). Of each a sample of --characters is read (default 400,000; with --all all of
it) by a build in a process of its own that has loaded its lexicons: once with one worker, with the time of each stage, as
far as graph.nq and with the query store that a large graph gets; then with two (each loads the lexicons first: they are
worth it with --all only). Beside it the bare search for the names of the lexicons, spaCy's EntityRuler with these names,
and what was published of builders that ask a language model. Last, the peak memory with ever more made-up documents,
short ones (--documents 2000 10000 50000; the last takes 11 GB of disk for a while).

Rates of CPU time are those of one core and hold on a busy machine too, more or less; compare lines of one run.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from education import COUNTED, SHORT, write_documents
from processes import Memory, Watch
from rivals import rival_rates
from stages import ORDER, STORE, clocked

SHARED = Path(__file__).parents[2] / "shared" / "corpus"
CORPORA = ("local_regulations", "provincial_work_reports")
EDUCATION = "education"
AIM = 500_000  # characters a second of a core
WHOLE = "with the query store, if large"
MB = 1_000_000
Figures = dict[str, Any]


# ── A build in a process of its own ────────────────────────────────────────────────────────────────────────────────


def measured(folder: Path, workers: int, staged: bool) -> Figures:
    """Builds here and now: seconds by the clock and of all processors, seconds of each stage, what came of it."""
    from kg import pipeline
    from kg.entities import entity_reader

    entity_reader()
    with tempfile.TemporaryDirectory() as out, clocked() as clock:
        before, began = _cpu_seconds(), time.perf_counter()
        built = pipeline.build([folder], Path(out) / "graph", workers=workers)
        seconds, cpu = time.perf_counter() - began, _cpu_seconds() - before
    stages = dict(clock.spent) if staged else {}
    to_triples = seconds - clock.elapsed[STORE]
    figures = {"seconds": seconds, "to triples": to_triples, "cpu": cpu, "stages": stages}
    return {**figures, "claims": built.claims, "quads": built.quads}


def _cpu_seconds() -> float:
    """Of this process and of those that it started and that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def apart(folder: Path, workers: int = 1, staged: bool = False) -> tuple[Figures, Watch]:
    """The same in a new process, with the memory that it and its workers held."""
    command = [sys.executable, __file__, "--build", str(folder), "--workers", str(workers)]
    command += ["--staged"] * staged
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process, Watch(process.pid) as watch:
        told, _ = process.communicate()
    if process.returncode:
        raise SystemExit(f"the build of {folder} failed; see above")
    return json.loads(told.splitlines()[-1]), watch


# ── Corpora ────────────────────────────────────────────────────────────────────────────────────────────────────────


def corpora(here: Path, most: int | None) -> Iterator[tuple[str, Path, int]]:
    """Name, folder and characters of each corpus that is there."""
    for name in CORPORA:
        archive = SHARED / f"{name}.tar.gz"
        if archive.exists():
            yield name, here / name, unpacked(archive, here / name, most)
        else:
            print(f"{name}: left out, for {archive} is not there")
    count = 5000 if most is None else -(-most // COUNTED)
    yield EDUCATION, here / EDUCATION, write_documents(here / EDUCATION, count)


def unpacked(archive: Path, folder: Path, most: int | None) -> int:
    """Writes every so-manieth text of an archive, so that they have about so many characters; returns how many."""
    with tarfile.open(archive) as packed:
        members = sorted(
            (one for one in packed.getmembers() if one.isfile() and one.name.endswith(".txt")), key=lambda one: one.name
        )
        whole = sum(one.size for one in members) / 3  # UTF-8
        every = max(1, round(whole / most)) if most else 1
        folder.mkdir()
        characters = 0
        for number, member in enumerate(members[::every]):
            content = packed.extractfile(member)
            assert content is not None
            data = content.read()
            (folder / f"{number:05}-{Path(member.name).name}").write_bytes(data)
            characters += len(data.decode("utf-8", "replace"))
    return characters


# ── Tables ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def show_corpus(name: str, folder: Path, characters: int) -> None:
    """How fast one corpus is read, where the time goes, and how fast others are."""
    one, _ = apart(folder, staged=True)
    claims = one["claims"] / characters * 1000
    print(
        f"\n{name}: {characters:,} characters, {one['claims']:,} claims ({claims:.1f} per 1,000 characters), {one['quads']:,} quads"
    )
    print(f"{'':32} {'characters/s':>14}   of a core, {characters / one['seconds']:,.0f} by the clock")
    rate = characters / one["cpu"]
    staged = sum(one["stages"].values()) or 1.0
    for what, seconds in (("files to triples", one["cpu"] - one["stages"].get(STORE, 0.0)), (WHOLE, one["cpu"])):
        print(f"{what:32} {characters / seconds:14,.0f}   {characters / seconds / AIM:5.2f} of the {AIM:,} aimed at")
    for stage in ORDER:
        spent = one["stages"].get(stage, 0.0)
        quick = f"{characters / spent:14,.0f}" if spent > staged / 10_000 else f"{'–':>14}"
        print(f"  {stage:30} {quick}   {100 * spent / staged:5.1f} % of the time")
    for rival, speed in rival_rates(folder):
        print(f"{rival:32} {speed:14,.0f}   {speed / rate:5.2f} × {WHOLE}")
    two, _ = apart(folder, workers=2)
    print(f"two workers, by the clock (CPU {two['cpu'] / one['cpu']:.2f} ×)")
    for what, seconds in (("files to triples", "to triples"), (WHOLE, "seconds")):
        print(f"  {what:30} {characters / two[seconds]:14,.0f}   {one[seconds] / two[seconds]:5.2f} × as fast as one")


def show_published() -> None:
    """What was published of others; rates are computed here from what is stated there."""
    print("\npublished of builders that ask a language model (not measured here; rates computed of what is stated)")
    with (Path(__file__).parent / "llm_builders.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            size = float(row["characters"])
            rates = [f"{size / float(row['seconds']):,.0f} characters/s"] if row["seconds"] else []
            rates += (
                [f"{float(row['dollars']) / size * MB:.2f} dollars per million characters"] if row["dollars"] else []
            )
            print(f"  {row['system']}, {row['model']}: {row['text']}, {row['stated']} → {', '.join(rates)}")
            print(f"    {row['published']}, {row['where']}")


def show_memory(counts: list[int], workers: int, here: Path) -> None:
    """The most that a build held, with ever more documents."""
    print(f"\npeak memory in MB, {workers} workers, short made-up documents")
    print(
        f"{'documents':>10} {'characters':>14} {'characters/s':>13} {'parent':>7} {'workers':>14}  growth in the second half, MB/minute"
    )
    for count in counts:
        folder = here / f"memory-{count}"
        characters = write_documents(folder, count, sections=SHORT)
        figures, watch = apart(folder, workers=workers)
        held = sorted(watch.workers.values(), key=lambda one: -one.peak)[:workers]
        peaks = ", ".join(f"{one.peak / MB:.0f}" for one in held) or "none"
        growth = ", ".join(_growth(one) for one in [watch.parent, *held])
        rate = characters / figures["seconds"]
        print(f"{count:10,} {characters:14,} {rate:13,.0f} {watch.parent.peak / MB:7.0f} {peaks:>14}  {growth}")


def _growth(memory: Memory) -> str:
    return f"{memory.slope * 60 / MB:+.0f}" if memory.seconds > 10 else "–"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--characters", type=int, default=400_000)
    options.add_argument("--all", action="store_true", help="all of each corpus")
    options.add_argument("--documents", type=int, nargs="*", default=[200, 800], help="for the table of memory")
    options.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="for the table of memory")
    options.add_argument("--staged", action="store_true", help=argparse.SUPPRESS)
    options.add_argument("--build", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.build:
        print(json.dumps(measured(given.build, given.workers, given.staged)))
        return
    with tempfile.TemporaryDirectory(prefix="throughput-") as here:
        for name, folder, characters in corpora(Path(here), None if given.all else given.characters):
            show_corpus(name, folder, characters)
        show_published()
        show_memory(given.documents, given.workers, Path(here))


if __name__ == "__main__":
    main()
