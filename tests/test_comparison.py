"""Comparison: what became of a promise, whether a figure was reached, who was first, and what silence means."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.comparison.indicators import Level, nearness, verdict
from kg.comparison.places import first_of, place_comparison, who
from kg.comparison.plan import plan_comparison
from kg.comparison.records import Before, Goal, Outcome, PlanComparison, Said, Source, Thing, Verdict, Who
from kg.graph.store import PolicyGraph, open_graph
from kg.model import DateKind, Genre, Relation, Status
from kg.pipeline import build

SUMMARY_2014 = """宜昌市教育局2014年工作总结
2014年，全市教育系统认真落实各项部署，现将工作情况总结如下。
1.推进“三通两平台”建设，全市学校宽带接入率达到85%。
2.建成了“书香校园”示范学校12所。新建公办幼儿园19所。
"""
PLAN_2015 = """宜昌市教育局2015年工作计划
2015年，全市教育工作的总体要求是：促进教育公平，提高教育质量。
1.启动“明眸护航”工程，为全市中小学更换教室灯具。
2.继续实施“三通两平台”建设，完善网络学习空间。继续实施“银杏课堂”行动。
3.推行校长职级制改革，制定《宜昌市中小学校长职级制实施办法》。
4.实施“橘乡名师”培养计划，培养名师120名。
5.开展“晨读一刻”活动。
6.取消“星级班级”评比。
7.实施集团化办学，新建公办幼儿园24所，义务教育巩固率达到98%以上。
8.实施薄弱学校改造工程，投入资金2.5亿元，培训教师8000人次。
9.开展“书香校园”创建。实施“江豚小先生”计划。推行“云帆教研”机制。深化教育综合改革。
10.到2018年建设智慧教室500间，学前三年毛入园率达到95%，中小学食堂明厨亮灶覆盖率达到90%。
11.目前，全市已启动“晴川研学”计划。“百川阅读”行动已于2014年启动。
"""
SUMMARY_2015 = """宜昌市教育局2015年工作总结
2015年，全市教育事业取得了新的成绩，现将有关情况总结如下。
1.全面完成“明眸护航”工程，更换灯具3.2万套。
2.深入推进“三通两平台”建设，教师网络空间开通率达到92%。
3.出台了《宜昌市中小学校长职级制实施办法》，启动校长职级制改革试点。
4.实施了“橘乡名师”培养计划，培养名师96名。
5.终止“晨读一刻”活动试点。
6.新建公办幼儿园26所，义务教育巩固率达到98.6%。
7.投入薄弱学校改造资金25800万元，培训教师8300人。
8.实施了“阳光午餐”工程，惠及学生4.1万人。
9.“江豚小先生”计划更名为“江豚小伙伴”计划，覆盖全市。
10.云帆教研参与率达到80%，积极开展职业教育综合改革试点。建设智慧教室130间，中小学食堂明厨亮灶学校达到412所。
"""
PLAN_2016 = """宜昌市教育局2016年工作计划
2016年，全市教育工作将坚持立德树人，重点做好以下工作。
1.实施集团化办学，组建教育集团6个。
"""
JINGZHOU = """荆州市教育局2016年工作总结
2016年，全市教育系统扎实工作，现总结如下。
1.2013年启动校长职级制改革，全市校长全部纳入职级管理。
2.今年启动了“三通两平台”建设。
3.实施了集团化办学，组建教育集团9个。实施“荆楚书声”行动。
4.贯彻《中华人民共和国民办教育促进法》，规范民办学校办学行为。
"""
TEXTS = {
    "2014-summary.txt": SUMMARY_2014,
    "2015-plan.txt": PLAN_2015,
    "2015-summary.txt": SUMMARY_2015,
    "2016-plan.txt": PLAN_2016,
    "jingzhou.txt": JINGZHOU,
}
HOSTILE = "计划\u202e\x1b[31m<img src=x onerror=alert(1)>.txt"


def built(folder: Path, texts: dict[str, str]) -> Path:
    docs = folder / "docs"
    docs.mkdir()
    for name, text in texts.items():
        (docs / name).write_text(text, "utf-8")
    return build([docs], folder / "graph").folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("compared"), TEXTS)


@pytest.fixture(scope="module")
def graph(folder: Path) -> PolicyGraph:
    return open_graph(folder)


@pytest.fixture(scope="module")
def plan(graph: PolicyGraph) -> PlanComparison:
    return plan_comparison(graph, "宜昌市", 2015)


@pytest.fixture(scope="module")
def unread(tmp_path_factory: pytest.TempPathFactory) -> PlanComparison:
    """The plan and the summary before it; nothing later was read."""
    texts = {name: TEXTS[name] for name in ("2014-summary.txt", "2015-plan.txt")}
    return plan_comparison(open_graph(built(tmp_path_factory.mktemp("unread"), texts)), "宜昌市", 2015)


def run(*args: object) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args], catch_exceptions=False)


@pytest.mark.parametrize(
    ("name", "outcome", "before"),
    [
        ("明眸护航", Outcome.COMPLETED, Before.NEW),
        ("三通两平台", Outcome.ONGOING, Before.REPORTED),
        ("银杏课堂", Outcome.SILENT, Before.CLAIMED),
        ("校长职级制", Outcome.STARTED, Before.NEW),
        ("宜昌市中小学校长职级制实施办法", Outcome.COMPLETED, Before.NEW),
        ("晨读一刻", Outcome.ENDED, Before.NEW),
        ("星级班级", Outcome.SILENT, Before.NEW),
        ("集团化办学", Outcome.AGAIN, Before.NEW),
        ("农村义务教育薄弱学校改造计划", Outcome.TOLD, Before.NEW),
        ("书香校园", Outcome.SILENT, Before.REPORTED),
        ("江豚小先生", Outcome.ONGOING, Before.NEW),
        ("云帆教研", Outcome.MENTIONED, Before.NEW),
        ("教育综合改革", Outcome.SILENT, Before.CLAIMED),  # 职业教育综合改革试点 is another
    ],
)
def test_what_became_of_a_promise(plan: PlanComparison, name: str, outcome: Outcome, before: Before) -> None:
    """Done, going on, begun, ended, named, planned again, not heard of again; with the sentences of both sides."""
    (promise,) = [p for p in plan.promises if p.thing.name == name]
    assert (promise.outcome, promise.before) == (outcome, before)
    assert {said.source.file for said in promise.said} == {"2015-plan.txt"}
    assert all(said.sentence in SUMMARY_2015 + PLAN_2016 for said in promise.reports)
    assert bool(promise.reports) == (outcome is not Outcome.SILENT)


def test_a_programme_that_goes_on_under_another_name(plan: PlanComparison) -> None:
    (promise,) = [p for p in plan.promises if p.thing.name == "江豚小先生"]
    assert promise.heir is not None
    assert promise.heir.name == "江豚小伙伴"


def test_what_a_plan_tells_of_the_past_is_no_promise(graph: PolicyGraph, plan: PlanComparison) -> None:
    """The graph knows that it has begun; the plan promises nothing of it."""
    adopted = {str(row[0]) for row in graph.query("SELECT ?name WHERE { ?place pol:adopts/skos:prefLabel ?name }")}
    assert adopted >= {"晴川研学", "百川阅读"}
    assert not {p.thing.name for p in plan.promises} & {"晴川研学", "百川阅读"}


@pytest.mark.parametrize(
    ("indicator", "expected"),
    [
        ("培养名师", Verdict.MISSED),
        ("义务教育巩固率", Verdict.REACHED),
        ("新建公办幼儿园", Verdict.REACHED),
        ("投入资金", Verdict.REACHED),  # 2.5亿元 and 25800万元
        ("培训教师", Verdict.OTHER_UNIT),  # 人次 and 人
        ("智慧教室", Verdict.NOT_DUE),
        ("学前三年毛入园率", Verdict.SILENT),
    ],
)
def test_what_became_of_a_figure(plan: PlanComparison, indicator: str, expected: Verdict) -> None:
    (goal,) = [g for g in plan.goals if indicator in g.planned.indicator]
    assert goal.verdict is expected
    assert (goal.achieved is None) == (expected is Verdict.SILENT)


def test_a_share_is_never_compared_with_a_count(plan: PlanComparison) -> None:
    for goal in plan.goals:
        if goal.achieved and (goal.planned.unit == "%") != (goal.achieved.unit == "%"):
            assert goal.verdict in (Verdict.OTHER_UNIT, Verdict.ALIKE)


def test_the_figure_before_the_plan(plan: PlanComparison) -> None:
    (goal,) = [g for g in plan.goals if g.planned.indicator == "新建公办幼儿园"]
    assert goal.earlier is not None
    assert (str(goal.earlier.value), goal.earlier.year) == ("19", 2014)


def test_what_no_plan_promised(plan: PlanComparison) -> None:
    assert [report.thing.name for report in plan.unpromised] == ["阳光午餐", "职业教育综合改革试点"]
    assert "更换灯具" in [goal.indicator for goal in plan.other_figures]


def test_not_heard_of_is_not_unread(plan: PlanComparison, unread: PlanComparison) -> None:
    """Where no later text was read, nothing is said of any promise but that; what came before is still told."""
    assert Outcome.UNREAD not in {p.outcome for p in plan.promises}
    assert {p.outcome for p in unread.promises} == {Outcome.UNREAD}
    assert {g.verdict for g in unread.goals} == {Verdict.UNREAD}
    assert {p.thing.name for p in unread.promises if p.before is Before.REPORTED} == {"三通两平台", "书香校园"}


def test_the_window(graph: PolicyGraph) -> None:
    """Without a window neither the plan of the next year nor the summary of the last is looked at."""
    found = plan_comparison(graph, "宜昌市", 2015, window=0)
    (promise,) = [p for p in found.promises if p.thing.name == "集团化办学"]
    assert (promise.outcome, promise.before) == (Outcome.SILENT, Before.UNREAD)


CITY = Thing("place/420500", ("宜昌市",))
PROGRAM = Thing("program/课后服务", ("课后服务",))


def source(year: int, genre: Genre = Genre.SUMMARY) -> Source:
    return Source(f"source/{year}{genre}", f"{year}.txt", 1, "", genre, year)


def said(year: int | None, status: Status | None, kind: DateKind | None = DateKind.DOCUMENT) -> Said:
    return Said("claim/1", Relation.ADOPTS, PROGRAM.iri, CITY, status, year, kind, "…", 0, source(year or 2015))


def goal(text: str, year: int, of: int | None = None) -> Goal:
    """`入园率 >= 95 %` for a year, in a text of that year or of another."""
    indicator, operator, value, unit = text.split()
    scale = {"万": 10**4, "亿": 10**8}.get(unit[0], 1)
    claim = Said("claim/2", Relation.GOAL, "", CITY, None, year, None, text, 0, source(of or year))
    base = unit[1:] if scale > 1 else unit
    return Goal(claim, indicator, operator, Decimal(value), unit, Decimal(value) * scale, base)


@pytest.mark.parametrize(
    ("planned", "achieved", "expected"),
    [
        (("入园率 >= 95 %", 2015, 2015), ("入园率 = 95 %", 2015), Verdict.REACHED),
        (("入园率 > 95 %", 2015, 2015), ("入园率 = 95 %", 2015), Verdict.MISSED),
        (("入园率 >= 95 %", 2015, 2015), ("入园率 > 90 %", 2015), Verdict.OPEN),
        (("入园率 = 95 %", 2015, 2015), ("入园率 = 955 ‰", 2015), Verdict.REACHED),
        (("入园率 = 95 %", 2015, 2015), ("入园率 = 95 所", 2015), Verdict.OTHER_UNIT),
        (("入园率 = 95 %", 2015, 2015), ("入园率 = 96 %", 2016), Verdict.LATER),
        (("入园率 = 95 %", 2015, 2015), ("入园率 = 94 %", 2016), Verdict.MISSED),
        (("入园率 = 95 %", 2018, 2015), ("入园率 = 94 %", 2016), Verdict.NOT_DUE),
        (("入园率 = 95 %", 2018, 2015), ("入园率 = 96 %", 2016), Verdict.REACHED),
        (("班额 <= 45 人", 2015, 2015), ("班额 = 44 人", 2015), Verdict.REACHED),
        (("班额 <= 45 人", 2015, 2015), ("班额 = 46 名", 2015), Verdict.MISSED),
        (("班额 <= 45 人", 2015, 2015), ("班额 <= 50 人", 2015), Verdict.OPEN),
        (("辍学率 = 1 %", 2015, 2015), ("辍学率 = 2 %", 2015), Verdict.OPEN),
        (("新建学校 = 20 所", 2015, 2015), ("新建学校 >= 20 个", 2015), Verdict.REACHED),
        (("新建学校 = 20 所", 2015, 2015), ("新建学校 = 19 所", 2015), Verdict.MISSED),
        (("新建学校 = 20 所", 2015, 2015), ("新建学校 = 25 所", 2016), Verdict.OTHER_YEAR),
        (("新建学校 = 20 所", 2018, 2015), ("新建学校 = 8 所", 2018), Verdict.PARTLY),
        (("投入资金 = 1.2 亿元", 2015, 2015), ("投入资金 = 12000 万元", 2015), Verdict.REACHED),
        (("投入资金 = 1.2 亿元", 2015, 2015), ("投入资金 = 11999 万元", 2015), Verdict.MISSED),
        (("培训教师 = 90 人次", 2015, 2015), ("培训教师 = 95 人", 2015), Verdict.OTHER_UNIT),
    ],
)
def test_whether_a_figure_is_reached(
    planned: tuple[str, int, int], achieved: tuple[str, int], expected: Verdict
) -> None:
    """Units, bounds, 万 and 亿, deadlines; a count answers for its own year only."""
    assert verdict(goal(*planned), goal(*achieved)) is expected


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("新增学位", "增加学位", Level.SAME),
        ("年底前城区小学覆盖率", "城区小学覆盖率", Level.SAME),
        ("公办园占比", "公办幼儿园占比", Level.SAME),
        ("义务教育巩固率", "义务教育入学率", Level.NONE),
        ("公办幼儿园占比", "普惠性幼儿园占比", Level.NONE),
        ("农村小学教师培训", "农村小学校长培训", Level.NONE),
        ("新建乡镇幼儿园", "改造乡镇幼儿园", Level.NONE),
        ("骨干教师交流", "教师交流", Level.ALIKE),
        ("开办公办幼儿园", "开办普惠性公办幼儿园", Level.ALIKE),
        ("校园足球特色学校", "职业教育集团", Level.NONE),
    ],
)
def test_when_two_indicators_are_one(one: str, other: str, level: Level) -> None:
    """Wordings without a contrast; in between, the reader decides."""
    pair = goal(f"{one} = 1 所", 2015), goal(f"{other} = 1 所", 2015)
    assert nearness(*pair)[0] is nearness(*pair[::-1])[0] is level


STATED, DOCUMENT, EFFECTIVE = DateKind.STATED, DateKind.DOCUMENT, DateKind.EFFECTIVE


@pytest.mark.parametrize(
    ("mine", "its", "first"),
    [
        ([said(2013, Status.STARTED, STATED)], [said(2014, Status.COMPLETED, STATED)], Who.ONE),
        ([said(2014, Status.STARTED, STATED)], [said(2013, Status.COMPLETED)], Who.OTHER),
        ([said(2013, Status.STARTED, STATED)], [said(2013, Status.COMPLETED, EFFECTIVE)], Who.TIE),
        ([said(2013, Status.STARTED)], [said(2013, Status.STARTED)], Who.OPEN),
        ([said(2013, Status.STARTED, STATED)], [said(2017, Status.STARTED)], Who.OPEN),
        ([said(2013, Status.ONGOING, STATED)], [said(2013, Status.STARTED, STATED)], Who.OPEN),
        ([said(2013, Status.PLANNED)], [said(2014, Status.STARTED, STATED)], Who.OPEN),
        ([said(2014, Status.PLANNED, STATED)], [said(2013, Status.COMPLETED)], Who.OTHER),
        ([said(2012, Status.PLANNED), said(2015, Status.STARTED, STATED)], [said(2014, Status.ONGOING)], Who.OTHER),
        ([said(None, Status.STARTED, None)], [said(2013, Status.STARTED, STATED)], Who.OPEN),
    ],
)
def test_who_was_first(mine: list[Said], its: list[Said], first: Who) -> None:
    """Only years that the texts bound on both sides decide; a document's year, 继续 and a plan do not."""
    swapped = {Who.ONE: Who.OTHER, Who.OTHER: Who.ONE}.get(first, first)
    assert who(first_of(mine), first_of(its)) is first
    assert who(first_of(its), first_of(mine)) is swapped


