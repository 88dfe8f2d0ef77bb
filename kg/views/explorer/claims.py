"""A graph → its claims: who stands in which role, what is said in figures or words, of which year, by which rule."""

from __future__ import annotations

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
_THINGS_ONLY = frozenset(ROLES) - frozenset(VALUES)
_STATUSES, _DATE_KINDS = frozenset(map(str, Status)), frozenset(map(str, DateKind))
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
    sources, evidence = asked.column("pol:source"), asked.column("pol:evidence")
    known = set(map(str, Relation))
    relations: dict[str, str] = {}
    for iri, classes in asked.lists("rdf:type").items():
        if iri in sources and iri in evidence:
            names = sorted(map(local, classes))
            relation = next((name for name in names if name in known), "")
            if relation:
                relations[iri] = relation
            else:
                asked.left_out[f"claim of the class {names[0]}"] += 1
    return Claims(*({claim: of[claim] for claim in sorted(relations)} for of in (relations, sources, evidence)))


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
    said = {name: of[claim] for name, of in told.items() if claim in of}
    roles = tuple((name, said[name]) for name in ROLES if name in said and said[name] in things)
    literal = said.keys() - dict(roles).keys()
    for name in literal & _THINGS_ONLY:
        asked.left_out[f"{name} of a claim that is no thing of the graph"] += 1
    return ClaimRow(
        iri=claim,
        relation=relation,
        kind=asked.word(said.get("kind"), CLAIM_KINDS, "kind of claim"),
        quote=quote,
        roles=roles,
        values=tuple((name, _plain(said[name])) for name in VALUES if name in literal),
        year=asked.year(said.get("year"), claim),
        year_to=asked.year(said.get("yearTo"), claim),
        date_kind=asked.word(said.get("dateKind"), _DATE_KINDS, "kind of date"),
        status=asked.word(said.get("status"), _STATUSES, "status"),
        confidence=min(max(asked.decimal(said.get("confidence") or "1", claim), 0.0), 1.0),
        rule=said.get("foundBy", ""),
        inferred=said.get("inferred") == "true",
    )


def _plain(value: str) -> str:
    return local(value) if value.startswith(("http://", "https://")) else value
