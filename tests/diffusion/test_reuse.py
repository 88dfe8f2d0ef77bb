"""Texts written for these tests → the passages that one place has from another, and everything that must not count as one."""

from __future__ import annotations

import random
from itertools import permutations
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.cli import main
from kg.diffusion.adoptions import Unit
from kg.diffusion.reuse.aligning import aligned
from kg.diffusion.reuse.edges import Grounds, reuse_edges
from kg.diffusion.reuse.finding import reused
from kg.diffusion.reuse.masking import stream_of
from kg.diffusion.reuse.records import Corpus, Kind, Passage, Reuse, Text
from kg.diffusion.reuse.side_by_side import Piece, Same, pieces, side_by_side
from kg.diffusion.reuse.sources import NO_FILE, NO_PLACE, read_corpus, written_in
from kg.diffusion.reuse.winnowing import GRAM, WINDOW, joined, seeds
from kg.graph.store import open_graph
from kg.model import Document, Genre, Level, Span
from kg.pipeline import build
from kg.texts import read_document
from kg.views.diffusion.reuse_page import reuse_html
from kg.views.diffusion.reuse_table import passage_text, reuse_summary, reuse_table

UNITS = {
    unit.id: unit
    for unit in (
        Unit("国", "中国", Level.NATION),
        Unit("辽", "辽宁省", Level.PROVINCE, "国", "辽"),
        Unit("连", "大连市", Level.PREFECTURE, "辽", "辽"),
        Unit("锦", "锦州市", Level.PREFECTURE, "辽", "辽"),
        Unit("甘", "甘井子区", Level.COUNTY, "连", "辽"),
        Unit("青", "青岛市", Level.PREFECTURE, "鲁", "鲁"),
        Unit("鲁", "山东省", Level.PROVINCE, "国", "鲁"),
    )
}
COPIED = "由一所优质小学牵头，联合三所乡村小学组成“同心共同体”，教师每学期走教不少于二十节，期末捆绑考核并公布结果。"
ALTERED = "由一所优质小学牵头，联合五所村级小学组成“同心共同体”，教师每学年走教不少于四十节，期末捆绑考核并公开结果。"
MANY = "各校要把安全摆在首位，逐项排查用电用火与门卫值守，发现隐患立即整改，并于月底前报送台账备查。"
SENTENCES = (
    "操场翻新用的是旧轮胎做成的颗粒，家长在夏天闻过气味之后才签了字。",
    "食堂的菜谱每逢周五贴在门口，哪道菜剩得多下周便换掉。",
    "图书角由四年级的孩子轮流看管，借书卡写满一张换一枚印章。",
    "教研员蹲点听课，听完当场讲三条优点一条不足，不写总结。",
    "校车改走河东那条新路，早上能省下一刻钟，冬天也不必摸黑。",
    "职校开了汽修夜班，白天上工的青年晚上来学两个钟头。",
    "幼儿园把滑梯搬进院子中央，老师坐在哪里都看得见。",
    "信访件三日内回电，半月内回信，逾期由督学上门说明。",
)


def _text(
    name: str, unit: str, year: int | None, *sentences: str, genre: Genre = Genre.NOTICE, title: str = ""
) -> Text:
    document = read_document("\n".join((f"{name}。", *sentences)).encode(), f"{name}.txt")
    span = Span(0, len(document.clean))
    return Text(f"source/{name}", unit, document, span, title, genre, year, written_in(genre, year))


def _own(number: int) -> str:
    return SENTENCES[number % len(SENTENCES)]


def _found(*texts: Text, **options: int) -> Reuse:
    return reused(Corpus(texts, UNITS), **options)


