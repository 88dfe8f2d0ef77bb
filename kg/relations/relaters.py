"""What a sentence names and where it stands → the relaters that may find a claim in it, each with what it needs."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from functools import cache
from typing import NamedTuple

from kg.model import Genre, Kind, Mention
from kg.patterns import regex
from kg.relations.adoption import adoptions
from kg.relations.counts import A_NUMBER
from kg.relations.diffusion import TRAVELS, diffusions
from kg.relations.goals import goals
from kg.relations.implementation import implementations
from kg.relations.issuance import LASTING, issuances
from kg.relations.membership import memberships
from kg.relations.recognition import recognitions
from kg.relations.scene import Relater
from kg.relations.succession import successions
from kg.relations.targeting import targetings


class Need(NamedTuple):
    """What a relater needs to say anything of a sentence: all that is given here. Where it has several needs, one of them."""

    relater: Relater
    kinds: tuple[Kind, ...] = ()  # a name of one of these kinds is linked
    topic: bool = False  # the paragraph speaks of a programme
    words: re.Pattern[str] | None = None  # one of these stands in the text
    genres: Set[Genre] = frozenset(Genre)  # the part is of one of these


_PLACED = (Kind.PLACE, Kind.ORGANIZATION)
_NO_RULES = frozenset(Genre) - {Genre.REGULATION}  # whose fines and distances are no targets
# In the order in which they speak: of a claim that two find the first one's is kept.
NEEDS: tuple[Need, ...] = (
    Need(adoptions, (Kind.PROGRAM,)),
    Need(adoptions, (Kind.PLACE,), topic=True),
    Need(issuances, (Kind.POLICY_DOCUMENT,)),
    Need(issuances, words=regex("制定本|制订本|编制本|提出如下|提出以下"), genres=LASTING),
    Need(implementations, (Kind.PROGRAM, Kind.POLICY_DOCUMENT)),
    Need(targetings, (Kind.PROGRAM,)),
    Need(targetings, topic=True, words=regex("面向|针对|惠及|覆盖|资助|服务于|重点|扩展到|对|向")),
    Need(goals, words=A_NUMBER, genres=_NO_RULES),
    Need(goals, words=regex("全覆盖"), genres=_NO_RULES),
    Need(successions, (Kind.PROGRAM, Kind.POLICY_DOCUMENT)),
    Need(memberships, (Kind.PROGRAM,)),
    Need(memberships, (Kind.POLICY_DOCUMENT,), words=regex("，(?:明确|提出|确定)")),
    Need(memberships, topic=True, words=regex("该|这一|即")),
    Need(recognitions, _PLACED),
    Need(recognitions, words=regex("被|获|入选|跻身|成功创建|创建成|创成|跨入|步入|成为|通过|作为")),
    Need(diffusions, _PLACED, words=TRAVELS),
    Need(diffusions, (Kind.PROGRAM,), words=regex("推[广开介]")),
)


def awake(text: str, mentions: Sequence[Mention], genre: Genre, *, topic: bool) -> list[Relater]:
    """The relaters that may find a claim in a sentence that names this; `topic` is whether its paragraph speaks of a programme."""
    kinds = frozenset([m.kind for m in mentions if m.entity is not None]) if mentions else _NONE
    found: list[Relater] = []
    for relater, words in _asked(kinds, topic, genre):
        if (not found or found[-1] is not relater) and (words is None or words.search(text)):
            found.append(relater)
    return found


_NONE: frozenset[Kind] = frozenset()


@cache
def _asked(kinds: frozenset[Kind], topic: bool, genre: Genre) -> tuple[tuple[Relater, re.Pattern[str] | None], ...]:
    """The relaters that speak whatever the words of a text, and those that need words, each with these."""
    met = [
        need
        for need in NEEDS
        if (topic or not need.topic) and genre in need.genres and (not need.kinds or not kinds.isdisjoint(need.kinds))
    ]
    always = {need.relater for need in met if need.words is None}
    return tuple((need.relater, need.words) for need in met if need.words is None or need.relater not in always)
