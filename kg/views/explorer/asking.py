"""A graph → its values, one property at a time: no question joins, so that a graph of a million quads answers in seconds.

What this version does not know (a class, role or word of a newer ontology) is left out and counted; what cannot be read
as the number that it must be is an error.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container
from dataclasses import dataclass, field
from math import isfinite
from typing import TYPE_CHECKING

from kg.errors import GraphError
from kg.graph.iris import POL

if TYPE_CHECKING:
    from kg.graph.store import PolicyGraph

YEARS = range(1, 10_000)
_LARGEST = 2**32 - 1  # that a column of the page can hold


@dataclass(frozen=True, slots=True)
class Asked:
    """A graph that is asked for its values; `left_out` counts what is not known here."""

    graph: PolicyGraph
    left_out: Counter[str] = field(default_factory=Counter)

    def column(self, property_: str) -> dict[str, str]:
        """Subject → its value, the least of several."""
        found: dict[str, str] = {}
        for subject, value in self.graph.values(property_):
            if subject not in found or value < found[subject]:
                found[subject] = value
        return found

    def lists(self, property_: str) -> dict[str, list[str]]:
        """Subject → its values, sorted."""
        found: dict[str, list[str]] = defaultdict(list)
        for subject, value in self.graph.values(property_):
            found[subject].append(value)
        return {subject: sorted(values) for subject, values in found.items()}

    def word(self, iri: str | None, known: Container[str], what: str) -> str:
        """The name of an individual of the ontology (`Planned`); empty where this version does not know it."""
        name = local(iri or "")
        if not name or name in known:
            return name
        self.left_out[f"{what} {name}"] += 1
        return ""

    def year(self, text: str | None, of: str) -> int | None:
        """A year from 1 to 9999; others are left out."""
        if not text:
            return None
        year = self._integer(text, of)
        if year not in YEARS:
            self.left_out["year that is none"] += 1
            return None
        return year

    def offset(self, text: str | None, of: str) -> int:
        """A whole number from 0 on; GraphError for anything else."""
        number = self._integer(text or "0", of)
        if not 0 <= number <= _LARGEST:
            raise self._damaged(str(text), of)
        return number

    def decimal(self, text: str, of: str) -> float:
        """A number; GraphError for anything else."""
        try:
            number = float(text)
        except ValueError:
            raise self._damaged(text, of) from None
        if not isfinite(number):
            raise self._damaged(text, of)
        return number

    def _integer(self, text: str, of: str) -> int:
        try:
            return int(text)
        except ValueError:
            raise self._damaged(text, of) from None

    def _damaged(self, text: str, of: str) -> GraphError:
        where = self.graph.path or "the graph"
        return GraphError(f"{where}: {of} has {text[:40]!r} where a number must stand; kg validate names such faults")


def local(iri: str) -> str:
    """The name at the end of an IRI: `Planned`."""
    return iri.removeprefix(POL).rpartition("#")[2].rpartition("/")[2]
