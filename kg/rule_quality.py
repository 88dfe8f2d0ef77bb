"""What finders proposed and what the gold says of it → one row per rule: hits, precision, conflicts, what it alone finds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from kg.entities.reader import DOCUMENT_FINDERS, PROGRAM_FINDERS
from kg.gold import GoldFact, GoldThing
from kg.model import Kind, Mention, Reading, Sentence, Span


class Verdict(StrEnum):
    """What the gold says of something found."""

    RIGHT = "right"  # it is a core line
    NEUTRAL = "neutral"  # it is a line that is not core
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class RuleRow:
    """How one rule does on one kind of things or one relation."""

    sort: str  # mention or claim
    what: str  # Program, adopts, …
    rule: str
    hits: int  # things of a file, or claims
    right: int
    neutral: int
    wrong: int
    right_strictly: int  # with equal names; for claims the same as right
    wrong_strictly: int
    conflicts: int  # candidates that share characters with another rule's; claims that another rule contradicts
    lost: int  # of these, the candidates that were not kept
    alone: int  # core lines that no other rule finds

    @property
    def precision(self) -> float | None:
        """None where the gold is silent on all that the rule finds."""
        return share(self.right, self.wrong) if self.right + self.wrong else None

    @property
    def strict_precision(self) -> float | None:
        judged = self.right_strictly + self.wrong_strictly
        return share(self.right_strictly, self.wrong_strictly) if judged else None


class Judged(NamedTuple):
    """A hit of a rule, with the gold lines that it matches."""

    rule: str
    lines: tuple[GoldThing | GoldFact, ...]
    strictly: Verdict


@dataclass(slots=True)
class Clashes:
    all: int = 0
    lost: int = 0


def verdict(lines: Sequence[GoldThing | GoldFact]) -> Verdict:
    """What it means to match these lines."""
    if not lines:
        return Verdict.WRONG
    return Verdict.RIGHT if any(line.core for line in lines) else Verdict.NEUTRAL


def rule_rows(sort: str, what: str, judged: Sequence[Judged], clashes: Mapping[str, Clashes]) -> list[RuleRow]:
    of_rule: dict[str, list[Judged]] = defaultdict(list)
    finders: dict[int, set[str]] = defaultdict(set)  # a core line → the rules that find it
    for one in judged:
        of_rule[one.rule].append(one)
        for line in one.lines:
            if line.core:
                finders[id(line)].add(one.rule)
    for rule in clashes.keys() - of_rule.keys():
        of_rule[rule] = []
    return [
        _rule_row(sort, what, rule, of_one, clashes.get(rule, Clashes()), finders) for rule, of_one in of_rule.items()
    ]


def _rule_row(
    sort: str, what: str, rule: str, judged: Sequence[Judged], clashes: Clashes, finders: Mapping[int, set[str]]
) -> RuleRow:
    verdicts = [verdict(one.lines) for one in judged]
    strictly = [one.strictly for one in judged]
    return RuleRow(
        sort=sort,
        what=what,
        rule=rule,
        hits=len(judged),
        right=verdicts.count(Verdict.RIGHT),
        neutral=verdicts.count(Verdict.NEUTRAL),
        wrong=verdicts.count(Verdict.WRONG),
        right_strictly=strictly.count(Verdict.RIGHT),
        wrong_strictly=strictly.count(Verdict.WRONG),
        conflicts=clashes.all,
        lost=clashes.lost,
        alone=sum(rules == {rule} for rules in finders.values()),
    )


def conflicts(readings: Iterable[Reading], kind: Kind) -> Mapping[str, Clashes]:
    """By rule, the candidates of a kind that share characters with one that another rule proposes in the same sentence."""
    clashes: dict[str, Clashes] = defaultdict(Clashes)
    for reading in readings:
        of_sentence: dict[Sentence, list[Mention]] = defaultdict(list)
        for mention, sentence in with_sentences(reading):
            if mention.kind is kind:
                of_sentence[sentence].append(mention)
        for sentence in reading.sentences:
            _count_clashes(_candidates(sentence, kind, of_sentence[sentence]), clashes)
    return clashes


class _Candidate(NamedTuple):
    span: Span  # in the document
    rule: str
    kept: bool


def _candidates(sentence: Sentence, kind: Kind, mentions: Sequence[Mention]) -> list[_Candidate]:
    """What the finders propose, and what was kept of it."""
    finders = {Kind.PROGRAM: PROGRAM_FINDERS, Kind.POLICY_DOCUMENT: DOCUMENT_FINDERS}.get(kind, ())
    kept = {_Candidate(mention.span, mention.found_by, True) for mention in mentions}
    standing = {(one.span, one.rule) for one in kept}
    if finders and not sentence.too_long:
        text, start = sentence.text, sentence.span.start
        for found in (one for finder in finders for one in finder(text)):
            span = Span(found.span.start + start, found.span.end + start)
            if (span, found.rule) not in standing:
                kept.add(_Candidate(span, found.rule, False))
    return sorted(kept)


def _count_clashes(candidates: Sequence[_Candidate], clashes: dict[str, Clashes]) -> None:
    for one in candidates:
        rivals = [o for o in candidates if o.rule != one.rule and _overlap(o.span, one.span)]
        if rivals:
            clashes[one.rule].all += 1
            clashes[one.rule].lost += not one.kept


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def share(good: int, bad: int) -> float:
    """The share of the good; 0 where there is nothing."""
    return good / (good + bad) if good + bad else 0.0


def with_sentences(reading: Reading) -> Iterator[tuple[Mention, Sentence]]:
    sentences = iter(reading.sentences)
    sentence = next(sentences, None)
    for mention in sorted(reading.mentions, key=lambda m: m.span):
        while sentence is not None and sentence.span.end <= mention.span.start:
            sentence = next(sentences, None)
        if sentence is not None and sentence.span.start <= mention.span.start:
            yield mention, sentence
