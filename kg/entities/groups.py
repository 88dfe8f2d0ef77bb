"""Words → the groups that a programme is aimed at: 农村教师, 家庭经济困难学生, 进城务工人员随迁子女."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Span

_WHOSE = (
    "农村|乡村|乡镇|农村中小学|农村小学|农村公办园|农村职业学校|职业院校|职业学校|中等职业学校|中职|民办|民办学校|公办|普惠性|薄弱|边远|贫困|贫困地区|民族地区|山区|海岛|"
    "家庭经济困难|经济困难|建档立卡|建档立卡贫困|建档立卡贫困家庭|贫困家庭|低保|孤残|残疾|残疾儿童|留守|流动|随迁|特殊|学前|义务教育阶段|普通高中|高中|初中|小学|中小学|幼儿园|幼儿|"
    "骨干|青年|新任|新录用|新入职|班主任|双师型|专任|非事业编|学困|返乡|进城务工|城市失业|失业|往届|初高中|复转|退役|新型职业|全体|广大|优秀|乡镇中心|小规模|村小|教学|涉农|"
    "进城务工人员|农民工|外来务工人员|残疾学生|在校|高校|大学|校|园|老年|城乡|困难|义务教育|新|市级|省级|民族"
)
_WHO = "教师|学生|幼儿|儿童|少年|青少年|儿童少年|子女|随迁子女|随返子女|校长|园长|人员|农民工|军人|毕业生|农民|职工|家庭|大学生|高中生|居民|老年人|劳动者|班主任|干部|学校|幼儿园|民办园|村小|教学点|寄宿生|家长|村民|残疾人|师生|中小学|园|教职工"
GROUP = re.compile(rf"(?:(?:{_WHOSE})|[“”]){{0,4}}(?:{_WHO})(?:随[迁返]子女)?")
_TOO_BROAD = frozenset("学校 学生 教师 人员 干部 校长 幼儿 儿童 家长 师生 家庭 中小学 中小学生 全体学生 广大教师 幼儿园 在校学生 园 中小学校 居民 青少年 全体教师 职工 教职工 中学生".split())


def find_groups(text: str, within: Span) -> Iterator[tuple[Span, str]]:
    """The groups named in a stretch of text; bare 学生 or 学校 is no group."""
    for found in GROUP.finditer(text, within.start, within.end):
        name = found[0].strip("“”")
        if len(name) >= 3 and name not in _TOO_BROAD:
            yield Span(*found.span()), name
