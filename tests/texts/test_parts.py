"""Documents to parts: where they are cut, and how title, genre and year were decided."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Genre, Part
from kg.texts import read_document, split_parts, split_sentences

BODY = "县教育局新建公办幼儿园三所，改造农村学校食堂十二个，群众满意度进一步提高。"


def parts_of(text: str) -> tuple[Part, ...]:
    return split_parts(read_document(text.encode(), "a.txt"))


def the_part(text: str) -> Part:
    (part,) = parts_of(text)
    return part


def rule(part: Part, what: str) -> str:
    return next(decision.rule for decision in part.decided if decision.what == what)


def words(part: Part, what: str) -> str:
    span = next(decision.span for decision in part.decided if decision.what == what)
    return part.document.clean[slice(*span)] if span else ""


@pytest.mark.parametrize(
    ("text", "years"),
    [
        (
            f"某县教育局2015年工作总结和2016年工作要点\n一、2015年主要工作总结\n{BODY}\n二、2016年工作要点\n{BODY}",
            [2015, 2016],
        ),
        (f"某县教育局工作总结\n（一）2015年工作情况\n{BODY}\n（二）2016年工作打算\n{BODY}", [2015, 2016]),
        (f"某县教育局2015年工作总结\n{BODY}\n某县教育局2016年工作计划\n{BODY}", [2015, 2016]),
        (f"某县教育局2015年工作总结\n一、2015年工作总结\n{BODY}\n二、明年工作打算\n{BODY}", [2015, 2016]),
        (f"2016年某县政府工作报告\n一、过去一年工作回顾\n{BODY}\n二、2016年主要任务\n{BODY}", [2015, 2016]),
        (f"某县教育局2015年工作总结\n一、主要成绩\n{BODY}\n二、不足\n{BODY}\n三、2016年工作思路\n{BODY}", [2015, 2016]),
        (f"某县2015年工作总结及2016年工作计划\n一、主要成绩\n{BODY}\n二、2016年工作安排\n{BODY}", [2015, 2016]),
        (f"某县教育工作总结\n一、主要成绩\n{BODY}\n二、2016年工作安排\n{BODY}", [None, 2016]),
        (f"某县教育局2015年工作总结\n一、上半年工作总结\n{BODY}\n二、下半年工作计划\n{BODY}", [2015]),
        (f"某县教育局2015年工作要点\n一、总体要求\n{BODY}\n二、到2020年的目标\n{BODY}", [2015]),
        (f"关于印发2015年工作要点的通知\n各学校：\n{BODY}\n某县教育局\n某县教育局2015年工作要点\n{BODY}", [2015]),
    ],
)
def test_cut_by_years(text: str, years: list[int]) -> None:
    """Headings of one level that name different years open parts; half-years, targets and attachments do not."""
    assert [part.year for part in parts_of(text)] == years


@pytest.mark.parametrize(
    ("headings", "titles"),
    [
        (
            ["2018年教育局工作计划篇1", "2018年教育局工作计划篇2"],
            ["2018年教育局工作计划篇1", "2018年教育局工作计划篇2"],
        ),
        (
            ["篇一：某县2016年教育工作要点", "篇二：某市2014年教育工作总结"],
            ["某县2016年教育工作要点", "某市2014年教育工作总结"],
        ),
        (["【范文一】", "【范文二】", "【范文三】"], ["【范文一】", "【范文二】", "【范文三】"]),
        (["第一篇", "第二篇"], ["第一篇", "第二篇"]),
        (["学校工作总结（一）", "学校工作总结（二）"], ["学校工作总结（一）", "学校工作总结（二）"]),
    ],
)
def test_compilation_is_cut_at_its_headings(headings: list[str], titles: list[str]) -> None:
    """篇一, 范文1, 第一篇, （一） after one title open the members of a compilation."""
    parts = parts_of("范文大全\n" + "\n".join(f"{heading}\n{BODY}" for heading in headings))
    assert [part.title for part in parts] == titles
    assert all(part.text.endswith(BODY) for part in parts)


@pytest.mark.parametrize(
    ("title", "headings", "parts"),
    [
        (
            "某县2021年工作总结及2022年工作计划",
            ("一、主要成绩", "二、存在问题", "三、下一步工作打算"),
            [(2021, Genre.SUMMARY), (2022, Genre.PLAN)],
        ),
        (
            "某县2021年工作情况和2022年工作思路",
            ("第一部分 工作回顾", "第二部分 工作思路"),
            [(2021, Genre.SUMMARY), (2022, Genre.PLAN)],
        ),
        (
            "某县2021年工作总结及2022年工作计划",
            ("一、今年以来工作", "二、今后努力方向"),
            [(2021, Genre.SUMMARY), (2022, Genre.PLAN)],
        ),
        (
            "某县2021年工作总结及2022年工作计划",
            ("一、重点工作完成情况", "二、主要任务完成情况"),
            [(2021, Genre.SUMMARY)],
        ),
        (
            "某县2021年工作总结及2022年工作计划",
            ("一、主要成绩", "二、存在问题"),
            [(2021, Genre.SUMMARY)],
        ),
        (
            "某县2021年工作总结",
            ("一、主要成绩", "二、存在问题", "三、下一步工作打算"),
            [(2021, Genre.SUMMARY)],
        ),
    ],
)
def test_title_of_two_years(title: str, headings: tuple[str, ...], parts: list[tuple[int, Genre]]) -> None:
    """Below a title of two years the plan begins at the chapter that looks ahead; without one all of it looks back."""
    text = "\n".join([title, *(f"{heading}\n{BODY}" for heading in headings)])
    assert [(part.year, part.genre) for part in parts_of(text)] == parts


def test_a_single_heading_makes_no_compilation() -> None:
    """One 第一篇 without a second cuts nothing."""
    assert len(parts_of(f"某县教育志\n第一篇\n{BODY}")) == 1


def test_chapters_make_no_compilation() -> None:
    """第一篇 with a chapter's name belongs to one long plan."""
    assert len(parts_of(f"某县教育规划纲要\n第一篇 奋进新的征程\n{BODY}\n第二篇 办好每所学校\n{BODY}")) == 1