def _between(found: Reuse) -> list[tuple[str, str, str]]:
    return [(p.earlier.removeprefix("source/"), p.later.removeprefix("source/"), str(p.kind)) for p in found.passages]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (COPIED, COPIED),
        (COPIED, ALTERED),
        ("我市" + COPIED, "大连市" + COPIED),
        ("2013年，大连市教育局" + COPIED, "2015年，区教育局" + COPIED),
        ("（一）" + COPIED, "3." + COPIED),
        (COPIED, COPIED.replace("，", ", ")),
        (COPIED, COPIED[:25] + "\n" + COPIED[25:]),
        (COPIED, COPIED[:25] + "（此项由各校自行决定是否参加）" + COPIED[25:]),
    ],
)
def test_a_copy_is_found(one: str, other: str) -> None:
    """Whatever names, numbers, signs and line breaks differ, and where words were changed or put in."""
    found = _found(_text("先", "锦", 2013, _own(0), one, _own(1)), _text("后", "青", 2015, _own(2), other, _own(3)))
    (passage,) = found.passages
    assert _between(found) == [("先", "后", "sibling")]
    assert passage.directed
    assert passage.length >= 40
    assert passage.later_span.start >= found.text["source/后"].document.text.index(_own(2))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (_own(0), _own(1)),
        (COPIED[:22], COPIED[:22]),
        ("全面贯彻党的教育方针，落实立德树人根本任务，办好人民满意的教育，" * 2,) * 2,
        ("落实《国家中长期教育改革和发展规划纲要（2010—2020年）》和《关于深入推进义务教育均衡发展的若干意见》",) * 2,
        ("大连市、沈阳市、锦州市、青岛市、济南市、南京市、苏州市、杭州市、宁波市、厦门市、广州市、深圳市",) * 2,
    ],
)
def test_no_copy(one: str, other: str) -> None:
    """Other texts, less than thirty characters, prescribed formulas, titles of documents, lists of places."""
    assert not _found(_text("先", "锦", 2013, one, _own(2)), _text("后", "青", 2015, other, _own(3))).passages


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (("锦", 2013), ("青", 2015), "sibling"),
        (("连", 2013), ("甘", 2015), "superior"),
        (("国", 2013), ("甘", 2015), "superior"),
        (("甘", 2013), ("连", 2015), "subordinate"),
        (("锦", 2013), ("甘", 2015), "sibling"),
    ],
)
def test_how_the_places_stand(one: tuple[str, int], other: tuple[str, int], kind: str) -> None:
    """A superior's words handed on, a subordinate's taken up, or neither."""
    found = _found(_text("甲", *one, COPIED, _own(0)), _text("乙", *other, COPIED, _own(1)))
    assert _between(found) == [("甲", "乙", kind)]


@pytest.mark.parametrize(
    ("one", "other", "directed"),
    [
        ((2013, Genre.NOTICE), (2014, Genre.NOTICE), True),
        ((2013, Genre.NOTICE), (2013, Genre.NOTICE), False),
        ((2013, Genre.NOTICE), (None, Genre.NOTICE), False),
        ((2013, Genre.SUMMARY), (2014, Genre.PLAN), False),  # both are written in the same winter
        ((2013, Genre.SUMMARY), (2014, Genre.SUMMARY), True),
        ((2013, Genre.PLAN), (2013, Genre.SUMMARY), True),
    ],
)
def test_which_is_earlier(one: tuple[int, Genre], other: tuple[int | None, Genre], directed: bool) -> None:
    """The direction is told only where the dates and the genres leave no doubt."""
    texts = [_text(n, u, year, COPIED, genre=genre) for n, u, (year, genre) in (("甲", "锦", one), ("乙", "青", other))]
    (passage,) = _found(*texts).passages
    assert passage.directed is directed
    assert not directed or passage.earlier == "source/甲"


def test_a_common_source_is_named() -> None:
    """What two places have from an older text of a government above both is no copy from one to the other."""
    texts = (
        _text("省文", "辽", 2011, COPIED, _own(0)),
        _text("连文", "连", 2013, COPIED),
        _text("锦文", "锦", 2015, COPIED),
    )
    found = _found(*texts)
    assert sorted(_between(found)) == [
        ("省文", "连文", "superior"),
        ("省文", "锦文", "superior"),
        ("连文", "锦文", "common source"),
    ]
    assert {p.source for p in found.passages if p.kind is Kind.COMMON} == {"source/省文"}
    assert {(e.origin, e.destination) for e in reuse_edges(found)} == {("辽", "连"), ("辽", "锦")}


def test_an_older_third_text_is_named() -> None:
    """Whether the last one copied the first or the second cannot be told: only passages without an older source are edges."""
    texts = [_text(f"{n}", unit, 2011 + 2 * n, COPIED, _own(n)) for n, unit in enumerate(("青", "连", "锦"))]
    found = _found(*texts)
    assert {(p.earlier, p.later): p.source for p in found.passages}["source/1", "source/2"] == "source/0"
    assert {(e.origin, e.destination) for e in reuse_edges(found)} == {("青", "连"), ("青", "锦")}


