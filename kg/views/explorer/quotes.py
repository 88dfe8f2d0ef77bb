"""A graph → the texts that were read, and the sentence behind each claim where it stands in them."""

from __future__ import annotations

from collections.abc import Mapping

from kg.model import Genre
from kg.views.explorer.asking import Asked
from kg.views.explorer.records import Quote, Source

_GENRES = frozenset(map(str, Genre))


def sources_of(asked: Asked, quoted: Mapping[str, str]) -> tuple[Source, ...]:
    """The parts that were read, and whatever else a claim is `quoted` from (claim → source), by file and part.

    The node of a file with several parts, and a copy of another text, says nothing itself and is left out.
    """
    files, parts = asked.column("pol:file"), asked.column("pol:part")
    titles, places = asked.column("dcterms:title"), asked.column("pol:jurisdiction")
    years, genres = asked.column("pol:reportYear"), asked.column("pol:genre")
    found = (
        Source(
            iri,
            files.get(iri, ""),
            asked.offset(parts.get(iri), iri),
            titles.get(iri, ""),
            places.get(iri, ""),
            asked.year(years.get(iri), iri),
            asked.word(genres.get(iri), _GENRES, "genre"),
        )
        for iri in {*parts, *quoted.values()}
    )
    return tuple(sorted(found, key=lambda source: (source.file, source.part, source.iri)))


def copies_in(asked: Asked) -> int:
    """How many files or parts repeat another text, whole or altered, and say nothing themselves."""
    return len({subject for name in ("pol:copyOf", "pol:alteredFrom") for subject, _ in asked.graph.values(name)})


def quotes_of(
    asked: Asked, quoted: Mapping[str, str], evidence: Mapping[str, str], number: Mapping[str, int]
) -> tuple[tuple[Quote, ...], dict[str, int]]:
    """The sentences in order of the sources, and the number of that of each claim.

    `quoted` is claim → source, `evidence` claim → annotation, `number` source → its place in the order.
    """
    selectors = asked.lists("oa:hasSelector")
    starts, ends = asked.column("oa:start"), asked.column("oa:end")
    exact, before, after = (asked.column(f"oa:{name}") for name in ("exact", "prefix", "suffix"))
    cleaned, pages = asked.column("pol:cleaned"), asked.column("pol:page")

    def quote(claim: str) -> Quote:
        annotation = evidence[claim]
        of = selectors.get(annotation, [])
        position = next((one for one in of if one in starts), "")
        printed = next((one for one in of if one in exact), "")
        return Quote(
            number[quoted[claim]],
            asked.offset(starts.get(position), claim),
            asked.offset(ends.get(position), claim),
            cleaned.get(annotation) or exact.get(printed, ""),
            exact.get(printed, ""),
            before.get(printed, ""),
            after.get(printed, ""),
            pages.get(annotation, ""),
        )

    of = {claim: quote(claim) for claim in evidence}
    quotes = sorted(set(of.values()))
    at = {one: i for i, one in enumerate(quotes)}
    return tuple(quotes), {claim: at[one] for claim, one in of.items()}
