"""A folder → what it is to a service: a graph that kg build made, or a store of the service's own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

from kg.errors import GraphError
from kg.serve.settings import Kind

MARK = "store.json"
FORMAT = 1
QUADS, READERS = "quads", "readers"  # the database; the checkpoints that readers have open
BUILT = ("graph.json", "graph.nq", "shards", "manifest.json")  # what kg build leaves


def kind_of(folder: Path) -> Kind | None:
    """The kind of default graph of a store that a service made; None where it is no such store."""
    mark = folder / MARK
    if not mark.is_file():
        return None
    try:
        told = json.loads(mark.read_text("utf-8"))
    except (ValueError, OSError):
        raise GraphError(f"{mark} cannot be read; restore it, or serve another folder") from None
    if (
        not isinstance(told, dict)
        or told.get("format") != FORMAT
        or told.get("default_graph") not in ("union", "standard")
    ):
        raise GraphError(
            f"{mark} is of another version than this program's ({FORMAT}); serve it with the other version"
        )
    return cast(Kind, told["default_graph"])


def prepared(folder: Path, wanted: Kind | None) -> Kind:
    """Makes the folder a store where it is none, and tells its kind; GraphError where that would cost something."""
    kind = kind_of(folder) if folder.is_dir() else None
    if kind is not None:
        if wanted not in (None, kind):
            raise GraphError(
                f"{folder} was made with --default-graph {kind} and cannot become {wanted}; leave the option out"
            )
        return kind
    _refuse_foreign(folder)
    folder.mkdir(parents=True, exist_ok=True)
    kind = wanted or "union"
    text = json.dumps({"format": FORMAT, "default_graph": kind}) + "\n"
    (folder / MARK).write_text(text, encoding="utf-8", newline="\n")
    return kind


def _refuse_foreign(folder: Path) -> None:
    if folder.is_file():
        raise GraphError(f"{folder} is a file; with --updates give an empty folder")
    if any((folder / name).exists() for name in BUILT):
        raise GraphError(
            f"{folder} was made by kg build and its content would be lost at the next build; serve an empty folder with "
            f"--updates and put the graph into it: kg push {folder} --endpoint ADDRESS"
        )
    if folder.is_dir() and any(folder.iterdir()):
        raise GraphError(f"{folder} is not empty and no store of kg serve; with --updates give an empty folder")
