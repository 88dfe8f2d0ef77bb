"""Somebody's own table of adoptions → its history, or every bad line at once."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.diffusion.adoptions import Dated, History
from kg.diffusion.history.opening import open_history
from kg.diffusion.history.years import interval_of, years_of
from kg.errors import DiffusionError
from kg.model import Level, Status

REFERENCE = Path(__file__).parents[2].parent / "shared/reference/diffusion"
ROWS = ["大连市,县管校聘,2014", "青岛市,县管校聘,2015", "青岛市,课后服务,2013", "烟台市,县管校聘,"]


def table(folder: Path, text: str, coded: str = "utf-8", name: str = "mine.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode(coded))
    return path


def history_of(folder: Path, text: str, coded: str = "utf-8") -> History:
    return open_history(table(folder, text, coded))


def bounds(history: History) -> dict[tuple[str, str], tuple[float | None, float | None]]:
    return {(a.unit, a.program): (a.lower, a.upper) for a in history.adoptions}


@pytest.mark.parametrize(
    ("cell", "lower", "upper", "adopted"),
    [
        ("2014", 2014, 2014, True),
        ("2014年", 2014, 2014, True),
        ("２０１４", 2014, 2014, True),
        ("2014.5", 2014.5, 2014.5, True),
        ("2014-03-01", 2014, 2014, True),
        ("2014年3月", 2014, 2014, True),
        ("2012-2014", 2011, 2014, True),
        ("2012至2014年", 2011, 2014, True),
        ("≤2014", None, 2014, True),
        ("<=2014", None, 2014, True),
        ("12", 12, 12, True),
        ("", None, None, False),
        ("NA", None, None, False),
        ("不详", None, None, True),
    ],
)
def test_years(cell: str, lower: float | None, upper: float | None, adopted: bool) -> None:
    """How people write years."""
    assert years_of(cell) == (lower, upper, adopted)


@pytest.mark.parametrize("cell", ["约2014", "2014?", "两年前", "2014-2012", "1_000", "1e999"])
def test_no_years(cell: str) -> None:
    """What is no year is not guessed at."""
    assert years_of(cell) is None


@pytest.mark.parametrize(
    ("ends", "found"),
    [
        (("2012", "2014"), (2012, 2014, True)),
        (("", "2014"), (None, 2014, True)),
        (("-inf", "2014"), (None, 2014, True)),
        (("2014", ""), (2014, None, False)),
        (("2014", "Inf"), (2014, None, False)),
        (("2014", "2014"), (2014, 2014, True)),
        (("", "open"), (None, None, True)),
        (("2014", "2012"), None),
        (("a", "2012"), None),
    ],
)
def test_intervals(ends: tuple[str, str], found: tuple[float | None, float | None, bool] | None) -> None:
    """Both ends, as interval2 codes them."""
    assert interval_of(*ends) == found


@pytest.mark.parametrize("coded", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize(
    "head",
    [
        "unit,program,year",
        "城市,政策,年份",
        "地方,项目,采纳年份",
        "node_name,cascade_id,event_time",
        "statenam,policy,adopt_year",
    ],
)
def test_headers_and_encodings(tmp_path: Path, head: str, coded: str) -> None:
    """Chinese headers, SPID's and NetworkInference's, as spreadsheets write them."""
    history = history_of(tmp_path, "\r\n".join([head, *ROWS]) + "\r\n", coded)
    assert bounds(history) == {
        ("大连市", "县管校聘"): (2013, 2014),
        ("青岛市", "县管校聘"): (2014, 2015),
        ("青岛市", "课后服务"): (2012, 2013),
    }
    assert [unit.name for unit in history.units] == sorted(["大连市", "青岛市", "烟台市"])


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ("地区,城市,项目,年份", "b"),  # 地区 is then the region
        ("省份,城市,项目,年份", "b"),
        ("id,node_name,cascade_id,event_time", "b"),
        ("备注,省份,政策,年份", "b"),  # provinces are the units
    ],
)
def test_which_column_holds_the_units(tmp_path: Path, head: str, unit: str) -> None:
    """Of several columns that may name units, the nearest one to a government does."""
    assert set(history_of(tmp_path, f"{head}\na,b,p,2014\n").unit) == {unit}


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_separators(tmp_path: Path, sign: str) -> None:
    """Commas, semicolons and tabs, whichever a spreadsheet writes."""
    text = "\n".join(["unit,program,year", *ROWS]).replace(",", sign)
    assert len(history_of(tmp_path, text).adoptions) == 3


def test_all_columns(tmp_path: Path) -> None:
    """Facts of units and programmes may stand in one row of several; R's numbers of rows do not disturb."""
    history = history_of(
        tmp_path,
        '"",年份,地方,项目,层级,省份,上级,主题,状态,来源,证据,经度,纬度,备注\n'
        '"1",2014,大连市,县管校聘,市,辽宁省,辽宁省,教师,启动,总结.txt,"启动""县管校聘"",\n试点",121.6,38.9,x\n'
        '"2",2016,大连市,课后服务,,,,,,,,,,\n',
    )
    unit, adoption = history.unit["大连市"], history.adoptions[0]
    assert (unit.level, unit.province, unit.superior, unit.lon, unit.lat) == (
        Level.PREFECTURE,
        "辽宁省",
        "辽宁省",
        121.6,
        38.9,
    )
    assert history.program["县管校聘"].topic == "教师"
    assert (adoption.status, adoption.dated) == (Status.STARTED, Dated.GIVEN)
    assert adoption.evidence[0].source == "总结.txt"
    assert "试点" in adoption.evidence[0].sentence
    assert adoption.evidence[0].file == "mine.csv:2"


