"""A sentence → the programmes that it names: the known from the lexicon, the unknown by how policy language marks them.

Four signs mark a programme that no lexicon knows: it is the object of an act and ends like a programme (实施…计划); it
stands in quotes with such an ending, or as the object of an act (“影子校长”培训项目); it is a title conferred on places
or schools (创建…示范校); or a clause reports on it (教育民生工程成效显著).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from kg.entities.acts import find_acts, shielded
from kg.entities.counted_programs import counted_list
from kg.entities.program_names import BAD_START, GENERIC, STRONG_ENDINGS, name_signs, named_programme
from kg.entities.spans import Found, kept_places, list_items, quotes, unwrapped
from kg.lexicons import Program
from kg.model import Entity, Kind, Span
from kg.patterns import regex
from kg.texts.names import Names

IN_TITLE = "lexicon-program-in-title"  # mentioned, but what is done is done to the document


class LexiconPrograms:
    """Finds the programmes of the lexicon, quotes or not: 体艺“2+1”项目 is 体育艺术2+1项目."""

    def __init__(self, programs: Iterable[Program]) -> None:
        self._of: dict[str, str] = {}
        self.by_name: dict[str, Entity] = {}
        never: list[str] = []
        for program in programs:
            self.by_name[program.name] = program.entity
            for name in (program.name, *program.aliases):
                self._of[unwrapped(name)] = program.name
            never += [unwrapped(name) for name in program.never]
        self._names = Names([*self._of, *never])
        self.signs = frozenset(self._of)

    def canonical(self, name: str) -> str:
        """The lexicon's name for a name or alias; a name it does not know stays as it is."""
        return self._of.get(unwrapped(name), name)

    def __call__(self, text: str) -> Iterator[Found]:
        for start, end, number in self._names.matches(unwrapped(text)):
            known = self._of.get(self._names.names[number])
            if known is not None:
                first, last = kept_places(text, (start, end - 1))
                yield Found(Kind.PROGRAM, _with_quotes(text, first, last + 1), known, "lexicon-program")


def _with_quotes(text: str, start: int, end: int) -> Span:
    """The span with the quotation marks that belong to it: “县管校聘”, “2+1”项目."""
    inside = text[start:end]
    if inside.count("”") > inside.count("“") and text[start - 1 : start] == "“":
        return Span(start - 1, end)
    if inside.count("“") > inside.count("”") and text[end : end + 1] == "”":
        return Span(start, end + 1)
    both = text[start - 1 : start] == "“" and text[end : end + 1] == "”"
    return Span(start - 1, end + 1) if both else Span(start, end)


def object_programs(text: str) -> Iterator[Found]:
    """What an act does, when it ends like a programme: 探索建立…制度, 实施…工程和…计划, 创建…示范校."""
    signs = name_signs(text)
    if not signs:
        return
    for act in find_acts(text):
        if _hold(signs, act.object):
            if counted := counted_list(text, act.object):
                yield from counted
                continue
            for stretch in _between_quotes(text, act.object):
                yield from _coordinated(text, stretch, signs)


def reported_programs(text: str) -> Iterator[Found]:
    """A clause that opens with a programme and reports on it: 教育民生工程成效显著, 免学费政策的实施."""
    signs = name_signs(text)
    if not signs:
        return
    for clause in _CLAUSE.finditer(shielded(text)):
        predicate = _PREDICATE.search(clause[0])
        if predicate and predicate.start() >= 4 and not find_acts(clause[0][: predicate.start()]):
            number = _ITEM_NUMBER.match(text, clause.start())
            start = number.end() if number else clause.start()
            for found in _coordinated(text, Span(start, clause.start() + predicate.start()), signs):
                if found.name.endswith(STRONG_ENDINGS) and "、" not in found.name:
                    yield Found(Kind.PROGRAM, found.span, found.name, "reported-program")


_CLAUSE = regex(r"[^，。；：！？\n]+")
_ITEM_NUMBER = regex(r"[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}(?:、|是)|\d{1,2}[.、．]")
PREDICATES = (
    *(
        "成效显著 成效明显 取得 得到 全面启动 稳步推进 扎实推进 有序推进 顺利推进 深入推进 深入开展 全面实施 "
        "顺利实施 顺利完成 全面完成 圆满完成 基本完成 全面推开 全面铺开 全面推进 有效实施 "
        "启动实施 正式启动 进展顺利 落地"
    ).split(),
    *(f"的{how}{doing}" for how in ("", "全面", "有效", "顺利") for doing in "实施 推行 推进 落实".split()),
)
_PREDICATE = regex("|".join(PREDICATES))


CONFERS = tuple("评为 确定为 授予 认定为 列为 命名为 获评 入选 荣获".split())
_CONFERRED = regex(rf"(?:{'|'.join(CONFERS)})了?“?")
_AFTER_TITLE = regex(r"[，。；：！？\n”]|称号|荣誉|先进|\d|之一|$")


def conferred_programs(text: str) -> Iterator[Found]:
    """The title that a place or school was given: 被确定为国家…改革试点, 被评为…示范专业."""
    for word in _CONFERRED.finditer(text):
        end = _AFTER_TITLE.search(text, word.end())
        found = named_programme(text, Span(word.end(), end.start() if end else word.end()))
        if found is not None:
            yield Found(Kind.PROGRAM, found.span, found.name, "conferred-title")


