"""The small files of tests/corpus: garbled and scraped ones come out clean, what users know wins, copies count once."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.graph_folder import Built
from kg.model import Decision, Document, Given, Part
from kg.pipeline import Settings, build, documents_in, placed_parts, read_document
from kg.texts import clean
from kg.texts import read_document as read_text_document
from kg.texts.inputs import Skipped
from kg.views.report_records import PartReport

CORPUS = Path(__file__).parents[1] / "corpus"
CLEAN = ".clean.txt"
TEXT_GROUPS = ("garbled", "furniture")
NO_CASES = {"write.py", "README.md"}


def cases(group: str) -> list[Path]:
    """The files of a group that are to be read, in order of their names."""
    return sorted(
        path
        for path in (CORPUS / group).iterdir()
        if path.is_file() and path.name not in NO_CASES and not path.name.endswith(CLEAN)
    )


def expected(path: Path) -> str:
    return path.with_name(path.stem + CLEAN).read_text("utf-8").rstrip("\n")


# ── Texts ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", [path for group in TEXT_GROUPS for path in cases(group)], ids=lambda path: path.stem)
def test_text_comes_out_clean(path: Path) -> None:
    """A file as users have it gives the text beside it, cleaning that changes nothing, and every character has a place."""
    document = read_text_document(path.read_bytes(), path.name)
    assert document.clean == expected(path)
    assert clean(document.clean)[0] == document.clean
    places = list(document.origin)
    assert places == sorted(places)
    assert all(0 <= at < len(document.text) for at in places)


@pytest.mark.parametrize(
    ("name", "undone"),
    [
        ("拼音逐字", {"pinyin", "traditional"}),
        ("拼音稀疏", {"pinyin", "traditional"}),
        ("拼音括号残缺", {"pinyin", "shifted-bytes", "traditional"}),
        ("机器繁体", {"traditional"}),
        ("汇编中一篇繁体", {"traditional"}),
        ("日期和标签丢失", {"dates", "html-tags"}),
        ("日期不能确定", set()),
        ("隐去的名称", set()),
        ("文字处理残留", {"field-codes"}),
        ("定宽换行有缩进", {"line-ends"}),
        ("邮件引用", {"line-ends", "mail-quotes"}),
        ("网页残留", {"html-entities", "html-tags"}),
    ],
)
def test_what_was_undone_is_told(name: str, undone: set[str]) -> None:
    """The report names what was undone; masks, and digits that may be one date or another, are no garbling."""
    document = read_text_document((CORPUS / "garbled" / f"{name}.txt").read_bytes(), "a.txt")
    assert {what for what, _ in document.repairs} == undone


@pytest.mark.parametrize("path", cases("furniture"), ids=lambda path: path.stem)
def test_what_was_left_out_is_told(path: Path) -> None:
    """Every stretch left out has a reason and stands in the file; what only sounds like furniture stays in."""
    document = read_text_document(path.read_bytes(), path.name)
    assert (document.left_out == ()) == (path.stem == "同样的词")
    assert all(reason and document.text[span.start : span.end].strip() for span, reason in document.left_out)


# ── What the user knows ────────────────────────────────────────────────────────────────────────────────────────────


def opened(folder: str, given: Given | None = None) -> tuple[dict[str, Document], dict[str, list[str]]]:
    """The documents of a folder by name, and why what is left out was left out."""
    settings = Settings(given=given) if given else Settings()
    documents: dict[str, Document] = {}
    skipped: dict[str, list[str]] = {}
    for found in documents_in([CORPUS / "metadata" / folder], settings):
        if isinstance(found, Skipped):
            skipped.setdefault(found.file, []).append(found.reason)
        else:
            documents[found.file] = found
    return documents, skipped


def only_part(document: Document) -> Part:
    (part,) = placed_parts(document)
    return part


def doubts(part: Part) -> list[tuple[str, str, str]]:
    return sorted((d.what, d.value, d.rule) for d in part.decided if d.rule.endswith("-given") and d.confidence == 0)


@pytest.mark.parametrize(
    ("folder", "file", "place", "year", "title"),
    [
        ("索引", "总结/a.txt", "阆中市", 2016, "南部县教育局2015年工作总结"),
        ("索引", "总结/b.txt", "南部县", 2016, "2016年教育工作要点"),
        ("索引", "c.txt", "南充市", 2019, "南充市教育局关于做好2019年暑期安全工作的通知"),
        ("索引", "d.txt", None, 2018, "学前教育工作方案"),
        ("索引", "e.txt", "营山县", 2017, "校园足球工作总结"),
        ("索引", "f.txt", "西充县", 2018, "西充县2018年教师队伍建设工作汇报"),
        ("gbk-index", "report.txt", "青神县", 2014, "青神县2014年教育工作报告"),
        ("gbk-index", "plan.txt", "青神县", 2015, "教育工作计划"),
    ],
)
def test_index_wins(folder: str, file: str, place: str | None, year: int | None, title: str) -> None:
    """Place, year and title of a file are those of its index, in UTF-8 or GBK, under Chinese or English names.

    A plan published in December is for the next year; a place that no county or several have is not taken.
    """
    part = only_part(opened(folder)[0][file])
    assert (part.place.name if part.place else None, part.year, part.title) == (place, year, title)


@pytest.mark.parametrize(
    ("file", "expected_doubts"),
    [
        (
            "总结/a.txt",
            [
                ("agency", "南部县教育局", "text-disagrees-with-given"),
                ("place", "南部县", "text-disagrees-with-given"),
                ("year", "2015", "text-disagrees-with-given"),
            ],
        ),
        ("总结/b.txt", []),
        ("e.txt", []),
    ],
)
def test_what_the_text_says_against_the_index_is_kept(file: str, expected_doubts: list[tuple[str, str, str]]) -> None:
    """As a decision that the report shows as a doubt."""
    part = only_part(opened("索引")[0][file])
    assert doubts(part) == expected_doubts
    assert part.agency is None or (part.place is not None and part.agency.jurisdiction == part.place.id)


@pytest.mark.parametrize("file", ["d.txt", "f.txt"])
def test_place_of_no_name_is_a_doubt(file: str) -> None:
    """鼓楼区 without its city and a city that does not exist are told, and no claim is about them."""
    document = opened("索引")[0][file]
    (doubt,) = (d for d in only_part(document).decided if d.rule == "given-place-unknown-or-ambiguous")
    assert doubt == Decision("place", "", doubt.rule, confidence=doubt.confidence)
    assert doubt.confidence == 0
    named = {entity.name for claim in read_document(document).claims for _, entity in claim.roles}
    assert document.given.place not in named


def test_what_is_wrong_in_an_index_is_told() -> None:
    """A year that is none, a file named twice and one that is not there; the rest of the index counts."""
    documents, skipped = opened("索引")
    assert skipped == {
        "index.csv": [
            "line 4: column 年份: 20l9 is no year",
            "line 7: e.txt stands in this index twice; the first line counts",
            "line 9 names 没有.txt, which is not there",
        ]
    }
    assert len(documents) == 6


def test_address_and_date_of_an_index() -> None:
    """They go with the document; the date of the text stays as the text has it."""
    document = opened("索引")[0]["总结/a.txt"]
    assert document.given.url == "http://www.example.gov.cn/a.html"
    assert str(document.given.date) == "2016-01-08"
    assert document.given.by == "index.csv line 2"
    assert [d.value for d in only_part(document).decided if d.what == "date"] == ["2015-12-20"]


@pytest.mark.parametrize(
    ("file", "place", "year", "by"),
    [
        ("documents.csv#2", "泰州市", 2019, "columns 标题, 省份, 城市, 年份, 原文链接"),
        ("documents.csv#3", "盐城市", 2020, "column 标题; index.csv line 2"),
        ("other.txt", "无锡市", 2021, "--place"),
    ],
)
def test_column_over_index_over_option(file: str, place: str, year: int, by: str) -> None:
    """What is said of one row goes before what is said of its file, and that before what is said of all files."""
    document = opened("列和索引", Given(place="无锡市", year=2021, by="--place"))[0][file]
    part = only_part(document)
    assert (part.place and part.place.name, part.year, document.given.by) == (place, year, by)


# ── Copies ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def built(folder: str, out: Path) -> Built:
    return build([CORPUS / "duplicates" / folder], out / "graph")


def twins(one: Built) -> dict[str, PartReport]:
    return {file.file: part for file in one.files for part in file.parts if part.twin}


@pytest.mark.parametrize(
    ("folder", "file", "verdict", "of", "said"),
    [
        ("两站", "范文网.txt", "copy", "教育局网站.txt", ""),
        ("繁体", "繁体.txt", "copy", "简体.txt", ""),
        ("两种格式", "b.html", "copy", "a.txt", ""),
        ("汇编", "松阳县.txt", "copy", "县教育局总结汇编.txt", ""),
        ("换年份", "改年份.txt", "altered", "原文.txt", "文首是2021年，正文属2018年"),
    ],
)
def test_copies_count_once(folder: str, file: str, verdict: str, of: str, said: str, tmp_path: Path) -> None:
    """The copy is named with what it copies and makes no claims; another year on top is told and not believed."""
    found = built(folder, tmp_path)
    assert [(name, part.twin, part.twin_of, part.twin_said) for name, part in twins(found).items()] == [
        (file, verdict, of, said)
    ]
    assert found.copies == ((file, of),)
    claims = {one.file: one.claims for one in found.files}
    assert claims[file] == 0 < claims[of]
    assert all(part.year == 2018 for one in found.files for part in one.parts)


def test_identical_files_are_read_once(tmp_path: Path) -> None:
    """The second is listed as a copy and is no file of its own."""
    found = built("一字不差", tmp_path)
    assert len(found.files) == 1
    assert [set(pair) for pair in found.copies] == [{"总结.txt", "备份/总结（1）.txt"}]


def test_next_years_plan_is_no_copy(tmp_path: Path) -> None:
    """A plan that repeats much of the last one, with new figures, counts like it."""
    found = built("次年计划", tmp_path)
    assert (twins(found), found.copies) == ({}, ())
    assert [(file.parts[0].year, file.claims > 0) for file in found.files] == [(2019, True), (2020, True)]


def test_borrowed_text_counts_and_is_told(tmp_path: Path) -> None:
    """Another county's report with the same sentences makes its own claims; the report says whose text it shares."""
    found = built("邻县借用", tmp_path)
    assert {file: (part.twin, part.twin_of) for file, part in twins(found).items()} == {
        "遂昌.txt": ("shares", "松阳.txt")
    }
    assert found.copies == ()
    assert all(file.claims > 0 for file in found.files)
    assert "松阳.txt" in (found.folder / "report.html").read_text("utf-8").split("遂昌.txt", 1)[1]


# ── The corpus as a whole ──────────────────────────────────────────────────────────────────────────────────────────


def test_every_file_has_its_expectation() -> None:
    """And every expectation its file, in the groups whose files are compared with a text."""
    for group in TEXT_GROUPS:
        texts = [path.stem for path in cases(group)]
        wanted = sorted(path.name.removesuffix(CLEAN) for path in (CORPUS / group).glob(f"*{CLEAN}"))
        assert sorted(texts) == wanted
        assert len(wanted) >= 15


def test_size_of_the_corpus() -> None:
    """At least 60 files to be read, none of them large; expectations, scripts and notes do not count."""
    files = [path for path in CORPUS.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    read = [path for path in files if not _is_expectation(path) and path.name not in NO_CASES]
    assert len(read) >= 60
    assert max(path.stat().st_size for path in read) < 500_000


def _is_expectation(path: Path) -> bool:
    pages = path.parent.name == "pages" and path.suffix == ".txt"
    return pages or path.name.endswith(CLEAN)
