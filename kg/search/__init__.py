"""Words → the sentences of a graph in which they stand."""

from kg.search.finding import Found, Hit, search

__all__ = ["Found", "Hit", "search"]
