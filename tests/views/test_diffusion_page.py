"""The report on diffusion: every number leads to what it rests on, every sentence is only text, nothing is asked for."""

from __future__ import annotations

import dataclasses
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from graph.diffusion import diffusion_lines

from kg.cli import main
from kg.diffusion.adoptions import Adoption, Dated, Evidence, History, Program, Unit
from kg.diffusion.ways.way import By, Grade, Step, way
from kg.errors import DiffusionError
from kg.graph.triples import write_nquads
from kg.model import Level, Status
from kg.views.diffusion.page import report_html
from kg.views.diffusion.sections.inferred import inferred
from kg.views.diffusion.sections.study import Study
from kg.views.diffusion.study import study_of

PAYLOAD = "\"'></script><script>document.documentElement.dataset.pwned=1</script><img src=http://x.example/y.png>"
LEVELS = (Level.NATION, Level.PROVINCE, *(Level.PREFECTURE,) * 6)


def history(prefix: str = "") -> History:
    """Two programmes among eight places, some years only bounds, one unknown, one place not read."""
    units = tuple(
        Unit(
            f"u{n}",
            f"{prefix}{'甲乙丙丁戊己庚辛'[n]}市",
            level,
            "" if n == 0 else "u0" if n == 1 else "u1",
            "u1" if n else "",
        )
        for n, level in enumerate(LEVELS)
    )
    programs = (Program("p0", f"{prefix}县管校聘"), Program("p1", f"{prefix}双减"))
    adoptions = []
    for n, unit in enumerate(units):
        for m, program in enumerate(programs[: 1 + n % 2]):
            year = None if n == 7 else 2012.0 + (n * 3 + m) % 6
            lower = None if n % 3 == 0 or year is None else year - 1
            dated = Dated.OPEN if year is None else Dated.DOCUMENT if lower is None else Dated.STATED
            text = f"{prefix}{year or ''}年，{unit.name}启动{program.name}。"
            said = Evidence(f"urn:c/{n}-{m}", f"{prefix}总结{n}.txt", text, year=year, status=Status.STARTED)
            adoptions.append(Adoption(unit.id, program.id, lower, year, dated, Status.STARTED, evidence=(said,)))
    read = {(unit.id, year): 1 for unit in units[:6] for year in range(2011, 2019)}
    return History(
        units, programs, tuple(sorted(adoptions, key=lambda a: (a.unit, a.program))), read, {("u6", 2013): 2}
    )


def studies(prefix: str = "") -> tuple[Study, Study]:
    """On one programme and on all."""
    whole = history(prefix)
    mine = whole.by_program["p0"]
    part = dataclasses.replace(whole, programs=whole.programs[:1], adoptions=mine)
    said = Evidence("urn:c/said", f"{prefix}通知.txt", f"{prefix}丙市学习乙市。", year=2014.0)
    found = way(part, "p0", [Step("u1", "u2", Grade.SAID, By.LEARNS, (said,), f"{prefix}意见")])
    return Study(part, whole, "made-up", part.programs[0], {"p0": found}), Study(whole, whole, "made-up")


class Page(HTMLParser):
    """What stands where: anchors, targets, and figures outside of links."""

    SILENT = frozenset({"style", "svg", "script", "title", "caption", "th", "h1", "h2", "h3", "figcaption"})
    FREE = frozenset({"who", "term", "basis", "methods"})  # names; fixed figures; the appendix; how it was made

    def __init__(self, page: str) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.targets: set[str] = set()
        self.tags: set[str] = set()
        self.unlinked: list[str] = []
        self._open: list[bool] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.add(tag)
        self.targets |= {found["id"] or ""} if "id" in found else set()
        href = found.get("href") or found.get("xlink:href")
        self.anchors |= {href} if href else set()
        if tag not in ("meta", "br", "img", "link"):
            quiet = tag == "a" or tag in self.SILENT or bool(self.FREE & set((found.get("class") or "").split()))
            self._open.append(quiet)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self._open.pop()

    def handle_data(self, data: str) -> None:
        if not any(self._open) and re.search(r"\d", data):
            self.unlinked.append(data)


@pytest.mark.parametrize("study", studies(), ids=["one", "all"])
def test_every_number_is_linked_and_every_link_leads_somewhere(study: Study) -> None:
    page = Page(report_html(study))
    assert page.unlinked == []
    assert len(page.anchors) > 20
    assert {anchor for anchor in page.anchors if not anchor.startswith("#")} == set()
    assert {anchor[1:] for anchor in page.anchors} <= page.targets


@pytest.mark.parametrize("number", [0, 1])
def test_what_documents_say_is_only_text(number: int) -> None:
    page = report_html(studies(PAYLOAD)[number])
    assert not {"script", "img", "iframe", "link"} & Page(page).tags
    assert "default-src 'none'; script-src 'none'" in page
    assert "document.documentElement.dataset.pwned" in page


