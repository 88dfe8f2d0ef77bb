"""An inferred network → the table of its edges."""

from __future__ import annotations

from collections.abc import Mapping

from kg.diffusion.inference.records import Network
from kg.views.tables import Table

COLUMNS = ("rank", "origin", "destination", "gain", "p_value", "cascades")


def network_table(network: Network, names: Mapping[str, str]) -> Table:
    """One row for each edge in order of inference; `names` says what each unit's id is called."""
    rows = []
    for rank, edge in enumerate(network.edges, start=1):
        origin, destination = (names.get(unit, unit) for unit in network.named(edge))
        p_value = edge.p_value if edge.p_value_shipped is None else edge.p_value_shipped
        shown = "" if p_value is None else f"{p_value:.3g}"
        rows.append((str(rank), origin, destination, f"{edge.gain:.6g}", shown, str(edge.cascades)))
    return Table(COLUMNS, tuple(rows))
