"""Mentions → claims: one relater per claim class, each a table of rules; `claims_of` runs them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.model import Claim, Entity, Kind, Mention, Sentence, Span
from kg.relations.adoption import adoptions
from kg.relations.diffusion import diffusions
from kg.relations.goals import goals
from kg.relations.implementation import implementations
from kg.relations.issuance import issuances
from kg.relations.membership import memberships
from kg.relations.recognition import recognitions
from kg.relations.scene import Relater, Scene
from kg.relations.succession import successions
from kg.relations.targeting import group_mentions, targetings

__all__ = ["RELATERS", "Relater", "claims_of", "group_mentions", "topic_after"]

RELATERS: tuple[Relater, ...] = (
    adoptions,
    issuances,
    implementations,
    targetings,
    goals,
    successions,
    memberships,
    recognitions,
    diffusions,
)


def claims_of(
    sentence: Sentence,
    mentions: Iterable[Mention],
    topic: Entity | None = None,
    relaters: tuple[Relater, ...] = RELATERS,
) -> Iterator[Claim]:
    """The claims of one sentence; the same claim found by two rules is given once, by the first rule.

    `topic` is the programme that the paragraph speaks of when the sentence itself names none.
    """
    base = sentence.span.start
    relative = tuple(replace(m, span=Span(m.span.start - base, m.span.end - base)) for m in mentions)
    scene = Scene(sentence, relative, topic)
    seen = set()
    for relater in relaters:
        for claim in relater(scene):
            key = (claim.relation, claim.roles, claim.values, claim.year, claim.status)
            if key not in seen:
                seen.add(key)
                yield claim


def topic_after(mentions: Iterable[Mention], before: Entity | None) -> Entity | None:
    """The programme that the next sentence may leave unnamed: the only one of this sentence, or the one before."""
    programs = {m.entity for m in mentions if m.kind is Kind.PROGRAM and m.entity is not None}
    if not programs:
        return before
    return programs.pop() if len(programs) == 1 else None
