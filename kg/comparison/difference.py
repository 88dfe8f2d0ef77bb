"""Two graphs → the claims and things that came, went or changed between them.

Claims are the same where file, sentence and everything said agree. Their numbers do not count, for they change with
every character of a file; nor do confidence, rule and offsets, which say nothing about the documents.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from urllib.parse import unquote

from kg.graph.claims import StoredClaim, claims_of_relation
from kg.graph.store import PolicyGraph
from kg.model import Kind, Relation
from kg.reviewed.decisions import squeezed

_THINGS = "SELECT ?thing (MIN(?label) AS ?name) WHERE { ?thing a pol:%s ; skos:prefLabel ?label } GROUP BY ?thing"
_FILES = "SELECT DISTINCT ?file WHERE { ?source a pol:SourceDocument ; pol:file ?file }"
FILE = "SourceDocument"


class Change(StrEnum):
    """What became of something from the old graph to the new one."""

    CAME = "came"
    WENT = "went"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """A claim of one graph, or one that says something else of the same things in the same sentence."""

    change: Change
    old: StoredClaim | None
    new: StoredClaim | None

    @property
    def claim(self) -> StoredClaim:
        """As it stands now, or stood last."""
        found = self.new or self.old
        assert found is not None
        return found

    @property
    def properties(self) -> tuple[tuple[str, str, str], ...]:
        """(property, before, after) of everything that is not the same; nothing but for changes."""
        if self.old is None or self.new is None:
            return ()
        old, new = self.old.told, self.new.told
        names = sorted(old.keys() | new.keys())
        return tuple((n, old.get(n, ""), new.get(n, "")) for n in names if old.get(n) != new.get(n))


@dataclass(frozen=True, slots=True)
class ThingChange:
    """A thing or a file that one graph has alone, or that has another name now."""

    change: Change
    kind: str  # a class of the ontology
    id: str  # place/210200; of a file its path
    old: str  # its name, "" where the old graph has it not
    new: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Claims by file, relation and place in the text; things by kind and id."""

    claims: tuple[ClaimChange, ...]
    things: tuple[ThingChange, ...]

    def __bool__(self) -> bool:
        return bool(self.claims or self.things)


def difference(old: PolicyGraph, new: PolicyGraph) -> Difference:
    """What is different in the new graph; the graphs may have different bases."""
    changes = chain.from_iterable(
        _claim_changes(list(claims_of_relation(old, relation)), list(claims_of_relation(new, relation)))
        for relation in Relation
    )
    return Difference(tuple(sorted(changes, key=_order)), tuple(_thing_changes(_things(old), _things(new))))


def _claim_changes(old: list[StoredClaim], new: list[StoredClaim]) -> list[ClaimChange]:
    _, old, new = _paired(old, new, _everything)
    changed, old, new = _paired(old, new, _subject)
    return [
        *(ClaimChange(Change.CHANGED, before, after) for before, after in changed),
        *(ClaimChange(Change.WENT, claim, None) for claim in old),
        *(ClaimChange(Change.CAME, None, claim) for claim in new),
    ]


def _paired(
    old: Iterable[StoredClaim], new: Iterable[StoredClaim], key: Callable[[StoredClaim], Hashable]
) -> tuple[list[tuple[StoredClaim, StoredClaim]], list[StoredClaim], list[StoredClaim]]:
    """The pairs that agree in the key, in order, each claim used once; what is left of the old; what of the new."""
    waiting: dict[Hashable, deque[StoredClaim]] = defaultdict(deque)
    for claim in old:
        waiting[key(claim)].append(claim)
    pairs, alone = [], []
    for claim in new:
        alike = waiting[key(claim)]
        if alike:
            pairs.append((alike.popleft(), claim))
        else:
            alone.append(claim)
    return pairs, list(chain.from_iterable(waiting.values())), alone


def _everything(claim: StoredClaim) -> Hashable:
    return (*_subject(claim), frozenset(claim.told.items()))


def _subject(claim: StoredClaim) -> tuple[Hashable, ...]:
    """What a claim is about: its sentence and who stands in which role; of a goal also what is measured."""
    indicator = claim.told.get("indicator", "")
    return claim.file, squeezed(claim.sentence), frozenset(claim.things.items()), indicator


def _order(change: ClaimChange) -> tuple[str, str, int, str, str]:
    claim = change.claim
    return claim.file, claim.relation, claim.evidence.start, change.change, claim.summary


def _things(graph: PolicyGraph) -> Mapping[tuple[str, str], str]:
    """(kind, id) → name of everything that has one, and of the files."""
    found = {
        (str(kind), unquote(str(thing).removeprefix(graph.base))): str(name)
        for kind in Kind
        for thing, name in graph.query(_THINGS % kind)
    }
    return found | {(FILE, str(row[0])): str(row[0]) for row in graph.query(_FILES)}


def _thing_changes(old: Mapping[tuple[str, str], str], new: Mapping[tuple[str, str], str]) -> Iterable[ThingChange]:
    for kind, id_ in sorted(old.keys() | new.keys()):
        before, after = old.get((kind, id_), ""), new.get((kind, id_), "")
        if before != after:
            change = (
                Change.CAME if (kind, id_) not in old else Change.WENT if (kind, id_) not in new else Change.CHANGED
            )
            yield ThingChange(change, kind, id_, before, after)
