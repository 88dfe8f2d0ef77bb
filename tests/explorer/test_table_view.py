"""Whatever is filtered stands in a table: sorted, paged, restricted, and read out by its names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.views.explorer.records import Exploration

from .conftest import Opened, in_browser


def stage(opened: Opened) -> Any:
    return opened.page.locator("#stage")


def column(opened: Opened, name: str) -> list[str]:
    """The texts of a column on this page, by its English heading."""
    heads = stage(opened).get_by_role("columnheader").all_inner_texts()
    at = next(i for i, head in enumerate(heads) if head.rstrip("▲▼") == name)
    return list(stage(opened).locator(f"tbody tr > :nth-child({at + 1})").all_inner_texts())


def count(opened: Opened) -> str:
    return str(opened.page.inner_text("#stage .pages .count"))


@pytest.mark.parametrize("of", ["claims", "adoptions", "things", "ties", "documents"])
def test_everything_is_listed(opened: Opened, exploration: Exploration, of: str) -> None:
    opened.go("view=table&lang=en")
    stage(opened).locator(f"[data-of={of}]").click()
    listed = {
        "claims": exploration.claims,
        "adoptions": exploration.history.adoptions,
        "things": exploration.things,
        "ties": exploration.ties,
        "documents": exploration.sources,
    }[of]
    assert count(opened) == f"1–{min(100, len(listed))} / {len(listed)}"
    assert opened.page.evaluate("tableView.rows().rows.length") == len(listed)
    assert stage(opened).get_by_role("table", name=f"{of.title()} 1–").is_visible()


def test_pages_turn(opened: Opened, exploration: Exploration) -> None:
    opened.go("view=table&lang=en")
    button = stage(opened).get_by_role("button", name="Next page")
    button.focus()
    button.press("Enter")
    assert count(opened).startswith("101–200 / ")
    assert opened.page.evaluate("document.activeElement.dataset.turn") == "on"
    stage(opened).get_by_role("button", name="Last page").click()
    assert count(opened).endswith(f"–{len(exploration.claims)} / {len(exploration.claims)}")
    assert button.get_attribute("aria-disabled") == "true"
    opened.page.go_back()
    assert opened.hash["table.page"] == "2"


def test_numbers_are_sorted_as_numbers(opened: Opened) -> None:
    """Both ways, by a click on the heading, the unknown always last; the address keeps it."""
    opened.go("view=table&table.of=things&lang=en")
    head = stage(opened).get_by_role("columnheader", name="Claims")
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    head.get_by_role("button").click()
    assert (head.get_attribute("aria-sort"), opened.hash["sort"]) == ("descending", "-claims")
    numbers = [int(text) for text in column(opened, "Claims")]
    assert numbers == sorted(numbers, reverse=True)
    assert max(numbers) > 9 > min(numbers)
    opened.go("view=table&sort=year")
    years = opened.page.evaluate("tableView.rows().rows.map((row) => row[4])")
    known = [int(year.strip("≤")[:4]) for year in years if year]
    assert known == sorted(known)
    assert years[-1] == ""
    assert years[0] != ""


def test_chinese_is_sorted_by_sound(opened: Opened) -> None:
    """北 (bei) before 成 (cheng) before 宁 (ning) before 郑 (zheng); equal rows keep their order."""
    opened.go("view=table&table.of=adoptions&sort=place&lang=en")
    places = opened.page.evaluate("[...new Set(tableView.rows().rows.map((row) => row[0]))]")
    order = [places.index(name) for name in ("成都市", "宁波市", "潍坊市", "芜湖市", "郑州市")]
    assert order == sorted(order)
    key = "tableRows.now().rows.filter((row) => compareClaims.name(data.adoptions.place[row]) === '宁波市')"
    assert opened.page.evaluate(key) == sorted(opened.page.evaluate(key))


def test_goals_have_columns_of_their_own(opened: Opened, exploration: Exploration) -> None:
    opened.go("view=table&lang=en")
    stage(opened).get_by_role("combobox", name="Which claims").select_option("Goal")
    goals = [claim for claim in exploration.claims if claim.relation == "Goal"]
    assert count(opened).endswith(f"/ {len(goals)}")
    assert set(column(opened, "Planned or achieved")) == {"planned", "achieved"}
    values = opened.page.evaluate("tableView.rows().rows.map((row) => row[2])")
    assert sorted(map(str, values)) == sorted(
        str(opened.page.evaluate("Number", dict(g.values)["value"])) for g in goals
    )


def test_what_else_a_place_did_in_a_year(opened: Opened, exploration: Exploration, tmp_path: Path) -> None:
    """A thing and years restrict the rows; each chip takes its restriction off."""
    opened.go("view=table&table.only=place/340200&since=2018&until=2018&lang=en")
    wuhu = "https://w3id.org/policy-kg/id/place/340200"
    of = [c for c in exploration.claims if wuhu in dict(c.roles).values()]
    then = [c for c in of if c.year is None or (c.year <= 2018 <= (c.year_to or c.year))]
    assert count(opened) == f"1–{len(then)} / {len(then)} (of {len(exploration.claims)})"
    stage(opened).get_by_role("button", name="Take off: From 2018").click()
    stage(opened).get_by_role("button", name="Take off: Until 2018").click()
    assert count(opened) == f"1–{min(100, len(of))} / {len(of)} (of {len(exploration.claims)})"
    assert opened.page.evaluate("document.activeElement.dataset.key") == "chip-table.only"


@pytest.mark.parametrize(
    "restricted",
    [
        "table.only=place/340200&since=2018&until=2018",
        "table.relation=Goal&table.only=place/340200",
        "statuses=Planned,-&sure=90",
        "genres=Plan&undated=no",
        "levels=County&province=place/330000",
        "levels=-",
    ],
)
def test_the_question_gives_the_same_claims(opened: Opened, restricted: str, request: pytest.FixtureRequest) -> None:
    """The SPARQL of the restricted table, asked of the graph, gives the claims of its rows."""
    opened.go(f"view=table&{restricted}")
    ids = opened.page.evaluate("tableRows.now().rows.map((row) => data.claims.id.at(row))")
    answer = request.getfixturevalue("example").query(opened.page.evaluate("tableView.question()"))
    assert sorted(row[0].rpartition("/")[2] for row in answer) == sorted(ids)
    assert ids


def test_words_filter_the_rows(opened: Opened, exploration: Exploration) -> None:
    """Every word must stand somewhere in the row; what matches nothing says so, and the field keeps the keyboard."""
    opened.go("view=table&table.of=documents&lang=en")
    field = stage(opened).get_by_role("searchbox", name="Filter rows by their words")
    field.press_sequentially("芜湖市 2018")
    stage(opened).get_by_role("button", name="Take off: With 芜湖市 2018").wait_for()
    assert 0 < stage(opened).locator("tbody tr").count() < len(exploration.sources)
    assert all("2018" in text for text in stage(opened).locator("tbody tr").all_inner_texts())
    field.fill("no such words")
    stage(opened).get_by_text("No row passes.").wait_for()
    assert opened.page.evaluate("document.activeElement.className") == "words"


def test_a_row_opens_the_panel(opened: Opened) -> None:
    """By click anywhere in it, or by its first button; the open row is marked, and the table stays where it is."""
    opened.go("view=table&lang=en&sort=object&table.page=2")
    row = stage(opened).locator("tbody tr").nth(3)
    row.locator("td.sentence").click()
    claim = opened.hash["claim"]
    assert claim
    assert row.get_attribute("aria-current") == "true"
    other = stage(opened).locator("tbody tr").nth(4).get_by_role("button").first
    other.focus()
    other.press("Enter")
    assert opened.hash["claim"] not in ("", claim)
    assert opened.page.evaluate("document.activeElement.closest('tr').rowIndex") == 5
    opened.go("view=table&table.of=things&sort=-claims")
    stage(opened).locator("tbody tr").first.get_by_role("button").first.click()
    assert opened.hash["chosen"] == opened.page.evaluate("data.things.iri.at(tableRows.now().rows[0])")


def test_from_a_document_to_its_claims(opened: Opened, exploration: Exploration) -> None:
    opened.go("view=table&table.of=documents&lang=en&sort=-claims")
    button = stage(opened).locator("tbody tr").first.get_by_role("button").nth(1)
    many = int(button.inner_text())
    button.click()
    assert count(opened) == f"1–{min(many, 100)} / {many}"
    per_source = [0] * len(exploration.sources)
    for claim in exploration.claims:
        per_source[exploration.quotes[claim.quote].source] += 1
    assert many == max(per_source)


def test_the_rows_of_another_view(opened: Opened) -> None:
    """The picture that was shown last, as a table: the same rows."""
    opened.go("view=compare&a=place/370700&b=place/340200&lang=en")
    rows = opened.page.evaluate("compareView.rows().rows")
    opened.page.click("#tabs [data-view=table]")
    stage(opened).locator("[data-of=picture]").click()
    assert opened.hash["table.view"] == "compare"
    assert opened.page.evaluate("tableView.rows().rows") == rows
    assert count(opened) == f"1–{len(rows)} / {len(rows)}"


def test_it_fits_a_telephone(browser: Any, page_file: Path) -> None:
    for opened in in_browser(browser, page_file, viewport={"width": 360, "height": 780}):
        opened.go("view=table&lang=en&since=2015")
        assert opened.page.evaluate("dom.at('stage').scrollWidth") <= 360


def test_an_address_that_makes_no_sense_breaks_nothing(opened: Opened) -> None:
    """Names that every JavaScript object has, numbers out of range, unknown columns: a table stands there all the same."""
    for address in (
        "table.of=__proto__&sort=-constructor&table.page=-3",
        "table.of=picture&table.view=constructor",
        "levels=x>&kinds=__proto__&since=1e99",
        "links=constructor&table.only=nothing",
    ):
        opened.go(f"view=table&{address}")
        assert stage(opened).locator("table tbody tr").count() > 0
        assert "function" not in (opened.page.evaluate("tableView.question()") or "")


@pytest.mark.parametrize(
    ("address", "view"),
    [
        ("view=diffusion", "diffusion"),
        ("view=diffusion&program=program/县管校聘", "diffusion"),
        ("view=places&program=program/县管校聘", "places"),
        ("view=network", "network"),
        ("view=compare&a=place/370700&b=place/340200", "compare"),
    ],
)
def test_rows_of_a_picture_open_what_they_are_of(opened: Opened, address: str, view: str) -> None:
    """By a click anywhere in the row and by Enter on its first cell; the panel has the thing or its claim."""
    opened.go(f"{address}&lang=en")
    opened.page.click("#tabs [data-view=table]")
    opened.page.click("#stage [data-of=picture]")
    before = set(opened.hash)
    row = opened.page.locator("#stage tbody tr.opens").nth(2)
    name = row.locator("th").inner_text()
    row.locator("td").last.click()
    by_click = {key: value for key, value in opened.hash.items() if key not in before}
    assert by_click.keys() <= {"chosen", "claim"}
    chosen = opened.page.evaluate("data.things.name.at(data.thing(state.get('chosen')))")
    assert any(cell.endswith(chosen) for cell in [*row.locator("td").all_inner_texts(), name])
    assert ("claim" in by_click) == (("&program" in address and view == "diffusion") or view == "network")
    assert row.get_attribute("aria-current") == "true"
    assert opened.page.inner_text("#panel").strip()
    opened.go(f"view=table&table.of=picture&table.view={view}&lang=en&{address.partition('&')[2]}")
    opened.page.locator("#stage tbody tr.opens th button").nth(2).press("Enter")
    assert {key: opened.hash[key] for key in by_click} == by_click
