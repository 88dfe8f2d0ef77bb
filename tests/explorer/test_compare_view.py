"""Two places or two programmes are held side by side: the page says what the graph says, and what was not read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.resources import shipped
from kg.views.explorer.diffusion_tables import dating
from kg.views.explorer.records import Exploration

from .conftest import Opened, in_browser

PLACES = "view=compare&a=place/370700&b=place/340200"  # 潍坊市, 芜湖市
FIRST = "([a, b, c, d]) => compareYears.first({lower: a, upper: b}, {lower: c, upper: d})"
PROGRAMS = "view=compare&a=program/县管校聘&b=program/三通两平台"


def shared(opened: Opened) -> list[str]:
    """The names in the table of what is shared."""
    return [name.inner_text() for name in opened.page.locator("#stage .part.both tbody th").all()]


def test_two_places_share_what_the_shipped_question_says(opened: Opened, example: Any) -> None:
    """Programmes, years and who stands in the earlier text are those of the question shared-programmes."""
    question = shipped("ontology", "queries", "04-shared-programmes.rq").read_text("utf-8")
    answer = example.query(question, {"place": "潍坊市", "other": "芜湖市"})
    expected = {(row[2], int(row[3]), int(row[4]), row[5] or "") for row in answer}
    opened.go(PLACES)
    assert len(shared(opened)) == len(expected) > 3
    rows = opened.page.evaluate("compareView.rows().rows.filter((row) => row[1] === '两方')")
    assert {(r[0], int(r[2].strip("≤")), int(r[3].strip("≤")), r[5]) for r in rows} == expected
    assert opened.page.inner_text("#stage .summary strong") == str(len(expected))


@pytest.mark.parametrize("address", [PLACES, PROGRAMS])
def test_the_question_that_is_taken_away_gives_the_same(opened: Opened, example: Any, address: str) -> None:
    """The SPARQL of the view, asked of the graph, names what the page names, undated ones too."""
    opened.go(address)
    answer = example.query(opened.page.evaluate("compareView.question()"))
    assert sorted(row[1] for row in answer) == sorted(shared(opened))


def test_only_one_side_is_told_with_what_was_read_of_the_other(opened: Opened, exploration: Exploration) -> None:
    """What only one place adopted is all there; a year of the other of which nothing was read is not called absent."""
    opened.go(PLACES + "&lang=en")
    by_place: dict[str, set[str]] = {}
    for adoption in exploration.history.adoptions:
        by_place.setdefault(adoption.unit.rpartition("/")[2], set()).add(adoption.program)
    only = by_place["370700"] - by_place["340200"]
    assert opened.page.inner_text("#stage .only-a h2 .quiet") == str(len(only))
    years = {year for place, year in exploration.history.read if place.endswith("/340200")}
    assert years == {2017, 2018, 2019}  # nothing of 2016 and before
    assert "unknown, not absent" in opened.page.inner_text("#stage .only-a h3.known-other")
    assert opened.page.locator("#stage .only-a h3.known-read").count() == 0
    cells = opened.page.locator("#stage .coverage tbody tr").nth(1).locator("td").all_inner_texts()
    assert cells == ["–", "1", "1", "1"]


def test_first_is_said_only_where_it_is_sure(opened: Opened) -> None:
    """Upper bounds overlap whatever their years; two intervals that do not touch each other tell who was first."""
    for intervals, expected in {
        (2013, 2014, 2014, 2015): "a",
        (0, 2014, 2014, 2015): "a",
        (2016, 2017, 2013, 2014): "b",
        (0, 2014, 0, 2018): "open",
        (2013, 2014, 0, 2018): "open",
        (2013, 2014, 2013, 2014): "same",
        (2011, 2014, 2011, 2014): "open",
        (0, 0, 2011, 2012): "open",
    }.items():
        assert opened.page.evaluate(FIRST, intervals) == expected, intervals
    texts = [
        opened.page.evaluate("([lower, upper]) => compareYears.text({lower, upper})", y)
        for y in [(0, 2014), (2013, 2014), (2011, 2014), (0, 0)]
    ]
    assert texts == ["≤2014", "2014", "2012–2014", ""]


def test_the_first_is_marked_where_it_is_sure(opened: Opened) -> None:
    """温江区 began 县管校聘 in 2016, 郑州市 names 2019: told in the table, in the summary, by a ring in the picture."""
    opened.go("view=compare&a=place/410100&b=place/510115&lang=en")
    row = opened.page.locator("#stage .part.both tbody tr", has_text="县管校聘")
    assert row.locator("td").last.inner_text().strip() == "温江区 first"
    assert "温江区 first 1" in opened.page.inner_text("#stage .summary")
    firsts = opened.page.locator("#stage td.first-a, #stage td.first-b").count()
    assert opened.page.locator("#stage .timeline [fill=none]").count() == firsts == 2


def test_places_are_chosen_by_typing(opened: Opened) -> None:
    """Name, arrow keys and Enter choose; the address keeps both; the swap turns them round; back undoes it."""
    stage = opened.page.locator("#stage")
    opened.go("view=compare&lang=en")
    field = stage.get_by_role("combobox", name="First side")
    field.fill("潍坊")
    assert stage.get_by_role("option").first.inner_text().startswith("潍坊市")
    assert field.get_attribute("aria-expanded") == "true"
    field.press("Enter")
    other = stage.get_by_role("combobox", name="Second side")
    other.click()
    first = stage.get_by_role("option").first.locator("bdi").inner_text()
    other.press("ArrowDown")
    other.press("ArrowDown")
    other.press("ArrowUp")
    other.press("Enter")
    assert (opened.hash["a"], other.input_value()) == ("place/370700", first)
    before = opened.hash["b"]
    stage.get_by_role("button", name="Swap the two").click()
    assert (opened.hash["a"], opened.hash["b"]) == (before, "place/370700")
    opened.page.go_back()
    assert opened.hash["b"] == before
    other.fill("没有的地方")
    assert stage.get_by_text("No such name").is_visible()
    other.press("Escape")
    assert other.input_value() == first


def test_an_example_pair_fills_both_sides(opened: Opened, exploration: Exploration) -> None:
    """The pair on top is the one with most in common."""
    opened.go("view=compare")
    top = opened.page.locator("#stage .pair").first
    shares = int(top.locator(".quiet").inner_text().removeprefix("共有 "))
    top.click()
    assert len(shared(opened)) == shares
    by_place: dict[str, set[str]] = {}
    for adoption in exploration.history.adoptions:
        by_place.setdefault(adoption.unit, set()).add(adoption.program)
    sets = list(by_place.values())
    assert shares == max(len(one & two) for i, one in enumerate(sets) for two in sets[:i])


def test_one_place_is_offered_its_likeliest_partners(opened: Opened, exploration: Exploration) -> None:
    """Where one side is chosen, every pair that is offered has it, the one with most in common on top."""
    opened.go("view=compare&a=place/370700&b=")
    pairs = opened.page.locator("#stage .pair")
    assert all("潍坊市" in text for text in pairs.all_inner_texts())
    of: dict[str, set[str]] = {}
    for adoption in exploration.history.adoptions:
        of.setdefault(adoption.unit[-6:], set()).add(adoption.program)
    most = max(len(of["370700"] & programs) for place, programs in of.items() if place != "370700")
    assert pairs.first.locator(".quiet").inner_text() == f"共有 {most}"


def test_two_programmes(opened: Opened, exploration: Exploration) -> None:
    """The places of both, the levels of their adopters, and target groups."""
    opened.go(PROGRAMS + "&lang=en")
    places = {
        name: {a.unit for a in exploration.history.adoptions if a.program.endswith(f"/{name}")}
        for name in ("县管校聘", "三通两平台")
    }
    names = {thing.iri: thing.name for thing in exploration.things}
    both = places["县管校聘"] & places["三通两平台"]
    assert sorted(shared(opened)) == sorted(names[place] for place in both)
    counts = opened.page.locator("#stage .levels tbody td").all_inner_texts()
    assert sum(map(int, counts[::2])) == len(places["县管校聘"])
    assert opened.page.locator("#stage .groups h2").inner_text().startswith("Target groups")
    opened.page.get_by_role("button", name="Two places").click()
    assert "a" not in opened.hash


def test_said_learning_from_the_same_place(opened: Opened) -> None:
    """嘉兴市 and 株洲市 both learned from 潍坊市; its sentence opens in the panel."""
    opened.go("view=compare&a=place/330400&b=place/430200")
    part = opened.page.locator("#stage .part.learning")
    assert part.locator("h3 button").inner_text() == "潍坊市"
    part.locator(".sentence").first.click()
    claims = opened.page.evaluate("Array.from(data.claimsOf(data.thing('place/370700')), (c) => data.claims.id.at(c))")
    assert opened.hash["claim"] in claims


def test_goals_are_held_against_each_other(opened: Opened, exploration: Exploration) -> None:
    """Every goal of both places is in the table once it is unfolded; a difference needs one figure of one unit on either side."""
    opened.go(PLACES + "&lang=en&compare.more=goals")
    goals = [
        c
        for c in exploration.claims
        if c.relation == "Goal" and dict(c.roles).get("place", "")[-6:] in ("370700", "340200")
    ]
    assert opened.page.locator("#stage .goals td .goto").count() == len(goals)
    opened.page.locator("#stage .goals td .goto").first.click()
    assert opened.hash["claim"]
    opened.go("view=compare&a=place/410100&b=place/510115&lang=en")  # 郑州市: 90.5% of 2016, 95% by 2020
    shown = opened.page.locator("#stage .goals tbody tr").all_inner_texts()
    assert sum("against" in row for row in shown) == 1
    assert "−4.5 points (2016 against 2020)" in next(row for row in shown if "学前三年毛入园率" in row)


def test_the_picture_and_its_marks_lead_to_the_sentences(opened: Opened) -> None:
    opened.go(PLACES)
    assert opened.page.evaluate("compareView.picture().tagName") == "svg"
    opened.page.locator("#stage .timeline g.opens circle").first.click()
    claim = opened.hash["claim"]
    opened.page.locator("#stage .part.both tbody td button").first.click()
    assert opened.hash["claim"] == claim
    opened.page.locator("#stage .part.both tbody th button").first.click()
    assert opened.hash["chosen"].startswith("program/")


def test_what_the_filters_stop_is_greyed_and_counted(opened: Opened) -> None:
    """Since 2018 nothing of 潍坊市 passes: the shared programmes stay, grey, with their base."""
    opened.go(PLACES + "&since=2018")
    rows = opened.page.locator("#stage .part.both tbody tr")
    assert opened.page.locator("#stage .part.both tbody tr.faded").count() == rows.count() > 3
    assert opened.page.inner_text("#stage .summary strong") == f"0 / {rows.count()}"
    assert opened.page.evaluate("compareView.rows().rows.filter((row) => row[1] === '两方')") == []


def test_it_fits_a_telephone(browser: Any, page_file: Path) -> None:
    """Nothing scrolls sideways at 360 px but boxes of their own."""
    for opened in in_browser(browser, page_file, viewport={"width": 360, "height": 780}):
        opened.go(PLACES + "&compare.more=goals&lang=en")
        assert opened.page.evaluate("dom.at('stage').scrollWidth") <= 360
        assert opened.page.locator("#stage .timeline").bounding_box()["width"] <= 360


def test_a_year_opens_the_claim_on_which_it_rests(opened: Opened, exploration: Exploration) -> None:
    """In the comparison and in the table of adoptions, also where another claim of the adoption stands before it."""
    unit, program = (exploration.base + name for name in ("place/370725", "program/县管校聘"))
    (adoption,) = (one for one in exploration.history.adoptions if (one.unit, one.program) == (unit, program))
    rests_on = dating(adoption)
    assert rests_on != next(c.iri for c in exploration.claims if c.iri in {e.claim for e in adoption.evidence})
    opened.go("view=compare&a=place/370725&b=place/370700")
    opened.page.click("#stage .part.both tbody tr:has-text('县管校聘') td button")
    assert rests_on.endswith(f"/{opened.hash['claim']}")
    opened.go("view=table&table.of=adoptions&table.only=place/370725&table.words=县管校聘")
    opened.page.click("#stage tbody tr.opens td")
    assert opened.hash["chosen"] == "place/370725"
    assert rests_on.endswith(f"/{opened.hash['claim']}")
