"""How much of a planted network is more than chance, and how much of none: python benchmarks/diffusion_evidence.py [REFERENCE]

REFERENCE (default: ../shared/reference/diffusion) holds synthetic/ and netinf/. Prints for the planted networks precision
and recall of the edges that the permutation filter reports, and of the first K; for ten data sets without any network
(the years of `policies` exchanged within each cascade) how many it reports, against 753 to 769 by the peers' p < 0.05;
and the seconds of 100 bootstraps of the city problem. Seconds are of this machine: CPU where not said otherwise.
"""

from __future__ import annotations

import csv
import gzip
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from kg.diffusion.cascades import Cascades, Event, cascades_of
from kg.diffusion.inference.bootstrap import bootstrap
from kg.diffusion.inference.delays import Delay
from kg.diffusion.inference.netinf import infer
from kg.diffusion.inference.permutation import network_of, permuted, significant_edges

HALF = Delay("exponential", (0.5,))
PLANTED = ("city337x2000", "countylight2800x5000")
WITHOUT_NETWORK = range(10)
WORKERS = min(2, os.cpu_count() or 1)


def main() -> None:
    reference = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[2] / "shared/reference/diffusion")
    if not reference.is_dir():
        print(f"{reference} is missing: name the folder of the reference data")
        return
    for name in PLANTED:
        planted(reference / "synthetic", name)
    policies(_read(reference / "netinf/cascades_policies.csv"))
    bootstraps(_read(reference / f"synthetic/{PLANTED[0]}_year.csv.gz"))


def planted(folder: Path, name: str) -> None:
    """Precision and recall of what is reported, and of the first K edges."""
    cascades = _read(folder / f"{name}_year.csv.gz")
    number = {unit: place for place, unit in enumerate(cascades.units)}
    true = {
        (number[row["origin_node"]], number[row["destination_node"]])
        for row in _rows(folder / f"{name}_true_edges.csv")
    }
    start, wall = time.process_time(), time.perf_counter()
    found = significant_edges(cascades, HALF)
    took = f"{time.process_time() - start:.1f} s CPU, {time.perf_counter() - wall:.1f} s"
    reported = network_of(found.reported)
    hits = len(reported & true)
    print(f"{name}: {len(reported)} edges reported, {found.expected_false:.0f} expected false; {took}")
    print(f"  precision {hits / max(len(reported), 1):.4f}, recall {hits / len(true):.4f}")
    first = network_of_first(cascades, len(true))
    print(f"  NetInf without filter: precision at K = {len(true)}: {len(first & true) / len(true):.4f}", flush=True)


def network_of_first(cascades: Cascades, edges: int) -> set[tuple[int, int]]:
    return {(edge.origin, edge.destination) for edge in infer(cascades, HALF, edges=edges).edges}


def policies(cascades: Cascades) -> None:
    """Edges of the real data, and of data sets without network."""
    for exchanged in ("cascade", "tendency"):
        start = time.process_time()
        real = len(significant_edges(cascades, HALF, exchanged=exchanged).reported)
        took = time.process_time() - start
        drawn = (permuted(cascades, seed) for seed in WITHOUT_NETWORK)
        none = [len(significant_edges(data, HALF, exchanged=exchanged).reported) for data in drawn]
        print(f"policies, {exchanged}: {real} edges ({took:.1f} s CPU); without network: {none}", flush=True)


def bootstraps(cascades: Cascades) -> None:
    """100 of them, 1,000 edges each."""
    start = time.perf_counter()
    found = bootstrap(cascades, HALF, edges=1000, times=100, workers=WORKERS)
    stable = sum(edge.frequency >= 0.95 for edge in found)
    print(
        f"100 bootstraps of {PLANTED[0]}, {WORKERS} workers: {time.perf_counter() - start:.1f} s; {stable} edges in 95"
    )


def _read(path: Path) -> Cascades:
    return cascades_of(Event(row["cascade_id"], row["node_name"], float(row["event_time"])) for row in _rows(path))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    yield from csv.DictReader(text.decode().splitlines())


if __name__ == "__main__":
    main()
