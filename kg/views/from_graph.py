"""A built graph → the records that the pages show: a network of the whole or of a part, a trace of one programme.

First only who stands in which role of which claim is asked; sentences, files and years follow for the claims that a
page really shows, so that a large graph does not have to pass through memory for a small picture.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kg.model import Kind
from kg.views.budget import around, within_budget
from kg.views.records import (
    Adoption,
    ClaimView,
    Edge,
    Following,
    Link,
    NetworkView,
    Node,
    SaidDiffusion,
    Somewhere,
    Trace,
)
from kg.views.words import LEVELS, LINKS

if TYPE_CHECKING:
    from kg.graph.store import PolicyGraph

POL = "https://w3id.org/policy-kg/ontology#"
CHUNK = 400  # claims per question

# Claim class → what is drawn, from the first role that is filled to the last.
ENDS: dict[str, tuple[Link, tuple[str, ...], tuple[str, ...]]] = {
    "Adoption": (Link.ADOPTS, ("place",), ("program",)),
    "Issuance": (Link.ISSUES, ("agency", "place"), ("document",)),
    "Implementation": (Link.IMPLEMENTS, ("place",), ("object",)),
    "Targeting": (Link.TARGETS, ("program",), ("group",)),
    "Succession": (Link.SUCCEEDS, ("successor",), ("predecessor",)),
    "Membership": (Link.PART_OF, ("member",), ("whole",)),
    "Recognition": (Link.RECOGNIZES, ("by",), ("place",)),
}
DIFFUSION_ENDS: dict[str, tuple[Link, tuple[str, ...], tuple[str, ...]]] = {
    "LearnsFrom": (Link.LEARNS_FROM, ("to",), ("from",)),
    "Promotes": (Link.PROMOTES, ("from",), ("to", "program")),
    "Cooperates": (Link.COOPERATES, ("to",), ("from",)),
}
DETAILS = {
    "agency": "机构",
    "place": "地方",
    "program": "政策项目",
    "by": "由谁",
    "title": "称号",
    "indicator": "指标",
    "operator": "比较",
    "value": "数值",
    "valueTo": "上限",
    "unit": "单位",
    "baseline": "基数",
    "date": "日期",
}
OPEN = "（不详）"
OPERATORS = {">=": "≥", "<=": "≤", "=": "=", ">": ">", "<": "<"}

_ROLES = """
SELECT ?claim ?class ?role ?thing WHERE {
  VALUES ?class { pol:Adoption pol:Issuance pol:Implementation pol:Targeting pol:Goal pol:Succession pol:Membership
                  pol:Recognition pol:Diffusion }
  VALUES ?role { pol:place pol:program pol:agency pol:document pol:object pol:by pol:group pol:successor pol:predecessor
                 pol:member pol:whole pol:title pol:from pol:to pol:kind }
  ?claim a ?class ; pol:source ?source ; ?role ?thing . FILTER(ISIRI(?thing))
  %s
} ORDER BY ?claim ?role
"""
_SAID = "SELECT ?claim ?property ?value WHERE { VALUES ?claim { %s } ?claim ?property ?value }"
_WHERE = """
SELECT ?claim ?sentence ?file ?title WHERE {
  VALUES ?claim { %s }
  ?claim pol:source ?source ; pol:evidence ?evidence . ?source pol:file ?file .
  OPTIONAL { ?source dcterms:title ?title }
  OPTIONAL { ?evidence pol:cleaned ?cleaned }
  OPTIONAL { ?evidence oa:hasSelector ?quote . ?quote oa:exact ?exact }
  BIND(COALESCE(?cleaned, ?exact, "") AS ?sentence)
} ORDER BY ?claim ?file ?title
"""
_THINGS = """
SELECT ?thing ?property ?value WHERE {
  VALUES ?class { pol:Program pol:PolicyDocument pol:Agency pol:Place pol:Organization pol:TargetGroup }
  VALUES ?property { rdf:type skos:prefLabel skos:altLabel pol:level pol:within pol:jurisdiction pol:number pol:issuer
                     pol:since pol:inLexicon pol:foundingDocument skos:notation }
  ?thing a ?class ; ?property ?value
} ORDER BY ?thing ?property ?value
"""
_FILES = (
    "SELECT (COUNT(DISTINCT ?file) AS ?files) WHERE { ?source a pol:SourceDocument ; pol:file ?file ; pol:part ?part }"
)


@dataclass(slots=True)
class _Claim:
    """Who stands in which role; `kind` is that of a Diffusion or a Goal."""

    iri: str
    relation: str
    kind: str = ""
    roles: dict[str, str] = field(default_factory=dict)

    def first(self, names: tuple[str, ...]) -> str | None:
        return next((self.roles[name] for name in names if name in self.roles), None)


@dataclass(slots=True)
class _Thing:
    """What the graph knows of a thing before any claim."""

    iri: str
    told: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def one(self, name: str) -> str:
        return self.told[name][0] if name in self.told else ""

    @property
    def name(self) -> str:
        return self.one("prefLabel") or self.iri.rsplit("/", 1)[-1]

    @property
    def level(self) -> str:
        return _local(self.one("level"))

    @property
    def kind(self) -> Kind:
        return next(Kind(_local(type_)) for type_ in self.told["type"] if _local(type_) in set(Kind))


class _Things(dict[str, _Thing]):
    """Every thing of the graph by its IRI."""

    def __init__(self, graph: PolicyGraph) -> None:
        for iri, property_, value in graph.query(_THINGS):
            if iri and property_ and value:
                self.setdefault(iri, _Thing(iri)).told[_local(property_)].append(value)

    def name(self, iri: str) -> str:
        return self[iri].name if iri in self else iri.rsplit("/", 1)[-1] if "://" in iri else iri

    def somewhere(self, iri: str | None) -> Somewhere:
        """A place with its level and parent, an agency with those of the place it serves, or bare words (上级)."""
        if not iri:
            return Somewhere()
        if iri not in self:
            return Somewhere(self.name(iri))
        thing = self[iri]
        served = self.get(thing.one("jurisdiction"))
        if thing.kind is Kind.AGENCY and served is not None:
            return Somewhere(thing.name, served.level, served.name, iri, serves=served.name)
        above = thing.one("within")
        return Somewhere(thing.name, thing.level, self.name(above) if above else "", iri)


def network_view(graph: PolicyGraph, focus: str | None = None, depth: int = 1, budget: int = 300) -> NetworkView:
    """The network, or what lies within `depth` steps of the thing called `focus`; at most `budget` nodes."""
    things = _Things(graph)
    claims = [c for c in _claims(graph) if c.roles]
    view = _outline(claims, things)
    if focus:
        view = around(view, focus, depth)
    view = within_budget(view, budget)
    shown = {c.iri for e in view.edges for c in e.claims} | {c.iri for n in view.nodes for c in n.claims}
    told = _told(graph, [c for c in claims if c.iri in shown], things)
    return replace(
        view,
        nodes=tuple(replace(n, claims=tuple(told[c.iri] for c in n.claims)) for n in view.nodes),
        edges=tuple(replace(e, claims=tuple(told[c.iri] for c in e.claims)) for e in view.edges),
    )


def trace_of(graph: PolicyGraph, program: str) -> Trace:
    """The way of the programme with this name, alias or IRI; QueryError, with near names, where there is none."""
    things = _Things(graph)
    iri = program if program in things else graph.thing(program, "Program").value
    thing = things[iri]
    founding = thing.one("foundingDocument")
    objects = " ".join(f"<{i}>" for i in (iri, founding) if i)
    claims = list(_claims(graph, f"VALUES ?sought {{ {objects} }} ?claim pol:program|pol:object ?sought ."))
    told = _told(graph, claims, things)
    own = [c for c in claims if iri in c.roles.values() or c.relation == "Implementation"]
    return Trace(
        program=thing.name,
        iri=iri,
        aliases=tuple(thing.told.get("altLabel", ())),
        since=int(thing.one("since")) if thing.one("since") else None,
        level=thing.level,
        issuer="、".join(map(things.name, thing.told.get("issuer", ()))),
        document=things.name(founding) if founding else "",
        number=things[founding].one("number") if founding in things else "",
        adoptions=tuple(
            Adoption(things.somewhere(c.roles.get("place")), told[c.iri]) for c in own if c.relation == "Adoption"
        ),
        following=tuple(
            Following(
                things.somewhere(c.roles.get("place")),
                things.name(c.roles["object"]),
                _by(c, told, things),
                told[c.iri],
            )
            for c in own
            if c.relation == "Implementation"
        ),
        said=tuple(
            SaidDiffusion(
                things.somewhere(c.roles.get("from")), things.somewhere(c.roles.get("to")), c.kind, told[c.iri]
            )
            for c in own
            if c.relation == "Diffusion"
        ),
        files_read=int(next(iter(graph.query(_FILES)))[0] or 0),
    )


def _by(claim: _Claim, told: Mapping[str, ClaimView], things: _Things) -> Somewhere:
    return things.somewhere(claim.roles.get("by") or dict(told[claim.iri].details).get(DETAILS["by"]))


def _claims(graph: PolicyGraph, which: str = "") -> Iterator[_Claim]:
    found: dict[str, _Claim] = {}
    for iri, relation, role, thing in graph.query(_ROLES % which):
        if not (iri and relation and role and thing):
            continue
        claim = found.setdefault(iri, _Claim(iri, _local(relation)))
        if _local(role) == "kind":
            claim.kind = _local(thing)
        else:
            claim.roles[_local(role)] = thing
    return iter(found.values())


def _outline(claims: Iterable[_Claim], things: _Things) -> NetworkView:
    """Nodes and edges with claims of which only the IRI is known yet."""
    edges: dict[tuple[str, str, Link], list[ClaimView]] = defaultdict(list)
    alone: dict[str, list[ClaimView]] = defaultdict(list)
    for claim in claims:
        outline = ClaimView(claim.iri, claim.relation, "", "", "")
        ends = _ends(claim)
        if ends is not None and ends[0] != ends[1]:
            edges[ends].append(outline)
        elif (bearer := claim.first(("place", "to", "from", "program", "document", *claim.roles))) is not None:
            alone[bearer].append(outline)
    used = {end for source, target, _ in edges for end in (source, target)} | set(alone)
    used = {iri for iri in used if iri in things}
    for iri in used:
        for property_, link in (("jurisdiction", Link.JURISDICTION), ("within", Link.WITHIN)):
            if (other := things[iri].one(property_)) in used and other != iri:
                edges[iri, other, link] = []
    return NetworkView(
        nodes=tuple(_node(things[iri], things, alone.get(iri, [])) for iri in sorted(used)),
        edges=tuple(Edge(*ends, claims=tuple(of)) for ends, of in sorted(edges.items()) if {*ends[:2]} <= used),
    )


def _row(claim: _Claim) -> tuple[Link, tuple[str, ...], tuple[str, ...]] | None:
    return DIFFUSION_ENDS.get(claim.kind) if claim.relation == "Diffusion" else ENDS.get(claim.relation)


def _ends(claim: _Claim) -> tuple[str, str, Link] | None:
    row = _row(claim)
    if row is None:
        return None
    link, subjects, objects = row
    source, target = claim.first(subjects), claim.first(objects)
    return (source, target, link) if source and target else None


def _node(thing: _Thing, things: _Things, claims: Iterable[ClaimView]) -> Node:
    within = things.name(thing.one("within")) if thing.one("within") else ""
    facts = [
        ("层级", LEVELS.get(thing.level, thing.level) if thing.level else ""),
        ("上级", within),
        ("代码", thing.one("notation")),
        ("文号", thing.one("number")),
        ("创始", thing.one("since")),
        ("发布", "、".join(map(things.name, thing.told.get("issuer", ())))),
        ("词典", {"true": "已收录", "false": "未收录"}.get(thing.one("inLexicon"), "")),
    ]
    aliases = tuple(a for a in thing.told.get("altLabel", ()) if a != thing.name)
    return Node(thing.iri, thing.kind, thing.name, aliases, tuple((k, v) for k, v in facts if v), tuple(claims))


def _told(graph: PolicyGraph, claims: list[_Claim], things: _Things) -> dict[str, ClaimView]:
    """The claims with all that they say, in chunks."""
    told: dict[str, ClaimView] = {}
    for start in range(0, len(claims), CHUNK):
        chunk = claims[start : start + CHUNK]
        values = " ".join(f"<{c.iri}>" for c in chunk)
        properties: dict[str, dict[str, str]] = defaultdict(dict)
        for iri, property_, value in graph.query(_SAID % values):
            properties[iri or ""].setdefault(_local(property_ or ""), value or "")
        places: dict[str, tuple[str, str, str]] = {}
        for iri, sentence, file, title in graph.query(_WHERE % values):
            places.setdefault(iri or "", (sentence or "", file or "", title or ""))
        told |= {c.iri: _claim_view(c, properties[c.iri], places.get(c.iri, ("", "", "")), things) for c in chunk}
    return told


def _claim_view(claim: _Claim, told: Mapping[str, str], where: tuple[str, str, str], things: _Things) -> ClaimView:
    sentence, file, title = where
    return ClaimView(
        iri=claim.iri,
        relation=claim.relation,
        says=_says(claim, told, things),
        sentence=sentence,
        file=file,
        part=title if title != file.rpartition("/")[2] else "",
        year=int(told["year"]) if "year" in told else None,
        year_to=int(told["yearTo"]) if "yearTo" in told else None,
        date_kind=_local(told.get("dateKind", "")),
        status=_local(told.get("status", "")),
        confidence=told.get("confidence", ""),
        found_by=told.get("foundBy", ""),
        details=tuple(_details(claim, told, things)),
    )


def _says(claim: _Claim, told: Mapping[str, str], things: _Things) -> str:
    """大连市 采纳 三通两平台, in the direction of the arrow."""
    if claim.relation == "Goal":
        amount = f"{OPERATORS.get(told.get('operator', ''), '')} {told.get('value', '')}{told.get('unit', '')}"
        parts = [things.name(claim.roles.get("place", "")), told.get("indicator", ""), amount.strip()]
    elif claim.relation == "Recognition":
        parts = [things.name(claim.roles.get("place", "")), "获", things.name(told.get("title", ""))]
    elif (row := _row(claim)) is not None:
        link, subjects, objects = row
        parts = [things.name(claim.first(subjects) or OPEN), LINKS[link], things.name(claim.first(objects) or OPEN)]
    else:
        parts = [things.name(iri) for iri in claim.roles.values()]
    return " ".join(part for part in parts if part)


def _details(claim: _Claim, told: Mapping[str, str], things: _Things) -> Iterator[tuple[str, str]]:
    """What a claim says beside the two ends of its arrow."""
    ends = _ends(claim) or ()
    for name, word in DETAILS.items():
        value = told.get(name, "")
        if value and value not in ends:
            yield word, OPERATORS.get(value, things.name(value))


def _local(iri: str) -> str:
    return iri.removeprefix(POL).rpartition("#")[2].rpartition("/")[2]
