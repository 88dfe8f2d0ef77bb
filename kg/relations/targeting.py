"""Sentences → Targeting: whom a programme is for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.entities.spans import list_items
from kg.model import Claim, Entity, Kind, Mention, Relation, Span
from kg.relations.scene import Scene

_FOR = re.compile(
    r"面向|针对|惠及|覆盖(?!率)|资助|服务于|对(?=[^，。；]{3,30}?(?:实行|给予|发放|免除|减免))|向(?=[\u4e00-\u9fff]{2,16}(?:开放|倾斜|发放|提供))|重点支持|扩展到"
)
_PHRASE_END = re.compile(
    r"[，。；：（）]|开展|实施|提供|发放|免费|开放|配备|开设|落实|足额|倾斜|举办|组织|继续|的(?:培训|服务|补助|资助|课程|教育|专项)|进行|给予|实行|免除|减免|设立|建立|推出|制定|印发"
)
_WHO = re.compile(
    r"(?:教师|学生|幼儿|儿童|少年|子女|校长|园长|校（园）长|人员|农民工|军人|毕业生|农民|职工|家庭|大学生|居民|老年人|班主任|家长|村民|残疾人|师生|孤儿|学校|幼儿园|教学点|地区|新生|户籍人口|群体)$"
)
_WHOLE_PLACE = re.compile(r"^(?:全[市县区省国体]|所有|各级各类|全部|广大)+")
_BROAD = frozenset("学校 学生 教师 人员 校长 幼儿 儿童 家长 师生 家庭 居民 地区 教师和学生".split())


def targetings(scene: Scene) -> Iterator[Claim]:
    """面向A实施P; P惠及A; and a group named inside or right before the programme's name: 农村中小学“班班通”工程."""
    for mention in scene.of(Kind.PROGRAM):
        assert mention.entity is not None
        for span, name, rule in _in_name(scene, mention):
            yield _claim(scene, mention.entity, span, name, rule)
    for word in _FOR.finditer(scene.quiet):
        program = _program_for(scene, word.start())
        if program is not None:
            for span, name in _groups_after(scene, word.end()):
                if name != program.name:
                    yield _claim(scene, program, span, name, "said-whom-it-is-for")


def _program_for(scene: Scene, at: int) -> Entity | None:
    """The one programme of the clause, of the sentence, or what the paragraph speaks of."""
    clause = scene.clause(at)
    programs = list(scene.of(Kind.PROGRAM))
    here = {m.entity for m in programs if clause.start <= m.span.start < clause.end}
    if len(here) == 1:
        return here.pop()
    before = [m for m in programs if m.span.end <= at]
    if here or programs:
        return before[-1].entity if before and len({m.entity for m in programs}) == 1 else None
    return scene.context.topic


def _groups_after(scene: Scene, start: int) -> Iterator[tuple[Span, str]]:
    """家庭经济困难儿童、孤儿和残疾儿童 after 面向, up to what is done for them."""
    end = _PHRASE_END.search(scene.text, start)
    for item in list_items(scene.text, Span(start, end.start() if end else len(scene.text))):
        words = scene.text[item.start : item.end]
        words = words.strip("“”")
        if found := _WHOLE_PLACE.match(words):
            words = words[found.end() :]
        if 2 <= len(words) <= 18 and _WHO.search(words) and words not in _BROAD and not re.search(r"\d|的$", words):
            at = scene.text.find(words, item.start)
            yield Span(at, at + len(words)), words


def _in_name(scene: Scene, mention: Mention) -> Iterator[tuple[Span, str, str]]:
    """Whom the name itself names: 乡村教师支持计划, 县城高中面向库区移民子女单招计划, 农村中小学“班班通”工程."""
    start = mention.span.start
    if opening := _GROUP_OPENS_NAME.match(mention.text):
        yield Span(start, start + opening.end(1)), opening[1], "group-opens-the-name"
    if within := _GROUP_WITHIN.search(mention.text):
        yield Span(start + within.start(1), start + within.end(1)), within[1], "group-in-the-name"
    if inside := _GROUP_IN_NAME.search(mention.text):
        yield Span(start + inside.start(1), start + inside.end(1)), inside[1], "group-in-the-name"
    act = scene.act_on(mention)
    before = scene.text[act.object.start if act and act.object.start < start else 0 : start]
    offset = start - len(before)
    if mention.text.startswith("“") and (people := _PEOPLE_BEFORE.search(before)):
        yield Span(offset + people.start(), offset + people.end()), people[0], "group-before-quoted-name"
    if mention.text.startswith("“") and (site := _SITES_BEFORE.search(before)):
        yield Span(offset + site.start(), offset + site.end()), site[0], "group-before-quoted-name"
    if not mention.text.startswith("“") and (listed := _GROUPS_BEFORE.search(before)):
        for item in list_items(scene.text, Span(offset + listed.start("groups"), start)):
            yield item, scene.text[item.start : item.end], "groups-listed-before-the-name"


_PERSON = "(?:教师|学生|幼儿|儿童少年|儿童|少年|子女|校长|园长|人员|农民工|军人|毕业生|农民|职工|家庭|大学生|居民|老年人|残疾人|新生)"
_GROUP_OPENS_NAME = re.compile(
    rf"“?((?:(?!面向)[\u4e00-\u9fff]){{2,10}}?{_PERSON})(?:资助|支持|补助|扶持|关爱|救助|营养|培养|生活补助|奖励|免费|培训|单招|帮扶|托管|成长|素质提升|能力提升|“)"
)
_GROUP_IN_NAME = re.compile(rf"面向([\u4e00-\u9fff]{{2,10}}?{_PERSON})(?=的|单招|专项|招生|开展)")
_NEEDY = "农村|乡村|留守|贫困|经济困难|残疾|随迁|青年|学前|厌学|进城|建档立卡|孤儿|流动|边远|山区|库区|失学|辍学|新任|新入职|骨干"
_PEOPLE_BEFORE = re.compile(rf"(?:{_NEEDY})[\u4e00-\u9fff]{{0,8}}?{_PERSON}(?:随迁子女|子女)?$")
_GROUP_WITHIN = re.compile(
    rf"(?:[十百千万]名|”)((?:{_NEEDY})[\u4e00-\u9fff]{{0,6}}?{_PERSON})(?=成长|素质|能力|提升|培养|培训|关爱|支持|资助)"
)
_SITES_BEFORE = re.compile(
    r"(?:农村|乡村|山区|海岛|贫困地区|边远|薄弱)(?:义务教育|中等职业|普通)?(?:中小学|学校|小学|幼儿园|教学点)(?:校长|教师)?$"
)
_GROUPS_BEFORE = re.compile(
    rf"(?:^|[，。；：]|[\u4e00-\u9fff]{{2,6}}?(?=往届|进城|返乡|农村|残疾|贫困))(?P<groups>(?:[\u4e00-\u9fff]{{2,8}}?{_PERSON}、)+[\u4e00-\u9fff]{{0,8}}?{_PERSON})$"
)


def _claim(scene: Scene, program: Entity, span: Span, name: str, rule: str) -> Claim:
    group = Entity(Kind.TARGET_GROUP, f"target-group/{name}", name)
    return Claim(
        Relation.TARGETS,
        scene.sentence,
        rule,
        (("program", program), ("group", group)),
        year=scene.part.year,
        confidence=Decimal("0.75"),
    )
