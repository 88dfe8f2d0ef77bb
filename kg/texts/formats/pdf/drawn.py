"""A page of pdfium → its ruled lines, and whether it is a picture."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_float
from operator import attrgetter
from typing import Any

from kg.texts.formats.pdf.shapes import Point, Rule, Rules

MOST_OBJECTS = 20_000  # of one page, searched for ruled lines
MOST_RULES = 5000  # of one page; a table of 40 rows and 8 columns has 400
THICKEST = 2.0  # points, of a ruled line drawn as a thin rectangle


def rules_and_picture(raw: Any, page: Any, turned: Any) -> tuple[Rules, bool]:
    """The ruled lines, with points as `turned` gives them, and whether a picture covers most of the page."""
    width, height = page.get_size()
    level: list[Rule] = []
    upright: list[Rule] = []
    picture = False
    for number in range(min(raw.FPDFPage_CountObjects(page), MOST_OBJECTS)):
        thing = raw.FPDFPage_GetObject(page, number)
        kind = raw.FPDFPageObj_GetType(thing)
        if kind == raw.FPDF_PAGEOBJ_PATH and len(level) + len(upright) < MOST_RULES:
            for start, end in _strokes(raw, thing):
                (x0, y0), (x1, y1) = turned(*start), turned(*end)
                if abs(y1 - y0) <= THICKEST < abs(x1 - x0):
                    level.append(Rule(min(x0, x1), max(x0, x1), (y0 + y1) / 2))
                elif abs(x1 - x0) <= THICKEST < abs(y1 - y0):
                    upright.append(Rule(min(y0, y1), max(y0, y1), (x0 + x1) / 2))
        elif kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM):
            picture = picture or _area(raw, thing) > width * height / 2
    by_place = attrgetter("at")
    return Rules(tuple(sorted(level, key=by_place)), tuple(sorted(upright, key=by_place))), picture


def _area(raw: Any, thing: Any) -> float:
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    if not raw.FPDFPageObj_GetBounds(thing, byref(left), byref(bottom), byref(right), byref(top)):
        return 0.0
    return float((right.value - left.value) * (top.value - bottom.value))


def _strokes(raw: Any, path: Any) -> Iterator[tuple[Point, Point]]:
    """The straight strokes of a drawn path; a rectangle has four."""
    matrix, x, y = raw.FS_MATRIX(), c_float(), c_float()
    segments = raw.FPDFPath_CountSegments(path)
    if not 2 <= segments <= MOST_RULES or not raw.FPDFPageObj_GetMatrix(path, byref(matrix)):
        return
    start = last = None
    for number in range(segments):
        segment = raw.FPDFPath_GetPathSegment(path, number)
        if not raw.FPDFPathSegment_GetPoint(segment, byref(x), byref(y)):
            return
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO and last:
            yield last, point
        last = point
        if start and raw.FPDFPathSegment_GetClose(segment):
            yield point, start
