"""Lexicons: what the reader accepts, and that it reports every fault of every file at once, with its line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields
from importlib.resources import as_file
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.errors import LexiconError
from kg.graph.store import open_graph
from kg.lexicon_check import Weight, check_lexicons
from kg.lexicons import (
    FILES,
    Lexicons,
    Program,
    lexicon_csv,
    load_lexicons,
    load_townships,
    read_lexicons,
    with_own_lexicons,
)
from kg.model import Kind, Level
from kg.resources import shipped

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
            "places.csv": [
                {"id": "420500", "name": "宜昌市", "lon": "111.29", "level": "Prefecture", "parent": "中国"},
                {"id": "中国", "name": "中国", "level": "Nation"},
            ],
        },
    )
    path = folder / "programmes.csv"
    path.write_text("\ufeff" + path.read_text("utf-8"), "utf-8")
    lexicons = read_lexicons(folder)
    (program,), (place, _) = lexicons.programs, lexicons.places
    assert (program.aliases, program.since, program.groups, program.predecessor) == (
        ("午休工程", "躺睡工程"),
        2016,
        ("小学生",),
        "",
    )
    assert (place.lon, place.lat, place.level) == (111.29, None, Level.PREFECTURE)
    assert [organ.party for organ in lexicons.organs] == [True, False]


COUNTY = {"id": "420581", "name": "宜都市", "level": "County"}


@pytest.mark.parametrize(
    ("file", "row", "told"),
    [
        ("programmes.csv", {"name": "阳光 午休"}, "programmes.csv:2: '阳光 午休' can never match"),
        (
            "programmes.csv",
            {"name": "阳光午休", "aliases": "午休|午休(试点)"},
            "programmes.csv:2: '午休(试点)' can never",
        ),
        ("programmes.csv", {"name": "阳光午休", "aliases": "午休｜躺睡"}, "put | between several names"),
        ("programmes.csv", {"name": "????"}, "its characters were lost when the file was saved"),
        ("programmes.csv", {"name": "", "aliases": "午休"}, "programmes.csv:2: the name is empty"),
        ("programmes.csv", {"name": "阳光午休", "since": "去年"}, "since '去年' is no year from 1900 to 2100"),
        ("programmes.csv", {"name": "阳光午休", "since": "2016.0"}, "since '2016.0' is no year"),
        ("programmes.csv", {"name": "阳光午休", "since": "3016"}, "since '3016' is no year"),
        ("programmes.csv", {"name": "阳光午休", "level": "city"}, "level 'city' is none of Nation, Province"),
        ("programmes.csv", {"name": "阳光午休", "level": "City"}, "did you mean 'Prefecture'?"),
        ("programmes.csv", {"name": "阳光午休", "predecessor": "午睡"}, "its predecessor '午睡' is no programme"),
        ("programmes.csv", {"name": "阳光午休", "whole": "双减"}, "its whole '双减' is no programme"),
        ("programmes.csv", {"name": "阳光午休", "whole": "阳光午休"}, "leads in a circle: 阳光午休 → 阳光午休"),
        ("places.csv", {**COUNTY, "parent": "420500"}, "no place has the id '420500'"),
        ("places.csv", {**COUNTY, "parent": "宜都市"}, "the id of 宜都市 is 420581"),
        ("places.csv", {**COUNTY, "parent": "420581"}, "its parent leads in a circle"),
        ("places.csv", COUNTY, "places.csv:2: 宜都市 has no parent; give the id"),
        ("places.csv", {"id": "420581", "name": "宜都市"}, "宜都市 has no level; give one of Nation"),
        ("places.csv", {"id": "1", "name": "某国", "level": "Foreign", "successors": "9"}, "no place has the id '9'"),
        ("places.csv", {"id": "1", "name": "某国", "level": "Foreign", "lat": "113"}, "lat '113' is no number of"),
        ("places.csv", {"id": "", "name": "某国", "level": "Foreign"}, "places.csv:2: the id is empty"),
        (
            "places.csv",
            {"id": "1", "name": "某国", "level": "Foreign", "valid_from": "2019", "valid_to": "2001"},
            "valid_to 2001 lies before valid_from 2019",
        ),
        ("documents.csv", {"name": "教师法", "year": "93年"}, "documents.csv:2: year '93年' is no year"),
        ("agencies.csv", {"name": "教育部;"}, "agencies.csv:2: '教育部;' can never match"),
        ("organs.csv", {"name": "教育局", "party": "是"}, "party must be yes or empty, not '是'"),
    ],
)
def test_one_fault(tmp_path: Path, file: str, row: Row, told: str) -> None:
    """Each fault is told with its file, its line, what is wrong and the cure."""
    (problem,) = problems(tmp_path, {file: [row]})
    assert told in problem
    assert problem.startswith(f"{file}:2: ")


def test_names_that_occur_twice(tmp_path: Path) -> None:
    """The same name twice in a file, and one name of two things, of one kind or of two."""
    rows = {
        "programmes.csv": [
            {"name": "阳光午休"},
            {"name": "午休工程", "aliases": "躺睡"},
            {"name": "躺睡工程", "aliases": "躺睡"},
            {"name": "阳光午休"},
        ],
        "documents.csv": [{"name": "午休工程"}],
        "agencies.csv": [{"name": "躺睡工程"}],
    }
    assert problems(tmp_path, rows) == (
        "programmes.csv:5: name '阳光午休' stands in line 2 already",
        "programmes.csv:4: '躺睡' names both programme 午休工程 (programmes.csv:3) and programme 躺睡工程; keep one",
        "documents.csv:2: '午休工程' names both programme 午休工程 (programmes.csv:3) and document 午休工程; keep one",
        "agencies.csv:2: '躺睡工程' names both programme 躺睡工程 (programmes.csv:4) and agency 躺睡工程; keep one",
    )


def test_circles(tmp_path: Path) -> None:
    """A circle of predecessors is told once, whoever leads into it."""
    rows = [
        {"name": "午休四期", "predecessor": "午休三期"},
        {"name": "午休三期", "predecessor": "午休二期"},
        {"name": "午休二期", "predecessor": "午休三期"},
    ]
    (told,) = problems(tmp_path, {"programmes.csv": rows})
    assert told == "programmes.csv:2: its predecessor leads in a circle: 午休三期 → 午休二期 → 午休三期"


def test_all_faults_of_all_files_at_once(tmp_path: Path) -> None:
    """Who mends a spreadsheet wants to see everything that is wrong, not the first line only."""
    rows = {
        "programmes.csv": [{"name": "阳 光"}, {"name": "午休工程"}, {"name": "", "since": "x"}],
        "places.csv": [{**COUNTY, "parent": "2"}],
        "organs.csv": [{"name": "教育 局"}],
    }
    told = problems(tmp_path, rows)
    assert [problem.split(" ")[0] for problem in told] == [
        "programmes.csv:2:",
        "programmes.csv:4:",
        "programmes.csv:4:",
        "organs.csv:2:",
        "places.csv:2:",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ["1: the file is empty; its first line must name the columns"]),
        ("name,alias\n教育局,\n", ["1: the column 'alias' is unknown; did you mean 'aliases'?; the columns may be"]),
        ("name,别名\n教育局,\n", ["1: the column '别名' is unknown; did you mean 'aliases'?; the columns may be"]),
        ("教育局,文教局\n", ["1: the first line must name the columns; the columns may be name,aliases,levels,party"]),
        ("name，aliases\n教育局，\n", ["1: the columns are separated by a full-width sign"]),
        ("aliases,party\n文教局,\n", ["1: the column 'name' is missing, and no row can do without it"]),
        ("name,party,name\n教育局,,\n", ["1: the column 'name' stands twice; keep one"]),
        ("name,,party\n教育局,,\n", ["1: a column has no name; name it or delete it"]),
        (
            "name,aliases,levels,party\n教育局,教育,体育局,County,\n文教局,,\n",
            [
                "2: this line has 5 cells and not 4; put cells with commas into double quotes",
                "3: this line has 3 cells and not 4; add the empty cells",
            ],
        ),
        ('name,aliases\n教育局,"文教局\n体育局,\n', ["2: a cell runs over several lines; close its double quotes"]),
    ],
)
def test_files_that_are_no_tables(tmp_path: Path, text: str, told: list[str]) -> None:
    """A misspelt or missing column, a comma too many, an open quote: line, fault and cure."""
    write(tmp_path, {})
    (tmp_path / "organs.csv").write_text(text, "utf-8")
    with pytest.raises(LexiconError) as fault:
        read_lexicons(tmp_path)
    assert len(fault.value.problems) == len(told)
    assert [p[: len(t) + 11] for p, t in zip(fault.value.problems, told, strict=True)] == [
        f"organs.csv:{t}" for t in told
    ]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"PK\x03\x04rest", "this is an Excel workbook, not CSV; in your spreadsheet choose Save as"),
        (b"\xd0\xcf\x11\xe0rest", "this is an Excel workbook"),
        (b"name,aliases\n\xff\xff\xff,\n", "neither UTF-8 nor GB18030 explains byte 14"),
        (b"name\0,aliases\n", "this is no text file"),
    ],
)
def test_files_that_are_no_text(tmp_path: Path, data: bytes, told: str) -> None:
    """A workbook with another ending, or bytes of no Chinese encoding, are told and not guessed at."""
    write(tmp_path, {})
    (tmp_path / "organs.csv").write_bytes(data)
    with pytest.raises(LexiconError) as fault:
        read_lexicons(tmp_path)
    (problem,) = fault.value.problems
    assert problem.startswith(f"organs.csv:1: {told}")


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


# ── A user's own lexicons ──────────────────────────────────────────────────────────────────────────────────────────


def own(folder: Path, **files: str) -> Path:
    """A folder with these files: programmes="name\\n…"."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return folder


