"""The year of a part: which evidence wins, how sure it is, and what is told of the evidence that lost."""

from decimal import Decimal

import pytest

from kg.model import Decision, Span
from kg.texts import read_document, split_parts
from kg.texts.line_spans import lines_with
from kg.texts.years import CONFIDENCE

BODY = "县教育局新建公办幼儿园三所，改造农村学校食堂十二个，群众满意度进一步提高。"


def years(text: str, file: str = "a.txt") -> list[Decision]:
    """What was decided about the year of the only part, then what was doubted."""
    (part,) = split_parts(read_document(text.encode(), file))
    return [decision for decision in part.decided if decision.what == "year"]


@pytest.mark.parametrize(
    ("history", "year"),
    [
        ("2009年3月5日某市第十四届人民代表大会常务委员会第三次会议通过", 2009),
        (
            "2009年3月5日某市第十四届人民代表大会常务委员会第三次会议通过\n2009年5月27日省人民代表大会常务委员会第九次会议批准",
            2009,
        ),
        (
            "2009年3月5日某市第十四届人民代表大会常务委员会第三次会议通过\n"
            "根据2016年9月1日某市第十五届人民代表大会常务委员会第八次会议《关于修改〈某市供水条例〉等三件地方性法规的决定》修正",
            2016,
        ),
        (
            "2013年9月5日某市人民代表大会常务委员会公告公布自2014年1月1日施行"
            "根据2018年9月7日某市第十六届人民代表大会常务委员会第十一次会议《关于修改部分条例的决定》修正",
            2018,
        ),
        ("二〇〇九年三月五日某市第十四届人民代表大会常务委员会第三次会议通过", 2009),
    ],
)
def test_regulation_is_of_its_latest_date(history: str, year: int) -> None:
    """The latest adoption, approval or amendment above the first article; the day of coming into force does not count."""
    text = f"某市学校用地条例\n{history}\n第一条 为了保护学校用地，制定本条例。\n第二条 本条例自2019年1月1日起施行。"
    (decision,) = years(text)
    assert (decision.value, decision.rule) == (str(year), "adopted-or-amended")


@pytest.mark.parametrize(
    ("text", "decided", "doubted"),
    [
        (f"某县教育局2018年工作总结\n2016年，全县教育再上台阶。{BODY}", "2016", ("2018", "own-title-disagrees")),
        (
            f"某县教育局2018年工作总结\n2016年，全县教育再上台阶。2018年任务全部完成。{BODY}",
            "2018",
            ("2016", "opening-sentence-disagrees"),
        ),
        (f"某县教育局2018年工作计划\n2017年，全县教育再上台阶。{BODY}", "2018", None),
        (f"某县教育局2018年工作计划\n特制定2015年工作计划。{BODY}", "2015", ("2018", "own-title-disagrees")),
        (f"某县教育局2018年工作计划\n今年是“十三五”开局之年。{BODY}", "2016", ("2018", "own-title-disagrees")),
        (f"最新2020年教育工作计划范文\n特制定2015年工作计划。{BODY}", "2015", ("2020", "site-title-disagrees")),
        (f"最新2020年教育工作计划范文\n{BODY}", "2020", None),
    ],
)
def test_disagreement_is_told(text: str, decided: str, doubted: tuple[str, str] | None) -> None:
    """The text wins over a title whose year it never names; what lost is a doubted decision beside the first."""
    first, *others = years(text)
    assert first.value == decided
    assert [(other.value, other.rule) for other in others] == ([doubted] if doubted else [])
    assert all(other.confidence < first.confidence for other in others)


@pytest.mark.parametrize(
    ("file", "year"),
    [
        ("2018年某县教育工作总结.txt", 2018),
        ("某县条例(2019-01-15).txt", 2019),
        ("zhengzhou-2019-keypoints.txt", 2019),
        ("a/2017年/某县教育工作总结.txt", None),
        ("2017-2018年.txt", None),
        ("a2013f.txt", None),
        ("2018年总结.csv#3", None),
    ],
)
def test_year_of_the_file_name(file: str, year: int | None) -> None:
    """The file's own name, if it names one year; never its folder, nor the table that a row stands in."""
    (decision,) = years(f"某县教育工作总结\n{BODY}", file)
    assert (decision.value, decision.rule) == ((str(year), "file-name") if year else ("", "no-year"))