def test_what_a_place_repeats_is_no_copy() -> None:
    """A place that has had the words for years did not copy them again; the first text on each side tells of the copy."""
    texts = [_text(f"{unit}{year}", unit, year, COPIED, _own(year)) for unit, year in (("锦", 2012), ("锦", 2014))]
    texts += [_text(f"{unit}{year}", unit, year, COPIED, _own(year)) for unit, year in (("青", 2016), ("青", 2018))]
    found = _found(*texts)
    assert _between(found) == [("锦2012", "青2016", "sibling")]
    assert found.repeated == 3


def test_everybodys_wording_counts_for_nothing() -> None:
    """What stands in the texts of many places is no evidence; what two of them share besides is."""
    units = {f"{n}": Unit(f"{n}", f"{n}") for n in range(30)}
    texts = [_text(f"t{n}", f"{n}", 2010 + n, _own(n), MANY, *((COPIED,) if n in (4, 9) else ())) for n in range(30)]
    found = reused(Corpus(tuple(texts), units))
    assert [(p.earlier, p.later) for p in found.passages if "共同体" in _words(found, p)] == [
        ("source/t4", "source/t9")
    ]
    assert not [p for p in found.passages if "台账" in _words(found, p)]
    assert found.passages[0].units == 2


def test_two_words_around_it_make_no_copy() -> None:
    """Everybody's wording is cut out of a passage, and what is left on both sides is too short."""
    units = {f"{n}": Unit(f"{n}", f"{n}") for n in range(30)}
    around = {
        4: f"清晨雾散之后再开校门。{MANY}傍晚钟响之前收起旗子。",
        9: f"清晨雾散之后再开校门，{MANY}傍晚钟响之前收起旗子。",
    }
    texts = [_text(f"t{n}", f"{n}", 2010 + n, around.get(n, MANY)) for n in range(30)]
    assert not reused(Corpus(tuple(texts), units)).passages


def _words(found: Reuse, passage: Passage) -> str:
    return found.text[passage.later].document.text[slice(*passage.later_span)]


def test_a_citation_is_evidence_that_the_text_says_so() -> None:
    """The later text names the earlier one by its title."""
    title = "锦州市教育局关于组建小学共同体的意见"
    for named, grounds in ((True, Grounds.SAID), (False, Grounds.IMPLIED)):
        told = "学习《关于组建小学共同体的意见》，" if named else ""
        found = _found(_text("先", "锦", 2013, COPIED, title=title), _text("后", "青", 2015, told + COPIED, _own(1)))
        assert [(e.origin, e.destination, e.year, e.grounds) for e in reuse_edges(found)] == [
            ("锦", "青", 2015, grounds)
        ]


def test_parts_of_one_document_do_not_copy_each_other() -> None:
    """A compilation prints several governments' texts."""
    document = read_document(f"{COPIED}\n{_own(0)}\n{COPIED}".encode(), "a.txt")
    half = document.clean.index(_own(0))
    spans = Span(0, half), Span(half, len(document.clean))
    texts = [Text(f"source/{n}", u, document, span) for n, (u, span) in enumerate(zip("锦青", spans, strict=True))]
    assert not _found(*texts).passages


@pytest.mark.parametrize("lengths", [(), (0,), (0, 0), (1, 1), (9, 0), (40, 0), (20, 20)])
def test_hardly_any_text(lengths: tuple[int, ...]) -> None:
    """Nothing is found in nothing, nor in too little."""
    documents = _documents((COPIED,) * len(lengths))
    texts = [Text(u, u, d, Span(0, n)) for u, d, n in zip("锦青", documents, lengths, strict=False)]
    assert not _found(*texts).passages


def test_places_and_numbers_are_masked() -> None:
    """However a place is called and whatever the year."""
    texts = "我市2014年县管校聘", "大连市二〇一五年县管校聘", "全区十年县管校聘", "大连沙河口区3,000年县管校聘"
    masked = {stream_of(Text("x", "锦", d, Span(0, len(d.clean)))).masked for d in _documents(texts)}
    assert masked == {"□#年□管校聘"}


def _documents(texts: tuple[str, ...]) -> list[Document]:
    return [read_document(text.encode(), "a.txt") for text in texts]


