"""A graph, a table of decisions and what the reviewer says of a name or claim → the table with that row; and what became of each row."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import unquote

from kg.entities import entity_reader
from kg.entities.given import given_place
from kg.errors import QueryError, ReviewError
from kg.graph.claims import StoredClaim, claim_called, claims_in
from kg.graph.iris import thing_iri
from kg.graph.store import PolicyGraph
from kg.graph.terms import text_literal
from kg.model import Kind, Relation
from kg.reviewed.decisions import (
    MERGED_KINDS,
    Pair,
    Reviewed,
    Said,
    Says,
    Thing,
    Verdict,
    cells_of,
    ends_of,
    squeezed,
)
from kg.reviewed.properties import IDENTIFYING, NEEDED, PATHS, ROLES, checked_text, properties_of
from kg.reviewed.reviewer import refusal_of
from kg.reviewed.rows import decisions_of
from kg.reviewed.table import Pairs, Table, with_row

_REFUSED = "SELECT ?file ?text WHERE { ?source pol:refused ?text ; pol:file ?file } ORDER BY ?file ?text"
_LINKS = "SELECT ?one ?other WHERE { ?one skos:exactMatch ?other }"
_MERGEABLE = "SELECT ?thing WHERE { VALUES ?class { pol:Program pol:PolicyDocument pol:Organization } ?thing a ?class }"
_OTHER_NAMES = """
SELECT ?name ?other WHERE {
  VALUES ?name { %s } ?thing skos:prefLabel|skos:altLabel ?name . ?thing skos:prefLabel|skos:altLabel ?other
}"""


class State(StrEnum):
    """What became of a decision."""

    IN_FORCE = "in force"
    BUILD_AGAIN = "build again"
    IDLE = "meets nothing"


@dataclass(frozen=True, slots=True)
class Change:
    """A table with one decision more, or another in its place."""

    table: Table
    decision: Pair | Verdict
    replaced: int | None = None  # the line that it took


def decided_pair(
    table: Table,
    graph: PolicyGraph,
    says: Says,
    names: tuple[str, str],
    note: str = "",
    kinds: Sequence[Kind] = MERGED_KINDS,
) -> Change:
    """The table with `same` or `apart` of two names of the graph; QueryError or ReviewError where that cannot be."""
    name, other = names
    first, second = _thing(graph, name, kinds), _thing(graph, other, kinds)
    if first.kind is not second.kind:
        raise QueryError(f"{name} is a {first.kind} and {other} a {second.kind}; only things of a kind are decided on")
    if first == second and says is Says.SAME:
        raise QueryError(f"{name} and {other} are one thing already: {first.name}")
    if first == second:
        first, second = Thing(first.kind, name), Thing(first.kind, other)
    if first == second:
        raise QueryError(f"{name!r} stands there twice; give two names")
    for pair in decisions_of(table).all:
        if isinstance(pair, Pair) and pair.says is says and {pair.first, pair.second} == {first, second}:
            raise ReviewError([f"{table.name}:{pair.line}: decides on {first.name} and {second.name} already"])
    return _checked(table, Pair(0, says, first, second, note))


def decided_claim(
    table: Table, graph: PolicyGraph, says: Says, what: str, change: Mapping[str, str] | None = None, note: str = ""
) -> Change:
    """The table with a verdict on one claim of the graph; a verdict on it that stands there is replaced.

    What a correction says goes over what an earlier one said of the same claim.
    """
    claim = claim_called(graph, what)
    checked = _checked_change(graph, claim, change or {})
    standing = _standing(decisions_of(table), claim)
    if standing is None:
        key = _key(claim, claims_in(graph, [claim.sentence]))
        return _checked(table, Verdict(0, says, claim.file, claim.sentence, claim.relation, key, checked, note))
    if says is Says.RIGHT and standing.says is Says.CORRECTED:
        raise ReviewError(
            [f"{table.name}:{standing.line}: says what is right of it already; to take that back, undo it"]
        )
    before = standing.change if says is Says.CORRECTED else ()
    both = tuple({**dict(before), **dict(checked)}.items())
    note = note or (standing.note if says is standing.says else "")
    verdict = replace(standing, says=says, change=both, note=note)
    return _checked(table, verdict, standing.line)


def states_of(reviewed: Reviewed, graph: PolicyGraph) -> dict[int, State]:
    """What became of each decision in a graph, by line."""
    labels = _labels(graph, [thing.name for pair in reviewed.apart for thing in (pair.first, pair.second)])
    claims = claims_in(graph, [verdict.quote for verdict in reviewed.verdicts])
    refused = _refused(graph)
    states = {pair.line: _state_of_apart(pair, labels) for pair in reviewed.apart}
    ends = ends_of(reviewed.same)
    links = {(str(one), str(other)) for one, other in graph.query(_LINKS)} if ends else set()
    things = {str(thing) for (thing,) in graph.query(_MERGEABLE)} if ends else set()
    for pair in reviewed.same:
        old, into = (thing_iri(graph.base, f"{PATHS[t.kind]}/{t.name}") for t in (pair.first, ends[pair.first]))
        states[pair.line] = _state_of_merge(old, into, links, things)
    return states | {v.line: _state_of_verdict(v, reviewed.verdicts, claims, refused) for v in reviewed.verdicts}


# --- names -----------------------------------------------------------------------------------------------------------


def _thing(graph: PolicyGraph, name: str, kinds: Sequence[Kind]) -> Thing:
    """The thing of this name, of the first kind that has one."""
    faults = []
    for kind in kinds:
        try:
            iri = graph.thing(name, kind)
        except QueryError as fault:
            faults.append(fault)
            continue
        (preferred,) = next(iter(graph.query(f"SELECT ?name WHERE {{ {iri} skos:prefLabel ?name }}")))
        return Thing(kind, str(preferred))
    raise QueryError(f"{faults[0]}; a name that no document has is written into reviewed.csv by hand")


def _labels(graph: PolicyGraph, names: Iterable[str]) -> dict[Thing, set[str]]:
    """The things of the graph that bear one of these names, in whatever way."""
    wanted = set(names)
    found: dict[Thing, set[str]] = {}
    if not wanted:
        return found
    for kind in MERGED_KINDS:
        asked = f"SELECT ?name ?thing WHERE {{ ?thing a pol:{kind} ; skos:prefLabel|skos:altLabel ?name }}"
        for name, thing in graph.query(asked):
            if name in wanted:
                found.setdefault(Thing(kind, str(name)), set()).add(str(thing))
    return found


def _state_of_apart(pair: Pair, labels: Mapping[Thing, set[str]]) -> State:
    first, second = labels.get(pair.first, set()), labels.get(pair.second, set())
    if not first or not second:
        return State.IDLE
    return State.BUILD_AGAIN if first & second else State.IN_FORCE


def _state_of_merge(old: str, into: str, links: Container[tuple[str, str]], things: Container[str]) -> State:
    if (old, into) in links:
        return State.IN_FORCE
    return State.BUILD_AGAIN if old in things else State.IDLE


# --- claims ----------------------------------------------------------------------------------------------------------


def _checked_change(graph: PolicyGraph, claim: StoredClaim, change: Mapping[str, str]) -> Pairs:
    checked: dict[str, str] = {}
    for name, text in change.items():
        try:
            checked[name] = checked_text(claim.relation, name, text.strip())
        except ValueError as fault:
            raise QueryError(f"claim {claim.number}: {fault}") from None
        if not checked[name] and name in NEEDED[claim.relation]:
            raise QueryError(
                f"{claim.relation} cannot be without {name!r}; if the claim is wrong, say so: kg review wrong"
            )
        if checked[name] and ROLES[claim.relation].get(name, ())[:1] == (Kind.PLACE,):
            checked[name] = _place(graph, name, checked[name])
    return tuple(checked.items())


def _place(graph: PolicyGraph, role: str, name: str) -> str:
    """The name if it means one place, else the id of the only place of the graph that bears it; QueryError otherwise."""
    if name.partition("/")[0] in (PATHS[Kind.PLACE], PATHS[Kind.ORGANIZATION]) or entity_reader().knows_place(name):
        return name
    try:
        return unquote(graph.thing(name, Kind.PLACE).value.removeprefix(graph.base))
    except QueryError:
        raise QueryError(
            f"{role}: no place or several are called {name!r}; write it in full, such as 南京市鼓楼区, "
            "or a school as organization/NAME"
        ) from None


def _key(claim: StoredClaim, others: Sequence[StoredClaim]) -> Pairs:
    """As much of what a claim says as tells it apart from the others of its sentence."""
    names = (*ROLES[claim.relation], *IDENTIFYING.get(claim.relation, ()))
    key = {name: claim.told[name] for name in dict.fromkeys(names) if name in claim.told}
    for other in others:
        verdict = Verdict(0, Says.RIGHT, claim.file, claim.sentence, claim.relation, tuple(key.items()))
        if other.iri != claim.iri and verdict.fits(other.said):
            name = next((n for n in properties_of(claim.relation) if claim.told.get(n) != other.told.get(n)), None)
            if name is not None:
                key[name] = claim.told.get(name, "")
    return tuple(key.items())


def _standing(reviewed: Reviewed, claim: StoredClaim) -> Verdict | None:
    """The verdict that decided this very claim, or will; not one on any file."""
    said = claim.said
    for_file = [verdict for verdict in reviewed.verdicts if verdict.file]
    fitting = [verdict for verdict in for_file if _fits_now(verdict, said)]
    if not fitting and claim.told.get("reviewed") == "Corrected":  # by a line that has changed since
        fitting = [verdict for verdict in for_file if verdict.says is Says.CORRECTED and verdict.kept.fits(said)]
        if len(fitting) > 1:
            lines = ", ".join(str(verdict.line) for verdict in fitting)
            raise ReviewError([f"{reviewed.name}: lines {lines} have changed since the last build; build again first"])
    return max(fitting, key=lambda verdict: verdict.closeness, default=None)


def _fits_now(verdict: Verdict, said: Said) -> bool:
    """Whether the claim is one that the verdict is to decide, or has made."""
    if verdict.says is Says.CORRECTED and "reviewed" in said.facts:
        return verdict.corrected.fits(said, _with_place)
    return verdict.fits(said)


def _with_place(name: str) -> frozenset[str]:
    """The name, and the id of the place that it means: 南京市鼓楼区 is called 鼓楼区 in a graph."""
    place = given_place(entity_reader().gazetteer, name)
    return frozenset([name, place.entity.id] if place else [name])


def _state_of_verdict(
    verdict: Verdict, all_: Sequence[Verdict], claims: Sequence[StoredClaim], refused: Sequence[Said]
) -> State:
    state = _state_by_claims(verdict, all_, claims, refused)
    if state is State.IDLE and any(_is_stale(claim, verdict, all_) for claim in claims):
        return State.BUILD_AGAIN
    return state


def _is_stale(claim: StoredClaim, verdict: Verdict, all_: Sequence[Verdict]) -> bool:
    """Whether a line that said something else when the graph was built has decided a claim of the verdict's sentence."""
    sentence = replace(verdict, roles=())
    return (
        "reviewed" in claim.told and sentence.fits(claim.said) and not any(_fits_now(one, claim.said) for one in all_)
    )


