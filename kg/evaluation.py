"""Readings and gold annotations → how much of the gold was found, how much of what was found is right, and by which rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Generic, NamedTuple, TypeVar

from kg.gold import Gold, GoldFact, GoldThing, alike, folded, lasting, likeness
from kg.graph.labels import lasting_forms
from kg.graph.triples import claim_iri
from kg.lexicons import Lexicons
from kg.model import Claim, Entity, Kind, Mention, Reading, Relation, Sentence
from kg.rule_quality import Clashes, Judged, RuleRow, conflicts, rule_rows, share, verdict, with_sentences

LIKE_INDICATORS = 0.45  # likeness from which two wordings are one indicator
Names = Mapping[str, frozenset[str]]  # id of a thing → its names, folded
G = TypeVar("G", GoldThing, GoldFact)
P = TypeVar("P")


@dataclass(frozen=True, slots=True)
class FoundThing:
    """Something that a file is read to name."""

    file: str
    entity: Entity
    names: frozenset[str]
    mentions: tuple[tuple[Mention, Sentence], ...]

    @property
    def rules(self) -> frozenset[str]:
        return frozenset(mention.found_by for mention, _ in self.mentions)


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """Something that a file is read to say."""

    file: str
    claim: Claim

    def __str__(self) -> str:
        roles = [entity.name for _, entity in self.claim.roles]
        return " ".join((*roles, *(str(value) for name, value in self.claim.values if name != "inferred")))


@dataclass(slots=True)
class Score(Generic[G, P]):
    """Core lines found and missed, and what was found that no line explains. `optional` counts lines that are not core."""

    pairs: list[tuple[G, P]] = field(default_factory=list)
    missed: list[G] = field(default_factory=list)
    wrong: list[P] = field(default_factory=list)
    optional: int = 0

    def add(self, other: Score[G, P]) -> None:
        self.pairs += other.pairs
        self.missed += other.missed
        self.wrong += other.wrong
        self.optional += other.optional

    @property
    def core(self) -> int:
        return len(self.pairs) + len(self.missed)

    @property
    def precision(self) -> float:
        return share(len(self.pairs), len(self.wrong))

    @property
    def recall(self) -> float:
        return share(len(self.pairs), len(self.missed))

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


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


class Evaluation:
    """The readings beside the gold: `things` and `facts` hold the scores, `rules` the same by rule."""

    def __init__(self, readings: Iterable[Reading], gold: Gold, lexicons: Lexicons) -> None:
        self.gold = gold
        self.readings = [r for r in readings if _file(r) in gold.files]
        self.missing = tuple(sorted(set(gold.files) - {_file(reading) for reading in self.readings}))
        names = _names(self.readings, lexicons)
        self._compare = Comparison(gold, names)
        self.found_things: dict[tuple[str, Kind], list[FoundThing]] = defaultdict(list)
        self.found_claims: dict[tuple[str, Relation], list[FoundClaim]] = defaultdict(list)
        for thing in _found_things(self.readings, names):
            self.found_things[thing.file, thing.entity.kind].append(thing)
        for found in _found_claims(self.readings):
            self.found_claims[found.file, found.claim.relation].append(found)

    def things(self, kind: Kind, *, relaxed: bool) -> Score[GoldThing, FoundThing]:
        """What the files name; `relaxed` lets a name count that holds the right one or is held by it."""
        total: Score[GoldThing, FoundThing] = Score()
        for file in self.gold.files:
            found = self.found_things[file, kind]
            total.add(
                matched(
                    self.gold.things(file, kind),
                    found,
                    lambda thing, one: same_thing(thing, one, relaxed=relaxed),
                    lambda thing, one: len(thing.forms & one.names),
                )
            )
        return total

    def facts(self, question: Question) -> Score[GoldFact, FoundClaim]:
        """What the files say in one relation."""
        total: Score[GoldFact, FoundClaim] = Score()
        for file in self.gold.files:
            total.add(
                matched(
                    self.gold.facts(file, question.fact),
                    self.found_claims[file, question.relation],
                    lambda fact, found: self._compare(question, fact, found.claim),
                    _agreement,
                )
            )
        return total

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
                    wanted, said = fact.said.get(name), _said(name, found.claim)
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
        sentences = (s.text for reading in self.readings if _file(reading) == thing.file for s in reading.sentences)
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
            for found in self.found_things[file, kind]:
                relaxed = _same(self.gold.things(file, kind), found, lambda t, f: same_thing(t, f, relaxed=True))
                strict = _same(self.gold.things(file, kind), found, lambda t, f: same_thing(t, f, relaxed=False))
                judged += [Judged(rule, relaxed, verdict(strict)) for rule in found.rules]
        return rule_rows("mention", kind, judged, conflicts(self.readings, kind))

    def _claim_rules(self, question: Question) -> list[RuleRow]:
        judged: list[Judged] = []
        clashes: dict[str, Clashes] = defaultdict(Clashes)
        for file in self.gold.files:
            claims = self.found_claims[file, question.relation]
            for found in claims:
                same = _same(
                    self.gold.facts(file, question.fact), found, lambda g, f: self._compare(question, g, f.claim)
                )
                judged.append(Judged(found.claim.found_by, same, verdict(same)))
                clashes[found.claim.found_by].all += any(_clash(found.claim, other.claim) for other in claims)
        return rule_rows("claim", question.fact, judged, clashes)


class Error(NamedTuple):
    """One line of the gold that was missed, or one thing found that is not as the gold has it."""

    error: str  # missed, wrong, boundary (only its relaxed name is right), year, status …
    what: str  # Program, adopts, …
    name: str
    rule: str
    file: str
    sentence: str


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


def _claim_error(error: str, question: Question, name: str, found: FoundClaim) -> Error:
    return Error(error, question.fact, name, found.claim.found_by, found.file, found.claim.sentence.text.strip())


def same_thing(thing: GoldThing, found: FoundThing, *, relaxed: bool) -> bool:
    return alike(thing.forms, found.names, relaxed=relaxed)


def agreement(question: Question, score: Score[GoldFact, FoundClaim]) -> dict[str, float | None]:
    """For year, status …: the share of found facts that agree, among those whose gold knows it; None where none does."""
    shares: dict[str, float | None] = {}
    for name in question.agree:
        known = [(fact.said[name], found.claim) for fact, found in score.pairs if fact.said.get(name) not in (None, "")]
        good = sum(wanted == _said(name, claim) for wanted, claim in known)
        shares[name] = good / len(known) if known else None
    return shares


def _said(name: str, claim: Claim) -> object:
    if name == "year":
        return claim.year
    if name == "status":
        return str(claim.status or "").lower()
    return str(claim.value("operator")) if name == "op" else str(claim.value(name) or "").lower()


def _agreement(fact: GoldFact, found: FoundClaim) -> int:
    """Which of several claims is meant: the one of the same year, then of the same status."""
    same_year = fact.said.get("year") is not None and fact.said["year"] == found.claim.year
    same_status = bool(fact.said.get("status")) and fact.said["status"] == _said("status", found.claim)
    return 2 * same_year + same_status


def matched(
    gold: Sequence[G], found: Sequence[P], same: Callable[[G, P], bool], prefer: Callable[[G, P], int]
) -> Score[G, P]:
    """Each core line with at most one of what was found, the best first; what repeats a line is not wrong."""
    score: Score[G, P] = Score()
    hits = [[n for n, one in enumerate(found) if same(line, one)] for line in gold]
    core = [n for n, line in enumerate(gold) if line.core]
    partner: dict[int, int] = {}
    for _, line, one in sorted((-prefer(gold[n], found[m]), n, m) for n in core for m in hits[n]):
        if line not in partner and one not in partner.values():
            partner[line] = one
    score.pairs = [(gold[n], found[partner[n]]) for n in core if n in partner]
    score.missed = [gold[n] for n in core if n not in partner]
    score.optional = sum(bool(hits[n]) for n, line in enumerate(gold) if not line.core)
    explained = {m for of_line in hits for m in of_line}
    score.wrong = [one for m, one in enumerate(found) if m not in explained]
    return score


# --- what was found --------------------------------------------------------------------------------------------------


def _file(reading: Reading) -> str:
    return PurePosixPath(reading.document.file).name


def _names(readings: Iterable[Reading], lexicons: Lexicons) -> Names:
    """The names that the graph would give each thing: its own, those of the texts that last, those of the lexicons."""
    names: dict[str, set[str]] = defaultdict(set)
    for reading in readings:
        forms: dict[str, set[str]] = defaultdict(set)
        entities = [entity for claim in reading.claims for _, entity in claim.roles]
        for mention in reading.mentions:
            if mention.entity is not None:
                forms[mention.entity.id].add(mention.text)
                entities.append(mention.entity)
        for entity in dict.fromkeys(entities):
            written = {entity.written} - {""}
            names[entity.id] |= {entity.name, *lasting_forms(entity, forms[entity.id] | written)}
    for records in (lexicons.programs, lexicons.documents, lexicons.places, lexicons.agencies):
        for record in records:
            if record.entity.id in names:
                names[record.entity.id] |= {record.name, *record.aliases, getattr(record, "en", "")}
    return {id_: frozenset(map(folded, of_one)) - {""} for id_, of_one in names.items()}


def _found_things(readings: Iterable[Reading], names: Names) -> Iterator[FoundThing]:
    """Each thing that a file names, in order of the ids; places and agencies by their lasting names."""
    found: dict[tuple[str, Entity], list[tuple[Mention, Sentence]]] = defaultdict(list)
    for reading in readings:
        for mention, sentence in with_sentences(reading):
            if mention.entity is not None:
                found[_file(reading), mention.entity].append((mention, sentence))
    seen: dict[tuple[str, str], FoundThing] = {}
    for (file, entity), mentions in found.items():
        own = names[entity.id]
        before = seen.get((file, entity.id))
        seen[file, entity.id] = FoundThing(
            file,
            entity,
            lasting(own) if entity.kind in (Kind.PLACE, Kind.AGENCY) else own,
            (*(before.mentions if before else ()), *mentions),
        )
    return (seen[key] for key in sorted(seen))


def _found_claims(readings: Iterable[Reading]) -> Iterator[FoundClaim]:
    """Each claim once, as in the graph."""
    for reading in readings:
        claims = {
            claim_iri(claim, f"source/{reading.document.id}/{claim.sentence.part.index}"): claim
            for claim in reading.claims
        }
        yield from (FoundClaim(_file(reading), claims[iri]) for iri in sorted(claims))


# --- by rule ---------------------------------------------------------------------------------------------------------


def _same(gold: Sequence[G], found: P, same: Callable[[G, P], bool]) -> tuple[G, ...]:
    return tuple(line for line in gold if same(line, found))


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
