"""The names of a table's columns → which of them holds the text, the title, the date, the place, the year, the address."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, fields
from typing import NamedTuple

FULL_TEXT = (
    "正文",
    "全文",
    "正文内容",
    "政策全文",
    "政策正文",
    "文件正文",
    "文件全文",
    "fulltext",
    "full_text",
    "full text",
)
TEXT = (
    *("内容", "文本", "政策内容", "文件内容", "政策文本", "文本内容", "正文文本", "原文"),
    *("text", "content", "contents", "body", "article", "document"),
)
TITLE = ("标题", "题名", "政策标题", "文件标题", "政策名称", "文件名称", "名称", "title", "headline", "name")
DATE = (
    *("发布日期", "发布时间", "成文日期", "印发日期", "公布日期", "发文日期", "发文时间", "成文时间", "日期", "时间"),
    *("publish_date", "pub_date", "publication_date", "published", "date", "time"),
)
PROVINCE = ("省份", "省", "所属省份", "省级", "province", "prov")
CITY = ("城市", "市", "地市", "地级市", "所属城市", "市级", "city", "prefecture")
PLACE = ("地区", "地方", "所属地区", "发布地区", "地点", "行政区划", "place", "region", "location")
COUNTY = ("区县", "县区", "县", "区", "县市区", "市县", "县级", "county", "district")
YEAR = ("年份", "年度", "年", "year")
URL = ("链接", "网址", "来源链接", "原文链接", "url", "link", "source_url", "href")
FILE = ("文件", "文件名", "文件路径", "路径", "file", "filename", "file_name", "path")


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns as the user gives them; "" is guessed from the usual names."""

    text: str = ""
    title: str = ""
    date: str = ""
    place: str = ""
    year: str = ""
    url: str = ""


GUESSED = Columns()


class Layout(NamedTuple):
    """In which cells of a row what stands; `place` may be spread over several."""

    columns: tuple[str, ...]
    text: int
    title: int | None = None
    date: int | None = None
    place: tuple[int, ...] = ()
    year: int | None = None
    url: int | None = None


class NoLayout(Exception):
    """No column of this table can be taken for the text."""


def layout_of(names: tuple[str, ...], columns: Columns) -> Layout:
    """Finds the columns by the names the user gave, else by the usual ones."""
    wanted = {each.name: getattr(columns, each.name) for each in fields(columns)}
    found = {what: _named(names, name, what) for what, name in wanted.items() if name}
    text = found["text"] if "text" in found else _text_column(names)
    return Layout(
        columns=names,
        text=text,
        title=found.get("title", usual_column(names, TITLE)),
        date=found.get("date", usual_column(names, DATE)),
        place=(found["place"],) if "place" in found else _place_columns(names),
        year=found.get("year", usual_column(names, YEAR)),
        url=found.get("url", usual_column(names, URL)),
    )


def _named(names: tuple[str, ...], name: str, what: str) -> int:
    folded = [_folded(each) for each in names]
    if _folded(name) not in folded:
        raise NoLayout(
            f"there is no column {name}; the columns are {listed(names)}: name one with --{what}-column NAME"
        )
    return folded.index(_folded(name))


def _text_column(names: tuple[str, ...]) -> int:
    for usual in (FULL_TEXT, TEXT):
        found = [index for index, name in enumerate(names) if _folded(name) in usual]
        if len(found) == 1:
            return found[0]
        if found:
            texts = ", ".join(names[index] for index in found)
            raise NoLayout(f"several columns may hold the text ({texts}): name one with --text-column NAME")
    raise NoLayout(
        f"no column is known to hold the text; the columns are {listed(names)}: name it with --text-column NAME"
    )


def _place_columns(names: tuple[str, ...]) -> tuple[int, ...]:
    """Province, city and county where they stand apart; a column 地区 beside 省份 takes the city's part."""
    city = usual_column(names, CITY)
    tiers = (
        usual_column(names, PROVINCE),
        usual_column(names, PLACE) if city is None else city,
        usual_column(names, COUNTY),
    )
    return tuple(index for index in tiers if index is not None)


def usual_column(names: tuple[str, ...], usual: tuple[str, ...]) -> int | None:
    """The column with the most usual of the usual names."""
    folded = [_folded(name) for name in names]
    return next((folded.index(name) for name in usual if name in folded), None)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip("\ufeff :*").casefold()


def listed(names: tuple[str, ...]) -> str:
    lines = [" ".join(name.split()) for name in names[:12]]
    shown = [name if len(name) <= 20 else f"{name[:20]}…" for name in lines if name]
    return ", ".join(shown + ["…"] * (len(names) > 12)) or "without names"
