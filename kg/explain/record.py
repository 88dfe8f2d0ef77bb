"""A rule and the confidence of its claim → how often the rule was right on annotated texts, where that is what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from kg.model import Relation
from kg.relations.confidence import Confidence
from kg.relations.rule_counts import FIT, RuleCount, shipped_counts
from kg.relations.rule_words import MODEL
from kg.views.explained import Record

_AGREES = 0.006  # half a cent, and what rounding may add


def records_of(relation: Relation, rule: str, confidence: str) -> tuple[Record, ...]:
    """The counts of the rule with its finder, of the rule, and of its relation: those of a confidence that follows from them.

    Nothing where it does not: a person confirmed the claim, a language model made it, or the graph was built with other counts.
    """
    if rule.startswith(MODEL):
        return ()
    expected = _confidence().probability(relation, rule)
    if not confidence or abs(min(max(expected, 0.01), 0.99) - float(confidence)) > _AGREES:
        return ()
    return tuple(_records(shipped_counts(), relation, rule))


def _records(counts: Iterable[RuleCount], relation: Relation, rule: str) -> Iterator[Record]:
    of_relation = [count for count in counts if count.use == FIT and count.relation is relation]
    levels = {rule: [c for c in of_relation if c.rule == rule]}
    levels[rule.partition("/")[0]] = [c for c in of_relation if c.rule.partition("/")[0] == rule.partition("/")[0]]
    levels[str(relation)] = of_relation
    for name, level in levels.items():
        right = sum(count.right for count in level)
        yield Record(name, right + sum(count.wrong for count in level), right)


@cache
def _confidence() -> Confidence:
    return Confidence(shipped_counts())