@pytest.mark.parametrize(
    ("text", "confidence"),
    [
        (f"某县教育局2018年工作要点\n{BODY}", "0.97"),
        (f"教育工作要点\n特制定2018年工作计划。{BODY}", "0.93"),
        (f"最新2020年教育工作计划范文\n{BODY}", "0.5"),
        (f"20xx年教育工作计划\n{BODY}", "0"),
        (f"教育工作计划\n{BODY}", "0"),
    ],
)
def test_confidence(text: str, confidence: str) -> None:
    """A title is surer than a sentence, a site's title hardly, and what stays open has none."""
    assert years(text)[0].confidence == Decimal(confidence)


def test_every_confidence_is_a_share() -> None:
    """No rule is certain, none worthless."""
    assert all(0 < confidence < 1 for confidence in CONFIDENCE.values())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("甲年\n乙\n丙年年\n丁年", ["甲年", "丙年年", "丁年"]),
        ("年", ["年"]),
        ("", []),
        ("\n\n年\n", ["年"]),
    ],
)
def test_lines_with_a_word(text: str, found: list[str]) -> None:
    """Every line that holds the word, once."""
    assert [text[slice(*line)] for line in lines_with("年", text, Span(0, len(text)))] == found


FIRST = "2017年，全县教育再上台阶。"


@pytest.mark.parametrize(
    ("text", "year", "rule"),
    [
        (f"教育工作意见\n{FIRST}{BODY}", "2017", "opening-sentence"),
        (f"教育工作意见\n某教发〔2018〕5号\n{FIRST}{BODY}", "2018", "own-number"),
        (f"教育工作意见\n{FIRST}{BODY}\n某县教育局\n2018年4月9日", "2018", "signature-date"),
        (f"教育工作意见\n2017年是攻坚之年。{BODY}\n某县教育局\n2018年4月9日", "2017", "opening-sentence"),
        (f"教育工作总结\n某教发〔2018〕5号\n{FIRST}{BODY}", "2017", "opening-sentence"),
        (f"教育工作总结\n{FIRST}{BODY}\n某县教育局\n2018年1月9日", "2017", "opening-sentence"),
        (f"校园里的新变化\n某教发〔2018〕5号\n操场铺上了草皮。{BODY}", "2018", "own-number"),
    ],
)
def test_what_a_text_tells_first(text: str, year: str, rule: str) -> None:
    """2017年，… yields to the text's own number and signature, but not in a summary; 2017年是… does not yield."""
    first = years(text)[0]
    assert (first.value, first.rule) == (year, rule)


@pytest.mark.parametrize(
    ("text", "year", "rule"),
    [
        (f"____年教育工作计划\n{BODY}", "", "masked-year"),
        (f"_年教育工作计划\n{BODY}", "", "masked-year"),
        (f"××××年教育工作计划\n{BODY}", "", "masked-year"),
        (f"最新2020年教育工作计划范文\n__年是攻坚之年。{BODY}", "", "masked-year"),
        (f"最新2020年教育工作计划范文\n今年是攻坚之年。{BODY}", "2020", "site-title"),
        (f"2020年教育工作计划\n自____年起执行。{BODY}", "2020", "own-title"),
    ],
)
def test_blank_year(text: str, year: str, rule: str) -> None:
    """A year left blank keeps a site's year out; a document's own title still tells it."""
    first = years(text)[0]
    assert (first.value, first.rule) == (year, rule)


@pytest.mark.parametrize(
    ("text", "year", "rule"),
    [
        (f"校园新变化\n2019/3/4 9:15:27发布88次查看\n记者获悉，学校将建。{BODY}", "2019", "news-date-of-the-page"),
        (f"校园新变化\n发布时间：2019-03-04 来源：某网\n记者获悉，学校将建。{BODY}", "2019", "news-date-of-the-page"),
        (f"校园新变化\n2019/3/4 9:15:27发布88次查看\n2018年3月1日，记者获悉。{BODY}", "2018", "news-dateline"),
        (f"校园新变化\n2019/3/4 9:15:27发布88次查看\n操场铺上草皮。{BODY}", "", "no-year"),
    ],
)
def test_date_of_news(text: str, year: str, rule: str) -> None:
    """News is of its own date, else of the one printed above it; other texts may have been put up at any time."""
    first = years(text)[0]
    assert (first.value, first.rule) == (year, rule)
