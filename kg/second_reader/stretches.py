"""A reading → the stretches of it that a second reader is shown: paragraphs that name or count something, some at a time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from kg.entities.programs import IN_TITLE
from kg.model import Genre, Kind, Mention, Part, Reading, Sentence
from kg.patterns import regex

LONGEST = 1500  # characters of the sentences of a stretch; one longer sentence is a stretch of its own
_COUNTS = regex(r"\d")
_HOLDERS = frozenset({Kind.ORGANIZATION, Kind.POLICY_DOCUMENT, Kind.PROGRAM})  # a place in their names does nothing


class Named(NamedTuple):
    """A sentence and the linked names that a claim may speak of."""

    sentence: Sentence
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Sentences of one part, in order, that are shown together."""

    part: Part
    named: tuple[Named, ...]


def stretches(reading: Reading) -> Iterator[Stretch]:
    """Whole paragraphs as long as they fit; those without a name and a number could carry no claim and are left out.

    So are regulations: they say what shall be.
    """
    for part, of_part in groupby(_named(reading), key=lambda named: named.sentence.part):
        if part.genre is Genre.REGULATION:
            continue
        paragraphs = [tuple(group) for _, group in groupby(of_part, key=lambda named: named.sentence.paragraph)]
        yield from _joined(part, [paragraph for paragraph in paragraphs if _may_claim(paragraph)])


def _joined(part: Part, paragraphs: Sequence[tuple[Named, ...]]) -> Iterator[Stretch]:
    """Paragraphs together up to the limit; a longer one is cut between its sentences."""
    held: list[Named] = []
    for paragraph in paragraphs:
        if held and _length(held) + _length(paragraph) > LONGEST:
            yield Stretch(part, tuple(held))
            held = []
        for named in paragraph:
            if held and _length(held) + _length([named]) > LONGEST:
                yield Stretch(part, tuple(held))
                held = []
            held.append(named)
    if held:
        yield Stretch(part, tuple(held))


def _named(reading: Reading) -> Iterator[Named]:
    """The sentences that are sentences, each with its linked names."""
    starts = [sentence.span.start for sentence in reading.sentences]
    inside: list[list[Mention]] = [[] for _ in starts]
    for mention in reading.mentions:
        at = bisect_right(starts, mention.span.start) - 1
        if at >= 0 and mention.entity is not None and mention.span.end <= reading.sentences[at].span.end:
            inside[at].append(mention)
    for sentence, mentions in zip(reading.sentences, inside, strict=True):
        if not sentence.too_long:
            yield Named(sentence, tuple(mention for mention in mentions if not _is_part_of_name(mention, mentions)))


def _is_part_of_name(mention: Mention, others: Sequence[Mention]) -> bool:
    """A programme inside a document's title, a place inside the name of a school, a document or a programme."""
    return mention.found_by == IN_TITLE or (
        mention.kind is Kind.PLACE
        and any(
            other.kind in _HOLDERS and other.span.start <= mention.span.start and mention.span.end <= other.span.end
            for other in others
        )
    )


def _may_claim(paragraph: Sequence[Named]) -> bool:
    return any(named.mentions or _COUNTS.search(named.sentence.text) for named in paragraph)


def _length(named: Sequence[Named]) -> int:
    return sum(len(one.sentence.text) for one in named)
