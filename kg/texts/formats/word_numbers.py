"""The numbering and style parts of a Word file → the label that Word prints before each paragraph: 一、, （二）, 3."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from kg.patterns import regex

Element = Any  # of lxml

LEVELS = 9
MOST = 9999  # a number beyond it is damage
_PLACEHOLDER = regex("%([1-9])")
_CLOSED = regex(r"[、.．,，)）〕\]:：】]$")


def local(element: Element) -> str:
    """The name of an element without its namespace; "" for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def child(element: Element | None, *path: str) -> Element | None:
    """The first child, grandchild … of these names, whatever their namespace."""
    for name in path:
        element = None if element is None else next((each for each in element if local(each) == name), None)
    return element


def children(element: Element | None, name: str) -> Iterator[Element]:
    return iter(()) if element is None else (each for each in element if local(each) == name)


def attribute(element: Element | None, name: str = "val") -> str:
    """The attribute of that name, whatever its namespace; "" where there is none."""
    if element is None:
        return ""
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def is_on(element: Element | None) -> bool:
    """<w:vanish/> and <w:vanish w:val="1"/>."""
    return element is not None and attribute(element).lower() not in ("0", "false", "off", "none")


@dataclass(frozen=True, slots=True)
class Level:
    form: str = "decimal"
    text: str = ""
    start: int = 1
    arabic: bool = False  # isLgl: every number in the label is Arabic
    joined: bool = False  # nothing stands between label and text
    style: str = ""  # the heading style that takes this level


@dataclass(frozen=True, slots=True)
class NumberedList:
    counter: str  # lists of one abstract definition count on
    levels: dict[int, Level]
    restarts: dict[int, int]


class Counter:
    """Counts the numbered paragraphs of one document in the order in which they are asked for."""

    def __init__(self, lists: dict[str, NumberedList]) -> None:
        self._lists = lists
        self._counts: dict[str, list[int]] = {}
        self._restarted: set[tuple[str, int]] = set()

    def label(self, key: str, level: int) -> str:
        """What Word prints before a paragraph of that list and level, counted on; "" for bullets and unknown lists."""
        numbered = self._lists.get(key)
        if numbered is None or level not in numbered.levels:
            return ""
        return _label(numbered.levels, level, self._count(key, numbered, level))

    def _count(self, key: str, numbered: NumberedList, level: int) -> list[int]:
        counts = self._counts.setdefault(numbered.counter, [0] * LEVELS)
        if level in numbered.restarts and (key, level) not in self._restarted:
            self._restarted.add((key, level))
            counts[level] = numbered.restarts[level]
        elif counts[level]:
            counts[level] += 1
        else:
            counts[level] = _start(numbered.levels, level)
        for upper in range(level):
            counts[upper] = counts[upper] or _start(numbered.levels, upper)
        counts[level + 1 :] = [0] * (LEVELS - level - 1)
        return counts


