"""A small corpus, written for these tests: three readings with claims of all nine relations, and a lexicon."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from kg.graph.store import PolicyGraph, open_graph
from kg.graph.triples import quads_of, reference_quads, used_ids, write_nquads
from kg.lexicons import Agency, Lexicons, Place, PolicyDocument, Program
from kg.model import (
    Claim,
    DateKind,
    Decision,
    Document,
    Entity,
    Genre,
    Kind,
    Literal,
    Mention,
    Origin,
    Part,
    Reading,
    Relation,
    Sentence,
    Span,
    Status,
)

GARBLED = {"县": "县（xiàn）", "校": "校 (xiào)"}  # what the file has → what cleaning makes of it, the wrong way round


def entity(kind: Kind, name: str, *, known: bool = True, **more: str) -> Entity:
    path = {
        Kind.PROGRAM: "program",
        Kind.POLICY_DOCUMENT: "policy-document",
        Kind.AGENCY: "agency",
        Kind.PLACE: "place",
        Kind.ORGANIZATION: "organization",
        Kind.TARGET_GROUP: "target-group",
    }[kind]
    return Entity(kind, f"{path}/{more.pop('id', name)}", name, in_lexicon=known, **more)


DALIAN = entity(Kind.PLACE, "大连市", id="210200")
SUINING = entity(Kind.PLACE, "遂宁市", id="510900")
DAYING = entity(Kind.PLACE, "大英县", id="510923")
ROTATION = entity(Kind.PROGRAM, "县管校聘")
GROUPS = entity(Kind.PROGRAM, "集团化办学", known=False)
SECOND = entity(Kind.PROGRAM, "第二期学前教育三年行动计划", known=False)
FIRST = entity(Kind.PROGRAM, "第一期学前教育三年行动计划", known=False)
GUIDANCE = entity(Kind.POLICY_DOCUMENT, "关于推进教师交流轮岗的意见", number="教师〔2014〕4号")
RULES = entity(Kind.POLICY_DOCUMENT, "大连市幼儿园收费管理细则", known=False, number="大教发〔2014〕12号")
MINISTRY = entity(Kind.AGENCY, "教育部", jurisdiction="place/中国")
BUREAU = entity(Kind.AGENCY, "大连市教育局", jurisdiction="place/210200")
TEACHERS = entity(Kind.TARGET_GROUP, "农村教师", known=False)
SCHOOL = entity(Kind.ORGANIZATION, "大连海滨实验学校", known=False)


def garbled(clean: str) -> tuple[str, tuple[int, ...]]:
    """A file's text from which cleaning makes `clean`, and where each clean character stands in it."""
    text, origin = "\u3000\r\n", []
    for sign in clean:
        origin.append(len(text))
        text += GARBLED.get(sign, "\r\n" if sign == "\n" else sign)
    return text, tuple(origin)


def document_of(file: str, id_: str, clean: str) -> Document:
    text, origin = garbled(clean)
    return Document(id_, file, text, clean, Origin(range(len(clean)), origin, len(clean)))


def mentions_of(sentence: Sentence, *wanted: tuple[str, Entity | None]) -> list[Mention]:
    found = []
    for form, thing in wanted:
        at = sentence.text.index(form) + sentence.span.start
        kind = thing.kind if thing else Kind.PROGRAM
        found.append(Mention(kind, Span(at, at + len(form)), form, thing, "by-hand"))
    return found


def claim(
    relation: Relation,
    sentence: Sentence,
    roles: dict[str, Entity],
    values: dict[str, Literal] | None = None,
    **more: object,
) -> Claim:
    rule = f"{relation.value.lower()}-by-hand"
    return Claim(relation, sentence, rule, tuple(roles.items()), tuple((values or {}).items()), **more)  # type: ignore[arg-type]


def reading_of(
    file: str, id_: str, parts: Sequence[tuple[dict[str, object], Sequence[str]]]
) -> tuple[Document, list[Part], list[Sentence]]:
    """A document made of parts of sentences; each sentence is a line."""
    clean = "\n".join(sentence for _, sentences in parts for sentence in sentences)
    document = document_of(file, id_, clean)
    made: list[Part] = []
    lines: list[Sentence] = []
    at = 0
    for number, (properties, sentences) in enumerate(parts):
        length = len("\n".join(sentences))
        part = Part(document, number, Span(at, at + length), **properties)  # type: ignore[arg-type]
        made.append(part)
        for index, text in enumerate(sentences):
            lines.append(Sentence(part, index, index, Span(at, at + len(text)), text))
            at += len(text) + 1
    return document, made, lines


