"""Clean policy text → the same text as the Chinese web garbles it, by a seeded random generator."""

from __future__ import annotations

import html
import random
import re
from collections.abc import Callable

from opencc import OpenCC

SYLLABLES = "xué xiào jiào yù shī zī duì wǔ jiàn shè yì wù jūn héng fā zhǎn xiàn jí nóng cūn tí gāo zhì liàng lǜ nǚ é ōu".split()
HAN = re.compile("[\u4e00-\u9fff]")

Garble = Callable[[str, random.Random], str]


def traditional(text: str, chance: random.Random) -> str:
    """As a machine writes it in Traditional characters."""
    return OpenCC("s2t").convert(text)


def dense_pinyin(text: str, chance: random.Random) -> str:
    """Traditional, with pinyin in brackets after every character."""
    return HAN.sub(lambda c: f"{c[0]}({chance.choice(SYLLABLES)})", traditional(text, chance))


def sparse_pinyin(text: str, chance: random.Random) -> str:
    """Pinyin only after characters that differ between the scripts, as one garbling tool writes it."""
    pairs = zip(text, traditional(text, chance), strict=True)
    return "".join(f"{t}({chance.choice(SYLLABLES)})" if s != t else s for s, t in pairs)


def broken_pinyin(text: str, chance: random.Random) -> str:
    """The same, with a bracket lost here and there."""
    whole = dense_pinyin(text, chance)
    return re.sub(r"\(([^()]+)\)", lambda p: chance.choice([p[0]] * 6 + [f"({p[1]}", f"?{p[1]})", f"{p[1]})"]), whole)


def half_width(text: str, chance: random.Random) -> str:
    """Half-width marks, as typed with a Western keyboard."""
    return text.translate(str.maketrans("，；：（）！？", ",;:()!?"))


def full_width(text: str, chance: random.Random) -> str:
    """Full-width digits, letters and per cent."""
    return re.sub(r"[0-9A-Za-z%]", lambda c: chr(ord(c[0]) + 0xFEE0), text)


def spaced(text: str, chance: random.Random) -> str:
    """A blank of some kind between the characters, those of numbers too."""
    blank = chance.choice([" ", "\u3000", "\xa0"])
    return "\n".join(map(blank.join, text.split("\n")))


def indented(text: str, chance: random.Random) -> str:
    """Paragraphs with indents, empty lines between them and Windows line ends."""
    return (
        "\r\n\r\n".join(chance.choice(["\u3000\u3000", "    ", "\xa0\xa0 "]) + line for line in text.split("\n"))
        + "\r\n"
    )


def wrapped(text: str, chance: random.Random) -> str:
    """Broken at a fixed width, as old mail programs and PDF copies do."""
    width = chance.choice([28, 34, 38])
    lines = []
    for line in text.split("\n"):
        lines += [line[i : i + width] for i in range(0, len(line), width)]
    return "\n".join(lines)


def indented_and_wrapped(text: str, chance: random.Random) -> str:
    """Broken at a fixed width of which an indent takes its share."""
    return wrapped("\n".join("\u3000\u3000" + line for line in text.split("\n")), chance)


def quoted(text: str, chance: random.Random) -> str:
    """As a mail program shows the text that is answered."""
    mark = chance.choice(["> ", ">", "> > "])
    return "\n".join(mark + line for line in text.split("\n"))


def radicals(text: str, chance: random.Random) -> str:
    """With radicals in place of the characters that look like them, as in many PDF files."""
    return text.translate(str.maketrans("一人工大立行高长民车青见门", "⼀⼈⼯⼤⽴⾏⾼⻓⺠⻋⻘⻅⻔"))


def tagged(text: str, chance: random.Random) -> str:
    """With the tags of a page left in."""
    lines = text.split("\n")
    return "\n".join(
        chance.choice(["<p>{}</p>", "<div style='a'>{}</div>", "{}<br/>", "<P class=x>{}"]).format(line)
        for line in lines
    )


def escaped(text: str, chance: random.Random) -> str:
    """Marks as HTML entities."""
    named = {"“": "&ldquo;", "”": "&rdquo;", "·": "&middot;", "—": "&mdash;"}
    text = "".join(named.get(sign, sign) for sign in html.escape(text, quote=False))
    return re.sub("[、。]", lambda c: f"&#{ord(c[0])};" if chance.random() < 0.3 else c[0], text)


def invisible(text: str, chance: random.Random) -> str:
    """With characters that nobody sees."""
    return "".join(sign + (chance.choice("\u200b\ufeff\u2060\xad") if chance.random() < 0.05 else "") for sign in text)


def linked(text: str, chance: random.Random) -> str:
    """With the codes of fields and links of a word processor."""
    code = chance.choice(
        [
            ' HYPERLINK "http://www.example.gov.cn/a.html" \\t "_blank" ',
            ' HYPERLINK "http://example.cn/?q=教育" ',
            "PAGE \\* MERGEFORMAT",
            ' HYPERLINK \\l "_Toc12345" ',
        ]
    )
    return "\n".join(line[:6] + code + line[6:] if len(line) > 20 else line for line in text.split("\n"))


def paged(text: str, chance: random.Random) -> str:
    """With page numbers between the paragraphs."""
    marks = ["- {} -", "第 {} 页 共 9 页", "— {} —", "{}/9", "第{}页"]
    mark = chance.choice(marks)
    lines = text.split("\n")
    return "\n".join(f"{line}\n{mark.format(n)}" if chance.random() < 0.4 else line for n, line in enumerate(lines, 1))


GARBLES: dict[str, Garble] = {
    garble.__name__: garble
    for garble in (
        traditional,
        dense_pinyin,
        sparse_pinyin,
        broken_pinyin,
        half_width,
        full_width,
        spaced,
        indented,
        wrapped,
        indented_and_wrapped,
        quoted,
        radicals,
        tagged,
        escaped,
        invisible,
        linked,
        paged,
    )
}