def test_two_places(graph: PolicyGraph) -> None:
    """Shared programmes with who was first, those of one place only, and the years that are asked for."""
    found = place_comparison(graph, "宜昌市", "荆州市")
    assert {s.thing.name: s.who for s in found.shared} == {
        "三通两平台": Who.ONE,  # ≤2014 and 2016
        "校长职级制": Who.OPEN,
        "集团化办学": Who.OPEN,
    }
    assert "荆楚书声" in [own.thing.name for own in found.only_other]
    assert "星级班级" not in [own.thing.name for own in found.only_one]
    later = place_comparison(graph, "宜昌市", "荆州市", (2015, 2016))
    assert "书香校园" in [own.thing.name for own in later.only_one]
    assert all(2015 <= (own.first.said.year or 0) <= 2016 for own in later.only_one)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["宜昌事", 2015], "did you mean '宜昌市'?"),
        (["武汉市", 2015], "knows no Place '武汉市'"),
        (["夷陵区", 2015], "knows no Place"),
        (["湖北省", 2015], "no document of 湖北省 with a known year was read; there are documents of 宜昌市、荆州市"),
        (["宜昌市", 2014], "there are plans of 2015、2016"),
        (["荆州市", 2016], "no plan of it was read at all"),
        (["宜昌市", "--with", "宜昌市"], "are one place"),
        (["宜昌市", "--with", "湖北省"], "no text says what 湖北省 does"),
        (["宜昌市", "1990-1995", "--with", "荆州市"], "no text says what 宜昌市 does in 1990–1995"),
        (["宜昌市"], "say which year's plan"),
        (["宜昌市", "2015-2016"], "a plan is compared year by year: write 2015"),
        (["宜昌市", "去年"], "is no year"),
        (["宜昌市", 2015, "--out", "page.txt"], "must end in .html"),
        (['宜昌市> ; "', 2015], "knows no Place"),
    ],
)
def test_what_cannot_be_compared(folder: Path, asked: list[object], told: str) -> None:
    """One clear line with the cure, never a traceback."""
    result = run("compare", folder, *asked)
    assert result.exit_code in (1, 2)
    assert told in result.output


