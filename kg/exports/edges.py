"""A graph → what is drawn of it: things as nodes, the shortcuts of its claims as edges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.exports.things import things_by_id
from kg.graph.claim_lines import SHORTCUTS
from kg.graph.claims import StoredClaim, claims_of_relation
from kg.graph.store import PolicyGraph
from kg.model import Relation

GOAL = "Goal"


@dataclass(frozen=True, slots=True)
class Node:
    """A thing, or a goal, with what a drawing program can tell apart by."""

    id: str  # place/210200, claim/0d38…
    iri: str
    kind: str  # a class of the ontology
    name: str
    english: str = ""
    aliases: tuple[str, ...] = ()
    level: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Arrow:
    """One claim, drawn from one thing to another."""

    start: str
    relation: str  # a shortcut of the ontology: adopts
    end: str
    claim: StoredClaim


@dataclass(frozen=True, slots=True)
class Bundle:
    """All claims that draw the same arrow, by year; those without a year first."""

    start: str
    relation: str
    end: str
    claims: tuple[StoredClaim, ...]

    @property
    def confidence(self) -> float:
        """That of the surest claim."""
        return max(float(claim.confidence or 0) for claim in self.claims)

    @property
    def first(self) -> StoredClaim:
        """The claim of the earliest year, if any has a year."""
        return next((claim for claim in self.claims if "year" in claim.told), self.claims[0])

    @property
    def last(self) -> StoredClaim:
        return self.claims[-1]


def arrows(graph: PolicyGraph) -> Iterator[Arrow]:
    """The arrows of all claims, relation by relation, in order of the files; a goal is itself what it points to."""
    for relation, shortcuts in SHORTCUTS.items():
        for claim in claims_of_relation(graph, relation) if shortcuts else ():
            for start, name, end in shortcuts:
                target = claim.things.get(end) if end else f"claim/{claim.number}"
                if start in claim.things and target:
                    yield Arrow(claim.things[start], name, target, claim)


def bundles(drawn: Iterable[Arrow]) -> tuple[Bundle, ...]:
    """The arrows with the claims of each, in order of their ends."""
    found: dict[tuple[str, str, str], list[StoredClaim]] = defaultdict(list)
    for arrow in drawn:
        found[arrow.start, arrow.relation, arrow.end].append(arrow.claim)
    return tuple(Bundle(*ends, tuple(sorted(claims, key=_when))) for ends, claims in sorted(found.items()))


def nodes(graph: PolicyGraph, ids: Iterable[str] | None = None) -> Iterator[Node]:
    """The things of these ids, or all, in order; goals among the ids follow."""
    known = things_by_id(graph)
    wanted = set(known if ids is None else ids)
    for id_ in sorted(wanted & known.keys()):
        kind, thing = known[id_]
        yield Node(id_, thing.iri, kind, thing.name, thing.english, thing.aliases, thing.level, thing.code)
    for claim in claims_of_relation(graph, Relation.GOAL):
        if (id_ := f"claim/{claim.number}") in wanted or ids is None:
            words = (claim.told.get(name, "") for name in ("indicator", "operator", "value", "unit"))
            yield Node(id_, claim.iri, GOAL, "".join(words))


def _when(claim: StoredClaim) -> tuple[int, str]:
    return int(claim.told.get("year", 0)), claim.iri
