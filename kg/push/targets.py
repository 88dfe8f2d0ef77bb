"""The address of a SPARQL endpoint → where that kind of server takes updates and whole graphs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote

from kg.remote.address import checked_address


@dataclass(frozen=True, slots=True)
class Target:
    """The three addresses of a server; `graph_store` is empty where none is known."""

    endpoint: str  # answers queries
    update: str  # takes SPARQL updates
    graph_store: str = ""  # takes whole graphs (Graph Store Protocol)

    def store_of(self, graph: str) -> str:
        """The address of one graph in the graph store."""
        return f"{self.graph_store}{'&' if '?' in self.graph_store else '?'}graph={quote(graph, safe='')}"


class _Server(NamedTuple):
    name: str
    endpoint: re.Pattern[str]
    update: str  # from the groups of the pattern
    graph_store: str


_SERVERS = (
    _Server("GraphDB, RDF4J", re.compile(r"(.*/repositories/[^/?]+)/?"), r"\1/statements", r"\1/rdf-graphs/service"),
    _Server("Virtuoso", re.compile(r"(.*:8890/sparql)(?:-auth)?/?"), r"\1-auth", r"\1-graph-crud-auth"),
    _Server("Fuseki", re.compile(r"(.*:3030/[^/?]+)(?:/(?:sparql|query))?/?(?:\?.*)?"), r"\1/update", r"\1/data"),
    _Server("kg serve", re.compile(r"(.*:7878)/sparql"), r"\1/sparql", r"\1/store"),
    _Server("Oxigraph", re.compile(r"(.*)/query"), r"\1/update", r"\1/store"),
)


def target_at(endpoint: str, update: str = "", graph_store: str = "") -> Target:
    """The addresses that were given, and where they were not, those usual with a server of such an endpoint.

    `http://localhost:3030/policy/sparql` is Fuseki's, and its updates go to `/policy/update`. An endpoint of no known
    form takes updates itself. RemoteError where an address cannot be one.
    """
    endpoint = checked_address(endpoint)
    usual = next((server for server in _SERVERS if server.endpoint.fullmatch(endpoint)), None)
    usual_update, usual_store = endpoint, ""
    if usual:
        usual_update = usual.endpoint.sub(usual.update, endpoint)
        usual_store = usual.endpoint.sub(usual.graph_store, endpoint)
    return Target(
        endpoint,
        checked_address(update, "--update-endpoint") if update else usual_update,
        checked_address(graph_store, "--graph-store") if graph_store else usual_store,
    )
