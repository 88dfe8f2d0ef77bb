"""A sentence → the schools, universities and school groups that it names, each with a name of its own."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from kg.entities.acts import find_acts
from kg.entities.spans import Found
from kg.model import Kind, Span
from kg.patterns import regex
from kg.texts.word_ends import WordEnds

_NUMERAL = r"第?[一二三四五六七八九十百\d]{1,4}"
_FIELD = (
    "(?:理工|科学技术|医科|师范|职业技术|职业|科技|财经|海洋|农业|工业|外国语|民族|交通|海事|音乐|体育|工商|信息|幼儿师范|中医药|电子|艺术|建筑|旅游|教育|开放|广播电视|石油|林业|政法|邮电|"
    "商务|城市|警察|戏剧|美术)"
)
_SORT = "实验|民族|外国语|高级|中心|职业|职业技术|双语|特殊教育|体育|艺术|师范"
_ATTACHED = rf"(?:附属(?:[\u4e00-\u9fff]{{2,4}}?(?:高级)?中学|中学|小学|幼儿园|{_NUMERAL}医院)|附中|附小)?"
_SCHOOL = regex(
    rf"(?:{_FIELD}+(?:大学|学院|高等专科学校|专科学校)|大学|学院(?!派|系)|(?:{_NUMERAL})?(?:{_SORT})*(?:高级中学|中学|完全小学|小学|幼儿园|职业学校|中等专业学校|技工学校|职业教育中心(?:学校)?|学校|高中|职教中心|盲校)"
    rf"|[一二三四五六七八九十]{{1,3}}[中小])" + _ATTACHED
)
_OF_A_PLACE = regex(
    r"[\u4e00-\u9fff]{2,4}?(?:高级中学|职业技术学院|幼儿师范高等专科学校|(?:路|街|湾|山|湖|桥|河)(?:小学|中学|幼儿园))"
)
_NAMED_AFTER = regex(r"(?P<own>[\u4e00-\u9fff]{2,4}?)(?:中学|小学|中心学校|幼儿园)(?!生|教育|教师|校长|阶段|建设)")
# A school's own name behind what can only lead up to one: a verb, a joint of a list, 依托, 赴.
_OF_OWN_NAME = r"(?:高级中学|职业技术学院|职业学院|职业教育中心|中心小学|完全小学|实验小学|小学|中学)"
_ANY_OF_OWN_NAME = regex(_OF_OWN_NAME)
_OWN_NAME = regex(
    rf"(?P<own>[\u4e00-\u9fff]{{2,5}}?){_OF_OWN_NAME}"
    r"(?!生|教育|教师|校长|阶段|办学|学校|类|[位业习分期额毕段制])"
)
_LEADS_TO_NAME = regex(r"、|依托|[赴到]|和|与")
_NO_OWN_WORD = regex(
    r"[的等所各全个名座是为有并及在和与了对]|下达|发放|单独|招收|划入|升入|报考|希望|智慧|未来|书香|温馨|危房|布局|规划|剩余|班额|分校|联办|兄弟|优秀|上级|外省|国外|国际|街道|社区|发达|大学|进入|实验$|美国|台湾|[中大高]$|农村|城区|乡镇|城镇|城乡|重点|普通|公办|民办|薄弱|优质|示范|试点|项目|义务|完全|寄宿|九年|"
    r"一贯|中心|高级|附属|定点|直属|[市县区省]直|[市县区]属|独立|热点|名牌|对口|结对|帮扶|成员|联盟|集团|牵头|龙头|村级|片区|所在|偏远|边远|"
    r"标准化|特色|样板|先进|达标|合格|一批|部分|国家级|省级|市级|县级|初级|标兵|窗口|贫困|山区|少数民族|随班|周边|附近|邻近|小型|附设|完全$|有关|相关|主城|老城|新城|"
    r"职业|技工|普惠|学前|初中|高中|教学|学校|建设|改造|新建|改扩建|扩建|迁建|续建|在建|实施|开展|推进|创建|教育|课程|体育|足球|艺术|科技|绿色|文明"
)
_OF_A_TOWNSHIP = regex(
    rf"(?P<sort>[乡镇]|街道)(?:{_NUMERAL}|(?P<own>(?![乡镇]|中心|实验|初级|完全|九年|第)[\u4e00-\u9fff]{{2,3}}?))?(?:初级中学|中学|中心小学|中心学校|完全小学|小学|学校|中心幼儿园|幼儿园|九年制学校)(?!生|教育|教师|校长)"
)
_TOWNSHIP = regex("乡|镇|街道")
_OF_A_TIER = regex(
    rf"[县市区州旗](?<![\u4e00-\u9fff所各个XxＸ×*＊某][县市区州旗])(?:[一二三四五六七八九十]{{1,2}}[中小]|职专|职中|职业中专|职业高中|民族(?:高级)?中学|{_NUMERAL}(?:中学|小学|幼儿园|高级中学|高中)|实验(?:小学|中学|幼儿园|学校)|职业中等专业学校|职教中心|特殊教育学校|高级中学)"
)
_WELL_KNOWN = regex(
    r"(?:北京|清华|复旦|南京|浙江|武汉|中山|厦门|四川|山东|吉林|南开|天津|同济|上海交通|华东师范|北京师范|东北师范|西南|华中师范|陕西师范|中国人民|中南|湖南|兰州|郑州|云南|贵州|江西|安徽|"
    r"苏州|中国科学技术|西北农林科技|西北工业|西南财经|西南交通|华南师范|华南理工|首都师范|上海师范|南京师范|西北师范|山东师范|湖南师范|福建师范|江西师范|河北师范|河南师范|云南师范|"
    r"广西师范|贵州师范|辽宁师范|天津师范|浙江师范|安徽师范|沈阳师范|中国农业|华中农业|南京农业|华中科技|哈尔滨工业|大连理工|北京理工|西安交通|西安电子科技|电子科技|中央民族|河海|江南|东南|暨南|福州|宁波)大学"
    + _ATTACHED
)
_BY_SHORT_NAME = regex(  # 北大附中, 北师大附属实验小学
    r"(?:北大|清华|人大|北师大|首师大|华东师大|华师大|南师大|东北师大|陕师大|西南大学|浙师大|复旦|交大)(?:附中|附小|附属(?:实验|外国语)?(?:中学|小学|学校|幼儿园))"
)
_SCHOOL_GROUP = regex(r"(?P<own>[\u4e00-\u9fff]{2,8}?)教育集团(?!化|[总分成内各])")
_UNION = regex(r"“(全国[\u4e00-\u9fff]{2,16}联盟)”")
SIGNS = (
    *"大学 学院 学校 中学 小学 幼儿园 高中 联盟 职教中心 盲校 医院 附中 附小 教育集团".split(),
    *(numeral + kind for numeral in "一二三四五六七八九十" for kind in "中小"),
)
# A school's own name where only a name can stand: at the opening of a clause or list item, before what happens to it.
_OPENING = r"(?:小学|中学|中心学校|中心幼儿园|幼儿园|实验学校|外国语学校)"
_HAPPENS = r"(?=、|和|等\d*[所个家]|被|获|荣获|入选|通过|建成|成功|成为|（)"
_ANY_OPENING = regex(_OPENING + _HAPPENS)
_OPENING_NAME = regex(rf"(?:^|(?<=[，。；、：\n]))(?P<name>(?P<own>[\u4e00-\u9fff]{{2,9}}?){_OPENING}){_HAPPENS}")
_NUMBERED_SCHOOL = regex(r"^([一二三四五六七八九十]{1,2})([中小])$")
_NO_OWN_NAME = regex(
    r"^(?:各|所|全|一|部分|新|每|两|多|城(?![东南西北关中])|农村|乡村|公办|民办|普通|示范|优质|薄弱|中心|义务|县|市|区|乡镇|重点|完成|建设|新建|改|推进|实施|第[一二三四五六七八九十]|普惠|标准|省|国家|全国|小区|村|镇|寄宿|特色|"
    r"支持|鼓励|推动|认定|确定|命名|授予|评选|表彰|推荐|建立|开办|创办|设立|办好|贯联|衔接|辐射|带动|覆盖|面向|\d|初|高|职业|中职|中等|九年|完全|教师|学生|其他|一些|首|该|本|我|附属|民族|特殊|农民工|留守|对|在|把|使|让|组织|引导|以|从|向|为|与|和|及)"
)
_COMMON_AFTER = regex(
    r"生|类|阶段|教育(?!集团)|教师|校长|园长|毕业|入学|学校|建设|课程|区域|食堂|布局|和|、|与|办学|规范"
)


class OrganizationFinder:
    """Finds 大连理工大学, 遂宁中学, 大连市第三十六中学: a place's full or short name directly before a kind of school."""

    def __init__(self, place_names: frozenset[str], townships: Container[str]) -> None:
        self._places = place_names
        self._townships = townships
        self._openings = WordEnds(name[:2] for name in place_names)

    def __call__(self, text: str) -> Iterator[Found]:
        for known in _WELL_KNOWN.finditer(text) if "大学" in text else ():
            yield Found(Kind.ORGANIZATION, Span(*known.span()), known[0], "well-known-university")
        for known in _BY_SHORT_NAME.finditer(text) if "附" in text else ():
            yield Found(Kind.ORGANIZATION, Span(*known.span()), known[0], "well-known-university")
        for union in _UNION.finditer(text):
            yield Found(Kind.ORGANIZATION, Span(*union.span(1)), union[1], "quoted-union")
        for tier in _OF_A_TIER.finditer(text):
            yield Found(Kind.ORGANIZATION, Span(*tier.span()), tier[0], "school-of-the-tier")
        yield from self._after_place(text)
        yield from self._of_townships(text)
        yield from _led_up_to(text)
        for opening in _OPENING_NAME.finditer(text) if _ANY_OPENING.search(text) else ():
            if _is_own_name(opening["own"]):
                yield Found(Kind.ORGANIZATION, Span(*opening.span("name")), opening["name"], "school-opens-clause")

    def _after_place(self, text: str) -> Iterator[Found]:
        done = 0
        for start, _, _ in self._openings.all(text):
            end = self._school_at(text, start) if start >= done else None
            if end is not None:
                yield Found(Kind.ORGANIZATION, Span(start, end), text[start:end], "place-names-school")
                done = end

    def _of_townships(self, text: str) -> Iterator[Found]:
        """低庄镇中学: a township's name before a kind of school."""
        for school in _OF_A_TOWNSHIP.finditer(text) if _TOWNSHIP.search(text) else ():
            if school["own"] and not _is_own_name(school["own"]):
                continue
            for start in range(max(0, school.start() - 4), school.start()):
                if text[start : school.end("sort")] in self._townships:
                    name = text[start : school.end()]
                    yield Found(Kind.ORGANIZATION, Span(start, school.end()), name, "township-names-school")
                    break

    def _school_at(self, text: str, start: int) -> int | None:
        """Where the school's name ends whose place opens here."""
        for width in range(min(9, len(text) - start), 1, -1):
            if text[start : start + width] in self._places:
                school = _SCHOOL.match(text, start + width)
                if school is None:
                    own = _OF_A_PLACE.match(text, start + width) or _named_after(text, start, width)
                    own = own or _group_after(text, start + width)
                    return own.end() if own else None
                return None if _is_common(text, school) else school.end()
        return None


