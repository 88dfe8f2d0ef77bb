"""Named graphs → the server: by Graph Store Protocol where it takes that, else by SPARQL updates; and what it holds."""

from __future__ import annotations

from collections.abc import Callable

from kg.errors import RemoteError
from kg.graph.named import NamedTriples
from kg.graph.remote import RemoteGraph
from kg.graph.sparql_terms import text_term
from kg.push.targets import Target
from kg.push.updates import MOST_TRIPLES, drop_of, updates_of
from kg.remote.client import Client
from kg.remote.reply import Reply

_TAKES_NO_GRAPHS = frozenset({404, 405, 406, 410, 501})
_TAKES_NOT_THIS = frozenset({400, 413, 422, 500})  # Virtuoso 7: a graph that begins with a text of 50,000 characters
_FORMS = ("application/n-triples", "text/turtle")  # N-Triples are Turtle, too
_ACCEPT = "application/sparql-results+json, */*;q=0.5"


class Server:
    """One server that is filled. It says so, once, where it turns from whole graphs to updates."""

    def __init__(self, client: Client, target: Target, tell: Callable[[str], None], most: int = MOST_TRIPLES) -> None:
        self._client = client
        self._target = target
        self._tell = tell
        self._most = most
        self._asked = RemoteGraph(client, target.endpoint)
        self._puts = bool(target.graph_store)
        self._forms = list(_FORMS)

    def counts(self, base: str) -> dict[str, int]:
        """How many triples each graph below `base` holds.

        Asked until nothing more comes, because a server may give no more than so many rows.
        """
        held: dict[str, int] = {}
        after = base
        while True:
            rows = self._asked.rows(
                f"SELECT ?g (COUNT(*) AS ?n) WHERE {{ GRAPH ?g {{ ?s ?p ?o }} "
                f"FILTER(STRSTARTS(STR(?g), {text_term(base)}) && STR(?g) > {text_term(after)}) }} "
                "GROUP BY ?g ORDER BY STR(?g)"
            )
            new = {str(graph): int(count or 0) for graph, count in rows if graph is not None and graph not in held}
            if not new:
                return held
            held |= new
            after = max(new)

    def count(self, graph: str) -> int:
        """How many triples one graph holds."""
        rows = self._asked.rows(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
        return int(next(iter(rows), ("0",))[0] or 0)

    def replace(self, graph: NamedTriples) -> None:
        """Puts the graph in the place of what stood there; RemoteError where the server does not hold all of it then."""
        if self._puts and self._put(graph):
            return
        for update in updates_of(graph, self._most):
            self._update(update)
        if (held := self.count(graph.iri)) != graph.quads:
            raise differs(self._target.update, graph.iri, held, graph.quads)

    def drop(self, graph: str) -> None:
        """Removes a graph, if it is there."""
        if self._puts:
            reply = self._client("DELETE", self._target.store_of(graph))
            if reply.is_good or reply.status in (404, 410):
                return
            if reply.status in (401, 403):
                raise reply.fault
        self._update(drop_of(graph))

    def _put(self, graph: NamedTriples) -> bool:
        """Whether the server took the graph; else it is to be sent as updates."""
        reply = self._answer_to_put(graph)
        if reply.is_good:
            return True
        if reply.status in (*_TAKES_NO_GRAPHS, 415):
            self._puts = False
            self._tell(
                f"{self._target.graph_store} takes no whole graphs ({reply.status}); sending SPARQL updates to "
                f"{self._target.update} instead"
            )
            return False
        if reply.status in _TAKES_NOT_THIS:
            self._tell(f"the server refuses <{graph.iri}> as a whole ({reply.status}); sending it as SPARQL updates")
            return False
        raise reply.fault

    def _answer_to_put(self, graph: NamedTriples) -> Reply:
        url = self._target.store_of(graph.iri)
        while True:
            reply = self._client("PUT", url, graph.triples, {"Content-Type": self._forms[0]})
            if reply.status != 415 or len(self._forms) == 1:
                return reply
            del self._forms[0]

    def _update(self, text: str) -> None:
        reply = self._client.form(self._target.update, {"update": text}, _ACCEPT)
        if not reply.is_good:
            raise reply.fault


def differs(address: str, graph: str, held: int, sent: int) -> RemoteError:
    """The server said that it took a graph, and did not."""
    return RemoteError(
        f"{address} holds {held} triples of <{graph}>, and {sent} were sent; is somebody else writing to it, or does it "
        "leave out what it cannot hold? Push again to send the graph again"
    )
