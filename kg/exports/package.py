"""A graph → a folder to be cited and deposited: tables, N-Quads, a README and a Frictionless data package descriptor.

The descriptor follows Data Package v1 (https://specs.frictionlessdata.io/data-package/).
It holds no time of its own: the same graph gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from kg.errors import ExportError
from kg.exports.sheets import Column, Sheet, sheets
from kg.exports.tables import write_csv
from kg.graph.nquads import copy_nquads
from kg.graph.published import GRAPH_FILE
from kg.graph.store import PolicyGraph

DESCRIPTOR = "datapackage.json"
README = "README.md"
TABLES = "tables"
_NAME = re.compile(r"[a-z0-9._-]+")
_WITH_ADDRESS = re.compile(r"(.+?)\s*=\s*(https?://\S+)")
_FILES = "SELECT (COUNT(DISTINCT ?file) AS ?files) WHERE { ?source a pol:SourceDocument ; pol:file ?file }"


@dataclass(frozen=True, slots=True)
class Citation:
    """What only the user can say of a data package; what is empty is left out, or told by the graph."""

    name: str = "policy-graph"
    title: str = ""
    version: str = ""  # by default one made of the graph's hash
    created: str = ""  # a day, 2026-05-01
    licence: str = ""  # CC-BY-4.0, or the address of a text
    contributors: tuple[str, ...] = ()  # a name, or NAME=https://…
    sources: tuple[str, ...] = ()  # a title, or TITLE=https://…


NOTHING_SAID = Citation()


def checked(citation: Citation) -> Citation:
    """The same, if a descriptor can hold it; ExportError says what to write instead."""
    if not _NAME.fullmatch(citation.name):
        raise ExportError(
            f"--name {citation.name}: use small letters, digits and . _ - only, such as policy-graph-2026"
        )
    if citation.created:
        try:
            date.fromisoformat(citation.created)
        except ValueError:
            raise ExportError(f"--created {citation.created}: write a day, such as 2026-05-01") from None
    return citation


def write_package(graph: PolicyGraph, file: Path, folder: Path, citation: Citation) -> None:
    """Fills an empty folder; `file` is the N-Quads file of the graph."""
    copy_nquads(file, folder / GRAPH_FILE)
    (folder / TABLES).mkdir()
    write_csv(graph, folder / TABLES)
    told = _descriptor(graph, folder, checked(citation))
    _write(folder / README, "".join(f"{line}\n" for line in _readme(told)))
    told["resources"].append(_file(folder, README, "readme", "What this package holds.", "md", "text/markdown"))
    _write(folder / DESCRIPTOR, json.dumps(told, ensure_ascii=False, indent=2) + "\n")


def _descriptor(graph: PolicyGraph, folder: Path, said: Citation) -> dict[str, Any]:
    data = _file(
        folder, GRAPH_FILE, "graph", "The whole graph, one named graph for each file.", "nq", "application/n-quads"
    )
    files = next(iter(graph.query(_FILES)))[0]
    told = {
        "profile": "data-package",
        "name": said.name,
        "title": said.title or f"Policy graph of {files} documents",
        "description": "Who adopted which programme, when, and by which sentence; read by rules from policy documents.",
        "version": said.version or f"0.0.0+graph.{data['hash'].removeprefix('sha256:')[:12]}",
        "created": f"{said.created}T00:00:00Z" if said.created else "",
        "licenses": _licences(said.licence),
        "contributors": [{**_titled(one), "role": "author"} for one in said.contributors],
        "sources": [_titled(one) for one in said.sources],
        "keywords": ["policy diffusion", "knowledge graph", "China"],
        "generator": f"policy-kg {_version()}",
        "base": graph.base,
        "resources": [data, *(_resource(folder, sheet) for sheet in sheets())],
    }
    return {name: value for name, value in told.items() if value}


def _licences(said: str) -> list[dict[str, str]]:
    if not said:
        return []
    return [{"path": said}] if said.startswith(("http://", "https://")) else [{"name": said}]


def _titled(said: str) -> dict[str, str]:
    """`教育局网站=https://example.org/` → title and path."""
    with_address = _WITH_ADDRESS.fullmatch(said)
    return {"title": with_address[1], "path": with_address[2]} if with_address else {"title": said}


def _version() -> str:
    try:
        return version("policy-kg")
    except PackageNotFoundError:  # a checkout that was never installed
        return "unknown"


def _resource(folder: Path, sheet: Sheet) -> dict[str, Any]:
    about = _file(folder, f"{TABLES}/{sheet.name}.csv", sheet.name, sheet.en, "csv", "text/csv")
    schema = {
        "fields": [_field(column) for column in sheet.columns],
        "primaryKey": sheet.columns[0].name,
        "missingValues": [""],
    }
    return {"profile": "tabular-data-resource", **about, "title": sheet.zh, "schema": schema}


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.type, "title": column.zh, "description": column.en}
    return {**field, "trueValues": ["true"], "falseValues": ["false"]} if column.type == "boolean" else field


def _file(folder: Path, path: str, name: str, holds: str, form: str, media: str) -> dict[str, Any]:
    with (folder / path).open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return {
        "name": name,
        "path": path,
        "description": holds,
        "format": form,
        "mediatype": media,
        "encoding": "utf-8",
        "bytes": (folder / path).stat().st_size,
        "hash": f"sha256:{digest}",
    }


def _readme(told: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"# {told['title']}", "", told["description"], "")
    yield f"- Version {told['version']}, written by {told['generator']}"
    for licence in told.get("licenses", [{"name": "none was named; ask before you reuse it"}]):
        yield f"- Licence: {licence.get('name') or licence['path']}"
    yield from (f"- By {one['title']}" for one in told.get("contributors", ()))
    yield from (f"- From {' '.join(one[k] for k in ('title', 'path') if k in one)}" for one in told.get("sources", ()))
    yield from ("", f"`{DESCRIPTOR}` describes every column and holds the SHA-256 of every file.", "")
    yield from ("| file | what it holds |", "|---|---|")
    yield from (f"| `{one['path']}` | {one['description']} |" for one in told["resources"])
    yield from ("", *_NOTES)


_NOTES = (
    "- Each row of a table of claims is one statement of one sentence (`sentence`, `file`, `start`, `end`). "
    "Before you rely on a row, read its sentence.",
    "- `year` with `dateKind` Document is an upper bound: only the year of the document is known. An empty cell means not known.",
    "- `confidence` is the estimated chance that a careful reader finds the same statement in the document.",
    "- Tables are UTF-8 with a byte order mark. A cell that a spreadsheet would compute begins with an apostrophe "
    "that is not in the text; `graph.nq` has the text as it is.",
    "- Columns that end in `Id` refer to the column `id` of the table of the thing's kind: `place/210200` is in places.",
)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
