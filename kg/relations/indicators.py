"""A count in its sentence → the words for what it measures: 学前三年毛入园率, 新建幼儿园, 食堂改造投入."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.entities.spans import unwrapped
from kg.model import Span
from kg.patterns import regex
from kg.relations.counts import Count
from kg.relations.scene import Scene

RATES = ("%", "‰")
_TO = regex(
    r"(?:(?:比例|总数)?(?:均|都|分别|总体|要|将|应)?(?:已)?(?:高达|达到|达(?!到)|增加到|增至|提高到|提高至|提升到|提升至|"
    r"上升到|上升至|扩大到|保持在|稳定在|不低于|不少于|不高于|不超过|控制在|下降到|降到|降至|超过|超|突破|到|为|"
    r"有|共|约|近|接近|至少|完成|累计|仅|总计|共计|各|是|不得低于|不得少于|不得超过|高于|低于|以上|大于|在)(?:了)?)+$"
)
_SIGNS_OF_TO = "".join(sorted(set(re.findall("[\u4e00-\u9fff]", _TO.pattern))))
_LONGEST_LEAD = 40  # characters; no author heaps up more words before a value, and noise must not take quadratic time
_RISEN = regex(
    r"(?:由|从)[^，。；]*?(?:的)?[\d.]+[%万亿]?[\u4e00-\u9fff]{0,2}?(?:提高|增加|上升|下降|降低|提升|增长|增|扩大)?(?:到|至)?.*$"
)
_DONE_BEFORE = regex(r".{4,}?已(?=组建|建成|建设|成立|创建|开设|开展|培训|招聘|新建)")
_ITEM_NUMBER = regex(r"[一二三四五六七八九十]+是|[（(]?[一二三四五六七八九十\d]+[）)、.．]")
_LEADING = regex(
    r"(?:全市|全县|全区|全省|我[市县区省]|今年|年内|到?20\d\d年(?:底|末)?前?|确保|力争|争取|实现|使得?|将|要|"
    r"其中|目前|全年|一年来|已|共|还|并|新的|各地|按计划|统筹|计划|拟|可|累计|市政府|县政府|基本|如期|"
    r"完成|实施|开展|达到|创建|评选|建成|建设|选拔|组建|派出|接收|投入|举办|取缔|培育|遴选|配备|"
    r"认定|推进|启动|打造|成立|惠及|覆盖|申报|组织|确定|做好|高质量|提升|充分发挥|提出|明确|现有|拥有|截至|截止|该[市县区省州]|"
    r"了|出|对|为|有|以|把|的|由|从|成功|全面|继续|进一步|积极|大力)+"
)
_TAILS = tuple(
    "任务 工作 目标 以上 以内 左右 等 之一 参加了培训 活动 完工 竣工 开工 投入使用 交付使用 铺开 挂牌 封顶".split()
)
_OPENS_RIGHT = regex(r"(?:以上|以内|左右|以下)的?|的")
_RIGHT_TAIL = regex(
    r"(?:的?任务|工作|目标|以上|以内|左右|等|之一|参加了培训|活动|(?:全部|全面|均|已|顺利|如期|正式)*(?:完工|竣工|开工|投入使用|交付使用|铺开|挂牌|封顶))$"
)
_OF_ANOTHER_RELATION = regex(r"评为|获评|荣获|授予|认定为|确定为|命名为|位列|排名")
_COMPARES = ("超过", "低于", "高于", "不足")
_KEPT_VERB = (
    "新建|续建|改造|招聘|回收|开办|新增|改扩建|扩建|取缔|培训|引进|资助|增加|减少|投入|建成|新认定|招生|免除|"
    "发放|购置|配备|新改扩建|定向培养|消除|惠及|选派|评选|表彰|创建|新创建|遴选|维修|减免|救助|安置|接收|选聘|补充"
)
_KEPT_VERBS = frozenset(_KEPT_VERB.split("|"))
_OPENS_WITH_VERB = regex(rf"({_KEPT_VERB})")
_LEADING_VERB = regex(rf"^(?:{_KEPT_VERB})")
_VERB_BEFORE = regex(rf"({_KEPT_VERB})(?:了|出)?[^，。；]{{0,4}}$")
_DONE = regex(r"^(?:完成|实施)了?|^了")
_MONEY_FOR = regex(r"投入|资金|补助|经费|发放|减免|免除|投资|拨款|支出|标准")
_PURPOSE = regex(r"(?:，(?:用于|为|对)|(?:用于|为|对|将)?)([^，。；]{4,40})")
_BOUND = regex(r"(?:每年)?(?:不低于|不少于|不得低于)(?=[^，。；\d]{2,14}的$)")
_SHARE = regex(r"占(?P<of>[^，。；、]{2,24}?)(?:的)?(?:比例|比重)?(?:的)?$")
_GROWS = "提高|增长|增加|上升|提升|下降|降低|减少"
_HAS_GROWN = regex(rf"(?:{_GROWS})(?:了)?(?:约|近|至少)?$")
_GROWTH = regex(
    r"^(?P<what>[^，。；]*?)(?P<than>(?:比|较)(?:去年|上年|前年|上一年|20\d\d年|“[^”]+”末|同期)(?:同期)?(?:的)?|同比|年均)?"
    rf"(?:又|再|均|都|也|要|将)?(?P<verb>{_GROWS})(?:了)?(?:约|近|至少)?$"
)
BARE = frozenset(
    (
        "学校 教室 部分 国家 省级 市级 新增 投入 区县 县区 学生 教师 指导和推动 幼儿园 地区 达到 累计 "
        "资金 占地 惠及 校长 小学 初中 高中 秋季 合计 总计 竣工 开工 完工 推动 总量 产值 投资 指标 增长 "
        "总规模 规模 总数 总额 县上 市上 省上 其中 面积 乡镇 薄弱学校 受益 人 班级 项目 消除"
    ).split()
)
_OF_OTHERS = regex(r"(?:的)?\d|赴|前往|走进|分[两三四]批")  # another number counts its own things
_EMBEDDED = regex(
    r"(?:约|近)?\d+(?:\.\d+)?(?:余|多)?[万亿]?(?:平方米|所|个|名|人次|人|套|间|元|亩|公里|米|台|%)?(?:余|多)?(?:的)?"
)
_LISTED = regex(r"[、和与及]|以及")
_SO_MANY = regex(r"[两二三四五六]个$")
_SCHOOLING = "学前三年|学前|小学|初中|高中阶段|高中|普高|中职|职业中专|幼儿园|中小学|义务教育|城区|城市|城镇|县城|农村|乡村|校长|教师"
_LEVELS = regex(rf"(?:{_SCHOOLING})$")
_LEVEL_AT_AN_END = regex(rf"^(?:{_SCHOOLING})|(?:{_SCHOOLING})$")
_LEVEL_BEFORE = regex(rf"(?:{_SCHOOLING})(?=[\u4e00-\u9fff]{{4,}})")
_ONLY_A_LEVEL = regex(rf"(?:其中)?(?P<some>(?:{_SCHOOLING})(?:阶段|学校|学生)?)")
_REACHES = regex(r"(?:达到|提高到|提高至|提升到|上升到|增加到|不低于|超过|降到|控制在)(?:了)?$")
_RULE_OF_LIFE = regex(r"一般占|核定|时速|报名费|每周|每天|每人$|一式|车辆|会议|载客")
_GEOGRAPHY = regex(
    r"(?:总面积|国土面积|辖区面积|全[省市县区州]面积|海拔|距|相距|到[\u4e00-\u9fff]{2,8})[^，。；]{0,8}$"
)
_EVENT = regex("[参选球代负]")
_AT_AN_EVENT = regex(
    r"(?:的)?(?:\d+(?:多|余)?[名支个])?[^，。；]{0,8}(?:参赛|参加(?:了)?(?:大赛|比赛|会议|竞赛)|选手|球队|代表队|负责人参加)"
)
_NOT = regex("[未没不难]")
_NOT_REACHED = regex(r"(?:尚未|未能|未|没有|没能|不能|难以)(?:达到|达|实现|完成)[^，。；]{0,6}$|达不到$|不足$")
_FOR_EACH = regex(r"每(?:班|校|人|名|所|节|个班)[^，。；]{0,8}(?:不超过|不少于|不低于|不得超过)$")
_LESS_OR_MORE = ("低于", "不足", "未达到", "达不到", "超过")
_SUCH_ONES = regex(r"(?:以上|以下)?的[^，。；]{2,}")
_RATE_WORD = regex(r"[\u4e00-\u9fff]{2}率$|率$|比例$")


def indicator_of(scene: Scene, count: Count, subject: str) -> str:
    """What the count measures; "" where the words do not say. `subject` is what an earlier rate of the sentence measured."""
    left = count.left
    if left.endswith("的") and (bound := _BOUND.search(left)):
        left = left[: bound.start()]  # 交流比例不低于符合条件教师的10%
    growth = _GROWTH.match(left) if count.baseline is None and _HAS_GROWN.search(left) else None
    if growth and (growth["than"] or count.unit in (*RATES, "个百分点", "百分点")):
        what = stripped_left(growth["what"]) or subject
        return f"{what}{growth['verb']}" if len(what) >= 3 else ""
    if count.unit.endswith("百分点"):
        return ""  # 高于全省平均水平3个百分点
    bare = _without_lead(left)
    share = _SHARE.search(bare) if count.unit == "%" else None
    if share:
        return f"{stripped_left(left[: share.start()]) or subject}占{share['of'].rstrip('的')}比例"
    if count.unit in RATES:
        after = _after(count) if count.right.startswith(("的", "以上")) else ""
        return after if len(after) >= 3 else _rate(left, stripped_left(bare), subject)
    if count.unit.endswith("元"):
        return _money(scene, count, stripped_left(bare), _after(count))
    return _things(left, stripped_left(bare), _after(count), count.right)


def _after(count: Count) -> str:
    """What is counted, as it stands behind the number."""
    others = _OF_OTHERS.search(count.right)
    return stripped_right(count.right[: others.start()] if others else count.right)


def _rate(left: str, before: str, subject: str) -> str:
    """What a percentage is the rate of; where only a level of school or a year stands before it, the rate said before."""
    level = _ONLY_A_LEVEL.fullmatch(before) if subject else None
    if subject and (level or (not before and _REACHES.search(left))):
        rate = _LEVEL_AT_AN_END.sub("", subject) if level else subject
        return f"{level['some']}{rate}" if level else rate
    return before if len(before) >= 3 else ""


def _things(left: str, before: str, after: str, right: str) -> str:
    """What a number of things counts: 新建幼儿园, 学校 behind the number, 项目 before 50个全部竣工."""
    done = after.startswith(("全部", "均", "都", "已", "顺利", "如期"))
    if not done and len(after) >= 2 and right not in ("以上", "左右"):
        kept = _OPENS_WITH_VERB.match(left)
        return (kept[0] if kept and len(before) <= 4 else "") + after if len(before) <= 6 else before + after
    return before if len(before) >= 2 else ""


def completed(indicator: str, scene: Scene, count: Count, before: Sequence[Count], subject: str) -> str:
    """Words that alone measure nothing, with the verb before them (惠及学生, 新建幼儿园); "" where that does not help.

    The verb is the count's own, else that of the last count `before` it that has one.
    """
    if indicator.startswith(_COMPARES) or _OF_ANOTHER_RELATION.search(indicator):
        return ""
    if indicator in _KEPT_VERBS:
        noun = _LEADING_VERB.sub("", subject)
        return f"{indicator}{noun}" if len(noun) >= 2 and "率" not in noun else ""  # 2020年新建80所
    if indicator not in BARE or f"有{indicator}" in scene.text:
        return indicator
    near = _VERB_BEFORE.search(count.left)
    said = near[1] if near else next((verb for other in reversed(before) if (verb := _verb_of(other))), "")
    return f"{said}{indicator}" if said and said != indicator and not count.unit.endswith("元") else ""


def is_a_norm(scene: Scene, count: Count) -> bool:
    """Whether the number says what counts as good or bad, or how marks are weighed, not what is to be reached or was."""
    text, clause = scene.text, count.clause
    before, after = text[clause.start : count.span.start], text[count.span.end : clause.end]
    return bool(
        (_NOT.search(before) and _NOT_REACHED.search(before))
        or _RULE_OF_LIFE.search(before)
        or (count.unit in ("公里", "平方公里", "米") and _GEOGRAPHY.search(before))
        or (_EVENT.search(after) and _AT_AN_EVENT.match(after))
        or (before.endswith(("过", "于")) and _FOR_EACH.search(before))
        or (before.endswith(_LESS_OR_MORE) and _SUCH_ONES.match(after))
        or (not after and before.endswith("占") and _is_one_of_the_shares(text, clause, before))
    )


def _is_one_of_the_shares(text: str, clause: Span, before: str) -> bool:
    """Whether a value behind 占 is one of several: 笔试占60%、面试占40%."""
    return (
        len(before) > 1
        and before[-2] not in "，。；"
        and text.count("占") > 1
        and "比" not in text[clause.start : clause.end]
    )


def _verb_of(count: Count) -> str:
    """新建 of 新建续建小学2所: what is done with the things counted next, too."""
    found = _VERB_BEFORE.search(count.left) or _OPENS_WITH_VERB.match(count.left)
    return found[1] if found and found[1] != "投入" else ""


def rates_sharing(words: str) -> tuple[str, ...]:
    """The rates of a list that has its value in common: 小学、初中巩固率 → 小学巩固率, 初中巩固率; () for another list."""
    if _LISTED.search(words) is None:
        return ()
    *items, last = _LISTED.split(_SO_MANY.sub("", _without_lead(words)))
    rate = _RATE_WORD.search(last) if items else None
    if rate is None:
        return ()
    level = _LEVEL_BEFORE.match(stripped_left(last))
    shared = stripped_left(last)[level.end() :] if level else rate[0]  # 小学、初中教师学历达标率
    named = [item if _RATE_WORD.search(item) else item + shared if _LEVELS.search(item) else "" for item in items]
    rates = [stripped_left(name) for name in (*named, last)]
    return tuple(rates) if all(len(name) >= 3 for name in rates) else ()


def items_sharing(words: str) -> tuple[str, ...]:
    """What a list says before 分别: 学前三年毛入园率、义务教育巩固率 → each; an item takes the rate of the last one."""
    if rates := rates_sharing(words):
        return rates
    items = [stripped_left(item) for item in _LISTED.split(words)]
    rate = _RATE_WORD.search(items[-1])
    if rate is None and min(map(len, items)) < 4:
        return ()  # 学前、义务教育投资额: what is said of the first is only a piece
    named = [item if rate is None or _RATE_WORD.search(item) else item + rate[0] for item in items]
    return tuple(named) if len(named) > 1 and all(len(name) >= 2 for name in named) else ()


def _money(scene: Scene, count: Count, left: str, right: str) -> str:
    """What the money is for: the words before it, or what follows: 投入566万元，为37所幼儿园配备食堂设备."""
    verb = _MONEY_FOR.search(count.left)
    if verb is None or (len(left) >= 4 and left not in BARE):
        return left
    text, end = scene.text, count.span.end
    purpose, apart = _PURPOSE.match(text, end), text.startswith("，", end)
    if right and purpose and not apart:
        right = purpose[1]
    words = _EMBEDDED.sub("", purpose[1] if purpose and not right else right)
    words = _DONE.sub("", words)
    if not words:
        whole = _without_lead(count.left)  # 全年投入, 累计投入资金
        return left if left and left not in BARE else whole
    return f"{words}{verb[0]}" if purpose and apart else (left or verb[0]) + words


def _without_lead(words: str) -> str:
    """毛入园率 of 毛入园率均已达到: without the words that lead to a value."""
    lead = _TO.search(words, max(len(words.rstrip(_SIGNS_OF_TO)), len(words) - _LONGEST_LEAD))
    return words[: lead.start()] if lead else words


def stripped_left(words: str) -> str:
    """A wording without what opens its clause: verbs, adverbs, 全市, a number of a list."""
    if risen := _RISEN.search(words):
        words = words[: risen.start()]
    if "已" in words and (done := _DONE_BEFORE.match(words)):
        words = words[done.end() :]
    if number := _ITEM_NUMBER.match(words):
        words = words[number.end() :]
    kept = _LEADING.match(words)
    if kept and not _OPENS_WITH_VERB.match(words):
        words = words[kept.end() :]
    return unwrapped(words).strip("的，、 —")


def stripped_right(words: str) -> str:
    """A wording without 以上, 左右 before it and 任务, 工作 behind it."""
    opening = _OPENS_RIGHT.match(words)
    words = words[opening.end() :] if opening else words
    while words.endswith(_TAILS) and (tail := _RIGHT_TAIL.search(words)):
        words = words[: tail.start()]
    return unwrapped(words).strip("的，、 ")
