"""Lines and sentences that a web site put around a document → dropped; the policy text stays.

The rules are in furniture_rules.py; here is where on a page each of them holds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import accumulate, pairwise, takewhile

from kg.model import LeftOut, Span
from kg.patterns import regex
from kg.texts.furniture_rules import EDGE_RULES, LINE_RULES, NOTE_RULES, PARAGRAPH_RULES, TAIL_RULES
from kg.texts.tracked import HAN, Tracked, at_line_starts
from kg.texts.word_ends import WordEnds

SHORT = 90  # a menu, a breadcrumb, a counter; policy paragraphs are longer or have a 。
LEAD = 400  # an editor's lead paragraph; longer lines lose only the editor's sentences
HEAD_LINES = 12
MIN_TEASER = 30

_RULES = (*LINE_RULES, *EDGE_RULES, *PARAGRAPH_RULES, *NOTE_RULES)
_ANYWHERE = range(len(LINE_RULES))
_AT_EDGES = range(len(LINE_RULES) + len(EDGE_RULES))
_OF_PARAGRAPHS = range(_AT_EDGES.stop, _AT_EDGES.stop + len(PARAGRAPH_RULES))
_PATTERNS = tuple(regex(rule.pattern) for rule in _RULES)
_TITLE_WORDS = ("计划", "总结", "要点", "方案", "思路", "报告", "安排", "意见")
_STUFFED = frozenset(word + digit for word in _TITLE_WORDS for digit in "12")  # where one title ends and another begins
_WORDS = tuple(sorted({*(word for rule in _RULES for word in rule.words.split()), *_STUFFED}))
# Word → the rules that need it, or a word that ends with it: only the longest of these is told.
_ENDINGS = tuple(tuple(rule.words.split()) for rule in _RULES)
_RULES_OF_WORD = tuple(tuple(n for n, endings in enumerate(_ENDINGS) if word.endswith(endings)) for word in _WORDS)
# A line of digits and signs only.
_STAMP = regex(r"\n(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?: ?\d{1,2}:\d{2}(?::\d{2})?)?)(?=\n|\Z)")
_SENTENCE_END = regex(r"[。！？\n]")
_LISTED_TITLE = regex(r"[^。；]{4,60}\d{2}-\d{2}")
_MENU_ITEM = regex(
    r"(?!.*(?:通知|总结|报告|计划|意见|方案|要点|规划|纲要|条例|规定|办法|细则|讲话|发言|致辞|汇报|公告|通告|决定|批复|函|制度|目录|标准)$)[^\d。]{1,16}"
)
_STUFFING = regex(rf"(\d{{4}}年[^，。；：、“”《》\n]{{2,24}}?(?:{'|'.join(_TITLE_WORDS)}))\1+")
_HEADING = regex(
    r"(?:第?[一二三四五六七八九十]{1,3}(?:、|部分|章|篇)|[（(][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.、．])"
)
_TITLE_ENDING = regex(r"（共?\d+页）$|[-_|—–]+[^-_|—–。]{2,15}(?:网|站|文库|政府|平台)$")
_SIGN = regex(f"[{HAN}0-9A-Za-z]")


class Page:
    """A text with its lines, and where the rules' words stand in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        self._starts = list(accumulate([len(line) + 1 for line in self.lines], initial=0))
        end = len(self.lines)
        self.first_body = next((number for number in range(end) if _is_body(self.lines[number])), end)
        self.last_body = next((number for number in reversed(range(end)) if _is_body(self.lines[number])), -1)
        self.has_body = self.last_body >= 0
        self.hits: dict[int, set[int]] = {}  # line → rules with a word in it
        self.may_be_stuffed = False
        for start, _, word in _trigger_words()(text):
            self.hits.setdefault(self._line_at(start), set()).update(_RULES_OF_WORD[word])
            self.may_be_stuffed = self.may_be_stuffed or _WORDS[word] in _STUFFED

    def _line_at(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1

    def span(self, number: int) -> Span:
        return Span(self._starts[number], self._starts[number + 1] - 1)

    def whole_line(self, number: int) -> Span:
        """The line with one of its line ends."""
        start, end = self.span(number)
        return Span(start - 1, end) if start else Span(0, end + 1)

    def rules(self) -> dict[int, str]:
        """The lines that a rule fits as a whole, with its name."""
        ruled = {self._line_at(stamp.start): "time-stamp" for stamp in at_line_starts(_STAMP, self.text)}
        for number, rules in self.hits.items():
            line = self.lines[number]
            here = self._rules_for(number)
            for n in sorted(rules):
                if n in here and _PATTERNS[n].fullmatch(line):
                    ruled[number] = _RULES[n].name
                    break
        return ruled | self._menu_above(ruled)

    def _rules_for(self, number: int) -> range:
        line = self.lines[number]
        if _is_body(line):
            return _OF_PARAGRAPHS if len(line) <= LEAD else range(0)
        return _ANYWHERE if self.first_body <= number <= self.last_body or not self.has_body else _AT_EDGES

    def _menu_above(self, ruled: dict[int, str]) -> dict[int, str]:
        """What stands above the way through the site to this page, but for titles."""
        ways = (number for number, rule in ruled.items() if rule in ("breadcrumb", "position"))
        way = max((number for number in ways if number < self.first_body), default=0)
        return {n: "site-menu" for n in range(way) if n not in ruled and _MENU_ITEM.fullmatch(self.lines[n])}

    def notes(self) -> Iterator[tuple[int, int, str]]:
        """Line, offset and name of every editor's phrase."""
        for number, rules in sorted(self.hits.items()):
            for rule in sorted(rules):
                if rule >= _OF_PARAGRAPHS.stop:
                    for found in _PATTERNS[rule].finditer(self.text, *self.span(number)):
                        yield number, found.start(), _RULES[rule].name


def _is_body(line: str) -> bool:
    """A paragraph of running text."""
    return "。" in line or len(line) > SHORT


@cache
def _trigger_words() -> WordEnds:
    """They may overlap, as 本文 and 文档 do in 下载本文档."""
    return WordEnds(_WORDS)


def drop_furniture(tracked: Tracked) -> Tracked:
    """Less menus, breadcrumbs, time stamps, editors' notes, teasers, lists of other pages, registration lines."""
    page = Page(tracked.text)
    found = [*_whole_lines(page), *_notes(page), *_teaser(page), *_repeated_title(page)]
    if page.may_be_stuffed:
        found += (LeftOut(Span(*stuffing.span()), "repeated-phrase") for stuffing in _STUFFING.finditer(tracked.text))
    return tracked.leaving_out(sorted(found)) if found else tracked


def _whole_lines(page: Page) -> Iterator[LeftOut]:
    """Lines that a rule knows, and the titles that a list of other pages shows after one of them."""
    ruled = page.rules()
    if not ruled:
        return
    in_list = in_tail = ""
    for number in range(min(ruled), len(page.lines)):
        rule = ruled.get(number, "")
        in_tail = in_tail or (rule if rule in TAIL_RULES and 0 <= page.last_body < number else "")
        if rule in ("related-articles", "recommended"):
            in_list = rule
        elif in_list and not _LISTED_TITLE.fullmatch(page.lines[number]):
            in_list = ""
        if reason := rule or in_tail or in_list:
            yield LeftOut(page.whole_line(number), reason)


def _notes(page: Page) -> Iterator[LeftOut]:
    """An editor's lead paragraph in the head; elsewhere only the editor's sentence."""
    hits = list(page.notes())
    if not hits:
        return
    head = set(_head(page.lines, {number for number, _, _ in hits}))
    for number, hit, reason in hits:
        if number in head and len(page.lines[number]) <= LEAD:
            yield LeftOut(page.whole_line(number), reason)
        else:
            yield LeftOut(_sentence_around(page, number, hit), reason)


def _sentence_around(page: Page, number: int, hit: int) -> Span:
    """Empty where the sentence is too long for an editor's."""
    line = page.span(number)
    near = max(line.start, hit - LEAD)
    before = [end.end() for end in _SENTENCE_END.finditer(page.text, near, hit)]
    after = _SENTENCE_END.search(page.text, hit, min(line.end, hit + LEAD))
    if (not before and near > line.start) or (not after and hit + LEAD < line.end):
        return Span(hit, hit)
    return Span(before[-1] if before else line.start, after.end() if after else line.end)


def _head(lines: list[str], noted: set[int]) -> Iterator[int]:
    """The lines before the first item or paragraph of the document itself."""
    for number, line in enumerate(lines[:HEAD_LINES]):
        if _HEADING.match(line) or (_is_body(line) and number not in noted):
            return
        yield number


def _teaser(page: Page) -> Iterator[LeftOut]:
    """A first line that runs the following lines together: the site's preview of the opening."""
    if len(page.lines) < 3:
        return
    first, second = _signs(page.lines[0][:300]), _signs(page.lines[1][:400])
    if len(first) < MIN_TEASER:
        return
    following = "".join(_signs(line[:400]) for line in page.lines[1:8])
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, following, strict=False)))
    if shared >= MIN_TEASER and shared > len(second) + 4 and shared >= 0.5 * len(first):
        yield LeftOut(page.whole_line(0), "preview")


def _signs(text: str) -> str:
    return "".join(_SIGN.findall(text))


def _repeated_title(page: Page) -> Iterator[LeftOut]:
    """A page title that the next line repeats, but for the number of pages or the name of the site."""
    for number, (line, following) in enumerate(pairwise(page.lines)):
        repeats = (
            following and line.startswith(following) and _TITLE_ENDING.sub("", line) == following and not _is_body(line)
        )
        if repeats:
            yield LeftOut(page.whole_line(number), "repeated-title")
        elif number >= HEAD_LINES:
            return  # a run of one line that begins in the head is followed to its end
