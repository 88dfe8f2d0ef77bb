"""Sentences → Goal: a quantified target or achievement, with indicator, operator, value, unit and year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.entities.spans import unwrapped
from kg.model import Claim, DateKind, Entity, Genre, Kind, Literal, Relation, Span
from kg.relations.scene import Scene
from kg.relations.status import looks_ahead, looks_back

_COUNTED = (
    "所|个|名|人次|校次|人|户|套|间|台|辆|册|亩|门|家|件|场|条|座|处|对|篇|项|支|片|块|村|张|批次|校|课时|"
    "学时|节|平方米|平方公里|公里|米|元|美元|吨|倍|个百分点|百分点|课|部|本"
)
_NUMBER = re.compile(
    rf"(?<![\d.第〔\[年月日号－—\-~～A-Za-z:])(?P<value>\d+(?:\.\d+)?)(?P<odd>余|多)?(?P<scale>万|亿|千万|百万)?(?P<more>余|多)?(?P<unit>%|‰|个百分点|{_COUNTED}|(?=[\u4e00-\u9fff]))"
)
_NOT_A_COUNT = re.compile(
    r"年(?!级)|月|日|号|点|时(?!间)|分(?!钟)|周年|周岁|岁|届|期|次会议|小时|分钟|天|级|条(?!件)|方面|项工作|"
    r"个方面|个月|学期|字|版|批|轮|个[一二三]|大工程|个百分点"
)
_DELIMITER = re.compile(r"[，。；：、！？\n（）]|(?<=[所个名人元%])和|[和与及](?=\d)")
_PEOPLE = re.compile(r"(?:名)?(?:[\u4e00-\u9fff]{0,6}?)(?:学生|教师|人口|幼儿|儿童|职工|居民|农民|群众|学员)")
_OPERATOR_BEFORE = (
    (re.compile(r"(?:不低于|不少于|至少|最低|不得低于|不得少于|不小于)(?:[^，。；\d]{2,14}的)?$"), ">="),
    (re.compile(r"(?:不超过|不得超过|不高于|控制在|降到|最多|不大于|压缩到|不多于)$"), "<="),
    (re.compile(r"(?:超过|突破|高于|大于|多于)(?:了)?$"), ">"),
    (re.compile(r"(?:低于|小于|少于)$"), "<"),
)
_OPERATOR_AFTER = ((re.compile(r"^(?:及|或)?以上"), ">="), (re.compile(r"^(?:及|或)?(?:以内|以下)"), "<="))
_TO = re.compile(
    r"(?:(?:比例|总数)?(?:均|都|分别|总体|要|将|应)?(?:已)?(?:达到|达(?!到)|增加到|增至|提高到|提高至|提升到|提升至|"
    r"上升到|上升至|扩大到|保持在|稳定在|不低于|不少于|不高于|不超过|控制在|下降到|降到|降至|超过|突破|到|为|"
    r"有|共|约|近|至少|完成|累计|仅|总计|共计|各|是|不得低于|不得少于|不得超过|高于|低于|以上|大于)(?:了)?)+$"
)
_LEADING = re.compile(
    r"^(?:全市|全县|全区|全省|我[市县区省]|今年|年内|到?20\d\d年(?:底|末)?前?|确保|力争|争取|实现|使|将|要|"
    r"其中|目前|全年|一年来|已|共|还|并|新的|各地|按计划|统筹|计划|拟|可|使得|累计|市政府|县政府|基本|如期|"
    r"完成|实施|开展|达到|创建|评选|评选出|建成|建设|选拔|选拔出|组建|派出|接收|投入|举办|取缔|培育|遴选|配备|"
    r"认定|推进|启动|打造|成立|惠及|覆盖|申报|组织|确定|做好|高质量|提升|充分发挥|"
    r"了|出|对|为|有|以|把|的|由|从|成功|全面|继续|进一步|积极|大力)+"
)
_RIGHT_TAIL = re.compile(r"(?:的?任务|工作|目标|以上|以内|左右|等|之一|参加了培训|活动)$")
_KEEP_VERB = re.compile(
    r"^(?:新建|改造|招聘|回收|开办|新增|改扩建|扩建|取缔|培训|引进|资助|增加|减少|投入|建成|新认定|招生|免除|"
    r"发放|购置|配备|新改扩建|定向培养|消除)"
)
_MONEY = re.compile(r"元$")
_SHARE = re.compile(r"占(?P<of>[^，。；、]{2,24}?)(?:的)?(?:比例|比重)?(?:的)?$")
_GROWTH = re.compile(r"(?:比去年|比上年|同比|较上年|较去年|提高了?|增长了?|增加了?|下降了?|降低了?)$")


_NO_TARGET = re.compile(r"以上的?“?(?:超)?大班额")  # what a large class is, not how many there are
_BASELINE = re.compile(r"(?:由|从)(?:上年|去年|20\d\d年)?的?$")
_HOLDS_A_COUNT = re.compile(r"\d+(?:\.\d+)?[万亿]?(?:所|个|名|人|%)")
_BARE = frozenset(
    "学校 教室 部分 国家 省级 市级 新增 投入 区县 县区 学生 教师 指导和推动 幼儿园 地区 达到 累计".split()
)


@dataclass(frozen=True, slots=True)
class _Count:
    """A number that counts something, with the words left and right of it inside its clause."""

    value: Decimal
    scale: str
    unit: str
    span: Span
    left: str
    right: str
    more: bool


_SCALES = {"": 1, "万": 10**4, "亿": 10**8, "百万": 10**6, "千万": 10**7}


def goals(scene: Scene) -> Iterator[Claim]:
    """One claim per counted thing whose indicator is unmistakable, and per place where a list of places leads the clause."""
    if scene.part.genre is Genre.REGULATION:
        return  # fines and distances are no targets
    subject = ""
    for count in _counts(scene):
        places, left = _leading_places(scene, count)
        count = replace(count, left=left)
        indicator = _indicator(scene, count, subject)
        if places and not indicator and subject:
            indicator = subject  # 新建幼儿园38所，其中无为县15所
        if "率" in indicator or count.unit not in ("%", "‰"):
            subject = indicator or subject
        bare = indicator in _BARE and f"有{indicator}" not in scene.text
        if 2 <= len(indicator) <= 40 and not bare and not _HOLDS_A_COUNT.search(indicator):
            speakers: list[Entity | None] = [*places] or [scene.part.place]
            for place in speakers:
                yield _claim(scene, count, indicator, place)


def _leading_places(scene: Scene, count: _Count) -> tuple[list[Entity], str]:
    """The places that open the clause of the count, and the words left of the number without them."""
    start = count.span.start - len(count.left)
    opening = re.match(r"(?:其中)?", count.left)
    at = start + (opening.end() if opening else 0)
    listed = scene.list_at(at)
    inner = [m for m in listed if m.kind == Kind.PLACE and m.entity is not None]
    own = scene.part.place.id if scene.part.place else ""
    if not inner or len(inner) != len(listed) or inner[-1].span.end > count.span.start:
        return [], count.left
    if scene.text.startswith("等", inner[-1].span.end):
        return [], count.left  # 甘棠镇、藕团乡等5所中心幼儿园 counts over all of them
    places = [m.entity for m in inner if m.entity is not None and m.entity.id != own]
    return places, scene.text[inner[-1].span.end : count.span.start].removeprefix("各")


def _counts(scene: Scene) -> Iterator[_Count]:
    text, quiet = scene.text, _digits_only(scene)
    edges = [0, *(m.end() for m in _DELIMITER.finditer(scene.quiet)), len(text) + 1]
    for found in _NUMBER.finditer(quiet):
        unit, scale = found["unit"], found["scale"] or ""
        after = text[found.end("scale") if scale else found.end("value") :]
        if (not unit and not scale) or _NOT_A_COUNT.match(after[:4]) or _NO_TARGET.match(text, found.end()):
            continue
        if re.match(r"[-—－~～至]\d", text[found.end() :]) or (not unit and _NOT_A_COUNT.match(text, found.end())):
            continue
        start = max(e for e in edges if e <= found.start())
        end = min(e for e in edges if e > found.start()) - 1
        if re.fullmatch(r"(?:以上的?)?(?:国家|省级|市级|省|市)", text[found.end() : end]):
            end = min((e for e in edges if e > end + 1), default=end + 1) - 1  # 3个以上国家、省级实训基地
        right_edge = max(found.end(), end)
        left, right = text[start : found.start()], text[found.end() : right_edge]
        if _BASELINE.search(left) or "之一" in right:
            continue
        if not unit:
            people = _PEOPLE.match(right)
            unit = "人" if people else ""
            if not unit and not right:
                continue
        yield _Count(
            Decimal(found["value"]), scale, unit, Span(*found.span()), left, right, bool(found["odd"] or found["more"])
        )


def _digits_only(scene: Scene) -> str:
    """Numbers inside quotes and titles (“2+1项目”, 《…（2013-2015年）》) count nothing; those in brackets may."""
    out = list(scene.text)
    named = [m.span for m in scene.mentions if m.kind is Kind.PROGRAM]
    hidden = [Span(*pair.span()) for pair in re.finditer(r"“[^”]*”|《[^》]*》|〔[^〕]*〕", scene.text)]
    for pair in (*hidden, *named):
        out[pair.start : pair.end] = "\x00" * (pair.end - pair.start)
    return "".join(out)


def _indicator(scene: Scene, count: _Count, subject: str) -> str:
    bound = re.search(r"(?:每年)?(?:不低于|不少于|不得低于)(?=[^，。；\d]{2,14}的$)", count.left)
    if bound:  # 交流比例不低于符合条件教师的10%
        count = replace(count, left=count.left[: bound.start()])
    share = _SHARE.search(_TO.sub("", count.left))
    if share and count.unit == "%":
        head = count.left[: share.start()]
        head = _stripped_left(head) or subject
        return f"{head}占{share['of'].rstrip('的')}比例"
    if _GROWTH.search(count.left) or count.unit.endswith("百分点"):
        return ""
    left = _stripped_left(_TO.sub("", count.left))
    right = _stripped_right(count.right)
    if count.unit in ("%", "‰"):
        if re.match(r"^(?:的|以上的?)", count.right) and len(right) >= 3:
            return right
        return left if len(left) >= 3 else ""
    if _MONEY.search(count.unit):
        return _money(scene, count, left, right)
    if len(right) >= 2 and not re.match(r"以上$|左右$", count.right):
        kept = _KEEP_VERB.match(count.left)
        return (kept[0] if kept and len(left) <= 4 else "") + right if not left or len(left) <= 6 else left + right
    return left if len(left) >= 2 else ""


def _money(scene: Scene, count: _Count, left: str, right: str) -> str:
    """What the money is for: the words before it, or what follows: 投入566万元，为37所幼儿园配备食堂设备."""
    verb = re.search(r"投入|资金|补助|经费|发放|减免|免除|投资|拨款|支出|标准", count.left)
    if len(left) >= 4 or verb is None:
        return left
    purpose = re.match(r"，(?:为|用于|对)([^，。；]{4,30})", scene.text[count.span.end :])
    if not right and purpose:
        words = re.sub(r"\d+(?:\.\d+)?[万亿]?(?:所|个|名|人|套|间)", "", purpose[1])
        return f"{words}{verb[0]}"
    return (left or verb[0]) + right if right else left


def _stripped_left(words: str) -> str:
    words = re.sub(
        r"(?:由|从)[^，。；]*?(?:的)?[\d.]+%?(?:提高|增加|上升|下降|降低|提升|增|扩大)?(?:到|至)?.*$", "", words
    )
    words = re.sub(r"^(?:[一二三四五六七八九十]+是|[（(]?[一二三四五六七八九十\d]+[）)、.．])", "", words)
    kept = _LEADING.match(words)
    if kept and not _KEEP_VERB.match(words):
        words = words[kept.end() :]
    return unwrapped(words).strip("的，、 ")


def _stripped_right(words: str) -> str:
    words = re.sub(r"^(?:以上|以内|左右|以下)?(?:的)?", "", words)
    while tail := _RIGHT_TAIL.search(words):
        words = words[: tail.start()]
    return unwrapped(words).strip("的，、 ")


def _operator(scene: Scene, count: _Count) -> str:
    before = scene.text[: count.span.start]
    for pattern, operator in _OPERATOR_BEFORE:
        if pattern.search(before):
            return operator
    for pattern, operator in _OPERATOR_AFTER:
        if pattern.match(scene.text[count.span.end :]):
            return operator
    return ">=" if count.more else "="


def _claim(scene: Scene, count: _Count, indicator: str, place: Entity | None) -> Claim:
    year, date_kind = _year(scene, count)
    scaled = count.value * _SCALES[count.scale]
    values: list[tuple[str, Literal]] = [
        ("indicator", indicator),
        ("operator", _operator(scene, count)),
        ("value", count.value),
        ("unit", count.scale + count.unit),
        ("kind", _kind(scene, count, year)),
        ("baseValue", scaled),
        ("baseUnit", count.unit),
    ]
    roles: list[tuple[str, Entity]] = [("place", place)] if place else []
    program = _program(scene, count)
    if program is not None:
        roles.append(("program", program))
    return Claim(
        Relation.GOAL,
        scene.sentence,
        "counted-indicator" if count.unit != "%" else "percentage-indicator",
        tuple(roles),
        tuple((name, value) for name, value in values if value != ""),
        year=year,
        date_kind=date_kind,
        confidence=Decimal("0.8"),
    )


def _year(scene: Scene, count: _Count) -> tuple[int | None, DateKind | None]:
    deadline = scene.deadline(count.span.start)
    return (deadline, DateKind.STATED) if deadline is not None else scene.when(count.span.start)


def _kind(scene: Scene, count: _Count, year: int | None) -> str:
    part = scene.part
    if year is not None and part.year is not None and year > part.year:
        return "Planned"
    clause = scene.clause(count.span.start)
    words = scene.quiet[clause.start : clause.end]
    if looks_back(part):
        return "Planned" if re.search(r"力争|争取|拟|(?:今年|年内|明年)计划", words) else "Achieved"
    if looks_ahead(part):
        return "Achieved" if re.search(r"目前|已(?:经)?(?:建成|完成|达)|现有", words) else "Planned"
    return "Achieved" if "了" in words or "已" in words else "Planned"


def _program(scene: Scene, count: _Count) -> Entity | None:
    clause = scene.clause(count.span.start)
    named = {m.entity for m in scene.of(Kind.PROGRAM) if clause.start <= m.span.start < clause.end}
    return named.pop() if len(named) == 1 else None
