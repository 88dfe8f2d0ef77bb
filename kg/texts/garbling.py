"""Text with the residue of web pages, word processors and broken bytes → the text that was meant."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace

from kg.model import Span
from kg.texts.tracked import HAN, Edit, Tracked, at_line_starts

BOPOMOFO = "".join(map(chr, range(0x3105, 0x312A)))
SIGNS = frozenset({*"#<>&\\", *BOPOMOFO, "\ue7c9"})  # what the steps of this module look for

_HALVES = frozenset({*BOPOMOFO, *"ǘòň\ue7c9"})
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8}\d{0,2});")
_HEADING_MARK = re.compile(r"\n(#{1,6}[ \t]*)(?=\S)")
_COMMENT = re.compile(r"<!--.{0,2000}?-->", re.S)
_BLOCK = "p|div|br|li|ul|ol|tr|table|tbody|h[1-6]|section|article|hr|center"
_INLINE = "span|a|b|i|u|em|strong|font|td|th|img|o:p|st1:[a-z]+|input|label|sup|sub"
_NAME = rf"(?:(?P<block>{_BLOCK})|{_INLINE})"
_TAG = re.compile(rf"</?{_NAME}(?:\s[^<>\n]{{0,400}})?\s?/?>", re.I)
# The sign < of a closing tag is lost together with the character before it: 工作?/p>
_CUT_TAG = re.compile(rf"(?<=[{HAN}，。；：、）”》])[?\ufffd]{{1,2}}/{_NAME}>", re.I)
_FIELD_CODE = re.compile(
    r'[\x13\x14\x15]?(?<![A-Za-z])(?:HYPERLINK(?:\s+\\[lmnot])*\s*["“][^"”\n]{0,400}["”](?:\s*\\[lmnot](?:\s*["“][^"”\n]{0,200}["”])?)*'
    r'|(?:PAGE|NUMPAGES|TOC|PAGEREF|REF|SEQ)(?:\s+_(?:Toc|Ref)\d+)?(?:\s*\\[*a-z](?:\s*["“][^"”\n]{0,40}["”]|\s*MERGEFORMAT|\s*Arabic)?)+'
    r"|INCLUDEPICTURE\s*[\"“][^\"”\n]{0,400}[\"”](?:\s*\\[*a-z]\s*(?:MERGEFORMAT)?)*"
    r"|EMBED\s+\w+\.\w+(?:\.\d+)?|\\\*\s*MERGEFORMAT)"
)
# （一） cut in two at the wrong byte, with the halves of its neighbours: ?。ㄒ唬?
_SHIFTED = re.compile(
    rf"(?P<before>[?？\ufffd]。)?(?P<first>[{BOPOMOFO}]|(?<=[?？\ufffd]。)[ǘòň\ue7c9])(?:[^\x00-\x7f\n]|\?)[?？\ufffd]?"
)


def unescape(tracked: Tracked) -> Tracked:
    """Characters for HTML entities: &ldquo;县管校聘&rdquo; → “县管校聘”; what is no entity stays."""
    if "&" not in tracked.signs:
        return tracked
    found = ((entity, html.unescape(entity[0])) for entity in _ENTITY.finditer(tracked.text))
    edits = [Edit(Span(*entity.span()), _plain(sign)) for entity, sign in found if len(sign) == 1]
    signs = tracked.signs | {edit.text for edit in edits}
    return replace(tracked.edited(edits, "html-entities"), signs=signs)


def _plain(sign: str) -> str:
    return " " if sign.isspace() else sign if sign.isprintable() else ""


def drop_markup(tracked: Tracked) -> Tracked:
    """Less HTML tags, comments and the signs of Markdown headings; a block's tag leaves a line end."""
    if "#" in tracked.signs:
        tracked = tracked.without(at_line_starts(_HEADING_MARK, tracked.text))
    if ">" not in tracked.signs or ">" not in tracked.text:
        return tracked
    if "<!--" in tracked.text:
        tracked = tracked.without((Span(*found.span()) for found in _COMMENT.finditer(tracked.text)), "html-tags")
    for pattern in (_TAG, _CUT_TAG):
        tags = (Edit(Span(*tag.span()), "\n" if tag["block"] else "") for tag in pattern.finditer(tracked.text))
        tracked = tracked.edited(tags, "html-tags")
    return tracked


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
