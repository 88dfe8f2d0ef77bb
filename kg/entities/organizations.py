"""A sentence → the schools, universities and school groups that it names, each with a name of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.entities.spans import Found
from kg.model import Kind, Span

_NUMERAL = r"第?[一二三四五六七八九十百\d]{1,4}"
_FIELD = r"(?:理工|医科|师范|职业技术|职业|科技|财经|海洋|农业|工业|外国语|民族|交通|海事|音乐|体育|工商|信息|幼儿师范|中医药|电子|艺术|建筑|旅游|教育|开放|广播电视|石油|林业|政法|邮电|商务|城市|警察|戏剧|美术)"
_SCHOOL = re.compile(
    rf"(?:{_FIELD}+(?:大学|学院|高等专科学校|专科学校)|大学|{_NUMERAL}?(?:实验|外国语|高级|附属|中心|职业|职业技术|双语|特殊教育|体育|艺术|师范)?(?:高级中学|中学|小学|幼儿园|职业学校|中等专业学校|中心学校|高中|职教中心|特殊教育学校|盲校|学校)"
    rf"|[一二三四五六七八九十]{{1,3}}[中小])(?:附属(?:中学|小学|幼儿园|{_NUMERAL}医院))?"
)
_WELL_KNOWN = re.compile(
    r"(?:北京|清华|复旦|南京|浙江|武汉|中山|厦门|四川|山东|吉林|南开|天津|同济|上海交通|华东师范|北京师范|东北师范|西南|华中师范|陕西师范|中国人民|中南|湖南|兰州|郑州|云南|贵州|江西|安徽|苏州)大学"
)
_UNION = re.compile(r"[“](全国[\u4e00-\u9fff]{2,16}联盟)[”]")
_AFTER = re.compile(r"生|类|阶段|教育(?!集团)|教师|校长|园长|毕业|入学|学校|建设标准|课程|城|区域|食堂|布局|和|、|与")


class OrganizationFinder:
    """Finds 大连理工大学, 遂宁中学, 大连市第三十六中学: a place's full or short name directly before a kind of school."""

    def __init__(self, place_names: frozenset[str]) -> None:
        self._places = place_names

    def __call__(self, text: str) -> Iterator[Found]:
        for known in _WELL_KNOWN.finditer(text):
            yield Found(Kind.ORGANIZATION, Span(*known.span()), known[0], "well-known-university")
        for union in _UNION.finditer(text):
            yield Found(Kind.ORGANIZATION, Span(*union.span(1)), union[1], "quoted-union")
        position = 0
        while position < len(text):
            width = next((w for w in range(8, 1, -1) if text[position : position + w] in self._places), 0)
            school = _SCHOOL.match(text, position + width) if width else None
            own = re.compile(r"[\u4e00-\u9fff]{2,4}?(?:高级中学|职业技术学院|幼儿师范高等专科学校)").match(text, position + width) if width and school is None else None
            found = school or own
            if found and not (found[0].endswith(("学校", "高中", "中学", "小学", "幼儿园")) and self._common(text, position + width, found)):
                yield Found(Kind.ORGANIZATION, Span(position, found.end()), text[position : found.end()], "place-names-school")
                position = found.end()
            else:
                position += 1

    @staticmethod
    def _common(text: str, start: int, found: re.Match[str]) -> bool:
        """大连市中学, 青岛中小学: a sort of school, not one school."""
        bare = found[0] in ("学校", "高中", "小学", "幼儿园", "职业学校", "中等职业学校")
        return bare or (found[0] == "中学" and bool(_AFTER.match(text, found.end())) and start > 0)
