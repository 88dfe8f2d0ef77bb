"""Adoption: who does which programme, since when, and how far it has come."""

import pytest
from reading import Row, claims

from kg.model import Genre, Relation

SUMMARY, PLAN, NEWS, OTHER = Genre.SUMMARY, Genre.PLAN, Genre.NEWS, Genre.OTHER

TRIED_THERE = "located-place-tries-program-before"


def adopted(
    columns: str, text: str, where: str = "宜昌市", year: int | None = 2016, genre: Genre = SUMMARY
) -> list[Row]:
    return claims(Relation.ADOPTS, columns, text, where, year, genre)


# ── How far the doing has come ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("verb", "in_summary", "in_plan", "in_unknown"),
    [
        ("实施", "Completed", "Planned", None),
        ("探索", "Completed", "Planned", None),
        ("首次推行", "Completed", "Planned", None),
        ("完成", "Completed", "Planned", None),
        ("启动", "Started", "Planned", None),
        ("推进", "Ongoing", "Ongoing", "Ongoing"),
        ("落实", "Ongoing", "Ongoing", "Ongoing"),
        ("继续实施", "Ongoing", "Ongoing", "Ongoing"),
        ("深入推进", "Ongoing", "Ongoing", "Ongoing"),
        ("不断完善", "Ongoing", "Ongoing", "Ongoing"),
        ("实施了", "Completed", "Completed", "Completed"),
        ("已实施", "Completed", "Completed", "Completed"),
        ("启动了", "Started", "Started", "Started"),
        ("推进了", "Ongoing", "Ongoing", "Ongoing"),
        ("取消", "Ended", "Ended", "Ended"),
        ("不再实施", "Ended", "Ended", "Ended"),
    ],
)
def test_status(verb: str, in_summary: str, in_plan: str, in_unknown: str | None) -> None:
    """Verb, adverb, aspect and genre decide together; a text of no known genre leaves the bare verb open."""
    text = f"{verb}校长职级制。"
    assert adopted("status", text, genre=SUMMARY) == [(in_summary,)]
    assert adopted("status", text, genre=PLAN) == [(in_plan,)]
    assert adopted("status", text, genre=OTHER) == [(in_unknown,)]


@pytest.mark.parametrize("verb", ["拟实施", "将启动", "争取完成", "计划推行", "拟推进", "将推广"])
def test_still_to_do_in_a_plan(verb: str) -> None:
    """拟, 将, 争取, 计划 before the verb: not yet done."""
    assert adopted("status", f"{verb}校长职级制。", genre=PLAN) == [("Planned",)]


@pytest.mark.parametrize("verb", ["拟实施", "将启动"])
def test_still_to_do_in_a_summary(verb: str) -> None:
    """What a summary says it is going to do is planned there too."""
    assert adopted("status", f"{verb}校长职级制。") == [("Planned",)]


def test_next_year_in_a_summary_is_planned() -> None:
    """明年实施 is a plan, whatever the genre."""
    assert adopted("year status", "明年实施校长职级制。") == [(2017, "Planned")]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("校长职级制顺利实施。", "Completed"),
        ("校长职级制取得成效。", "Completed"),
        ("校长职级制全面推开。", "Ongoing"),
        ("校长职级制稳步推进。", "Ongoing"),
        ("校长职级制正式启动。", "Started"),
        ("校长职级制取消。", "Ended"),
    ],
)
def test_reported_status(text: str, status: str) -> None:
    """A clause that reports on a programme tells its status itself."""
    assert adopted("rule status", text) == [("place-report-on-program", status)]


@pytest.mark.parametrize(
    ("text", "rule", "status"),
    [
        ("以县管校聘为抓手，激发活力。", "frame-of-another-act", "Ongoing"),
        ("按照“一校一品”的思路美化校园。", "frame-of-another-act", "Ongoing"),
        ("作为县管校聘试点，我市谋划在先。", "place-is-pilot-of-program", "Started"),
    ],
)
def test_programme_as_a_frame(text: str, rule: str, status: str) -> None:
    """以X为抓手, 按照X的思路, 作为X试点: the programme is in use."""
    assert adopted("rule place status", text) == [(rule, "宜昌市", status)]


@pytest.mark.parametrize(
    "text",
    [
        "有条件的学校可实施校长职级制。",
        "鼓励有条件的县市实施校长职级制。",
        "若实施校长职级制，须先论证。",
        "校长职级制尚未实施。",
        "校长职级制暂缓实施。",
        "没有实施校长职级制。",
        "不得以任何理由停止课后服务。",
        "校长职级制是一个热点。",
        "2016级学生参加走班制。",
    ],
)
def test_no_adoption(text: str) -> None:
    """Conditions, permissions, refusals and mere mentions adopt nothing."""
    assert adopted("place program", text) == []


