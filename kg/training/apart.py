"""Examples → groups that share no document and no text, and which of them are held out: never the same text on both sides."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from hashlib import sha256

from kg.training.examples import Example

MIN_CLAUSE = 8  # characters from which a clause says something of its own
MOST_SHARED = 20  # texts up to which a common clause tells of a copy; beyond it is a standing phrase
ALIKE = 0.5  # share of the shorter text's clauses from which two texts are one

Group = tuple[Example, ...]

_CLAUSE = re.compile("[\u3400-\u9fff]+")


def groups_of(examples: Sequence[Example]) -> tuple[Group, ...]:
    """The examples of one document, of one text, or of texts that repeat each other stay together; order of their hashes."""
    leader = list(range(len(examples)))

    def first(n: int) -> int:
        while leader[n] != n:
            n = leader[n]
        return n

    for one, other in (*_same(examples), *_alike(examples)):
        low, high = sorted((first(one), first(other)))
        leader[high] = low
    groups: dict[int, list[Example]] = defaultdict(list)
    for n, found in enumerate(examples):
        groups[first(n)].append(found)
    return tuple(sorted(map(tuple, groups.values()), key=_hash))


def held_out(groups: Sequence[Group], share: float) -> frozenset[int]:
    """The groups that are kept for the evaluation: at most this share of the characters, in the order of the hashes."""
    room = share * sum(map(_length, groups))
    taken: set[int] = set()
    for n, group in enumerate(groups):
        if _length(group) <= room:
            taken.add(n)
            room -= _length(group)
    return frozenset(taken or {min(range(len(groups)), key=lambda n: _length(groups[n]))})


def folds(groups: Sequence[Group], number: int) -> tuple[frozenset[int], ...]:
    """The groups dealt out to so many folds, the longest first, each to the fold that holds least."""
    dealt: list[set[int]] = [set() for _ in range(number)]
    for n in sorted(range(len(groups)), key=lambda n: (-_length(groups[n]), n)):
        min(dealt, key=lambda fold: sum(_length(groups[m]) for m in fold)).add(n)
    return tuple(map(frozenset, dealt))


def _length(group: Group) -> int:
    return sum(len(found.document.clean) for found in group)


def _hash(group: Group) -> bytes:
    return min(sha256(found.annotation.text.encode()).digest() for found in group)


def _same(examples: Sequence[Example]) -> Iterable[tuple[int, int]]:
    """Pairs of one document or one text; figures and marks make no difference."""
    seen: dict[Hashable, int] = {}
    for n, found in enumerate(examples):
        source = found.annotation.source
        plain = "".join(_CLAUSE.findall(found.document.clean)) or found.document.clean
        for key in (plain, *([("source", source)] if source else [])):
            if (before := seen.setdefault(key, n)) != n:
                yield before, n


def _alike(examples: Sequence[Example]) -> Iterable[tuple[int, int]]:
    """Pairs of which the shorter text has most of its clauses from the longer one."""
    clauses = [frozenset(c for c in _CLAUSE.findall(e.document.clean) if len(c) >= MIN_CLAUSE) for e in examples]
    holders: dict[str, list[int]] = defaultdict(list)
    for n, own in enumerate(clauses):
        for clause in own:
            holders[clause].append(n)
    common: dict[tuple[int, int], int] = defaultdict(int)
    for clause in sorted(holders):
        known = holders[clause]
        if len(known) <= MOST_SHARED:
            for i, one in enumerate(known):
                for other in known[i + 1 :]:
                    common[one, other] += 1
    for (one, other), shared in common.items():
        if shared >= ALIKE * min(len(clauses[one]), len(clauses[other])):
            yield one, other
