"""Lexicons: what the reader accepts, and that it reports every fault of every file at once, with its line."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from kg.errors import LexiconError
from kg.lexicons import FILES, Lexicons, load_lexicons, load_townships, read_lexicons
from kg.model import Kind, Level

Row = dict[str, str]


def write(folder: Path, rows: dict[str, list[Row]], cleared: tuple[str, ...] = ()) -> Path:
    """A lexicon folder with these rows, the other columns and files empty."""
    for name, kind in FILES.items():
        columns = [field.name for field in fields(kind)]
        lines = [",".join(columns)]
        lines += [",".join(row.get(column, "") for column in columns) for row in rows.get(name, [])]
        (folder / name).write_text("\n".join(lines) + "\n", "utf-8")
    for name in cleared:
        (folder / name).write_text("", "utf-8")
    return folder


def problems(folder: Path, rows: dict[str, list[Row]]) -> tuple[str, ...]:
    with pytest.raises(LexiconError) as fault:
        read_lexicons(write(folder, rows))
    assert str(fault.value).splitlines() == list(fault.value.problems)
    return fault.value.problems


@pytest.fixture(scope="module")
def shipped_lexicons() -> Lexicons:
    return load_lexicons()


def test_cells(tmp_path: Path) -> None:
    """`|` separates values, an empty cell is unknown, numbers and yes are read, a BOM of a spreadsheet is ignored."""
    folder = write(
        tmp_path,
        {
            "programmes.csv": [
                {"name": "阳光午休", "aliases": "午休工程|躺睡工程", "since": "2016", "groups": "小学生"}
            ],
            "organs.csv": [{"name": "委员会", "party": "yes"}, {"name": "教育局"}],
            "places.csv": [{"id": "420500", "name": "宜昌市", "lon": "111.29", "level": "Prefecture"}],
        },
    )
    path = folder / "programmes.csv"
    path.write_text("\ufeff" + path.read_text("utf-8"), "utf-8")
    lexicons = read_lexicons(folder)
    (program,), (place,) = lexicons.programs, lexicons.places
    assert (program.aliases, program.since, program.groups, program.predecessor) == (
        ("午休工程", "躺睡工程"),
        2016,
        ("小学生",),
        "",
    )
    assert (place.lon, place.lat, place.level) == (111.29, None, Level.PREFECTURE)
    assert [organ.party for organ in lexicons.organs] == [True, False]


@pytest.mark.parametrize(
    ("file", "row", "told"),
    [
        ("programmes.csv", {"name": "阳光 午休"}, "programmes.csv:2: '阳光 午休' can never match"),
        (
            "programmes.csv",
            {"name": "阳光午休", "aliases": "午休|午休(试点)"},
            "programmes.csv:2: '午休(试点)' can never",
        ),
        ("programmes.csv", {"name": "", "aliases": "午休"}, "programmes.csv:2: the name is empty"),
        ("programmes.csv", {"name": "阳光午休", "since": "去年"}, "programmes.csv:2: invalid literal"),
        ("programmes.csv", {"name": "阳光午休", "level": "city"}, "level 'city' is none of Nation, Province"),
        ("programmes.csv", {"name": "阳光午休", "predecessor": "午睡"}, "its predecessor '午睡' is no programme"),
        ("programmes.csv", {"name": "阳光午休", "whole": "双减"}, "its whole '双减' is no programme"),
        ("places.csv", {"id": "420581", "name": "宜都市", "parent": "420500"}, "no place has the id '420500'"),
        ("places.csv", {"id": "420581", "name": "宜都市", "successors": "9"}, "no place has the id '9'"),
        ("documents.csv", {"name": "教师法", "year": "93年"}, "documents.csv:2: invalid literal"),
        ("agencies.csv", {"name": "教育部;"}, "agencies.csv:2: '教育部;' can never match"),
    ],
)
def test_one_fault(tmp_path: Path, file: str, row: Row, told: str) -> None:
    """Each fault is told with its file, its line and what is wrong."""
    (problem,) = problems(tmp_path, {file: [row]})
    assert told in problem


def test_names_that_occur_twice(tmp_path: Path) -> None:
    """The same name twice in a file, and one name of two programmes or of a programme and a document."""
    rows = {
        "programmes.csv": [
            {"name": "阳光午休"},
            {"name": "午休工程", "aliases": "躺睡"},
            {"name": "躺睡工程", "aliases": "躺睡"},
            {"name": "阳光午休"},
        ],
        "documents.csv": [{"name": "午休工程"}],
    }
    told = problems(tmp_path, rows)
    assert "programmes.csv:5: name '阳光午休' stands in line 2 already" in told
    assert "'躺睡' names both programme 午休工程 and programme 躺睡工程" in told
    assert "'午休工程' names both programme 午休工程 and document 午休工程" in told
    assert len(told) == 3


def test_all_faults_of_all_files_at_once(tmp_path: Path) -> None:
    """Who mends a spreadsheet wants to see everything that is wrong, not the first line only."""
    rows = {
        "programmes.csv": [{"name": "阳 光"}, {"name": "午休工程"}, {"name": "", "since": "x"}],
        "places.csv": [{"id": "1", "name": "某市", "parent": "2"}],
        "organs.csv": [{"name": "教育 局"}],
    }
    told = problems(tmp_path, rows)
    assert [problem.split(" ")[0] for problem in told] == [
        "programmes.csv:2:",
        "programmes.csv:4:",
        "programmes.csv:4:",
        "organs.csv:2:",
        "places.csv:",
    ]


def test_wrong_columns(tmp_path: Path) -> None:
    """A missing or misspelt column is told with the columns that must be there."""
    write(tmp_path, {})
    (tmp_path / "organs.csv").write_text("name,alias\n教育局,\n", "utf-8")
    with pytest.raises(LexiconError) as fault:
        read_lexicons(tmp_path)
    assert fault.value.problems == ("organs.csv:1: the columns must be name,aliases,levels,party",)


def test_cells_too_many(tmp_path: Path) -> None:
    """A comma inside an unquoted cell makes one cell too many; the line is told."""
    write(tmp_path, {})
    (tmp_path / "organs.csv").write_text("name,aliases,levels,party\n教育局,教育,体育局,County,\n文教局,,\n", "utf-8")
    with pytest.raises(LexiconError) as fault:
        read_lexicons(tmp_path)
    assert [problem.split(": ")[0] for problem in fault.value.problems] == ["organs.csv:2", "organs.csv:3"]
    assert "double quotes" in fault.value.problems[0]


def test_missing_file(tmp_path: Path) -> None:
    """A folder without one of the files is no lexicon folder."""
    write(tmp_path, {})
    (tmp_path / "organs.csv").unlink()
    with pytest.raises((LexiconError, FileNotFoundError), match=r"organs\.csv"):
        read_lexicons(tmp_path)


# ── The lexicons that come with the package ────────────────────────────────────────────────────────────────────────


def test_entities(shipped_lexicons: Lexicons) -> None:
    """Every record has one entity of its kind, known, with a name and an id of its own."""
    for records, kind, path in (
        (shipped_lexicons.programs, Kind.PROGRAM, "program/"),
        (shipped_lexicons.documents, Kind.POLICY_DOCUMENT, "policy-document/"),
        (shipped_lexicons.places, Kind.PLACE, "place/"),
        (shipped_lexicons.agencies, Kind.AGENCY, "agency/"),
    ):
        things = [record.entity for record in records]  # type: ignore[attr-defined]
        assert things
        assert {thing.kind for thing in things} == {kind}
        assert all(thing.in_lexicon and thing.id.startswith(path) for thing in things)
        assert len({thing.id for thing in things}) == len(things)


def test_read_once() -> None:
    """The shipped lexicons are read once per process."""
    assert load_lexicons() is load_lexicons()
    assert load_townships() is load_townships()


@pytest.mark.parametrize(
    ("township", "county"),
    [("营丘镇", "370725"), ("五图街道", "370725"), ("安福寺镇", "420583"), ("百里洲镇", "420583")],
)
def test_townships(township: str, county: str) -> None:
    """A township tells its county."""
    assert load_townships()[township] == (county,)


def test_townships_lie_in_known_counties(shipped_lexicons: Lexicons) -> None:
    """Every county of townships.csv is a place of places.csv, and none is named twice for one township."""
    known = {place.id for place in shipped_lexicons.places}
    unknown = {county for counties in load_townships().values() for county in counties} - known
    assert unknown == set()
    assert all(len(set(counties)) == len(counties) for counties in load_townships().values())
