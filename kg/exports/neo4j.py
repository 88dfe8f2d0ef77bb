"""A graph → nodes.csv and relationships.csv, as neo4j-admin database import reads them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from pathlib import Path

from kg.exports.edges import Arrow, Node, arrows, nodes
from kg.graph.store import PolicyGraph

NODES = ("id:ID", "name", "nameEn", "aliases:string[]", "level", "code", "iri", ":LABEL")
RELATIONSHIPS = (
    ":START_ID", "claim", "year:int", "yearTo:int", "dateKind", "status", "confidence:double", "rule", "sentence",
    "file", "start:int", "end:int", ":END_ID", ":TYPE",
)  # fmt: skip
_ACTS = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029]+")  # ends a line for some readers, or is no text
_NEXT_WORD = re.compile("(?<=[a-z])(?=[A-Z])")


def write_neo4j(graph: PolicyGraph, folder: Path) -> None:
    """All things and goals as nodes, one relationship for each arrow of each claim; nothing is neutralised."""
    known = list(nodes(graph))
    _write(folder / "nodes.csv", NODES, map(_node, known))
    ids = {node.id for node in known}
    drawn = (arrow for arrow in arrows(graph) if {arrow.start, arrow.end} <= ids)
    _write(folder / "relationships.csv", RELATIONSHIPS, map(_relationship, drawn))


def _node(node: Node) -> tuple[str, ...]:
    aliases = ";".join(alias.replace(";", "；") for alias in node.aliases)
    return node.id, node.name, node.english, aliases, node.level, node.code, node.iri, node.kind


def _relationship(arrow: Arrow) -> tuple[str, ...]:
    claim, told = arrow.claim, arrow.claim.told
    when = (told.get(name, "") for name in ("year", "yearTo", "dateKind", "status"))
    where = (claim.sentence, claim.file, str(claim.evidence.start), str(claim.evidence.end))
    type_ = _NEXT_WORD.sub("_", arrow.relation).upper()
    return (arrow.start, claim.number, *when, claim.confidence, claim.rule, *where, arrow.end, type_)


def _write(path: Path, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_ACTS.sub(" ", cell) for cell in row] for row in rows)
