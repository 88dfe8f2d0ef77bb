"""A history → tables for other software, subsets, checks; and the commands that print them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from diffusion.made_up import UNITS, adopts, exactly, history
from kg.cli import main
from kg.diffusion.adoptions import Adoption, Dated, Evidence, History, Program, Unit
from kg.diffusion.exposure.networks import given as given_network
from kg.diffusion.history.checks import checks_of, in_brief, tied_share
from kg.diffusion.history.opening import open_history
from kg.diffusion.history.subsets import Subset, subset
from kg.diffusion.history.writing import SHAPES, edges_table, intervals_table, long_table, netdiffuser_table, wide_table
from kg.diffusion.naming import names_of
from kg.errors import DiffusionError
from kg.model import Level, Status
from kg.views.diffusion.events_table import columns_table
from kg.views.tables import table_csv

SMALL = history(
    [exactly("01", "甲", 2012), adopts("02", "甲", 2014), adopts("03", "甲", 2014, 2010), adopts("11", "甲", None)],
    {("00", 2013): 1, ("01", 2012): 1, ("02", 2014): 2},
)


def run(*words: str, code: int = 0) -> str:
    done = CliRunner().invoke(main, ["diffuse", *words])
    assert done.exit_code == code, done.output
    return done.output


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize(
    ("shape", "columns", "first"),
    [
        ("networkinference", ("node_name", "event_time", "cascade_id"), ("东市", 2012, "甲")),
        ("spid", ("statenam", "policy", "adopt_year"), ("东市", "甲", 2012)),
        ("wide", ("unit", "甲"), ("东市", 2012)),
        ("coverage", ("unit", "year", "documents", "missing"), ("东市", 2012, 1, 0)),
        (
            "netdiffuser",
            ("program", "id", "toa", "level", "province", "superior", "lon", "lat"),
            ("甲", "甲省", None, "Province", "甲省", None, None, None),
        ),
    ],
)
def test_shapes(shape: str, columns: tuple[str, ...], first: tuple[object, ...]) -> None:
    """The names and the order of columns that the other software expects."""
    found = SHAPES[shape](SMALL)
    assert found.names == columns
    assert found.rows[0] == first


def test_events_of_shapes() -> None:
    """Undated adoptions are no events; who has not adopted is NA where every unit has a row."""
    assert len(SHAPES["networkinference"](SMALL).rows) == 3
    assert {row[0]: row[1] for row in wide_table(SMALL).rows} == {
        "甲省": None,
        "东市": 2012,
        "西市": 2014,
        "南市": 2014,
        "北市": None,
    }
    assert [row[2] for row in netdiffuser_table(SMALL).rows] == [None, 2012, 2014, 2014, None]


def test_intervals() -> None:
    """interval2: NA at the left is left-censored, NA at the right right-censored at the last year read."""
    rows = {row[1]: row[2:8] for row in intervals_table(SMALL).rows}
    assert rows == {
        "甲省": (0, 2013, None, 2010, 3, None),
        "东市": (1, 2011, 2012, 2010, 1, 2),
        "西市": (1, None, 2014, 2010, None, 4),
        "南市": (1, 2010, 2014, 2010, None, 4),
    }


def test_intervals_are_never_empty() -> None:
    """No row says nothing, and time1 lies before time2."""
    for row in intervals_table(SMALL).rows:
        time1, time2 = row[6], row[7]
        assert time1 is not None or time2 is not None
        assert time1 is None or time2 is None or float(time1) <= float(time2)


def test_names_that_two_units_share() -> None:
    """Two units of one name keep apart in tables by code."""
    units = (Unit("a", "鼓楼区", Level.COUNTY, code="320106"), Unit("b", "鼓楼区", Level.COUNTY, code="350102"))
    made = history([exactly("a", "甲", 2012), exactly("b", "甲", 2013)], units=units)
    assert list(names_of(made).values()) == ["鼓楼区（320106）", "鼓楼区（350102）"]
    assert [row[0] for row in SHAPES["spid"](made).rows] == ["鼓楼区（320106）", "鼓楼区（350102）"]


def test_every_unit_has_a_name_of_its_own() -> None:
    """By the superior, else by code, else by the id; who bears his name alone keeps it."""
    units = (
        Unit("x/1", "潍坊市", Level.PREFECTURE, code="370700"),
        Unit("x/1-1981", "潍坊市", Level.PREFECTURE, code="370700"),
        Unit("x/2", "新区", superior="x/1"),
        Unit("x/3", "新区", superior="x/4"),
        Unit("x/4", "大连市"),
    )
    assert list(names_of(history([], units=units)).values()) == [
        "潍坊市（1）",
        "潍坊市（1-1981）",
        "潍坊市新区",
        "大连市新区",
        "大连市",
    ]


def test_edges() -> None:
    """An edge list has the names of the table of times; of an edge from west to east, the east looks at the west."""
    network = given_network([unit.id for unit in UNITS], [("02", "01"), ("01", "03")], "edges", directed=True)
    assert edges_table(SMALL, network).rows == (("东市", "西市", 1), ("南市", "东市", 1))


def bounds(made: History) -> list[tuple[object, ...]]:
    units, programs = names_of(made), {p.id: p.name for p in made.programs}
    rows = [(units[a.unit], programs[a.program], a.lower, a.upper, a.status) for a in made.adoptions]
    return sorted(rows, key=lambda row: row[:2])


def back(made: History, folder: Path, shape: str = "long") -> History:
    path = folder / "back.csv"
    path.write_text(table_csv(columns_table(SHAPES[shape](made))), encoding="utf-8")
    return open_history(path)


YEARS = st.one_of(
    st.none(),
    st.integers(2005, 2015).map(lambda year: (None, year)),
    st.tuples(st.integers(2000, 2010), st.integers(2011, 2015)),
)


@settings(max_examples=settings.default.max_examples // 4)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from(["00", "01", "02", "03", "11"]), st.sampled_from("甲乙")), YEARS, min_size=1
    )
)
def test_round_trip(
    tmp_path_factory: pytest.TempPathFactory, years: dict[tuple[str, str], tuple[int | None, int] | None]
) -> None:
    """What is written long and read again has the same units, programmes and intervals."""
    made = history(
        adopts(*pair, ends and float(ends[1]), float(ends[0]) if ends and ends[0] else None)
        for pair, ends in years.items()
    )
    again = back(made, tmp_path_factory.mktemp("back"))
    assert [row[:4] for row in bounds(again)] == [row[:4] for row in bounds(made)]
    assert {(u.name, u.level, u.code, u.lon) for u in again.units} == {(u.name, u.level, u.code, u.lon) for u in UNITS}
    assert long_table(again).rows == long_table(back(again, tmp_path_factory.mktemp("twice"))).rows


@pytest.mark.parametrize("shape", ["networkinference", "spid"])
def test_exact_years_come_back(tmp_path: Path, shape: str) -> None:
    """The shapes of other software are read at the same door."""
    made = history([exactly("01", "甲", 2012), exactly("02", "甲", 2014), exactly("01", "乙", 2013)])
    assert [row[:4] for row in bounds(back(made, tmp_path, shape))] == [row[:4] for row in bounds(made)]


def test_round_trip_of_a_graph(example_graph: Path, tmp_path: Path) -> None:
    """The bundled examples, too; open dates stay open."""
    made = open_history(example_graph)
    assert bounds(back(made, tmp_path)) == bounds(made)


TOPICS = History(
    UNITS,
    (Program("甲", "县管校聘", "教师"), Program("乙", "课后服务", "学生")),
    (exactly("00", "甲", 2011), exactly("01", "乙", 2013), exactly("01", "甲", 2012), adopts("11", "甲", None)),
    {("00", 2011): 1, ("01", 2013): 2, ("11", 2015): 1},
)


@pytest.mark.parametrize(
    ("wanted", "adoptions", "units", "programs"),
    [
        (Subset(), 4, 5, 2),
        (Subset(programs=("县管校聘",)), 3, 5, 1),
        (Subset(programs=("甲", "课后服务")), 4, 5, 2),
        (Subset(levels=(Level.PREFECTURE,)), 3, 4, 2),
        (Subset(levels=(Level.PROVINCE,)), 1, 1, 1),
        (Subset(provinces=("甲省",)), 3, 4, 2),
        (Subset(provinces=("10",)), 1, 1, 1),
        (Subset(topics=("教师",)), 3, 5, 1),
        (Subset(since=2012), 2, 5, 2),
        (Subset(until=2012), 3, 5, 1),
        (Subset(until=2011, since=2011), 1, 5, 1),
        (Subset(since=2013, levels=(Level.PREFECTURE,), programs=("甲",)), 0, 4, 1),
    ],
)
def test_subsets(wanted: Subset, adoptions: int, units: int, programs: int) -> None:
    """Adoptions, units and programmes that are left; a named programme stays without any."""
    found = subset(TOPICS, wanted)
    assert (len(found.adoptions), len(found.units), len(found.programs)) == (adoptions, units, programs)
    assert {unit for unit, _ in found.read} <= {unit.id for unit in found.units}
    assert found.by_program


def test_unknown_names_in_subsets() -> None:
    """A name that nothing has is answered with near ones."""
    with pytest.raises(DiffusionError, match="no adoption is of the program 县管校; did you mean 县管校聘"):
        subset(TOPICS, Subset(programs=("县管校",)))
    with pytest.raises(DiffusionError, match="the source gives no topic"):
        subset(SMALL, Subset(topics=("教师",)))


def evidence(year: float, dated: Dated, begins: bool = False, status: Status = Status.STARTED) -> Evidence:
    return Evidence("c", "a.txt", "。", year=year, status=status, dated=dated, begins=begins)


@pytest.mark.parametrize(
    ("adoption", "check", "value"),
    [
        (adopts("01", "甲", None), "open-date", 1),
        (exactly("01", "甲", 1932), "year-out-of-range", 1932),
        (adopts("01", "甲", 2013, ended=2011.0), "ended-before", 2011),
        (adopts("01", "甲", 2013, evidence=(evidence(2015, Dated.STATED, begins=True),)), "contradiction", 2015),
        (adopts("01", "甲", 2013, evidence=(evidence(2013, Dated.GIVEN), evidence(2014, Dated.GIVEN))), "duplicate", 2),
    ],
)
def test_checks_of_an_adoption(adoption: Adoption, check: str, value: float) -> None:
    """What is odd is told with the place, the programme and the value; what is not odd is not."""
    fine = [exactly("02", "甲", 2012), exactly("03", "甲", 2013)]
    assert check not in {found.check for found in checks_of(history(fine))}
    (found,) = (found for found in checks_of(history([adoption, *fine])) if found.check == check)
    assert (found.unit, found.program, found.value) == ("东市", "甲", value)


def test_counts() -> None:
    """How much is dated how, and censored where."""
    counts = {found.check: found.value for found in checks_of(SMALL) if not found.unit and not found.program}
    assert counts == {
        "units": 5,
        "programs": 1,
        "adoptions": 4,
        "exact-year": 1,
        "documents-read": 4,
        "planned": 0,
        "ended": 0,
        "dated-stated": 2,
        "dated-document": 1,
        "dated-open": 1,
        "left-censored": 1,
        "right-censored": 1,
    }


def test_ties_and_single_units() -> None:
    """The share of events that share their year; a cascade of one event has no order."""
    assert tied_share([2012, 2013, 2013, 2014, 2014, 2014]) == 5 / 6
    assert tied_share([]) == 0
    found = {
        f.check: (f.program, f.value)
        for f in checks_of(history([*SMALL.adoptions, exactly("01", "乙", 2012)]))
        if f.program
    }
    assert found["ties"] == ("甲", 2 / 3)
    assert found["single-unit"] == ("乙", 1)


def test_gaps() -> None:
    """Years without a document between two with one, and places of which only others speak."""
    made = history(SMALL.adoptions, {("01", 2010): 1, ("01", 2014): 1, ("01", 2012): 1})
    found = {(f.check, f.unit): f.detail for f in checks_of(made)}
    assert found["gap", "东市"] == "years without a document: 2011, 2013"
    assert ("nothing-read", "西市") in found


def test_brief() -> None:
    """Many findings of a kind are cut, and counted."""
    many = history(adopts(unit.id, program, None) for unit in UNITS for program in "甲乙丙丁")
    brief = [f for f in in_brief(checks_of(many), 3) if f.check == "open-date"]
    assert len(brief) == 4
    assert (brief[-1].value, brief[-1].detail[:4]) == (17, "more")


@pytest.mark.parametrize("shape", SHAPES)
def test_command_events(made_up_graph: Path, tmp_path: Path, shape: str) -> None:
    """Every shape is printed as CSV, and written with a word on how R reads it."""
    out = tmp_path / f"{shape}.csv"
    told = run("events", str(made_up_graph), "--shape", shape, "--out", str(out))
    assert f"{out}: " in told
    assert f"in R: {out.name}" in told or out.name in told
    assert read(out.read_text("utf-8")) == read(run("events", str(made_up_graph), "--shape", shape, "-f", "csv"))


def test_command_options(made_up_graph: Path, tmp_path: Path) -> None:
    """The options of a subset work for every command."""
    words = ("events", str(made_up_graph), "-f", "csv", "--program", "县管校聘")
    assert [row["unit"] for row in read(run(*words)) if row["program"]] == ["山东省", "潍坊市", "诸城市", "烟台市"]
    cities = read(run(*words, "--level", "prefecture", "--begun-only"))
    assert [(row["unit"], row["year"]) for row in cities if row["program"]] == [("潍坊市", "2018")]
    assert [row["unit"] for row in read(run(*words, "--exact-only")) if row["program"]] == ["诸城市", "烟台市"]
    assert read(run(*words, "--open-ends", "silent", "--until", "2016"))[1]["lower"] == "2014"
    assert "no adoption is left" in run(*words, "--since", "2030", code=1)
    for option in (("--since", "2016"), ("--exact-only",)):
        assert "look like places that have not adopted" in run(*words, *option, "--shape", "intervals", code=2)


def test_command_network(made_up_graph: Path, tmp_path: Path) -> None:
    """A network goes with netdiffuseR's table, under the same names."""
    pairs, out = tmp_path / "pairs.csv", tmp_path / "toa.csv"
    pairs.write_text("from,to\n潍坊市,烟台市\n370700,诸城市\n潍坊市,没有市\n", encoding="utf-8")
    run("events", str(made_up_graph), "--shape", "netdiffuser", "--network", str(pairs), "--out", str(out))
    assert [(row["ego"], row["alter"]) for row in read((tmp_path / "toa-edges.csv").read_text("utf-8"))] == [
        ("烟台市", "潍坊市"),
        ("诸城市", "潍坊市"),
    ]
    assert "--network goes with" in run("events", str(made_up_graph), "--network", str(pairs), code=2)


