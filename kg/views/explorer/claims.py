"""A graph → its claims: who stands in which role, what is said in figures or words, of which year, by which rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

from kg.graph.iris import RDF
from kg.model import DateKind, Relation, Status
from kg.views.explorer.asking import Asked, local
from kg.views.explorer.records import ClaimRow

ROLES = tuple("place program agency document object by group successor predecessor member whole title from to".split())
VALUES = tuple(
    "by title indicator operator value valueTo unit baseValue baseUnit baseline date reviewed".split()
)  # a role that names no thing of the graph is one, too
CLAIM_KINDS = ("", "Promotes", "LearnsFrom", "Cooperates", "Planned", "Achieved")
_COLUMNS = tuple("kind year yearTo dateKind status confidence foundBy inferred".split())
_KNOWN = frozenset((*ROLES, *VALUES, *_COLUMNS, "yearFrom", "source", "evidence"))  # yearFrom is always year
_STATUSES, _DATE_KINDS = frozenset(map(str, Status)), frozenset(map(str, DateKind))
_CLASSES = "SELECT ?claim ?class WHERE { ?claim pol:evidence ?evidence ; pol:source ?source ; a ?class }"
_PROPERTIES = "SELECT ?property (COUNT(*) AS ?times) WHERE { ?claim pol:evidence ?evidence ; ?property ?value } GROUP BY ?property"

Told = Mapping[str, Mapping[str, str]]  # property → claim → value


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims of a graph: their relations, sources and evidence, before anything else is asked of them."""

    relations: Mapping[str, str]
    sources: Mapping[str, str]
    evidence: Mapping[str, str]


def claims_in(asked: Asked) -> Claims:
    """All claims of relations that this version knows."""
    known = set(map(str, Relation))
    classes: dict[str, list[str]] = defaultdict(list)
    for claim, class_ in asked.graph.query(_CLASSES):
        classes[str(claim)].append(local(str(class_)))
    relations = {claim: min(known.intersection(of), default="") for claim, of in classes.items()}
    for claim, relation in relations.items():
        if not relation:
            asked.left_out[f"claim of the class {min(classes[claim])}"] += 1
    sources, evidence = asked.column("pol:source"), asked.column("pol:evidence")
    shown = sorted(claim for claim, relation in relations.items() if relation)
    return Claims(*({claim: of[claim] for claim in shown} for of in (relations, sources, evidence)))


def rows_of(asked: Asked, claims: Claims, quote_of: Mapping[str, int], things: Container[str]) -> Iterator[ClaimRow]:
    """The rows in order of the sentences; a role that no thing of the graph fills is a value, or left out where it cannot be."""
    _tell_unknown(asked)
    told = {name: asked.column(f"pol:{name}") for name in dict.fromkeys((*ROLES, *VALUES, *_COLUMNS))}
    for claim in sorted(claims.relations, key=lambda claim: (quote_of[claim], claim)):
        yield _row(asked, claim, claims.relations[claim], quote_of[claim], told, things)


def _tell_unknown(asked: Asked) -> None:
    for property_, times in asked.graph.query(_PROPERTIES):
        if property_ != f"{RDF}type" and local(str(property_)) not in _KNOWN:
            asked.left_out[f"property {local(str(property_))} of a claim"] += int(times or 0)


def _row(asked: Asked, claim: str, relation: str, quote: int, told: Told, things: Container[str]) -> ClaimRow:
    def one(name: str) -> str:
        return told[name].get(claim, "")

    roles = tuple((name, one(name)) for name in ROLES if one(name) in things)
    filled = {name for name, _ in roles}
    for name in ROLES:
        if one(name) and name not in filled and name not in VALUES:
            asked.left_out[f"{name} of a claim that is no thing of the graph"] += 1
    return ClaimRow(
        iri=claim,
        relation=relation,
        kind=asked.word(one("kind"), CLAIM_KINDS, "kind of claim"),
        quote=quote,
        roles=roles,
        values=tuple((name, _plain(one(name))) for name in VALUES if one(name) and name not in filled),
        year=asked.year(one("year"), claim),
        year_to=asked.year(one("yearTo"), claim),
        date_kind=asked.word(one("dateKind"), _DATE_KINDS, "kind of date"),
        status=asked.word(one("status"), _STATUSES, "status"),
        confidence=min(max(asked.decimal(one("confidence") or "1", claim), 0.0), 1.0),
        rule=one("foundBy"),
        inferred=one("inferred") == "true",
    )


def _plain(value: str) -> str:
    return local(value) if value.startswith(("http://", "https://")) else value
