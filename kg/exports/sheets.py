"""The tables that a graph is handed over as: their columns, documented, and where each value comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from kg.exports.things import ALSO, Thing, id_of, names_of, things_of
from kg.graph.claims import StoredClaim, claims_of_relation
from kg.graph.iris import DCTERMS, GEO, POL
from kg.graph.ontology import comments, labels
from kg.graph.store import PolicyGraph
from kg.model import Relation
from kg.reviewed.properties import DECIMALS, ROLES, VALUES

Row = tuple[str, ...]  # "" = not known
_WHOLE_NUMBERS = frozenset({"year", "yearTo", "since", "validFrom", "validTo", "part", "reportYear", "page"})
_TRUTHS = frozenset({"inferred", "inLexicon"})
_OWN: Mapping[str, tuple[str, str, str]] = {  # columns that are no property of the ontology: type, zh, en
    "id": ("string", "编号", "Number of the thing: the path of its IRI below the base of the graph."),
    "name": ("string", "名称", "Preferred name."),
    "nameEn": ("string", "英文名", "English name, where the lexicon has one."),
    "aliases": ("string", "别名", "Other names, with | between them."),
    "code": ("string", "行政区划代码", "Administrative division code (GB/T 2260)."),
    "latitude": ("number", "纬度", "Degrees north, WGS 84."),
    "longitude": ("number", "经度", "Degrees east, WGS 84."),
    "origin": ("string", "出处", "Where the lexicon has it from."),
    "issued": ("string", "发布时间", "Year or day of publication."),
    "replaces": ("string", "取代", "What it follows, by the lexicon."),
    "isPartOf": ("string", "属于", "What it is a component of, by the lexicon; of a part, the id of its file."),
    "documentTitle": ("string", "标题", "Title of the document or part."),
    "claim": ("string", "论断编号", "Number of the claim, as kg explain takes it: the end of its IRI."),
    "sentence": (
        "string",
        "原句（整理后）",
        "The sentence that says so, with garbling undone and punctuation unified.",
    ),
    "quote": ("string", "原句（原样）", "The same sentence as the file has it."),
    "start": (
        "integer",
        "起始位置",
        "Where it begins: characters of the decoded file, or of textFile where there is one.",
    ),
    "end": ("integer", "结束位置", "Where it ends: the character after its last."),
    "source": ("string", "来源编号", "Id of the file or part in sources."),
    "rule": ("string", "规则", "Name of the rule or model that made the claim."),
}


class Column(NamedTuple):
    """One column of a table."""

    name: str
    type: str  # string, integer, number, boolean: as Frictionless and Parquet call them
    zh: str  # its title
    en: str  # what is meant


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its name, what it holds, its columns and how its rows are had from a graph."""

    name: str
    zh: str
    en: str
    columns: tuple[Column, ...]
    rows: Callable[[PolicyGraph], Iterator[Row]]


class _Field(NamedTuple):
    """A column of a table of things, the property it shows, and as what: text, word of the ontology, name or id."""

    column: str
    property: str = ""
    shown: str = "text"


def _column(name: str) -> Column:
    """Titles and meanings are those of the ontology, whose property the column is named after."""
    if name in _OWN:
        return Column(name, *_OWN[name])
    property_ = name.removesuffix("Id")
    title, meaning = labels()[property_], comments()[property_]
    if name != property_:
        return Column(name, "string", f"{title}编号", f"Id of {property_}; empty where it is named but not linked.")
    return Column(name, _type(name), title, meaning)


def _type(name: str) -> str:
    if name in DECIMALS or name == "confidence":
        return "number"
    return "integer" if name in _WHOLE_NUMBERS else "boolean" if name in _TRUTHS else "string"


