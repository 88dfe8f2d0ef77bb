"""The filters show what a count in Python says, stand in the address, and can be taken off one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.model import Kind
from kg.views.explorer.records import ClaimRow, Exploration

from .conftest import Opened, in_browser

PASSING = "(() => { const ids = []; filters.now().claims.forEach((on, c) => { if (on) ids.push(data.claims.id.at(c)); }); return ids; })()"


class Counted:
    """What a claim is filtered by, read from the records."""

    def __init__(self, shown: Exploration) -> None:
        self.shown = shown
        self.things = {thing.iri: thing for thing in shown.things}
        self.place = [self._where(claim) for claim in shown.claims]

    def _where(self, claim: ClaimRow) -> str:
        """Its place, the receiver of what travelled, else the place whose text says it."""
        roles = dict(claim.roles)
        iri = roles.get("place") or roles.get("to") or self.shown.sources[self.shown.quotes[claim.quote].source].place
        return iri if iri in self.things else ""

    def level(self, i: int) -> str:
        return self.things[self.place[i]].level if self.place[i] else ""

    def province(self, i: int) -> str:
        return self.things[self.place[i]].province if self.place[i] else ""

    def genre(self, i: int) -> str:
        return self.shown.sources[self.shown.quotes[self.shown.claims[i].quote].source].genre

    @staticmethod
    def dated(claim: ClaimRow, since: int, until: int) -> bool:
        return claim.year is None or (claim.year <= until and (claim.year_to or claim.year) >= since)


@pytest.fixture(scope="module")
def counted(exploration: Exploration) -> Counted:
    return Counted(exploration)


@pytest.fixture
def phone(browser: Any, page_file: Path) -> Iterator[Opened]:
    yield from in_browser(browser, page_file, viewport={"width": 360, "height": 780})


def _number(opened: Opened, key: str, value: str) -> str:
    return str(opened.page.text_content(f"[data-filter={key}] label:has(input[value='{value}']) .count"))


def test_every_option_counts_what_it_would_show(opened: Opened, exploration: Exploration, counted: Counted) -> None:
    """Under the other filters, beside what it holds without any; its own filter does not count."""
    opened.go("levels=County,Prefecture&since=2014&until=2017&sure=90")
    claims = list(enumerate(exploration.claims))
    base = [(i, c) for i, c in claims if Counted.dated(c, 2014, 2017) and round(c.confidence * 100) >= 90]
    passing = [(i, c) for i, c in base if counted.level(i) in ("County", "Prefecture")]
    assert set(opened.page.evaluate(PASSING)) == {c.iri.rpartition("/")[2] for _, c in passing}
    assert opened.page.text_content("#filters .shown") == f"显示 {len(passing)} / {len(claims)} 条论断"
    levels, all_levels = Counter(counted.level(i) for i, _ in base), Counter(counted.level(i) for i, _ in claims)
    for level in all_levels:
        assert _number(opened, "levels", level or "-") == f"{levels[level]} / {all_levels[level]}"
    statuses, all_statuses = Counter(c.status for _, c in passing), Counter(c.status for _, c in claims)
    for status in all_statuses:
        assert _number(opened, "statuses", status or "-") == f"{statuses[status]} / {all_statuses[status]}"
    genres, all_genres = Counter(counted.genre(i) for i, _ in passing), Counter(counted.genre(i) for i, _ in claims)
    for genre in all_genres:
        assert _number(opened, "genres", genre or "-") == f"{genres[genre]} / {all_genres[genre]}"
    goals = sum(c.relation == "Goal" for _, c in passing), sum(c.relation == "Goal" for _, c in claims)
    assert _number(opened, "links", "Goal") == f"{goals[0]} / {goals[1]}"
    places = sum(thing.kind is Kind.PLACE for thing in exploration.things)
    assert _number(opened, "kinds", "Place").endswith(f"/ {places}")


def test_a_tick_a_chip_and_clear_all(opened: Opened, exploration: Exploration) -> None:
    """Each stands in the address and can be undone; the focus stays where it was."""
    planned = sum(claim.status == "Planned" for claim in exploration.claims)
    completed = sum(claim.status == "Completed" for claim in exploration.claims)
    opened.page.check("[data-filter=statuses] input[value=Planned]")
    opened.page.check("[data-filter=statuses] input[value=Completed]")
    assert opened.hash == {"statuses": "Planned,Completed"}
    assert opened.page.evaluate("document.activeElement.value") == "Completed"
    total = len(exploration.claims)
    assert opened.page.text_content("#filters .shown") == f"显示 {planned + completed} / {total} 条论断"
    assert opened.page.text_content("#live") == f"显示 {planned + completed} / {total} 条论断"
    opened.page.click("#filters .chip:has-text('计划')")
    assert opened.hash == {"statuses": "Completed"}
    opened.page.go_back()
    assert opened.page.is_checked("[data-filter=statuses] input[value=Planned]")
    opened.page.click("#filters .clear")
    assert opened.hash == {}
    assert opened.page.text_content("#filters .shown") == f"显示 {total} / {total} 条论断"


def test_years_province_and_confidence(opened: Opened, exploration: Exploration, counted: Counted) -> None:
    province = next(counted.province(i) for i in range(len(exploration.claims)) if counted.province(i))
    opened.page.select_option("#filter-since", "2015")
    opened.page.uncheck("#filter-undated")
    opened.page.select_option("#filter-province", province.removeprefix(exploration.base))
    opened.page.focus("#filter-sure")
    opened.page.keyboard.press("End")
    assert opened.hash == {
        "since": "2015",
        "undated": "no",
        "province": province.removeprefix(exploration.base),
        "sure": "100",
    }
    opened.page.evaluate("state.set({sure: 97})")
    expected = {
        claim.iri.rpartition("/")[2]
        for i, claim in enumerate(exploration.claims)
        if claim.year
        and (claim.year_to or claim.year) >= 2015
        and counted.province(i) == province
        and claim.confidence >= 0.965
    }
    assert set(opened.page.evaluate(PASSING)) == expected


def test_relations_leave_out_what_they_do_not_tie(opened: Opened, exploration: Exploration) -> None:
    """Of one relation only its claims, its ties and the things at their ends remain."""
    opened.page.check("[data-filter=links] input[value=succeeds]")
    claims = [claim for claim in exploration.claims if claim.relation == "Succession"]
    ends = {iri for claim in claims for _, iri in claim.roles}
    assert set(opened.page.evaluate(PASSING)) == {claim.iri.rpartition("/")[2] for claim in claims}
    assert opened.page.evaluate("filters.now().things.reduce((a, b) => a + b, 0)") == len(ends)
    ties = opened.page.evaluate(
        "[...filters.now().ties].flatMap((on, e) => on ? data.meta.links[data.ties.link[e]] : [])"
    )
    assert set(ties) == {"succeeds"}


def test_unread_is_told_from_absent(opened: Opened, exploration: Exploration) -> None:
    """Of a chosen place the years of which something was read stand there."""
    place = next(unit for unit, _ in exploration.history.read if unit in {thing.iri for thing in exploration.things})
    years = sorted(year for unit, year in exploration.history.read if unit == place and year)
    opened.go(f"chosen={place.removeprefix(exploration.base)}")
    told = opened.page.text_content("#filters .reach")
    assert str(years[0]) in told
    assert "没有读到 ≠ 没有发生" in told
    read = opened.page.evaluate("document.querySelectorAll('#filters .strip .read').length")
    assert read == len(years)


def test_on_a_phone_a_button_opens_the_filters(phone: Opened) -> None:
    """It says how many are active; Escape closes it and gives the focus back; nothing runs out of the page."""
    assert phone.page.is_hidden("#filters")
    phone.page.focus("#filters-open")
    phone.page.keyboard.press("Enter")
    assert phone.page.get_attribute("#filters-open", "aria-expanded") == "true"
    phone.page.check("[data-filter=levels] input[value=County]")
    assert phone.page.text_content("#filters-open") == "筛选 1"
    assert phone.page.evaluate("document.documentElement.scrollWidth") == 360
    phone.page.keyboard.press("Escape")
    assert phone.page.is_hidden("#filters")
    assert phone.page.evaluate("document.activeElement.id") == "filters-open"
