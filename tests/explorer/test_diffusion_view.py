"""The start view: what it says of a programme is what kg.diffusion says, and keys and clicks reach all of it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kg.diffusion.ways.firsts import firsts
from kg.views.explorer.page import explorer_html
from kg.views.explorer.records import Exploration

from .conftest import Opened, in_browser

SCHOOLS = "program/县管校聘"
GROUPS = "program/集团化办学"

EVERY_PROGRAM = """() => [...diffusionFacts.programs().keys()].map((thing) => {
  state.set({ program: data.things.iri.at(thing) }, { replace: true });
  const of = (where, what) => [...document.querySelectorAll(where)].map((part) => part.dataset[what]);
  return {
    program: data.things.iri.at(thing),
    leading: of(".answer [data-first]", "first"), others: of(".doubt [data-first]", "first"),
    cells: of(".matrix .adopted", "year").map(Number), rows: of(".matrix tr[data-adopter]", "place"),
    said: document.querySelectorAll(".first blockquote").length,
    curve: document.querySelector(".growth .least")?.closest("svg").querySelector(".year:last-of-type")?.getAttribute("aria-label") ?? "",
    places: document.querySelectorAll(".levels .place").length,
    steps: of(".tree [data-step]", "step"), arrows: document.querySelectorAll(".levels .step").length,
    grades: Object.fromEntries(of(".levels [data-grade]", "grade").map((grade) => [
      grade, Number(document.querySelector(`.levels [data-grade=${grade}]`).textContent)])),
    adopters: document.querySelectorAll(".adopters tbody tr").length,
  };
})"""


@pytest.fixture(scope="module")
def told(browser: Any, page_file: Path) -> dict[str, dict[str, Any]]:
    """What the page shows of every programme of the example, by its IRI without the base."""
    for opened in in_browser(browser, page_file):
        return {one["program"]: one for one in opened.page.evaluate(EVERY_PROGRAM)}
    return {}


@pytest.fixture
def programs(exploration: Exploration) -> list[tuple[str, str]]:
    """Each programme: its IRI without the base, its id."""
    return [(p.id.removeprefix(exploration.base), p.id) for p in exploration.history.programs]


def short(exploration: Exploration, ids: Any) -> set[str]:
    return {one.removeprefix(exploration.base) for one in ids}


# What is said is what kg.diffusion says -------------------------------------------------------------------------------


def test_the_first_adopters_are_those_of_kg_diffuse_first(
    told: dict[str, Any], exploration: Exploration, programs: list[tuple[str, str]]
) -> None:
    """All who may have been first are named, those of the earliest upper year in front."""
    for iri, id_ in programs:
        found = firsts(exploration.history, id_)
        ranked = [p.unit for p in found.placings if p.rank == 1]
        possible = short(exploration, (p.unit for p in found.candidates))
        page = told[iri]
        if ranked:
            assert set(page["leading"]) == short(exploration, ranked), iri
        assert set(page["leading"]) | set(page["others"]) == possible, iri
        assert page["said"] >= 1, iri


def test_every_adoption_is_a_row_a_cell_a_dot_and_a_line_of_the_table(
    told: dict[str, Any], exploration: Exploration, programs: list[tuple[str, str]]
) -> None:
    for iri, id_ in programs:
        adoptions, page = exploration.history.by_program[id_], told[iri]
        if any(a.upper for a in adoptions):
            assert Counter(page["cells"]) == Counter(int(a.upper or 0) for a in adoptions), iri
            assert set(page["rows"]) == short(exploration, (a.unit for a in adoptions)), iri
            ends = {end for s in exploration.ways.get(id_, ()) for end in (s.origin, s.destination)}
            assert page["places"] == len({a.unit for a in adoptions} | ends), iri
        assert page["adopters"] == len(adoptions), iri


def test_the_curve_ends_at_the_dated_adopters(
    told: dict[str, Any], exploration: Exploration, programs: list[tuple[str, str]]
) -> None:
    for iri, id_ in programs:
        dated = sum(a.upper is not None for a in exploration.history.by_program[id_])
        assert told[iri]["curve"].endswith(f"：{dated} 个采纳者" if dated else ""), iri


def test_the_steps_are_counted_by_grade(
    told: dict[str, Any], exploration: Exploration, programs: list[tuple[str, str]]
) -> None:
    for iri, id_ in programs:
        grades = Counter(str(step.grade) for step in exploration.ways.get(id_, ()))
        assert Counter(told[iri]["steps"]) == grades, iri
        if any(a.upper for a in exploration.history.by_program[id_]):
            assert Counter(told[iri]["grades"]) == grades + Counter({"said": 0, "document": 0, "inferred": 0}), iri
            assert told[iri]["arrows"] == grades.total(), iri


def test_a_year_that_is_only_a_bound_never_looks_exact(opened: Opened, exploration: Exploration) -> None:
    """≤2016 in the table, a hollow box with an open end in the matrix; 2009 is full."""
    opened.go(f"program={GROUPS}")
    years = opened.page.eval_on_selector_all(
        ".adopters tbody tr", "rows => rows.map((row) => row.querySelector('.number').textContent)"
    )
    assert years[0] == "2009"
    assert all(year.startswith("≤") for year in years[1:])
    full = opened.page.locator(".matrix .adopted .box.exact")
    assert full.count() == 1
    assert full.locator("xpath=..").get_attribute("data-year") == "2009"
    assert opened.page.locator(".matrix .reach.open").count() == len(years) - 1


# The list of all --------------------------------------------------------------------------------------------------------


def test_the_list_shows_most_adopters_first_and_then_all(opened: Opened, exploration: Exploration) -> None:
    page, sizes = opened.page, sorted(map(len, exploration.history.by_program.values()), reverse=True)
    shown = page.eval_on_selector_all(".programs .number", "cells => cells.map((cell) => Number(cell.textContent))")
    assert shown == sizes[:25]
    page.click("#stage .more")
    assert page.locator(".programs tbody tr").count() == len(sizes)
    page.click("[data-sort=first]")
    years = page.eval_on_selector_all(".programs .years", "cells => cells.map((cell) => cell.textContent.slice(0, 4))")
    assert years == sorted(years, key=lambda year: year if year.isdigit() else "9999")


def test_a_programme_is_found_by_its_name_and_opened_and_left(opened: Opened) -> None:
    page = opened.page
    page.fill("#diffusion-q", "校聘")
    assert page.locator(".programs tbody tr").count() >= 1
    assert "/" in page.inner_text("#stage .told")
    page.click(".programs tbody a")
    assert opened.hash["program"] == SCHOOLS
    assert page.evaluate("document.activeElement.tagName") == "H2"
    page.click("#stage .back")
    assert "program" not in opened.hash
    assert page.locator(".programs").count() == 1


# Keys, clicks, years ----------------------------------------------------------------------------------------------------


def test_the_matrix_is_walked_with_arrow_keys(opened: Opened) -> None:
    """One stop of the tab key; arrows move, Enter opens the claim of the cell, the words stand beside it."""
    opened.go(f"program={GROUPS}")
    page = opened.page
    assert page.locator(".matrix [tabindex='0']").count() == 1
    page.focus(".matrix .adopted[data-year='2016']")
    row = page.evaluate("document.activeElement.parentElement.dataset.place")
    assert "2016" in page.inner_text("#diffusion-tip")
    page.keyboard.press("Enter")
    assert opened.hash["chosen"] == row
    assert opened.hash["claim"]
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.year") == "2017"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.parentElement.dataset.place") != row
    page.keyboard.press("Home")
    assert page.evaluate("document.activeElement.tagName") == "TH"
    assert page.locator(".matrix [tabindex='0']").count() == 1


def test_the_lanes_are_walked_and_open_a_place(opened: Opened) -> None:
    opened.go(f"program={GROUPS}")
    opened.page.focus(".levels .place")
    opened.page.keyboard.press("ArrowRight")
    opened.page.keyboard.press("Enter")
    chosen = opened.page.evaluate("data.things.iri.at(Number(document.activeElement.dataset.place))")
    assert opened.hash["chosen"] == chosen
    assert opened.page.locator(".matrix tr.chosen").get_attribute("data-place") == chosen


def test_what_else_the_place_took_up_in_that_year(opened: Opened, exploration: Exploration) -> None:
    opened.go(f"program={GROUPS}")
    opened.page.click(".matrix tbody tr:has-text('宁波市') th")
    history = exploration.history
    mine = next(a for a in history.by_program[exploration.base + GROUPS] if history.unit[a.unit].name == "宁波市")
    same = {
        history.program[a.program].name
        for a in history.adoptions
        if (a.unit, a.upper) == (mine.unit, mine.upper) and a.program != mine.program
    }
    links = opened.page.eval_on_selector_all("#stage .also a", "all => all.map((one) => one.textContent)")
    assert set(links) <= same
    assert len(links) == min(12, len(same))


def test_the_table_is_sorted_and_opens_the_claim(opened: Opened) -> None:
    opened.go(f"program={SCHOOLS}")
    page = opened.page
    page.click("[data-column=place]")
    page.click("[data-column=place]")
    assert page.get_attribute("th:has([data-column=place])", "aria-sort") == "descending"
    assert opened.hash["diffusion.table"] == "-place"
    names = page.eval_on_selector_all(".adopters tbody th button", "cells => cells.map((cell) => cell.textContent)")
    collated = page.evaluate("names => [...names].sort(new Intl.Collator('zh').compare).reverse()", names)
    assert names == collated
    page.click(".adopters tbody tr >> nth=0")
    assert opened.hash["claim"]


def test_the_years_are_stepped_and_played(opened: Opened) -> None:
    """The slider's year stands in the address, the rest of the page follows; played, it goes on by itself and ends."""
    opened.go(f"program={SCHOOLS}")
    page = opened.page
    page.focus("#stage .play input")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    year = int(opened.hash["year"])
    assert page.locator(f".matrix .adopted.future[data-year='{year}']").count() == 0
    assert page.locator(".matrix .adopted.future").count() > 0
    assert page.locator(".levels .place.future").count() > 0
    page.evaluate("state.set({year: 2019}, {replace: true})")
    page.click("#diffusion-play")
    assert page.inner_text("#diffusion-play") == "暂停"
    page.wait_for_selector(".play output:has-text('2020')")
    page.wait_for_selector("#diffusion-play[data-playing=no]")
    assert "year" not in opened.hash


