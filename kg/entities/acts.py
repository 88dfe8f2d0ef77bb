"""A sentence → its acts: where a verb of policy language stands, how far the doing has come, and where its object ends.

Policy Chinese is a chain of clauses `[adverb] verb [了] object`, and the object is what a government does. This module
knows the verbs; which objects are programmes or documents is for the finders, what an act means for the relaters.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from kg.model import Span
from kg.patterns import regex
from kg.texts.word_ends import WordEnds


class Stage(StrEnum):
    """How a verb sees its object; genre and aspect make a Status of it."""

    DO = "do"  # 实施, 开展, 建立: planned in a plan, completed in a summary
    PUSH = "push"  # 推进, 深化, 完善: under way in both
    START = "start"  # 启动
    FINISH = "finish"  # 完成, 建成
    END = "end"  # 取消, 停止


# Verbs that open an act wherever they stand …
STRONG: dict[Stage, str] = {
    Stage.DO: "实施 施行 开展 推开 铺开 实行 采取 采用 建立 构建 组建 制定 制订 出台 印发 制发 下发 颁布 编制 拟定 修订 修改 "
    "探索 举办 设立 成立 推行 试行 打造 筹建 搭建 "
    "申报 争创 申创 创办 编写 起草 转发 调研 谋划 承办 组织 召开 启用 推出 首创 发起",
    Stage.PUSH: "推进 推动 推广 深化 完善 落实 贯彻 健全 巩固 做好 抓好 办好 抓实 抓细 做实 做细 做优 做强 打好 用好 执行 加快 总结 优化",
    Stage.START: "启动 开启 先行试点 率先试点 先行先试",
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
_NOT_BEFORE = {"组织": "(?<!社会)(?<!党)(?<!基层)(?<!各级)(?<!群团)"}  # 社会组织 is no act
_STRONG_VERBS = frozenset(verb for verbs in STRONG.values() for verb in verbs.split())


def _any_of(words: Collection[str]) -> str:
    """A pattern of the words, the longest first; where none can open it fails before it tries each."""
    openings = "".join(sorted({word[0] for word in words}))
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return f"(?:(?=[{openings}])(?:{'|'.join(_NOT_BEFORE.get(word, '') + word for word in longest_first)}))"


# A verb directly before one of these is a noun: 实施方案, 提升计划, 落实情况.
_NOUN_AFTER = (
    "(?!方案|意见[。，；、]|办法|细则|情况|力度|过程|主体|效果|进度|进展|程度|纲要|规划[。，]|计划|工程|行动[，。]|项目|试点|制度|机制|政策|模式|"
    "活动|改革|培训|的(?:[^，。；]{0,3}[，。；])|者|率|性)"
)
_N = "[一二三四五六七八九十]"
_NUMBERING = regex(
    rf"第{_N}+[，、,]?|{_N}+[是要]要?|[（(](?:{_N}|\d|\x00){{1,3}}[）)][、，]?|(?:{_N}|\d){{1,3}}[、.．，]?"
)
_ASPECT = r"(?P<aspect>了|好|过|起|出(?=\d|一批|了|每|各))?"
_CHAIN = f"(?:(?:[、和并]|并且)?{_any_of(_STRONG_VERBS)})*"
_MANY = 9  # adverbs in a row; no author writes more, and noise that does must not take quadratic time


def _verb_group(adverbs: Collection[str], at_least: int, verbs: Collection[str]) -> re.Pattern[str]:
    return regex(
        f"(?P<adverbs>{_any_of(adverbs)}{{{at_least},{_MANY}}})(?P<verbs>{_any_of(verbs)}{_CHAIN}){_NOUN_AFTER}{_ASPECT}"
    )


_STRONG_GROUP = _verb_group({*_ADVERBS, *_LIGHT}, 0, _STRONG_VERBS)
_WEAK_AFTER_ADVERB = _verb_group(_ADVERBS, 1, _STAGE)
_OPENING_GROUP = _verb_group(_ADVERBS, 0, _STAGE)
_VERB = regex("|".join(sorted(_STAGE, key=len, reverse=True)))
# A group is looked for where its first word is found; most words can open only some sorts of group.
_WORDS = WordEnds([*_ADVERBS, *_LIGHT, *_STAGE])
_OPENS_STRONG = [word in {*_ADVERBS, *_LIGHT, *_STRONG_VERBS} for word in _WORDS.words]
_OPENS_WEAK = [word in _ADVERBS for word in _WORDS.words]
_IS_VERB = [word in _STAGE for word in _WORDS.words]
_CLAUSE_OPENS_BEHIND = "，。；：！？\n、"
_NUMBER_ENDS = frozenset(f"{_N[1:-1]}0123456789是要）)，、,.．")
_NUMBERED = regex(f"(?:^|[{_CLAUSE_OPENS_BEHIND}])(?=(?P<number>{_NUMBERING.pattern}))")
_BRACKETS = {"“": "”", "《": "》", "（": "）", "‘": "’", "〔": "〕"}
_OPENER = regex(f"[{''.join(_BRACKETS)}]")
_CLAUSE_END = regex(r"[，。；：！？\n]")


class Act(NamedTuple):
    """One verb group and its object (spans within the sentence text)."""

    verbs: str  # 制定印发
    adverbs: str  # 继续深入
    aspect: str  # 了, or ""
    span: Span  # adverbs and verbs
    object: Span  # up to the end of the clause or the next act

    @property
    def stage(self) -> Stage:
        """What the verb chain comes to."""
        return stage_of(self.verbs)

    def has(self, *verbs: str) -> bool:
        """Whether one of these stands in the verb chain."""
        return any(verb in self.verbs for verb in verbs)


@lru_cache(maxsize=2048)
def stage_of(verbs: str) -> Stage:
    """The furthest of the verbs of a chain, with 推动/推进 read as a light verb before another."""
    stages = [_STAGE[verb] for verb in _VERB.findall(verbs)]
    for stage in (Stage.END, Stage.FINISH, Stage.START):
        if stage in stages:
            return stage
    return stages[-1]


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
    acts = []
    following = len(quiet)
    for group in reversed(_groups(quiet)):
        start, end = group.span()
        stop = _CLAUSE_END.search(quiet, end, following)
        adverbs, verbs, aspect = group.groups("")
        acts.append(Act(verbs, adverbs, aspect, Span(start, end), Span(end, stop.start() if stop else following)))
        following = start
    return tuple(reversed(acts))


def _groups(quiet: str) -> list[re.Match[str]]:
    """The verb groups from left to right; where two begin together, the one that opens with a strong verb."""
    groups: list[re.Match[str]] = []
    done = 0
    words = sorted(_WORDS.all(quiet))
    starts = {start for start, _, _ in words}
    openings = {start for start, end, word in words if _IS_VERB[word] or end in starts}
    for start, _, word in words:
        if start < done or start not in openings:
            continue  # an adverb leads to no verb
        group = _STRONG_GROUP.match(quiet, start) if _OPENS_STRONG[word] else None
        if group is None and _opens_clause(quiet, start):
            group = _OPENING_GROUP.match(quiet, start)
        elif group is None and _OPENS_WEAK[word]:
            group = _WEAK_AFTER_ADVERB.match(quiet, start)
        if group is not None:
            groups.append(group)
            done = group.end()
    return groups


def _opens_clause(quiet: str, start: int) -> bool:
    """Whether a clause or list item opens here, be it behind a number: 一是建立…."""
    before = quiet[start - 1 : start]
    if not before or before in _CLAUSE_OPENS_BEHIND:
        return True
    return before in _NUMBER_ENDS and any(number.end("number") == start for number in _NUMBERED.finditer(quiet))
