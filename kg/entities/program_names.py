"""A stretch of text → the name of a programme in it, bounded as policy language bounds names, or nothing.

Two questions are asked of every stretch: does it end like a programme (…工程, …制度, …示范校), and is it more than
ordinary words (工作机制, 教学改革)? What stands around the name (一批, 工作, 任务) is taken off first.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.entities.acts import find_acts, shielded
from kg.entities.spans import Found, kept_places, unwrapped
from kg.model import Kind, Span
from kg.patterns import regex
from kg.texts.word_ends import WordEnds

# Endings are asked for with str.endswith, which takes a tuple: ten times as fast as a pattern that ends in $.
STRONG_ENDINGS = (
    *(
        "工程 计划 行动 战略 试点 制度 政策 模式 项目 创建 攻坚 专项督导 专项治理 专项整治 共同体 联盟 责任区 "
        "责任制 讲坛 助学贷款 进校园 进校园活动 专项活动 创建活动 教育实践活动 行动方案"
    ).split(),
    *(f"{doing}年" for doing in "建设 提升 落实 攻坚 推进 管理 改革 规范 服务".split()),
    *(f"{thing}制" for thing in "任期 导师 职级 学徒 走班 寄宿 学分 承诺 轮岗".split()),
)
_WEAK_ENDINGS = (
    *(
        "改革 机制 试验 清理整顿 轮岗交流 课堂 智库 集团化 一体化 标准化建设 基本均衡 质量监测 监测与评估 "
        "小班化教学 均等化 云平台 智慧平台 网络学校 资源库 送教上门 控辍保学 "
        "农民培育 学习型城市建设 救助基金 负面清单 专业升级培训 素质提升培训 督导体系 评价体系 "
        "评价工作 职责评价 家长委员会"
    ).split(),
    *(f"{measured}评估" for measured in "质量 水平 素养 等级 贡献度 教学".split()),
)
_BUILDINGS = tuple(f"{thing}建设" for thing in "集团 特色 数字化校园 校园 城市 基地 智库 示范 资源教室".split())
_QUOTED_BUILDING = regex(r"“[^”]+”建设$")
_QUALITY = "示范|实验|试点|特色|标准化|规范化|先进|文明|平安|绿色|强|优质|基本均衡|达标|样板|星级|现代化|领航|试点示范|合格|改革发展"
_HOLDER = (
    "县|区|市|省|县（区）|县（市、区）|区（市、县）|乡镇|学校|校|园|幼儿园|基地|专业|单位|社区|高中|课程|"
    "集体|中心|食堂|公寓|城市|党支部|校园|项目|示范区|地区"
)
_HOLDERS = tuple(_HOLDER.split("|"))
_HELD = rf"性?[\u4e00-\u9fff]{{0,4}}?(?:（[\u4e00-\u9fff]+）)?(?:{_HOLDER})"
_CAMPUSES = tuple(f"{kind}校园" for kind in "和谐 卫生 美丽 健康 法治 园林 园林式 花园式".split())
_TITLED = rf"(?:(?:{_QUALITY}){_HELD}|{'|'.join(_CAMPUSES)})"
_TITLE = regex(f"{_TITLED}$")
_NUMBERED = regex(r"(?:[一二三四五六七八九十]|十|百|千|万)大(?:名师|工程|行动|计划|项目)$")
# One of these stands in every name, or is broken up by quotation marks there.
SIGNS = (*STRONG_ENDINGS, *_WEAK_ENDINGS, *_BUILDINGS, "大名师", *_CAMPUSES, *_QUALITY.split("|"))


GENERIC = regex(
    r"^(?:各项|各类|各种|有关|相关|配套|长效|常态|工作|激励|约束|考核|考评|评价|评估|管理|规章|保障|监督|检查|"
    r"监管|问责|奖惩|责任|联动|运行|协调|领导|投入|体制|新|"
    r"教育|教学|学校|教师|学生|德育|课程|课堂教学|课改|主题|实践|专项|系列|重点|民生|重大|试点|具体|良好|"
    r"健康|防控|预警|安全|培训|培养|选拔|任用|社会|文化|文体|"
    r"体育|艺术|科技|群众性|学前教育|义务教育|高中教育|阶段|收费|丰富多彩|多种形式|形式多样|积极向上|校外|课外|校内|党建|宣传|学习|帮扶|资助|救助|"
    r"经费|财务|内控|审计|人事|用人|分配|招生|考试|管理体制|办学|"
    r"体制机制|深层次|规范化|制度化|科学化|信息|应急|会商|调研|落实|整改|反馈|通报|督查|督办|巡查|网络|协作|"
    r"合作|共享|服务|质量|各级各类|学科|备课|听课|教研|科研|教科研|治理|稳控|信访|"
    r"校本|家校|心理|卫生|后勤|食堂|校车|消防|交通|演练|竞赛|比赛|文艺|读书|阅读|志愿|公益|庆祝|表彰|评优|"
    r"评先|特色(?=项目)|重大|重要|重点|领域|培育|收入|基础设施|关键|核心|可行|商业|高质量|生态(?=工程)|工程(?=项目)|产业(?=项目)|改革(?=试点项目)|岗位|职称|退出|补充|流动|工资|绩效|津贴|补助|作风|建设|人才|创新|发展|"
    r"动态|跟踪|约谈|追究|党风廉政|廉政|反腐倡廉|一系列|区域|基础|国家|省|市|县|区|全|本|该|其|这一|年度|日常|"
    r"级(?=重)|党中央|方针|阶段性|行之有效|切实可行|科学|合理|完善|有效|与|和|、|的|等|及|各)*"
    r"(?:工程|计划|行动|战略|试点|制度|机制|政策|改革|模式|活动|项目|创建|体系|平台|整治|监测|基地|学校|课堂|"
    r"建设|示范|教育|培训|管理|服务|评估|评价|督导|治理|措施|集团化|一体化)$"
)
# 办学模式和体制机制, 评价、监测和督导机制: how things are run, not a mechanism with a name.
_HOW_THINGS_RUN = regex(r"^(?!.*家庭).*[、，].*机制$|^(?=.{1,19}$).*(?:[和与]|体制|运行).*机制$")
_FAR_TOO_LONG = 200  # no name is bounded inside so long a stretch
_LONG_ENOUGH = 10  # a name of generic words only is still a name when it is this long: 中小学艺术教育专项督导
IDEOLOGY = regex(
    r"习近平|总书记|治国理政|重要讲话|新思想|中国特色社会主义|科学发展观|十[六七八九]届|十[六七八九]大|三中全会|四中全会|五中全会|六中全会|核心价值观|"
    r"新发展格局|新发展理念|中华民族共同体|命运共同体|强[省国]$|三个代表|先进(?:加工|制造|技术|材料)[^，]{0,4}基地|新模式$|十一?[二三四五]?五”?(?:计划|规划|时期)|立德树人根本任务|党的建设|八项规定|新时代|小康社会|中国梦的|理想信念|两会"
)
BAD_START = regex(
    r"^(?:应用|的|了|和(?!谐)|与|及|等|并|于|中(?!小学|职|等|华|国|考|外|学|央|高职|西部)|后|上(?!下)|下(?!基层)|内(?!涵|部|控)|外(?!国|语|来)|之|不|每|各地|有|是|到|让|使|被|给|再|更|最|较|以及|工作|"
    r"发展|管理|建设|改革|情况|机制|能力|水平|问题|过程|质量|"
    r"以|由|加大|加快|加强|参加|参与|覆盖|列入|召开|会议|党的十|十[七八九]|中央|社会主义|第\d+个|第[一二三四五六七八九十]+[届个])"
)
_LEADING = regex(
    r"^(?:\d{1,2}[.．、]|、|了|好|的|一批|一次|一系列|一项|一轮|各项|各类|各级|若干|部分|我[省市县区州]|全[省市县区州]|我国|"
    r"本[市县区]|市内|市域内?|县域内|教育领域的?|教育系统的?|所有|其他|多项|"
    r"国家、省|省、市|国家和省|国家级?和省级?|\d+(?:\.\d+)?(?:万|亿)?余?(?:所|个|名|项|间|人|批|门|套|次|场|"
    r"期|类|种|条|处)|[一二三四五六七八九十]+(?:所|个|名|项|间|批|场|次)(?=[^一二三四五六七八九十])|"
    r"首批|第[一二三四五六七八九十\d]+批|新增|新一批|一些|相应的?|更加?|教育部|省政府|市政府|省教育厅|"
    r"市教育局|\d{4}年(?:度)?|以|对|把|将|由|从|向(?![日阳上])|按|为|使|"
    r"(?:[\u4e00-\u9fff]{2,4}[区县市](?:、|与|和))+[\u4e00-\u9fff]{2,4}[区县市](?=[\u4e00-\u9fff]{4})|"
    r"下达给我[市县区]的|成为|建立|健全|完善|推进|推动|深化|落实|实行)+"
)
_TRAILING = regex(
    r"(?:前期准备工作|准备工作|前期工作|等?各项工作|系列工作|等?项目工作|等?工作|等?任务|等|成果|成效|水平|力度|进程|步伐|要求|部署|精神|"
    r"规定|情况|质量|进度|覆盖面|成功经验|经验|做法|规划目标|"
    r"目标|标准|实施|评选表扬|认定|评估|验收|建设任务|常态化、制度化|常态化|制度化|落地|落实|见效|推广|"
    r"建设应用|应用|全覆盖|创新|内涵发展|内涵|实效|"
    r"的?实施|建设|研究|审批|改造任务|招生任务|具体办法|作用|创建规划|创建)$"
)
_LONGEST_TRAILING = 8  # characters
_TRAILING_LAST_TWO = frozenset(words[-2:] for words in _TRAILING.pattern[len("(?:") : -len(")$")].split("|"))
_OTHER_THINGS = regex(
    r"^.*(?<![平同高中初均优对头特上次])等(?!级|次|额|值|同)[一二三四五六七八九十\d]*(?=[\u4e00-\u9fff])"
)
_BUILDING_COSTS = regex(r"\d+(?:\.\d+)?[亿万]?元")
_BUILDING_SIZE = regex("[百千万亿](?:吨|千瓦|公里)")
_BUILDING_ENDINGS = tuple(f"{what}工程" for what in "主体 楼 一期 二期 操场建设 校区 扫尾 配套 以上".split())
_NOT_IN_A_NAME = regex(r"[。；：！？《》\n]|[赴来]|考察|参与|正在|进行|这个|这一|\d+(?:个|所|间|%)|20xx")
_LAST_BRACKET = regex(r"（[^（）]*）$")
_COUNTER = regex(r"[所个名项间](?=(?:国家|[省市县区])级|农村|乡)")
_CREATES = regex(r"(?:创建|争创|打造)(?=[\u4e00-\u9fff])")
_ONE_SCHOOL = regex(
    r"(?!国家|全国|[省市县区]|课程|新课)[\u4e00-\u9fff]{2,3}(?:外国语|双语|国际)*实验学校"
)  # 滨江实验学校 is its name
_NUMERAL_END = tuple("一二三四五六七八九十")
# Cheap to ask of every stretch: most that hold an ending do not end in one.
_ENDINGS = (*STRONG_ENDINGS, *_WEAK_ENDINGS)
_LAST_TWO = frozenset(ending[-2:] for ending in (*_ENDINGS, *_BUILDINGS, "名师"))
_HOLDERS_LAST = frozenset(holder[-1] for holder in _HOLDERS)


_SIGNS = WordEnds(SIGNS)
_IS_ENDING = [word in {*_ENDINGS, *_BUILDINGS, "大名师"} for word in _SIGNS.words]  # the others need a holder behind
_AFTER_QUOTE = regex("”建设")
_TITLE_AT = regex(_TITLED)


def name_signs(text: str) -> list[int]:
    """Where the words begin with which a name could end, in order: most sentences hold none, and are passed at once."""
    plain = unwrapped(text)
    starts = [
        start for start, _, word in _SIGNS.all(plain) if _IS_ENDING[word] or _TITLE_AT.match(plain, start) is not None
    ]
    if len(plain) < len(text):
        if starts:
            starts = kept_places(text, starts)
        if "”建设" in text:
            starts += [quoted.start() for quoted in _AFTER_QUOTE.finditer(text)]
    starts.sort()
    return starts


def named_programme(text: str, span: Span) -> Found | None:
    """The programme that this stretch names, without what leads up to it and follows it; None where it names none."""
    if span.end - span.start > _FAR_TOO_LONG:
        return None
    named = _named(text[span.start : span.end])
    if named is None:
        return None
    _, (start, end), name, rule, _ = named
    return Found(Kind.PROGRAM, Span(span.start + start, span.start + end), name, rule)


@lru_cache(maxsize=8192)
def _named(stretch: str) -> Found | None:
    """The programme that the stretch names, with its span inside the stretch."""
    span = _bounded(stretch)
    surface = stretch[span.start : span.end]
    name = unwrapped(surface)
    if not 4 <= len(name) <= 32 or not (name[-2:] in _LAST_TWO or name[-1] in _HOLDERS_LAST):
        return None
    if BAD_START.match(name) and not name.endswith(("行动计划", "工程")):
        return None
    if (len(name) < _LONG_ENOUGH and GENERIC.match(name)) or _is_building_work(name):
        return None
    rule = _rule(name, surface)
    if rule is None or IDEOLOGY.search(name) or _NOT_IN_A_NAME.search(surface):
        return None
    return Found(Kind.PROGRAM, span, name, rule) if surface.count("“") == surface.count("”") else None


def _rule(name: str, surface: str) -> str | None:
    """By which of its endings the name is one of a programme."""
    if (
        _is_title(name)
        and len(name) >= (4 if name[0] in "省市国全" or name.endswith(_CAMPUSES) else 5)
        and _is_one_title(surface)
    ):
        return "conferred-title"
    if (name.endswith(STRONG_ENDINGS) and len(name) >= 6) or _NUMBERED.search(name):
        return "object-program"
    if name.endswith("机制") and (len(name) < 8 or ("“" not in surface and _HOW_THINGS_RUN.match(surface))):
        return None
    if len(name) >= 6 and name.endswith(_WEAK_ENDINGS):
        rule = "object-program-weak-ending"
    elif len(name) >= 6 and _is_building(surface):
        rule = "object-building"
    else:
        return None
    return rule if "“" in surface or not find_acts(surface) else None


def _is_building_work(name: str) -> bool:
    """500万元…, 百万千瓦…, 综合楼工程: something is built, whatever the programme it belongs to."""
    return (
        name.endswith(_BUILDING_ENDINGS)
        or _BUILDING_COSTS.match(name) is not None
        or _BUILDING_SIZE.search(name) is not None
    )


def _is_title(name: str) -> bool:
    """示范校, 省级特色专业, 基本均衡县."""
    return name[-1:] in _HOLDERS_LAST and name.endswith(_HOLDERS) and _TITLE.search(name) is not None


def _is_building(surface: str) -> bool:
    """教育集团建设, “三名”建设."""
    return surface.endswith(_BUILDINGS) or (surface.endswith("”建设") and _QUOTED_BUILDING.search(surface) is not None)


def _is_one_title(surface: str) -> bool:
    """Not a list of titles, and not somebody's creating of one: 某学院创建优质院校."""
    return surface.count("、") < 2 and not _CREATES.search(surface) and not _ONE_SCHOOL.fullmatch(surface)


def _bounded(text: str) -> Span:
    """Without quantifiers before and work words after; after the last 的 where a full name follows it."""
    start, end = _length(_LEADING.match(text)), len(text)
    bracket = _LAST_BRACKET.search(text, start) if text.endswith("）") else None
    if bracket and not _is_title(text[start:]):
        end = bracket.start()
    while text[end - 2 : end] in _TRAILING_LAST_TWO or text[end - 1 : end] == "等":
        trailing = _TRAILING.search(text, max(start, end - _LONGEST_TRAILING), end)
        if trailing is None or _complete(text[start:end]):
            break
        end = trailing.start()
    if "等" not in text and "的" not in text:
        return Span(start, max(start, end))
    quiet = shielded(text[start:end])
    if "等" in quiet and (others := _OTHER_THINGS.match(quiet)):
        start += others.end() - (1 if others[0].endswith(_NUMERAL_END) else 0)
        start += _length(_COUNTER.match(text[start:end]))
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
    return surface.endswith(_ENDINGS) or _is_title(surface) or _is_building(surface)