def findings(*folders: Path) -> list[str]:
    """What `kg check` says, without the path of the folder."""
    told = check_lexicons(folders).findings
    return [str(found).removeprefix(f"{folders[0]}/") for found in told]


ROWS = "aliases;since;name\n午休工程|躺睡;2016;阳光午休\n;;向日葵课堂\n"


@pytest.mark.parametrize(
    ("data", "notes"),
    [
        (ROWS.encode(), ["is separated by semicolons and read so"]),
        (ROWS.replace(";", ",").encode("utf-8-sig"), []),
        (ROWS.replace(";", ",").replace("\n", "\r\n").encode("gb18030"), ["is written in GB18030 (GBK) and read so"]),
        (
            ROWS.replace(";", "\t").encode("utf-16"),
            ["is written in UTF-16 and read so", "is separated by tabs and read so"],
        ),
        (ROWS.replace(";", ",").replace("since,name", "Since, NAME ,,").replace("\n", ",,\n").encode(), []),
        ((ROWS.replace(";", ",") + "\n,,\n").encode(), []),
    ],
)
def test_files_of_spreadsheets(tmp_path: Path, data: bytes, notes: list[str]) -> None:
    """Any order and choice of columns, any encoding and separator that spreadsheets write, empty rows and columns."""
    own(tmp_path, programmes="")
    (tmp_path / "programmes.csv").write_bytes(data)
    programs = with_own_lexicons([tmp_path]).programs[-2:]
    assert [(p.name, p.aliases, p.since, p.source) for p in programs] == [
        ("阳光午休", ("午休工程", "躺睡"), 2016, ""),
        ("向日葵课堂", (), None, ""),
    ]
    assert sorted(findings(tmp_path)) == sorted(f"programmes.csv:1: note: {note}" for note in notes)