def _between_quotes(text: str, span: Span) -> Iterator[Span]:
    """The object without quoted enumerations (“A”、“B”等), and in two where a quote follows a complete name (计划“十大工程”)."""
    if text.find("“", max(0, span.start - 1), span.end - 1) < 0:
        yield span
        return
    inside = [q for q in quotes(text) if span.start <= q.start < span.end]
    listed = [
        q
        for q in inside
        if text[q.end + 1 : q.end + 2] in ("、", "“", "和") or text[q.start - 2 : q.start - 1] in ("、", "”", "和")
    ]
    if len(listed) > 1:
        first, last = listed[0], listed[-1]
        if first.start - 1 > span.start:
            yield Span(span.start, first.start - 1)
        if text.startswith("等", last.end + 1):  # “A”“B”等X
            yield Span(last.end + 2, max(span.end, last.end + 2))
        return
    for quote in inside:
        before = text[span.start : quote.start - 1]
        if before.endswith(("计划", "规划", "工程", "行动", "纲要", "方案")):
            yield Span(span.start, quote.start - 1)
            return
    yield span


_COUNTED_ITEM = regex(r"\d+(?:个|所|间|名|项|门|支)")


def _hold(signs: list[int], span: Span) -> bool:
    """Whether the span holds one of the signs of names, without which it names nothing."""
    at = bisect_left(signs, span.start)
    return at < len(signs) and signs[at] < span.end


def _coordinated(text: str, stretch: Span, signs: list[int]) -> Iterator[Found]:
    """The programmes of an enumeration: items gather until one ends like a name, then it is asked whether they are one or many."""
    if not _hold(signs, stretch):
        return
    begin: int | None = None
    for item in list_items(text, stretch):
        counted = text[item.start].isdecimal() and _COUNTED_ITEM.match(text, item.start, item.end)
        begin = item.start if begin is None or counted else begin
        alone = named_programme(text, item) if _hold(signs, item) else None
        if begin == item.start:
            if alone is not None:
                yield alone
            if alone is not None or _QUOTED_ITEM.fullmatch(text, item.start, item.end):
                begin = None
        elif alone is not None or (
            _hold(signs, Span(begin, item.end)) and named_programme(text, Span(begin, item.end)) is not None
        ):
            yield from _one_or_many(text, Span(begin, item.end), alone)
            begin = None


_QUOTED_ITEM = regex(r"“[^“”]+”(?:工程|计划|行动|项目|活动)")  # complete by its quotes, which others read
_PERSONS_OR_SITES = regex(
    r"(?:教师|学生|校长|园长|幼儿园|学校|家长|城乡|区际|校际|小学|中学|高中|家庭|社会|师生|干部)$"
)
_GOES_INTO = regex(r"进(?:校园|课堂|社区|机关)")
_NAME_LIKE = regex(r"(?:委员会|责任区|平台|中心|体系|基地|教室|厨房|集团|改革|课堂|档案)$")


def _one_or_many(text: str, span: Span, last: Found | None) -> Iterator[Found]:
    """书香班级教室、智慧物理实验室和乡村学校浴室改造工程 are three; 义务教育学校教师、校长轮岗交流制度 is one."""
    items = list_items(text, span)
    left = items[:-1]
    if for_persons := _after_persons(text, items):
        yield for_persons
        return
    joined = any(text[a.end : b.start] not in ("、", "，") for a, b in pairwise(items))
    names = [unwrapped(text[i.start : i.end]) for i in left]
    conferred = text[span.start : span.end].endswith("创建") and len(items) > 1
    long = all(len(n) >= 5 for n in names) and not any(_PERSONS_OR_SITES.search(n) for n in names)
    many = bool(left) and (
        conferred or (long and (len(left) > 1 and joined)) or all(_NAME_LIKE.search(n) for n in names)
    )
    if many:
        for item, name in zip(left, names, strict=True):
            if 4 <= len(name) <= 24 and "的" not in name and not BAD_START.match(name) and not GENERIC.match(name):
                yield Found(Kind.PROGRAM, item, name, "listed-with-shared-ending")
    whole = named_programme(text, span) if not many else None
    pair = len(left) == 1 and joined  # 读书打卡和期末展评制度: two short things under one ending
    together = pair or (last is not None and _GOES_INTO.search(last.name))
    if whole is not None and (last is None or not long or not left or together):
        yield whole
    elif last is not None:
        yield last


_PERSONS = ("人员", "农民工", "军人", "毕业生", "子女", "农民", "学生", "教师", "职工", "儿童")
_THESE_PERSONS = regex(rf"[\u4e00-\u9fff]{{0,8}}?(?:{'|'.join(_PERSONS)})(?=[\u4e00-\u9fff]{{4,}})")


def _after_persons(text: str, items: list[Span]) -> Found | None:
    """免试入读制度 in 进城务工人员、退役军人、下岗职工免试入读制度: a list of people, then what is there for them."""
    *left, last = items
    if len(left) < 2 or not all(text.endswith(_PERSONS, i.start, i.end) for i in left):
        return None
    people = _THESE_PERSONS.match(text, last.start, last.end)
    if people is None:
        return None
    return named_programme(text, Span(people.end(), last.end))


_NUMBERED_HEADING = regex(
    r"^(?:（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、|\d{1,2}[.、．]|"
    r"[一二三四五六七八九十]+是)(?:大力|全面|深入|扎实|继续)*(?:实施|推进|启动|开展|组织实施|建设)?"
)


def numbered_headings(sentences: Sequence[str], sort: str) -> list[tuple[int, Found]]:
    """The numbered headings that open with a name of this sort (工程), by index of the sentence: （一）扩容增量工程."""
    found = []
    for n, text in enumerate(sentences):
        if sort in text and (opening := _NUMBERED_HEADING.match(text)):
            name = re.match(rf"[\u4e00-\u9fff“”+]{{2,24}}?{sort}(?=$|[。，：；])", text[opening.end() :])
            if name:
                span = Span(opening.end(), opening.end() + name.end())
                found.append((n, Found(Kind.PROGRAM, span, unwrapped(name[0]), "numbered-heading")))
    return found
