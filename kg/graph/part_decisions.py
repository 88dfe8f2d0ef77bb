"""A part of a graph → how its place, year and genre were decided, as `pol:decided` keeps it."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.graph.store import PolicyGraph
from kg.patterns import regex

_DECIDED = "SELECT ?decided WHERE { <%s> pol:decided ?decided } ORDER BY ?decided"
_TEXT = regex(r"(?P<what>\w+) (?P<value>.*?): (?P<rule>[a-z0-9]+(?:-[a-z0-9]+)*)(?: \((?P<words>.*)\))?", re.S)


class PartDecision(NamedTuple):
    """What `decision_text` has written, read back."""

    what: str  # place, year, genre, agency, title
    value: str  # "" where it stays open
    rule: str
    words: str = ""  # from which it was read

    @property
    def against(self) -> bool:
        """Whether it tells what speaks against the value that was taken."""
        return self.rule.endswith(("-disagrees", "-disagrees-with-given"))


def decisions_of(graph: PolicyGraph, source: str) -> tuple[PartDecision, ...]:
    """The decisions on the part (or file) of this IRI."""
    texts = (str(row[0]) for row in graph.query(_DECIDED % source))
    return tuple(decision for text in texts if (decision := decision_of(text)) is not None)


def decision_of(text: str) -> PartDecision | None:
    """`year 2014: teachers-day (第三十个教师节)` in its pieces; None for what is no decision."""
    found = _TEXT.fullmatch(text)
    if found is None:
        return None
    value = "" if found["value"] == "open" else found["value"]
    return PartDecision(found["what"], value, found["rule"], found["words"] or "")
