"""benchmarks/generated.py makes graphs that keep to the contract, the same for the same numbers."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.graph.shapes import validate
from kg.graph.store import open_graph
from kg.graph.triples import write_nquads
from kg.model import Relation

BENCHMARKS = Path(__file__).parent.parent.parent / "benchmarks"


@pytest.fixture(scope="module")
def lines() -> Iterator[list[str]]:
    """A small graph; the folder of benchmarks is no package."""
    sys.path.insert(0, str(BENCHMARKS))
    from generated import generated_quads

    yield list(generated_quads(5000, seed=1))
    assert list(generated_quads(300, seed=1)) == list(generated_quads(300, seed=1))
    assert list(generated_quads(300, seed=1)) != list(generated_quads(300, seed=2))
    sys.path.remove(str(BENCHMARKS))


def test_it_conforms_and_has_every_kind_of_claim(lines: list[str], tmp_path: Path) -> None:
    """Claims of all nine kinds, and nothing against the shapes."""
    write_nquads(lines, tmp_path / "graph.nq")
    assert str(validate(tmp_path)).endswith("triples conform to the shapes")
    kinds = open_graph(tmp_path).query("SELECT DISTINCT ?kind WHERE { ?claim a ?kind ; pol:evidence ?evidence }")
    assert {str(kind).rpartition("#")[2] for (kind,) in kinds} == {str(relation) for relation in Relation}
