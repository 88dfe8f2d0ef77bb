"""Title, heading and opening of a part → its genre, with the words it was read from."""

from __future__ import annotations

import re
from decimal import Decimal

from kg.model import Decision, Genre, Span
from kg.patterns import regex

OPENING = 600  # characters of the text in which a genre may show itself

Rules = tuple[tuple[Genre, str], ...]

CONFIDENCE = {
    "adopted-at-a-session": Decimal("0.97"),
    "title-names-genre-of-the-year": Decimal("0.95"),
    "heading-names-genre": Decimal("0.93"),
    "title-names-genre": Decimal("0.95"),
    "opening-shows-genre": Decimal("0.8"),
    "site-heading-names-genre": Decimal("0.6"),
}
# The last of these words in a title is its head: 行动计划实施方案 is a Scheme, 计划生育条例 a Regulation.
TITLE_RULES: Rules = (
    (Genre.SPEECH, "讲话|致辞|发言"),
    (Genre.REPORT, "政府工作报告|述职报告|调研报告"),
    (Genre.KEY_POINTS, "要点"),
    (Genre.ACTION_PLAN, "行动(?:计划|方案)|攻坚计划|提升计划"),
    (Genre.SUMMARY, "总结(?:报告)?|回顾|情况(?:的?(?:报告|汇报))?"),
    (Genre.SCHEME, "方案|办法|细则|规程|预案"),
    (Genre.PLAN, "计划|规划|思路|打算|安排|部署|工作目标|主要任务|重点任务|总体要求"),
    (Genre.OPINION, "意见"),
    (Genre.REGULATION, "条例|规定|章程|规则|守则"),
    (Genre.REPORT, "报告|汇报"),
    (Genre.NOTICE, "通知|通告|公告|通报"),
)
# A heading that names a year looks back on it or ahead to it.
HEADING_RULES: Rules = (
    (Genre.SUMMARY, "总结|回顾|情况|成绩|成效|成就"),
    (Genre.KEY_POINTS, "要点"),
    (Genre.PLAN, "计划|打算|思路|安排|目标|任务|重点|部署|要求|举措|设想|工作$"),
)
OPENING_RULES: Rules = (
    (Genre.NEWS, r"本报讯|讯（(?:特约)?(?:通讯员|记者)"),
    (Genre.REPORT, "代表[^，。]{2,20}，?向大会(?:报告|作)"),
    (Genre.NEWS, "获悉|记者|通讯员|本报讯|日前|近日，|新闻发布会"),
    (Genre.SUMMARY, "现将[^。]{0,40}(?:总结|汇报|报告)如下"),
    (Genre.PLAN, "(?:制定|拟定)(?:[^。，；]{0,16}工作)?(?:计划|安排)|(?:制定|拟定)本(?:工作)?计划"),
    (
        Genre.NEWS,
        r"(?<![^\n])(?:\d{1,2}月\d{1,2}日，[^，。\n]{2,24}?|我[省市县区]|[\u4e00-\u9fff]{2,14}[局委厅办])(?:组织)?(?:召开|举行|举办)",
    ),
    (Genre.SCHEME, "(?:制定|拟定)(?:本|如下|以下)?(?:实施|工作)?(?:方案|办法)"),
    (Genre.OPINION, "提出(?:如下|以下)[^。]{0,8}意见"),
    (Genre.PLAN, "工作的?(?:总体|指导)(?:要求|思路|思想)(?:是|：)"),
)


# 某市养犬管理办法 is a Scheme of a bureau, but a Regulation where a people's congress or a whole government adopted it.
_ADOPTED = regex(
    r"^（?(?:19|20)\d\d年\d{1,2}月\d{1,2}日[^。\n]{0,40}(?:人民代表大?会|人大常委会|人民政府[^。\n]{0,12}常务会议)"
    r"[^。\n]{0,80}?(?:通过|批准|修正|修订|公布)",
    re.M,
)
_IMPLEMENTS_LAW = regex("实施《[^《》]{2,40}法》(?:的?若干)?(?:办法|规定|细则)")
_MAY_BE_ADOPTED = regex("办法|细则|决定|规则|规程|条例|规定|章程|决议|守则")


def decide_genre(
    clean: str, title: Span | None, heading: Span | None, site_heading: Span | None, body: Span
) -> Decision:
    """The own heading of a part, then its title, its opening words, and last the heading that a site gave it."""
    opening = Span(body.start, min(body.end, body.start + OPENING))
    return (
        _regulation(clean, title, opening)
        or _of_same_year(clean, title, heading)
        or _first(clean, heading, HEADING_RULES, "heading-names-genre")
        or _head(clean, title, "title-names-genre")
        or _first(clean, opening, OPENING_RULES, "opening-shows-genre")
        or _head(clean, site_heading, "site-heading-names-genre")
        or Decision("genre", Genre.OTHER.value, "no-genre", None, Decimal(0))
    )


def _decided(genre: Genre, rule: str, span: Span) -> Decision:
    return Decision("genre", genre.value, rule, span, CONFIDENCE[rule])


def _regulation(clean: str, title: Span | None, opening: Span) -> Decision | None:
    """…养老服务的决定 / 2019年5月1日某市第十五届人民代表大会常务委员会第九次会议通过; 某市实施《教师法》办法."""
    if title is None or not _MAY_BE_ADOPTED.search(clean, *title):
        return None
    if found := _ADOPTED.search(clean, max(title.end, opening.start), max(title.end, opening.end)):
        return _decided(Genre.REGULATION, "adopted-at-a-session", Span(*found.span()))
    if found := _IMPLEMENTS_LAW.search(clean, *title):
        return _decided(Genre.REGULATION, "title-names-genre", Span(*found.span()))
    return None


def _of_same_year(clean: str, title: Span | None, heading: Span | None) -> Decision | None:
    """2017年主要工作 below 2017年工作总结及2018年工作计划: what the title says of the heading's year."""
    year = re.search(r"20\d\d年", clean[slice(*heading)]) if heading else None
    if year is None or title is None:
        return None
    named = re.compile(rf"{year[0]}[^\d]{{0,12}}?(?:总结|回顾|计划|打算|思路|要点|安排)").search(clean, *title)
    return _first(clean, Span(*named.span()), HEADING_RULES, "title-names-genre-of-the-year") if named else None


def _first(clean: str, words: Span | None, rules: Rules, rule: str) -> Decision | None:
    """The first rule of the table that the words fit."""
    for genre, pattern in rules if words else ():
        if words and (found := re.compile(pattern).search(clean, *words)):
            return _decided(genre, rule, Span(*found.span()))
    return None


_TITLE_WORD = regex("|".join(f"(?P<r{i}>{pattern})" for i, (_, pattern) in enumerate(TITLE_RULES)))


def _head(clean: str, title: Span | None, rule: str) -> Decision | None:
    """The head word of the title; of 关于印发2018年工作要点的通知 it is what the notice hands down."""
    found = [
        (TITLE_RULES[int(match.lastgroup[1:])][0], Span(*match.span()))
        for match in (_TITLE_WORD.finditer(clean, *title) if title else ())
        if match.lastgroup
    ]
    handed_down = [(genre, span) for genre, span in found if genre is not Genre.NOTICE]
    for genre, span in (handed_down or found)[-1:]:
        return _decided(genre, rule, span)
    return None
