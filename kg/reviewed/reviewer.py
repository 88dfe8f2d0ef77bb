"""Decisions + what was read → what is to stand in the graph: merged names, claims without the wrong, with the corrected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from kg.errors import ReviewError
from kg.model import Claim, DateKind, Entity, Kind, Mention, Relation, Status
from kg.reviewed.contradictions import contradictions
from kg.reviewed.decisions import (
    MERGED_KINDS,
    NOTHING_REVIEWED,
    Pair,
    Reviewed,
    Said,
    Says,
    Thing,
    Verdict,
    ends_of,
    squeezed,
    text_of,
    thing_named,
)
from kg.reviewed.properties import KINDS, PATHS, ROLES, TWO_THINGS, facts_of, literal
from kg.reviewed.table import cell_of, pairs_of

REVIEWED = "reviewed"  # the property that says so
_OF_AMOUNT = frozenset(
    {"valueTo", "baseValue", "baseUnit", "baseline"}
)  # what no longer holds of another value or unit
_WORDS = {Says.RIGHT: "Confirmed", Says.CORRECTED: "Corrected"}


class Merged(NamedTuple):
    """A name that is no thing of its own any more, the thing that it is, and why."""

    id: str  # program/县管校聘改革
    name: str
    into: Entity
    reason: str


class Met(NamedTuple):
    """Decisions that met something in what was read, and those of their things that were named there."""

    decisions: frozenset[str] = frozenset()
    things: frozenset[Thing] = frozenset()

    @classmethod
    def of(cls, decisions: Iterable[str], things: Iterable[tuple[str, str]]) -> Met:
        """The same from plain texts."""
        return cls(frozenset(decisions), frozenset(Thing(Kind(kind), name) for kind, name in things))


NOTHING_MET = Met()


class Reviewer:
    """Prepared once from the decisions; remembers which of them met something, and what was refused."""

    def __init__(
        self,
        reviewed: Reviewed = NOTHING_REVIEWED,
        known: Callable[[Entity], Entity] = lambda entity: entity,
        place_of: Callable[[str], Entity | None] = lambda name: None,
    ) -> None:
        """`known` gives the lexicons' entity of a name, `place_of` the one place that a user's name means.

        Raises ReviewError where the lexicons make two decisions contradict each other, or a place is not to be found.
        """
        self._reviewed = reviewed
        self._known = known
        self._place_of = place_of
        self._met: set[int] = set()
        self._named: set[Thing] = set()
        self._refused: dict[str, set[str]] = defaultdict(set)  # by document
        self._all: list[Met] = []  # of all files
        linked = replace(reviewed, same=tuple(self._linked_pairs()))
        self._ends = {first: self._entity(last) for first, last in ends_of(linked.same).items()}
        self._lines = {pair.first: pair.line for pair in linked.same}
        self._next = {pair.first: pair.second for pair in linked.same}
        self._in_force = frozenset(self._met)  # of themselves
        self._apart = frozenset(thing for pair in reviewed.apart for thing in (pair.first, pair.second))
        self._decides_on_names = bool(self._ends or self._apart)
        self._verdicts: dict[tuple[Relation, str], list[Verdict]] = defaultdict(list)
        for verdict in reviewed.verdicts:
            self._verdicts[verdict.relation, squeezed(verdict.quote)].append(verdict)
        problems = [*contradictions(linked, self._names), *self._unknown_places()]
        if problems:
            raise ReviewError(list(dict.fromkeys(problems)))

    # --- merges ------------------------------------------------------------------------------------------------------

    def known(self, entity: Entity) -> Entity:
        """The thing that an entity is: as the lexicons know it, and as the reviewer merged it."""
        entity = self._known(entity)
        if not self._decides_on_names:
            return entity
        thing = Thing(entity.kind, entity.name)
        if thing in self._apart:
            self._named.add(thing)
        end = self._ends.get(thing)
        if end is None:
            return entity
        while thing in self._next:
            self._met.add(self._lines[thing])
            thing = self._next[thing]
        return replace(
            end,
            number=end.number or entity.number,
            jurisdiction=end.jurisdiction or entity.jurisdiction,
            written=end.written or entity.written,
        )

    def mentions(self, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
        """The mentions with every thing merged."""
        if not self._decides_on_names:
            return tuple(mentions)
        return tuple(replace(m, entity=self.known(m.entity)) if m.entity else m for m in mentions)

    def _linked_pairs(self) -> Iterator[Pair]:
        """The merges between things as the lexicons know them; one that the lexicons hold already is in force."""
        for pair in self._reviewed.same:
            first, second = self._linked(pair.first), self._linked(pair.second)
            if first == second:
                self._met.add(pair.line)
            else:
                yield replace(pair, first=first, second=second)

    def _linked(self, thing: Thing) -> Thing:
        return Thing(thing.kind, self._entity(thing).name)

    def _entity(self, thing: Thing) -> Entity:
        return self._known(Entity(thing.kind, f"{PATHS[thing.kind]}/{thing.name}", thing.name))

    # --- claims ------------------------------------------------------------------------------------------------------

    def claims(self, claims: Iterable[Claim]) -> Iterator[Claim]:
        """The claims as they are to stand in the graph; their things are merged already."""
        for claim in claims:
            verdict = self._verdict(claim) if self._verdicts else None
            if verdict is not None:
                self._met.add(verdict.line)
            if verdict is not None and verdict.says is Says.WRONG:
                self._refused[claim.sentence.part.document.id].add(_refusal(claim))
                continue
            decided = claim if verdict is None else self._decided(claim, verdict)
            if not (self._ends or verdict) or not _of_one_thing(decided):
                yield decided

    def _verdict(self, claim: Claim) -> Verdict | None:
        """The closest verdict that fits."""
        document = claim.sentence.part.document
        start, end = document.original(claim.sentence.span)
        quotes = frozenset([squeezed(claim.sentence.text), squeezed(document.text[start:end])])
        on_sentence = list(chain.from_iterable(self._verdicts.get((claim.relation, quote), ()) for quote in quotes))
        if not on_sentence:
            return None
        said = Said(document.file, quotes, claim.relation, facts_of(claim))
        fitting = sorted({v.line: v for v in on_sentence if v.fits(said, self._names)}.values(), key=lambda v: v.line)
        return max(fitting, key=lambda verdict: verdict.closeness, default=None)

    def _names(self, name: str) -> frozenset[str]:
        """Everything that a name in a row may be called in a claim."""
        things = [thing_named(kind, name.removeprefix(f"{PATHS[kind]}/")) for kind in MERGED_KINDS]
        entities = [self._entity(thing) for thing in things if thing.name]
        ends = [self._ends.get(Thing(entity.kind, entity.name), entity) for entity in entities]
        return frozenset([name, *(entity.name for entity in ends)])

    def _decided(self, claim: Claim, verdict: Verdict) -> Claim:
        for name, text in sorted(verdict.change, key=lambda pair: pair[0] != "year"):  # a year begins a new range
            claim = self._changed(claim, name, text, dict(verdict.change))
        values = (*claim.values, (REVIEWED, _WORDS[verdict.says]))
        return replace(claim, values=values, confidence=Decimal(1))

    def _changed(self, claim: Claim, name: str, text: str, change: dict[str, str]) -> Claim:
        if name == "year":
            kind = DateKind(change["dateKind"]) if change.get("dateKind") else DateKind.STATED if text else None
            return replace(claim, year=int(text) if text else None, year_to=None, date_kind=kind)
        if name == "yearTo":
            return replace(claim, year_to=int(text) if text else None)
        if name == "status":
            return replace(claim, status=Status(text) if text else None)
        if name == "dateKind":
            return replace(claim, date_kind=DateKind(text) if text else None)
        old = claim.role(name)
        entity = self._thing_of_role(claim.relation, name, text, old) if text else None
        roles = tuple((role, thing) for role, thing in claim.roles if role != name)
        gone = {name} | (_OF_AMOUNT - set(change) if name in ("value", "unit") else set())
        values = tuple((value, said) for value, said in claim.values if value not in gone)
        if entity is not None:
            roles = (*roles, (name, entity))
        elif text:
            values = (*values, (name, literal(name, text)))
        return replace(claim, roles=roles, values=values)

    def _thing_of_role(self, relation: Relation, name: str, text: str, old: Entity | None) -> Entity | None:
        """The thing that a corrected role names; None where it is to be a mere text."""
        kinds = ROLES[relation].get(name)
        if kinds is None or (name in ("by", "title") and old is None and text.partition("/")[0] not in KINDS):
            return None
        if (kind := _kind_by_path(text, kinds)) is not None:
            text = text.partition("/")[2] if kind is not Kind.PLACE else text
        elif Kind.PLACE is kinds[0] or old is None or old.kind not in kinds:
            kind = kinds[0]
        else:
            kind = old.kind
        if kind is Kind.PLACE:
            return self._place_of(text)
        return self.known(self._entity(thing_named(kind, text)))

    def _unknown_places(self) -> Iterator[str]:
        for verdict in self._reviewed.verdicts:
            for name, text in verdict.change:
                kinds = ROLES[verdict.relation].get(name, ())
                is_place = kinds[:1] == (Kind.PLACE,) or text.startswith("place/")
                if text and is_place and _kind_by_path(text, kinds) in (None, Kind.PLACE) and not self._place_of(text):
                    yield (
                        f"{self._reviewed.name}:{verdict.line}: set: no place or several are called {text!r}; "
                        "write it in full, such as 南京市鼓楼区, or a school as organization/NAME"
                    )

    # --- what came of it ---------------------------------------------------------------------------------------------

    def taken(self) -> Met:
        """What was met since this was asked last: in one file, if it is asked after each."""
        lines = {decision.line: text_of(decision) for decision in self._reviewed.all}
        met = Met(frozenset(lines[line] for line in self._met - self._in_force), frozenset(self._named))
        self._met, self._named = set(self._in_force), set()
        return met

    def recall(self, met: Met) -> None:
        """Counts what was met in a file, whoever read it, now or in an earlier run."""
        if met != NOTHING_MET:
            self._all.append(met)

    @property
    def _met_in_all(self) -> set[int]:
        texts = frozenset(chain.from_iterable(met.decisions for met in self._all))
        return self._met.union(d.line for d in self._reviewed.all if text_of(d) in texts)

    @property
    def merged(self) -> tuple[Merged, ...]:
        """The merges that are in force."""
        found = []
        met = self._met_in_all
        for kind, name, note in ((*p.first, p.note) for p in self._reviewed.same if p.line in met):
            linked = self._entity(Thing(kind, name))
            into = self._ends.get(Thing(kind, linked.name), linked)
            if into.name != name:
                found.append(Merged(f"{PATHS[kind]}/{name}", name, into, note or "reviewed"))
        return tuple(found)

    def refused(self, document: str) -> tuple[str, ...]:
        """The claims that were refused in a document, each as a text; they are told once."""
        return tuple(sorted(self._refused.pop(document, ())))

    @property
    def idle(self) -> tuple[Pair | Verdict, ...]:
        """The decisions that met nothing in what was read."""
        met = self._met_in_all
        named = self._named.union(*(met.things for met in self._all))
        return tuple(decision for decision in self._reviewed.all if not self._meets(decision, met, named))

    def _meets(self, decision: Pair | Verdict, met: Collection[int], named: Collection[Thing]) -> bool:
        if isinstance(decision, Pair) and decision.says is Says.APART:
            return all(t in named or self._entity(t).in_lexicon for t in (decision.first, decision.second))
        return decision.line in met


def refusal_of(text: str) -> dict[str, str]:
    """What a refused claim said, read back from its text."""
    return dict(pairs_of(text))


def _refusal(claim: Claim) -> str:
    """`claim=Adoption|place=大连市|program=县管校聘|year=2014|quote=…`"""
    said = {name: entity.name for name, entity in claim.roles}
    said |= {name: min(texts) for name, texts in facts_of(claim).items() if name not in said}
    return cell_of([("claim", str(claim.relation)), *said.items(), ("quote", claim.sentence.text)])


def _kind_by_path(text: str, kinds: Collection[Kind]) -> Kind | None:
    """The kind that a user writes before a name: organization/大连海滨实验学校."""
    path, slash, name = text.partition("/")
    kind = KINDS.get(path) if slash and name else None
    return kind if kind is not None and kind in kinds else None


def _of_one_thing(claim: Claim) -> bool:
    """Whether a merge has made of two things one that now follows, holds or learns from itself."""
    roles = [claim.role(name) for name in TWO_THINGS.get(claim.relation, ())]
    return len(roles) == 2 and roles[0] is not None and roles[1] is not None and roles[0].id == roles[1].id
