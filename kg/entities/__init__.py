"""Sentences → mentions: finding names, and linking them where the document decides what they name."""

from kg.entities.reader import EntityReader, entity_reader

__all__ = ["EntityReader", "entity_reader"]
