"""A sentence → the programmes that it names: the known from the lexicon, the unknown by how policy language marks them.

Four signs mark a programme that no lexicon knows: it is the object of an act and ends like a programme (实施…计划); it
stands in quotes with such an ending, or as the object of an act (“影子校长”培训项目); it is a title conferred on places
or schools (创建…示范校); or a clause reports on it (教育民生工程成效显著).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from kg.entities.acts import find_acts, shielded
from kg.entities.names import Names
from kg.entities.spans import Found, list_items, quotes, unwrapped, without_wrapping
from kg.lexicons import Program
from kg.model import Kind, Span

# --- how the name of a programme ends --------------------------------------------------------------------------------

_STRONG_ENDING = re.compile(
    r"(?:工程|计划|行动|战略|试点|制度|政策|模式|项目|创建|攻坚|专项督导|专项治理|专项整治|共同体|联盟|责任区|"
    r"责任制|讲坛|助学贷款|进校园(?:活动)?|专项活动|创建活动|教育实践活动|行动方案|(?:建设|提升|落实|攻坚|推进|管理|"
    r"改革|规范|服务)年|(?:任期|导师|职级|学徒|走班|寄宿|学分|承诺|轮岗)制)$"
)
_ENDING = re.compile(
    r"(?:改革|机制|试验|清理整顿|轮岗交流|课堂|智库|集团化|一体化|标准化建设|基本均衡|质量监测|监测与评估|"
    r"小班化教学|均等化|云平台|智慧平台|网络学校|资源库|送教上门|控辍保学|"
    r"农民培育|学习型城市建设|救助基金|负面清单|专业升级培训|素质提升培训|督导体系|评价体系|"
    r"评价工作|职责评价|家长委员会|(?:质量|水平|素养|等级|贡献度|教学)评估)$"
)
_BUILDING = re.compile(r"(?:集团|特色|数字化校园|校园|城市|基地|智库|示范|资源教室|“[^”]+”)建设$")
_QUALITY = "示范|实验|试点|特色|标准化|规范化|先进|文明|平安|绿色|强|优质|基本均衡|达标|样板|星级|现代化|领航|试点示范|合格|改革发展"
_HOLDER = (
    "县|区|市|省|县（区）|县（市、区）|区（市、县）|乡镇|学校|校|园|幼儿园|基地|专业|单位|社区|高中|课程|"
    "集体|中心|食堂|公寓|城市|党支部|校园|项目|示范区|地区"
)
_TITLE = re.compile(rf"(?:{_QUALITY})性?[\u4e00-\u9fff]{{0,4}}?(?:（[\u4e00-\u9fff]+）)?(?:{_HOLDER})$")
_NUMBERED = re.compile(r"(?:[一二三四五六七八九十]|十|百|千|万)大(?:名师|工程|行动|计划|项目)$")

# --- what is no name -------------------------------------------------------------------------------------------------

_GENERIC = re.compile(
    r"^(?:各项|各类|各种|有关|相关|配套|长效|常态|工作|激励|约束|考核|考评|评价|评估|管理|规章|保障|监督|检查|"
    r"监管|问责|奖惩|责任|联动|运行|协调|领导|投入|体制|新|"
    r"教育|教学|学校|教师|学生|德育|课程|课堂教学|课改|主题|实践|专项|系列|重点|民生|重大|试点|具体|良好|"
    r"健康|防控|预警|安全|培训|培养|选拔|任用|社会|文化|文体|"
    r"体育|艺术|科技|群众性|学前教育|义务教育|高中教育|阶段|收费|丰富多彩|多种形式|形式多样|积极向上|校外|课外|校内|党建|宣传|学习|帮扶|资助|救助|"
    r"经费|财务|内控|审计|人事|用人|分配|招生|考试|管理体制|办学|"
    r"体制机制|深层次|规范化|制度化|科学化|信息|应急|会商|调研|落实|整改|反馈|通报|督查|督办|巡查|网络|协作|"
    r"合作|共享|服务|质量|各级各类|学科|备课|听课|教研|科研|教科研|治理|稳控|信访|"
    r"校本|家校|心理|卫生|后勤|食堂|校车|消防|交通|演练|竞赛|比赛|文艺|读书|阅读|志愿|公益|庆祝|表彰|评优|"
    r"评先|岗位|职称|退出|补充|流动|工资|绩效|津贴|补助|作风|建设|人才|创新|发展|"
    r"动态|跟踪|约谈|追究|党风廉政|廉政|反腐倡廉|一系列|区域|基础|国家|省|市|县|区|全|本|该|其|这一|年度|日常|"
    r"阶段性|行之有效|切实可行|科学|合理|完善|有效|与|和|、|的|等|及|各)*"
    r"(?:工程|计划|行动|战略|试点|制度|机制|政策|改革|模式|活动|项目|创建|体系|平台|整治|监测|基地|学校|课堂|"
    r"建设|示范|教育|培训|管理|服务|评估|评价|督导|治理|措施|集团化|一体化)$"
)
_LONG_ENOUGH = 10  # a name of generic words only is still a name when it is this long: 中小学艺术教育专项督导
_IDEOLOGY = re.compile(
    r"习近平|总书记|中国特色社会主义|科学发展观|十[六七八九]届|十[六七八九]大|[三四五六]中全会|核心价值观|"
    r"立德树人根本任务|党的建设|八项规定|新时代|小康社会|中国梦的|理想信念|两会"
)
_BAD_START = re.compile(
    r"^(?:的|了|和|与|及|等|并|于|中(?!小学|职|等|华|国|考|外|学|央|高职|西部)|后|上(?!下)|下(?!基层)|内(?!涵|部|控)|外(?!国|语|来)|之|不|每|各地|有|是|到|让|使|被|给|再|更|最|较|以及|工作|"
    r"发展|管理|建设|改革|情况|机制|能力|水平|问题|过程|质量|"
    r"以|由|加大|加快|加强|参加|参与|覆盖|列入|召开|会议|党的十|十[七八九]|中央|社会主义|第\d+个|第[一二三四五六七八九十]+[届个])"
)
_LEADING = re.compile(
    r"^(?:了|好|的|一批|一次|一系列|一项|一轮|各项|各类|各级|若干|部分|我[省市县区州]|全[省市县区州]|我国|"
    r"本[市县区]|市内|市域内?|县域内|教育领域的?|教育系统的?|所有|其他|多项|"
    r"国家、省|省、市|国家和省|国家级?和省级?|\d+(?:\.\d+)?(?:万|亿)?余?(?:所|个|名|项|间|人|批|门|套|次|场|"
    r"期|类|种|条|处)|[一二三四五六七八九十]+(?:所|个|名|项|间|批|场|次)(?=[^一二三四五六七八九十])|"
    r"首批|第[一二三四五六七八九十\d]+批|新增|新一批|一些|相应的?|更加?|教育部|省政府|市政府|省教育厅|"
    r"市教育局|\d{4}年(?:度)?|以|对|把|将|由|从|向|按|为|使|"
    r"(?:[\u4e00-\u9fff]{2,4}[区县市](?:、|与|和))+[\u4e00-\u9fff]{2,4}[区县市](?=[\u4e00-\u9fff]{4})|"
    r"下达给我[市县区]的|建立|健全|完善|推进|推动|深化|落实|实行)+"
)
_TRAILING = re.compile(
    r"(?:等?各项工作|系列工作|等?项目工作|等?工作|等?任务|等|成果|成效|水平|力度|进程|步伐|要求|部署|精神|"
    r"规定|情况|质量|进度|覆盖面|成功经验|经验|做法|规划目标|"
    r"目标|标准|实施|评选表扬|认定|评估|验收|建设任务|常态化、制度化|常态化|制度化|落地|落实|见效|推广|"
    r"建设应用|应用|全覆盖|创新|内涵发展|内涵|实效|"
    r"的?实施|建设|研究|审批|改造任务|招生任务|具体办法|作用|创建规划|创建)$"
)
_OTHER_THINGS = re.compile(
    r"^.*(?<![平同高中初均优对头特上次])等(?!级|次|额|值|同)[一二三四五六七八九十\d]*(?=[\u4e00-\u9fff])"
)

# --- quotes ----------------------------------------------------------------------------------------------------------

_MAKES_A_PROGRAM = (
    "工程|计划|行动|活动|项目|改革|试点|制度|机制|政策|模式|创建|学习教育|主题教育|战略|专项治理|专项整治"
)
_QUOTE_ENDING = re.compile(
    rf"(?:[\u4e00-\u9fff、]{{0,8}}?(?:{_MAKES_A_PROGRAM}|建设|教育|体系|平台|培训|系列|规划|标准|奖|课堂|品牌|装置|评选|学校)|村|班|工作室|工作法|工作|要求|规定|报警)"
)
_NAME_ENDING = re.compile(
    r"[\u4e00-\u9fff]{0,8}?(?:工程|计划|行动|主题教育活动|系列主题教育活动|主题实践活动|实践活动|系列活动|"
    r"活动|项目|改革|试点|制度|机制|政策|模式|战略|体系|平台|专项治理|学习教育|主题教育|教育|品牌|课堂|"
    r"奖)(?!工作)"
)
_TROUBLE = (
    re.compile(
        r"(?:纠正|防止|反对|消除|杜绝|解决|治理|查处|避免|破解|化解|缓解|打破|遏制|整治|禁止|严禁|私设|转变|坚持|"
        r"秉承|树立|弘扬|牢记|突出|营造|形成|总结提出了?|写好|讲好|唱响|提出|培育学生|办成)[^，。；“]{0,10}$"
    ),
    re.compile(r"(?:由|变|从|到|转为|向|各类|以|为)$"),
)
_TROUBLE_AFTER = re.compile(
    r"^[^，。；“]{0,2}(?:问题|现象|倾向|难题|难|热|风|原则|思路|理念|方针|意识|共识|主线|目标|精神|定位|转变|"
    r"转型|之德)|^(?:等|的|等的)?(?:举措|措施|手段|方式|策略|办法)|^运动\d|^文艺|"
    r"^的(?:原则|思路|总要求|要求|方针|策略|办法|目标|理念|局面|氛围|幼儿园公益标准|运行机制|总体|措施|转变)"
)
_FRAME_BEFORE = re.compile(r"(?:以|依托|借助|按|按照|通过|围绕)(?:实施|开展|推进|争创|创建|落实)?[^，。；“]{0,8}$")
_FRAME_AFTER = re.compile(
    r"^[^，。；“”]{0,16}为(?:载体|抓手|契机|主题|总揽|统领|平台|依托|重点|主要抓手|牵动|突破|突破口|引领|带动|总抓手|核心内容|重要抓手)"
)
_NO_PROGRAM = frozenset(
    "四风 三无 三农 五老 四个意识 四个自信 四个全面 两个责任 四种形态 三乱 四有 两个维护 五位一体 三位一体 "
    "三公 三贫 小金库 入园难 入园贵 择校热 大班额 大校额 小学化 零起点 主体责任 监督责任 "
    "学校人 系统人 终身制 一把手 小升初 应试教育 三新 一旧 利器 普九 超市 立交桥 头等大事".split()
)


_NO_NAME = re.compile(
    r"^.{1,2}得.$|周年|^十[一二三四五]五$|^(?:[\u4e00-\u9fff]{1,2}、){2,}[\u4e00-\u9fff]{1,2}$|^(?:坚持|努力|围绕|牢固)"
)


_PEOPLE_ONLY = re.compile(r"(?<!好)(?:学生|儿童|教师|家长|干部|子女)$")
_BUILDING_WORK = re.compile(r"(?:主体|楼|一期|二期|操场建设|校区|扫尾|配套|以上)工程$")


class LexiconPrograms:
    """Finds the programmes of the lexicon, quotes or not: 体艺“2+1”项目 is 体育艺术2+1项目."""

    def __init__(self, programs: Iterable[Program]) -> None:
        self._of: dict[str, str] = {}
        never: list[str] = []
        for program in programs:
            for name in (program.name, *program.aliases):
                self._of[unwrapped(name)] = program.name
            never += [unwrapped(name) for name in program.never]
        self._names = Names([*self._of, *never])

    def canonical(self, name: str) -> str:
        """The lexicon's name for a name or alias; a name it does not know stays as it is."""
        return self._of.get(unwrapped(name), name)

    def __call__(self, text: str) -> Iterator[Found]:
        bare, places = without_wrapping(text)
        for span, name in self._names(bare):
            if name in self._of:
                start, end = places[span.start], places[span.end - 1] + 1
                yield Found(Kind.PROGRAM, _with_quotes(text, start, end), self._of[name], "lexicon-program")


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
    for act in find_acts(text):
        for stretch in _between_quotes(text, act.object):
            yield from _coordinated(text, stretch)


