"""The text of a SPARQL query → notes on shapes that engines plan badly; it is read roughly, and doubt makes no note."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from kg.graph.sparql import end_of_where, start_of_where, variables_of, without_strings
from kg.patterns import regex

_NOT_EXISTS = regex(r"\bNOT\s+EXISTS\s*\{", re.IGNORECASE)
_COMPARED = regex(r"[?$]\w+\s*[<>]=?\s*[?$]\w+")
_PATH = regex(r"([?$]\w+)\s+(\^?[a-z]+:\w+|\([^()]*\))[*+]\s+([?$]\w+)")
_FIXED = regex(r"""["']|\bid:|<[a-z]+:|\bVALUES\b|\bSELECT\b""", re.IGNORECASE)
_OPTIONAL = regex(r"\W*OPTIONAL\b", re.IGNORECASE)
_STOP = regex(r"\.(?!\d)")
_GLUE = regex(r"\s*UNION\b", re.IGNORECASE)

COMPARING = (
    "NOT EXISTS with a comparison looks at every pair of rows; for the first or last of something, join a sub-select: "
    "{ SELECT ?x (MIN(?year) AS ?first) WHERE { … } GROUP BY ?x }, as the shipped question first-adopters does"
)
UNBOUND = (
    "{path} between two open ends follows every path of the graph; fix one end (-p, VALUES) or select it in a sub-select, "
    "as the shipped question succession does"
)
PRODUCT = (
    "{one} and {other} stand in no common pattern, so every row of the one is joined with every row of the other; "
    "add a pattern that connects them (OPTIONAL does not), or, if you mean all pairs, select each in a sub-select of its "
    "own, as the shipped question coverage does"
)


class _Statement(NamedTuple):
    variables: frozenset[str]
    is_fixed: bool  # whether it names something, so that few rows fit, or holds a sub-select, which is answered first
    is_optional: bool = False


def slow_shapes(text: str, given: Collection[str] = ()) -> tuple[str, ...]:
    """One line per shape of the query that may take very long; variables in `given` have a value."""
    bare = without_strings(text)
    statements = tuple(_statements(text, bare))
    return (*_comparing(bare), *_unbound(bare, statements, given), *_product(statements))


def _comparing(bare: str) -> Iterator[str]:
    groups = (bare[found.end() : _closing(bare, found.end())] for found in _NOT_EXISTS.finditer(bare))
    if any(_COMPARED.search(group) for group in groups):
        yield COMPARING


def _unbound(bare: str, statements: tuple[_Statement, ...], given: Collection[str]) -> Iterator[str]:
    known = set(given).union(*(s.variables for s in statements if s.is_fixed))
    for start, path, end in dict.fromkeys(found.groups() for found in _PATH.finditer(bare)):
        if not known & {start[1:], end[1:]}:
            yield UNBOUND.format(path=f"{path}*")


def _product(statements: tuple[_Statement, ...]) -> Iterator[str]:
    """Of the groups of statements that share variables, the first two that name nothing."""
    groups: list[_Statement] = []
    for statement in (s for s in statements if s.variables and not s.is_optional):
        joined = [group for group in groups if group.variables & statement.variables]
        groups = [group for group in groups if group not in joined]
        joined.append(statement)
        groups.append(_Statement(frozenset().union(*(g.variables for g in joined)), any(g.is_fixed for g in joined)))
    open_ = [min(group.variables) for group in groups if not group.is_fixed]
    if len(open_) > 1:
        one, other = sorted(open_)[:2]
        yield PRODUCT.format(one=f"?{one}", other=f"?{other}")


def _statements(text: str, bare: str) -> Iterator[_Statement]:
    """The patterns of the outermost group, divided at full stops and behind closing braces; a group in it is one."""
    start, end = start_of_where(bare), end_of_where(bare)
    at = start = bare.index("{", start) + 1 if start is not None and end is not None else len(bare)
    end = end if end is not None else len(bare)
    while at < end:
        if bare[at] == "{":
            at = _closing(bare, at + 1) + 1
            is_end = not _GLUE.match(bare, at)
        else:
            is_end = bool(_STOP.match(bare, at))
            at += 1
        if is_end or at >= end:
            variables, is_optional = frozenset(variables_of(bare[start:at])), bool(_OPTIONAL.match(bare, start))
            yield _Statement(variables, bool(_FIXED.search(text[start:at])), is_optional)
            start = at


def _closing(bare: str, at: int) -> int:
    """Where the group that begins before `at` ends."""
    depth = 1
    while at < len(bare) and depth:
        depth += {"{": 1, "}": -1}.get(bare[at], 0)
        at += 1
    return at - 1 if not depth else len(bare)
