"""The bytes of one input file → its Document: decoded, cleaned, with an id of its path and content."""

from __future__ import annotations

from hashlib import sha256

from kg.errors import UnreadableFile
from kg.model import Document
from kg.texts.cleaning import clean
from kg.texts.decoding import decode


def read_document(data: bytes, file: str) -> Document:
    """`file` is the POSIX path relative to the input root; raises UnreadableFile where the file gives no text."""
    text, encoding = decode(data)
    cleaned, origin = clean(text)
    if not cleaned:
        raise UnreadableFile("no document: the file holds nothing but a web site's menus and notes")
    return Document(document_id(file, data), file, text, cleaned, origin, encoding)


def document_id(file: str, data: bytes) -> str:
    """16 hex digits of the hash of relative path and content."""
    return sha256(file.encode("utf-8", "surrogateescape") + b"\0" + data).hexdigest()[:16]