@given(st.data())
def test_winnowing_finds_what_is_long_enough(data: st.DataObject) -> None:
    """Any two texts that share WINDOW + GRAM - 1 characters have a fingerprint in common (Schleimer et al. 2003)."""
    signs = st.text(st.sampled_from("优质小学牵头联合走教捆绑考核公布结果期末乡村"), min_size=0, max_size=30)
    shared = data.draw(
        st.text(st.sampled_from("操场翻新旧轮胎颗粒家长夏天闻过气味签字"), min_size=WINDOW + GRAM - 1, max_size=40)
    )
    texts = [data.draw(signs) + shared + data.draw(signs) for _ in range(2)]
    streams = [stream_of(Text("x", "锦", d, Span(0, len(d.clean)))) for d in _documents(tuple(texts))]
    assert len(seeds(joined(streams, [0, 1], [0, 1]), 8).left) > 0


@given(
    st.lists(st.sampled_from([*SENTENCES, COPIED, ALTERED]), min_size=1, max_size=6), st.randoms(use_true_random=False)
)
@settings(max_examples=20)
def test_laws(sentences: list[str], chance: random.Random) -> None:
    """Offsets read back; both sides begin and end with the same character; the order of the texts does not matter."""
    texts = [
        _text("甲", "锦", 2012, *sentences),
        _text("乙", "青", 2014, *chance.sample(sentences, len(sentences))),
        _text("丙", "甘", 2016, *sentences[::2]),
    ]
    found = [_found(*order).passages for order in permutations(texts)]
    assert all(passages == found[0] for passages in found)
    together = _found(*texts)
    for passage in together.passages:
        earlier, later = together.text[passage.earlier], together.text[passage.later]
        one, other = (
            earlier.document.text[slice(*passage.earlier_span)],
            later.document.text[slice(*passage.later_span)],
        )
        assert one[0] == other[0]
        assert one[-1] == other[-1]
        assert one in earlier.document.text
        assert 0 < passage.similarity <= 1
        assert 0 <= passage.rarity <= 1
        shown = side_by_side(together, passage)
        assert "".join(piece.left for piece in shown) == one
        assert "".join(piece.right for piece in shown) == other


def test_a_text_against_itself() -> None:
    """All of it is one passage, with nothing changed."""
    found = _found(_text("甲", "锦", 2012, *SENTENCES), _text("乙", "青", 2014, *SENTENCES))
    (passage,) = found.passages
    assert passage.similarity == passage.rarity == 1
    assert {piece.same for piece in side_by_side(found, passage)} == {Same.EQUAL}


@given(st.text(max_size=60), st.text(max_size=60))
def test_an_alignment_is_both_texts(left: str, right: str) -> None:
    """Put together the pieces are the two texts, and equal pieces are equal."""
    assert "".join(left[b.left_start : b.left_end] for b in aligned(left, right)) == left
    shown = pieces(left, right)
    assert "".join(piece.left for piece in shown) == left
    assert "".join(piece.right for piece in shown) == right
    assert all((piece.same is Same.EQUAL) == (piece.left == piece.right) for piece in shown)


def test_pieces_side_by_side() -> None:
    """What both have, what one has otherwise, what only one has."""
    assert pieces("我市每学期走教二十节", "大连市每学期走教节数公布") == (
        Piece(Same.REPLACED, "我", "大连"),
        Piece(Same.EQUAL, "市每学期走教", "市每学期走教"),
        Piece(Same.REPLACED, "二十节", "节数公布"),
    )


def test_hostile_texts_stay_text() -> None:
    """Markup in a document is shown and not run, on the page and on the terminal."""
    evil = COPIED[:20] + "<script>alert(1)</script>\x1b[31m" + COPIED[20:] + _own(0) + _own(1)
    first = _text("先", "锦", 2013, evil, title='<img src=x onerror="alert(2)">')
    found = _found(first, _text("后", "青", 2015, COPIED + _own(0) + _own(1)))
    page = reuse_html(found)
    assert "<img" not in page
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert "\x1b" not in page + passage_text(found, found.passages[0])