_NAMED = (_Field("id"), _Field("name"), _Field("nameEn"), _Field("aliases"))
_KNOWN = (
    _Field("validFrom"),
    _Field("validTo"),
    _Field("succeeds", shown="name"),
    _Field("origin", DCTERMS + "source"),
)
_ISSUED = (_Field("issuer", shown="name"), _Field("issuerId", shown="id"))
_LEVEL, _IN_LEXICON = _Field("level", shown="word"), _Field("inLexicon")
_REPLACES = _Field("replaces", DCTERMS + "replaces", "name")
_SERVES = (_Field("jurisdiction", shown="name"), _Field("jurisdictionId", shown="id"))
_THINGS: Mapping[str, tuple[str, str, str, tuple[_Field, ...]]] = {
    "places": ("Place", "地方", "Places of the documents, with those above them and before them.", (
        *_NAMED, _LEVEL, _Field("code", "http://www.w3.org/2004/02/skos/core#notation"),
        _Field("within", shown="name"), _Field("withinId", shown="id"),
        _Field("latitude", GEO + "lat"), _Field("longitude", GEO + "long"), *_KNOWN)),
    "programmes": ("Program", "政策项目", "Programmes: those of the lexicon and those found in the documents.", (
        *_NAMED, _LEVEL, _Field("since"), *_ISSUED,
        _Field("foundingDocument", shown="name"), _Field("foundingDocumentId", shown="id"),
        _Field("intendedFor", shown="name"), _Field("isPartOf", DCTERMS + "isPartOf", "name"), _REPLACES, _IN_LEXICON,
        _Field("origin", DCTERMS + "source"))),
    "documents": ("PolicyDocument", "政策文件", "Policy documents that are named: issued, carried out, or known.", (
        *_NAMED, _Field("number"), _LEVEL, *_ISSUED, _Field("issued", DCTERMS + "issued"), _REPLACES, _IN_LEXICON,
        _Field("origin", DCTERMS + "source"))),
    "agencies": ("Agency", "机构", "Agencies of the party and the government.", (*_NAMED, *_SERVES, *_KNOWN)),
    "organizations": ("Organization", "学校与组织", "Schools and other bodies that act.", (*_NAMED, *_SERVES)),
    "groups": ("TargetGroup", "面向群体", "Groups at whom programmes are aimed.", _NAMED),
    "sources": ("SourceDocument", "来源文件", "The files that were read, and their parts; copies say what they copy.", (
        _Field("id"), _Field("file"), _Field("part"), _Field("documentTitle", DCTERMS + "title"),
        _Field("genre", shown="word"), _Field("reportYear"), *_SERVES,
        _Field("agency", shown="name"), _Field("agencyId", shown="id"),
        _Field("format"), _Field("url"), _Field("issued", DCTERMS + "issued"), _Field("textFile"),
        _Field("isPartOf", DCTERMS + "isPartOf", "id"), _Field("copyOf", shown="id"), _Field("alteredFrom", shown="id"),
        _Field("sharesTextWith", shown="id"), _Field("decided"))),
}  # fmt: skip
_CLAIMS: Mapping[str, tuple[Relation, str]] = {
    "adoptions": (Relation.ADOPTS, "Who adopted which programme."),
    "issuances": (Relation.ISSUES, "Who issued which document."),
    "implementations": (Relation.IMPLEMENTS, "Who carries out a document or programme of a higher level."),
    "goals": (Relation.GOAL, "Figures that were aimed at or reached."),
    "targetings": (Relation.TARGETS, "Whom a programme is aimed at."),
    "successions": (Relation.SUCCEEDS, "Which programme or document follows which."),
    "memberships": (Relation.PART_OF, "Which programme or document belongs to which."),
    "recognitions": (Relation.RECOGNIZES, "Titles and honours, and who confers them."),
    "diffusions": (Relation.DIFFUSES, "Who is said to have learned from whom."),
}
_WHEN = ("year", "yearTo", "date", "dateKind", "status")
_WHENCE = ("confidence", "rule", "reviewed", "sentence", "quote", "file", "part", "page", "start", "end", "source")


def sheets() -> tuple[Sheet, ...]:
    """All tables: things, claims, and the sources that they rest on."""
    of_things = [_sheet_of_things(name, *told) for name, told in _THINGS.items()]
    return (*of_things[:-1], *(_sheet_of_claims(name, *told) for name, told in _CLAIMS.items()), of_things[-1])


def _sheet_of_things(name: str, class_: str, zh: str, en: str, fields: tuple[_Field, ...]) -> Sheet:
    def rows(graph: PolicyGraph) -> Iterator[Row]:
        names = names_of(graph)
        return (tuple(_cell(graph, thing, field, names) for field in fields) for thing in things_of(graph, class_))

    return Sheet(name, zh, en, tuple(_column(field.column) for field in fields), rows)


def _cell(graph: PolicyGraph, thing: Thing, field: _Field, names: Mapping[str, str]) -> str:
    own = {"id": (thing.id,), "name": (thing.name,), "nameEn": (thing.english,), "aliases": thing.aliases}
    if field.column in own:
        return _joined(own[field.column])
    values = thing.texts(field.property or POL + field.column.removesuffix("Id"))
    if field.shown == "word":
        return _joined(value.removeprefix(POL) for value in values)
    if field.shown == "name":
        return _joined(names.get(value, id_of(graph, value)) for value in values)
    return _joined(id_of(graph, value) if field.shown == "id" else value for value in values)


def _joined(values: Iterator[str] | tuple[str, ...]) -> str:
    """Several values in one cell; a | that stands in one of several is written full-width."""
    several = tuple(values)
    return several[0] if len(several) == 1 else ALSO.join(value.replace(ALSO, "｜") for value in several)


def _sheet_of_claims(name: str, relation: Relation, en: str) -> Sheet:
    said = dict.fromkeys((*ROLES[relation], *VALUES.get(relation, ())))
    wide = [column for role in said for column in ((role, f"{role}Id") if role in ROLES[relation] else (role,))]
    names = ("claim", *wide, *_WHEN, *_WHENCE)

    def rows(graph: PolicyGraph) -> Iterator[Row]:
        for claim in claims_of_relation(graph, relation):
            told = {**_told(claim), "source": id_of(graph, claim.evidence.source)}
            yield tuple(told.get(column, "") for column in names)

    return Sheet(name, labels()[relation], en, tuple(map(_column, names)), rows)


def _told(claim: StoredClaim) -> dict[str, str]:
    """Everything a claim says and rests on, by column."""
    where = claim.evidence
    return {
        **claim.told,
        **{f"{role}Id": id_ for role, id_ in claim.things.items()},
        "claim": claim.number,
        "confidence": claim.confidence,
        "rule": claim.rule,
        "sentence": claim.sentence,
        "quote": claim.quote,
        "file": claim.file,
        "part": str(where.part),
        "page": where.page,
        "start": str(where.start),
        "end": str(where.end),
    }
