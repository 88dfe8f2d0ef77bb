"""Claims judged by gold → counts by document and rule; counts → how far a confidence can be believed.

Brier score: the mean squared distance of confidence and outcome (Brier 1950). Expected calibration error: the mean
distance, over bins, of the mean confidence and the share of right claims (Naeini, Cooper & Hauskrecht 2015).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from kg.evaluation.comparison import QUESTIONS, Question
from kg.evaluation.evaluation import Evaluation
from kg.evaluation.intervals import Estimate, Tally, estimates, summed
from kg.model import Claim, Relation
from kg.relations.confidence import Confidence
from kg.relations.rule_counts import FIT, TEST, RuleCount
from kg.rule_quality import Verdict, verdict

_JUDGED = (Verdict.RIGHT, Verdict.WRONG)
EDGES = (0.0, 0.5, 0.8, 0.85, 0.9, 0.925, 0.95, 0.975, 1.0)


class Predicted(NamedTuple):
    """Claims of one document and one confidence, and how many were right and wrong."""

    document: tuple[str, str]  # set and file
    confidence: float
    right: int
    wrong: int

    @property
    def claims(self) -> int:
        return self.right + self.wrong


class Bin(NamedTuple):
    """The claims whose confidence lies from `low` to below `high`."""

    low: float
    high: float
    claims: int
    confidence: float  # the mean
    right: float  # the share


class Reliability(NamedTuple):
    """How well confidence foretold what gold says."""

    bins: tuple[Bin, ...]
    claims: int
    confidence: float  # the mean
    right: Estimate  # the share, with its interval by documents
    brier: float
    calibration_error: float


def counts_of(evaluation: Evaluation, name: str, use: str) -> tuple[RuleCount, ...]:
    """How often each rule was right and wrong, by document; claims that match arguable lines only are neither."""
    seen: Counter[tuple[str, Relation, str, Verdict]] = Counter()
    for question in QUESTIONS:
        for found in evaluation.claims(question):
            said = verdict(evaluation.lines(as_far_as_said(question, found.claim), found))
            seen[found.file, question.relation, found.claim.found_by, said] += 1
    judged = {key[:3] for key in seen if key[3] is not Verdict.NEUTRAL}
    return tuple(
        RuleCount(name, file, use, relation, rule, *(seen[file, relation, rule, said] for said in _JUDGED))
        for file, relation, rule in sorted(judged)
    )


def as_far_as_said(question: Question, claim: Claim) -> Question:
    """The question without the places that the claim leaves open: what it does not say cannot be wrong."""
    return question._replace(places=tuple(p for p in question.places if claim.role(p[1]) is not None))


def updated(counts: Iterable[RuleCount], fresh: Iterable[RuleCount]) -> tuple[RuleCount, ...]:
    """The counts with those of each fresh set in place of what they had of a set of that name."""
    fresh = tuple(fresh)
    names = {count.set for count in fresh}
    return (*(count for count in counts if count.set not in names), *fresh)


def held_out(counts: Iterable[RuleCount]) -> Iterator[Predicted]:
    """Each document's claims with the confidence that the other documents alone would give them."""
    fitted = [count for count in counts if count.use == FIT]
    for document in dict.fromkeys(count[:2] for count in fitted):
        others = Confidence(count for count in fitted if count[:2] != document)
        yield from _predicted((count for count in fitted if count[:2] == document), others)


def outside(counts: Sequence[RuleCount]) -> Iterator[Predicted]:
    """The claims of the sets that are for testing only, with the confidence that the other sets give them."""
    return _predicted((count for count in counts if count.use == TEST), Confidence(counts))


def _predicted(counts: Iterable[RuleCount], confidence: Confidence) -> Iterator[Predicted]:
    for count in counts:
        chance = confidence.probability(count.relation, count.rule)
        yield Predicted((count.set, count.document), chance, count.right, count.wrong)


def reliability(predicted: Iterable[Predicted]) -> Reliability | None:
    """Bins and scores; None without claims."""
    predicted = tuple(predicted)
    claims = sum(one.claims for one in predicted)
    if not claims:
        return None
    bins = tuple(one for low, high in pairwise(EDGES) if (one := _bin(low, high, predicted)) is not None)
    return Reliability(
        bins,
        claims,
        sum(one.confidence * one.claims for one in predicted) / claims,
        _share_right(predicted),
        sum(one.right * (1 - one.confidence) ** 2 + one.wrong * one.confidence**2 for one in predicted) / claims,
        sum(one.claims * abs(one.confidence - one.right) for one in bins) / claims,
    )


def _share_right(predicted: Iterable[Predicted]) -> Estimate:
    documents: dict[tuple[str, str], Tally] = {}
    for one in predicted:
        documents[one.document] = summed((documents.get(one.document, Tally(0, 0, 0)), Tally(one.right, 0, one.wrong)))
    return estimates(tuple(documents.values())).precision


def _bin(low: float, high: float, predicted: Sequence[Predicted]) -> Bin | None:
    inside = [one for one in predicted if low <= one.confidence < high or one.confidence == high == EDGES[-1]]
    claims = sum(one.claims for one in inside)
    if not claims:
        return None
    mean = sum(one.confidence * one.claims for one in inside) / claims
    return Bin(low, high, claims, mean, sum(one.right for one in inside) / claims)