def test_own_rows_replace_shipped_ones(tmp_path: Path) -> None:
    """A row with the key of a shipped one, or of an earlier folder, takes its place; what it loses is told."""
    first = own(tmp_path / "a", programmes="name,since\n双减,2020\n阳光午休,2015\n")
    second = own(tmp_path / "b", programmes="name,since\n阳光午休,2016\n")
    programs = {program.name: program for program in with_own_lexicons([first, second]).programs}
    assert len(programs) == len(load_lexicons().programs) + 1
    assert (programs["双减"].since, programs["双减"].aliases, programs["阳光午休"].since) == (2020, (), 2016)
    told = findings(first, second)
    assert len(told) == 2
    assert "note: replaces the row of programme 双减 in programmes.csv:" in told[0]
    assert "not known any more: en, aliases" in told[0]
    assert told[1].endswith(f"note: replaces the row of programme 阳光午休 in {first}/programmes.csv:3")


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"programmes": "name\n双减政策工作\n"}, []),
        (
            {"programmes": "name,aliases\n阳光午休,双减\n"},
            ["2: fault: '双减' names both programme 双减 (programmes.csv:"],
        ),
        (
            {"programmes": "name\n陽光午休計劃與實施\n"},
            ["2: fault: '陽光午休計劃與實施' can never match: cleaned text reads"],
        ),
        ({"programmes": "name\n教育工作\n"}, ["2: warning: '教育工作' is made of ordinary words"]),
        ({"programmes": "name\n睡\n"}, ["2: warning: '睡' is so short that it will be found"]),
        ({"programmes": "name\n1+N\n2+1项目组\n"}, ["2: warning: '1+N' is so short that it will be found"]),
        ({"programmes": "name\n我市阳光午休\n"}, ["2: warning: '我市阳光午休' names nothing outside its document"]),
        ({"programmes": "name,aliases\n阳光午休,阳光午休\n"}, ["2: warning: '阳光午休' is written twice in the row"]),
        ({"programmes": "name,never\n阳光午休,躺睡\n"}, ["2: fault: never '躺睡' holds none of the names of the row"]),
        (
            {"programmes": "name,never\n阳光午休,阳光午休椅\n阳光午休椅,\n"},
            ["2: fault: never '阳光午休椅' would hide programme 阳光午休椅"],
        ),
        (
            {"programmes": "name,number\n阳光午休,杭教[2016]05号\n"},
            ["2: fault: number '杭教[2016]05号' is no 文号; write 杭教〔2016〕5号"],
        ),
        (
            {"programmes": "name,number\n阳光午休,第五号\n"},
            ["2: fault: number '第五号' is no 文号, such as 国发〔2010〕41号"],
        ),
        ({"programmes": "name,number\n阳光午休,国务院令第617号\n"}, []),
        (
            {"programmes": "name,since,predecessor\n阳光午休,2001,双减\n"},
            ["2: warning: since 2001 lies before that of its predecessor 双减 (2021)"],
        ),
        (
            {"programmes": "name,predecessor\n阳光午休,双减政\n"},
            ["2: fault: 阳光午休: its predecessor '双减政' is no programme of the file; did you mean '双减'?"],
        ),
        (
            {"documents": "name,year,number\n午休办法,2010,杭教〔2016〕5号\n"},
            ["2: warning: year 2010 does not go with"],
        ),
        (
            {"documents": "name,predecessor\n午休办法,躺睡办法\n"},
            ["2: warning: its predecessor '躺睡办法' is no document"],
        ),
        (
            {"agencies": "name,predecessor\n全国午休办,全国躺睡办\n"},
            ["2: warning: its predecessor '全国躺睡办' is no agency"],
        ),
        (
            {"places": "id,name,parent,level\n大连新城,甘井子区,210200,County\n"},
            ["2: warning: 甘井子区 is there already with the id 210211"],
        ),
        ({"places": "id,name,parent,level\n午休新区@大连市,午休新区,210200,Zone\n"}, []),
        ({"programmes": "name\n"}, ["1: warning: the file has no rows"]),
    ],
)
def test_checks_beyond_form(tmp_path: Path, files: dict[str, str], told: list[str]) -> None:
    """Names that no text holds or any text does, look-alikes, numbers, years and references, each with its line and weight."""
    found = findings(own(tmp_path, **files))
    (name,) = files
    assert len(found) == len(told), found
    assert all(one.startswith(f"{name}.csv:{start}") for one, start in zip(found, told, strict=True)), found


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ((), ["the folder holds none of programmes.csv, documents.csv"]),
        (
            ("programs.csv",),
            ["the folder holds none of", "programs.csv: a file of this name is not read; name it programmes.csv"],
        ),
        (("programmes.xlsx", "organs.csv"), ["programmes.xlsx: this is a workbook and is not read; in your spread"]),
        (("townships.csv", "notes.txt", "organs.csv"), []),
    ],
)
def test_folders(tmp_path: Path, names: Sequence[str], told: list[str]) -> None:
    """A folder without a lexicon, a misspelt name and a workbook are told; other files are nobody's business."""
    for name in names:
        (tmp_path / name).write_text("name\n督导午休办\n", "utf-8")
    problems = [str(f).replace(str(tmp_path), "").lstrip("/: ") for f in check_lexicons([tmp_path]).findings]
    assert [
        p.removeprefix("fault: ").replace(": fault:", ":")[: len(t)] for p, t in zip(problems, told, strict=True)
    ] == told
    with pytest.raises(LexiconError, match="the lexicon folder does not exist"):
        with_own_lexicons([tmp_path / "nowhere"])


