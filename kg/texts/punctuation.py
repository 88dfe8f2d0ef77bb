"""Text with punctuation of every make → text with one: ，；：（）！？“”‘’· between Chinese, all digits narrow."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from kg.model import Span
from kg.patterns import regex
from kg.texts.tracked import CJK_MARKS, HAN, Tracked, at_line_starts

CHINESE = HAN + CJK_MARKS
FULL = {"(": "（", ")": "）", "!": "！", "?": "？", ";": "；", ":": "：", ",": "，"}
BLANK = "\ue5e5\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
BREAK = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
INVISIBLE = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u206a\u206b\u206c\u206d\u206e\u206f\ufeff\ufffc"
    "\ufe00\ufe01\ufe02\ufe0e\ufe0f"
    "\0\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1f\x7f"
)
VARIANTS = tuple(map(chr, range(0xE0100, 0xE0110)))  # invisible too: which shape of the character before is meant
MIDDLE_DOTS = "•‧∙⋅・･●◦᛫ꞏ"

# Many PDF files hold radicals in place of the characters that look like them; the second block has no mapping in Unicode.
_RADICALS = (
    {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    | dict(
        zip("⼾⾭⺟⺠⺝⺜⺇⺊⺎⺒⺓⺞⻁⻄⻅⻆⻉⻊⻋⻓⻔⻗", "户青母民月日几卜兀巳幺歹虎西见角贝足车长门雨", strict=True)
    )
    | dict(zip("⻘⻙⻚⻛⻜⻝⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳", "青韦页风飞食首马骨鬼鱼鸟卤麦黄黾齐齿龙龟", strict=True))
)
# The same character under a second number: 更, 行, 隆.
_TWICE_CODED = {
    chr(code): plain
    for code in range(0xF900, 0xFADA)
    if (plain := unicodedata.normalize("NFC", chr(code))) != chr(code)
}

# Marks of vertical print; the second row is how GBK files give them.
_VERTICAL = dict(
    zip("︐︑︒︓︔︕︖︰︱︵︶︹︺︻︼︽︾︿﹀﹃﹄︙", "，、。：；！？：—（）〔〕【】《》〈〉‘’…", strict=True)
) | dict(zip("\ue78d\ue78e\ue78f\ue790\ue791\ue792\ue793\ue796", "，。、：；！？…", strict=True))

_FORMS = (
    _RADICALS
    | _TWICE_CODED
    | _VERTICAL
    | {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5E) if chr(code) not in FULL.values()}
    | dict(zip("「」『』｢｣﹁﹂〝〞", "“”‘’“”“”“”", strict=True))
    | dict(zip("﹐﹑﹔﹕﹖﹗﹙﹚﹝﹞｡､﹪﹢﹣﹤﹥≪≫", "，、；：？！（）〔〕。、%+-<>《》", strict=True))
    | dict.fromkeys(MIDDLE_DOTS, "·")
    | dict.fromkeys(BLANK, " ")
    | dict.fromkeys(BREAK, "\n")
)
_INVISIBLE_SET = frozenset(INVISIBLE)
SIGNS = frozenset({*INVISIBLE, *_FORMS, *FULL, *"\r()（）\"'`´%"})  # what the steps of this module look for
_INVISIBLE_RUN = regex(f"[{re.escape(INVISIBLE)}]+")

_IS_CHINESE = regex(f"[{CHINESE}]")
_MIXED_BRACKETS = regex(r"（[^()（）\n]*\)|\([^()（）\n]*）")
_ITEM = regex(r"(?:\d{1,2}[.、．](?!\d)|[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）])")
# Each mark beside Chinese, with other such marks in between at most; brackets first, so that 年), turns as a whole.
_HALF = {
    half: regex(rf"{re.escape(half)}(?:(?=[,;:()!?]{{0,9}}[{CHINESE}])|(?<=[{CHINESE}]{re.escape(half)}))")
    for half in FULL
}
# A line with a blank after every sign: 2 0 2 1 年 8 月
_SPACED_LINE = regex(r"\n *(\S(?: {1,2}\S){4,}) *(?=\n|\Z)")
_BLANKS = regex(" +")
_WHITE = regex(r"[ \t\n](?:[ \t\n]+|(?<!\n))")  # any but a single line end; one set to begin with is found fast
_CELL_END = regex(
    r"(?:\d{1,2}[.、．]|[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）]|第[一二三四五六七八九十百]{1,5}[章节条篇])$"
)
_STRANDED = regex(r"\n(?=[，。、；：！？）”’》%])")

_LONE = regex(f"(?<=[{CHINESE}])['`´](?=[{CHINESE}])")
_SINGLE_PAIR = regex(r"'([^'`\n。；！？，]{1,20})'")
_DOUBLE = regex('["“”]')
_QUOTES = frozenset("\"'`´")


def unify_characters(tracked: Tracked) -> Tracked:
    """One form for each character: half-width digits, plain blanks, “” for 「」, · for •, "\\n" for every line end."""
    if tracked.signs & _INVISIBLE_SET:
        spans = (Span(*run.span()) for run in _INVISIBLE_RUN.finditer(tracked.text))
        tracked = replace(tracked.without(spans), signs=tracked.signs - _INVISIBLE_SET)
    for variant in VARIANTS:
        if variant in tracked.text:
            tracked = tracked.without(Span(*found.span()) for found in re.finditer(variant, tracked.text))
    if odd := tracked.signs & _FORMS.keys():
        text = tracked.text
        for sign in sorted(odd):
            text = text.replace(sign, _FORMS[sign])
        signs = (tracked.signs - odd) | {_FORMS[sign] for sign in odd}
        tracked = replace(tracked.rewritten(text), signs=signs)
    if "\r" in tracked.signs:
        text = tracked.text.replace("\r\n", " \n").replace("\r", "\n")
        tracked = replace(tracked.rewritten(text), signs=tracked.signs - {"\r"})
    return tracked


def unify_blanks(tracked: Tracked) -> Tracked:
    """No blank lines, no blanks at the ends of lines or beside Chinese; one tab between the cells of a table.

    Two blanks before an item number are a line end that was lost: 完善机制  6.办好职教 → 完善机制 / 6.办好职教.
    """
    tracked = _close_spaced_lines(tracked)
    text = tracked.text
    if not _has_surplus_white(text):
        return tracked
    first, last = len(text) - len(text.lstrip(" \t\n")), len(text.rstrip(" \t\n"))
    drops: list[tuple[int, int]] = [(0, first)]
    breaks: list[int] = []
    for run in _WHITE.finditer(text, first, last):
        start, end = run.span()
        if text[start] == "\n":
            drops.append((start + 1, end))
        elif end - start > 1 and (line_end := text.find("\n", start, end)) >= 0:
            drops += ((start, line_end), (line_end + 1, end))
        elif (tab := text.find("\t", start, end)) >= 0 and not _CELL_END.search(text, max(0, start - 5), start):
            drops += ((start, tab), (tab + 1, end))  # between the cells of a table
        elif not (_IS_CHINESE.match(text, start - 1) or _IS_CHINESE.match(text, end)):
            drops.append((start + 1, end))
        elif end - start >= 2 and _ITEM.match(text, end) and text[start - 1] not in "（《“‘(":
            breaks.append(start)
            drops.append((start + 1, end))
        else:
            drops.append((start, end))
    return _broken_at(tracked, breaks).without([*drops, (last, len(text))])


def _close_spaced_lines(tracked: Tracked) -> Tracked:
    """Less the blanks within a text that has one after every sign, between digits and letters too."""
    text = tracked.text
    if 3 * text.count(" ") < len(text):
        return tracked
    lines = at_line_starts(_SPACED_LINE, text)
    return tracked.without(blank.span() for line in lines for blank in _BLANKS.finditer(text, *line))


def _has_surplus_white(text: str) -> bool:
    return " " in text or "\t" in text or "\n\n" in text or text[:1] == "\n" or text[-1:] == "\n"


def _broken_at(tracked: Tracked, breaks: list[int]) -> Tracked:
    if not breaks:
        return tracked
    signs = list(tracked.text)
    for at in breaks:
        signs[at] = "\n"
    return tracked.rewritten("".join(signs))


def join_stranded_marks(tracked: Tracked) -> Tracked:
    """A closing mark at the start of a line belongs to the line before."""
    drops = [Span(*found.span()) for found in _STRANDED.finditer(tracked.text)]
    return tracked.without(drops) if drops else tracked


def widen_marks(tracked: Tracked) -> Tracked:
    """Full-width , ; : ( ) ! ? beside Chinese; 1:3, 1,300 and (APP) of a Latin text stay as they are."""
    text = tracked.text
    for half, beside_chinese in _HALF.items():
        if half in tracked.signs and half in text:
            text = beside_chinese.sub(FULL[half], text)
    if ("(" in tracked.signs and "(" in text) or (")" in tracked.signs and ")" in text):
        text = _MIXED_BRACKETS.sub(lambda pair: f"（{pair[0][1:-1]}）", text)
    return tracked.rewritten(text)


def curl_quotes(tracked: Tracked) -> Tracked:
    """Straight quotes that pair inside a line → “”, ‘’; a lone ' or ` between Chinese is a site's insertion."""
    if not tracked.signs & _QUOTES:
        return tracked
    text = tracked.text
    if '"' in text:
        text = "\n".join(_curl_line(line) if '"' in line else line for line in text.split("\n"))
    if "'" in text:
        text = _SINGLE_PAIR.sub(_curl_single, text)
    tracked = tracked.rewritten(text)
    if "'" in text or "`" in text or "´" in text:
        tracked = tracked.without([Span(*lone.span()) for lone in _LONE.finditer(text)])
    return tracked


def _curl_line(line: str) -> str:
    """The line with its straight quotes opened and closed in turn, or as it was where that does not come out even."""
    is_open = False
    turned: list[str] = []
    for part in _pieces(line):
        if part == '"':
            part = "”" if is_open else "“"
        if part in ("“", "”"):
            if (part == "“") == is_open:
                return line
            is_open = not is_open
        turned.append(part)
    return line if is_open or not _IS_CHINESE.search(line) else "".join(turned)


def _pieces(line: str) -> Iterator[str]:
    done = 0
    for quote in _DOUBLE.finditer(line):
        yield line[done : quote.start()]
        yield quote[0]
        done = quote.end()
    yield line[done:]


def _curl_single(pair: re.Match[str]) -> str:
    text = pair.string
    beside = text[max(0, pair.start() - 1) : pair.start()] + text[pair.end() : pair.end() + 1] + pair[1]
    return f"‘{pair[1]}’" if _IS_CHINESE.search(beside) else pair[0]
