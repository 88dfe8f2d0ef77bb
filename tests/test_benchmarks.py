"""The measuring side: made-up documents are true to their seed, stages are found, counts do not waver, a loss shows."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import subprocess
import sys
import tarfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from kg.model import Relation
from kg.pipeline import build, read_file

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"
OWN = (
    "education",
    "education_sentences",
    "guard",
    "history",
    "processes",
    "rivals",
    "soak_throughput",
    "stages",
    "throughput",
)


@pytest.fixture(autouse=True)
def _beside(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The folder of benchmarks is no package."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    yield
    for name in OWN:
        sys.modules.pop(name, None)


@pytest.fixture
def history() -> Any:
    return import_module("history")


# ── Made-up education documents ────────────────────────────────────────────────────────────────────────────────────


def test_a_document_depends_on_its_number_and_seed() -> None:
    """The same numbers, the same text, however many are made; another seed, another text."""
    documents = import_module("education").documents
    few, more, others = list(documents(3)), list(documents(30)), list(documents(3, 1))
    assert few == more[:3]
    assert all(one != other for one, other in zip(few, others, strict=True))
    assert len({name for name, _ in more}) == 30


def test_documents_are_like_real_ones() -> None:
    """Of 1,500 to 6,000 characters, most sentences stand once, and they hold some claims of the usual kinds, not too many."""
    texts = sorted({text for _, text in import_module("education").documents(12)})
    sentences = [sentence for text in texts for sentence in text.split("。")]
    claims: Counter[Relation] = Counter()
    for number, text in enumerate(texts):
        claims.update(claim.relation for claim in read_file(text.encode(), f"{number}.txt").claims)
    assert all(1000 < len(text) < 7000 for text in texts)
    assert len(set(sentences)) > 0.9 * len(sentences)
    assert {Relation.ADOPTS, Relation.GOAL, Relation.ISSUES, Relation.IMPLEMENTS, Relation.TARGETS} <= set(claims)
    assert 10 < 1000 * claims.total() / sum(map(len, texts)) < 25


def test_some_are_copies() -> None:
    """A few have the text of an earlier one, a few nearly that."""
    made = [import_module("education").document(number, sections=range(1, 2)).text for number in range(400)]
    copies = len(made) - len(set(made))
    assert 1 <= copies <= 12


# ── Stages ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_stage_is_found_and_left_as_it_was(tmp_path: Path) -> None:
    """Each function that begins a stage exists, is called in a build, and is itself again afterwards."""
    stages, education = import_module("stages"), import_module("education")
    education.write_documents(tmp_path / "documents", 2, sections=range(1, 2))
    pipeline = import_module("kg.pipeline")
    before = pipeline.build
    with stages.clocked() as clock:
        pipeline.build([tmp_path / "documents"], tmp_path / "graph", workers=1)
    assert pipeline.build is before is build
    assert set(clock.spent) == set(stages.ORDER)
    assert all(seconds >= 0 for seconds in clock.spent.values())


def test_time_counts_once() -> None:
    """What a stage spends within another one is not counted there."""
    clock = import_module("stages").Clock()
    with clock("outer"), clock("inner"):
        sum(range(300_000))
    for seconds in (clock.spent, clock.elapsed):
        assert seconds["inner"] > 10 * seconds["outer"]


# ── Processes ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("way", ["/proc", "psutil"])
def test_processes_are_seen(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that was started is seen with the memory that it holds; it is no worker of a build."""
    processes = import_module("processes")
    if way == "psutil":
        library = pytest.importorskip("psutil")
        monkeypatch.setattr(processes, "_psutil", lambda: library)
    elif not Path("/proc/self/task").exists():
        pytest.skip("this system has no /proc")
    waiting = [sys.executable, "-c", "print(flush=True); input()"]
    with subprocess.Popen(waiting, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        assert child.pid in processes.children(os.getpid())
        assert child.pid not in processes.workers(os.getpid())
        assert processes.resident(child.pid) > 1_000_000
        child.communicate(b"\n")
    assert processes.resident(child.pid) == 0


@pytest.mark.parametrize(
    ("held", "peak", "slope"),
    [([], 0, 0.0), ([5, 9, 7, 7, 7, 7], 9, 0.0), ([1, 2, 3, 4, 5, 6], 6, 1.0), ([9, 9, 9, 6, 4, 2], 9, -2.0)],
)
def test_growth_of_memory(held: list[int], peak: int, slope: float) -> None:
    """The peak counts from the beginning, the slope from the middle: at first every process grows."""
    memory = import_module("processes").Memory([(float(at), one) for at, one in enumerate(held)])
    assert (memory.peak, round(memory.slope, 6)) == (peak, slope)


# ── The guard ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_counts_are_the_same_in_two_runs(tmp_path: Path) -> None:
    """Calls of functions depend on the code and the documents, on nothing else."""
    documents, guard = tmp_path / "documents", import_module("guard")
    documents.mkdir()
    for number, (_, text) in enumerate(import_module("education").documents(2, sections=range(1, 2))):
        (documents / f"{number}.txt").write_text(text, "utf-8")
    guard.asked(documents, "calls")  # fills caches on disk
    first, second = (json.loads(guard.asked(documents, "calls")) for _ in range(2))
    assert second == pytest.approx(first, rel=0.001)  # where a set of objects is gone through, a call more or less
    assert set(first) == {"start", "read", "publish"}
    assert min(first.values()) > 1000


@pytest.mark.parametrize(
    ("told", "number"),
    [
        ("1234567,,instructions:u,987654,100.00,,", 1234567),
        ("note: a file is missing\n42,,instructions:u,1,100.00,,\n", 42),
        ("<not supported>,,instructions:u,0,100.00,,", None),
        ("", None),
    ],
)
def test_instructions(told: str, number: int | None) -> None:
    """What perf counts is taken where it counts; where the machine does not let it, there is no figure, and no fault."""
    assert import_module("guard").instructions_in(told) == number


BEFORE = {"start calls": 1000.0, "read calls": 2000.0, "read multiple": 10.0, "publish instructions": 5e9}


@pytest.mark.parametrize(
    ("figure", "now", "told", "is_worse"),
    [
        ("read calls", 2000, "same", False),
        ("read calls", 2010, "same", False),
        ("read calls", 2100, "5.0 % more: slower", False),
        ("read calls", 2300, "15.0 % more: slower", True),
        ("read calls", 1000, "50.0 % less: faster", False),
        ("read multiple", 10.9, "same", False),
        ("read multiple", 12, "20.0 % more: slower", False),
        ("read multiple", 13, "30.0 % more: slower", True),
        ("publish instructions", 5.6e9, "12.0 % more: slower", True),
    ],
)
def test_a_loss_shows(history: Any, figure: str, now: float, told: str, is_worse: bool) -> None:
    """The table says of each figure what became of it since the last line; counts may grow by a tenth, times by a quarter."""
    before = history.Row("2026-01-01", "aaaa", "0.1.0", "3.11", "d0c5", BEFORE)
    after = replace(before, date="2026-01-02", commit="bbbb", figures=BEFORE | {figure: now})
    (line,) = [line for line in history.table([before], after).splitlines() if line.startswith(figure)]
    assert line.endswith(told)
    assert [one.startswith(figure) for one in history.worse([before], after)] == [True] * is_worse


def test_only_like_is_compared_with_like(history: Any) -> None:
    """Lines of other documents or another Python are passed over, and the last of the others counts."""
    now = history.Row("2026-01-09", "eeee", "0.1.0", "3.11", "d0c5", {"read calls": 110.0})
    rows = [
        replace(now, date="2026-01-01", commit="aaaa", figures={"read calls": 109.0}),
        replace(now, date="2026-01-02", commit="bbbb", figures={"read calls": 99.0}),
        replace(now, date="2026-01-03", commit="cccc", python="3.13", figures={"read calls": 1.0}),
        replace(now, date="2026-01-04", commit="dddd", documents="other", figures={"read calls": 1.0}),
    ]
    assert history.worse(rows, now) == ["read calls 11.1 % more: slower"]
    assert history.worse(rows[2:], now) == []
    assert "no earlier line" in history.table(rows[2:], now)
    assert [commit in history.table(rows, now) for commit in ("aaaa", "bbbb", "cccc", "dddd")] == [
        True,
        True,
        False,
        False,
    ]


def test_history_comes_back(history: Any, tmp_path: Path) -> None:
    """What is recorded is read again; a figure that was not measured stays open."""
    rows = [history.Row(f"2026-01-0{n}", "abc", "0.1.0", "3.11", "d0c5", {"read calls": 100.0 + n}) for n in (1, 2)]
    for row in rows:
        history.record(tmp_path / "history.csv", row)
    assert history.read_history(tmp_path / "history.csv") == rows
    assert history.read_history(tmp_path / "none.csv") == []


def test_the_shipped_history_is_whole(history: Any) -> None:
    """Every line has the counts of all three stages."""
    for row in history.read_history(BENCHMARKS / "history.csv"):
        assert {"start calls", "read calls", "publish calls"} <= set(row.figures)


# ── Throughput ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_sample_of_a_corpus(tmp_path: Path) -> None:
    """Every so-manieth text of an archive, so that they have about as many characters as wanted; without a limit all of it."""
    throughput = import_module("throughput")
    with tarfile.open(tmp_path / "corpus.tar.gz", "w:gz") as packed:
        for number in range(20):
            content = ("加强教学常规管理。" * 100).encode()
            member = tarfile.TarInfo(f"corpus/{number:02}.txt")
            member.size = len(content)
            packed.addfile(member, io.BytesIO(content))
    assert throughput.unpacked(tmp_path / "corpus.tar.gz", tmp_path / "some", 4500) == 4500
    assert [path.name for path in sorted((tmp_path / "some").iterdir())] == [
        f"0000{n}-{4 * n:02}.txt" for n in range(5)
    ]
    assert throughput.unpacked(tmp_path / "corpus.tar.gz", tmp_path / "all", None) == 18_000


def test_a_build_is_measured(tmp_path: Path) -> None:
    """Seconds by the clock and of processors, and the stages, which together make up nearly all of them."""
    import_module("education").write_documents(tmp_path, 3, sections=range(1, 2))
    figures = import_module("throughput").measured(tmp_path, 1, True)
    assert figures["claims"] > 10
    assert 0.5 * figures["cpu"] < sum(figures["stages"].values()) <= 1.01 * figures["cpu"] + 0.02


def test_published_figures_can_be_looked_up() -> None:
    """Each says what it was measured on, when and where it was published, and a time or a price."""
    with (BENCHMARKS / "llm_builders.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) >= 4
    for row in rows:
        assert all(row[name] for name in ("system", "text", "stated", "published", "where")), row
        assert float(row["characters"]) > 0 < float(row["seconds"] or row["dollars"]), row


# ── The soak ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def soak(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(sys, "path", [str(BENCHMARKS.parent / "scripts"), *sys.path])
    return import_module("soak_throughput")


@pytest.mark.parametrize("seed", range(5))
def test_moments_of_disturbance(soak: Any, seed: int) -> None:
    """In order, within the build, with one interruption that is not the first: before it something is killed."""
    moments = soak.moments(1000, 4, random.Random(seed))
    assert moments == soak.moments(1000, 4, random.Random(seed))
    assert [at for at, _ in moments] == sorted({at for at, _ in moments})
    assert 50 <= moments[0][0] < moments[-1][0] < 950
    assert sorted(what for _, what in moments) == [soak.INTERRUPT, *[soak.KILL] * 3]
    assert moments[0][1] == soak.KILL


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({}, ""),
        ({"documents": 9}, "9 documents of 10"),
        ({"digests": ("a", "c")}, "other bytes"),
        (
            {"files": frozenset({"graph.nq", "shards/.draft.1"})},
            "1 files are left over (shards/.draft.1), 0 are missing",
        ),
        ({"files": frozenset()}, "0 files are left over (–), 1 are missing (graph.nq)"),
    ],
)
def test_the_soak_sees_faults(soak: Any, change: dict[str, Any], fault: str) -> None:
    """A document that is missing, other bytes, a file too many or too few."""
    whole = soak.Made(frozenset({"graph.nq"}), ("a", "b"), 10)
    faults = list(soak.faults_of(replace(whole, **change), whole, 10))
    assert len(faults) == bool(fault)
    assert all(fault in one for one in faults)


@pytest.mark.parametrize(
    ("held", "faults"),
    [
        (lambda at: 300e6, 0),
        (lambda at: 300e6 + 1e6 * at, 1),
        (lambda at: 2e9, 1),
        (lambda at: min(300e6, 9e6 * at), 0),
    ],
)
def test_the_soak_sees_growth(soak: Any, held: Callable[[int], float], faults: int) -> None:
    """A worker that grows to the end, or holds more than a gigabyte; not one that grew at first."""
    memory = import_module("processes").Memory([(float(at), int(held(at))) for at in range(100)])
    assert len(list(soak.faults_of_memory({1: memory}))) == faults
