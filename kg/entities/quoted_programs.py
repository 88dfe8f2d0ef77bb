"""A sentence → the programmes that it names in quotation marks: “影子校长”培训项目, “五好党支部”创建, 以“X”为载体.

Quotes also hold slogans, ideals and troubles (“入园难”问题, “以人为本”的理念); what stands before and after them tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.entities.acts import find_acts
from kg.entities.program_names import IDEOLOGY, STRONG_ENDINGS
from kg.entities.spans import Found, quotes
from kg.model import Kind, Span
from kg.patterns import regex

_MAKES_A_PROGRAM = (
    "工程|计划|行动|活动|项目|改革|试点|制度|机制|政策|模式|创建|学习教育|主题教育|战略|专项治理|专项整治"
)
_MAKES = regex(rf"[\u4e00-\u9fff]{{0,4}}?(?:{_MAKES_A_PROGRAM}|做法|经验)")
_IS_A_WAY = regex(r"[\u4e00-\u9fff]{0,8}?(?:机制|体系|模式|制度)")
_NOT_IN_A_NAME = regex(r"[。；！？《]")
_QUOTE_ENDING = regex(
    rf"(?!等|[两二三四五六七八九十][大项个])(?:[\u4e00-\u9fff、]{{0,8}}?(?:{_MAKES_A_PROGRAM}|建设|教育|体系|平台|培训|系列|规划|标准|奖|课堂|品牌|装置|评选|学校)|村|班|工作室|工作法|工作|要求|规定|报警)"
)
_NAME_ENDING = regex(
    r"(?!等|[两二三四五六七八九十][大项个])[\u4e00-\u9fff]{0,8}?(?:工程|计划|行动|主题教育活动|系列主题教育活动|主题实践活动|实践活动|系列活动|"
    r"活动|项目|改革|试点|制度|机制|政策|模式|战略|体系|平台|专项治理|学习教育|主题教育|教育|品牌|课堂|"
    r"奖)(?!工作)"
)
_TROUBLE = regex(
    r"(?:纠正|防止|反对|消除|杜绝|解决|治理|查处|避免|破解|化解|缓解|打破|遏制|整治|禁止|严禁|私设|转变|坚持|"
    r"秉承|树立|弘扬|牢记|突出|营造|形成|总结提出了?|写好|讲好|唱响|提出|培育学生|办成)[^，。；“]{0,10}$"
)
_LEADS_TO_TROUBLE = ("由", "变", "从", "到", "转为", "向", "各类", "以", "为")
_TROUBLE_AFTER = regex(
    r"^(?:“[^”]{1,12}”)*等[^，。；“”]{0,6}(?:应用|业态|场景|产品|产业|企业|品种|品牌矩阵)|^[^，。；“]{0,2}(?:问题|现象|倾向|难题|难|热|风|原则|思路|理念|方针|意识|共识|主线|目标|精神|定位|转变|"
    r"转型|之德)|^(?:等|的|等的)?(?:举措|措施|手段|方式|策略|办法)|^运动\d|^文艺|"
    r"^的(?:原则|思路|总要求|要求|方针|策略|办法|目标|理念|局面|氛围|幼儿园公益标准|运行机制|总体|措施|转变)"
)
# What something else is said to be built upon: 以X为载体.
BUILT_UPON = "载体|抓手|契机|主题|总揽|统领|平台|依托|重点|主要抓手|牵动|突破|突破口|引领|带动|总抓手|重要抓手"
_FAR_BEFORE = 16  # characters that the patterns of what stands before a quote can take
_FRAME_BEFORE = regex(r"(?:以|依托|借助|按|按照|通过|围绕)(?:实施|开展|推进|争创|创建|落实)?[^，。；“]{0,8}$")
_FRAME_AFTER = regex(rf"^[^，。；“”]{{0,16}}为(?:{BUILT_UPON})")
_NO_PROGRAM = frozenset(
    "四风 三无 三农 五老 四个意识 四个自信 四个全面 两个责任 四种形态 三乱 四有 两个维护 五位一体 三位一体 "
    "三公 三贫 小金库 入园难 入园贵 择校热 大班额 大校额 小学化 零起点 主体责任 监督责任 "
    "学校人 系统人 终身制 一把手 小升初 应试教育 三新 一旧 利器 普九 超市 立交桥 头等大事".split()
)


# “疫情防控”机制 and “心理健康”教育 are named after what they are about.
_TOPICS = frozenset(
    "疫情防控 政府主导 财政投入 属地管理 垃圾分类 心理健康 廉洁文化 传统文化 爱国主义 安全生产 社会实践 志愿服务 "
    "劳动教育 教师节 少年儿童 家庭教育 学前教育 义务教育 职业教育 特殊教育 立德树人 依法治校 教书育人 勤工俭学".split()
)
_TELLS_LITTLE = _NO_PROGRAM | _TOPICS
_NO_NAME = regex(
    r"的(?:突破|人)$|经济$|^.{1,2}得.$|(?:时代|时期|学院|大学|(?<!进)社区|格局)$|^[一二三四五六七八九十]+个?新?(?:突破|跨越|提升|转变|坚持|更加|确保)$|周年|^十[一二三四五]五$|^(?:[\u4e00-\u9fff]{1,2}、){2,}[\u4e00-\u9fff]{1,2}$|^(?:坚持|努力|围绕|牢固)"
)
_GOES_ON = regex(
    r"[\u4e00-\u9fff]{0,4}(?:发展|融合|统筹|协同|循环|联动|流动|新业态|业态|产业|事项|基地|产品|目标|格局|体验|消费|经济|企业|集群|园区)"
)
_ATTACHED = regex(r"(?!等|和|与|及|的|建设|创建|教育|活动|工作|行动|工程)[\u4e00-\u9fff]{2}")  # “两癌”筛查
_BRAND = regex(r"(?P<before>[^“”、]*)“(?P<core>[^“”、，]{2,16})”(?P<after>[^“”]+)")
_PHASE = regex(r"(?:[一二三四五六七八九十\d]|新一)[期轮]")
_FOOTNOTE = regex(r"\[\d{1,3}\]$")  # of a report that explains its terms at the end
_RESULTS = ("实现", "实现了", "迎来", "喜获")
_CLAUSE_ENDS = regex(r"[，。；！]|$")
_DATE = regex(r"\d{1,2}[·.．]\d{1,2}")
_QUALITY_AFTER = regex(r"(?:的)?(?:水平|品质|能级|竞争力|质效|知名度|影响力)")
_PEOPLE_ONLY = regex(r"(?<!好)(?:学生|儿童|教师|家长|干部|子女)$")


def quoted_programs(text: str) -> Iterator[Found]:
    """“X” that is done, is followed by what makes it a programme, or is what something is built upon (以“X”为载体)."""
    for inner in quotes(text) if "“" in text else ():
        core = _core(text, inner)
        if not _may_be_name(core):
            continue
        before, after = text[max(0, inner.start - 1 - _FAR_BEFORE) : inner.start - 1], text[inner.end + 1 :]
        if core in _NO_PROGRAM and not _IS_A_WAY.match(after):
            continue
        makes = _MAKES.match(after) is not None
        if _PEOPLE_ONLY.search(core) and not makes:
            continue
        framed = bool(_FRAME_AFTER.match(after) and _FRAME_BEFORE.search(before))
        result = before.endswith(_RESULTS) and not makes and _CLAUSE_ENDS.match(after)
        if result or _DATE.fullmatch(core) or _QUALITY_AFTER.match(after):
            continue  # 实现“双下降”, “8·22”事故, 提升“家门口”品质
        if _TROUBLE_AFTER.match(after) or (not makes and not framed and _is_trouble(before)):
            continue
        if framed or makes or _is_acted_on(text, inner):
            span, name = _named(text, inner, _QUOTE_ENDING.match(after))
            yield Found(Kind.PROGRAM, span, name, "quoted-program")


def _is_trouble(before: str) -> bool:
    """Whether the words before a quote say that it is fought against, wished for or changed."""
    return before.endswith(_LEADS_TO_TROUBLE) or _TROUBLE.search(before) is not None


def _core(text: str, inner: Span) -> str:
    """The quoted words without the number of a footnote."""
    core = text[inner.start : inner.end]
    return _FOOTNOTE.sub("", core) if core.endswith("]") else core


@lru_cache(maxsize=4096)  # all texts quote the same words: 十四五, 双减
def _may_be_name(core: str) -> bool:
    """Whether quoted words could be the name of a programme at all."""
    return (
        2 <= len(core) <= 24
        and not _NO_NAME.search(core)
        and not IDEOLOGY.search(core)
        and not _NOT_IN_A_NAME.search(core)
    )


def _is_acted_on(text: str, inner: Span) -> bool:
    """Something is done to the quoted words themselves: 推进“四区同创”, but not 推进“医教研产”协同发展."""
    short = inner.end - inner.start <= 2
    if _GOES_ON.match(text, inner.end + 1) or (short and _ATTACHED.match(text, inner.end + 1)):
        return False
    return any(act.object.start <= inner.start - 1 < act.object.end for act in find_acts(text))


def _named(text: str, inner: Span, ending: re.Match[str] | None) -> tuple[Span, str]:
    """The span with quotes and ending, and the canonical name: the quoted words, with the ending that belongs to the name."""
    core = _core(text, inner)
    complete = core.endswith((*STRONG_ENDINGS, "活动", "工程", "改革", "课堂", "平台"))
    head = _NAME_ENDING.match(ending[0] if ending else "") if not complete else None
    if ending and head:  # the ending may run on: 主题教育 → 主题教育活动
        head = _NAME_ENDING.match(text, inner.end + 1, inner.end + 1 + len(head[0]) + 2) or head
    if head is None:
        return Span(inner.start - 1, inner.end + 1), core
    name = core if _is_distinctive(core) and not _PHASE.search(head[0]) else core + head[0]
    return Span(inner.start - 1, inner.end + 1 + len(head[0])), name


def brand_in(surface: str) -> str:
    """The quoted words by which a longer name is known: 影子校长 for 农村中小学“影子校长”培训项目; "" where there are none."""
    found = _BRAND.fullmatch(surface)
    if found is None or _PHASE.search(found["before"] + found["after"]) or not _NAME_ENDING.fullmatch(found["after"]):
        return ""
    return found["core"] if _is_distinctive(found["core"]) else ""


def _is_distinctive(core: str) -> bool:
    """工匠进职校 is known by these words, whatever kind of programme they are called; 三名, 1510, 三位一体 are not."""
    counts = core[0] in "一二三四五六七八九十百千万两" or any(sign.isdigit() for sign in core)
    return len(core) >= (4 if counts else 3) and core not in _TELLS_LITTLE and not core.isascii()