def reported_programs(text: str) -> Iterator[Found]:
    """A clause that opens with a programme and reports on it: 教育民生工程成效显著, 免学费政策的实施."""
    for clause in re.finditer(r"[^，。；：！？\n]+", shielded(text)):
        predicate = _PREDICATE.search(clause[0])
        if predicate and predicate.start() >= 4 and not find_acts(clause[0][: predicate.start()]):
            for found in _coordinated(text, Span(clause.start(), clause.start() + predicate.start())):
                if _STRONG_ENDING.search(found.name):
                    yield Found(Kind.PROGRAM, found.span, found.name, "reported-program")


_PREDICATE = re.compile(
    r"成效显著|成效明显|取得|得到|全面启动|稳步推进|扎实推进|有序推进|顺利推进|深入推进|深入开展|全面实施|"
    r"顺利实施|顺利完成|全面完成|圆满完成|基本完成|全面推开|全面铺开|全面推进|有效实施|"
    r"启动实施|正式启动|进展顺利|落地|的(?:全面|有效|顺利)?(?:实施|推行|推进|落实)"
)


def conferred_programs(text: str) -> Iterator[Found]:
    """The title that a place or school was given: 被确定为国家…改革试点, 被评为…示范专业."""
    for word in re.finditer(r"(?:评为|确定为|授予|认定为|列为|命名为|获评|入选|荣获)(?:了)?“?", text):
        end = re.search(r"[，。；：！？\n”]|称号|荣誉|先进|\d|之一|$", text[word.end() :])
        found = _programme(text, Span(word.end(), word.end() + (end.start() if end else 0)))
        if found is not None:
            yield Found(Kind.PROGRAM, found.span, found.name, "conferred-title")