def test_several_rows_of_a_pair(tmp_path: Path) -> None:
    """The earliest counts; an end is kept; what is only planned can be left out."""
    text = "unit,program,year,status\na,p,2016,\na,p,2014,计划\na,p,2018,终止\nb,p,不详,\n"
    history = history_of(tmp_path, text)
    assert bounds(history) == {("a", "p"): (2013, 2014), ("b", "p"): (None, None)}
    assert [(a.ended, str(a.dated)) for a in history.adoptions] == [(2018, "given"), (None, "open")]
    assert bounds(open_history(tmp_path / "mine.csv", plans=False))["a", "p"] == (2015, 2016)


def test_fractions_are_instants(tmp_path: Path) -> None:
    """One fraction in a table makes all its times instants; without one they are years."""
    assert bounds(history_of(tmp_path, "unit,program,year\na,p,3\nb,p,3.5\n")) == {
        ("a", "p"): (3, 3),
        ("b", "p"): (3.5, 3.5),
    }
    assert bounds(history_of(tmp_path, "unit,program,year\na,p,3\nb,p,4\n")) == {("a", "p"): (2, 3), ("b", "p"): (3, 4)}


def test_times_of_adoption_of_one_programme(tmp_path: Path) -> None:
    """The table id, toa of netdiffuseR is one programme, called like the file."""
    history = open_history(table(tmp_path, '"id","toa"\n"1001","1"\n"1002",NA\n', name="medInnovations.csv"))
    assert bounds(history) == {("1001", "medInnovations"): (0, 1)}
    assert set(history.unit) == {"1001", "1002"}


def test_all_bad_lines_at_once(tmp_path: Path) -> None:
    """Each with file and line, what is wrong, and the cure."""
    text = (
        "unit,program,year,level,lon,province\n,p,2014,,,\na,,2014,,,\nb,p,去年,,,\nc,p,2014,城,,\nd,p,2014,,999,\n"
        "e,p,2014,,,甲省\ne,q,2014,,,乙省\nf,p,2014,,,,x\n"
    )
    with pytest.raises(DiffusionError) as told:
        history_of(tmp_path, text)
    lines = sorted(line.partition(": ")[0] for line in told.value.problems)
    assert lines == [f"mine.csv:{n}" for n in (2, 3, 4, 5, 6, 8, 9)]
    assert "write 2014, 2012-2014, ≤2014, open, or nothing" in str(told.value)
    assert "province of e is '乙省' here and '甲省' above; keep one" in str(told.value)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("城市,年份\n大连市,2014\n", "mine.csv:1: no column holds the program; call it 'program' (it has: 城市、年份)"),
        ("", "mine.csv:1: the file is empty"),
        ("unit,program,year\n", "no line below the names"),
        ("unit,unit,program,year\na,b,c,2014\n", "the column 'unit' stands twice"),
        ("unit,program,year\na,p,2014\nb,p,\x00\n", "no text file"),
    ],
)
def test_tables_that_are_none(tmp_path: Path, text: str, fault: str) -> None:
    """One line says what the table lacks."""
    with pytest.raises(DiffusionError) as told:
        history_of(tmp_path, text)
    assert fault in str(told.value)


def test_many_faults_are_not_all_told(tmp_path: Path) -> None:
    """Forty are enough to see what is wrong."""
    with pytest.raises(DiffusionError) as told:
        history_of(tmp_path, "unit,program,year\n" + "a,p,x\n" * 100)
    assert len(told.value.problems) == 41
    assert told.value.problems[-1] == "and 60 more"


CELLS = st.sampled_from(["2012", "2014", "2015", "2013-2016", "≤2014", "不详", "", "NA"])
TABLES = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("pqr"), CELLS), min_size=1, max_size=20)


@given(TABLES, st.integers(0, 99))
def test_order_of_rows_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]], seed: int
) -> None:
    """Rows and columns in another order, and other names for places, tell the same."""
    folder = tmp_path_factory.mktemp("law")
    told = bounds(history_of(folder, "\n".join(["unit,program,year", *(",".join(row) for row in rows)])))
    shuffled = list(rows)
    random.Random(seed).shuffle(shuffled)
    turned = [f"{year},n-{unit},{program}" for unit, program, year in shuffled]
    other = bounds(history_of(folder, "\n".join(["年份,城市,项目", *turned])))
    assert {(f"n-{unit}", program): ends for (unit, program), ends in told.items()} == other


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="needs ../shared/reference/diffusion")
def test_spid_as_it_is_published() -> None:
    """The 17,835 adoptions of SPID v1.0 read without a word of explanation."""
    history = open_history(REFERENCE / "netinf/policies_raw_long.csv")
    assert (len(history.units), len(history.programs), len(history.adoptions)) == (50, 728, 17835)
    assert all(a.is_exact for a in history.adoptions)
