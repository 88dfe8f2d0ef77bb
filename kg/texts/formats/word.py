"""Bytes of a Word file (.docx, .doc, Kingsoft .wps) → its text in reading order, with the numbers that Word prints.

The XML of .docx is walked here and not through python-docx, whose paragraphs have no text boxes, no content controls, no
printed numbers and the codes of fields, and which gives up on files with one dangling relationship.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from kg.errors import UnreadableFile
from kg.model import LeftOut, Span
from kg.patterns import regex
from kg.texts.formats.archives import DAMAGE, damage_named, office_package
from kg.texts.formats.extract import Extract, library
from kg.texts.formats.kinds import PROTECTED, Form
from kg.texts.formats.office import PATIENCE, to_docx
from kg.texts.formats.word_binary import Stories, read_stories
from kg.texts.formats.word_numbers import Element, Numbers, attribute, child, children, is_on, local

RUNNING_HEAD, FOOTNOTE, CONTENTS = "running-head", "footnote", "table-of-contents"
MAX_NESTING = 60  # tables in tables and boxes in boxes; people use three
_LETTER = regex(r"[^\W_]")  # a line around a page number that is gone, — —, has none
UNNUMBERED = (
    "the numbers that Word prints by itself (一、 （一） 1.) could not be read; save the file as .docx to have them"
)
DAMAGED = "damaged Word file: its text cannot be found; open it in Word or LibreOffice and save it as .docx"

WRAPPERS = frozenset(
    "ins moveTo hyperlink smartTag sdt sdtContent customXml dir bdo fldSimple r oMath oMathPara ruby rubyBase".split()
    + "f num den sup sub sSup sSub e rad deg nary d".split()  # of formulas
)
SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
SILENT_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF"})


class Line(NamedTuple):
    """A paragraph or table row, and why it is left out where it is."""

    text: str
    reason: str = ""


def read_docx(data: bytes) -> Extract:
    """The text of a .docx file: text boxes before the paragraph they hang on, table rows as tab-separated lines.

    Footnotes and running heads follow at the end as left out; deleted and hidden text and field codes are gone.
    """
    parts = _Parts(office_package(io.BytesIO(data), "Word file"))
    main = parts.main()
    body = parts.parse(main)
    if body is None:
        raise UnreadableFile(DAMAGED)
    related = parts.related(main)
    numbers = Numbers(parts.first(related, "numbering"), parts.first(related, "styles"))
    lines = list(_Story(numbers).lines(child(body, "body")))
    for kind, reason in (
        ("footnotes", FOOTNOTE),
        ("endnotes", FOOTNOTE),
        ("header", RUNNING_HEAD),
        ("footer", RUNNING_HEAD),
    ):
        for part in related.get(kind, ()):
            lines += _aside(parts.parse(part), numbers, reason)
    doubts = list(parts.doubts)
    if "aFChunk" in related:
        doubts.append("a part of this file is an embedded page that is not read; save the file anew in Word")
    return _extract(lines, Form.DOCX, tuple(doubts))


def read_with_libreoffice(data: bytes, suffix: str, seconds: float = PATIENCE) -> Extract:
    """The text as LibreOffice understands it; raises UnreadableFile where that is missing, fails or takes too long."""
    return replace(read_docx(to_docx(data, suffix, seconds)), form=suffix.lstrip("."))


def read_doc(data: bytes, form: Form = Form.DOC) -> Extract:
    """The text of an old Word file or of a Kingsoft .wps file, which is one; what is neither goes to LibreOffice."""
    library("legacy_doc", "word", "Old Word files (.doc, .wps)")
    try:
        stories = read_stories(data)
    except DAMAGE:
        stories = None
    if stories is None:
        return read_with_libreoffice(data, f".{form}")
    if stories.encrypted:
        raise UnreadableFile(f"this is {PROTECTED}")
    return _extract(list(_doc_lines(stories)), form, (UNNUMBERED,) if stories.unnumbered else ())


def _doc_lines(stories: Stories) -> Iterator[Line]:
    """Text boxes stand before the paragraph where the first drawing hangs: the 红头 of a notice opens it."""
    body = stories.body
    anchor = body.find("\x08")
    cut = body.rfind("\n", 0, anchor) + 1 if anchor >= 0 else 0
    for text, reason in (
        (body[:cut], ""),
        (stories.boxes, ""),
        (body[cut:], ""),
        (stories.notes, FOOTNOTE),
        (stories.heads, RUNNING_HEAD),
    ):
        lines = (Line(line.replace("\x08", "").rstrip(), reason) for line in text.split("\n"))
        yield from (line for line in dict.fromkeys(lines) if _LETTER.search(line.text)) if reason else lines


def _aside(part: Element | None, numbers: Numbers, reason: str) -> list[Line]:
    """The paragraphs of footnotes or a running head, each once."""
    if part is None:
        return []
    notes = [part] if reason == RUNNING_HEAD else [each for each in part if attribute(each, "type") in ("", "normal")]
    texts = (line.text.strip() for note in notes for line in _Story(numbers).lines(note))
    return [Line(text, reason) for text in dict.fromkeys(texts) if _LETTER.search(text)]


def _extract(lines: list[Line], form: Form, doubts: tuple[str, ...] = ()) -> Extract:
    if not any(line.text.strip() for line in lines if not line.reason):
        raise UnreadableFile(
            "no text in this Word file; if it holds pictures of pages, run text recognition (OCR) first"
        )
    left_out: list[LeftOut] = []
    texts: list[str] = []
    at = 0
    for line in lines:
        end = at + len(line.text)
        if line.reason and line.text:
            last = left_out[-1] if left_out else None
            if last and last.reason == line.reason and last.span.end == at - 1:
                left_out[-1] = LeftOut(Span(last.span.start, end), line.reason)
            else:
                left_out.append(LeftOut(Span(at, end), line.reason))
        texts.append(line.text)
        at = end + 1
    return Extract("\n".join(texts) + "\n", form=form, left_out=tuple(left_out), doubts=doubts)


class _Parts:
    """The XML parts of a .docx file, found through their relationships."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self._package = package
        self._names = {name.lower().lstrip("/"): name for name in package.namelist()}
        self.doubts: list[str] = []

    def main(self) -> str:
        documents = self.related("").get("officeDocument", ())
        return next(iter(documents), "word/document.xml")

    def related(self, part: str) -> dict[str, list[str]]:
        """Kind of relationship → the parts it leads to; those that are missing are left out."""
        folder, name = posixpath.split(part)
        targets: dict[str, list[str]] = {}
        for each in children(self.parse(posixpath.join(folder, "_rels", f"{name}.rels")), "Relationship"):
            target = posixpath.normpath(posixpath.join("/", folder, attribute(each, "Target"))).lstrip("/")
            if target.lower() in self._names and attribute(each, "TargetMode") != "External":
                targets.setdefault(attribute(each, "Type").rpartition("/")[2], []).append(target)
        return targets

    def first(self, related: dict[str, list[str]], kind: str) -> Element | None:
        return next((self.parse(part) for part in related.get(kind, ())), None)

    def parse(self, part: str) -> Element | None:
        """The root element; None where the part is missing. Faulty XML is read as far as it goes, with a doubt."""
        name = self._names.get(part.lower())
        if name is None:
            return None
        etree = library("lxml.etree", "word", "Word files")
        parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, remove_comments=True)
        with damage_named(DAMAGED):
            root = etree.parse(io.BytesIO(self._package.read(name)), parser).getroot()
        if len(parser.error_log):
            self.doubts.append(f"the file is damaged ({posixpath.basename(part)}): some text may be missing")
        return root


