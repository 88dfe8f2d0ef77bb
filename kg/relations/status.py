"""An act in its part → how far the doing has come: verb, adverb, aspect and genre decide together."""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol

from kg.entities.acts import Act, Stage, stage_of
from kg.model import Genre, Part, Status
from kg.patterns import regex

FORWARD = frozenset(
    {
        Genre.PLAN,
        Genre.KEY_POINTS,
        Genre.OPINION,
        Genre.ACTION_PLAN,
        Genre.SCHEME,
        Genre.NOTICE,
        Genre.REGULATION,
    }
)
BACKWARD = frozenset({Genre.SUMMARY})  # a report that could not be cut into years looks both ways
_TOLD = regex("(?<![为除])了(?![解然不])|已")
TELLING = 500  # characters of a text that tells what was done, for every 了 and 已; plans hardly say either
_UNDER_WAY = regex(r"继续|持续|进一步|不断|深化|巩固|深入|常态化|纵深")
_STILL_TO_DO = regex(r"^(?:拟|将|要|争取|力争|准备|计划|研究|探索)")
_GOING_TO = regex(r"拟|将|要")
_LITTLE_BY_LITTLE = regex(r"稳步|逐步|稳妥|有序")
_DONE_WORDS = regex(r"已|先后|圆满|如期|顺利")


@lru_cache(maxsize=64)
def looks_back(part: Part) -> bool:
    """Whether the part tells what was done: a summary, or a text of another sort that says 了 and 已 again and again."""
    if part.genre in BACKWARD:
        return True
    if part.genre in FORWARD:
        return False
    told = len(_TOLD.findall(part.text))
    return told > 1 and told * TELLING >= len(part.text)


@lru_cache(maxsize=64)
def looks_ahead(part: Part) -> bool:
    """Whether the part tells what shall be done: a plan, a notice, or news of one."""
    return part.genre in FORWARD or (part.genre is Genre.NEWS and not looks_back(part))


class Viewed(Protocol):
    """A sentence that looks back or ahead, as its section or its part does."""

    @property
    def looks_back(self) -> bool: ...
    @property
    def looks_ahead(self) -> bool: ...


@lru_cache(maxsize=2048)
def _status_said(verbs: str, adverbs: str, aspect: str) -> Status | None:
    """What the words of an act say whoever reads them; None where it is for the genre to say."""
    stage = stage_of(verbs)
    if stage is Stage.END:
        return Status.ENDED
    if _GOING_TO.match(adverbs):
        return Status.PLANNED
    if aspect == "了" or _DONE_WORDS.search(adverbs):
        pushed = stage is Stage.PUSH and any(verb in verbs for verb in ("推进", "推动", "深化"))
        return Status.STARTED if stage is Stage.START else Status.ONGOING if pushed else Status.COMPLETED
    return Status.ONGOING if _UNDER_WAY.search(adverbs + verbs) else None


def status_of(act: Act, seen: Viewed) -> Status | None:
    """planned | started | ongoing | completed | ended; None where a text of no known genre leaves it open."""
    said = _status_said(act.verbs, act.adverbs, act.aspect)
    if said is not None:
        return said
    stage = act.stage
    if seen.looks_ahead:
        return Status.ONGOING if stage is Stage.PUSH and not _STILL_TO_DO.match(act.adverbs) else Status.PLANNED
    if seen.looks_back:
        if stage is Stage.DO and _LITTLE_BY_LITTLE.search(act.adverbs):
            return Status.ONGOING
        return {Stage.START: Status.STARTED, Stage.PUSH: Status.ONGOING}.get(stage, Status.COMPLETED)
    return Status.ONGOING if stage is Stage.PUSH and not _STILL_TO_DO.match(act.adverbs) else None
