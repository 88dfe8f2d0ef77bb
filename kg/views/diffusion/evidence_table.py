"""What makes an inferred network defensible → tables: edges against chance, models compared, the adoptions behind an edge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.diffusion.adoptions import Adoption, Unit
from kg.diffusion.inference.behind import Behind
from kg.diffusion.inference.classes import edge_class
from kg.diffusion.inference.permutation import Significance
from kg.diffusion.inference.selection import Judged
from kg.views.tables import Table

EDGES = ("origin", "destination", "class", "cascades", "excess", "z", "p_value", "q_value")


def significance_table(
    found: Significance,
    units: Mapping[str, Unit],
    inclusion: Mapping[tuple[int, int], float] | None = None,
    every: bool = False,
) -> Table:
    """The reported edges, or every one that was tried, the strongest first; `inclusion` adds its column."""
    edges = found.edges if every else found.reported
    rows = []
    for edge in edges:
        origin, destination = units[found.units[edge.origin]], units[found.units[edge.destination]]
        row = [
            origin.name,
            destination.name,
            edge_class(origin, destination, units).value,
            str(edge.cascades),
            f"{edge.excess:.3f}",
            f"{edge.z:.3f}",
            f"{edge.p_value:.3g}",
            f"{edge.q_value:.4f}",
        ]
        if inclusion is not None:
            row.append(f"{inclusion.get((edge.origin, edge.destination), 0.0):.2f}")
        rows.append(tuple(row))
    return Table(EDGES if inclusion is None else (*EDGES, "inclusion"), tuple(rows))


def selection_table(judged: Iterable[Judged]) -> Table:
    """One line per rule of ties and delay, the best first."""
    columns = ("ties", "delay", "log_likelihood", "per_adoption", "standard_error", "adoptions", "chosen")
    rows = tuple(
        (
            one.ties,
            str(one.delay),
            f"{one.log_likelihood:.3f}",
            f"{one.per_adoption:.5f}",
            f"{one.standard_error:.5f}",
            str(one.adoptions),
            "yes" if one.chosen else "",
        )
        for one in judged
    )
    return Table(columns, rows)


def behind_table(found: Iterable[Behind], programs: Mapping[str, str], units: Mapping[str, str]) -> Table:
    """One line per programme: both years, the delay, whether this is the probable way, and the sentences."""
    columns = (
        "program",
        "origin_year",
        "destination_year",
        "delay",
        "way",
        "rival",
        "origin_file",
        "origin_sentence",
        "destination_file",
        "destination_sentence",
    )
    rows = tuple(
        (
            programs.get(one.program, one.program),
            _year(one.origin),
            _year(one.destination),
            f"{one.delay:g}",
            "yes" if one.is_way else "",
            units.get(one.rival, one.rival),
            *_said(one.origin),
            *_said(one.destination),
        )
        for one in found
    )
    return Table(columns, rows)


def _year(adoption: Adoption) -> str:
    return "" if adoption.upper is None else f"{adoption.upper:g}"


def _said(adoption: Adoption) -> tuple[str, str]:
    """File and sentence of the earliest evidence."""
    return (adoption.evidence[0].file, adoption.evidence[0].sentence) if adoption.evidence else ("", "")
