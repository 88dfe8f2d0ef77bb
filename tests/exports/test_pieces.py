"""N-Quads in pieces hold the whole graph, each graph in one piece if it fits, and say what they are."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import pytest

from kg.errors import GraphError
from kg.exports.pieces import write_pieces


@pytest.fixture
def file(graph: Path) -> Path:
    return graph / "graph.nq"


@pytest.mark.parametrize("most", [7, 200, 700, 500_000])
def test_pieces_are_the_graph(most: int, file: Path, tmp_path: Path) -> None:
    """Put together again they are the file, byte by byte, and none holds more quads than it may."""
    folder = tmp_path / "pieces"
    folder.mkdir()
    write_pieces(file, folder, most)
    told = json.loads((folder / "manifest.json").read_text("utf-8"))
    contents = [gzip.decompress((folder / piece["file"]).read_bytes()) for piece in told["pieces"]]
    assert b"".join(contents) == file.read_bytes()
    assert [text.count(b"\n") for text in contents] == [piece["quads"] for piece in told["pieces"]]
    assert max(piece["quads"] for piece in told["pieces"]) <= most
    assert told["quads"] == file.read_bytes().count(b"\n")
    for piece in told["pieces"]:
        data = (folder / piece["file"]).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (piece["bytes"], piece["sha256"])


def test_a_graph_that_fits_is_not_cut(file: Path, tmp_path: Path) -> None:
    """Where a piece has room for the largest graph, each graph stands in one piece."""
    (folder := tmp_path / "pieces").mkdir()
    lines = file.read_bytes().splitlines()
    sizes: dict[bytes, int] = {}
    for line in lines:
        graph = line.rsplit(b" ", 2)[1]
        sizes[graph] = sizes.get(graph, 0) + 1
    write_pieces(file, folder, max(sizes.values()))
    pieces = [gzip.decompress(path.read_bytes()).splitlines() for path in sorted(folder.glob("*.gz"))]
    assert len(pieces) > 1
    found = [{line.rsplit(b" ", 2)[1] for line in piece} for piece in pieces]
    assert sum(map(len, found)) == len(sizes)


def test_lines_that_do_not_stand_together(file: Path, tmp_path: Path) -> None:
    """The graphs of older builds are refused with the cure."""
    lines = file.read_bytes().splitlines(keepends=True)
    (old := tmp_path / "graph.nq").write_bytes(b"".join([*lines[1:], lines[0]]))
    with pytest.raises(GraphError, match=r"do not stand together.*build the graph again"):
        write_pieces(old, tmp_path)
