"""The places view: 34 tiles, who adopted in each, what was read of it; a scatter; the same by keys alone and in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from kg.resources import shipped
from kg.views.explorer.records import Exploration
from kg.views.explorer.tiles import TILES

from .conftest import Opened, in_browser

PROGRAM = "县管校聘"
HASH = f"view=places&program=program/{quote(PROGRAM)}"


def by_province(exploration: Exploration, until: int | None = None) -> dict[str, int]:
    """Code of the province → how many of its places adopted PROGRAM, of the history that Python has."""
    history = exploration.history
    rows = history.by_program[f"{exploration.base}program/{PROGRAM}"]
    dated = [a for a in rows if until is None or (a.upper is not None and a.upper <= until)]
    provinces = [history.unit[a.unit].province.rpartition("/")[2] for a in dated]
    return dict(Counter(code for code in provinces if code))


def told(opened: Opened) -> dict[str, str]:
    """Code of each tile → its accessible name."""
    tiles = opened.page.eval_on_selector_all(
        ".tile", "all => all.map(t => [t.dataset.code, t.getAttribute('aria-label')])"
    )
    return dict(tiles)


def test_every_unit_has_one_tile_of_its_own() -> None:
    """23 provinces, 5 autonomous regions, 4 municipalities, 2 special administrative regions; none upon another."""
    ends = Counter(next(e for e in ("特别行政区", "自治区", "省", "市") if t.full.endswith(e)) for t in TILES)
    assert ends == {"省": 23, "自治区": 5, "市": 4, "特别行政区": 2}
    assert len({(tile.column, tile.row) for tile in TILES}) == len({tile.code for tile in TILES}) == 34


def test_the_codes_and_names_are_those_of_the_lexicon() -> None:
    """As data/lexicons/places.csv has them."""
    lines = shipped("data", "lexicons", "places.csv").read_text("utf-8").splitlines()
    provinces = {tuple(line.split(",")[:2]) for line in lines if ",Province," in line}
    assert {(tile.code, tile.full) for tile in TILES} == provinces


NEIGHBOURS = [
    ("650000", "540000", (0, 1)),  # 新疆 above 西藏
    ("220000", "210000", (0, 1)),  # 吉林 above 辽宁
    ("350000", "710000", (1, 0)),  # 台湾 right of 福建
    ("440000", "820000", (0, 1)),  # 澳门 below 广东
    ("820000", "810000", (1, 0)),  # 香港 right of 澳门
    ("310000", "320000", (-1, 0)),  # 上海 right of 江苏
]


@pytest.mark.parametrize(("one", "other", "way"), NEIGHBOURS)
def test_tiles_lie_where_a_reader_looks(one: str, other: str, way: tuple[int, int]) -> None:
    at = {tile.code: (tile.column, tile.row) for tile in TILES}
    assert (at[other][0] - at[one][0], at[other][1] - at[one][1]) == way


@pytest.mark.parametrize("size", [(1280, 900), (360, 780)])
def test_no_tile_lies_upon_another(browser: Any, page_file: Path, size: tuple[int, int]) -> None:
    for opened in in_browser(browser, page_file, viewport={"width": size[0], "height": size[1]}):
        opened.go(HASH)
        boxes = opened.page.eval_on_selector_all(
            ".tile .frame",
            "all => all.map(t => { const b = t.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; })",
        )
        assert len(boxes) == 34
        apart = [
            a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1] for a in boxes for b in boxes if a is not b
        ]
        assert all(apart)
        assert max(box[2] for box in boxes) <= size[0]
        assert len(sides := {round(box[2] - box[0], 1) for box in boxes}) == 1, sides


@pytest.mark.parametrize("until", [None, 2016])
def test_a_tile_counts_the_adopters_of_the_history(opened: Opened, exploration: Exploration, until: int | None) -> None:
    opened.go(HASH + (f"&year={until}" if until else ""))
    counted = opened.page.evaluate("[...placesData.now().tiles].map(([code, of]) => [code, of.count])")
    expected = by_province(exploration, until)
    assert {code: n for code, n in counted if n} == expected
    shaded = (
        "all => all.filter(f => f.getAttribute('fill').startsWith('var(--shade')).map(f => f.parentNode.dataset.code)"
    )
    assert set(opened.page.eval_on_selector_all(".tile .frame", shaded)) == set(expected)
    assert all(f"{n} 个地方采纳" in told(opened)[code] for code, n in expected.items())


def test_dots_are_the_adopters_and_those_only_read(opened: Opened) -> None:
    opened.go(HASH)
    assert opened.page.locator(".tile[data-code='370000'] .dot").count() == 9
    assert opened.page.locator(".tile[data-code='210000'] .dot").count() == 1


@pytest.mark.parametrize(
    ("code", "says", "not_"),
    [("210000", "0 个地方采纳", "资料暂缺"), ("710000", "资料暂缺", "采纳"), ("810000", "资料暂缺", "采纳")],
)
def test_unread_is_told_from_read_without_a_find(opened: Opened, code: str, says: str, not_: str) -> None:
    """Of 辽宁 a document was read that says nothing of it; of 台湾 and 香港 none was read."""
    opened.go(HASH)
    assert says in told(opened)[code]
    assert not_ not in told(opened)[code]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_three_units_bear_their_full_names(opened: Opened, lang: str) -> None:
    opened.go(f"{HASH}&lang={lang}")
    printed = {
        code: "".join(opened.page.locator(f".tile[data-code='{code}'] text").all_text_contents())
        for code in ("710000", "810000", "820000")
    }
    names = {
        "zh": {"710000": "台湾省", "810000": "香港特别行政区", "820000": "澳门特别行政区"},
        "en": {"710000": "TaiwanProvince", "810000": "Hong KongSAR", "820000": "MacaoSAR"},
    }[lang]
    assert all(printed[code].startswith(name) for code, name in names.items())


@pytest.mark.parametrize("mode", ["tiles", "scatter"])
def test_the_picture_has_title_note_and_legend(opened: Opened, mode: str) -> None:
    """So has what is taken away: they stand in the <svg> itself."""
    opened.go(f"{HASH}&places.mode={mode}")
    texts = opened.page.evaluate("[...placesView.picture().querySelectorAll('text')].map(t => t.textContent)")
    assert PROGRAM in texts
    assert "示意图，非地图" in texts
    assert {"采纳年份", "层级"} <= set(texts)


def test_arrows_walk_over_the_tiles_and_enter_opens_one(opened: Opened) -> None:
    """One tile at a time takes the tab key; what is chosen keeps the focus."""
    opened.go(HASH)
    assert opened.page.locator("svg [tabindex='0']").count() == 1
    opened.page.focus(".tile[data-code='370000']")
    opened.page.keyboard.press("ArrowLeft")
    opened.page.keyboard.press("Enter")
    assert opened.hash["places.province"] == "410000"
    assert opened.page.evaluate("document.activeElement.dataset.code") == "410000"
    assert opened.page.locator("svg [tabindex='0']").count() == 1
    assert opened.page.locator(".list tbody tr").count() == 7
    opened.page.click(".list tbody .goto >> nth=0")
    assert opened.hash["chosen"].startswith("place/")


def test_a_dot_opens_its_place(opened: Opened) -> None:
    opened.go(HASH)
    opened.page.click(".tile[data-code='430000'] .dot >> nth=0")
    assert opened.hash["chosen"].startswith("place/43")
    assert opened.hash["places.province"] == "430000"


def test_the_slider_follows_the_year_of_the_state(opened: Opened) -> None:
    opened.go(f"{HASH}&year=2016")
    assert opened.page.input_value("input.year") == "2016"
    opened.page.focus("input.year")
    opened.page.keyboard.press("ArrowLeft")
    assert opened.hash["year"] == "2015"
    opened.page.keyboard.press("End")
    assert "year" not in opened.hash


def test_what_the_filters_stop_is_greyed_and_counts_have_their_base(opened: Opened) -> None:
    opened.go(f"{HASH}&levels=County")
    assert "5 / 9 个地方采纳" in told(opened)["370000"]
    assert opened.page.locator(".tile[data-code='370000'] .dot [fill='var(--faded)']").count() == 4


def test_the_scatter_zooms_and_walks_by_keys(opened: Opened) -> None:
    opened.go(f"{HASH}&places.mode=scatter")
    first = "svg .dot[tabindex='0']"
    before = opened.page.get_attribute(first, "data-place")
    opened.page.focus(first)
    opened.page.keyboard.press("ArrowDown")
    opened.page.keyboard.press("+")
    opened.page.wait_for_timeout(400)
    assert "places.at" in opened.hash
    assert opened.page.get_attribute("svg .dot[tabindex='0']", "data-place") != before
    opened.page.keyboard.press("Enter")
    assert opened.hash["chosen"].startswith("place/")
    opened.page.click("text=⌂")
    assert "places.at" not in opened.hash


def test_places_without_coordinates_are_counted(opened: Opened, exploration: Exploration) -> None:
    opened.go(f"{HASH}&places.mode=scatter")
    rows = exploration.history.by_program[f"{exploration.base}program/{PROGRAM}"]
    nowhere = sum(exploration.history.unit[a.unit].lon is None for a in rows)
    assert opened.page.get_by_text(f"{nowhere} 个地方没有坐标").count() == 1


def test_the_table_has_every_adopter(opened: Opened, exploration: Exploration) -> None:
    opened.go(HASH)
    taken = opened.page.evaluate("placesView.rows()")
    dated = [row for row in taken["rows"] if row[3]]
    assert len(dated) == len(exploration.history.by_program[f"{exploration.base}program/{PROGRAM}"])
    assert ["山东省", "昌乐县", "县（区）", "2015", "启动"] in [row[:5] for row in dated]


@pytest.fixture
def narrow(browser: Any, page_file: Path) -> Iterator[Opened]:
    yield from in_browser(browser, page_file, viewport={"width": 360, "height": 780}, color_scheme="dark")


def test_a_narrow_page_keeps_the_picture_in_sight(narrow: Opened) -> None:
    """The legend moves below the tiles; names and numbers stay."""
    for mode in ("tiles", "scatter"):
        narrow.go(f"{HASH}&places.mode={mode}")
        assert narrow.page.evaluate("document.querySelector('#stage').scrollWidth <= innerWidth")
        assert narrow.page.locator("text=示意图，非地图").count() == 1
