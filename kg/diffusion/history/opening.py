"""A path, to a graph or to somebody's own table → the history of adoptions that every analysis starts from."""

from __future__ import annotations

from pathlib import Path

from kg.diffusion.adoptions import History
from kg.errors import DiffusionError

TABLES = (".csv", ".tsv", ".txt")


def open_history(path: Path, *, plans: bool = True, expected: Path | None = None) -> History:
    """All adoptions of a folder that kg build wrote, of a folder of such folders, of an .nq file, or of a table.

    A table is a CSV file with the columns unit, program and year.

    With `plans=False` what is only planned is no adoption. `expected` is a list of the documents that should exist
    (CSV: unit, year, title): those that were not read are `History.missing`. Raises DiffusionError, or GraphError for a
    folder without a graph.
    """
    path = Path(path)
    if not path.exists():
        raise DiffusionError(
            f"{path} does not exist; name a folder made by kg build, or a CSV file with the columns unit, program and year"
        )
    history = _table(path, plans=plans) if path.suffix.lower() in TABLES else _graph(path, plans=plans)
    if expected is None:
        return history
    from kg.diffusion.history.coverage import with_expected

    return with_expected(history, expected)


def _table(path: Path, *, plans: bool) -> History:
    from kg.diffusion.history.from_table import history_of_table

    return history_of_table(path, plans=plans)


def _graph(path: Path, *, plans: bool) -> History:
    if path.is_file() and path.suffix != ".nq":
        raise DiffusionError(
            f"{path} is neither a graph (a folder made by kg build, an .nq file) nor a table (.csv, .tsv)"
        )
    from kg.diffusion.history.from_graph import history_of_graph
    from kg.graph.several import open_graphs

    return history_of_graph(open_graphs([path]), plans=plans)
