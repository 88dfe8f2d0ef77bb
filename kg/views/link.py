"""How two nodes of the network hang together; apart from the records of the pages, which no build needs."""

from __future__ import annotations

from enum import StrEnum


class Link(StrEnum):
    """How two nodes of the network hang together; the value is the property that is drawn."""

    ADOPTS = "adopts"
    ISSUES = "issues"
    IMPLEMENTS = "implements"
    TARGETS = "targets"
    SUCCEEDS = "succeeds"
    PART_OF = "partOf"
    RECOGNIZES = "recognizes"
    PROMOTES = "promotes"
    LEARNS_FROM = "learnsFrom"
    COOPERATES = "cooperates"
    JURISDICTION = "jurisdiction"  # agency → place; known beforehand, no claim behind it
    WITHIN = "within"  # place → place; known beforehand, no claim behind it