@pytest.fixture(scope="session")
def dalian() -> Reading:
    """A file of two parts: what was done in 2014 and what is planned for 2015."""
    done = {
        "title": "大连市教育局2014年工作总结",
        "genre": Genre.SUMMARY,
        "year": 2014,
        "place": DALIAN,
        "agency": BUREAU,
        "decided": (
            Decision("year", "2014", "title-names-year", Span(6, 10)),
            Decision("agency", "", "no-agency-named"),
        ),
    }
    planned = {"title": "2015年工作计划", "genre": Genre.PLAN, "year": 2015, "place": DALIAN, "agency": BUREAU}
    document, parts, lines = reading_of(
        "辽宁/dalian.txt",
        "00000000000000aa",
        [
            (
                done,
                [
                    "大连市教育局2014年工作总结",
                    "我市全面完成了“县管校聘”改革试点，惠及农村教师。",
                    "市教育局印发了《大连市幼儿园收费管理细则》。",
                    "学前三年毛入园率达到92.50%。",
                ],
            ),
            (
                planned,
                [
                    "启动第二期学前教育三年行动计划，把集团化办学纳入其中。",
                    "到2016年，新建公办幼儿园1.2万个学位。",
                ],
            ),
        ],
    )
    _, adopting, issuing, rate, starting, places = lines
    mentions = [
        *mentions_of(lines[0], ("大连市教育局", BUREAU)),
        *mentions_of(
            adopting, ("我市", DALIAN), ("“县管校聘”", ROTATION), ("县管校聘”改革", ROTATION), ("农村教师", TEACHERS)
        ),
        *mentions_of(issuing, ("市教育局", BUREAU), ("《大连市幼儿园收费管理细则》", RULES)),
        *mentions_of(starting, ("第二期学前教育三年行动计划", SECOND), ("集团化办学", GROUPS), ("其中", None)),
    ]
    claims = [
        claim(
            Relation.ADOPTS,
            adopting,
            {"place": DALIAN, "program": ROTATION},
            year=2014,
            date_kind=DateKind.DOCUMENT,
            status=Status.COMPLETED,
            confidence=Decimal("0.950"),
        ),
        claim(Relation.TARGETS, adopting, {"program": ROTATION, "group": TEACHERS}),
        claim(
            Relation.ISSUES,
            issuing,
            {"place": DALIAN, "agency": BUREAU, "document": RULES},
            year=2014,
            status=Status.COMPLETED,
        ),
        claim(
            Relation.GOAL,
            rate,
            {"place": DALIAN},
            {
                "indicator": "学前三年毛入园率",
                "operator": "=",
                "value": Decimal("92.50"),
                "unit": "%",
                "kind": "Achieved",
            },
            year=2014,
        ),
        claim(
            Relation.ADOPTS,
            starting,
            {"place": DALIAN, "program": SECOND},
            year=2015,
            year_to=2017,
            date_kind=DateKind.DOCUMENT,
            status=Status.PLANNED,
        ),
        claim(Relation.SUCCEEDS, starting, {"successor": SECOND, "predecessor": FIRST}, {"inferred": True}),
        claim(Relation.PART_OF, starting, {"member": GROUPS, "whole": SECOND}),
        claim(
            Relation.GOAL,
            places,
            {"place": DALIAN, "program": SECOND},
            {
                "indicator": "新建公办幼儿园学位",
                "operator": ">=",
                "value": Decimal("1.2"),
                "unit": "万个",
                "baseValue": 12000,
                "baseUnit": "个",
                "kind": "Planned",
            },
            year=2016,
        ),
    ]
    return Reading(document, tuple(parts), tuple(lines), tuple(mentions), tuple(claims))


