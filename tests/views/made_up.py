"""Invented but realistic records for the tests of the pages: no place here did what is said of it."""

from __future__ import annotations

import random
from decimal import Decimal

from kg.comparison.records import (
    Before,
    First,
    Goal,
    GoalPair,
    GoalPromise,
    Outcome,
    OwnProgram,
    PlaceComparison,
    PlanComparison,
    Promise,
    Report,
    Said,
    SharedDocument,
    SharedProgram,
    Source,
    Thing,
    Verdict,
    Who,
)
from kg.model import DateKind, Genre, Kind, Relation, Status
from kg.views.records import (
    Adoption,
    ClaimView,
    Edge,
    Following,
    Link,
    NetworkView,
    Node,
    SaidDiffusion,
    Somewhere,
    Trace,
)
from kg.views.report_records import BuildReport, Decided, FileReport, PartReport

BASE = "https://w3id.org/policy-kg/id/"
PROGRAMS = {
    "县管校聘": ("教师“县管校聘”管理改革",),
    "集团化办学": (),
    "三通两平台": (),
    "体育艺术2+1项目": ("2+1项目", "体艺“2+1”"),
    "学前教育三年行动计划": (),
    "义务教育薄弱学校改造计划": ("薄改计划",),
    "影子校长培训": (),
    "校长职级制改革": (),
    "名师工作室": (),
    "第三期学前教育行动计划": (),
}
PLACES = (
    "大连市",
    "青岛市",
    "遂宁市",
    "锦州市",
    "大英县",
    "船山区",
    "辽宁省",
    "山东省",
    "四川省",
    "上海市",
    "潍坊市",
    "成都市",
    "沈阳市",
    "襄阳市",
    "枣阳市",
    "甘井子区",
    "金州新区",
    "市南区",
    "黄岛区",
    "射洪县",
)
DOCUMENTS = (
    "青岛市中小学校管理办法",
    "关于推进县域内义务教育学校校长教师交流轮岗的意见",
    "大连市中等职业学校工作规程",
    "国家中长期教育改革和发展规划纲要（2010-2020年）",
    "民办教育促进法",
    "乡村教师支持计划实施办法",
    "遂宁市教育事业发展第十三个五年规划",
    "加快推进教育现代化实施方案",
)
AGENCIES = (
    "教育部",
    "大连市教育局",
    "青岛市教育局",
    "遂宁市教育局",
    "锦州市教育局",
    "辽宁省教育厅",
    "四川省教育厅",
    "国务院办公厅",
)
ORGANIZATIONS = ("遂宁中学", "大英县实验学校", "青岛第二中学", "华东师范大学")
GROUPS = ("农村教师", "家庭经济困难学生", "薄弱学校", "学龄前儿童", "中小学校长", "随迁子女")
RULES = ("place-carries-out-program", "agency-issues-document", "place-acts-on-document", "said-learning")


def iri(kind: str, name: str) -> str:
    return f"{BASE}{kind}/{name}"


def claim(number: int, relation: str, says: str, sentence: str, **more: object) -> ClaimView:
    return ClaimView(
        iri=f"{BASE}claim/{number:016x}",
        relation=relation,
        says=says,
        sentence=sentence,
        file=f"{number % 17:03d}.txt",
        part=f"{2012 + number % 9}年教育工作总结",
        confidence="0.9",
        found_by=RULES[number % len(RULES)],
        **more,  # type: ignore[arg-type]
    )


