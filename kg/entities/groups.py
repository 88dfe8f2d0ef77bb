"""A sentence → the groups that policy looks after: people and schools named by their need or their place in life.

教师 and 学生 stand in every sentence and are no group; 农村教师, 留守儿童, 进城务工人员随迁子女, 薄弱学校 are.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.entities.spans import Found
from kg.model import Kind, Span
from kg.patterns import regex

_WHO = (
    "农村 乡村 山区 边远地区 边远山区 边远 海岛 贫困地区 贫困县 贫困家庭 贫困 集中连片特困地区 革命老区 民族地区 "
    "家庭经济困难 经济困难 困难家庭 家庭困难 特殊困难家庭 特殊困难 生活困难 特困 建档立卡 低保家庭 低保 留守 残疾 孤残 适龄残疾 随迁 随返 "
    "进城务工就业人员 进城务工人员 外来务工人员 务工人员 农民工 进城 返乡 流动人口 流动 失业 下岗 退役 复转 "
    "往届初高中 往届 学困 厌学 辍学 失学 流浪 少数民族 库区移民 易地搬迁 单亲家庭 单亲 双职工家庭 双职工 "
    "困境 脱贫家庭 脱贫 智障 听障 视障 自闭症 现役军人 烈士 医务人员 新任 新入职 特岗 薄弱 小规模 涉农专业 援疆 超龄 失能"
).split()
_STAGE = "的 义务教育阶段 义务教育 普通高中 高中 中等职业学校 中职 职业院校 中小学 小学 初中 幼儿园 教学点 学前 适龄 寄宿制 青年".split()
_PERSONS = (
    "幼儿教师 教职工 教师 校长 园长 班主任 "
    "学生 少年儿童 儿童少年 儿童 少年 幼儿 子女 毕业生 寄宿生 人员 农民工 军人 大学生 职工 居民 老年人 残疾人"
).split()
_SITES = "小规模学校 寄宿制学校 薄弱学校 小规模教学点".split()
_LONE = "农村幼儿园 进城务工人员随迁子女 返乡农民工 特岗教师 薄弱学校 薄弱校 留守儿童 孤儿 残疾儿童 随迁子女 残疾人 贫困生 学困生".split()


def _any(words: list[str]) -> str:
    return f"(?:{'|'.join(sorted(words, key=len, reverse=True))})"


NEEDS = (*_WHO, *_LONE)  # one of which opens every group
_GROUP = regex(
    f"(?=[{''.join(sorted({need[0] for need in NEEDS}))}])"
    f"(?:(?:{_any(_WHO)}{_any(_STAGE)}{{0,2}}和?){{1,4}}{_any(_PERSONS)}(?:随迁子女|随返子女|子女)?"
    f"|{_any(_WHO)}{_any(_SITES)}|{_any(_LONE)})"
)
# What makes something else of the words: a house, an office, a grant, the whole profession.
_GOES_ON = regex(
    r"园|宫|院|周转|公寓|节|协会|之家|津贴|职称|学院|工会|事务|学校|创业园|(?:康复|服务|救助|资助管理|活动|就业)(?:指导)?中心"
)
SIGNS = (*_PERSONS, *_SITES, *_LONE)


def target_groups(text: str) -> Iterator[Found]:
    """农村义务教育学生, 家庭经济困难儿童, 薄弱学校."""
    for group in _GROUP.finditer(text):
        if not _GOES_ON.match(text, group.end()):
            yield Found(Kind.TARGET_GROUP, Span(*group.span()), group[0], "group-named-by-its-need")
