"""A claim or an edge of a graph → why it stands there: roles in the sentence, rule, confidence, and what was not taken."""

from kg.explain.explanation import explain

__all__ = ["explain"]