def test_nothing_moves_by_itself_where_the_reader_wants_no_motion(browser: Any, page_file: Path) -> None:
    for opened in in_browser(browser, page_file, reduced_motion="reduce"):
        opened.go(f"program={SCHOOLS}")
        assert opened.page.locator("#diffusion-play").count() == 0
        opened.page.click("#stage .play .step >> nth=0")
        assert opened.hash["year"]


# Filters, taking away, narrow screens -------------------------------------------------------------------------------------


def test_filters_fade_and_count(opened: Opened, exploration: Exploration) -> None:
    history = exploration.history
    adoptions = history.by_program[exploration.base + SCHOOLS]
    cities = sum(history.unit[a.unit].level == "Prefecture" for a in adoptions)
    opened.go(f"program={SCHOOLS}&levels=Prefecture")
    page = opened.page
    assert f"{cities} / {len(adoptions)} 个采纳者" in page.inner_text("#stage .count")
    assert page.locator(".matrix tr[data-adopter].faded").count() == len(adoptions) - cities
    assert f"：{cities} 个采纳者" in page.inner_text("#stage .play output")
    assert page.locator(".adopters tbody tr.faded").count() == len(adoptions) - cities
    assert len(page.evaluate("main.view().rows().rows")) == cities


def test_read_without_a_word_is_told_from_unread(opened: Opened, exploration: Exploration) -> None:
    """In the matrix only a place and year of which something was read bears a tick, and it says so."""
    opened.go(f"program={SCHOOLS}&diffusion.read=yes")
    ticks = opened.page.eval_on_selector_all(
        ".matrix td.read", "all => all.map((one) => [one.parentElement.dataset.place, Number(one.dataset.year)])"
    )
    read = {(unit.removeprefix(exploration.base), year) for unit, year in exploration.history.read}
    assert ticks
    assert {(place, year) for place, year in ticks} <= read
    empty = opened.page.locator(".matrix td:not([class])").first.get_attribute("aria-label")
    assert "没有读到文件" in empty
    assert opened.page.locator(".matrix td.silent").count() >= 1