def test_the_shipped_lexicons_have_no_fault() -> None:
    """What `kg check` asks of a user, the shipped lexicons keep."""
    with as_file(shipped("data", "lexicons")) as folder:
        checked = check_lexicons([folder])
    assert [str(f) for f in checked.findings if f.weight is Weight.FAULT] == []
    assert checked.count(Weight.WARNING) < 40


def test_written_and_read_again(tmp_path: Path) -> None:
    """A lexicon that is written, with commas and quotes in its cells, reads back as it was."""
    programs = (Program("阳光午休", aliases=("午休工程", "躺睡"), since=2016, source='a, "b"'), Program("双优"))
    (tmp_path / "programmes.csv").write_text(lexicon_csv(programs), "utf-8-sig")
    assert with_own_lexicons([tmp_path]).programs[-2:] == programs


# ── The commands ───────────────────────────────────────────────────────────────────────────────────────────────────


def run(*args: object) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args], catch_exceptions=False)


def test_check_command(tmp_path: Path) -> None:
    """Every finding in a line, the rows of each file, and the exit code a script can use."""
    good = own(tmp_path / "good", programmes="name\n阳光午休\n睡\n", organs="name\n督导午休办\n")
    bad = own(tmp_path / "bad", programmes="name,since\n阳光\u202e午休,去年\n")
    told = run("check", good)
    assert (told.exit_code, told.output.splitlines()[1:]) == (
        0,
        [
            f"{good}/programmes.csv: 2 rows",
            f"{good}/organs.csv: 1 row",
            "no faults, 1 warning: ready for kg build --lexicon",
        ],
    )
    told = run("check", good, bad)
    assert told.exit_code == 1
    assert told.output.splitlines()[-1] == "2 faults to mend, 1 warning"
    assert "\u202e" not in told.output