def quoted_programs(text: str) -> Iterator[Found]:
    """“X” that is done, is followed by what makes it a programme, or is what something is built upon (以“X”为载体)."""
    acts = find_acts(text)
    for inner in quotes(text):
        core = text[inner.start : inner.end]
        before, after = text[: inner.start - 1], text[inner.end + 1 :]
        if (
            not 2 <= len(core) <= 24
            or _NO_NAME.search(core)
            or _IDEOLOGY.search(core)
            or re.search(r"[。；！？《]", core)
        ):
            continue
        ending = _QUOTE_ENDING.match(after)
        if core in _NO_PROGRAM and not re.match(r"[\u4e00-\u9fff]{0,8}?(?:机制|体系|模式|制度)", after):
            continue
        if _PEOPLE_ONLY.search(core) and not re.match(rf"[\u4e00-\u9fff]{{0,4}}?(?:{_MAKES_A_PROGRAM})", after):
            continue
        makes = bool(re.match(rf"[\u4e00-\u9fff]{{0,4}}?(?:{_MAKES_A_PROGRAM})", after))
        framed = bool(_FRAME_BEFORE.search(before) and _FRAME_AFTER.match(after))
        acted = any(act.object.start <= inner.start - 1 < act.object.end for act in acts)
        if _TROUBLE_AFTER.match(after) or (any(t.search(before) for t in _TROUBLE) and not makes and not framed):
            continue
        if framed or makes or acted:
            span, name = _named(text, inner, ending)
            yield Found(Kind.PROGRAM, span, name, "quoted-program")