def test_what_is_shown_of_it() -> None:
    """The table has a row for each passage, the words in brackets show what differs, the summary says what was compared."""
    found = _found(_text("先", "锦", 2013, COPIED, _own(0)), _text("后", "青", 2015, ALTERED, _own(1)))
    table = reuse_table(found)
    row = dict(zip(table.columns, table.rows[0], strict=True))
    assert (row["earlier"], row["earlier_year"], row["later"], row["kind"]) == ("锦州市", "2013", "青岛市", "sibling")
    assert "联合[三所乡村|五所村级]小学" in passage_text(found, found.passages[0])
    assert next(iter(reuse_summary(found))) == "texts compared: 2, of places: 2; passages found: 1"
    assert "<mark>" in reuse_html(found)


FILES = {
    "a.txt": f"锦州市教育局2013年工作总结\n{_own(0)}\n{_own(1)}\n我市推进集团化办学，{COPIED}\n{_own(2)}",
    "b.txt": f"青岛市教育局2015年工作总结\n{_own(3)}\n我市推进集团化办学，{ALTERED}\n{_own(4)}\n{_own(5)}",
    "c.txt": f"工作小结\n{_own(6)}\n{_own(7)}\n{COPIED}",
    "d.html": f"<html><body><h1>大连市教育局2017年工作总结</h1><p>{_own(5)}</p><p>{COPIED}</p><p>{_own(3)}</p></body></html>",
}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reuse")
    (folder / "docs").mkdir()
    for name, text in FILES.items():
        (folder / "docs" / name).write_text(text, "utf-8")
    build([folder / "docs"], folder / "graph")
    return folder / "graph"


def test_from_a_graph(graph: Path) -> None:
    """Files are read again where they lie, taken-out texts from the graph; programmes and places are the graph's."""
    docs = graph.parent / "docs"
    corpus = read_corpus(open_graph(graph), {name: docs / name for name in FILES})
    assert [one.reason for one in corpus.missing] == [NO_PLACE]
    found = reused(corpus)
    names = {unit.id: unit.name for unit in corpus.units.values()}
    told = {(names[p.origin], names[p.destination]): p for p in found.passages}
    assert {*told} == {("锦州市", "青岛市"), ("锦州市", "大连市"), ("青岛市", "大连市")}
    passage = told["锦州市", "青岛市"]
    assert COPIED[:-1] in FILES["a.txt"][slice(*passage.earlier_span)]
    assert [iri.rpartition("/")[2] for iri in passage.programs] == ["集团化办学"]
    edges = {(names[e.origin], names[e.destination], e.program.rpartition("/")[2]) for e in reuse_edges(found)}
    assert ("锦州市", "青岛市", "集团化办学") in edges


def test_a_changed_file_is_not_compared(graph: Path, tmp_path: Path) -> None:
    """Offsets would mean something else; the message says what to do."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text + ("又及。" if name == "a.txt" else ""), "utf-8")
    corpus = read_corpus(open_graph(graph), {name: tmp_path / name for name in FILES})
    assert [(one.file, one.reason) for one in corpus.missing] == [("a.txt", NO_FILE), ("c.txt", NO_PLACE)]


def test_without_the_files(graph: Path) -> None:
    """What was taken out of pages stands in the graph folder; plain texts stand nowhere else, and that is said."""
    corpus = read_corpus(open_graph(graph), {})
    assert [text.document.file for text in corpus.texts] == ["d.html"]
    assert [(one.file, one.reason) for one in corpus.missing] == [
        ("a.txt", NO_FILE),
        ("b.txt", NO_FILE),
        ("c.txt", NO_PLACE),
    ]


def test_the_command(graph: Path, tmp_path: Path) -> None:
    """A table on the terminal, CSV with offsets, and a page."""
    page = tmp_path / "reuse.html"
    told = CliRunner().invoke(main, ["diffuse", "reuse", str(graph), "--out", str(page)])
    assert told.exit_code == 0, told.output
    assert told.output.startswith("texts compared: 3, of places: 3; passages found: 3")
    assert "锦州市 2013 → 青岛市 2015" in page.read_text("utf-8")
    rows = CliRunner().invoke(main, ["diffuse", "reuse", str(graph), "-f", "csv"]).output.splitlines()
    assert rows[0].startswith("earlier,earlier_year,later,later_year,kind")
    assert len(rows) == 4
    gone = CliRunner().invoke(main, ["diffuse", "reuse", str(tmp_path)])
    assert gone.exit_code == 1
    assert "build a graph first" in gone.output
