"""A claim or an edge of a graph → its explanations, put together from the graph and from the mentions beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

from kg.errors import QueryError
from kg.explain.record import records_of
from kg.explain.refused import refused
from kg.explain.roles import DATED, Setting, roles_of
from kg.explain.sentence import marked, named_in
from kg.graph.claims import StoredClaim, claim_called, claims_beside, claims_joining, number_in
from kg.graph.mentions import MENTIONS_FILE, Words, read_mentions
from kg.graph.ontology import labels
from kg.graph.part_decisions import decisions_of
from kg.graph.store import PolicyGraph
from kg.relations.rule_words import words_of_claim
from kg.views.explained import Beside, Decided, Explanation, Recognised, RuleTold

_BETWEEN_NAMES = re.compile(r"[\s,，]+|→|->")
_EDGE = re.compile(r"pol:\w+|采纳|印发|落实|面向|学习借鉴|adopts|issues|implements")
_OF_THE_PART = ("place", "year", "genre")
_PROGRAMS = "SELECT DISTINCT ?name ?program WHERE { ?program a pol:Program ; skos:prefLabel|skos:altLabel ?name }"


def explain(graph: PolicyGraph, folder: Path, what: str) -> tuple[Explanation, ...]:
    """The explanations of a claim (its IRI, or the beginning of its number) or of an edge (`大连市 三通两平台`: two names with a space).

    Raises QueryError where the graph has no such claim or edge, GraphError where the mentions beside it are missing.
    """
    claims = _claims(graph, what)
    words = read_mentions(folder / MENTIONS_FILE if folder.is_dir() else folder.with_name(MENTIONS_FILE))
    programs = {str(name): unquote(str(iri).removeprefix(graph.base)) for name, iri in graph.query(_PROGRAMS)}
    return tuple(_explanation(graph, words, programs, claim) for claim in claims)


def _claims(graph: PolicyGraph, what: str) -> tuple[StoredClaim, ...]:
    if number_in(what):
        return (claim_called(graph, what),)
    names = [word for word in _BETWEEN_NAMES.split(what.strip()) if word and not _EDGE.fullmatch(word)]
    if len(names) != 2:
        raise QueryError(
            f"{what!r} is neither a claim nor an edge: give a claim's IRI, or two names such as '大连市 三通两平台'"
        )
    claims = claims_joining(graph, *names)
    if not claims:
        raise QueryError(
            f"no claim of the graph joins {names[0]} and {names[1]}; see what is there: kg trace GRAPH PROGRAMME"
        )
    return claims


def _explanation(
    graph: PolicyGraph, words: Mapping[str, list[Words]], programs: Mapping[str, str], claim: StoredClaim
) -> Explanation:
    at = claim.evidence
    of_source = words.get(re.sub(r"/part-\d+$", "", at.source).rpartition("/")[2], [])
    here = [word for word in of_source if at.start <= word.start and word.end <= at.end]
    setting = Setting(
        claim,
        named_in(claim.sentence, claim.quote, at.start, here),
        decisions_of(graph, at.source),
        tuple(sorted({word.entity for word in of_source if word.end <= at.start})),
    )
    roles = tuple(roles_of(setting))
    beside = claims_beside(graph, claim)
    shown = {role.name for role in roles} | set(DATED)
    return Explanation(
        claim=claim.iri,
        relation=str(claim.relation),
        marked=marked(claim.sentence, roles, labels()),
        roles=roles,
        properties=tuple((name, value) for name, value in sorted(claim.told.items()) if name not in shown),
        rule=claim.rule,
        rule_words=tuple(RuleTold(name, *said) for name, said in words_of_claim(claim.rule)),
        confidence=claim.confidence,
        records=records_of(claim.relation, claim.rule, claim.confidence),
        refused=refused(setting, roles, beside, programs),
        beside=tuple(Beside(other.number, other.summary) for other in beside),
        part_decided=tuple(Decided(*decision) for decision in setting.part if decision.what in _OF_THE_PART),
        file=claim.file,
        part=at.part,
        text=at.text,
        page=at.page,
        start=at.start,
        end=at.end,
        quote=claim.quote,
        sentence=claim.sentence,
        words=tuple(Recognised(w.start, w.end, w.kind, w.words, w.entity, w.found_by) for w in here),
    )