@pytest.fixture(scope="session")
def suining() -> Reading:
    """A file of one part, which learns from a county of its own."""
    document, parts, lines = reading_of(
        "suining.txt",
        "00000000000000bb",
        [
            (
                {"title": "", "genre": Genre.KEY_POINTS, "year": 2018, "place": SUINING},
                [
                    "推广大英县经验，全市实施县管校聘。",
                    "落实教育部《关于推进教师交流轮岗的意见》。",
                    "大连海滨实验学校来我市支教，我市获评省级教育强市。",
                ],
            )
        ],
    )
    learning, carrying, honoured = lines
    mentions = [
        *mentions_of(learning, ("大英县", DAYING), ("县管校聘", ROTATION)),
        *mentions_of(carrying, ("教育部", MINISTRY), ("《关于推进教师交流轮岗的意见》", GUIDANCE)),
        *mentions_of(honoured, ("大连海滨实验学校", SCHOOL), ("我市", SUINING)),
    ]
    claims = [
        claim(
            Relation.ADOPTS,
            learning,
            {"place": SUINING, "program": ROTATION},
            year=2018,
            date_kind=DateKind.STATED,
            status=Status.STARTED,
        ),
        claim(
            Relation.DIFFUSES,
            learning,
            {"from": DAYING, "to": SUINING, "program": ROTATION},
            {"kind": "Promotes"},
            year=2018,
        ),
        claim(Relation.IMPLEMENTS, carrying, {"place": SUINING, "object": GUIDANCE, "by": MINISTRY}),
        claim(Relation.RECOGNIZES, honoured, {"place": SUINING}, {"title": "省级教育强市", "by": "省"}, year=2018),
    ]
    return Reading(document, tuple(parts), tuple(lines), tuple(mentions), tuple(claims))


@pytest.fixture(scope="session")
def nameless() -> Reading:
    """A file whose place and year are open: its claims name no place and take no shortcut."""
    document, parts, lines = reading_of(
        "nameless.txt", "00000000000000cc", [({}, ["我区推行县管校聘，学习外地做法。", "义务教育巩固率保持99%以上。"])]
    )
    claims = [
        claim(Relation.ADOPTS, lines[0], {"program": ROTATION}, status=Status.ONGOING),
        claim(Relation.DIFFUSES, lines[0], {"from": DAYING, "program": ROTATION}, {"kind": "LearnsFrom"}),
        claim(Relation.GOAL, lines[1], {}, {"indicator": "义务教育巩固率", "operator": ">=", "value": 99, "unit": "%"}),
    ]
    mentions = mentions_of(lines[0], ("县管校聘", ROTATION))
    return Reading(document, tuple(parts), tuple(lines), tuple(mentions), tuple(claims))


@pytest.fixture(scope="session")
def lexicons() -> Lexicons:
    return Lexicons(
        programs=(
            Program(
                "县管校聘",
                en="county-managed, school-hired teachers",
                aliases=("县管校聘改革",),
                level="Nation",
                since=2014,
                issuer="教育部",
                document="关于推进教师交流轮岗的意见",
                whole="教师交流轮岗",
                groups=("义务教育教师",),
            ),
            Program("教师交流轮岗", predecessor="城镇教师支援农村"),
            Program("城镇教师支援农村", document="关于城镇教师支援农村的意见", number="教人〔2006〕2号"),
        ),
        documents=(PolicyDocument("关于推进教师交流轮岗的意见", year=2014, issuer="教育部", number="教师〔2014〕4号"),),
        places=(
            Place("中国", "中国", level="Nation"),
            Place("210000", "辽宁省", ("辽宁",), "210000", "中国", "Province", 123.43, 41.8),
            Place("210200", "大连市", (), "210200", "210000", "Prefecture", 121.6, 38.9, 1981),
            Place("210200-1953", "旅大市", (), "", "210000", "Prefecture", None, None, 1953, 1980, ("210200",)),
            Place("510000", "四川省", (), "510000", "中国", "Province"),
            Place("510900", "遂宁市", (), "510900", "510000", "Prefecture"),
            Place("510923", "大英县", (), "510923", "510900", "County", None, None, 1997),
            Place("370200", "青岛市", (), "370200", "中国", "Prefecture"),
        ),
        agencies=(
            Agency("教育部", predecessor="国家教育委员会", valid_from=1998),
            Agency("国家教育委员会", valid_to=1998),
        ),
        organs=(),
    )


@pytest.fixture(scope="session")
def lines(dalian: Reading, suining: Reading, nameless: Reading, lexicons: Lexicons) -> list[str]:
    readings = (dalian, suining, nameless)
    used = {id_ for reading in readings for id_ in used_ids(reading)}
    return [*(line for reading in readings for line in quads_of(reading)), *reference_quads(lexicons, used)]


@pytest.fixture(scope="session")
def folder(lines: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph folder."""
    path: Path = tmp_path_factory.mktemp("graph")
    write_nquads(lines, path / "graph.nq")
    return path


@pytest.fixture(scope="session")
def graph(folder: Path) -> PolicyGraph:
    return open_graph(folder)