def _named(text: str, inner: Span, ending: re.Match[str] | None) -> tuple[Span, str]:
    """The span with quotes and ending, and the canonical name: the quoted words, with the ending that belongs to the name."""
    core = text[inner.start : inner.end]
    complete = _STRONG_ENDING.search(core) or re.search(r"(?:活动|工程|改革|课堂|平台)$", core)
    head = _NAME_ENDING.match(ending[0] if ending else "") if not complete else None
    if ending and head:  # the ending may run on: 主题教育 → 主题教育活动
        head = _NAME_ENDING.match(text, inner.end + 1, inner.end + 1 + len(head[0]) + 2) or head
    if head is None:
        return Span(inner.start - 1, inner.end + 1), core
    return Span(inner.start - 1, inner.end + 1 + len(head[0])), core + head[0]


def _between_quotes(text: str, span: Span) -> Iterator[Span]:
    """The object without quoted enumerations (“A”、“B”等), and in two where a quote follows a complete name (计划“十大工程”)."""
    inside = [q for q in quotes(text) if span.start <= q.start < span.end]
    listed = [
        q
        for q in inside
        if text[q.end + 1 : q.end + 2] in ("、", "“", "和") or text[q.start - 2 : q.start - 1] in ("、", "”", "和")
    ]
    if len(listed) > 1:
        first = listed[0]
        if first.start - 1 > span.start:
            yield Span(span.start, first.start - 1)
        return
    for quote in inside:
        before = text[span.start : quote.start - 1]
        if re.search(r"(?:计划|规划|工程|行动|纲要|方案)$", before):
            yield Span(span.start, quote.start - 1)
            return
    yield span


