"""The rows of all pages → the text: paragraphs, with furniture, footnotes and page breaks between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from kg.model import LeftOut, Span
from kg.patterns import regex
from kg.texts.formats.pdf.furniture import Parted
from kg.texts.formats.pdf.lines import in_lines
from kg.texts.formats.pdf.margins import Column, continues, measured, usual_size
from kg.texts.formats.pdf.page import Page
from kg.texts.formats.pdf.shapes import Furniture, Line, Place, joined

NOTE_SIZE = 0.88  # of the page's usual size, at most

_NOTE = regex(r"[\[［(（]?\d{1,2}[\]］)）]?\s*\D|[①-⑳*※]|注[：:]")


def assembled(parted: Sequence[Parted], pages: Sequence[Page]) -> tuple[str, tuple[LeftOut, ...]]:
    """The text of all pages. Furniture and page break wait until the paragraph that runs over them has ended."""
    numbers = count()
    lines = [
        tuple(in_lines(part.body, page.rules, Place(next(numbers), 1), numbers))
        for part, page in zip(parted, pages, strict=True)
    ]
    text = _Text(measured(lines, [page.width for page in pages]))
    for number, (part, page, body) in enumerate(zip(parted, pages, lines, strict=True)):
        if number:
            text.wait("\f")
        text.wait(*part.head)
        notes = _notes(body)
        for line in body[: len(body) - len(notes)]:
            text.add(line)
        text.wait(*_note_paragraphs(notes), *part.foot, *page.beside)
    return text.finished()


def _notes(lines: Sequence[Line]) -> Sequence[Line]:
    """The footnotes: the last lines of a page, smaller than its text, the first with a mark."""
    usual = usual_size(lines)
    first = len(lines)
    while first and lines[first - 1].size < NOTE_SIZE * usual:
        first -= 1
    return lines[first:] if first < len(lines) and _NOTE.match(lines[first].text) else ()


def _note_paragraphs(lines: Sequence[Line]) -> Iterator[str]:
    """Each note as one paragraph."""
    note = ""
    for line in lines:
        if note and _NOTE.match(line.text):
            yield note + "\n"
            note = ""
        note = joined(note, line.text)
    if note:
        yield note + "\n"


class _Text:
    """The text as it grows: a paragraph that is open, and what waits for its end."""

    def __init__(self, columns: Mapping[Place, Column]) -> None:
        self._columns = columns
        self._pieces: list[str] = []
        self._length = 0
        self._left_out: list[LeftOut] = []
        self._open: list[str] = []
        self._last: Line | None = None
        self._hang = 0.0
        self._waiting: list[Furniture | str] = []

    def add(self, line: Line) -> None:
        """One more line of the document."""
        if self._last is None or not continues(self._last, line, self._columns, self._hang):
            self._close()
            self._open = [line.text]
            self._hang = line.hang
        else:
            self._open.append(joined(self._last.text[-1], line.text)[1:])
        self._last = line

    def wait(self, *items: Furniture | str) -> None:
        """Furniture, footnotes and page breaks, which must not stand within a paragraph."""
        self._waiting += items

    def finished(self) -> tuple[str, tuple[LeftOut, ...]]:
        """The text, and what of it is furniture."""
        self._close()
        return "".join(self._pieces), tuple(self._left_out)

    def _close(self) -> None:
        if self._open:
            self._write("".join(self._open) + "\n")
            self._open = []
        for item in self._waiting:
            if isinstance(item, Furniture):
                self._left_out.append(LeftOut(Span(self._length, self._length + len(item.text)), item.reason))
                self._write(item.text + "\n")
            else:
                self._write(item)
        self._waiting = []

    def _write(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece)