def test_the_sentences_with_file_and_claim_are_there() -> None:
    page = report_html(studies()[0])
    for text in ("甲市启动县管校聘", "总结0.txt", "urn:c/0-0", "丙市学习乙市", "未见不等于未采纳", "Turnbull"):
        assert text in page


def test_the_same_page_every_time() -> None:
    assert report_html(studies()[0]) == report_html(studies()[0])


@pytest.mark.parametrize("adoptions", [0, 1], ids=["nobody", "one"])
def test_little_data_gives_a_page_too(adoptions: int) -> None:
    whole = history()
    few = dataclasses.replace(
        whole, programs=whole.programs[:1], adoptions=whole.adoptions[:adoptions], read={}, missing={}
    )
    for study in (Study(few, few, "few", few.programs[0]), Study(few, few, "few")):
        assert Page(report_html(study)).unlinked == []


TABLE = "unit,program,year\n甲市,县管校聘,2013\n乙市,县管校聘,2014\n丙市,双减,2015\n"


def test_the_commands_write_pictures_and_pages(tmp_path: Path) -> None:
    """Of a user's own table; an unknown programme and a wrong ending are one line."""
    table, page, picture = tmp_path / "mine.csv", tmp_path / "one.html", tmp_path / "strip.svg"
    table.write_text(TABLE, "utf-8")
    run = CliRunner().invoke
    assert run(main, ["diffuse", "report", str(table), "县管校聘", "--out", str(page)]).exit_code == 0
    assert "没有阅读记录" in page.read_text("utf-8")
    assert run(main, ["diffuse", "picture", str(table), "strip", "--out", str(picture)]).exit_code == 0
    assert picture.read_bytes().startswith(b"<?xml")
    for asked in (
        ["report", str(table), "无此项目", "--out", str(page)],
        ["picture", str(table), "curve", "--out", str(picture)],
    ):
        told = run(main, ["diffuse", *asked])
        assert told.exit_code == 1
        assert told.output.startswith("Error: ")
    assert run(main, ["diffuse", "picture", str(table), "heat", "--out", "x.gif"]).exit_code == 2


def test_of_a_graph_the_page_has_the_sentences_and_the_way(tmp_path: Path) -> None:
    """One programme and all, as `kg diffuse report` writes them; numbers lead to sentences there, too."""
    write_nquads(diffusion_lines(), tmp_path / "graph.nq")
    for asked in (["县管校聘"], []):
        done = CliRunner().invoke(
            main, ["diffuse", "report", str(tmp_path), *asked, "--out", str(tmp_path / "page.html")]
        )
        assert done.exit_code == 0, done.output
        page = Page((tmp_path / "page.html").read_text("utf-8"))
        assert page.unlinked == []
        assert {anchor[1:] for anchor in page.anchors} <= page.targets
    drawn = CliRunner().invoke(
        main, ["diffuse", "picture", str(tmp_path), "network", "-p", "县管校聘", "--out", str(tmp_path / "way.svg")]
    )
    assert drawn.exit_code == 0, drawn.output
    assert "文中明言" in (tmp_path / "way.svg").read_text("utf-8")


def test_a_table_without_adoptions_is_no_study(tmp_path: Path) -> None:
    table = tmp_path / "none.csv"
    table.write_text("unit,program,year\n", "utf-8")
    with pytest.raises(DiffusionError):
        study_of(table)


def chain(prefix: str = "") -> History:
    """Forty programmes that all go from the first of eight places to the second, and so on; three of four places take part."""
    whole = history(prefix)
    programs = tuple(Program(f"p{n:02d}", f"{prefix}试点") for n in range(40))
    adoptions = []
    for n, program in enumerate(programs):
        for m, unit in enumerate(whole.units):
            if (n * 5 + m * 3) % 4:
                year = 2000.0 + n % 7 + m + (n * m) % 2
                said = Evidence(
                    f"urn:c/{n}/{m}", f"{prefix}总结.txt", f"{prefix}{unit.name}启动{program.name}。", year=year
                )
                adoptions.append(Adoption(unit.id, program.id, year - 1, year, Dated.STATED, evidence=(said,)))
    return History(
        whole.units, programs, tuple(sorted(adoptions, key=lambda a: (a.unit, a.program))), {("u0", 2000): 1}
    )


def test_an_inferred_edge_has_its_figures_and_its_sentences() -> None:
    """z and q of each edge, and the sentences of both places; all of it linked, and names only names."""
    whole = chain(PAYLOAD)
    made = inferred(Study(whole, whole, "chain"))
    page = Page(made)
    assert page.unlinked == []
    assert "没有一条边" not in made
    assert made.count('id="edge-') > 3
    assert {"#edge-1", "#e1"} <= page.anchors
    assert not {"script", "img"} & page.tags


def test_where_no_network_can_be_inferred_the_page_says_why() -> None:
    assert "没有推断网络：至少要有" in report_html(studies()[1])