def test_table_of_contents_is_skipped() -> None:
    """The headings that stand in a list above the members cut nothing."""
    listed = "篇一：学校工作总结\n篇二：学校工作计划\n"
    parts = parts_of(f"{listed}篇一：学校工作总结\n{BODY}\n篇二：学校工作计划\n{BODY}")
    assert [part.text for part in parts] == [f"学校工作总结\n{BODY}", f"学校工作计划\n{BODY}"]


def test_document_above_a_compilation_is_kept() -> None:
    """A document with items of its own above the first member is a part; a short introduction is none."""
    own = "某县2018年工作要点\n一、目标\n" + f"{BODY}\n" * 12
    assert [part.year for part in parts_of(f"{own}篇一\n{BODY}\n篇二\n{BODY}")] == [2018, None, None]


def test_the_title_of_a_site_is_no_evidence() -> None:
    """The year in a compilation's headings is the site's; a member has only the year that its own text gives it."""
    heading = "2018年教育局工作计划篇"
    first, second = parts_of(f"{heading}1\n{BODY}\n{heading}2\n2012年全州教育工作总的要求是：{BODY}")
    assert (first.year, rule(first, "year")) == (None, "no-year")
    assert (second.year, rule(second, "year")) == (2012, "opening-sentence")
    assert rule(first, "title") == "site-heading"


