"""What is taken away opens elsewhere and says the same: pictures, table, network, question; and the printed sheet."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsers import until

from kg import build, open_graph
from kg.graph.store import PolicyGraph
from kg.views.explorer.from_graph import exploration_of
from kg.views.explorer.page import explorer_html

from .conftest import Opened, in_browser
from .taken import GEXF, SVG, offered, take

# A view whose picture and table are known, so that what becomes of them can be looked at.
DRAWN = """() => {
  const shapes = [marks.shape("Program", 50, 60, 20), marks.shape("Place", 120, 60, 20, { opacity: 0.5 }),
    dom.svg("text", { x: 30, y: 120, class: "goto" }, "县管校聘 ≤2014\\u0001\\ud800"), dom.svg("foreignObject", {}, "no"),
    dom.svg("rect", { x: 200, y: 20, width: 80, height: 60, onclick: () => {},
      fill: "color-mix(in srgb, var(--accent) 40%, transparent)" })];
  diffusionView.picture = () => dom.svg("svg", { width: 600, height: 200, viewBox: "0 0 600 200" }, shapes);
  diffusionView.rows = () => ({ name: "x", columns: [["a", "甲", "A"], ["b", "乙", "B"]],
    rows: [["=1+2", -5], ['a,"b"\\nc', null], ["+CMD|' /C", "-12%"], ["@x", "\\u202e\\u0000"]] });
  delete diffusionView.question;
}"""
CANVAS = """() => { diffusionView.picture = () => {
  const canvas = dom.element("canvas", { width: 800, height: 400 });
  canvas.getContext("2d").fillRect(0, 0, 800, 400);
  return canvas; } }"""
FILTERS = [
    "", "levels=Prefecture", "since=2014&until=2016", "undated=no", "sure=96", "statuses=-,Planned", "genres=Summary",
    "province=place/370000", "since=2016&undated=no&levels=County,Prefecture&statuses=Ongoing",
]  # fmt: skip


@pytest.fixture
def drawn(opened: Opened) -> Any:
    """The page with the known view, in English."""
    opened.go("view=diffusion&program=program/县管校聘&lang=en&levels=Prefecture")
    opened.page.evaluate(DRAWN)
    return opened.page


def test_the_menu_works_by_keyboard(opened: Opened) -> None:
    """Down opens it and goes round, a letter goes to its item, Escape closes it and goes back to the button."""
    page = opened.page
    focused = "document.activeElement.dataset.item ?? document.activeElement.getAttribute('aria-expanded')"
    page.focus("#tools .taking > button")
    seen = []
    for key in ("ArrowDown", "End", "ArrowDown", "ArrowUp", "c", "Home", "Escape"):
        page.keyboard.press(key)
        seen.append(page.evaluate(focused))
    assert seen == ["png", "sparql", "png", "sparql", "csv", "png", "false"]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.is_hidden("#tools [role=menu]")


def test_what_a_view_lacks_cannot_be_chosen_and_says_why(opened: Opened) -> None:
    page = opened.page
    opened.go("view=table&lang=en")
    page.evaluate("() => { delete tableView.picture; delete tableView.rows; }")
    assert offered(page) == {"gexf", "sparql"}
    page.click("#tools .taking > button")
    page.click("[data-item=png]", force=True)
    assert page.inner_text("#live") == "This view has no picture"
    assert page.is_visible("#tools [role=menu]")


def test_a_drawing_stands_alone(drawn: Any) -> None:
    """Valid XML with title and source; colours written out; no class, style, script, handler or variable."""
    taken = take(drawn, "svg")
    root = taken.xml
    assert taken.name == "policy-kg-diffusion-县管校聘.svg"
    assert taken.told == f"Saved {taken.name}"
    assert root.findtext(f"{SVG}title") == "Diffusion: 县管校聘"
    assert root.findtext(f"{SVG}desc") == "Policy diffusion · 18 documents · filters: level City · policy-kg"
    elements = list(root.iter())
    assert {element.tag for element in elements} == {
        f"{SVG}{tag}" for tag in "svg title desc rect text polygon circle".split()
    }
    names = {name for element in elements for name in element.attrib}
    assert not names & {"class", "style", "href"}
    assert not any(name.startswith(("on", "data-", "aria-")) for name in names)
    assert "var(" not in taken.text
    (programme,) = root.iter(f"{SVG}polygon")
    assert programme.get("fill") == "#e69f00"
    mixed = next(rect for rect in root.iter(f"{SVG}rect") if rect.get("x") == "200")
    assert (mixed.get("fill"), mixed.get("fill-opacity")) == ("#0067a0", "0.4")
    assert "县管校聘 ≤2014\ufffd\ufffd" in "".join(root.itertext())


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_a_picture_is_twice_its_size(drawn: Any) -> None:
    """An <svg>, and a <canvas> that was drawn aside at twice its size."""
    width, height = size(take(drawn, "png").data)
    assert width == 2 * (600 + 40)
    assert 400 < height < 700
    drawn.evaluate(CANVAS)
    assert size(take(drawn, "png").data)[0] == 2 * (480 + 40)
    assert "data:image/png;base64," in take(drawn, "svg").text


def test_a_table_is_for_spreadsheets(drawn: Any) -> None:
    """RFC 4180 with the mark of UTF-8; what a spreadsheet would compute gets an apostrophe, as in kg/views/tables.py."""
    taken = take(drawn, "csv")
    assert taken.rows == [
        ["A", "B"],
        ["'=1+2", "-5"],
        ['a,"b"\nc', ""],
        ["'+CMD|' /C", "-12%"],
        ["'@x", "\ufffd\ufffd"],
    ]
    assert taken.data.endswith(b"\r\n")


def test_the_network_is_what_passes_the_filters(opened: Opened) -> None:
    opened.go("view=network&levels=Prefecture&kinds=Place,Program&lang=en")
    page = opened.page
    root = take(page, "gexf").xml
    things, ties = page.evaluate("['things', 'ties'].map((name) => filters.now()[name].reduce((a, b) => a + b))")
    nodes, edges = list(root.iter(f"{GEXF}node")), list(root.iter(f"{GEXF}edge"))
    assert root.get("version") == "1.3"
    assert (len(nodes), len(edges)) == (things, ties)
    ids = {node.get("id") for node in nodes}
    assert len(ids) == things
    assert {edge.get(end) for edge in edges for end in ("source", "target")} <= ids
    told = [{value.get("for"): value.get("value") for value in node.iter(f"{GEXF}attvalue")} for node in nodes]
    assert {node["kind"] for node in told} == {"Place", "Program"}
    said = [edge for edge in edges if edge.get("kind") == "adopts"]
    assert all(any(value.get("for") == "sentences" for value in edge.iter(f"{GEXF}attvalue")) for edge in said)
    declared = {one.get("id") for one in root.iter(f"{GEXF}attribute")}
    assert {value.get("for") for value in root.iter(f"{GEXF}attvalue")} <= declared


def test_the_network_opens_in_networkx(opened: Opened, tmp_path: Path) -> None:
    from networkx import read_gexf

    opened.go("lang=en")
    (tmp_path / "n.gexf").write_bytes(take(opened.page, "gexf").data)
    network = read_gexf(tmp_path / "n.gexf", version="1.3")
    assert "program/县管校聘" in network
    assert network.nodes["program/县管校聘"]["kind"] == "Program"


def test_the_picture_of_a_comparison_has_its_key(opened: Opened) -> None:
    """Either side, and each of its marks for both sides: a year that is stated, an upper bound, who was surely first."""
    opened.go("view=compare&a=place/320106&b=place/330200&lang=en")
    root = take(opened.page, "svg").xml
    told = ["鼓楼区", "宁波市", "year stated", "not later than this year", "surely first"]
    parts = list(root)
    words = [part.text for part in parts if part.tag == f"{SVG}text" and part.text in told]
    assert words == told
    icons = [parts[i - 1] for i, part in enumerate(parts) if part.text in told]
    shapes = [[len(list(icon.iter(f"{SVG}{tag}"))) for tag in ("circle", "rect", "line")] for icon in icons]
    assert shapes == [[1, 0, 0], [0, 1, 0], [1, 1, 0], [1, 1, 1], [2, 2, 0]]


@pytest.mark.parametrize("filters", FILTERS)
def test_the_question_gives_the_claims_that_pass(opened: Opened, example: PolicyGraph, filters: str) -> None:
    """One row for each."""
    opened.go(filters)
    asked = opened.page.evaluate("awaySparql.text({ id: 'x', name: ['x', 'x'] })")
    assert len(example.query(asked)) == opened.page.evaluate("filters.now().claims.reduce((a, b) => a + b)")


def test_the_question_is_saved_and_copied(opened: Opened, example: PolicyGraph) -> None:
    page = opened.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened.go("view=table&lang=en&since=2016")
    taken = take(page, "sparql")
    until(page, "document.getElementById('live').textContent.includes('clipboard')")
    assert taken.name == "policy-kg-table.rq"
    assert page.evaluate("navigator.clipboard.readText()") == taken.text
    assert re.match(r"# .+\n# .+years 2016–.+\n# .+\n", taken.text)
    assert len(example.query(taken.text)) > 0


def test_table_and_question_of_the_table_have_the_same_rows(opened: Opened, example: PolicyGraph) -> None:
    opened.go("view=table")
    assert len(example.query(take(opened.page, "sparql").text)) == len(take(opened.page, "csv").rows) - 1


def answered(graph: PolicyGraph, question: str) -> list[tuple[str, ...]]:
    return sorted(tuple(str(value or "") for value in row) for row in graph.query(question))


@pytest.mark.parametrize("filters", [*FILTERS, "lang=en", "links=adopts,learnsFrom", "kinds=Place"])
def test_table_and_question_of_the_adopters_are_the_same(opened: Opened, example: PolicyGraph, filters: str) -> None:
    """Column by column; but the graph does not know which places of one name the page tells apart: their ids are the same."""
    opened.go(f"{filters}&program=program/县管校聘")
    heading, *table = take(opened.page, "csv").rows
    rows = answered(example, take(opened.page, "sparql").text)
    assert heading[-1] in ("地方标识", "Place id")
    named = {row[-1]: row[1] for row in rows}
    assert all(row[1].endswith(named[row[-1]]) for row in table)
    assert rows == sorted((row[0], named[row[-1]], *row[2:]) for row in table)
    assert rows or filters == "kinds=Place"


@pytest.mark.parametrize("filters", [*FILTERS, "kinds=Place"])
def test_table_and_question_of_the_programmes_are_the_same(opened: Opened, example: PolicyGraph, filters: str) -> None:
    """All columns of numbers; the question says that it lacks the other two."""
    opened.go(f"lang=en&{filters}")
    table, question = take(opened.page, "csv").rows, take(opened.page, "sparql").text
    assert table[0][5:] == ["Earliest record", "Levels"]
    assert "two columns more (earliest record, levels)" in question
    assert answered(example, question) == sorted(tuple(row[:5]) for row in table[1:])


@pytest.mark.parametrize("filters", [*FILTERS, "links=adopts,learnsFrom", "kinds=Place"])
@pytest.mark.parametrize("year", ["", "&year=2016"])
@pytest.mark.parametrize("program", ["", "&program=program/县管校聘"])
def test_table_and_question_of_the_places_are_the_same(
    opened: Opened, example: PolicyGraph, program: str, year: str, filters: str
) -> None:
    """With a programme and without, up to a year and of all years, as they are drawn."""
    opened.go(f"view=places{program}{year}&{filters}")
    table, question = take(opened.page, "csv").rows, take(opened.page, "sparql").text
    assert answered(example, question) == sorted(map(tuple, table[1:]))


@pytest.mark.parametrize("sign", [*'<>"{}|\\^`', " ", "\n", "\x00"])
def test_no_sign_of_a_name_ends_an_iri(opened: Opened, sign: str) -> None:
    refused = "(short) => { try { return away.iri(short); } catch (fault) { return fault.name; } }"
    assert opened.page.evaluate(refused, f"program/a{sign}b") == "RangeError"
    assert opened.page.evaluate(refused, "program/甲%2Fb") == "<https://w3id.org/policy-kg/id/program/甲%2Fb>"


def test_language_and_colours_are_chosen_and_stand_in_the_address(opened: Opened) -> None:
    page = opened.page
    page.click("#tools .language")
    assert (opened.hash["lang"], page.get_attribute("html", "lang")) == ("en", "en")
    assert page.evaluate("document.activeElement.className") == "language"
    page.select_option("#tools .theme", "dark")
    assert opened.hash["theme"] == "dark"
    assert page.evaluate("dom.color('ground')") == "#16181b"
    page.go_back()
    assert page.input_value("#tools .theme") == ""


@pytest.fixture
def dark(browser: Any, page_file: Path) -> Iterator[Opened]:
    yield from in_browser(browser, page_file, color_scheme="dark")


def test_the_printed_sheet_is_light_and_says_whence(dark: Opened) -> None:
    """The view and the panel with title, source and address; nothing to press."""
    dark.go("view=table&theme=dark&lang=en&since=2016")
    dark.page.emulate_media(media="print")
    assert dark.page.evaluate("dom.color('ground')") == "#ffffff"
    assert dark.page.is_hidden("#tools")
    assert dark.page.is_hidden("#tabs")
    sheet = dark.page.inner_text("#sheet")
    assert "18 documents · filters: years 2016–" in sheet
    assert "explorer.html#view=table" in sheet


@pytest.mark.parametrize("view", ["places", "compare"])
def test_no_colour_of_a_dark_page_is_printed(dark: Opened, view: str) -> None:
    """Nor of one that is dark because the screen is."""
    names = "['ground', 'ink', 'place', 'side-a', 'side-b', 'shade-1', 'shade-4', 'year-5'].map(dom.color)"
    dark.go(f"view={view}&theme=light")
    light = dark.page.evaluate(names)
    for theme in ("", "dark"):
        dark.go(f"view={view}&theme={theme}")
        assert dark.page.evaluate(names) != light
        dark.page.emulate_media(media="print")
        assert dark.page.evaluate(names) == light
        dark.page.emulate_media(media="screen")


def test_claims_of_no_place_are_none_of_a_place(browser: Any, tmp_path: Path) -> None:
    """A text of which nobody knows whose it is adds nothing to the places, in the table and in the answer."""
    (tmp_path / "a.txt").write_text("长海县教育局2016年工作要点\n2016年，我县全面推行县管校聘改革。\n", "utf-8")
    (tmp_path / "b.txt").write_text("实施“家校同心”工程。\n启动“阳光护苗”行动。\n", "utf-8")
    build([str(tmp_path / "a.txt"), str(tmp_path / "b.txt")], tmp_path / "graph")
    graph, file = open_graph(tmp_path / "graph"), tmp_path / "page.html"
    file.write_text(explorer_html(exploration_of(graph)), "utf-8")
    for opened in in_browser(browser, file):
        opened.go("view=places")
        assert opened.page.evaluate("data.claims.place.includes(-1)")
        table, question = take(opened.page, "csv").rows, take(opened.page, "sparql").text
        assert answered(graph, question) == sorted(map(tuple, table[1:]))
