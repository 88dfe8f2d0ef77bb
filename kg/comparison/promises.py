"""What plans promise and later and earlier texts say → each promise with its outcome, and what no plan promised."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.comparison.naming import named_in
from kg.comparison.reading import Reader
from kg.comparison.records import Before, Outcome, Promise, Report, Said, Source, Thing
from kg.comparison.texts import Texts, plans_until
from kg.graph.likeness import alike
from kg.model import Relation, Status

NEAR = 2  # like names shown beside a promise
NEAR_ENOUGH = 0.7  # likeness from which they are shown
_ACTS = frozenset({Relation.ADOPTS, Relation.ISSUES})
_DONE = frozenset({Status.STARTED, Status.COMPLETED})
_OUTCOMES: dict[Status | None, Outcome] = {  # the first decides where the texts of one year report several
    Status.ENDED: Outcome.ENDED,
    Status.COMPLETED: Outcome.COMPLETED,
    Status.ONGOING: Outcome.ONGOING,
    Status.STARTED: Outcome.STARTED,
    None: Outcome.TOLD,
}
_RANKS = {status: rank for rank, status in enumerate(_OUTCOMES)}


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that the texts of a place say of programmes and documents, by what it is to the plan."""

    promised: tuple[Said, ...]
    reports: tuple[Said, ...]
    again: tuple[Said, ...]  # planned once more later
    earlier: tuple[Said, ...]


def is_promise(said: Said, texts: Texts) -> bool:
    """Whether a sentence of a plan of the year says what shall be done, or an older one names the year for it.

    What a plan says was done before is no promise; 继续 and 取消 are.
    """
    if said.source in texts.plans:
        return said.status not in _DONE and (said.year is None or said.year >= texts.year)
    return said.status is Status.PLANNED and said.year == texts.year


def is_report(said: Said, texts: Texts) -> bool:
    """Whether a sentence tells what became of something in the year or later; a later plan does so by 已 and a year."""
    if said.year is not None and said.year < texts.year:
        return False
    return said.status is not Status.PLANNED if said.source in texts.later else said.status in _DONE


def told_of(reader: Reader, texts: Texts) -> Told:
    """What is said of programmes and documents of the place and of what lies in it."""
    inside = reader.inside(texts.place)

    def said_in(sources: Sequence[Source]) -> tuple[Said, ...]:
        return tuple(s for s in reader.said_in(sources) if s.place is not None and s.place.iri in inside)

    acts = [s for s in said_in((*texts.plans, *texts.older)) if s.relation in _ACTS]
    after = said_in((*texts.later, *texts.later_plans))
    reports = tuple(s for s in after if is_report(s, texts))
    return Told(
        promised=tuple(s for s in acts if is_promise(s, texts)),
        reports=reports,
        again=tuple(s for s in after if s.relation in _ACTS and s not in reports and s.source not in texts.later),
        earlier=tuple(s for s in said_in(texts.earlier) if s.status is not Status.PLANNED),
    )


def promises(reader: Reader, texts: Texts, told: Told) -> tuple[Promise, ...]:
    """One for each programme and document promised, in the order in which a reader of the plan meets them."""
    promised = _by_thing(told.promised)
    near = _near(reader, texts, promised, told.reports if texts.later else told.earlier)
    make = _Promises(reader, texts, told)
    return tuple(make(thing, said, near.get(thing, ())) for thing, said in promised.items())


