"""The extracted text of one document → its Document: cleaned, with an id of its name and content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256

from kg.errors import UnreadableFile
from kg.model import Document, LeftOut, Span
from kg.texts.cleaning import repaired
from kg.texts.decoding import decode
from kg.texts.formats.extract import Extract


def read_document(data: bytes, file: str) -> Document:
    """The document of a plain text file, under the name `file`; raises UnreadableFile where it gives no text."""
    return document_of(read_text(data), file, data)


def read_text(data: bytes) -> Extract:
    """Text in any encoding; raises UnreadableFile."""
    decoded = decode(data)
    return Extract(decoded.text, encoding=decoded.encoding, doubts=(decoded.doubt,) if decoded.doubt else ())


def document_of(extract: Extract, file: str, content: bytes, within: str = "") -> Document:
    """`file` is the POSIX path relative to the input root, `content` the bytes that the text was read from.

    Raises UnreadableFile where cleaning leaves nothing.
    """
    tracked = repaired(extract.text, extract.left_out)
    if not tracked.text:
        raise UnreadableFile("no document: the file holds nothing but a web site's menus and notes")
    repairs: Counter[str] = Counter()
    for what, characters in tracked.repairs:
        repairs[what] += characters
    return Document(
        document_id(file, content),
        file,
        extract.text,
        tracked.text,
        tracked.origin,
        extract.encoding,
        extract.form,
        within,
        extract.given,
        tuple(_apart(sorted(tracked.left_out))),
        tuple(sorted(repairs.items())),
        extract.doubts,
    )


def _apart(left_out: Iterable[LeftOut]) -> Iterator[LeftOut]:
    """Stretches that do not overlap: what lies inside an earlier one goes, what reaches beyond it is cut."""
    done = 0
    for (start, end), reason in left_out:
        if end > max(start, done):
            yield LeftOut(Span(max(start, done), end), reason)
            done = end


def document_id(file: str, data: bytes) -> str:
    """16 hex digits of the hash of relative path and content."""
    return sha256(file.encode("utf-8", "surrogateescape") + b"\0" + data).hexdigest()[:16]
