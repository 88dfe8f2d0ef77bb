"""Sentences → mentions: finding names, and linking them where the document decides what they name."""

from kg.entities.reader import EntityReader

__all__ = ["EntityReader"]
