"""How fast and how right networks are inferred: python benchmarks/diffusion.py [--reference FOLDER] [--all]

Prints CPU seconds (one thread, reading excluded) beside those that the peers took for the same problem, how much memory
that took, and the precision on planted networks: the share of true edges among as many inferred ones as there are true
ones. FOLDER holds synthetic/ and netinf/ as ../shared/reference/diffusion does. Every line has a process of its own, and
is the best of three (one with 2,800 counties); compare lines of one run. --all adds the slow ones: all edges among
counties, and a hundred bootstraps.
"""

from __future__ import annotations

import csv
import gzip
import multiprocessing
import os
import resource
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}

import numpy as np

from kg.diffusion.cascades import Cascades, Event, cascades_of
from kg.diffusion.inference.delays import Delay
from kg.diffusion.inference.netinf import edges_of, infer, prepare
from kg.diffusion.inference.records import Compat, Ties

REFERENCE = Path(__file__).resolve().parents[1].parent / "shared/reference/diffusion"
DELAY = Delay("exponential", (0.5,))
BOOTSTRAPS = 100
CITY, COUNTY, LATE = "city337x2000_year", "countylight2800x5000_year", "city337x2000_mentionlag"


class Problem(NamedTuple):
    """What is inferred, and the CPU seconds of the peers where they were recorded."""

    data: str
    ties: Ties
    edges: int = 0  # 0: as many as there are true ones
    compat: Compat = ""
    r: float | None = None
    snap: float | None = None
    bootstraps: int = 0
    repeats: int = 3


QUICK = (
    Problem("policies", "strict", 100, "NetworkInference-1.2.5", r=0.66),
    Problem("policies", "strict", 872, "NetworkInference-1.2.5", r=3.36, snap=0.20),
    Problem("policies", "strict", 872, "snap", r=3.36, snap=0.20),
    Problem("policies", "interval", 872, r=3.36, snap=0.20),
    Problem(CITY, "strict", 1000, r=37.1, snap=1.26),
    Problem(CITY, "interval", 1000, r=37.1, snap=1.26),
    Problem(CITY, "strict"),
    Problem(CITY, "interval"),
    Problem(LATE, "strict"),
    Problem(LATE, "interval"),
    Problem(COUNTY, "strict", 100, r=389.0, snap=31.7, repeats=1),
    Problem(COUNTY, "interval", 100, r=389.0, snap=31.7, repeats=1),
)
SLOW = (
    Problem(COUNTY, "strict", repeats=1),
    Problem(COUNTY, "interval", repeats=1),
    Problem(CITY, "interval", 1000, bootstraps=BOOTSTRAPS, repeats=1),
)


def cascades_in(folder: Path, data: str) -> Cascades:
    """The events of a data set of the reference."""
    if data == "policies":
        with (folder / "netinf/cascades_policies.csv").open(encoding="utf-8") as file:
            return cascades_of(_events(csv.DictReader(file)))
    with gzip.open(folder / f"synthetic/{data}.csv.gz", "rt", encoding="utf-8") as file:
        return cascades_of(_events(csv.DictReader(file)))


def _events(rows: Iterable[dict[str, str]]) -> Iterable[Event]:
    return (Event(row["cascade_id"], row["node_name"], float(row["event_time"])) for row in rows)


def true_edges(folder: Path, data: str) -> frozenset[tuple[str, str]]:
    """The planted network; empty where there is none."""
    path = folder / f"synthetic/{data.rpartition('_')[0]}_true_edges.csv"
    if not path.exists():
        return frozenset()
    with path.open(encoding="utf-8") as file:
        return frozenset((row["origin_node"], row["destination_node"]) for row in csv.DictReader(file))


def measure(folder: Path, problem: Problem) -> str:
    """One line: what, seconds, ratios to the peers, memory, precision."""
    cascades, true = cascades_in(folder, problem.data), true_edges(folder, problem.data)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    edges = problem.edges or len(true)
    best, precision = float("inf"), ""
    for _ in range(problem.repeats):
        start = time.process_time()
        if problem.bootstraps:
            _bootstraps(cascades, problem, edges)
        else:
            network = infer(cascades, DELAY, edges=edges, ties=problem.ties, compat=problem.compat)
            if true and not problem.edges:
                precision = f"{sum(network.named(edge) in true for edge in network.edges) / edges:9.3f}"
        best = min(best, time.process_time() - start)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    what = f"{problem.data} {problem.compat or problem.ties}" + (
        f" ×{problem.bootstraps}" if problem.bootstraps else ""
    )
    ratios = "".join(f"{f'{peer / best:,.0f}×' if peer else '':>9}" for peer in (problem.r, problem.snap))
    return f"{what:<48}{edges:>6}{best:>9.2f}{ratios}{memory / 1e6:>8.2f}{(memory - before) / 1e6:>8.2f}{precision}"


def _bootstraps(cascades: Cascades, problem: Problem, edges: int) -> None:
    rng = np.random.default_rng(0)
    pairs = prepare(cascades, DELAY, problem.ties)
    even = np.full(len(cascades), 1 / len(cascades))
    for _ in range(problem.bootstraps):
        edges_of(pairs, edges, rng.multinomial(len(cascades), even).astype(np.float64))


def main(arguments: list[str]) -> None:
    folder = Path(arguments[arguments.index("--reference") + 1]) if "--reference" in arguments else REFERENCE
    if not folder.is_dir():
        print(f"{folder} is missing: name the folder of the reference data, --reference FOLDER")
        return
    print(f"{'':<48}{'edges':>6}{'CPU s':>9}{'R':>9}{'SNAP':>9}{'GB':>8}{'of it':>8}{'precision':>10}")
    for problem in QUICK + (SLOW if "--all" in arguments else ()):
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            print(pool.apply(measure, (folder, problem)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
