"""Graphs that several tests of this room read: a made-up corpus in which programmes travel, and the bundled examples."""

from __future__ import annotations

from pathlib import Path

import pytest
from graph.diffusion import diffusion_lines

from diffusion import example
from kg.graph.triples import write_nquads


@pytest.fixture(scope="session")
def made_up_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight documents of six places, see tests/graph/diffusion.py."""
    folder = tmp_path_factory.mktemp("made-up")
    write_nquads(diffusion_lines(), folder / "graph.nq")
    return folder


@pytest.fixture(scope="session")
def example_graph() -> Path:
    """The graph of the bundled examples, built once."""
    return example.example_graph()
