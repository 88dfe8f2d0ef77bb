"""A gold line and something found → whether they are the same, as the relation asks it."""

from __future__ import annotations

from typing import NamedTuple

from kg.evaluation.found import FoundClaim, FoundThing, Names
from kg.evaluation.scores import Score
from kg.gold import Gold, GoldFact, GoldThing, alike, folded, lasting, likeness
from kg.model import Claim, Entity, Relation
from kg.rule_quality import share

LIKE_INDICATORS = 0.45  # likeness from which two wordings are one indicator


class Question(NamedTuple):
    """How a gold fact and a claim of one relation are compared: fields of the fact and roles of the claim."""

    fact: str
    relation: Relation
    places: tuple[tuple[str, str], ...] = ()  # an open place must stay open
    things: tuple[tuple[str, str], ...] = ()  # relaxed names
    more: str = ""  # a further comparison
    agree: tuple[str, ...] = ()  # counted on matched facts


QUESTIONS = (
    Question("adopts", Relation.ADOPTS, (("place", "place"),), (("program", "program"),), agree=("year", "status")),
    Question("issues", Relation.ISSUES, (("place", "place"),), (("document", "document"),), agree=("year", "status")),
    Question("implements", Relation.IMPLEMENTS, (("place", "place"),), (("object", "object"),)),
    Question("succeeds", Relation.SUCCEEDS, (), (("program", "successor"), ("object", "predecessor"))),
    Question("partOf", Relation.PART_OF, (), (("program", "member"), ("object", "whole"))),
    Question("targets", Relation.TARGETS, (), (("program", "program"), ("group", "group"))),
    Question("goal", Relation.GOAL, (("place", "place"),), more="amount", agree=("year", "op", "kind")),
    Question("recognizes", Relation.RECOGNIZES, (("place", "place"),), more="title"),
    Question("diffuses", Relation.DIFFUSES, (("to", "to"),), more="way"),
)


def same_thing(thing: GoldThing, found: FoundThing, *, relaxed: bool) -> bool:
    return alike(thing.forms, found.names, relaxed=relaxed)


class Comparison:
    """Whether a claim says what a gold fact says."""

    def __init__(self, gold: Gold, names: Names) -> None:
        self._gold = gold
        self._names = names

    def __call__(self, question: Question, fact: GoldFact, claim: Claim) -> bool:
        return (
            all(self._place(fact, name, claim.role(role)) for name, role in question.places)
            and all(self._thing(fact, fact.said.get(name), claim.role(role)) for name, role in question.things)
            and (not question.more or getattr(self, f"_{question.more}")(fact, claim))
        )

    def _of(self, entity: Entity | None) -> frozenset[str]:
        return self._names.get(entity.id, frozenset()) if entity is not None else frozenset()

    def _place(self, fact: GoldFact, name: str, entity: Entity | None) -> bool:
        wanted = fact.said.get(name)
        if wanted is None:
            return entity is None
        forms = lasting(self._gold.forms(fact.file, wanted)) | {folded(wanted)}
        return not forms.isdisjoint(lasting(self._of(entity)))

    def _thing(self, fact: GoldFact, wanted: object, entity: Entity | None) -> bool:
        return alike(self._gold.forms(fact.file, wanted), self._of(entity), relaxed=True)

    def _amount(self, fact: GoldFact, claim: Claim) -> bool:
        value = claim.value("value")
        if value is None or abs(float(value) - float(fact.said["value"])) >= 1e-9:
            return False
        indicators = fact.said.get("indicators", [fact.said["indicator"]])
        said = folded(claim.value("indicator"))
        return (
            folded(fact.said.get("unit")) == folded(claim.value("unit"))
            and max(likeness(folded(indicator), said) for indicator in indicators) >= LIKE_INDICATORS
        )

    def _title(self, fact: GoldFact, claim: Claim) -> bool:
        said = self._of(claim.role("title")) or frozenset({folded(claim.value("title"))})
        return alike({folded(fact.said["title"])}, said, relaxed=True)

    def _way(self, fact: GoldFact, claim: Claim) -> bool:
        """From the same place, and of the same programme where the fact names one."""
        if self._gold.forms(fact.file, fact.said["from"]).isdisjoint(lasting(self._of(claim.role("from")))):
            return False
        programs = fact.said.get("programs", [fact.said.get("program")])
        return not fact.said.get("program") or any(
            self._thing(fact, program, claim.role("program")) for program in programs
        )


def agreed(question: Question, score: Score[GoldFact, FoundClaim]) -> dict[str, tuple[int, int]]:
    """For year, status …: how many of the found facts agree and differ, among those whose gold knows it."""
    counts = {}
    for name in question.agree:
        known = [(fact.said[name], found.claim) for fact, found in score.pairs if fact.said.get(name) not in (None, "")]
        good = sum(wanted == said_of(name, claim) for wanted, claim in known)
        counts[name] = (good, len(known) - good)
    return counts


def agreement(question: Question, score: Score[GoldFact, FoundClaim]) -> dict[str, float | None]:
    """The same as shares; None where the gold knows none."""
    return {name: share(*counts) if sum(counts) else None for name, counts in agreed(question, score).items()}


def said_of(name: str, claim: Claim) -> object:
    if name == "year":
        return claim.year
    if name == "status":
        return str(claim.status or "").lower()
    return str(claim.value("operator")) if name == "op" else str(claim.value(name) or "").lower()


def closeness(fact: GoldFact, found: FoundClaim) -> int:
    """Which of several claims is meant: the one of the same year, then of the same status."""
    same_year = fact.said.get("year") is not None and fact.said["year"] == found.claim.year
    same_status = bool(fact.said.get("status")) and fact.said["status"] == said_of("status", found.claim)
    return 2 * same_year + same_status