@pytest.mark.parametrize(
    ("text", "year", "by"),
    [
        (f"某县教育局2018年工作要点\n{BODY}", 2018, "own-title"),
        (f"某县教育局二○一八年工作要点\n{BODY}", 2018, "own-title"),
        (f"某县教育信息化规划（2014-2020年）\n{BODY}", 2014, "title-period"),
        (f"某校2018—2019学年度第二学期工作计划\n{BODY}", 2019, "title-period"),
        (f"某县教育局2015年落实三年行动计划（2014-2016年）要点\n{BODY}", 2015, "own-title"),
        (f"教育工作计划\n为做好工作，特制定2016年工作计划。{BODY}", 2016, "opening-sentence"),
        (f"教育工作总结\n2017年，全县教育系统奋力拼搏。{BODY}", 2017, "opening-sentence"),
        (f"教育工作要点\n{BODY}\n一、2019年主要任务\n{BODY}", 2019, "inner-heading"),
        (
            f"教育工作意见\n制定《某县教育局2013年重点任务分解》，按本年度目标督查。{BODY}",
            2013,
            "own-document-of-the-year",
        ),
        (f"教育工作计划\n组织好第三十个教师节庆祝活动。{BODY}", 2014, "teachers-day"),
        (f"教育工作计划\n办好第34个教师节系列活动。{BODY}", 2018, "teachers-day"),
        (f"教育工作计划\n以庆祝新中国成立60周年为主题开展教育。{BODY}", 2009, "anniversary"),
        (f"教育工作计划\n举办“庆祝建国65周年”文艺展演。{BODY}", 2014, "anniversary"),
        (f"教育工作计划\n20xx年是“十三五”规划开局之年。{BODY}", 2016, "five-year-plan"),
        (f"教育工作计划\n今年是党的十九大召开之年。{BODY}", 2017, "party-congress"),
        (f"教育工作意见\n某教发〔2012〕35号\n{BODY}", 2012, "own-number"),
        (f"教育工作意见\n{BODY}\n某县教育局\n2012年4月9日", 2012, "signature-date"),
        (
            f"今后三年教育这样办\n2019/3/4 9:15:27发布88次查看\n记者获悉，今年将建学校。{BODY}",
            2019,
            "news-date-of-the-page",
        ),
    ],
)
def test_year_is_read(text: str, year: int, by: str) -> None:
    """The title, the opening, a heading, and events that fall into one year only tell a part's year."""
    part = the_part(text)
    assert (part.year, rule(part, "year")) == (year, by)


@pytest.mark.parametrize(
    ("text", "by"),
    [
        (f"教育工作计划\n到2015年，全面普及学前教育。{BODY}", "no-year"),
        (f"教育工作计划\n为2014年迎接评估打好基础。{BODY}", "no-year"),
        (f"20xx年教育工作计划\n{BODY}", "masked-year"),
        (f"二〇××年教育工作计划\n{BODY}", "masked-year"),
        (f"教育工作计划\n总结新中国成立60周年来的成就。{BODY}", "no-year"),
        (f"教育工作计划\n到新中国成立100周年时实现现代化。{BODY}", "no-year"),
        (f"教育工作计划\n办好第30个教师节活动。\n庆祝建国60周年。{BODY}", "teachers-day-disagrees"),
        (f"教育工作总结\n{BODY}\n某县教育局\n2012年1月9日", "no-year"),
        (f"教育工作计划\n{BODY}\n某县教育局\n2012年12月9日", "no-year"),
        (f"教育工作计划\n时间:2020-03-04 09:15:27\n今年要办好学校。{BODY}", "no-year"),
    ],
)
def test_year_stays_open(text: str, by: str) -> None:
    """Targets, masks, upload dates, and hints that disagree tell no year."""
    part = the_part(text)
    assert (part.year, rule(part, "year")) == (None, by)


def test_decisions_show_their_words() -> None:
    """Each decision points to the words it was read from."""
    part = the_part(f"某县教育局2018年工作要点\n{BODY}")
    assert words(part, "title") == part.title == "某县教育局2018年工作要点"
    assert words(part, "genre") == "要点"
    assert words(part, "year") == "2018年"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("某县教育局2018年工作总结\n和2019年工作打算\n一、成绩", "某县教育局2018年工作总结和2019年工作打算"),
        ("中共某县委教育工委某县教育局\n2018年工作要点\n一、成绩", "中共某县委教育工委某县教育局2018年工作要点"),
        ("某县学前教育行动计划\n（2017—2020年）\n一、成绩", "某县学前教育行动计划（2017—2020年）"),
        ("分享：\n本报记者某某摄\n某县教育局2018年工作总结\n一、成绩", "某县教育局2018年工作总结"),
        ("办人民满意的教育！\n一、成绩", "办人民满意的教育！"),
        ("教育动态\n某县教育局2018年工作总结\n一、成绩", "某县教育局2018年工作总结"),
        ("一、成绩", ""),
    ],
)
def test_title_is_found(head: str, title: str) -> None:
    """The title is the first line that ends like one, with its broken-off lines; a heading is none."""
    assert the_part(f"{head}\n{BODY}").title == title