def network(seed: int = 1) -> NetworkView:
    """About sixty nodes and a hundred and twenty edges."""
    dice = random.Random(seed)
    kinds = {
        Kind.PROGRAM: PROGRAMS,
        Kind.PLACE: PLACES,
        Kind.POLICY_DOCUMENT: DOCUMENTS,
        Kind.AGENCY: AGENCIES,
        Kind.ORGANIZATION: ORGANIZATIONS,
        Kind.TARGET_GROUP: GROUPS,
    }
    nodes = [
        Node(iri(kind, name), kind, name, PROGRAMS.get(name, ()), facts=(("层级", "市"),) if kind is Kind.PLACE else ())
        for kind, names in kinds.items()
        for name in names
    ]
    of = {kind: [n for n in nodes if n.kind is kind] for kind in kinds}
    edges: dict[tuple[str, str, Link], Edge] = {}

    def join(a: Node, link: Link, b: Node, relation: str, word: str) -> None:
        number = len(edges)
        year = dice.choice([None, *range(2012, 2021)])
        said = claim(
            number,
            relation,
            f"{a.name} {word} {b.name}",
            f"{f'{year}年，' if year else ''}{a.name}在调研基础上{word}{b.name}，年底前向社会公布结果。",
            year=year,
            status=dice.choice(["Planned", "Started", "Ongoing", "Completed", ""]),
            date_kind=dice.choice(["Stated", "Document"]) if year else "",
        )
        key = (a.iri, b.iri, link)
        old = edges.get(key)
        edges[key] = Edge(*key, claims=(*(old.claims if old else ()), said))

    popular = of[Kind.PROGRAM]
    for place in of[Kind.PLACE]:
        for program in dice.sample(popular, dice.randint(1, 5), counts=None):
            join(place, Link.ADOPTS, program, "Adoption", "实施")
    for agency, document in zip(of[Kind.AGENCY], of[Kind.POLICY_DOCUMENT], strict=True):
        join(agency, Link.ISSUES, document, "Issuance", "印发")
    for document in of[Kind.POLICY_DOCUMENT]:
        for place in dice.sample(of[Kind.PLACE], 2):
            join(place, Link.IMPLEMENTS, document, "Implementation", "落实")
    for program in popular:
        join(program, Link.TARGETS, dice.choice(of[Kind.TARGET_GROUP]), "Targeting", "面向")
    join(popular[9], Link.SUCCEEDS, popular[4], "Succession", "承接")
    for a, b in ((2, 4), (2, 1), (3, 2), (0, 9), (11, 9)):
        join(of[Kind.PLACE][a], Link.LEARNS_FROM, of[Kind.PLACE][b], "Diffusion", "学习借鉴")
    join(of[Kind.PLACE][8], Link.PROMOTES, of[Kind.PLACE][5], "Diffusion", "推广")
    for place, organization in zip(of[Kind.PLACE], of[Kind.ORGANIZATION], strict=False):
        join(organization, Link.COOPERATES, place, "Diffusion", "合作")
    known = {n.name: n for n in nodes}
    for name in AGENCIES:
        if (place := known.get(name[:3])) is not None and place.kind is Kind.PLACE:
            edges[known[name].iri, place.iri, Link.JURISDICTION] = Edge(known[name].iri, place.iri, Link.JURISDICTION)
    return NetworkView(tuple(nodes), tuple(edges.values()), title="政策采纳网络（示例）")


def place(name: str, level: str, parent: str = "") -> Somewhere:
    return Somewhere(name, level, parent, iri("place", name))


