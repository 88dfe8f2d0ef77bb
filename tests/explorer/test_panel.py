"""The evidence panel shows what the graph holds: the sentence with its roles marked, where it stands, what is claimed of a thing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.resources import shipped
from kg.views.explorer.records import ClaimRow, Exploration

from .conftest import Opened, in_browser


def _id(claim: ClaimRow) -> str:
    return claim.iri.rpartition("/")[2]


def _first(shown: Exploration, relation: str) -> ClaimRow:
    return next(claim for claim in shown.claims if claim.relation == relation and claim.roles)


def _role(claim: ClaimRow, shown: Exploration, role: str) -> str:
    return dict(claim.roles)[role].removeprefix(shown.base)


def _about(shown: Exploration, iri: str) -> list[ClaimRow]:
    return [claim for claim in shown.claims if shown.base + iri in dict(claim.roles).values()]


def _busiest(shown: Exploration, kind: str) -> str:
    said = Counter(iri for claim in shown.claims for _, iri in set(claim.roles) if f"/{kind}/" in iri)
    return said.most_common(1)[0][0].removeprefix(shown.base)


@pytest.fixture
def phone(browser: Any, page_file: Path) -> Iterator[Opened]:
    yield from in_browser(browser, page_file, viewport={"width": 360, "height": 780})


@pytest.mark.parametrize("relation", ["Adoption", "Goal", "Diffusion", "Membership"])
def test_the_sentence_reads_back_from_the_file(opened: Opened, exploration: Exploration, relation: str) -> None:
    """What stands in the panel is the quote of the graph, and what the file has at the offsets that the panel tells."""
    claim = _first(exploration, relation)
    quote = exploration.quotes[claim.quote]
    opened.go(f"claim={_id(claim)}")
    sentence = opened.page.text_content("#panel .printed")
    assert sentence == quote.printed
    told = opened.page.text_content("#panel")
    found = re.search(r"第 (\d+)–(\d+) 个字", told)
    assert found is not None
    start, end = map(int, found.groups())
    file = opened.page.text_content("#panel .file")
    text = shipped("data", "examples", file).read_bytes().decode("utf-8-sig")
    assert text[start:end] == sentence


def test_the_words_of_the_roles_are_marked(opened: Opened, exploration: Exploration) -> None:
    """Each mark says its role and reads as one of the names of the thing that fills it."""
    names = {thing.iri: {thing.name, *thing.aliases} for thing in exploration.things}
    claim = next(
        claim
        for claim in exploration.claims
        if claim.relation == "Adoption"
        and any(name in exploration.quotes[claim.quote].printed for name in names[dict(claim.roles)["program"]])
    )
    opened.go(f"claim={_id(claim)}")
    mark = opened.page.locator("#panel mark.role-program").first
    assert mark.text_content() in names[dict(claim.roles)["program"]]
    assert mark.get_attribute("data-role") == "政策项目"
    assert mark.evaluate("mark => getComputedStyle(mark, '::after').content") == '"政策项目"'


def test_marks_count_code_points_and_may_stand_in_each_other(opened: Opened, exploration: Exploration) -> None:
    """𠮷 is one code point and two units of the browser; of two marks that cross, the second goes on after the first."""
    claim = _first(exploration, "Adoption")
    opened.page.evaluate(
        """(id) => {
          const claim = evidenceClaim.number(id), text = "𠮷林县教育局实施甲乙工程。", role = (name) => data.meta.roles.indexOf(name);
          data.quotes.printed = { at: () => text, isEmpty: () => false };
          const marks = [role("agency"), 0, 6, role("place"), 0, 3, role("program"), 8, 12, role("object"), 10, 13];
          data.claims.marks = { at: () => Uint32Array.from(marks) };
          state.set({ claim: id });
        }""",
        _id(claim),
    )
    marks = opened.page.locator("#panel .printed mark")
    assert opened.page.text_content("#panel .printed") == "𠮷林县教育局实施甲乙工程。"
    assert marks.all_text_contents() == ["𠮷林县教育局", "𠮷林县", "甲乙工程", "工程", "。"]


def test_a_card_leads_to_the_sentence_and_back(opened: Opened, exploration: Exploration) -> None:
    program = _busiest(exploration, "program")
    opened.go(f"chosen={program}")
    assert f"论断（{len(_about(exploration, program))}）" in opened.page.text_content("#panel")
    row = opened.page.locator("#panel li.claim").first
    id_ = row.get_attribute("data-claim")
    row.locator(".sentence-of").click()
    assert opened.hash["claim"] == id_
    assert opened.page.evaluate("document.activeElement.className") == "card-name"
    opened.page.click("#panel .back")
    assert "claim" not in opened.hash
    assert opened.page.text_content("#panel .card-name") == program.partition("/")[2]


def test_long_lists_open(opened: Opened, exploration: Exploration) -> None:
    """The button tells how many there are; after it all stand there."""
    place = _busiest(exploration, "place")
    opened.go(f"chosen={place}")
    section = opened.page.locator("#panel section.relation", has=opened.page.locator("h4", has_text="采纳")).first
    said = [claim for claim in _about(exploration, place) if claim.relation == "Adoption"]
    assert section.locator("li").count() == 6
    section.locator(".more").click()
    assert section.locator("li").count() == len(said)


def test_a_year_of_a_place_opens_its_claims(opened: Opened, exploration: Exploration) -> None:
    place = _busiest(exploration, "place")
    years = Counter(
        year
        for claim in _about(exploration, place)
        if claim.year
        for year in range(claim.year, (claim.year_to or claim.year) + 1)
    )
    opened.go(f"chosen={place}")
    year = min(years)
    line = opened.page.locator("#panel .go.year").first
    assert line.text_content() == f"{year}{years[year]} 条"
    line.click()
    expected = {"view": "table", "table.only": place, "since": str(year), "until": str(year), "chosen": place}
    assert opened.hash == expected


@pytest.mark.parametrize("chosen", ["program", "place"])
def test_a_card_leads_into_the_views(opened: Opened, exploration: Exploration, chosen: str) -> None:
    thing = _busiest(exploration, chosen)
    opened.go(f"chosen={thing}")
    opened.page.click("#panel .buttons a:has-text('比较')")
    assert (opened.hash["view"], opened.hash["a"]) == ("compare", thing)
    opened.page.click("#panel .buttons a:has-text('网络')")
    assert (opened.hash["view"], opened.hash["network.focus"]) == ("network", thing)


def test_the_citation_is_copied(browser: Any, page_file: Path, exploration: Exploration) -> None:
    """Where the browser lets it; where not, the text stands selected."""
    claim = _first(exploration, "Adoption")
    for opened in in_browser(browser, page_file):
        opened.go(f"claim={_id(claim)}")
        opened.page.evaluate(
            "Object.defineProperty(navigator, 'clipboard', {value: {writeText: async (text) => { window.copied = text; }}})"
        )
        opened.page.click("[data-copy=citation]")
        text = opened.page.evaluate("copied")
        assert exploration.quotes[claim.quote].printed.strip() in text
        assert _id(claim) in text
        opened.go(f"claim={_id(claim)}")
        opened.page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
        opened.page.click("[data-copy=citation]")
        area = "document.querySelector('.by-hand')"
        assert opened.page.evaluate(f"{area}.value.slice({area}.selectionStart, {area}.selectionEnd)") == text


def test_closing_gives_the_focus_back(opened: Opened, exploration: Exploration) -> None:
    opened.page.focus("#tabs [data-view=table]")
    opened.page.evaluate("iri => state.set({chosen: iri})", _busiest(exploration, "place"))
    opened.page.focus("#panel .close")
    opened.page.keyboard.press("Enter")
    assert "chosen" not in opened.hash
    assert opened.page.evaluate("document.activeElement.dataset.view") == "table"


def test_on_a_phone_the_panel_is_a_sheet(phone: Opened, exploration: Exploration) -> None:
    """It comes up over the stage, takes the focus, and Escape puts it away; the page never scrolls sideways."""
    phone.page.focus("#tabs [data-view=places]")
    phone.page.evaluate("iri => state.set({chosen: iri})", _busiest(exploration, "place"))
    box = phone.page.locator("#panel").bounding_box()
    assert phone.page.evaluate("getComputedStyle(panel).position") == "fixed"
    assert box["y"] + box["height"] == pytest.approx(780)
    assert phone.page.evaluate("document.activeElement.className") == "card-name"
    assert phone.page.evaluate("document.documentElement.scrollWidth") == 360
    phone.page.keyboard.press("Escape")
    assert "chosen" not in phone.hash
    assert phone.page.evaluate("document.activeElement.dataset.view") == "places"


@pytest.mark.parametrize("hash_", ["claim=0000000000000000", "chosen=place/nowhere", "claim=%3Cscript%3E&chosen=x"])
def test_an_address_that_names_nothing_says_so(opened: Opened, hash_: str) -> None:
    opened.go(hash_)
    assert opened.page.text_content("#panel .card-name") == "找不到"


def test_the_help_lists_the_keys_and_switches_them_off(opened: Opened) -> None:
    """? opens it and Escape closes it; switched off, the key does nothing; in the search box it is a letter."""
    opened.page.keyboard.press("?")
    opened.page.wait_for_selector("dialog#keys[open]")
    opened.page.uncheck("#keys-on")
    assert opened.hash["keys"] == "no"
    opened.page.keyboard.press("Escape")
    opened.page.keyboard.press("?")
    assert opened.page.query_selector("dialog[open]") is None
    opened.page.evaluate("state.set({keys: ''})")
    opened.page.focus("#search-box")
    opened.page.keyboard.press("?")
    assert opened.page.input_value("#search-box") == "?"
