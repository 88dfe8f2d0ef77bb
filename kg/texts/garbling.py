"""Text with the residue of web pages, word processors and broken bytes → the text that was meant."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace

from kg.model import Span
from kg.patterns import regex
from kg.texts.tracked import HAN, Edit, Tracked, at_line_starts

BOPOMOFO = "".join(map(chr, range(0x3105, 0x312A)))
SYMBOLS = frozenset(map(chr, range(0xF020, 0xF100)))  # of fonts such as Wingdings
SIGNS = frozenset({*"#<>&\\", *BOPOMOFO, "\ue7c9", *SYMBOLS})  # what the steps of this module look for

MIN_QUOTED = 3  # lines

_HALVES = frozenset({*BOPOMOFO, *"ǘòň\ue7c9"})
_ENTITY = regex(
    r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8}\d{0,2});"
    r"|&(?:nbsp|ensp|emsp|quot|ldquo|rdquo|middot|mdash|hellip|lt|gt|amp)(?![A-Za-z0-9;])"
)
_HEADING_MARK = regex(r"\n(#{1,6}[ \t]*)(?=\S)")
_BULLET = regex(r"\n[ \t]*([\uf020-\uf0ff]+[ \t]*)(?=\S)")
_QUOTED_LINE = regex(r"\n[ \t]*((?:>[ \t]?)+)")
_COMMENT = regex(r"<!--.{0,2000}?-->", re.S)
_BLOCK = "p|div|br|li|ul|ol|tr|table|tbody|h[1-6]|section|article|hr|center"
_INLINE = "span|a|b|i|u|em|strong|font|td|th|img|o:p|st1:[a-z]+|input|label|sup|sub"
_NAME = rf"(?:(?P<block>{_BLOCK})|{_INLINE})"
_TAG = regex(rf"</?{_NAME}(?:\s[^<>\n]{{0,400}})?\s?/?>", re.I)
# The sign < of a closing tag is lost together with the character before it: 工作?/p>
_CUT_TAG = regex(rf"(?<=[{HAN}，。；：、）”》])[?\ufffd]{{1,2}}/{_NAME}>", re.I)
_NUMBER_FIELD = (
    r"(?:PAGE|NUMPAGES|TOC|PAGEREF|REF|SEQ)(?:\s+_(?:Toc|Ref)\d+)?"
    r'(?:\s*\\[*a-z](?:\s*["“][^"”\n]{0,40}["”]|\s*MERGEFORMAT|\s*Arabic)?)+'
)
_FIELD_CODE = regex(
    rf"(?<![^\n])[ \t]*{_NUMBER_FIELD}[ \t]*\d{{1,4}}[ \t]*(?=\n|\Z)"  # a page number and nothing else
    r'|[\x13\x14\x15]?(?<![A-Za-z])(?:HYPERLINK(?:\s+\\[lmnot])*\s*["“][^"”\n]{0,400}["”](?:\s*\\[lmnot](?:\s*["“][^"”\n]{0,200}["”])?)*'
    rf"|{_NUMBER_FIELD}"
    r"|INCLUDEPICTURE\s*[\"“][^\"”\n]{0,400}[\"”](?:\s*\\[*a-z]\s*(?:MERGEFORMAT(?:INET)?)?)*"
    r"|EMBED\s+\w+\.\w+(?:\.\d+)?|\\\*\s*MERGEFORMAT(?:INET)?)"
)
# （一） cut in two at the wrong byte, with the halves of its neighbours: ?。ㄒ唬?
_SHIFTED = regex(
    rf"(?P<before>[?？\ufffd]。)?(?P<first>[{BOPOMOFO}]|(?<=[?？\ufffd]。)[ǘòň\ue7c9])(?:[^\x00-\x7f\n]|\?)[?？\ufffd]?"
)


def unescape(tracked: Tracked) -> Tracked:
    """Characters for HTML entities: &ldquo;县管校聘&rdquo; → “县管校聘”; what is no entity stays."""
    if "&" not in tracked.signs:
        return tracked
    found = ((entity, html.unescape(f"{entity[0].removesuffix(';')};")) for entity in _ENTITY.finditer(tracked.text))
    edits = [Edit(Span(*entity.span()), _plain(sign)) for entity, sign in found if len(sign) == 1]
    signs = tracked.signs | {edit.text for edit in edits}
    return replace(tracked.edited(edits, "html-entities"), signs=signs)


def _plain(sign: str) -> str:
    return " " if sign.isspace() else sign if sign.isprintable() else ""


def drop_markup(tracked: Tracked) -> Tracked:
    """Less HTML tags, comments, bullets of symbol fonts, the signs of Markdown headings and of quoted mail.

    A block's tag leaves a line end.
    """
    if "#" in tracked.signs:
        tracked = tracked.without(at_line_starts(_HEADING_MARK, tracked.text))
    if tracked.signs & SYMBOLS:
        tracked = tracked.without(at_line_starts(_BULLET, tracked.text))
    if ">" not in tracked.signs or ">" not in tracked.text:
        return tracked
    tracked = _without_quote_marks(tracked)
    if "<!--" in tracked.text:
        tracked = tracked.without((Span(*found.span()) for found in _COMMENT.finditer(tracked.text)), "html-tags")
    for pattern, sign in ((_TAG, "<"), (_CUT_TAG, "/")):
        if sign not in tracked.text:
            continue
        tags = (Edit(Span(*tag.span()), "\n" if tag["block"] else "") for tag in pattern.finditer(tracked.text))
        tracked = tracked.edited(tags, "html-tags")
    return tracked


def _without_quote_marks(tracked: Tracked) -> Tracked:
    """Less the > before the lines of a mail that was answered: most of its lines have one."""
    if tracked.text.count(">") < MIN_QUOTED:
        return tracked
    marks = list(at_line_starts(_QUOTED_LINE, tracked.text))
    if len(marks) < MIN_QUOTED or 2 * len(marks) < sum(map(bool, map(str.strip, tracked.text.split("\n")))):
        return tracked
    return tracked.without(marks, "mail-quotes")


def drop_field_codes(tracked: Tracked) -> Tracked:
    r"""Less what a word processor shows as something else: HYPERLINK "http://…" \o "…", PAGE \* MERGEFORMAT."""
    if "\\" not in tracked.signs and '"' not in tracked.signs and "EMBED" not in tracked.text:
        return tracked
    return tracked.without((Span(*code.span()) for code in _FIELD_CODE.finditer(tracked.text)), "field-codes")


def repair_shifted_bytes(tracked: Tracked) -> Tracked:
    """Item numbers whose GBK bytes were cut in two at the wrong place: ?。ㄒ唬 → （一）."""
    if not tracked.signs & _HALVES:
        return tracked
    return tracked.edited(_shifted_numbers(tracked.text), "shifted-bytes")


def _shifted_numbers(text: str) -> Iterator[Edit]:
    for found in _SHIFTED.finditer(text):
        number = _MISREAD.get(found["first"])
        if number:
            yield Edit(Span(*found.span()), "\n" * bool(found["before"]) + f"（{number}）")


def _misread(number: str) -> str:
    """The first character that （一） becomes when each of its bytes is taken for the other half of a character."""
    return f"（{number}".encode("gb18030")[1:3].decode("gb18030")


_MISREAD = {_misread(number): number for number in "一二三四五六七八九十"}