def test_picture_holds_matrix_curve_and_lanes(opened: Opened, exploration: Exploration) -> None:
    opened.go(f"program={SCHOOLS}&lang=en")
    texts = opened.page.evaluate("[...main.view().picture().querySelectorAll('text')].map((one) => one.textContent)")
    assert {"县管校聘", "cumulative adopters", "昌乐县", "said in a text 11"} <= set(texts)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("state", ["", f"program={SCHOOLS}"])
def test_a_narrow_stage_scrolls_down_only(browser: Any, page_file: Path, state: str, lang: str) -> None:
    for opened in in_browser(browser, page_file, viewport={"width": 360, "height": 780}):
        opened.go(f"{state}&lang={lang}")
        assert opened.page.evaluate("dom.at('stage').scrollWidth") <= 360


def test_hostile_names_stay_names(browser: Any, tmp_path: Path, exploration: Exploration) -> None:
    """Markup in the name of a programme and of a place is shown as text, in the list, in the page and in the picture."""
    evil = '<img src=x onerror="document.title=1"></script>{{x}}' + "长" * 5000
    program, place = exploration.base + GROUPS, exploration.history.by_program[exploration.base + GROUPS][0].unit
    things = tuple(
        thing._replace(name=evil) if thing.iri in (program, place) else thing for thing in exploration.things
    )
    file = tmp_path / "hostile.html"
    file.write_text(explorer_html(Exploration(**{**vars(exploration), "things": things})), "utf-8")
    for opened in in_browser(browser, file):
        opened.go(f"program={GROUPS}")
        assert opened.page.inner_text(".program h2").startswith("<img src=x")
        assert opened.page.locator("#stage img").count() == 0
        assert opened.page.title() == "政策扩散 · Policy diffusion"
        assert opened.page.evaluate("main.view().picture().querySelectorAll('img').length") == 0
