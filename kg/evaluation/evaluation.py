"""Readings and gold annotations → how much of the gold was found, how much of what was found is right, and by which rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kg.evaluation.comparison import QUESTIONS, Comparison, Question, closeness, said_of, same_thing
from kg.evaluation.found import FoundClaim, FoundThing, file_of, found_claims, found_things, names_of
from kg.evaluation.scores import Score, matched, total
from kg.gold import Gold, GoldFact, GoldThing
from kg.lexicons import Lexicons
from kg.model import Claim, Kind, Reading, Relation
from kg.rule_quality import Clashes, Judged, RuleRow, conflicts, rule_rows, verdict


class Evaluation:
    """The readings beside the gold: `things` and `facts` hold the scores, `rules` the same by rule."""

    def __init__(self, readings: Iterable[Reading], gold: Gold, lexicons: Lexicons) -> None:
        self.gold = gold
        self.readings = [r for r in readings if file_of(r) in gold.files]
        self.missing = tuple(sorted(set(gold.files) - {file_of(reading) for reading in self.readings}))
        names = names_of(self.readings, lexicons)
        self._compare = Comparison(gold, names)
        self.found_things: dict[tuple[str, Kind], list[FoundThing]] = defaultdict(list)
        self.found_claims: dict[tuple[str, Relation], list[FoundClaim]] = defaultdict(list)
        for thing in found_things(self.readings, names):
            self.found_things[thing.file, thing.entity.kind].append(thing)
        for found in found_claims(self.readings):
            self.found_claims[found.file, found.claim.relation].append(found)
        self._of_things: dict[tuple[str, Kind, bool], Score[GoldThing, FoundThing]] = {}
        self._of_facts: dict[tuple[str, Relation], Score[GoldFact, FoundClaim]] = {}

    def things(self, kind: Kind, *, relaxed: bool) -> Score[GoldThing, FoundThing]:
        """What the files name; `relaxed` lets a name count that holds the right one or is held by it."""
        return total(self.things_of(file, kind, relaxed=relaxed) for file in self.gold.files)

    def things_of(self, file: str, kind: Kind, *, relaxed: bool) -> Score[GoldThing, FoundThing]:
        """The same of one file."""
        key = (file, kind, relaxed)
        if key not in self._of_things:
            self._of_things[key] = matched(
                self.gold.things(file, kind),
                self.found_things[file, kind],
                lambda thing, one: same_thing(thing, one, relaxed=relaxed),
                lambda thing, one: len(thing.forms & one.names),
            )
        return self._of_things[key]

    def facts(self, question: Question) -> Score[GoldFact, FoundClaim]:
        """What the files say in one relation."""
        return total(self.facts_of(file, question) for file in self.gold.files)

    def facts_of(self, file: str, question: Question) -> Score[GoldFact, FoundClaim]:
        """The same of one file."""
        key = (file, question.relation)
        if key not in self._of_facts:
            self._of_facts[key] = matched(
                self.gold.facts(file, question.fact),
                self.found_claims[file, question.relation],
                lambda fact, found: self._compare(question, fact, found.claim),
                closeness,
            )
        return self._of_facts[key]

    def claims(self, question: Question) -> Iterator[FoundClaim]:
        """The claims of one relation, file by file."""
        for file in self.gold.files:
            yield from self.found_claims[file, question.relation]

    def lines(self, question: Question, found: FoundClaim) -> tuple[GoldFact, ...]:
        """The gold lines that say what the claim says."""
        facts = self.gold.facts(found.file, question.fact)
        return tuple(fact for fact in facts if self._compare(question, fact, found.claim))

    def errors(self) -> Iterator[Error]:
        """Everything that lowers a score, kind by kind."""
        for kind in Kind:
            yield from self._thing_errors(kind)
        for question in QUESTIONS:
            score = self.facts(question)
            for fact in score.missed:
                yield Error("missed", question.fact, str(fact), "", fact.file, str(fact.said.get("evidence", "")))
            for found in score.wrong:
                yield _claim_error("wrong", question, str(found), found)
            for fact, found in score.pairs:
                for name in question.agree:
                    wanted, said = fact.said.get(name), said_of(name, found.claim)
                    if wanted not in (None, "", said):
                        yield _claim_error(name, question, f"{found}: {wanted}, not {said or 'open'}", found)

    def _thing_errors(self, kind: Kind) -> Iterator[Error]:
        relaxed, strict = self.things(kind, relaxed=True), self.things(kind, relaxed=False)
        wrong = {id(found) for found in relaxed.wrong}
        for thing in relaxed.missed:
            yield Error("missed", kind, thing.name, "", thing.file, self._sentence_with(thing))
        for found in strict.wrong:
            mention, sentence = found.mentions[0]
            error = "wrong" if id(found) in wrong else "boundary"
            yield Error(error, kind, found.entity.name, mention.found_by, found.file, sentence.text.strip())

    def _sentence_with(self, thing: GoldThing) -> str:
        """The first sentence of the file that has the thing's words."""
        sentences = (s.text for reading in self.readings if file_of(reading) == thing.file for s in reading.sentences)
        return next((text.strip() for text in sentences if any(form in text for form in thing.surfaces)), "")

    def rules(self) -> tuple[RuleRow, ...]:
        """One row per rule and kind or relation: mentions before claims, the least precise first."""
        rows: list[RuleRow] = []
        for kind in Kind:
            rows += _in_order(self._thing_rules(kind))
        for question in QUESTIONS:
            rows += _in_order(self._claim_rules(question))
        return tuple(rows)

    def _thing_rules(self, kind: Kind) -> list[RuleRow]:
        judged: list[Judged] = []
        for file in self.gold.files:
            lines = self.gold.things(file, kind)
            for found in self.found_things[file, kind]:
                relaxed = tuple(line for line in lines if same_thing(line, found, relaxed=True))
                strict = [line for line in lines if same_thing(line, found, relaxed=False)]
                judged += [Judged(rule, relaxed, verdict(strict)) for rule in found.rules]
        return rule_rows("mention", kind, judged, conflicts(self.readings, kind))

    def _claim_rules(self, question: Question) -> list[RuleRow]:
        judged: list[Judged] = []
        clashes: dict[str, Clashes] = defaultdict(Clashes)
        for found in self.claims(question):
            rule, lines = found.claim.found_by, self.lines(question, found)
            others = self.found_claims[found.file, question.relation]
            judged.append(Judged(rule, lines, verdict(lines)))
            clashes[rule].all += any(_clash(found.claim, other.claim) for other in others)
        return rule_rows("claim", question.fact, judged, clashes)


class Error(NamedTuple):
    """One line of the gold that was missed, or one thing found that is not as the gold has it."""

    error: str  # missed, wrong, boundary (only its relaxed name is right), year, status …
    what: str  # Program, adopts, …
    name: str
    rule: str
    file: str
    sentence: str


def _claim_error(error: str, question: Question, name: str, found: FoundClaim) -> Error:
    return Error(error, question.fact, name, found.claim.found_by, found.file, found.claim.sentence.text.strip())


def _in_order(rows: Iterable[RuleRow]) -> list[RuleRow]:
    return sorted(rows, key=lambda row: (2.0 if row.precision is None else row.precision, -row.hits, row.rule))


def _clash(one: Claim, other: Claim) -> bool:
    """Whether two rules say different things of one programme, document … in one sentence."""
    return (
        one.found_by != other.found_by
        and one.sentence.span == other.sentence.span
        and one.roles != other.roles
        and not _subjects(one).isdisjoint(_subjects(other))
    )


def _subjects(claim: Claim) -> frozenset[str]:
    """What a claim is about, beside where and by whom."""
    return frozenset(entity.id for name, entity in claim.roles if name not in ("place", "agency", "by"))
