"""Claims and things → the edges of the network: who is tied to whom in which way, and which claims say so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from kg.views.explorer.records import ClaimRow, Thing, Tie
from kg.views.from_graph import DIFFUSION_ENDS, ENDS
from kg.views.records import Link

_ORDER = {link: number for number, link in enumerate(Link)}
Ends = tuple[int, int, Link]


def ties_of(claims: Sequence[ClaimRow], things: Sequence[Thing]) -> tuple[Tie, ...]:
    """The ties, sorted. A goal, an honour without a giver and a claim with an open end tie nothing: they hang on their things."""
    number = {thing.iri: i for i, thing in enumerate(things)}
    together: dict[Ends, list[int]] = defaultdict(list)
    for i, claim in enumerate(claims):
        ends = _ends(claim, number)
        if ends is not None and ends[0] != ends[1]:
            together[ends].append(i)
    for i, thing in enumerate(things):
        for above, link in ((thing.jurisdiction, Link.JURISDICTION), (thing.within, Link.WITHIN)):
            if above in number and number[above] != i:
                together.setdefault((i, number[above], link), [])
    ordered = sorted(together, key=lambda ends: (*ends[:2], _ORDER[ends[2]]))
    return tuple(Tie(*ends, tuple(together[ends])) for ends in ordered)


def _ends(claim: ClaimRow, number: Mapping[str, int]) -> Ends | None:
    row = DIFFUSION_ENDS.get(claim.kind) if claim.relation == "Diffusion" else ENDS.get(claim.relation)
    if row is None:
        return None
    link, subjects, objects = row
    roles = {name: number[iri] for name, iri in claim.roles}
    source = next((roles[name] for name in subjects if name in roles), None)
    target = next((roles[name] for name in objects if name in roles), None)
    return None if source is None or target is None else (source, target, link)
