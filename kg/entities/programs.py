"""A sentence → the programmes that it names: the known from the lexicon, the unknown by how policy language marks them.

Four signs mark a programme that no lexicon knows: it is the object of an act and ends like a programme (实施…计划); it
stands in quotes with such an ending or as the object of an act (“影子校长”培训项目); it is a title conferred on places
or schools (创建…示范校); or a clause reports on it (教育民生工程成效显著).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from kg.entities.acts import Act, find_acts, shielded
from kg.entities.names import Names
from kg.entities.spans import Found, list_items, quotes, unwrapped, without_wrapping
from kg.lexicons import Program
from kg.model import Kind, Span

# What a programme's name ends in. The weak endings need more of a name before them.
_HEAD = (
    "工程|计划|行动|战略|试点|制度|机制|政策|改革|模式|活动|项目|创建|试验|攻坚|专项督导|专项治理|专项整治|整治|清理整顿|轮岗交流|制|班|"
    "责任区|责任制|共同体|联盟|学校|课堂|讲坛|论坛|平台|体系|热线|智库|空间|贷款|补贴|工作站|资源库|数据库|教育网|云|网络|奖|评选|"
    "集团化|一体化|标准化|信息化建设|均等化|现代化|监测|评估|评价|督导|建设|教学|办学|培养|培育|培训|教育|服务|招生|进校园|进课堂|送教|支教|"
    "一体化发展|治理|改造|管理|对口帮扶|帮扶|保障|扶持"
)
_STRONG_HEAD = re.compile(r"(?:工程|计划|行动|战略|试点|制度|机制|政策|模式|项目|创建|攻坚|专项督导|专项治理|共同体|联盟|责任区|责任制|讲坛|贷款|津贴|校园行动|进校园)$")
_MIDDLE_HEAD = re.compile(
    r"(?:改革|活动|试验|整治|清理整顿|轮岗交流|课堂|论坛|智库|集团化|一体化|标准化建设|基本均衡|监测|小班化教学|均等化|教学模式|云平台|智慧平台|网络学校|资源库|送教上门|控辍保学|职业农民培育|学习型城市建设)$"
)
_TITLE_HEAD = re.compile(
    r"(?:示范|实验|试点|特色|标准化|规范化|先进|文明|平安|绿色|强|优质|基本均衡|达标|样板|星级|名优|现代化|领航|基地|目录|试点示范|合格)性?"
    r"(?:县|区|市|省|县（区）|县（市、区）|区（市、县）|乡镇|学校|校|园|幼儿园|基地|专业|单位|社区|高中|课程|集体|中心|食堂|公寓|城市|党支部|职业学校|项目|校园|家长学校)$"
)
_NAMED_BUILDING = re.compile(r"(?:职教集团|职业教育集团|特色|队伍|文化|数字化校园|校园|城市|基地|智库|示范|体系|资源教室|“[^”]+”)建设$")

_GENERIC = re.compile(
    r"^(?:各项|各类|各种|有关|相关|配套|长效|常态|工作|激励|约束|考核|考评|评价|评估|管理|规章|保障|监督|监管|问责|奖惩|责任|联动|运行|协调|领导|投入|体制|新|"
    r"教育|教学|学校|教师|学生|德育|课程|课堂教学|课改|主题|实践|专项|系列|重点|民生|重大|综合|试点|具体|良好|健康|防控|预警|安全|培训|培养|选拔|任用|社会|文化|文体|"
    r"体育|艺术|科技|群众性|丰富多彩|多种形式|形式多样|积极向上|校外|课外|校内|党建|宣传|学习|帮扶|资助|救助|经费|财务|内控|审计|人事|用人|分配|招生|考试|管理体制|办学|"
    r"体制机制|深层次|规范化|制度化|科学化|信息|应急|会商|调研|落实|整改|反馈|通报|督查|督办|巡查|网络|协作|合作|交流|共享|服务|质量|各级各类|学科|备课|听课|教研|科研|教科研|"
    r"校本|家校|心理|卫生|后勤|食堂|校车|消防|交通|演练|竞赛|比赛|文艺|读书|阅读|志愿|公益|庆祝|表彰|评优|评先|岗位|职称|准入|退出|补充|流动|轮岗|交流|工资|绩效|津贴|补助|"
    r"动态|跟踪|约谈|责任追究|追究|党风廉政|廉政|作风|一系列|与|和|、|的|等|及|各|区域|基础|国家|省|市|县|区|全|本|我|该|其|这一|年度|日常|阶段性|行之有效|切实可行|科学|合理|完善|有效)*"
    r"(?:工程|计划|行动|战略|试点|制度|机制|政策|改革|模式|活动|项目|创建|体系|平台|整治|监测|基地|学校|课堂|建设|示范|教育|培训|管理|服务|评估|评价|督导|治理|措施|长效机制)$"
)
_LEADING = re.compile(
    r"^(?:了|好|的|一批|一次|一系列|一项|一轮|各项|各类|各级|若干|部分|我[省市县区州]|全[省市县区州]|我国|本[市县区]|市内|市域|县域内|以|对|把|将|在|由|从|向|按|为|使|"
    r"国家、省|省、市|国家和省|国家级?和省级?|教育领域的?|教育系统的?|所有|其他|多项|\d+(?:\.\d+)?(?:万|亿)?余?(?:所|个|名|项|间|人|批|门|套|次|场|期|类|种|条|处)|"
    r"[一二三四五六七八九十]+(?:所|个|名|项|间|批|场|次)|首批|新增|新一批|一些|相应的?|更加?|教育部|省政府|市政府|省教育厅|市教育局|\d{4}年(?:度)?)+"
)
_TRAILING = re.compile(
    r"(?:等?各项工作|系列工作|等?(?:项目)?工作|等?任务|等|成果|成效|水平|力度|进程|步伐|要求|部署|精神|规定|情况|质量|进度|覆盖面|成功经验|经验|做法|规划目标|"
    r"目标|标准|实施|创建|评选|评选表扬|认定|评估|验收|建设任务|常态化、制度化|常态化|制度化|落地|落实|见效|推广|应用|建设应用|全覆盖|创新|内涵|内涵发展|实效|"
    r"的?实施|建设|研究|审批|改造任务|招生任务|具体办法|分类登记管理|需求|作用)$"
)
_BAD_START = re.compile(
    r"^(?:的|了|和|与|及|等|并|于|中|后|上|下|内|外|之|其|不|每|各地|有|是|到|让|使|被|给|再|更|最|较|以及|工作|发展|管理|建设|改革|情况|机制|能力|水平|问题|过程|质量|"
    r"加大|加快|加强|参加|覆盖|列入|召开|会议|习近平|党的|十[七八九]|中央|科学发展观|社会主义)"
)
_IDEOLOGY = re.compile(
    r"习近平|总书记|中国特色社会主义|科学发展观|十[六七八九]届|十[七八九]大|三中全会|四中全会|五中全会|六中全会|核心价值观|立德树人根本任务|党的建设|八项规定|新时代|小康社会|中国梦的|理想信念|两会"
)
_PREDICATE = re.compile(
    r"(?:成效显著|成效明显|取得|得到|全面启动|稳步推进|扎实推进|有序推进|顺利推进|深入推进|深入开展|全面实施|顺利实施|顺利完成|全面完成|圆满完成|基本完成|全面推开|全面铺开|全面推进|有效实施|启动实施|正式启动|通过|进展顺利|落地|工作已)"
)
_QUOTE_ENDING = re.compile(
    r"(?:[\u4e00-\u9fff、]{0,8}?(?:工程|计划|行动|活动|项目|改革|试点|制度|机制|政策|模式|创建|建设|学习教育|主题教育|教育|体系|平台|培训|系列|规划|标准|村|奖|课堂|品牌|专项治理|专项整治|装置|战略|评选|工作室|工作法|学校|班)|工作|要求|规定|报警)"
)
_TROUBLE_BEFORE = re.compile(r"(?:纠正|防止|反对|消除|杜绝|解决|治理|查处|避免|破解|化解|缓解|打破|遏制|整治|禁止|严禁|私设|由|转变|坚持|围绕|秉承|树立|弘扬|牢记|突出|营造|按照|形成|总结提出了?|写好|讲好|唱响|发挥|提出|培育学生|各类|变|从|到|转为|向)[^，。；“]{0,10}$")
_TROUBLE_AFTER = re.compile(r"^[^，。；“]{0,2}(?:问题|现象|倾向|难题|难|热|风|的(?:原则|思路|总要求|要求|方针|策略|办法|目标|理念|局面|氛围|良好|幼儿园公益标准|整体|运行机制|总体|措施)|原则|思路|理念|方针|意识|共识|主线|目标|精神|定位|转变|转型|的转变)")
_FRAME_BEFORE = re.compile(r"(?:以|依托|借助|按|按照|通过|围绕)(?:实施|开展|推进|争创|创建|落实)?[^，。；“]{0,8}$")
_FRAME_AFTER = re.compile(r"^[^，。；“”]{0,16}为(?:载体|抓手|契机|主题|总揽|统领|平台|依托|重点|主要抓手|牵动|突破|突破口|引领|带动|总抓手|核心内容|重要抓手)")
_NUMERAL_CORE = re.compile(r"[一二三四五六七八九十百千\d][\u4e00-\u9fff]?[一二三四五六七八九十百千\d+]|[一二两三四五六七八九十]+[\u4e00-\u9fff]{1,3}[一二两三四五六七八九十]?[\u4e00-\u9fff]*|\d\+\d")


class LexiconPrograms:
    """Finds the programmes of the lexicon, quotes or not: 体艺“2+1”项目 is 体育艺术2+1项目."""

    def __init__(self, programs: Iterable[Program]) -> None:
        self._of: dict[str, str] = {}
        self._never: list[str] = []
        for program in programs:
            for name in (program.name, *program.aliases):
                self._of[unwrapped(name)] = program.name
            self._never += [unwrapped(name) for name in program.never]
        self._names = Names([*self._of, *self._never])

    def __call__(self, text: str) -> Iterator[Found]:
        bare, places = without_wrapping(text)
        for span, name in self._names(bare):
            if name in self._of:
                start, end = places[span.start], places[span.end - 1] + 1
                if end < len(text) and text[end] == "”" and "“" in text[start:end]:
                    end += 1
                yield Found(Kind.PROGRAM, Span(start, end), self._of[name], "lexicon-program")


def object_programs(text: str) -> Iterator[Found]:
    """What an act does, when it ends like a programme: 探索建立…制度, 实施…工程和…计划, 创建…示范校."""
    for act in find_acts(text):
        begin: int | None = None
        for item in list_items(text, act.object):
            begin = item.start if begin is None else begin
            found = _programme(text, Span(begin, item.end), act)
            alone = _programme(text, item, act) if begin != item.start else None
            if found is None and alone is None:
                continue
            if found is None or (alone is not None and _is_list(text, found.span)):
                yield from (one for one in (alone,) if one is not None)
            else:
                yield from _shared_ending(text, found)
            begin = None


def reported_programs(text: str) -> Iterator[Found]:
    """A clause that opens with a programme and reports on it: 教育民生工程成效显著."""
    quiet = shielded(text)
    for clause in re.finditer(r"[^，。；：！？\n]+", quiet):
        predicate = _PREDICATE.search(clause[0])
        if predicate and predicate.start() >= 4:
            span = Span(clause.start(), clause.start() + predicate.start())
            found = _programme(text, span, None)
            if found is not None and _STRONG_HEAD.search(unwrapped(text[found.span.start : found.span.end])):
                yield Found(Kind.PROGRAM, found.span, found.name, "reported-program")


def quoted_programs(text: str) -> Iterator[Found]:
    """“X” that is done, is followed by what makes it a programme, or is what something is built upon (以“X”为载体)."""
    acts = find_acts(text)
    before_end = 0
    for inner in quotes(text):
        core = text[inner.start : inner.end]
        before, after = text[before_end : inner.start - 1], text[inner.end + 1 :]
        before_end = 0
        if not 2 <= len(core) <= 24 or _IDEOLOGY.search(core) or re.search(r"[。；！？《]", core):
            continue
        if _TROUBLE_AFTER.match(after) or (_TROUBLE_BEFORE.search(before) and not _QUOTE_ENDING.match(after)):
            continue
        ending = _QUOTE_ENDING.match(after)
        framed = bool(_FRAME_BEFORE.search(before) and _FRAME_AFTER.match(after))
        acted = any(act.object.start <= inner.start - 1 < act.object.end for act in acts)
        listed = before.endswith(("”", "”、", "”和", "”与", "”及")) or after.startswith(("“", "、“", "和“", "与“", "等"))
        if not (ending or framed or acted or (listed and acted)):
            continue
        if ending and not acted and not framed and not re.match(r"(?:工程|计划|行动|活动|项目|改革|试点|制度|机制|政策|创建|学习教育|主题教育)", after):
            continue
        span, name = _named(text, inner, ending)
        yield Found(Kind.PROGRAM, span, name, "quoted-program")


def _named(text: str, inner: Span, ending: re.Match[str] | None) -> tuple[Span, str]:
    """The span with quotes and ending, and the canonical name: the quoted words, with the ending that belongs to the name."""
    core = text[inner.start : inner.end]
    head = re.match(
        r"[\u4e00-\u9fff]{0,6}?(?:工程|计划|行动|活动|项目|改革|试点|制度|机制|政策|模式|战略|体系|平台|专项治理|学习教育|主题教育活动|主题教育|教育|品牌|系列活动|课堂|奖|村)(?!工作)",
        ending[0] if ending else "",
    )
    if head is None:
        return Span(inner.start - 1, inner.end + 1), core
    return Span(inner.start - 1, inner.end + 1 + head.end()), core + head[0]


def _programme(text: str, span: Span, act: Act | None) -> Found | None:
    span = _bounded(text, span)
    surface = text[span.start : span.end]
    name = unwrapped(surface)
    if not 4 <= len(name) <= 32 or _BAD_START.match(name) or _IDEOLOGY.search(name) or _GENERIC.match(name):
        return None
    if re.search(r"[。；：！？《》\n]", surface) or surface.count("“") != surface.count("”"):
        return None
    if find_acts(surface) and "“" not in surface and not _STRONG_HEAD.search(name):
        return None
    if _TITLE_HEAD.search(name) and len(name) >= 5:
        return Found(Kind.PROGRAM, span, name, "conferred-title")
    if _STRONG_HEAD.search(name) and len(name) >= 6:
        return Found(Kind.PROGRAM, span, name, "object-program")
    if _MIDDLE_HEAD.search(name) and len(name) >= 6:
        return Found(Kind.PROGRAM, span, name, "object-program-weak-ending")
    if act is not None and _NAMED_BUILDING.search(name) and len(name) >= 6:
        return Found(Kind.PROGRAM, span, name, "object-building")
    return None


def _bounded(text: str, span: Span) -> Span:
    """Without quantifiers before and work words after; after the last 的 where a full name follows it."""
    start, end = span
    if leading := _LEADING.match(text[start:end]):
        start += leading.end()
    while (trailing := _TRAILING.search(text[start:end])) and not _ends_a_name(text[start:end]):
        end = start + trailing.start()
    quiet = shielded(text[start:end])
    de = quiet.rfind("的")
    if de >= 0 and len(quiet) - de - 1 >= 4:
        start += de + 1
        if leading := _LEADING.match(text[start:end]):
            start += leading.end()
    elif de >= 0:
        end = start + de
    return Span(start, max(start, end))


def _ends_a_name(surface: str) -> bool:
    name = unwrapped(surface)
    return bool(_STRONG_HEAD.search(name) or _TITLE_HEAD.search(name) or _NAMED_BUILDING.search(name))


def _shared_ending(text: str, found: Found) -> Iterator[Found]:
    """健康灯光教室、明厨亮灶厨房和农村学校厕所改造工程 are three; 义务教育学校教师、校长轮岗交流制度 is one."""
    items = list_items(text, found.span)
    joined = any(text[left.end : right.start] not in ("、", "，") for left, right in pairwise(items))
    if len(items) < 2 or not joined or any(len(unwrapped(text[i.start : i.end])) < 5 for i in items):
        yield found
        return
    for item in items[:-1]:
        name = unwrapped(text[item.start : item.end])
        if not _BAD_START.match(name) and not _GENERIC.match(name):
            yield Found(Kind.PROGRAM, item, name, "listed-with-shared-ending")
    last = items[-1]
    yield Found(Kind.PROGRAM, last, unwrapped(text[last.start : last.end]), found.rule)


def _is_list(text: str, span: Span) -> bool:
    """Whether the span joins things that are programmes each for itself."""
    items = list_items(text, span)
    return len(items) > 1 and any(_programme(text, item, None) is not None for item in items[:-1])