def trace() -> Trace:
    """Fifteen adopters on four tiers, one of unknown year, one of unknown name."""
    adopters = [
        ("大英县", "County", "遂宁市", 2013, "Started", "Stated"),
        ("遂宁市", "Prefecture", "四川省", 2015, "Started", "Stated"),
        ("遂宁市", "Prefecture", "四川省", 2018, "Completed", "Document"),
        ("船山区", "County", "遂宁市", 2016, "Completed", "Stated"),
        ("射洪县", "County", "遂宁市", 2016, "Ongoing", "Document"),
        ("四川省", "Province", "中国", 2017, "Planned", "Stated"),
        ("青岛市", "Prefecture", "山东省", 2015, "Planned", "Stated"),
        ("青岛市", "Prefecture", "山东省", 2017, "Completed", "Document"),
        ("市南区", "County", "青岛市", 2017, "Started", "Stated"),
        ("黄岛区", "County", "青岛市", 2017, "Completed", "Document"),
        ("山东省", "Province", "中国", 2016, "Ongoing", "Stated"),
        ("潍坊市", "Prefecture", "山东省", 2015, "Completed", "Stated"),
        ("锦州市", "Prefecture", "辽宁省", 2019, "Planned", "Document"),
        ("大连市", "Prefecture", "辽宁省", 2018, "", "Document"),
        ("靖州苗族侗族自治县", "County", "怀化市", 2019, "Started", "Stated"),
        ("沈阳市", "Prefecture", "辽宁省", None, "Ongoing", ""),
        ("中国", "Nation", "", 2015, "Started", "Stated"),
        ("", "", "", 2014, "Completed", "Document"),
    ]
    adoptions = tuple(
        Adoption(
            place(name, level, parent) if name else Somewhere(),
            claim(
                i,
                "Adoption",
                f"{name or '(地方不详)'} 采纳 县管校聘",
                f"{f'{year}年，' if year else ''}{name or '我区'}推行教师县管校聘改革，教师由学校人变为系统人。",
                year=year,
                status=status,
                date_kind=kind,
            ),
        )
        for i, (name, level, parent, year, status, kind) in enumerate(adopters)
    )
    centre = Somewhere("教育部", "Nation", "", iri("agency", "教育部"))
    following = tuple(
        Following(
            place(name, level),
            "县管校聘",
            centre,
            claim(
                40 + i,
                "Implementation",
                f"{name} 落实 县管校聘",
                f"按照教育部部署，{name}启动试点。",
                year=year,
                date_kind="Stated",
            ),
        )
        for i, (name, level, year) in enumerate(
            (("青岛市", "Prefecture", 2017), ("锦州市", "Prefecture", 2019), ("山东省", "Province", 2016))
        )
    )
    said = (
        SaidDiffusion(
            place("大英县", "County", "遂宁市"),
            place("遂宁市", "Prefecture", "四川省"),
            "LearnsFrom",
            claim(50, "Diffusion", "遂宁市 学习 大英县", "全市借鉴大英县经验。", year=2015, date_kind="Stated"),
        ),
        SaidDiffusion(
            place("潍坊市", "Prefecture", "山东省"),
            place("锦州市", "Prefecture", "辽宁省"),
            "LearnsFrom",
            claim(51, "Diffusion", "锦州市 学习 潍坊市", "组织校长赴潍坊考察。", year=2019, date_kind="Document"),
        ),
        SaidDiffusion(
            place("四川省", "Province", "中国"),
            place("船山区", "County", "遂宁市"),
            "Promotes",
            claim(52, "Diffusion", "四川省 推广 船山区", "省里向各县推广。", year=2017, date_kind="Stated"),
        ),
        SaidDiffusion(
            place("上海市", "Province", "中国"),
            place("大连市", "Prefecture", "辽宁省"),
            "Cooperates",
            claim(53, "Diffusion", "大连市 合作 上海市", "与上海市开展合作。", year=2018, date_kind="Document"),
        ),
        SaidDiffusion(
            place("青岛市", "Prefecture", "山东省"),
            Somewhere(),
            "Promotes",
            claim(54, "Diffusion", "青岛市 推广", "在更大范围推广青岛做法。", year=2018, date_kind="Document"),
        ),
    )
    return Trace(
        "县管校聘",
        iri("program", "县管校聘"),
        ("教师“县管校聘”管理改革",),
        2014,
        "Nation",
        "教育部",
        "关于推进县域内义务教育学校校长教师交流轮岗的意见",
        "教师〔2014〕4号",
        adoptions,
        following,
        said,
        files_read=17,
    )


