"""A small made-up corpus in which programmes travel: eight documents of six places, with lexicons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.conftest import claim, entity, mentions_of, reading_of
from kg.graph.triples import quads_of, reference_quads, used_ids
from kg.lexicons import Lexicons, Place, PolicyDocument, Program
from kg.model import Claim, DateKind, Entity, Kind, Literal, Mention, Reading, Relation, Sentence, Status

ROTATION = entity(Kind.PROGRAM, "县管校聘")
CARE = entity(Kind.PROGRAM, "课后服务")
GUIDANCE = entity(Kind.POLICY_DOCUMENT, "关于推进教师交流轮岗的意见")
TEACHERS = entity(Kind.TARGET_GROUP, "农村教师", known=False)
RATE = "学前三年毛入园率"


def place(name: str, code: str) -> Entity:
    return entity(Kind.PLACE, name, id=code)


SHANDONG, WEIFANG, YANTAI = place("山东省", "370000"), place("潍坊市", "370700"), place("烟台市", "370600")
ZHUCHENG, CHANGLE, WUHU = place("诸城市", "370782"), place("昌乐县", "370725"), place("芜湖市", "340200")
TOWN = entity(Kind.PLACE, "五图街道", known=False, id="五图街道@昌乐县", jurisdiction="place/370725")
BUREAU = entity(Kind.AGENCY, "潍坊市教育局", jurisdiction="place/370700")

Said = tuple[Relation, dict[str, Entity], dict[str, Literal], dict[str, object]]


def adopts(where: Entity, what: Entity, year: int | None, status: Status, kind: DateKind = DateKind.DOCUMENT) -> Said:
    dated = {"year": year, "date_kind": kind} if year else {}
    return Relation.ADOPTS, {"place": where, "program": what}, {}, {**dated, "status": status}


def learns(to: Entity, from_: Entity, what: Entity, year: int, kind: str = "LearnsFrom") -> Said:
    return Relation.DIFFUSES, {"from": from_, "to": to, "program": what}, {"kind": kind}, {"year": year}


def carries_out(where: Entity, what: Entity, year: int | None = None) -> Said:
    return Relation.IMPLEMENTS, {"place": where, "object": what}, {}, {"year": year}


def reaches(where: Entity, value: int, kind: str, year: int) -> Said:
    values: dict[str, Literal] = {"indicator": RATE, "operator": "=", "value": value, "unit": "%", "kind": kind}
    return Relation.GOAL, {"place": where}, values, {"year": year}


def targets(what: Entity, group: Entity) -> Said:
    return Relation.TARGETS, {"program": what, "group": group}, {}, {}


DOCUMENTS: tuple[tuple[Entity, int, Entity | None, tuple[tuple[str, Sequence[Said]], ...]], ...] = (
    (
        SHANDONG,
        2015,
        None,
        (
            ("在全省启动县管校聘改革试点。", [adopts(SHANDONG, ROTATION, 2015, Status.STARTED)]),
            ("落实《关于推进教师交流轮岗的意见》。", [carries_out(SHANDONG, GUIDANCE)]),
        ),
    ),
    (WEIFANG, 2014, BUREAU, (("全市学前三年毛入园率达到90%。", [reaches(WEIFANG, 90, "Achieved", 2014)]),)),
    (
        WEIFANG,
        2016,
        BUREAU,
        (
            (
                "制定县管校聘实施方案，惠及农村教师。",
                [adopts(WEIFANG, ROTATION, 2016, Status.PLANNED), targets(ROTATION, TEACHERS)],
            ),
            (
                "2016年，诸城市率先启动县管校聘。",
                [adopts(ZHUCHENG, ROTATION, 2016, Status.STARTED, DateKind.STATED)],
            ),
        ),
    ),
    (
        WEIFANG,
        2018,
        BUREAU,
        (
            ("县管校聘改革全面完成。", [adopts(WEIFANG, ROTATION, 2018, Status.COMPLETED)]),
            (
                "启动课后服务，五图街道继续开展课后服务。",
                [adopts(WEIFANG, CARE, 2018, Status.STARTED), adopts(TOWN, CARE, 2018, Status.ONGOING)],
            ),
        ),
    ),
    (WEIFANG, 2020, BUREAU, (("继续推进课后服务。", [adopts(WEIFANG, CARE, 2020, Status.ONGOING)]),)),
    (
        YANTAI,
        2017,
        None,
        (
            (
                "2017年学习潍坊市经验，推行县管校聘。",
                [
                    adopts(YANTAI, ROTATION, 2017, Status.PLANNED, DateKind.STATED),
                    learns(YANTAI, WEIFANG, ROTATION, 2017),
                ],
            ),
            (
                "落实《关于推进教师交流轮岗的意见》，学前三年毛入园率达到95%。",
                [carries_out(YANTAI, GUIDANCE, 2017), reaches(YANTAI, 95, "Planned", 2020)],
            ),
        ),
    ),
    (
        WUHU,
        2019,
        None,
        (
            ("赴潍坊市学习县管校聘。", [learns(WUHU, WEIFANG, ROTATION, 2019)]),
            ("与烟台市在课后服务方面合作。", [learns(WUHU, YANTAI, CARE, 2019, "Cooperates")]),
            ("停止原有课后服务收费办法。", [adopts(WUHU, CARE, 2019, Status.ENDED)]),
        ),
    ),
    (CHANGLE, 2016, None, (("五图街道启动课后服务。", [adopts(TOWN, CARE, 2016, Status.STARTED)]),)),
)
NAMED = (ROTATION, CARE, GUIDANCE, TEACHERS, WEIFANG, YANTAI, ZHUCHENG, TOWN)


def readings() -> Iterator[Reading]:
    for number, (where, year, agency, said) in enumerate(DOCUMENTS):
        head: dict[str, object] = {"year": year, "place": where, "agency": agency}
        document, parts, lines = reading_of(
            f"{where.name}{year}.txt", f"{number:016x}", [(head, [text for text, _ in said])]
        )
        yield Reading(document, tuple(parts), tuple(lines), tuple(_mentions(lines)), tuple(_claims(lines, said)))


def _mentions(lines: Sequence[Sentence]) -> Iterator[Mention]:
    for line in lines:
        yield from mentions_of(line, *((thing.name, thing) for thing in NAMED if thing.name in line.text))


def _claims(lines: Sequence[Sentence], said: Sequence[tuple[str, Sequence[Said]]]) -> Iterator[Claim]:
    for line, (_, claims) in zip(lines, said, strict=True):
        for relation, roles, values, more in claims:
            yield claim(relation, line, roles, values, **more)


LEXICONS = Lexicons(
    programs=(
        Program("县管校聘", since=2014, issuer="教育部", document="关于推进教师交流轮岗的意见"),
        Program("课后服务", since=2017),
    ),
    documents=(PolicyDocument("关于推进教师交流轮岗的意见", year=2014),),
    places=(
        Place("中国", "中国", level="Nation"),
        Place("370000", "山东省", (), "370000", "中国", "Province"),
        Place("370600", "烟台市", (), "370600", "370000", "Prefecture"),
        Place("370700", "潍坊市", (), "370700", "370000", "Prefecture"),
        Place("370725", "昌乐县", (), "370725", "370700", "County"),
        Place("370782", "诸城市", (), "370782", "370700", "County"),
        Place("340000", "安徽省", (), "340000", "中国", "Province"),
        Place("340200", "芜湖市", (), "340200", "340000", "Prefecture"),
    ),
    agencies=(),
    organs=(),
)


def diffusion_lines() -> Iterator[str]:
    """The N-Quads of the corpus, one named graph per document and one of the lexicons."""
    corpus = tuple(readings())
    used = {id_ for reading in corpus for id_ in used_ids(reading)}
    for reading in corpus:
        yield from quads_of(reading)
    yield from reference_quads(LEXICONS, used)