@pytest.mark.parametrize(
    ("title", "genre"),
    [
        ("某县2018年教育工作总结", Genre.SUMMARY),
        ("某县2018年教育工作总结报告", Genre.SUMMARY),
        ("某县教育工作情况汇报", Genre.SUMMARY),
        ("某县教育工作计划", Genre.PLAN),
        ("关于印发《某县教育局工作要点》的通知", Genre.KEY_POINTS),
        ("关于做好秋季招生工作的通知", Genre.NOTICE),
        ("某县学前教育三年行动计划", Genre.ACTION_PLAN),
        ("某县学前教育三年行动计划实施方案", Genre.SCHEME),
        ("某县中小学管理办法", Genre.SCHEME),
        ("关于加强师德建设的实施意见", Genre.OPINION),
        ("某县政府工作报告", Genre.REPORT),
        ("在全县教育大会上的讲话", Genre.SPEECH),
        ("某省人口与计划生育条例", Genre.REGULATION),
    ],
)
def test_genre_is_the_head_of_the_title(title: str, genre: Genre) -> None:
    """The last genre word of a title counts, but a notice is what it hands down."""
    assert the_part(f"{title}\n{BODY}").genre is genre


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        ("校园里的新变化\n记者从县教育局获悉，三所学校将开工。", Genre.NEWS),
        ("一、思路\n结合实际，特制定本年度工作计划。", Genre.PLAN),
        ("校园里的新变化\n操场铺上了草皮，教室换上了新灯。", Genre.OTHER),
        ("校园里的新变化\n本报讯 三所学校开工。", Genre.NEWS),
        ("校园里的新变化\n新校开工讯（通讯员 某某）三所学校开工。", Genre.NEWS),
        ("校园里的新变化\n3月5日，某县教育局组织召开校园安全会议。", Genre.NEWS),
        ("校园里的新变化\n我县举办教师合唱比赛。", Genre.NEWS),
        ("校园里的新变化\n某县教育局召开校园安全会议。", Genre.NEWS),
        ("校园里的新变化\n9月1日，全县学校开学。", Genre.OTHER),
        ("校园里的新变化\n教育局高度重视，多次召开会议。", Genre.OTHER),
        ("某县教育局2016年工作总结\n我县召开教育大会。", Genre.SUMMARY),
    ],
)
def test_genre_shows_in_the_opening(text: str, genre: Genre) -> None:
    """Without a telling title the opening words decide, or nothing does."""
    assert the_part(text).genre is genre


LINES = st.lists(
    st.sampled_from(
        [
            *[BODY, "附件", "20xx年", "2018年工作总结", "2019年工作计划", "一、2018年工作总结", "二、2019年工作计划"],
            *["三、明年打算", "（一）2018年目标", "篇一", "篇二", "工作计划篇1", "工作计划篇2"],
            *["工作总结（一）", "工作总结（二）", "第一篇", "第二篇"],
        ]
    ),
    min_size=1,
    max_size=14,
)


@given(LINES)
def test_parts_are_ordered_and_disjoint(lines: list[str]) -> None:
    """Parts follow each other without overlap, carry their index, and their sentences stay within them."""
    document = read_document("\n".join([BODY, *lines]).encode(), "a.txt")
    parts = split_parts(document)
    done = 0
    for index, part in enumerate(parts):
        assert part.index == index
        assert done <= part.span.start < part.span.end <= len(document.clean)
        assert part.place is None
        assert part.agency is None
        assert [decision.what for decision in part.decided][:3] == ["title", "genre", "year"]
        for sentence in split_sentences(part):
            assert part.span.start <= sentence.span.start < sentence.span.end <= part.span.end
        done = part.span.end
    assert parts
