"""What the pages show, as plain frozen records: filled from a graph by `from_graph`, or by hand in a test.

Words of the ontology (`Planned`, `Stated`, `County`, …) stand here as they stand in the graph; `words` turns them into
Chinese for the reader.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Kind
from kg.views.link import Link as Link

DIFFUSION = frozenset({Link.PROMOTES, Link.LEARNS_FROM, Link.COOPERATES})
STRUCTURE = frozenset({Link.JURISDICTION, Link.WITHIN})


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One claim as a reader wants to check it: what is said, by which sentence of which file, found by which rule."""

    iri: str
    relation: str  # class name: Adoption, Goal, …
    says: str  # 大连市 采纳 三通两平台
    sentence: str
    file: str
    part: str = ""  # title of the part of the file
    year: int | None = None
    year_to: int | None = None
    date_kind: str = ""  # Stated, Effective, Document
    status: str = ""
    confidence: str = ""
    found_by: str = ""
    details: tuple[tuple[str, str], ...] = ()  # (label, value): 承办机构, 指标, …


@dataclass(frozen=True, slots=True)
class Node:
    """A thing of the graph. `claims` are those that lead to no other node (a goal, an honour)."""

    iri: str
    kind: Kind
    name: str
    aliases: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()  # (label, value): 层级, 文号, …
    claims: tuple[ClaimView, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """Everything that is said of one node towards another under one relation."""

    source: str  # IRI
    target: str  # IRI
    link: Link
    claims: tuple[ClaimView, ...] = ()


@dataclass(frozen=True, slots=True)
class NetworkView:
    """The nodes and edges of a page. `total_nodes` counts those of the graph, when not all of them stand here."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    title: str = "政策采纳网络"
    total_nodes: int | None = None


@dataclass(frozen=True, slots=True)
class Somewhere:
    """A place, or a body that serves one, in the picture of a programme's way. All empty: the text leaves it open."""

    name: str = ""
    level: str = ""  # a Level value; empty where unknown
    parent: str = ""  # name of the place above
    iri: str = ""
    serves: str = ""  # of an agency: name of its place


@dataclass(frozen=True, slots=True)
class Adoption:
    """A place carries a programme out."""

    place: Somewhere
    claim: ClaimView


@dataclass(frozen=True, slots=True)
class Following:
    """A place carries out what a higher level made. `by` may be no more than a name (上级, 省政府)."""

    place: Somewhere
    object: str
    by: Somewhere
    claim: ClaimView


@dataclass(frozen=True, slots=True)
class SaidDiffusion:
    """The text itself says that the practice travelled. The way goes from `source` to `receiver`, whoever speaks."""

    source: Somewhere
    receiver: Somewhere
    kind: str  # Promotes, LearnsFrom, Cooperates
    claim: ClaimView


@dataclass(frozen=True, slots=True)
class Trace:
    """One programme's way through time. `since`, `issuer` … are what the lexicon or the graph knows of its origin."""

    program: str
    iri: str = ""
    aliases: tuple[str, ...] = ()
    since: int | None = None
    level: str = ""
    issuer: str = ""
    document: str = ""
    number: str = ""
    adoptions: tuple[Adoption, ...] = ()
    following: tuple[Following, ...] = ()
    said: tuple[SaidDiffusion, ...] = ()
    files_read: int | None = None  # how many source files the graph holds, for the caveat on coverage