def test_not_done_yet() -> None:
    """未实施 says that nothing was adopted."""
    assert adopted("place program", "未实施校长职级制的学校要加快进度。") == []


# ── Who ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("实施校长职级制。", ["宜昌市"]),
        ("全市实施校长职级制。", ["宜昌市"]),
        ("市教育局实施校长职级制。", ["宜昌市"]),
        ("枝江市实施校长职级制。", ["枝江市"]),
        ("荆州市实施校长职级制。", ["荆州市"]),
        ("枝江市、当阳市、远安县率先实施校长职级制。", ["枝江市", "当阳市", "远安县"]),
        ("枝江市和河南省信阳市浉河区实施校长职级制。", ["枝江市", "浉河区"]),
        ("枝江市取消校长职级制。", ["枝江市"]),
    ],
)
def test_named_doers(text: str, places: list[str]) -> None:
    """The places listed before the verb are its doers; without any it is the part's place."""
    assert adopted("place", text) == [(place,) for place in places]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("枝江市实验小学实施校长职级制。", []),
        ("宜昌市第一中学实施校长职级制。", []),
        ("河南省信阳市浉河区实验小学实施校长职级制。", []),
        ("枝江市实施校长职级制，枝江市实验小学先行。", ["枝江市"]),
        ("枝江市教育局实施校长职级制。", ["枝江市"]),
        ("在枝江市实验小学启动校长职级制试点。", ["宜昌市"]),
    ],
)
def test_place_of_a_school(text: str, places: list[str]) -> None:
    """What a school does is not done by the place in its name."""
    assert adopted("place", text) == [(place,) for place in places]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("枝江市借鉴外地做法，实施校长职级制。", ["枝江市"]),
        ("夷陵区、西陵区深化课改，并开展校长职级制。", ["夷陵区", "西陵区"]),
        ("夷陵区深化课改，市教育局开展校长职级制。", ["宜昌市"]),
        ("夷陵区深化课改。开展校长职级制。", ["宜昌市"]),
    ],
)
def test_subject_carried_over(text: str, places: list[str]) -> None:
    """A clause that opens with its verb goes on about the subject before; a new sentence does not."""
    assert adopted("place", text) == [(place,) for place in places]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("在枝江市、当阳市启动校长职级制试点。", ["宜昌市", "枝江市", "当阳市"]),
        ("县管校聘在枝江市、远安县启动试点。", ["宜昌市", "枝江市", "远安县"]),
        ("在会议上启动校长职级制试点。", ["宜昌市"]),
    ],
)
def test_located_adopters(text: str, places: list[str]) -> None:
    """在A、B启动: the city does it, and the counties where it is done have it too."""
    assert adopted("place", text) == [(place,) for place in places]


@pytest.mark.parametrize(
    ("text", "rule", "places"),
    [
        ("试点校长职级制。", "place-tries-program", ["宜昌市"]),
        ("夷陵区试点“县管校聘”。", "named-place-tries-program", ["夷陵区"]),
    ],
)
def test_on_trial(text: str, rule: str, places: list[str]) -> None:
    """试点X: it has begun."""
    assert adopted("rule place status", text) == [(rule, place, "Started") for place in places]


@pytest.mark.parametrize(
    ("text", "genre", "places", "status"),
    [
        ("推行校长职级制，9月起在夷陵区、远安县试点。", SUMMARY, ["夷陵区", "远安县"], "Started"),
        ("推行校长职级制。改革扩大到远安县、兴山县。", SUMMARY, ["远安县", "兴山县"], "Completed"),
        ("推行校长职级制，拟在夷陵区试点。", PLAN, ["夷陵区"], "Planned"),
        ("推行校长职级制，化解了难题，已在夷陵区试点。", Genre.NEWS, ["夷陵区"], "Started"),
        ("推行校长职级制，9月起在夷陵区试点。", Genre.NEWS, ["夷陵区"], "Planned"),
        ("推行校长职级制，在夷陵区召开会议。", SUMMARY, [], ""),
        ("推行校长职级制和走班制，9月起在夷陵区试点。", SUMMARY, [], ""),
        ("推行校长职级制。\n9月起在夷陵区试点。", SUMMARY, [], ""),
    ],
)
def test_tried_in_a_later_clause(text: str, genre: Genre, places: list[str], status: str) -> None:
    """…，9月起在A、B试点: what is tried there is the only programme spoken of in the paragraph so far."""
    found = [row[1:] for row in adopted("rule place status", text, genre=genre) if row[0] == TRIED_THERE]
    assert found == [(place, status) for place in places]


