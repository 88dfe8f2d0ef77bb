"""Gold lines and what was found → the lines found and missed, and what no line explains."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from kg.gold import GoldFact, GoldThing
from kg.rule_quality import share

G = TypeVar("G", GoldThing, GoldFact)
P = TypeVar("P")


@dataclass(slots=True)
class Score(Generic[G, P]):
    """Core lines found and missed, and what was found that no line explains. `optional` counts lines that are not core."""

    pairs: list[tuple[G, P]] = field(default_factory=list)
    missed: list[G] = field(default_factory=list)
    wrong: list[P] = field(default_factory=list)
    optional: int = 0

    def add(self, other: Score[G, P]) -> None:
        self.pairs += other.pairs
        self.missed += other.missed
        self.wrong += other.wrong
        self.optional += other.optional

    @property
    def core(self) -> int:
        return len(self.pairs) + len(self.missed)

    @property
    def precision(self) -> float:
        return share(len(self.pairs), len(self.wrong))

    @property
    def recall(self) -> float:
        return share(len(self.pairs), len(self.missed))

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def matched(
    gold: Sequence[G], found: Sequence[P], same: Callable[[G, P], bool], prefer: Callable[[G, P], int]
) -> Score[G, P]:
    """Each core line with at most one of what was found, the best first; what repeats a line is not wrong."""
    score: Score[G, P] = Score()
    hits = [[n for n, one in enumerate(found) if same(line, one)] for line in gold]
    core = [n for n, line in enumerate(gold) if line.core]
    partner: dict[int, int] = {}
    for _, line, one in sorted((-prefer(gold[n], found[m]), n, m) for n in core for m in hits[n]):
        if line not in partner and one not in partner.values():
            partner[line] = one
    score.pairs = [(gold[n], found[partner[n]]) for n in core if n in partner]
    score.missed = [gold[n] for n in core if n not in partner]
    score.optional = sum(bool(hits[n]) for n, line in enumerate(gold) if not line.core)
    explained = {m for of_line in hits for m in of_line}
    score.wrong = [one for m, one in enumerate(found) if m not in explained]
    return score


def total(scores: Iterable[Score[G, P]]) -> Score[G, P]:
    """All scores as one."""
    whole: Score[G, P] = Score()
    for score in scores:
        whole.add(score)
    return whole