class _Promises:
    """Puts together what is said of one promised thing."""

    def __init__(self, reader: Reader, texts: Texts, told: Told) -> None:
        self._reader = reader
        self._texts = texts
        self._reports = _by_thing(told.reports)
        self._again = _by_thing(told.again)
        self._earlier = _by_thing(told.earlier)
        things = [reader.named([said.thing])[said.thing] for said in told.promised]
        self._named_later = named_in(reader, texts.later, dict.fromkeys(things))
        self._named_earlier = named_in(reader, texts.earlier, dict.fromkeys(things))

    def __call__(self, thing: str, said: tuple[Said, ...], near: tuple[Thing, ...]) -> Promise:
        heir = next((h for h in self._reader.heirs.get(thing, ()) if h in self._reports), None)
        own = self._reports.get(thing, ())
        reports = self._ordered(own or self._reports.get(heir or "", ()), said)
        outcome = _OUTCOMES[reports[0].status] if reports else self._unreported(thing)
        if not reports:
            reports = self._again.get(thing, ()) or self._named_later.get(thing, ())
        earlier = self._latest_first(self._earlier.get(thing, ()))
        return Promise(
            thing=self._reader.named([thing])[thing],
            relation=Relation.ISSUES if said[0].relation is Relation.ISSUES else Relation.ADOPTS,
            said=said,
            reports=reports,
            earlier=earlier or self._named_earlier.get(thing, ()),
            outcome=outcome,
            before=self._before(thing, said),
            heir=self._reader.named([heir])[heir] if heir and not own else None,
            near=near if not own and not heir else (),
        )

    def _ordered(self, reports: Iterable[Said], promised: Collection[Said]) -> tuple[Said, ...]:
        """The next report first; of one year that of the promised place, then the state that says most."""
        places = {self._texts.place, *(said.place for said in promised)}

        def order(said: Said) -> tuple[int, bool, int, tuple[str, int, int, str]]:
            return said.source.year or 0, said.place not in places, _RANKS[said.status], said.order

        return tuple(sorted(reports, key=order))

    @staticmethod
    def _latest_first(earlier: Iterable[Said]) -> tuple[Said, ...]:
        return tuple(sorted(earlier, key=lambda s: (-(s.source.year or 0), _RANKS[s.status], s.order)))

    def _unreported(self, thing: str) -> Outcome:
        if thing in self._again:
            return Outcome.AGAIN
        if thing in self._named_later:
            return Outcome.MENTIONED
        return Outcome.SILENT if self._texts.later else Outcome.UNREAD

    def _before(self, thing: str, said: Sequence[Said]) -> Before:
        if thing in self._earlier:
            return Before.REPORTED
        if thing in self._named_earlier:
            return Before.MENTIONED
        if not self._texts.earlier:
            return Before.UNREAD
        return Before.CLAIMED if any(s.status is Status.ONGOING for s in said) else Before.NEW


def unpromised(reader: Reader, texts: Texts, told: Told) -> tuple[Report, ...]:
    """Programmes and documents that texts looking back report, and that no plan read up to their year promises."""
    last = max((source.year or 0 for source in texts.later), default=texts.year)
    planned = plans_until(reader, texts.place, last)
    since = {s.thing: 0 for s in told.promised}
    for said in reader.said_in(planned):
        year = said.source.year or 0
        since[said.thing] = min(since.get(said.thing, year), year)
    heirs = {heir for thing in since for heir in reader.heirs.get(thing, ())}
    acts = [s for s in told.reports if s.relation in _ACTS and s.source in texts.later and s.thing not in heirs]
    fresh = [s for s in acts if since.get(s.thing, last + 1) > (s.source.year or 0)]
    return tuple(
        Report(reader.named([thing])[thing], said[0].relation or Relation.ADOPTS, said)
        for thing, said in _by_thing(fresh).items()
    )


def _by_thing(said: Iterable[Said]) -> dict[str, tuple[Said, ...]]:
    found: dict[str, list[Said]] = defaultdict(list)
    for one in said:
        found[one.thing].append(one)
    return {thing: tuple(of_thing) for thing, of_thing in found.items()}


def _near(
    reader: Reader, texts: Texts, promised: Mapping[str, Sequence[Said]], reports: Collection[Said]
) -> dict[str, tuple[Thing, ...]]:
    """For each promised thing that is not reported, the reported ones that are not promised and have a like name."""
    reported = {said.thing for said in reports if said.relation in _ACTS}
    open_ = [thing for thing in promised if thing not in reported]
    strange = sorted(reported - set(promised))
    things = reader.named([*open_, *strange])
    names = [things[iri].names for iri in (*open_, *strange)]
    found: dict[str, list[Thing]] = defaultdict(list)
    for pair in alike(names, texts.place.names):
        if pair.score >= NEAR_ENOUGH and pair.one < len(open_) <= pair.other:
            found[open_[pair.one]].append(things[strange[pair.other - len(open_)]])
    return {thing: tuple(near[:NEAR]) for thing, near in found.items()}


def sources_of(said: Iterable[Said]) -> Iterator[Source]:
    """Each source once, in order."""
    return iter(dict.fromkeys(one.source for one in said))