def report() -> BuildReport:
    decided = (
        Decided("title", "大连市2013年教育工作总结", "first-heading", "2013年教育工作总结"),
        Decided("place", "大连市", "title-names-place", "大连市"),
        Decided("year", "2013", "title-names-year", "2013年"),
        Decided("genre", "Summary", "title-word", "工作总结"),
    )
    return BuildReport(
        "读入报告",
        files=(
            FileReport(
                "000.txt",
                "utf-8",
                18234,
                412,
                611,
                44,
                138,
                (
                    PartReport("大连市2013年教育工作总结", "大连市", 2013, "Summary", "大连市教育局", decided),
                    PartReport("2014年教育工作计划", "大连市", 2014, "Plan", "大连市教育局", decided[:2]),
                ),
            ),
            FileReport(
                "001.txt",
                "gb18030",
                9120,
                205,
                230,
                61,
                40,
                (
                    PartReport(
                        "某区2013年教育工作总结", "", 2013, "Summary", "", (Decided("place", "", "name-masked"),)
                    ),
                ),
            ),
        ),
        entities=(("Program", 61), ("Place", 44), ("PolicyDocument", 39), ("Agency", 25)),
        claims=(("Adoption", 91), ("Goal", 40), ("Issuance", 22)),
        skipped=(("photo.jpg", "没有可读的文字：不是文本文件"), ("empty.txt", "文件是空的")),
        copies=(("copy/000.txt", "000.txt"),),
    )


def _said(relation: Relation, status: Status | None, year: int, sentence: str, genre: Genre = Genre.SUMMARY) -> Said:
    where = Source(f"{BASE}source/{year}", f"{year}.txt", 1, f"{year}年教育工作", genre, year)
    city = Thing(iri("place", "青岛市"), ("青岛市",))
    return Said(
        f"{BASE}claim/{year}",
        relation,
        iri("program", "县管校聘"),
        city,
        status,
        year,
        DateKind.DOCUMENT,
        sentence,
        len(sentence),
        where,
    )


def plan() -> PlanComparison:
    """A plan of one programme, one document and one figure, and a summary that reports on the programme and the figure."""
    place, program = (Thing(iri(kind, name), (name,)) for kind, name in (("place", "青岛市"), ("program", "县管校聘")))
    promised = _said(Relation.ADOPTS, Status.PLANNED, 2016, "推行“县管校聘”改革，交流教师300人。", Genre.PLAN)
    reported = _said(Relation.ADOPTS, Status.COMPLETED, 2017, "“县管校聘”改革全面完成，交流教师320人。")
    earlier = _said(Relation.ADOPTS, Status.STARTED, 2015, "在黄岛区启动“县管校聘”试点。")
    planned, achieved = (
        Goal(said, "交流教师", "=", Decimal(value), "人", Decimal(value), "人", (program,))
        for said, value in ((promised, 300), (reported, 320))
    )
    document = Thing(iri("policy-document", "青岛市教师交流办法"), ("青岛市教师交流办法",))
    return PlanComparison(
        place=place,
        year=2016,
        first=2014,
        last=2018,
        plans=(promised.source,),
        later=(reported.source,),
        later_plans=(),
        earlier=(earlier.source,),
        promises=(
            Promise(program, Relation.ADOPTS, (promised,), (reported,), (earlier,), Outcome.COMPLETED, Before.REPORTED),
            Promise(document, Relation.ISSUES, (promised,), (), (), Outcome.SILENT, Before.NEW, near=(program,)),
        ),
        goals=(GoalPromise(planned, Verdict.OTHER_YEAR, achieved, planned),),
        unpromised=(Report(program, Relation.ADOPTS, (reported,)),),
        other_figures=(achieved,),
    )


def two_places() -> PlaceComparison:
    """A shared programme, a shared document, one programme of each alone, and a pair of figures."""
    of_plan = plan()
    (said,), (other,) = of_plan.promises[0].said, of_plan.promises[0].reports
    program = of_plan.promises[0].thing
    one, two = First(said, None, None, planned=True), First(other, 2017, 2017, planned=False)
    return PlaceComparison(
        one=of_plan.place,
        other=Thing(iri("place", "大连市"), ("大连市",)),
        years=(2014, 2018),
        sources=(of_plan.plans, of_plan.later),
        shared=(SharedProgram(program, one, two, Who.OPEN),),
        only_one=(OwnProgram(program, one),),
        only_other=(OwnProgram(program, two),),
        documents=(SharedDocument(of_plan.promises[1].thing, said, other),),
        goals=(GoalPair(of_plan.goals[0].planned, of_plan.other_figures[0], planned=False),),
    )
