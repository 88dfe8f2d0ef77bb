"""The graph of the bundled example, built once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from click.testing import CliRunner

from kg.cli import main

_FOLDER = TemporaryDirectory(prefix="kg-example-")


@cache
def example_graph() -> Path:
    """The folder that kg build makes of data/examples."""
    docs, folder = Path(__file__).parents[2] / "data" / "examples", Path(_FOLDER.name) / "graph"
    result = CliRunner().invoke(main, ["build", str(docs), "--out", str(folder)])
    assert result.exit_code == 0, result.output
    return folder