def _state_by_claims(
    verdict: Verdict, all_: Sequence[Verdict], claims: Sequence[StoredClaim], refused: Sequence[Said]
) -> State:
    mine = [claim for claim in claims if _fits_now(verdict, claim.said)]
    if mine:
        closer = [other for other in all_ if other.closeness > verdict.closeness]
        mine = [claim for claim in mine if not any(_fits_now(other, claim.said) for other in closer)]
    if verdict.says is Says.WRONG:
        if mine:
            return State.BUILD_AGAIN
        return State.IN_FORCE if any(verdict.fits(said) for said in refused) else State.IDLE
    word = "Corrected" if verdict.says is Says.CORRECTED else "Confirmed"
    if not mine:
        return State.IDLE
    return State.IN_FORCE if all(c.told.get("reviewed") == word for c in mine) else State.BUILD_AGAIN


def _refused(graph: PolicyGraph) -> list[Said]:
    """The claims that were refused when the graph was built."""
    rows = [(str(file), refusal_of(str(text))) for file, text in graph.query(_REFUSED)]
    names = _other_names(graph, {value for _, told in rows for value in told.values()})
    refused = []
    for file, told in rows:
        relation, quote = told.pop("claim", ""), told.pop("quote", "")
        facts = {name: frozenset([value, *names.get(value, ())]) for name, value in told.items()}
        refused.append(Said(file, frozenset([squeezed(quote)]), Relation(relation), facts))
    return refused


def _other_names(graph: PolicyGraph, names: Iterable[str]) -> dict[str, set[str]]:
    """What else the things of these names are called."""
    literals = " ".join(text_literal(name, "zh") for name in sorted(names))
    others: dict[str, set[str]] = {}
    for name, other in graph.query(_OTHER_NAMES % literals):
        others.setdefault(str(name), set()).add(str(other))
    return others


def _checked(table: Table, decision: Pair | Verdict, at: int | None = None) -> Change:
    """The table with the decision, if all of it can be true together; ReviewError otherwise."""
    changed = with_row(table, cells_of(decision), at)
    reviewed = decisions_of(changed)
    line = at if at is not None else max(d.line for d in reviewed.all)
    return Change(changed, next(d for d in reviewed.all if d.line == line), at)
