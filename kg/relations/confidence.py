"""Counts of right and wrong on gold → how likely a claim is right, by its relation and rule.

A rule seen twice and right twice is not certain. Each rule is therefore drawn towards its relation, the relation towards
all claims, and `place-does-program/quoted-program` towards `place-does-program`, the more the fewer cases there are:
the mean of a beta-binomial model whose prior sits at the level above (empirical Bayes: Casella, "An introduction to
empirical Bayes data analysis", The American Statistician 39, 1985; Gelman et al., Bayesian Data Analysis, 3rd ed. 2013,
ch. 5). How strong the draw is, in cases, is what makes the counts likeliest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from math import lgamma
from typing import NamedTuple

from kg.model import Claim, Relation
from kg.relations.rule_counts import FIT, RuleCount, shipped_counts

STRENGTHS = (0.5, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128)  # cases
LEAST, MOST = Decimal("0.01"), Decimal("0.99")  # what nobody has looked at is never certain
_TINY = 1e-9
_CENT = Decimal("0.01")
Path = tuple[str, ...]  # () all claims, (relation,), (relation, rule), (relation, rule, finder)


class Cases(NamedTuple):
    """How often something was right and wrong."""

    right: int
    wrong: int


class Confidence:
    """Prepared from counts; gives the confidence of a claim as a decimal of two places."""

    def __init__(self, counts: Iterable[RuleCount]) -> None:
        cases = _cases(count for count in counts if count.use == FIT)
        self.strength = max(STRENGTHS, key=lambda strength: _likelihood(cases, strength))
        self._share = _shares(cases, self.strength)

        self._decimals: dict[tuple[Relation, str], Decimal] = {}

    def __call__(self, claim: Claim) -> Decimal:
        rule = claim.relation, claim.found_by
        if rule not in self._decimals:
            chance = Decimal(self.probability(*rule)).quantize(_CENT)
            self._decimals[rule] = min(max(chance, LEAST), MOST)
        return self._decimals[rule]

    def probability(self, relation: Relation, rule: str) -> float:
        """That a claim of this rule is right; for a rule without cases that of the nearest level above it with some."""
        return next(self._share[path] for path in reversed(_path(relation, rule)) if path in self._share)


def with_confidence(claim: Claim) -> Claim:
    """The claim with the confidence that the shipped counts give it."""
    return Claim(
        claim.relation,
        claim.sentence,
        claim.found_by,
        claim.roles,
        claim.values,
        claim.year,
        claim.year_to,
        claim.date_kind,
        claim.status,
        _shipped()(claim),
    )


@cache
def _shipped() -> Confidence:
    return Confidence(shipped_counts())


def shrunk(cases: Cases, towards: float, strength: float) -> float:
    """The share of the right, drawn to another share as if `strength` cases of it had been seen too.

    `shrunk(Cases(2, 0), 0.8, 8)` is 0.84.
    """
    return (cases.right + strength * towards) / (cases.right + cases.wrong + strength)


def _path(relation: Relation, rule: str) -> tuple[Path, ...]:
    """From all claims down to the rule with its finder."""
    names = (str(relation), *rule.split("/"))
    return tuple(names[:n] for n in range(len(names) + 1))


def _cases(counts: Iterable[RuleCount]) -> dict[Path, Cases]:
    """The cases of each level, the upper ones first."""
    right: dict[Path, int] = defaultdict(int)
    wrong: dict[Path, int] = defaultdict(int)
    for count in counts:
        for path in _path(count.relation, count.rule):
            right[path] += count.right
            wrong[path] += count.wrong
    return {path: Cases(right[path], wrong[path]) for path in sorted({(), *right}, key=lambda path: (len(path), path))}


def _shares(cases: Mapping[Path, Cases], strength: float) -> dict[Path, float]:
    shares: dict[Path, float] = {(): shrunk(cases[()], 0.5, 1)}  # Jeffreys' prior
    for path, seen in cases.items():
        if path:
            shares[path] = shrunk(seen, shares[path[:-1]], strength)
    return shares


def _likelihood(cases: Mapping[Path, Cases], strength: float) -> float:
    """The log marginal likelihood of the counts below the top, each with its prior at the share of the level above."""
    shares = _shares(cases, strength)
    return sum(_beta_binomial(seen, strength, shares[path[:-1]]) for path, seen in cases.items() if path)


def _beta_binomial(cases: Cases, strength: float, mean: float) -> float:
    mean = min(max(mean, _TINY), 1 - _TINY)  # millions of cases round to 1
    good, bad = strength * mean, strength * (1 - mean)
    return _log_beta(cases.right + good, cases.wrong + bad) - _log_beta(good, bad)


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)