def _coordinated(text: str, stretch: Span) -> Iterator[Found]:
    """The programmes of an enumeration: items gather until one ends like a name, then it is asked whether they are one or many."""
    begin: int | None = None
    for item in list_items(text, stretch):
        counted = re.match(r"\d+(?:个|所|间|名|项|门|支)", text[item.start : item.end])
        begin = item.start if begin is None or counted else begin
        alone = _programme(text, item)
        if alone is None and _programme(text, Span(begin, item.end)) is None:
            continue
        yield from _one_or_many(text, Span(begin, item.end), alone)
        begin = None


_PERSONS_OR_SITES = re.compile(
    r"(?:教师|学生|校长|园长|幼儿园|学校|家长|城乡|区际|校际|小学|中学|高中|家庭|社会|师生|干部)$"
)
_NAME_LIKE = re.compile(r"(?:委员会|责任区|平台|中心|体系|基地|教室|厨房|集团|改革|课堂|档案)$")


def _one_or_many(text: str, span: Span, last: Found | None) -> Iterator[Found]:
    """健康灯光教室、明厨亮灶厨房和农村学校厕所改造工程 are three; 义务教育学校教师、校长轮岗交流制度 is one."""
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
            if 4 <= len(name) <= 24 and not _BAD_START.match(name) and not _GENERIC.match(name):
                yield Found(Kind.PROGRAM, item, name, "listed-with-shared-ending")
    whole = _programme(text, span) if not many else None
    pair = len(left) == 1 and joined  # 督导报告发布和限期整改制度: two short things under one ending
    together = pair or (last is not None and re.search(r"进(?:校园|课堂|社区|机关)", last.name))
    if whole is not None and (last is None or not long or not left or together):
        yield whole
    elif last is not None:
        yield last


_PERSON = r"(?:人员|农民工|军人|毕业生|子女|农民|学生|教师|职工|儿童)"


def _after_persons(text: str, items: list[Span]) -> Found | None:
    """注册入学制度 in 往届初高中毕业生、进城务工人员、复转军人注册入学制度: a list of people, then what is there for them."""
    *left, last = items
    people = re.match(rf"[\u4e00-\u9fff]{{0,8}}?{_PERSON}(?=[\u4e00-\u9fff]{{4,}})", text[last.start : last.end])
    if len(left) < 2 or people is None or not all(re.search(rf"{_PERSON}$", text[i.start : i.end]) for i in left):
        return None
    return _programme(text, Span(last.start + people.end(), last.end))


