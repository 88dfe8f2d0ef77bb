"""The sources of a place → those that promise for a year, and those that tell what came before and after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.comparison.reading import Reader
from kg.comparison.records import Source, Thing
from kg.errors import QueryError
from kg.model import Genre

PROMISING = frozenset({Genre.PLAN, Genre.KEY_POINTS, Genre.ACTION_PLAN, Genre.SCHEME, Genre.OPINION, Genre.NOTICE})
EITHER = frozenset({Genre.REPORT, Genre.NEWS, Genre.SPEECH})  # their claims tell which way they look


@dataclass(frozen=True, slots=True)
class Texts:
    """What was read of a place around a year; a text that looks neither way is in none of the lists but `earlier_all`."""

    place: Thing
    year: int
    plans: tuple[Source, ...]  # of the year
    older: tuple[Source, ...]  # of earlier years, whichever way they look; some sentences of theirs speak of the year
    later: tuple[Source, ...]  # that look back on the year or a later one
    later_plans: tuple[Source, ...]
    earlier: tuple[Source, ...]  # that look back on the years before


def texts_around(reader: Reader, place: Thing, year: int, window: int) -> Texts:
    """The texts of a place up to `window` years before and after; QueryError where nothing of it was read."""
    dated = [(source, source.year) for source in reader.sources(place) if source.year is not None]
    if not dated:
        raise QueryError(
            f"no document of {place.name} with a known year was read; there are documents of {reader.speakers()} "
            "(kg query GRAPH coverage shows the years)"
        )
    ahead, back = _ways(reader, (source for source, _ in dated))
    after = [(source, at) for source, at in dated if year <= at <= year + window]
    return Texts(
        place,
        year,
        plans=tuple(source for source, at in dated if at == year and source in ahead),
        older=tuple(source for source, at in dated if at < year),
        later=tuple(source for source, _ in after if source in back),
        later_plans=tuple(source for source, at in after if at > year and source in ahead),
        earlier=tuple(source for source, at in dated if year - window <= at < year and source in back),
    )


def plans_until(reader: Reader, place: Thing, year: int) -> tuple[Source, ...]:
    """All plans of a place up to and with a year."""
    dated = [source for source in reader.sources(place) if source.year is not None and source.year <= year]
    ahead, _ = _ways(reader, dated)
    return tuple(source for source in dated if source in ahead)


def nothing_promised(reader: Reader, texts: Texts) -> QueryError:
    """The error that says which years have a plan."""
    sources = reader.sources(texts.place)
    years = sorted({source.year for source in _ways(reader, sources)[0] if source.year is not None})
    known = f"there are plans of {'、'.join(map(str, years))}" if years else "no plan of it was read at all"
    return QueryError(
        f"nothing that was read of {texts.place.name} promises anything for {texts.year}; {known} "
        "(kg query GRAPH coverage shows all documents)"
    )


def _ways(reader: Reader, sources: Iterable[Source]) -> tuple[frozenset[Source], frozenset[Source]]:
    """Which of these sources look ahead, and which look back."""
    sources = tuple(sources)
    balance = reader.balance([source for source in sources if source.genre in EITHER])
    ahead = {s for s in sources if s.genre in PROMISING or balance.get(s.iri, 0) < 0}
    back = {s for s in sources if s.genre is Genre.SUMMARY or balance.get(s.iri, 0) > 0}
    return frozenset(ahead), frozenset(back)
