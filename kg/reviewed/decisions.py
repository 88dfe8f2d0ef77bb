"""What a reviewer can decide: merges, refused merges and verdicts on claims, and which claims a verdict means."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from kg.model import Kind, Relation
from kg.patterns import regex
from kg.reviewed.table import COLUMNS, REVIEWED_FILE, Pairs, cell_of


class Says(StrEnum):
    """What a row decides."""

    SAME = "same"
    APART = "apart"
    WRONG = "wrong"
    RIGHT = "right"
    CORRECTED = "corrected"


MERGED_KINDS = (Kind.PROGRAM, Kind.POLICY_DOCUMENT, Kind.ORGANIZATION)
_MARKS = str.maketrans("", "", "“”‘’《》〈〉")
_SPACE = regex(r"\s+")
_LONE_SURROGATE = regex("[\ud800-\udfff]")


class Thing(NamedTuple):
    """A programme, document or organisation by its name."""

    kind: Kind
    name: str


@dataclass(frozen=True, slots=True)
class Pair:
    """`same`: the first is the second, whose name stays. `apart`: they must never be taken for one."""

    line: int
    says: Says
    first: Thing
    second: Thing
    note: str = ""

    def __str__(self) -> str:
        return f"{self.says}: {self.first.name}, {self.second.name}"


class Said(NamedTuple):
    """A claim as far as a verdict looks at it; a property may be called by any of its texts."""

    file: str
    quotes: frozenset[str]  # the sentence as printed and as cleaned, squeezed
    relation: Relation
    facts: Mapping[str, Collection[str]]


Names = Callable[[str], frozenset[str]]  # all that a name may be called


@dataclass(frozen=True, slots=True)
class Verdict:
    """`wrong`, `right` or `corrected`, on every claim of this sentence that says what `roles` names."""

    line: int
    says: Says
    file: str  # "" for any
    quote: str
    relation: Relation
    roles: Pairs = ()  # an empty value says that the claim has none
    change: Pairs = ()  # an empty value takes it away
    note: str = ""

    def __str__(self) -> str:
        return f"{self.says}: {self.relation} {cell_of(self.roles)} {self.quote[:40]}"

    def fits(self, said: Said, names: Names = lambda name: frozenset([name])) -> bool:
        """Whether the claim is meant."""
        here = self.file in ("", said.file) and self.relation is said.relation and squeezed(self.quote) in said.quotes
        return here and all(_holds(said.facts.get(name, ()), value, names) for name, value in self.roles)

    @property
    def corrected(self) -> Verdict:
        """The same verdict, as it fits the claim that it has corrected."""
        roles = {**dict(self.roles), **dict(self.change)}
        return Verdict(self.line, self.says, self.file, self.quote, self.relation, tuple(roles.items()))

    @property
    def kept(self) -> Verdict:
        """The same verdict without the roles that it changes."""
        changed = dict(self.change)
        roles = tuple((name, value) for name, value in self.roles if name not in changed)
        return Verdict(self.line, self.says, self.file, self.quote, self.relation, roles)

    @property
    def closeness(self) -> tuple[bool, int]:
        """Of two verdicts that fit a claim the closer one counts: for one file, with more of its roles."""
        return bool(self.file), len(self.roles)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """All decisions of a file, in its order."""

    name: str = REVIEWED_FILE
    same: tuple[Pair, ...] = ()
    apart: tuple[Pair, ...] = ()
    verdicts: tuple[Verdict, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.same or self.apart or self.verdicts)

    @property
    def all(self) -> tuple[Pair | Verdict, ...]:
        return tuple(sorted((*self.same, *self.apart, *self.verdicts), key=lambda decision: decision.line))


NOTHING_REVIEWED = Reviewed()


def cells_of(decision: Pair | Verdict) -> dict[str, str]:
    """The cells of the row that says so."""
    cells = dict.fromkeys(COLUMNS, "") | {"decision": str(decision.says), "note": decision.note}
    if isinstance(decision, Pair):
        kind = "" if decision.first.kind is Kind.PROGRAM else str(decision.first.kind)
        return cells | {"kind": kind, "name": decision.first.name, "other": decision.second.name}
    roles, change = cell_of(decision.roles), cell_of(decision.change)
    where = {"file": decision.file, "quote": decision.quote, "relation": str(decision.relation)}
    return cells | where | {"roles": roles, "set": change}


def text_of(decision: Pair | Verdict) -> str:
    """All that a decision says, in one text; where it stands and its note do not count."""
    cells = cells_of(decision) | {"note": ""}
    return cell_of([(name, cells[name]) for name in COLUMNS])


def squeezed(text: str) -> str:
    """A sentence without blanks, in which spreadsheets and editors differ."""
    return _LONE_SURROGATE.sub("\ufffd", _SPACE.sub("", text))


def thing_named(kind: Kind, name: str) -> Thing:
    """A name as things bear it: a programme's has no quotation marks."""
    return Thing(kind, name.translate(_MARKS).strip() if kind is Kind.PROGRAM else name.strip())


def ends_of(same: Iterable[Pair]) -> dict[Thing, Thing]:
    """For each thing that is another the one whose name stays in the end; without those in a circle."""
    step = {pair.first: pair.second for pair in same}
    ends = {}
    for start in step:
        end, passed = step[start], {start}
        while end in step and end not in passed:
            passed.add(end)
            end = step[end]
        if end not in passed:
            ends[start] = end
    return ends


def _holds(texts: Collection[str], wanted: str, names: Names) -> bool:
    return any(name in texts for name in names(wanted)) if wanted else not texts
