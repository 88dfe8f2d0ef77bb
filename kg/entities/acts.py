"""A sentence → its acts: where a verb of policy language stands, how far the doing has come, and where its object ends.

Policy Chinese is a chain of clauses `[adverb] verb [了] object`, and the object is what a government does. This module
knows the verbs; which objects are programmes or documents is for the finders, what an act means for the relaters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from kg.model import Span


class Stage(StrEnum):
    """How a verb sees its object; genre and aspect make a Status of it."""

    DO = "do"  # 实施, 开展, 建立: planned in a plan, completed in a summary
    PUSH = "push"  # 推进, 深化, 完善: under way in both
    START = "start"  # 启动
    FINISH = "finish"  # 完成, 建成
    END = "end"  # 取消, 停止


# Verbs that open an act wherever they stand …
STRONG: dict[Stage, str] = {
    Stage.DO: "实施 施行 开展 实行 采取 采用 建立 构建 组建 制定 制订 出台 印发 制发 下发 颁布 编制 拟定 修订 修改 "
    "探索 举办 设立 成立 推行 试行 打造 筹建 搭建 "
    "申报 争创 申创 创办 编写 起草 转发 调研 谋划 承办 组织 召开 启用 推出 首创 发起",
    Stage.PUSH: "推进 推动 推广 深化 完善 落实 贯彻 健全 巩固 做好 抓好 办好 抓实 抓细 做实 做细 做优 做强 打好 用好 执行 加快 总结 优化",
    Stage.START: "启动 开启 先行试点 率先试点",
    Stage.FINISH: "完成 建成 实现 通过",
    Stage.END: "停止 取消 废止 终止 撤销 叫停 不再 暂停 停办",
}
# … and verbs that are as often nouns (教师队伍建设): they open an act only where a clause, an adverb or another verb opens.
WEAK: dict[Stage, str] = {
    Stage.DO: "建设 创建 评选 培育 培养 开设 开办 新建 设置 发放 选拔 遴选 培植 配备 改造 发布 开发 开放 接受 纳入 "
    "创新 提供 安排 引入 引进",
    Stage.PUSH: "加强 提升 提高 扩大 强化 坚持 规范 改进 改善 加大 促进 拓展 拓宽 发挥 支持 严格 保障 确保 突出 压实 "
    "深入 参与 倡导 统一 利用 鼓励 引导 督促 督导 指导 管好 普及 统筹",
    Stage.FINISH: "达到 创成 荣获 获得 建好 形成",
}
_STAGE = {verb: stage for table in (STRONG, WEAK) for stage, verbs in table.items() for verb in verbs.split()}
_ADVERBS = (
    "继续 持续 进一步 深入 不断 全面 扎实 积极 大力 稳步 稳妥 有序 认真 切实 着力 努力 加快 严格 全力 强力 "
    "广泛 逐步 率先 重点 主动 统筹 高质量 高标准 "
    "高水平 圆满 顺利 如期 基本 按计划 创新 有效 充分 有计划 首次 正式 要 将 拟 已 已经 先后 分别 "
    "共 还 并 再 也 均 可 应 应当 必须 务必 争取 力争 确保 着手 准备 尽快 深度 精心 科学 依法 规范 优先 集中 "
    "分类 分步 分层级 强势 纵深 常态化 抓紧 细化 综合"
).split()
# Light verbs carry another act: 推动建立, 指导各地开展, 鼓励开展. Before a weak verb they are verbs in their own right.
_LIGHT = "联合 研究 组织 牵头 协助 督促 督导 指导 引导 支持 鼓励 推动 探索".split()
_CHAINED = f"(?:{'|'.join(sorted(_STAGE, key=len, reverse=True))})"
_ADVERB = f"(?:{'|'.join(sorted(_ADVERBS, key=len, reverse=True))})"
_BEFORE_STRONG = f"(?:{'|'.join(sorted({*_ADVERBS, *_LIGHT}, key=len, reverse=True))})"
_NOT_BEFORE = {"组织": "(?<!社会)(?<!党)(?<!基层)(?<!各级)(?<!群团)"}  # 社会组织 is no act
_STRONG_VERBS = sorted({v for vs in STRONG.values() for v in vs.split()}, key=len, reverse=True)
_STRONG_VERB = "(?:{})".format("|".join(_NOT_BEFORE.get(verb, "") + verb for verb in _STRONG_VERBS))
# A verb directly before one of these is a noun: 实施方案, 提升计划, 落实情况.
_NOUN_AFTER = (
    "(?!方案|意见[。，；、]|办法|细则|情况|力度|过程|主体|效果|进度|进展|程度|纲要|规划[。，]|计划|工程|行动[，。]|项目|试点|制度|机制|政策|模式|"
    "活动|改革|培训|的(?:[^，。；]{0,3}[，。；])|者|率|性)"
)
_N = "[一二三四五六七八九十]"
_NUMBERING = re.compile(
    rf"第{_N}+[，、,]?|{_N}+[是要]要?|[（(](?:{_N}|\d|\x00){{1,3}}[）)][、，]?|(?:{_N}|\d){{1,3}}[、.．，]?"
)
_ASPECT = r"(?P<aspect>了|好|过|起|出(?=\d|一批|了|每|各))?"
_CHAIN = f"(?:(?:[、和并]|并且)?{_STRONG_VERB})*"


def _opens(words: Sequence[str]) -> str:
    """Looks whether one of the words may begin here: at most places none does, and they are passed without trying each."""
    short = {word for word in words if len(word) == 1}
    firsts, seconds = ({word[at] for word in words if len(word) > 1} for at in (0, 1))
    return f"(?=[{''.join(short)}]|[{''.join(firsts)}][{''.join(seconds)}])"


_FIRST_SIGNS = "".join(sorted({word[0] for word in (*_ADVERBS, *_STAGE)}))
_OPENS_CLAUSE = re.compile(rf"[，。；：！？\n、](?=[第{_N[1:-1]}（(\d\x00{_FIRST_SIGNS}])")
_MANY = 9  # adverbs in a row; no author writes more, and noise that does must not take quadratic time
_GROUP_AT = re.compile(f"(?P<adverbs>(?:{_ADVERB}){{0,{_MANY}}})(?P<verbs>{_CHAINED}{_CHAIN}){_NOUN_AFTER}{_ASPECT}")
_STRONG_GROUP = re.compile(
    f"{_opens([*_ADVERBS, *_LIGHT, *_STRONG_VERBS])}"
    f"(?P<adverbs>(?:{_BEFORE_STRONG}){{0,{_MANY}}})(?P<verbs>{_STRONG_VERB}{_CHAIN}){_NOUN_AFTER}{_ASPECT}"
)
_WEAK_AFTER_ADVERB = re.compile(
    f"{_opens(_ADVERBS)}(?P<adverbs>(?:{_ADVERB}){{1,{_MANY}}})(?P<verbs>{_CHAINED}{_CHAIN}){_NOUN_AFTER}{_ASPECT}"
)
_BRACKETS = {"“": "”", "《": "》", "（": "）", "‘": "’", "〔": "〕"}
_OPENER = re.compile(f"[{''.join(_BRACKETS)}]")
_CLAUSE_END = re.compile(r"[，。；：！？\n]")


class Act(NamedTuple):
    """One verb group and its object (spans within the sentence text)."""

    verbs: str  # 制定印发
    adverbs: str  # 继续深入
    aspect: str  # 了, or ""
    span: Span  # adverbs and verbs
    object: Span  # up to the end of the clause or the next act

    @property
    def stage(self) -> Stage:
        """What the verb chain comes to: the furthest of its verbs, with 推动/推进 read as a light verb before another."""
        stages = [_STAGE[verb] for verb in re.findall(_CHAINED, self.verbs)]
        for stage in (Stage.END, Stage.FINISH, Stage.START):
            if stage in stages:
                return stage
        return stages[-1]

    def has(self, *verbs: str) -> bool:
        """Whether one of these stands in the verb chain."""
        return any(verb in self.verbs for verb in verbs)


@lru_cache(maxsize=2048)
def shielded(text: str) -> str:
    """The text with everything inside quotes, titles and brackets blanked, so that its verbs and commas stay silent."""
    out, written = [], 0
    opener = _OPENER.search(text)
    while opener:
        closing, begin = _BRACKETS[opener[0]], opener.end()
        end = text.find(closing, begin)
        if end >= 0:
            out += [text[written:begin], "\x00" * (end - begin)]
            written = end
        elif closing in text:  # it closed before it opened: these marks are not to be trusted
            return text
        opener = _OPENER.search(text, max(begin, end + 1))
    return "".join([*out, text[written:]]) if out else text


@lru_cache(maxsize=2048)
def find_acts(text: str) -> tuple[Act, ...]:
    """The acts of a sentence, in order."""
    quiet = shielded(text)
    groups = list(_groups(quiet))
    acts = []
    for n, found in enumerate(groups):
        following = groups[n + 1].start() if n + 1 < len(groups) else len(quiet)
        stop = _CLAUSE_END.search(quiet, found.end(), following)
        end = stop.start() if stop else following
        adverbs, verbs, aspect = found.groups("")
        acts.append(Act(verbs, adverbs, aspect, Span(*found.span()), Span(found.end(), end)))
    return tuple(acts)


def _groups(quiet: str) -> Iterator[re.Match[str]]:
    """The verb groups from left to right; where two begin together, the one that opens with a strong verb."""
    strong = _STRONG_GROUP.search(quiet)
    weak = _WEAK_AFTER_ADVERB.search(quiet)
    opening = _opening_groups(quiet)
    opened = next(opening, None)
    nowhere = len(quiet)
    while strong or opened or weak:
        at_strong = strong.start() if strong else nowhere
        at_opened = opened.start() if opened else nowhere
        at_weak = weak.start() if weak else nowhere
        found = strong if at_strong <= at_opened and at_strong <= at_weak else opened if at_opened <= at_weak else weak
        assert found is not None
        yield found
        position = found.end()
        # What begins further on is still the next of its sort: each is searched once.
        if at_strong < position:
            strong = _STRONG_GROUP.search(quiet, position)
        while opened and opened.start() < position:
            opened = next(opening, None)
        if at_weak < position:
            weak = _WEAK_AFTER_ADVERB.search(quiet, position)


def _opening_groups(quiet: str) -> Iterator[re.Match[str]]:
    """The verb groups that open a clause or list item, behind its number: 一是建立…."""
    for start in (0, *(mark.end() for mark in _OPENS_CLAUSE.finditer(quiet))):
        numbering = _NUMBERING.match(quiet, start)
        if group := _GROUP_AT.match(quiet, numbering.end() if numbering else start):
            yield group