def full_number(school: str) -> str:
    """第一中学 for 一中."""
    return _NUMBERED_SCHOOL.sub(lambda found: f"第{found[1]}{found[2]}学", school)


def _led_up_to(text: str) -> Iterator[Found]:
    """太阳坪中心小学 in 启动太阳坪中心小学建设, 乐群小学 in 县二中、乐群小学: words that can only be a name, where one must begin."""
    if not _ANY_OF_OWN_NAME.search(text):
        return
    starts = {act.object.start for act in find_acts(text)}
    starts.update(lead.end() for lead in _LEADS_TO_NAME.finditer(text))
    for start in sorted(starts):
        found = _OWN_NAME.match(text, start)
        if found and _is_own_name(found["own"]):
            yield Found(Kind.ORGANIZATION, Span(*found.span()), found[0], "school-named-behind-verb-or-joint")


def _is_own_name(own: str) -> bool:
    """乐群, 太阳坪; not 农村, 各, 支持 …."""
    return not (_NO_OWN_NAME.match(own) or _NO_OWN_WORD.search(own) or find_acts(own))


def _named_after(text: str, start: int, width: int) -> re.Match[str] | None:
    """杜郎口中学 behind 茌平县: any name of a school, if a full place name stands before it."""
    found = _NAMED_AFTER.match(text, start + width) if text[start + width - 1] in "县区市" else None
    own = found["own"] if found else ""
    return found if found and not _NO_OWN_NAME.match(own) and not find_acts(own) else None


def _group_after(text: str, start: int) -> re.Match[str] | None:
    """红星路教育集团 behind 合肥市庐阳区."""
    found = _SCHOOL_GROUP.match(text, start) if "教育集团" in text else None
    return found if found and "某" not in found["own"] and _is_own_name(found["own"]) else None


def _is_common(text: str, school: re.Match[str]) -> bool:
    """大连市中学, 青岛中小学: a sort of school, not one school."""
    if school[0] in ("学校", "高中", "小学", "幼儿园", "职业学校", "中等职业学校", "中等专业学校"):
        return True
    return school[0] in ("中学", "高级中学") and bool(_COMMON_AFTER.match(text, school.end()))
