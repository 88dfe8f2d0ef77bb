"""benchmarks/generated.py makes graphs that keep to the contract, the same for the same numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.graph.shapes import validate
from kg.graph.store import open_graph
from kg.graph.triples import write_nquads
from kg.model import Relation

BENCHMARKS = Path(__file__).parent.parent.parent / "benchmarks"
Generator = Callable[[int, int], Iterator[str]]


@pytest.fixture
def generated(monkeypatch: pytest.MonkeyPatch) -> Generator:
    """The folder of benchmarks is no package."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    from generated import generated_quads

    return generated_quads  # type: ignore[no-any-return]


def test_it_conforms_and_has_every_kind_of_claim(generated: Generator, tmp_path: Path) -> None:
    """Claims of all nine kinds, and nothing against the shapes."""
    write_nquads(generated(5000, 1), tmp_path / "graph.nq")
    assert str(validate(tmp_path)).endswith("triples conform to the shapes")
    kinds = open_graph(tmp_path).query("SELECT DISTINCT ?kind WHERE { ?claim a ?kind ; pol:evidence ?evidence }")
    assert {str(kind).rpartition("#")[2] for (kind,) in kinds} == {str(relation) for relation in Relation}


def test_the_seed_decides(generated: Generator) -> None:
    """The same numbers, the same lines."""
    assert list(generated(300, 1)) == list(generated(300, 1)) != list(generated(300, 2))