TEXT = """宜昌市教育局2016年工作总结
全市推行向日葵课堂，实施午休工程，落实双减要求，新建公办幼儿园21所，群众满意度进一步提高。
"""


def test_build_with_an_own_lexicon(tmp_path: Path) -> None:
    """An own programme without any sign is found, an own alias is linked, an own row replaces the shipped one."""
    docs, graph = tmp_path / "docs", tmp_path / "graph"
    docs.mkdir()
    (docs / "总结.txt").write_text(TEXT, "utf-8")
    folder = own(
        tmp_path / "mine", programmes="name,aliases,since\n向日葵课堂,,2015\n阳光午休,午休工程,2016\n双减,,1999\n"
    )
    query = """SELECT ?name ?since WHERE { ?source pol:mentions ?p . ?p a pol:Program ; pol:inLexicon true ;
      skos:prefLabel ?name . OPTIONAL { ?p pol:since ?since } } ORDER BY ?name"""
    assert run("build", docs, "--out", graph, "-q").exit_code == 0
    assert [row[0] for row in open_graph(graph).query(query)] == ["双减"]
    assert run("build", docs, "--out", graph, "--lexicon", folder, "-q").exit_code == 0
    assert list(open_graph(graph).query(query)) == [("双减", "1999"), ("向日葵课堂", "2015"), ("阳光午休", "2016")]
    told = run("build", docs, "--out", graph, "--lexicon", own(tmp_path / "bad", programmes="名称\n午休\n"))
    assert (told.exit_code, "the column '名称' is unknown; did you mean 'name'?" in told.output) == (1, True)


# ── The page about lexicons ────────────────────────────────────────────────────────────────────────────────────────

PAGE = (Path(__file__).parent.parent / "docs" / "lexicons.md").read_text("utf-8")


@pytest.mark.parametrize("file", FILES)
def test_the_page_names_all_columns(file: str) -> None:
    """The table of docs/lexicons.md has the columns of each file, no more and no less."""
    (row,) = re.findall(rf"^\| `{re.escape(file)}` \|.*$", PAGE, re.M)
    assert set(re.findall(r"`(\w+)`", row)) == {field.name for field in fields(FILES[file])}


def test_the_example_of_the_page(tmp_path: Path) -> None:
    """What a reader copies from docs/lexicons.md is a lexicon without fault or warning."""
    (example,) = re.findall(r"^```csv\n(.*?)^```", PAGE, re.M | re.S)
    assert findings(own(tmp_path, programmes=example)) == []


def test_the_findings_of_the_page(tmp_path: Path) -> None:
    """The lines that docs/lexicons.md shows are what `kg check` says of such a file."""
    found = findings(own(tmp_path, programmes="name;aliases;since\n向阳 晨诵;;2019年\n教育工作;;\n"))
    assert [f"my-lexicon/{line}" for line in found] == re.findall(r"^my-lexicon/programmes.*$", PAGE, re.M)