def _programme(text: str, span: Span) -> Found | None:
    span = _bounded(text, span)
    surface = text[span.start : span.end]
    name = unwrapped(surface)
    if not 4 <= len(name) <= 32 or _IDEOLOGY.search(name):
        return None
    if _BAD_START.match(name) and not re.search(r"(?:行动计划|工程)$", name):
        return None
    if re.search(
        r"[。；：！？《》\n]|[赴来]|考察|参与|正在|进行|这个|这一|\d+(?:个|所|间|%)|20xx", surface
    ) or surface.count("“") != surface.count("”"):
        return None
    if (len(name) < _LONG_ENOUGH and _GENERIC.match(name)) or _BUILDING_WORK.search(name):
        return None
    if _TITLE.search(name) and len(name) >= (4 if name[0] in "省市国全" else 5) and _is_one_title(surface):
        return Found(Kind.PROGRAM, span, name, "conferred-title")
    if (_STRONG_ENDING.search(name) and len(name) >= 6) or _NUMBERED.search(name):
        return Found(Kind.PROGRAM, span, name, "object-program")
    if find_acts(surface) and "“" not in surface:
        return None
    if _ENDING.search(name) and len(name) >= (8 if name.endswith("机制") else 6):
        return Found(Kind.PROGRAM, span, name, "object-program-weak-ending")
    if _BUILDING.search(surface) and len(name) >= 6:
        return Found(Kind.PROGRAM, span, name, "object-building")
    return None


def _is_one_title(surface: str) -> bool:
    """Not a list of titles, and not somebody's creating of one: 某学院创建优质院校."""
    return surface.count("、") < 2 and not re.search(r"(?:创建|争创|打造)(?=[\u4e00-\u9fff])", surface)


def _bounded(text: str, span: Span) -> Span:
    """Without quantifiers before and work words after; after the last 的 where a full name follows it."""
    start, end = span
    start += _length(_LEADING.match(text[start:end]))
    bracket = re.search(r"（[^（）]*）$", text[start:end])
    if bracket and not _TITLE.search(text[start:end]):
        end = start + bracket.start()
    while (trailing := _TRAILING.search(text[start:end])) and not _complete(text[start:end]):
        end = start + trailing.start()
    quiet = shielded(text[start:end])
    if others := _OTHER_THINGS.match(quiet):
        start += others.end() - (1 if re.search(r"[一二三四五六七八九十]$", others[0]) else 0)
        quiet = shielded(text[start:end])
    de = quiet.rfind("的")
    if de >= 0 and len(quiet) - de - 1 >= 4 and quiet[de - 1 : de] != "”":
        start += de + 1
        start += _length(_LEADING.match(text[start:end]))
    elif de >= 0 and len(quiet) - de - 1 < 4:
        end = start + de
    return Span(start, max(start, end))


def _length(found: re.Match[str] | None) -> int:
    return found.end() if found else 0


def _complete(surface: str) -> bool:
    """Whether the name is complete as it stands, so that nothing at its end is to be taken off."""
    return bool(
        _STRONG_ENDING.search(surface) or _TITLE.search(surface) or _BUILDING.search(surface) or _ENDING.search(surface)
    )


_NUMBERED_HEADING = re.compile(
    r"^(?:（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、|\d{1,2}[.、．]|"
    r"[一二三四五六七八九十]+是)(?:大力|全面|深入|扎实|继续)*(?:实施|推进|启动|开展|组织实施|建设)?"
)
COUNTED = re.compile(r"(?P<n>[二三四五六七八九十])大?(?P<sort>工程|行动|计划|项目|活动|机制|制度|平台|课程|体系)”?$")
DIGITS = "零一二三四五六七八九十"


def numbered_headings(sentences: Sequence[str], sort: str) -> list[tuple[int, Found]]:
    """The numbered headings that open with a name of this sort (工程), by index of the sentence: （一）扩容增量工程."""
    found = []
    for n, text in enumerate(sentences):
        if opening := _NUMBERED_HEADING.match(text):
            name = re.match(rf"[\u4e00-\u9fff“”+]{{2,24}}?{sort}(?=$|[。，：；])", text[opening.end() :])
            if name:
                span = Span(opening.end(), opening.end() + name.end())
                found.append((n, Found(Kind.PROGRAM, span, unwrapped(name[0]), "numbered-heading")))
    return found
