"""A history → the same with the open lower ends of its adoptions closed under an assumption that the user names."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from kg.diffusion.adoptions import Adoption, History


class OpenEnds(StrEnum):
    """What is taken of an adoption of which only the latest possible year is known: (open, 2014]."""

    KEPT = "kept"  # nothing: it may be of any year up to that one
    SILENT = "silent"  # it came after the last year of which a text of the unit without a word of it was read
    RECORDED = "recorded"  # it came in that very year, as hand-coded data sets have it: (2013, 2014]


def closed(history: History, how: OpenEnds) -> History:
    """The history with its open lower ends closed in this way; other ends stay as they are."""
    if how is OpenEnds.KEPT:
        return history
    return replace(history, adoptions=tuple(_closed(a, how) for a in history.adoptions))


def _closed(adoption: Adoption, how: OpenEnds) -> Adoption:
    if adoption.lower is not None or adoption.upper is None:
        return adoption
    if how is OpenEnds.RECORDED:
        return replace(adoption, lower=adoption.upper - 1)
    silent = adoption.silent
    return replace(adoption, lower=silent) if silent is not None and silent < adoption.upper else adoption