class Numbers:
    """Gives the paragraphs of a .docx file the numbers that Word prints, in the order in which they are asked for."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._styles = {attribute(style, "styleId"): style for style in children(styles, "style")}
        self._default = next(
            (
                attribute(style, "styleId")
                for style in self._styles.values()
                if attribute(style, "type") == "paragraph" and attribute(style, "default") in ("1", "true")
            ),
            "",
        )
        self._lists = self._read_lists(numbering)
        self._counter = Counter(self._lists)

    def label(self, paragraph: Element) -> str:
        """What Word prints before this paragraph, counted on; "" for bullets and paragraphs without number."""
        return self._counter.label(*self._place(paragraph))

    def _read_lists(self, numbering: Element | None) -> dict[str, NumberedList]:
        abstracts = {attribute(each, "abstractNumId"): each for each in children(numbering, "abstractNum")}
        numbers = {attribute(each, "numId"): each for each in children(numbering, "num")}
        lists = {}
        for key, number in numbers.items():
            abstract = self._abstract(number, abstracts, numbers)
            if abstract is not None:
                lists[key] = _read_list(number, abstract)
        return lists

    def _abstract(self, number: Element, abstracts: dict[str, Element], numbers: dict[str, Element]) -> Element | None:
        """The definition of a list, which may be borrowed from a list style."""
        abstract = abstracts.get(attribute(child(number, "abstractNumId")))
        style = self._styles.get(attribute(child(abstract, "numStyleLink")))
        lender = numbers.get(attribute(child(style, "pPr", "numPr", "numId")))
        return abstract if lender is None else abstracts.get(attribute(child(lender, "abstractNumId")))

    def _place(self, paragraph: Element) -> tuple[str, int]:
        """Number id and level, from the paragraph or from its style and the styles that one is based on."""
        properties = child(paragraph, "pPr")
        own = child(properties, "numPr")
        key, level = attribute(child(own, "numId")), attribute(child(own, "ilvl"))
        style = attribute(child(properties, "pStyle")) or self._default
        seen: set[str] = set()
        while not key and style in self._styles and style not in seen:
            seen.add(style)
            from_style = child(self._styles[style], "pPr", "numPr")
            key = attribute(child(from_style, "numId"))
            level = level or attribute(child(from_style, "ilvl")) or self._level_of_style(key, style)
            style = attribute(child(self._styles[style], "basedOn"))
        return key, int(level) if level.isdecimal() and int(level) < LEVELS else 0

    def _level_of_style(self, key: str, style: str) -> str:
        numbered = self._lists.get(key)
        if numbered is None:
            return ""
        return next((str(index) for index, level in numbered.levels.items() if level.style == style), "")


def _start(levels: dict[int, Level], level: int) -> int:
    return levels[level].start if level in levels else 1


def _read_list(number: Element, abstract: Element) -> NumberedList:
    levels = {
        index: _read_level(each) for each in children(abstract, "lvl") if (index := _level_index(each)) is not None
    }
    restarts = {}
    for override in children(number, "lvlOverride"):
        index = _level_index(override)
        if index is None:
            continue
        if (level := child(override, "lvl")) is not None:
            levels[index] = _read_level(level)
        if (start := attribute(child(override, "startOverride"))).isdecimal():
            restarts[index] = int(start)
    return NumberedList(attribute(abstract, "abstractNumId"), levels, restarts)


def _level_index(element: Element) -> int | None:
    index = attribute(element, "ilvl")
    return int(index) if index.isdecimal() and int(index) < LEVELS else None


def _read_level(element: Element) -> Level:
    start = attribute(child(element, "start"))
    return Level(
        form=attribute(child(element, "numFmt")) or "decimal",
        text=attribute(child(element, "lvlText")),
        start=int(start) if start.isdecimal() else 1,
        arabic=is_on(child(element, "isLgl")),
        joined=attribute(child(element, "suff")) == "nothing",
        style=attribute(child(element, "pStyle")),
    )


def _label(levels: dict[int, Level], level: int, counts: list[int]) -> str:
    own = levels[level]
    if own.form in ("bullet", "none"):
        return ""

    def number(found: re.Match[str]) -> str:
        index = int(found[1]) - 1
        form = "decimal" if own.arabic else levels.get(index, own).form
        return written(counts[index], form)

    label = _PLACEHOLDER.sub(number, own.text)
    return label if not label or own.joined or _CLOSED.search(label) else label + " "


def written(number: int, form: str) -> str:
    """A number as Word writes it in that numbering format.

    >>> written(12, "chineseCountingThousand"), written(3, "decimalEnclosedCircle")
    ('十二', '③')
    """
    if not 0 <= number <= MOST:
        return str(number)
    return FORMATS.get(form, str)(number)


def _chinese(number: int) -> str:
    """一百零五, 十二."""
    digits = "零一二三四五六七八九"
    spoken = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            spoken += digits[digit] + name
        elif spoken and number and not spoken.endswith("零"):
            spoken += "零"
    return spoken.removeprefix("一") if spoken.startswith("一十") else spoken or "零"


def _financial(number: int) -> str:
    spoken = _chinese(number)
    spoken = "一" + spoken if spoken.startswith("十") else spoken
    return spoken.translate(str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟"))


def _in_digits(digits: str) -> Callable[[int], str]:
    return lambda number: "".join(digits[int(digit)] for digit in str(number))


def _in_row(signs: str) -> Callable[[int], str]:
    """The number-th sign, Arabic beyond the last."""
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else str(number)


def _roman(number: int) -> str:
    text = ""
    for value, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        text += sign * (number // value)
        number %= value
    return text


def _letter(number: int) -> str:
    """A … Z, AA, BB."""
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number else ""


FORMATS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(
        (
            "chineseCounting",
            "chineseCountingThousand",
            "japaneseCounting",
            "taiwaneseCounting",
            "taiwaneseCountingThousand",
            "koreanCounting",
        ),
        _chinese,
    ),
    **dict.fromkeys(("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"), _financial),
    **dict.fromkeys(
        ("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand"), _in_digits("〇一二三四五六七八九")
    ),
    **dict.fromkeys(("decimalFullWidth", "decimalFullWidth2"), _in_digits("０１２３４５６７８９")),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _in_row("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")),
    "decimalEnclosedParen": _in_row("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
    "decimalEnclosedFullstop": _in_row("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
    "ideographEnclosedCircle": _in_row("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
    "ideographTraditional": _in_row("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _in_row("子丑寅卯辰巳午未申酉戌亥"),
    "decimalZero": lambda number: f"{number:02}",
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda number: _letter(number).lower(),
}