def test_command_panel(made_up_graph: Path, tmp_path: Path) -> None:
    """Cities at risk, with what their province and their neighbours did."""
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("起点,终点\n潍坊市,烟台市\n", encoding="utf-8")
    words = ("panel", str(made_up_graph), "--program", "县管校聘", "--level", "prefecture", "-f", "csv")
    rows = {(row["unit"], row["year"]): row for row in read(run(*words, "--network", str(pairs)))}
    assert {unit for unit, _ in rows} == {"潍坊市", "烟台市", "芜湖市"}
    weifang = rows["潍坊市", "2016"]
    assert (weifang["adopt"], weifang["superior_adopted"], weifang["duration"], weifang["documents"]) == (
        "1",
        "1",
        "2",
        "1",
    )
    assert (rows["潍坊市", "2015"]["adopt"], rows["烟台市", "2017"]["neighbour_share"]) == ("", "1")
    assert {row["year"] for row in read(run(*words, "--since", "2016", "--until", "2017"))} == {"2016", "2017"}
    assert "neither first nor after nor a year" in run(*words, "--start", "soon", code=2)


def test_command_check(made_up_graph: Path, tmp_path: Path) -> None:
    """Counts first; all findings as CSV."""
    assert run("check", str(made_up_graph)).splitlines()[2].split()[:2] == ["units", "7"]
    listed = tmp_path / "list.csv"
    listed.write_text("unit,year\n潍坊市,2015\n", encoding="utf-8")
    rows = read(run("check", str(made_up_graph), "--expected", str(listed), "-f", "csv"))
    (missing,) = (row for row in rows if row["check"] == "missing")
    assert (missing["unit"], missing["detail"]) == ("潍坊市", "documents of the list were not read: 2015")


def test_bad_source(tmp_path: Path) -> None:
    """All bad lines of a table, and no traceback."""
    (tmp_path / "mine.csv").write_text("unit,program,year\na,p,x\nb,p,y\n", encoding="utf-8")
    told = run("events", str(tmp_path / "mine.csv"), code=1)
    assert "mine.csv:2: year 'x' is no year" in told
    assert "mine.csv:3: year 'y' is no year" in told
