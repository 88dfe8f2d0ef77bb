"""Text reuse → a table with a row for each passage, a summary in words, and passages as text for the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kg.diffusion.reuse.records import Kind, Passage, Reuse
from kg.diffusion.reuse.side_by_side import Piece, Same, side_by_side
from kg.views.tables import Table, inert

COLUMNS = (
    *("earlier", "earlier_year", "later", "later_year", "kind", "directed", "length", "similarity", "rarity", "score"),
    *("units", "source", "cited", "programs", "earlier_file", "earlier_start", "earlier_end"),
    *("later_file", "later_start", "later_end", "passage"),
)
ON_SCREEN = (
    "earlier",
    "earlier_year",
    "later",
    "later_year",
    "kind",
    "length",
    "similarity",
    "rarity",
    "score",
    "passage",
)
MOST_MISSING = 10  # documents that could not be compared and are named


def reuse_table(found: Reuse) -> Table:
    """All passages; offsets count characters of the decoded files."""
    return Table(COLUMNS, tuple(_row(found, passage) for passage in found.passages))


def unit_name(found: Reuse, iri: str) -> str:
    """What a place is called; its IRI where nobody knows."""
    return found.corpus.units[iri].name if iri in found.corpus.units else iri


def _row(found: Reuse, passage: Passage) -> tuple[str, ...]:
    earlier, later = found.text[passage.earlier], found.text[passage.later]
    source = found.text[passage.source].title if passage.source else ""
    return (
        unit_name(found, passage.origin),
        _year(earlier.year),
        unit_name(found, passage.destination),
        _year(later.year),
        passage.kind,
        "yes" if passage.directed else "no",
        str(passage.length),
        f"{passage.similarity:.2f}",
        f"{passage.rarity:.2f}",
        f"{passage.score:.1f}",
        str(passage.units),
        source,
        "yes" if passage.cited else "no",
        "|".join(iri.rpartition("/")[2] for iri in passage.programs),
        earlier.document.file,
        *map(str, passage.earlier_span),
        later.document.file,
        *map(str, passage.later_span),
        later.document.text[slice(*passage.later_span)],
    )


def _year(year: int | None) -> str:
    return "" if year is None else str(year)


def reuse_summary(found: Reuse) -> Iterator[str]:
    """What was compared, what was found, what was left out, and what could not be compared."""
    texts, kinds = found.corpus.texts, Counter(passage.kind for passage in found.passages)
    places = len({text.unit for text in texts})
    yield f"texts compared: {len(texts)}, of places: {places}; passages found: {len(found.passages)}"
    if found.passages:
        yield ", ".join(f"{kind}: {kinds[kind]}" for kind in Kind if kinds[kind])
    if undirected := sum(not passage.directed for passage in found.passages):
        yield f"of {undirected} the dates do not tell which text is the earlier one"
    if found.boilerplate:
        yield f"{found.boilerplate} matches are wording of so many places that they tell nothing"
    if found.repeated:
        yield f"{found.repeated} matches repeat what a place had taken over or written in an earlier text"
    reasons = Counter(one.reason for one in found.corpus.missing)
    for reason, count in sorted(reasons.items()):
        files = dict.fromkeys(one.file for one in found.corpus.missing if one.reason == reason)
        more = " …" if len(files) > MOST_MISSING else ""
        yield f"not compared: {count} parts ({', '.join([*files][:MOST_MISSING])}{more}): {reason}"


def passage_text(found: Reuse, passage: Passage) -> str:
    """A passage on two lines of the terminal and more: where it stands, then the words with all that differs in brackets.

    `推进[大连|我]市集团化办学`: the earlier text says 大连, the later one 我.
    """
    earlier, later = found.text[passage.earlier], found.text[passage.later]
    arrow = "→" if passage.directed else "–"
    ends = f"{unit_name(found, passage.origin)} {_year(earlier.year)} {arrow} {unit_name(found, passage.destination)} {_year(later.year)}"
    where = (
        f"{earlier.document.file}:{passage.earlier_span.start} {arrow} {later.document.file}:{passage.later_span.start}"
    )
    words = "".join(map(_bracketed, side_by_side(found, passage)))
    return f"{inert(ends.strip())} ({passage.kind}, {passage.score:.0f})\n  {inert(where)}\n  {inert(words)}\n"


def _bracketed(piece: Piece) -> str:
    return piece.left if piece.same is Same.EQUAL else f"[{piece.left}|{piece.right}]"
