"""Text whose lines a converter broke or stamped → lines as the authors wrote them; dates that lost their signs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import accumulate, pairwise

from kg.model import LeftOut, Span
from kg.patterns import regex
from kg.texts.tracked import Edit, Tracked, at_line_starts

MIN_WRAPPED = 8  # lines that show a text was broken at a fixed width
MIN_EVEN = 4  # the same where all lines that go on are of that width
NARROWEST = 20  # characters of a printed line
WIDEST = 60

_DASHES = "[-—–－·]{1,2}"
_PAGE_MARK = regex(
    r"\n((?:第 ?\d{1,4} ?页[，,/ ]*(?:共 ?\d{1,4} ?页)?|共 ?\d{1,4} ?页[，,/ ]*第 ?\d{1,4} ?页"
    rf"|{_DASHES} ?\d{{1,4}} ?{_DASHES}|\d{{1,4}} ?/ ?\d{{1,4}}|[Pp]age ?\d{{1,4}}(?: ?of ?\d{{1,4}})?)(?:\n|\Z))"
)
# What a document site leaves of a list whose items it hides: 1、 2、 3、
_EMPTY_ITEMS = regex(r"\n((?:\d{1,2}[、.．] ?){2,}(?:\n|\Z))")
_HIDDEN_ITEMS = regex(r"[。；：]((?:\d{1,2}、 ?){2,})(?=\n|\Z)")
_DATE_LINE = regex(r"\n(20[0-4]\d(?: ?\d{2,4}| \d{1,2} \d{1,2}))(?=\n|\Z)")
_BARE_DATE = regex(r"(?P<y>\d{4}) ?(?P<rest>\d{2,4})")
_SPACED_DATE = regex(r"(?P<y>\d{4}) (?P<m>\d{1,2}) (?P<d>\d{1,2})")
_STARTS_ANEW = regex(
    r"第?[一二三四五六七八九十百]{1,4}(?:、|是|[章节条篇]|部分)|[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．](?!\d)|[●◆■★▲·○□①-⑳]|附件|主题词|抄送"
)
_ENDS = ("。", "！", "？", "；", "：", "…")
_CLOSING = frozenset("。！？；：…”’》）】〕.!?;:)\"'\t")
_SENTENCE_END = regex("[。；！？]")
_CUT_NUMBER = regex(r"\d[万亿]\n[元个所名人次户平米吨]|\d?\d\n[%元]")
_NEW_PARAGRAPH = regex(r"(?:19|20)\d\d年|[^，。；]{1,12}：")
_PROSE = regex("[，。；]")


def drop_page_marks(tracked: Tracked) -> Tracked:
    """Less page numbers on lines of their own and the numbers of items that a site hides."""
    text = tracked.text
    found = [LeftOut(mark, "page-mark") for mark in at_line_starts(_PAGE_MARK, text)]
    found += [LeftOut(items, "empty-items") for items in at_line_starts(_EMPTY_ITEMS, text)]
    if "、\n" in text or "、 \n" in text or text.endswith(("、", "、 ")):  # how every such list ends
        found += [LeftOut(Span(*items.span(1)), "empty-items") for items in _HIDDEN_ITEMS.finditer(text)]
    return tracked.leaving_out(sorted(found)) if found else tracked


def complete_dates(tracked: Tracked) -> Tracked:
    """年, 月 and 日 put back into a date on a line of its own that can be read in one way only: 201836 → 2018年3月6日."""
    return tracked.edited(sorted(_dates(tracked.text)), "dates")


def _dates(text: str) -> Iterator[Edit]:
    for line in at_line_starts(_DATE_LINE, text):
        if spaced := _SPACED_DATE.fullmatch(text, *line):
            if _is_day(spaced["m"], spaced["d"]):
                yield Edit(Span(spaced.end("y"), spaced.start("m")), "年")
                yield Edit(Span(spaced.end("m"), spaced.start("d")), "月")
                yield Edit(Span(line.end, line.end), "日")
        elif bare := _BARE_DATE.fullmatch(text, *line):
            digits, at = bare["rest"], bare.start("rest")
            days = [at + split for split in range(1, len(digits)) if _is_day(digits[:split], digits[split:])]
            if len(days) == 1:
                yield Edit(Span(bare.end("y"), at), "年")
                yield Edit(Span(days[0], days[0]), "月")
                yield Edit(Span(line.end, line.end), "日")


def _is_day(month: str, day: str) -> bool:
    padded = month[0] == "0" or day[0] == "0"
    return (
        1 <= int(month) <= 12
        and 1 <= int(day) <= 31
        and (not padded or (len(month) == 2 and len(day) == 2))
        and len(month) <= 2
        and len(day) <= 2
    )


def join_wrapped_lines(tracked: Tracked) -> Tracked:
    """A paragraph on one line: less the line ends after a fixed number of characters, after a comma, in a sentence."""
    lines = tracked.text.split("\n")
    joined = {*_within_sentences(lines), *_at_fixed_width(lines, len(tracked.text))}
    if not joined:
        return tracked
    ends = list(accumulate((len(line) + 1 for line in lines), initial=-1))[1:]
    return tracked.without((Span(ends[n], ends[n] + 1) for n in sorted(joined)), "line-ends")


def _within_sentences(lines: list[str]) -> Iterator[int]:
    """The lines after whose end a sentence goes on, a title in 《》 or a number with its unit."""
    is_prose = joined = False
    for n, (before, after) in enumerate(pairwise(lines)):
        if not before or not after or before[-1] in _CLOSING:
            joined = False
            continue
        is_prose = (joined and is_prose) or _SENTENCE_END.search(before) is not None
        joined = (before[-1] in "，、" or _goes_on(before, after, is_prose)) and not _STARTS_ANEW.match(after)
        if joined:
            yield n


def _goes_on(before: str, after: str, is_prose: bool) -> bool:
    """Whether two lines are one: the first has no mark at its end; `is_prose`: it began with a whole sentence."""
    if "《" in before and before.rfind("《") > before.rfind("》") and "》" in after.partition("《")[0]:
        return True
    if not _PROSE.search(after):
        return False
    is_number = _CUT_NUMBER.match(f"{before[-2:]}\n{after[:1]}") is not None
    return is_number or (is_prose and not _NEW_PARAGRAPH.match(after))


def _at_fixed_width(lines: list[str], length: int) -> Iterator[int]:
    """The lines of paragraphs that were broken at one width, but for the last line of each."""
    if len(lines) < MIN_WRAPPED or 10 * sum(len(line) > WIDEST for line in lines) > len(lines):
        return
    going_on = [n for n, line in enumerate(lines[:-1]) if len(line) >= NARROWEST // 2 and _is_open(line)]
    found = (_full_lines(lines, going_on, measure, slack, indent) for measure, slack, indent in MEASURES)
    full = max((full for full in found if _is_wrapped(lines, going_on, full, length)), key=len, default=[])
    yield from (n for n in full if not _STARTS_ANEW.match(lines[n + 1]))


def _is_open(line: str) -> bool:
    """No row of a table, and its last sentence has no end."""
    return not line.rstrip("”").endswith(_ENDS) and "\t" not in line


def _is_wrapped(lines: list[str], going_on: list[int], full: list[int], length: int) -> bool:
    """Most of the text stands in full lines, or all prose that goes on in the next line does."""
    if len(full) >= MIN_WRAPPED and 2 * sum(len(lines[n]) for n in full) >= length:
        return True
    if len(full) < MIN_EVEN:
        return False
    widest = max(len(lines[n]) for n in full)
    prose = {n for n in going_on if len(lines[n]) >= NARROWEST and _PROSE.search(lines[n])}
    return prose <= set(full) and 2 * len(prose) >= len(full) and all(len(line) <= widest + 1 for line in lines)


def _full_lines(
    lines: list[str], going_on: list[int], measure: Callable[[str], int], slack: int, indent: int
) -> list[int]:
    """Of the lines that do not end a sentence those of the commonest width, or of it less an indent."""
    lengths = {n: length for n in going_on if (length := measure(lines[n])) >= NARROWEST}
    if not lengths:
        return []
    common = Counter(lengths.values())
    width = max(common, key=lambda w: (sum(common[w + d] for d in range(-slack, slack + 1)), w))
    return [n for n, length in lengths.items() if min(abs(length - width), abs(length + indent - width)) <= slack]


def _columns(line: str) -> int:
    """2 for a Chinese character, 1 for a digit."""
    return len(line.encode("gb18030", "replace"))


# How a program may count when it breaks lines, by how much a line may differ from the full width, and an indent.
MEASURES: tuple[tuple[Callable[[str], int], int, int], ...] = ((len, 1, 2), (_columns, 3, 4))
