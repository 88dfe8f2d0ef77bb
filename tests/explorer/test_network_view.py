"""The network view: real clicks and keys on the canvas, ways between two things, what is lit, greyed, unfolded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.diffusion.adoptions import History
from kg.graph.store import PolicyGraph
from kg.model import Kind
from kg.views.explorer.page import explorer_html
from kg.views.explorer.records import ClaimRow, Exploration, Quote, Source, Thing, Tie
from kg.views.records import Link

from .conftest import Opened, in_browser

BASE = "https://w3id.org/policy-kg/id/"
AT = """(iri) => {
  const scene = networkScene.made(), view = document.querySelector(".net-view"), thing = data.thing(iri);
  const camera = networkCamera.fitted(scene.box, view.clientWidth, view.clientHeight), box = view.getBoundingClientRect();
  return [box.x + scene.x[thing] * camera.scale + networkCamera.left(camera),
          box.y + scene.y[thing] * camera.scale + networkCamera.top(camera)];
}"""
PIXELS = """() => {
  const canvas = document.querySelector(".net-view canvas");
  return new Set(new Uint32Array(canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size;
}"""
WAY = "([from, to, timed]) => networkPaths.found(data.thing(from), data.thing(to), timed)"


def network(opened: Opened, hash_: str = "") -> Opened:
    """The page in the network view, its first picture drawn."""
    opened.go(f"view=network&{hash_}")
    opened.page.wait_for_selector("html[data-drawn]")
    return opened


def camera(opened: Opened, before: str = "") -> str:
    """Where the camera stands, as soon as the address says another place than `before`."""
    for _ in range(100):
        if opened.hash.get("network.at", "") != before:
            break
        opened.page.wait_for_timeout(50)
    return opened.hash.get("network.at", "")


def names(thing: str, kind: Kind = Kind.PLACE) -> Thing:
    return Thing(f"{BASE}{thing}", kind, thing.rpartition("/")[2])


@pytest.fixture(scope="module")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """甲 2010 → 项目 ← 乙 2014, 丙 without a year, 丁 2005; 戊 stands alone; nothing was given a place in the layout."""
    places = [names(f"place/{name}") for name in "甲乙丙丁戊"]
    things = (names("program/集团化办学", Kind.PROGRAM), *places)
    years = (2010, 2014, None, 2005)
    claims = tuple(
        ClaimRow(
            f"{BASE}claim/{i}",
            "Adoption",
            "",
            0,
            (("place", places[i].iri), ("program", things[0].iri)),
            year=year,
            year_to=year,
            date_kind="Stated" if year else "",
        )
        for i, year in enumerate(years)
    )
    ties = tuple(Tie(i + 1, 0, Link.ADOPTS, (i,)) for i in range(len(years)))
    source = Source(f"{BASE}source/1", "总结.txt", 0, "教育工作总结")
    quote = Quote(0, 0, 12, "全区推行集团化办学改革。", "全区推行集团化办学改革。")
    shown = Exploration("小图", BASE, things, (source,), (quote,), claims, ties, History((), (), ()))
    file = tmp_path_factory.mktemp("network") / "small.html"
    file.write_text(explorer_html(shown), "utf-8")
    return file


@pytest.fixture
def small(browser: Any, small_file: Path) -> Iterator[Opened]:
    yield from in_browser(browser, small_file)


def test_the_picture_is_there_and_gone_with_the_view(opened: Opened) -> None:
    """A drawn picture has many colours; `data-drawn` tells when, and only while the network is looked at."""
    network(opened)
    assert opened.page.evaluate(PIXELS) > 50
    opened.page.click("#tabs [data-view=places]")
    assert opened.page.get_attribute("html", "data-drawn") is None


def test_a_click_on_a_thing_chooses_it_and_back_leaves_it(small: Opened) -> None:
    network(small)
    small.page.mouse.click(*small.page.evaluate(AT, "place/甲"))
    assert small.hash["chosen"] == "place/甲"
    small.page.go_back()
    assert "chosen" not in small.hash


def test_a_click_on_a_tie_chooses_its_claim(small: Opened) -> None:
    network(small)
    (ax, ay), (bx, by) = (small.page.evaluate(AT, iri) for iri in ("place/甲", "program/集团化办学"))
    small.page.mouse.click((ax + bx) / 2, (ay + by) / 2)
    assert small.hash["claim"] == "0"


def test_the_pointer_shows_name_and_kind(small: Opened) -> None:
    network(small, "lang=en")
    small.page.mouse.move(*small.page.evaluate(AT, "program/集团化办学"))
    assert small.page.inner_text(".net-hover") == "集团化办学\nProgramme · 4 ties"


def test_keys_move_zoom_choose_and_tell(small: Opened) -> None:
    """N goes to the most tied thing and tells it, Enter chooses it; arrows and + leave their mark in the address."""
    network(small)
    small.page.focus(".net-view canvas")
    small.page.keyboard.press("n")
    assert small.page.inner_text("#live") == "集团化办学，政策项目，4 条关系"
    small.page.keyboard.press("Enter")
    assert small.hash["chosen"] == "program/集团化办学"
    small.page.keyboard.press("+")
    near = camera(small)
    small.page.keyboard.press("ArrowRight")
    there = camera(small, near)
    assert near != there
    assert near.split(",")[2] == there.split(",")[2]
    small.page.keyboard.press("0")
    assert "network.at" not in small.hash


def test_a_drag_moves_and_chooses_nothing(small: Opened) -> None:
    network(small)
    x, y = small.page.evaluate(AT, "place/甲")
    small.page.mouse.move(x, y)
    small.page.mouse.down()
    small.page.mouse.move(x + 60, y + 20, steps=4)
    small.page.mouse.up()
    assert camera(small)
    assert "chosen" not in small.hash


@pytest.mark.parametrize(
    ("start", "end", "found", "sure", "why"),
    [
        ("place/甲", "place/乙", 2, True, ""),  # 2010, then 2014
        ("place/乙", "place/甲", None, False, "decreasing"),
        ("place/甲", "place/丙", 2, False, "years"),  # nobody knows when 丙 began
        ("place/丁", "place/甲", 2, True, ""),
        ("place/甲", "place/戊", None, False, "apart"),
    ],
)
def test_a_way_in_time_never_goes_back(
    small: Opened, start: str, end: str, found: int | None, sure: bool, why: str
) -> None:
    way = small.page.evaluate(WAY, [start, end, True])
    assert (way["steps"] and len(way["steps"]), way["sure"], way["why"]) == (found, sure, why)


def test_a_way_is_found_by_names_and_told(small: Opened) -> None:
    """Two names typed, the steps with their year and sentence beside the picture; a step opens its claim."""
    network(small)
    for key, name in (("from", "乙"), ("to", "甲")):
        small.page.fill(f"#net-{key}", name)
        small.page.keyboard.press("Enter")
    assert (small.hash["from"], small.hash["to"]) == ("place/乙", "place/甲")
    assert small.page.locator(".net-way li").count() == 3
    assert "全区推行集团化办学改革。" in small.page.inner_text(".net-side")
    assert small.page.inner_text("#live").startswith("找到一条路，2 步。")
    small.page.click(".net-step button")
    assert small.hash["claim"] == "1"
    small.page.click("text=按年份先后")
    assert "后一步早于前一步" in small.page.inner_text(".net-side")


def test_what_does_not_pass_is_greyed_and_counted(small: Opened) -> None:
    network(small, "since=2012&undated=no")
    assert "关系 1 / 4" in small.page.inner_text(".net-key summary")
    tones = small.page.evaluate("(() => { const { tieTone } = networkScene.made(); return [...tieTone]; })()")
    assert tones == [0, 2, 0, 0]
    rows = small.page.evaluate("networkView.rows().rows")
    assert [row[:4] for row in rows] == [["乙", "采纳", "集团化办学", "2014"]]


def test_unfolding_stands_in_the_address(small: Opened) -> None:
    """A double click leaves what is around one thing; more steps show more; back shows all again."""
    network(small)
    small.page.mouse.dblclick(*small.page.evaluate(AT, "place/甲"))
    assert small.hash["network.focus"] == "place/甲"
    assert small.page.evaluate("networkScene.made().things.length") == 2
    small.page.click("text=3")
    assert small.hash["network.depth"] == "3"
    assert small.page.evaluate("networkScene.made().things.length") == 5
    small.page.go_back()
    small.page.go_back()
    assert small.page.evaluate("networkScene.made().things.length") == 6


def test_the_trace_of_a_programme_is_in_order_of_year(opened: Opened, exploration: Exploration) -> None:
    program = max(exploration.history.programs, key=lambda p: len(exploration.history.by_program[p.id]))
    short = program.id.removeprefix(exploration.base)
    network(opened, f"program={short}")
    adoptions = exploration.history.by_program[program.id]
    assert opened.page.locator(".net-side li").count() == len(adoptions)
    years = opened.page.evaluate(
        "() => { const { rows } = networkScene.made(); return rows.map((row) => data.adoptions.upper[row] || 9999); }"
    )
    assert years == sorted(years)
    opened.page.click(".net-close")
    assert opened.hash["network.trace"] == "no"


def test_it_can_be_taken_away(small: Opened) -> None:
    """A fresh picture of the whole, and a question to the graph that no IRI breaks out of."""
    network(small)
    assert small.page.evaluate("networkView.picture() !== document.querySelector('.net-view canvas')")
    assert small.page.evaluate("networkView.picture().width") == 3200
    network(small, "network.focus=place/甲")
    assert f"<{BASE}place/甲>" in small.page.evaluate("networkView.question()")


def test_names_of_the_graph_stay_text(browser: Any, tmp_path: Path, exploration: Exploration) -> None:
    """Markup, a change of direction, an endless name: drawn and shown, never run."""
    hostile = ('<img src=x onerror="alert(1)">', "\u202e令反" * 10, "长" * 100_000)
    things = tuple(thing._replace(name=hostile[i % 3]) for i, thing in enumerate(exploration.things[:60]))
    file = tmp_path / "hostile.html"
    file.write_text(explorer_html(Exploration("敌意", exploration.base, things)), "utf-8")
    for page in in_browser(browser, file):
        network(page, f"chosen={things[0].iri.removeprefix(exploration.base)}")
        assert page.page.locator("#stage img").count() == 0


def test_the_question_gives_the_ties_that_claims_make(opened: Opened, example: PolicyGraph) -> None:
    """Asked of the graph, it names the same pairs as the picture draws."""
    opened.go("view=network")
    rows = example.query(opened.page.evaluate("networkView.question()"))
    ties = opened.page.evaluate(
        """[...Array(data.ties.rows).keys()].filter((tie) => data.ties.claims.at(tie).length).map((tie) =>
             [data.ties.source, data.ties.target].map((ends) => data.meta.base + data.things.iri.at(ends[tie])))"""
    )
    assert sorted((str(row[0]), str(row[3])) for row in rows) == sorted(map(tuple, ties))


@pytest.mark.parametrize("theme", ["", "dark"])
def test_the_network_is_printed_in_light_colours(browser: Any, page_file: Path, theme: str) -> None:
    """On paper stands what is seen, drawn anew on white; the page on the screen stays dark, before and after."""
    corner = "(canvas) => [...canvas.getContext('2d').getImageData(1, 1, 1, 1).data].slice(0, 3)"
    for opened in in_browser(browser, page_file, color_scheme="dark"):
        page = opened.page
        network(opened, f"theme={theme}&network.at=0,0,2")
        on_screen = page.locator(".net-view canvas").bounding_box()
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.locator(".net-view canvas").evaluate(corner) == [0x16, 0x18, 0x1B]
        assert not page.is_visible(".net-print")
        page.emulate_media(media="print")
        printed = page.locator(".net-print")
        assert printed.evaluate(corner) == [255, 255, 255]
        assert printed.evaluate("(canvas) => canvas.width") == 2 * on_screen["width"]
        assert printed.bounding_box()["height"] > 300
        assert not page.is_visible(".net-view canvas")
        page.emulate_media(media="screen")
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.locator(".net-print").count() == 0
        assert opened.hash.get("theme", "") == theme
        page.pdf()  # the browser itself tells the page of it
        assert page.locator(".net-print").count() == 0
