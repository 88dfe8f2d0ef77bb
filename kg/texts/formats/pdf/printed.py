"""A page of pdfium → its text in pieces, each where it stands on the sheet."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from ctypes import addressof, byref, c_ushort
from math import atan2, degrees, hypot
from typing import Any, NamedTuple

from kg.patterns import regex

FARTHEST = 1e6  # points; what claims to stand farther off is damage
SIZES = 1.0, 1000.0  # points, the least and the greatest of a character

LOST = "\ufffd"
# pdfium's marks for a hyphen at the end of a line, and codes that are no characters.
_SIGNS = dict.fromkeys((0, 1, *range(3, 9), *range(10, 32), 0xFFFF), LOST) | {2: "-", 0xFFFE: "-"}
_STRETCH = regex(r"\S+|\s")
_FOREIGN = regex("[^\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


class Printed(NamedTuple):
    """Characters that one command of the file prints."""

    text: str
    box: tuple[float, float, float, float]  # left, bottom, right, top
    origin: tuple[float, float]  # the point that the command prints from: it stands on the baseline
    size: float
    angle: float  # degrees
    order: int  # in the file


def printed(raw: Any, text: Any) -> Iterator[Printed]:
    """The characters that the file itself prints, in its order.

    Questions to the library take most of the time. So the text is asked for as a whole, and places only for the first
    and the last character of a piece; where the file leaves a gap, pdfium puts a blank of its own, which ends a piece.
    """
    reader = _Reader(raw, text)
    for stretch in _STRETCH.finditer(reader.codes):
        if stretch[0] not in "\r\n " or raw.FPDFText_IsGenerated(text.raw, stretch.start()) != 1:
            yield from reader.pieces(stretch.start(), stretch.end() - 1)


class _Reader:
    """Asks the library for pieces of one page."""

    def __init__(self, raw: Any, text: Any) -> None:
        self._raw, self._handle = raw, text.raw
        self._box, self._matrix = raw.FS_RECTF(), raw.FS_MATRIX()
        self.codes = self._codes(text.count_chars())

    def _codes(self, number: int) -> str:
        """The characters, one for each code unit of UTF-16."""
        units = (c_ushort * (number + 1))()
        if self._raw.FPDFText_GetText(self._handle, 0, number, units) == number + 1:
            return "".join(map(chr, units[:number]))
        return "".join(chr(self._raw.FPDFText_GetUnicode(self._handle, index) & 0xFFFF) for index in range(number))

    def pieces(self, first: int, last: int) -> Iterator[Printed]:
        """The characters from the first to the last one, a piece for each command that prints some of them."""
        while first <= last:
            end = self._end(first, last)
            if piece := self._piece(first, end):
                yield piece
            first = end + 1

    def _end(self, first: int, last: int) -> int:
        """The last character that the command of the first one prints."""
        command = self._command(first)
        if first == last or self._command(last) == command:
            return last
        return bisect_left(range(last), True, first + 1, key=lambda index: self._command(index) != command) - 1

    def _command(self, index: int) -> int | None:
        thing = self._raw.FPDFText_GetTextObject(self._handle, index)
        return addressof(thing.contents) if thing else None

    def _piece(self, first: int, last: int) -> Printed | None:
        """The piece; None where the library does not know its place."""
        raw, handle, matrix = self._raw, self._handle, self._matrix
        box = self._edges(first)
        if not (box and raw.FPDFText_GetMatrix(handle, first, byref(matrix))):
            return None
        if first < last and (end := self._edges(last)):
            box = (*map(min, box[:2], end[:2]), *map(max, box[2:], end[2:]))  # type: ignore[assignment]
        size = raw.FPDFText_GetFontSize(handle, first) * hypot(matrix.c, matrix.d)
        if not sum(map(abs, (*box, matrix.e, matrix.f, matrix.a, matrix.b, size))) < FARTHEST:
            return None
        angle = degrees(atan2(matrix.b, matrix.a)) if matrix.b or matrix.a < 0 else 0.0
        size = min(max(size, SIZES[0]), SIZES[1])
        return Printed(self._text(first, last), box, (matrix.e, matrix.f), size, angle, first)

    def _edges(self, index: int) -> tuple[float, float, float, float] | None:
        box = self._box
        if not self._raw.FPDFText_GetLooseCharBox(self._handle, index, byref(box)):
            return None
        return box.left, box.bottom, box.right, box.top

    def _text(self, first: int, last: int) -> str:
        """The characters, U+FFFD for those whose font does not say what they mean.

        Where a font says it of the first, it is believed about further Chinese characters.
        """
        codes = self.codes[first : last + 1]
        unsure = range(len(codes)) if self._is_lost(first) else [sign.start() for sign in _FOREIGN.finditer(codes)]
        lost = {at for at in unsure if self._is_lost(first + at)}
        if lost:
            codes = "".join(LOST if at in lost else code for at, code in enumerate(codes))
        if codes.isprintable():
            return codes
        return codes.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").translate(_SIGNS)

    def _is_lost(self, index: int) -> bool:
        return bool(self._raw.FPDFText_HasUnicodeMapError(self._handle, index) == 1)