@pytest.mark.parametrize(
    "text", ["教育部启动县管校聘改革试点。", "省教育厅启动县管校聘改革。", "国务院办公厅推行县管校聘。"]
)
def test_act_of_another_government(text: str) -> None:
    """What the ministry or the province does is the background of a city's text, not its adoption."""
    assert adopted("place", text) == []


def test_programme_of_a_county() -> None:
    """总结完善枝江市“县管校聘”机制: the county has it and the city takes it up."""
    assert adopted("rule place status", "总结完善枝江市“县管校聘”改革机制。") == [
        ("place-does-program", "宜昌市", "Ongoing"),
        ("program-of-a-place-below", "枝江市", "Ongoing"),
    ]


def test_programme_of_several_counties() -> None:
    """总结推广A、B的X: both counties have it."""
    found = adopted("place", "总结推广枝江市、当阳市集团化办学的做法。")
    assert sorted(found) == [("宜昌市",), ("当阳市",), ("枝江市",)]


def test_title_won_by_a_county() -> None:
    """A title that a county won is not adopted by its city."""
    assert ("宜昌市",) not in adopted("place", "枝江市以优异成绩通过省级教育强市验收。")


@pytest.mark.parametrize(("where", "place"), [("", None), ("昌乐县", "昌乐县")])
def test_open_place_stays_open(where: str, place: str | None) -> None:
    """Where nobody is named and the part's place is open, the claim has no place."""
    assert adopted("place program", "推行校长职级制。", where) == [(place, "校长职级制")]


@pytest.mark.parametrize(
    "text",
    ["赴上海市学习集团化办学经验。", "赴上海市考察推进集团化办学的做法。", "前往上海市学习实施校长职级制的经验。"],
)
def test_studied_elsewhere(text: str) -> None:
    """赴外地学习 a programme is not yet to have it, even where another's 推进 stands before it."""
    assert adopted("place", text) == []


def test_under_a_new_name() -> None:
    """A更名为B: what is under way is called B now."""
    assert ("program-under-new-name", "校园足球") in adopted("rule program", "体育艺术2+1项目更名为校园足球。")


def test_pilot_in_a_county() -> None:
    """在A的X首批学校: it is tried in A."""
    assert adopted("rule place status", "在枝江市的校长职级制首批学校名单公布。") == [
        ("place-tried-in-places", "宜昌市", "Started"),
        ("located-place-tried-in-places", "枝江市", "Started"),
    ]


# ── When ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "year", "kind"),
    [
        ("实施校长职级制。", 2016, "Document"),
        ("今年，全市推行校长职级制。", 2016, "Stated"),
        ("年内推行校长职级制。", 2016, "Stated"),
        ("去年，全市推行校长职级制。", 2015, "Stated"),
        ("2014年推行校长职级制。", 2014, "Stated"),
        ("自2013年秋季学期起实施校长职级制。", 2013, "Effective"),
        ("从2012年起推行校长职级制。", 2012, "Effective"),
        ("到2020年全面实施校长职级制。", 2016, "Document"),
        ("力争2018年推行校长职级制。", 2016, "Document"),
        ("比2010年相比，推行校长职级制有了条件。", 2016, "Document"),
        ("对2014级学生推行走班制。", 2016, "Document"),
    ],
)
def test_years(text: str, year: int, kind: str) -> None:
    """A year said before the act, or 今年 and 去年 of the part; targets (到2020年), comparisons and 2014级 are no years of adoption."""
    assert adopted("year date_kind", text) == [(year, kind)]


def test_each_act_has_its_own_year() -> None:
    """The nearest year before the act counts."""
    text = "2014年启动校长职级制，2015年实施县管校聘。"
    assert adopted("program year", text) == [("校长职级制", 2014), ("县管校聘", 2015)]


def test_relative_year_of_an_undated_part() -> None:
    """今年 in a part without a year is no year."""
    assert adopted("year date_kind", "今年推行校长职级制。", year=None) == [(None, None)]


def test_range_of_years() -> None:
    """2014—2016年: the first year, and the last beside it."""
    assert adopted("year year_to", "2014—2016年实施农村教师安居工程。") == [(2014, 2016)]


def test_the_place_in_a_schools_name_does_nothing() -> None:
    """枝江市实验小学建成 says nothing of 枝江市: the part's place acts."""
    assert adopted("place program", "枝江市实验小学开学，推行校长职级制改革。") == [("宜昌市", "校长职级制")]
