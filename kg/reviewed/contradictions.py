"""Decisions → what of them cannot be true together, one line each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from kg.model import Relation
from kg.reviewed.decisions import Names, Pair, Reviewed, Thing, Verdict, ends_of, squeezed


def contradictions(reviewed: Reviewed, names: Names = lambda name: frozenset([name])) -> Iterator[str]:
    """What cannot be true together, one line each; `names` knows what else a thing of a role is called."""
    yield from _two_names(reviewed)
    ends = ends_of(reviewed.same)
    for pair in reviewed.same:
        if pair.first not in ends:
            yield f"{reviewed.name}:{pair.line}: {pair.first.name!r} leads back to itself; let one name stay in the end"
    for pair in reviewed.apart:
        if ends.get(pair.first, pair.first) == ends.get(pair.second, pair.second):
            lines = ", ".join(str(line) for line in _between(reviewed.same, pair))
            yield (
                f"{reviewed.name}:{pair.line}: {pair.first.name!r} and {pair.second.name!r} are to stay apart, "
                f"but are the same by line {lines}; delete one of these lines"
            )
    yield from _two_verdicts(reviewed, names)


def _two_names(reviewed: Reviewed) -> Iterator[str]:
    first: dict[Thing, Pair] = {}
    for pair in reviewed.same:
        before = first.setdefault(pair.first, pair)
        if before.second != pair.second:
            yield (
                f"{reviewed.name}:{pair.line}: {pair.first.name!r} is {before.second.name!r} by line {before.line} "
                f"already; if all are one thing, write which of {before.second.name!r} and {pair.second.name!r} stays"
            )


def _between(same: Iterable[Pair], apart: Pair) -> list[int]:
    """The lines on the way from the two names to the one they end in."""
    by_name = {pair.first: pair for pair in same}
    lines = set()
    for thing in (apart.first, apart.second):
        while thing in by_name and by_name[thing].line not in lines:
            lines.add(by_name[thing].line)
            thing = by_name[thing].second
    return sorted(lines)


def _two_verdicts(reviewed: Reviewed, names: Names) -> Iterator[str]:
    """Rows of which both could decide one claim, neither more closely than the other, and not alike."""
    of_sentence: dict[tuple[str, str, Relation], list[Verdict]] = {}
    for verdict in reviewed.verdicts:
        of_sentence.setdefault((verdict.file, squeezed(verdict.quote), verdict.relation), []).append(verdict)
    for verdicts in of_sentence.values():
        for one, other in combinations(verdicts, 2):
            unlike = (one.says, one.change) != (other.says, other.change)
            if unlike and not _nested(one, other) and _compatible(one, other, names):
                yield (
                    f"{reviewed.name}:{other.line}: a claim may be {one.says} by line {one.line} and {other.says} "
                    f"by this one; delete one of them, or name more of the claim's roles"
                )


def _nested(one: Verdict, other: Verdict) -> bool:
    """Whether one names all that the other does, and more: then it is an exception from it."""
    return set(one.roles) < set(other.roles) or set(other.roles) < set(one.roles)


def _compatible(one: Verdict, other: Verdict, names: Names) -> bool:
    theirs = dict(other.roles)
    return all(name not in theirs or names(value) & names(theirs[name]) for name, value in one.roles)
