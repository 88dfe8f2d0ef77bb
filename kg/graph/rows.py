"""The answer of a SPARQL engine → columns and rows that a table, a CSV file or a program can use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import pyoxigraph as ox

from kg.graph.iris import XSD

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Value = str | int | bool | Decimal | None
Row = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """Columns and rows. Iterating gives tuples of text, None where a variable is unbound.

    The answer of ASK is one column `answer`; that of CONSTRUCT has the columns subject, predicate and object.
    """

    columns: tuple[str, ...]
    terms: tuple[tuple[Term | None, ...], ...]
    form: str = "SELECT"  # or ASK, CONSTRUCT

    def __iter__(self) -> Iterator[Row]:
        return (tuple(map(text_of, row)) for row in self.terms)

    def __len__(self) -> int:
        return len(self.terms)

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(self)

    def dicts(self) -> Iterator[dict[str, str | None]]:
        """Each row by column name."""
        return (dict(zip(self.columns, row, strict=True)) for row in self)

    def typed(self) -> Iterator[dict[str, Value]]:
        """Each row by column name, with whole numbers, decimals and truth values as Python has them."""
        return (dict(zip(self.columns, map(value_of, row), strict=True)) for row in self.terms)

    @property
    def truth(self) -> bool:
        """The answer of ASK; of any other query, whether there is a row."""
        return value_of(self.terms[0][0]) is True if self.form == "ASK" else bool(self.terms)

    @property
    def triples(self) -> tuple[ox.Triple, ...]:
        """The triples that CONSTRUCT built; none for other queries."""
        return tuple(ox.Triple(*row) for row in self.terms) if self.form == "CONSTRUCT" else ()  # type: ignore[arg-type]


def text_of(term: Term | None) -> str | None:
    """The IRI or the text of a term, without brackets, quotes and language."""
    if term is None:
        return None
    return term.value if isinstance(term, (ox.NamedNode, ox.BlankNode, ox.Literal)) else str(term)


def value_of(term: Term | None) -> Value:
    """The Python value of a term: int, Decimal, bool, else its text."""
    if not isinstance(term, ox.Literal):
        return text_of(term)
    kind = term.datatype.value.removeprefix(XSD)
    if kind == "integer":
        return int(term.value)
    if kind == "decimal":
        return Decimal(term.value)
    return term.value == "true" if kind == "boolean" else term.value