@dataclass(slots=True)
class _Field:
    """A field such as HYPERLINK "…" or PAGE, while it is open."""

    code: str = ""
    in_code: bool = True

    @property
    def name(self) -> str:
        return next(iter(self.code.split()), "").upper()


@dataclass(slots=True)
class _Story:
    """Turns one run of paragraphs and tables into lines; fields may stay open from one paragraph to the next."""

    numbers: Numbers
    fields: list[_Field] = field(default_factory=list)
    boxes: list[Line] = field(default_factory=list)  # of the paragraph at hand
    depth: int = 0

    def lines(self, container: Element | None) -> Iterator[Line]:
        """The paragraphs and rows in a body, cell, text box or content control."""
        open_end = ""
        for element in _blocks(container):
            if local(element) == "tbl":
                yield from self._table(element)
                continue
            reason = CONTENTS if self._in_contents() else ""
            label = self.numbers.label(element)
            text = self._text(element)
            yield from self.boxes
            self.boxes.clear()
            text = open_end + (label + text if text.strip() else text)
            open_end = text if is_on(child(element, "pPr", "rPr", "del")) else ""
            if not open_end:
                yield Line(text, reason or (CONTENTS if self._in_contents() and text else ""))
        if open_end:
            yield Line(open_end)

    def _in_contents(self) -> bool:
        return any(each.name == "TOC" for each in self.fields)

    def _table(self, table: Element) -> Iterator[Line]:
        """One line per row; a row with one filled cell, such as a frame around a whole text, keeps its paragraphs."""
        for row in _descend(table, "tr"):
            cells = [self._cell(cell) for cell in _descend(row, "tc")]
            filled = [cell for cell in cells if any(line.text.strip() for line in cell)]
            if len(filled) == 1:
                yield from filled[0]
            elif filled:
                yield Line("\t".join(_in_one_line(cell) for cell in cells).rstrip("\t"))

    def _cell(self, cell: Element) -> list[Line]:
        """A cell that continues the one above it says nothing of its own."""
        merged = child(cell, "tcPr", "vMerge")
        if merged is not None and attribute(merged) != "restart":
            return []
        return list(self._nested(cell))

    def _nested(self, container: Element) -> Iterator[Line]:
        if self.depth >= MAX_NESTING:
            raise UnreadableFile("damaged Word file: tables or text boxes within each other without end")
        inner = _Story(self.numbers, self.fields, depth=self.depth + 1)
        return inner.lines(container)

    def _text(self, element: Element) -> str:
        """The visible text under a paragraph or run; text boxes met on the way are kept aside."""
        pieces: list[str] = []
        for each in element:
            name = local(each)
            if name in ("t", "delText"):
                pieces.append((each.text or "") if self._visible() and name == "t" else "")
            elif name in SIGNS:
                pieces.append(SIGNS[name] if self._visible() else "")
            elif name == "fldChar":
                self._field_mark(attribute(each, "fldCharType"))
            elif name == "instrText":
                self._field_code(each.text or "")
            elif name == "fldSimple":
                pieces.append(self._simple_field(each))
            elif name in ("drawing", "pict", "object", "AlternateContent"):
                self._keep_boxes(each)
            elif name in WRAPPERS and not (name == "r" and is_on(child(each, "rPr", "vanish"))):
                pieces.append(self._text(each))
        return "".join(pieces)

    def _visible(self) -> bool:
        return not any(each.in_code or each.name in SILENT_FIELDS for each in self.fields)

    def _field_mark(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(_Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].in_code = False
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _field_code(self, code: str) -> None:
        if self.fields and self.fields[-1].in_code:
            self.fields[-1].code += code

    def _simple_field(self, element: Element) -> str:
        self.fields.append(_Field(attribute(element, "instr"), in_code=False))
        text = self._text(element)
        self.fields.pop()
        return text

    def _keep_boxes(self, drawing: Element) -> None:
        """Text boxes are written twice, for new and for old Word: the first of the two is read."""
        for element in drawing:
            name = local(element)
            if name == "txbxContent":
                self.boxes += self._nested(element)
            elif name != "Fallback" or child(drawing, "Choice") is None or not _has_box(child(drawing, "Choice")):
                self._keep_boxes(element)


def _has_box(element: Element) -> bool:
    return any(local(each) == "txbxContent" for each in element.iter())


def _blocks(container: Element | None) -> Iterator[Element]:
    """Paragraphs and tables, also those in content controls and tracked insertions."""
    for element in () if container is None else container:
        name = local(element)
        if name in ("p", "tbl"):
            yield element
        elif name in (
            "sdt",
            "sdtContent",
            "customXml",
            "ins",
            "moveTo",
            "smartTag",
            "footnote",
            "endnote",
            "AlternateContent",
            "Choice",
        ):
            yield from _blocks(element)


def _descend(element: Element, name: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, also those in content controls; deleted rows are gone."""
    for each in element:
        if local(each) == name:
            if not is_on(child(each, "trPr", "del")):
                yield each
        elif local(each) in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _descend(each, name)


def _in_one_line(cell: Iterable[Line]) -> str:
    return " ".join(re.sub(r"\s*\n\s*", " ", line.text.strip()) for line in cell if line.text.strip())
