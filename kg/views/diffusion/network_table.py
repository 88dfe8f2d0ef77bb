"""An inferred network → the table of its edges."""

from __future__ import annotations

from kg.diffusion.adoptions import History
from kg.diffusion.inference.classes import edge_class
from kg.diffusion.inference.records import Network
from kg.diffusion.naming import names_of
from kg.views.tables import Table

COLUMNS = ("rank", "origin", "destination", "class", "gain", "p_value", "cascades")


def network_table(network: Network, history: History) -> Table:
    """One row for each edge in order of inference; `history` is the one that the network was inferred from."""
    names, rows = names_of(history), []
    for rank, edge in enumerate(network.edges, start=1):
        origin, destination = network.named(edge)
        class_ = edge_class(history.unit[origin], history.unit[destination], history.unit)
        p_value = edge.p_value if edge.p_value_shipped is None else edge.p_value_shipped
        shown = "" if p_value is None else f"{p_value:.3g}"
        ends = names[origin], names[destination], class_.value
        rows.append((str(rank), *ends, f"{edge.gain:.6g}", shown, str(edge.cascades)))
    return Table(COLUMNS, tuple(rows))
