"""A sentence in a part of a given place, year and genre → what was read from it, as short tuples that a test can list."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from kg import texts
from kg.entities import entity_reader
from kg.entities.gazetteer import Surroundings
from kg.model import Claim, Document, Entity, Genre, Kind, Literal, Mention, Part, Reading, Relation, Sentence, Span
from kg.relations import claims_of_part

Row = tuple[Literal | None, ...]


@cache
def place(name: str, year: int | None = None) -> Entity | None:
    """The place of this name; "徐州市 鼓楼区" for one of several namesakes; "" for an open place."""
    if not name:
        return None
    gazetteer = entity_reader().gazetteer
    found = gazetteer.by_id.get(name) or gazetteer.chain(name.split(), Surroundings(year=year, is_name=True))
    assert found is not None, f"no single place is named {name}"
    return found.entity


def part(
    text: str,
    where: str = "宜昌市",
    year: int | None = 2016,
    genre: Genre = Genre.SUMMARY,
    agency: Entity | None = None,
    title: str = "",
) -> Part:
    """All of `text` as one part whose place, year and genre are decided."""
    document: Document = texts.read_document(text.encode(), "made-up.txt")
    span = Span(0, len(document.clean))
    return Part(document, 0, span, title=title, genre=genre, year=year, place=place(where, year), agency=agency)


def read(
    text: str,
    where: str = "宜昌市",
    year: int | None = 2016,
    genre: Genre = Genre.SUMMARY,
    agency: Entity | None = None,
    title: str = "",
) -> Reading:
    """Everything that is read from `text` in such a part."""
    whole = part(text, where, year, genre, agency, title)
    sentences: tuple[Sentence, ...] = texts.split_sentences(whole)
    found = entity_reader().mentions_of_part(sentences)
    claims = tuple(claims_of_part(list(zip(sentences, found, strict=True)), entity_reader()))
    mentions = tuple(mention for of_sentence in found for mention in of_sentence)
    return Reading(whole.document, (whole,), sentences, mentions, claims)


def claims(
    relation: Relation,
    columns: str,
    text: str,
    where: str = "宜昌市",
    year: int | None = 2016,
    genre: Genre = Genre.SUMMARY,
    agency: Entity | None = None,
) -> list[Row]:
    """The claims of one relation, each as the values of these columns: `place program year status`."""
    reading = read(text, where, year, genre, agency)
    return [
        tuple(cell(claim, column) for column in columns.split())
        for claim in reading.claims
        if claim.relation is relation
    ]


def cell(claim: Claim, column: str) -> Literal | None:
    """A role by its name, a value, or a field of the claim; numbers without trailing zeros."""
    if column in dict(claim.roles):
        entity = claim.role(column)
        return entity.name if entity else None
    if column in ("year", "year_to"):
        return getattr(claim, column)  # type: ignore[no-any-return]
    if column == "status":
        return claim.status.value if claim.status else None
    if column == "date_kind":
        return claim.date_kind.value if claim.date_kind else None
    if column == "rule":
        return claim.found_by.partition("/")[0]
    value = claim.value(column)
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def mentions(
    kind: Kind,
    text: str,
    where: str = "宜昌市",
    year: int | None = 2016,
    genre: Genre = Genre.SUMMARY,
) -> list[Mention]:
    """The mentions of one kind, in order of the text."""
    return [mention for mention in read(text, where, year, genre).mentions if mention.kind is kind]


def names(kind: Kind, text: str, where: str = "宜昌市", year: int | None = 2016) -> list[str | None]:
    """What the mentions of one kind are linked to; None for a name that stays open."""
    return [mention.entity.name if mention.entity else None for mention in mentions(kind, text, where, year)]
