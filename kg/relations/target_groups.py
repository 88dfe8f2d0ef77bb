"""A stretch of a sentence or a programme's name → the groups of people and schools that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kg.entities.spans import list_items
from kg.model import Span
from kg.patterns import regex

_PERSON = (
    "(?:教师|高中生|初中生|中职生|小学生|贫困生|寄宿生|研究生|大学生|学生|幼儿|女童|儿童少年|少年儿童|儿童|少年|子女|校长|园长"
    "|人员|农民工|军人|士兵|毕业生|农牧民|农民|牧民|职工|家庭|贫困户|居民|老年人|残疾人|新生|学子|青年|劳动力|孤儿)"
)
_NEEDY = (
    "农村|乡村|留守|贫困|经济困难|困难|困境|残疾|随迁|青年|学前|厌学|进城|返乡|建档立卡|低保|特困|孤儿|流动|边远|偏远|山区|海岛|库区|失学|辍学"
    "|新任|新入职|骨干|退役|复转|下岗|失业|往届|少数民族|农牧民|涉农专业"
)
_SOME_PERSON = regex(_PERSON)
_SOME_NEEDY = regex(_NEEDY)
_WHO = regex(
    rf"(?:{_PERSON}|校（园）长|班主任|家长|村民|师生|学校|幼儿园|教学点|地区|户籍人口|群体|村级园)$"
    "|(?:农村|乡村|乡镇|山区|薄弱|边远)(?:初中|高中|小学|中小学)$"
)
_BROAD = frozenset(
    "学校 学生 教师 人员 校长 幼儿 儿童 家长 师生 家庭 居民 地区 群体 职工 青年 幼儿园 教职工 教师和学生".split()
)
_WHOLE = regex(
    r"^(?:全[市县区省国州旗体]|所有|各级各类|全部|广大|更多|每一?(?=[名位个])|共|约|近|累计|符合条件的?|一?[名位个](?!校|师)"
    r"|\d[\d.]*[万千百余多]*[名人位户所个])+"
)
_COUNT_BEHIND = regex(r"(?:近|约|共|达|超过)?\d[\d.]*[万千百余多]*(?:人次|[名人位户所个])?(?:次|余|多)?$")
_NO_GROUP = regex(r"\d|的$|[是了把将能其]|成为|通过|开展|实施|提升|享受|主要|以及|其他|对象|社会|招聘|招募|评选")


_LONGEST_WHO = 5  # characters at the end of a group
_LONGEST_BEFORE = 26  # characters of a group before a name
_JOINTS = "、，以及和与暨"


class Group(NamedTuple):
    """Where a group stands, and its name without counts and 全市."""

    span: Span
    name: str


def groups_in(text: str, within: Span) -> Iterator[Group]:
    """家庭经济困难儿童, 孤儿 of 家庭经济困难儿童320名、孤儿等特殊群体; what everybody is (学生) is no group."""
    for item in list_items(text, within):
        if (group := group_at(text, item)) is not None:
            yield group


def group_at(text: str, item: Span) -> Group | None:
    """The group of one item of a list: 残疾儿童 of 46名残疾儿童."""
    words = text[item.start : item.end].strip("“”").partition("等")[0]
    words = _COUNT_BEHIND.sub("", words)
    if found := _WHOLE.match(words):
        words = words[found.end() :]
    if not 2 <= len(words) <= 18 or words in _BROAD or not _WHO.search(words) or _NO_GROUP.search(words):
        return None
    at = text.find(words, item.start)
    return Group(Span(at, at + len(words)), words)


def may_end_with_group(text: str) -> bool:
    """Whether the last item of a list may be a group: one that ends in another word is none."""
    listed = text.rstrip(_JOINTS)
    return _WHO.search(listed, max(0, len(listed) - _LONGEST_WHO)) is not None


_IN_NEED = rf"(?:{_NEEDY})(?!才俊|优秀|卓越)[\u4e00-\u9fff]{{0,8}}?{_PERSON}(?:(?:经济)?困难{_PERSON}|随迁子女|随返子女|子女|少年)?"
_OPENS = regex(
    rf"(?:[十百千万]+[名位])?(?P<name>{_IN_NEED}(?:和{_IN_NEED})*)(?!子女|员|队伍|学校|幼儿园|特设|岗位|周转|转移|[、在的])"
    rf"|(?P<any>(?:(?!面向|[省市县区](?!城))[\u4e00-\u9fff]){{2,10}}?{_PERSON})"
    "(?=资助|支持|补助|扶持|关爱|救助|营养|生活补助|奖励|免费|培训|单招|帮扶|托管|成长|素质提升|能力提升|“|(?<![师长员任])培养)"
)
_WITHIN = regex(
    rf"(?:[十百千万]名|”)(?P<needy>(?:{_NEEDY})[\u4e00-\u9fff]{{0,6}}?{_PERSON})(?=成长|素质|能力|提升|培养|培训|关爱|支持|资助)"
    rf"|面向(?P<faced>[\u4e00-\u9fff]{{2,10}}?{_PERSON})(?=的|单招|专项|招生|开展)"
)
_PEOPLE_BEFORE = regex(rf"(?P<name>{_IN_NEED})(?:就学|入学|结对|帮扶|关爱|资助)?$")
_SITES_BEFORE = regex(
    r"(?P<name>(?:农村|乡村|山区|海岛|贫困地区|边远|薄弱)(?:义务教育|中等职业|普通)?(?:中小学|学校|小学|幼儿园|教学点)(?:校长|教师)?)$"
)


def groups_opening(name: str) -> Iterator[Group]:
    """乡村教师 of 乡村教师支持计划, 农村骨干教师 of 百名农村骨干教师培养工程."""
    found = _named(_OPENS.match(name, name.startswith("“")))
    for item in list_items(name, found.span) if found else ():
        yield Group(item, name[item.start : item.end])


def group_inside(name: str) -> Group | None:
    """库区移民子女 of 县城高中面向库区移民子女单招计划."""
    return _named(_WITHIN.search(name))


def groups_ending(text: str) -> Iterator[Group]:
    """农村中小学 at the end of 推进农村中小学, people or schools that a quoted name behind them is for."""
    for pattern in (_PEOPLE_BEFORE, _SITES_BEFORE):
        if (group := _named(pattern.search(text, max(0, len(text) - _LONGEST_BEFORE)))) is not None:
            yield group


def names_a_person(name: str) -> bool:
    """Whether persons are named; in a name that does not `groups_opening` and `group_inside` find none."""
    return _SOME_PERSON.search(name) is not None


def opens_with_person(name: str) -> bool:
    """校长“影子培训” is no name behind a group: the person in it is the end of the group's own name."""
    return _SOME_PERSON.match(name) is not None


def in_need(name: str) -> bool:
    """Whether a group is one that policy looks after: 农村教师, not 教师代表."""
    return _SOME_NEEDY.search(name) is not None


def _named(found: re.Match[str] | None) -> Group | None:
    if found is None or found.lastgroup is None:
        return None
    return Group(Span(*found.span(found.lastgroup)), found[found.lastgroup])