@pytest.mark.parametrize("asked", [["2015"], ["--with", "荆州市"]])
def test_forms_of_the_answer(folder: Path, tmp_path: Path, asked: list[str]) -> None:
    """The same rows as CSV and JSON; for the terminal in words and tables; and a page."""
    page = tmp_path / "page.html"
    as_json = json.loads(run("compare", folder, "宜昌市", *asked, "-f", "json").output)
    as_csv = list(csv.DictReader(io.StringIO(run("compare", folder, "宜昌市", *asked, "-f", "csv").output)))
    assert [row["名称"] for row in as_json] == [row["名称"] for row in as_csv]
    told = run("compare", folder, "宜昌市", *asked, "--out", page).output
    written = page.read_text("utf-8")
    for row in as_json:
        assert row["名称"] in told
        assert row["名称"] in written


def test_hostile_file_names(tmp_path: Path) -> None:
    """What a file is called reaches the terminal shown and not sent, and the page as text."""
    folder = built(tmp_path, {HOSTILE: PLAN_2015, "2014.txt": SUMMARY_2014})
    page = tmp_path / "page.html"
    told = run("compare", folder, "宜昌市", 2015, "--out", page).output
    assert not {"\x1b", "\u202e"} & set(told)
    assert "␛[31m<img" in told
    assert "<img" not in page.read_text("utf-8")
    assert "&lt;img src=x" in page.read_text("utf-8")
