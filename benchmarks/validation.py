"""How long it takes to check a graph against the shapes: python benchmarks/validation.py [QUADS] [--reference]

Generates a policy graph of QUADS quads (default: 100,000), checks it by the compiled shapes and, with --reference, by
pySHACL, as it is and after damages; prints seconds of CPU time and whether the two agree. pySHACL takes minutes and
gigabytes at a million. Compare lines of one run.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
from generated import generated_quads

from kg.graph.shapes import Violation, shapes_text, violations
from kg.graph.shapes_reference import reference_violations
from kg.graph.store import PolicyGraph, open_graph
from kg.graph.triples import write_nquads

DAMAGES = 1000
Way = Callable[[PolicyGraph, str], list[Violation]]


def main() -> None:
    numbers = [int(word) for word in sys.argv[1:] if not word.startswith("--")]
    ways: dict[str, Way] = {"compiled": violations}
    if "--reference" in sys.argv:
        ways["pySHACL"] = reference_violations
    with tempfile.TemporaryDirectory() as folder:
        write_nquads(generated_quads(numbers[0] if numbers else 100_000), Path(folder) / "graph.nq")
        graph = open_graph(Path(folder))
    print(f"{len(graph):,} triples; seconds of CPU time")
    _compare("whole", graph, ways)
    _damage(graph)
    _compare("damaged", graph, ways)


def _compare(what: str, graph: PolicyGraph, ways: dict[str, Way]) -> None:
    verdicts = []
    for name, way in ways.items():
        start = time.process_time()
        found = way(graph, shapes_text())
        print(f"{what:8} {name:9} {time.process_time() - start:8.2f}  {len(found):,} violations", flush=True)
        verdicts.append({violation[:3] for violation in found})
    if len(verdicts) > 1:
        print(f"{what:8} {'the same' if verdicts[0] == verdicts[1] else 'NOT the same'} nodes, properties and rules")


def _damage(graph: PolicyGraph) -> None:
    """Takes away a statement or says it a second time with another value, in the union of all files."""
    dice = random.Random(0)
    quads = list(graph.store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    for quad in dice.sample(quads, DAMAGES):
        if dice.random() < 0.5:
            graph.store.remove(quad)
        else:
            graph.store.add(ox.Quad(quad.subject, quad.predicate, ox.Literal("")))


if __name__ == "__main__":
    main()
