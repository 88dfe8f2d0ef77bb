"""The bytes of a PDF file with a text layer → its text in reading order, with page furniture marked."""

from kg.texts.formats.pdf.reading import read_pdf

__all__ = ["read_pdf"]
