"""Who is at risk and until when, which network a user means, and the commands that stand on both."""

from __future__ import annotations

import csv
import io
import json
import math
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.cli import main
from kg.diffusion.adoptions import Adoption, Dated, History, Program, Unit
from kg.diffusion.curves.risk import between, risk_set, since_first, together, units_at_risk
from kg.diffusion.exposure.choosing import place_network
from kg.diffusion.exposure.of_history import diffusions
from kg.diffusion.exposure.tables import summary_table
from kg.errors import DiffusionError
from kg.model import Level
from kg.views.diffusion.curve_tables import program_names

PROVINCE = Unit("33", "浙江省", Level.PROVINCE, province="33", code="330000", lon=120.15, lat=30.27)
HANGZHOU = Unit("3301", "杭州市", Level.PREFECTURE, "33", "33", "330100", 120.16, 30.25)
NINGBO = Unit("3302", "宁波市", Level.PREFECTURE, "33", "33", "330200", 121.54, 29.87)
JIAXING = Unit("3304", "嘉兴市", Level.PREFECTURE, "33", "33", "330400", 120.76, 30.75)
UNREAD = Unit("3303", "温州市", Level.PREFECTURE, "33", "33", "330300", 120.70, 28.00)
UNITS = (PROVINCE, HANGZHOU, NINGBO, UNREAD, JIAXING)


def adopted(unit: Unit, lower: float | None, upper: float | None, program: str = "集团化办学") -> Adoption:
    """In (lower, upper]."""
    return Adoption(unit.id, program, lower, upper, Dated.STATED)


HISTORY = History(
    units=UNITS,
    programs=(Program("集团化办学", "集团化办学"), Program("县管校聘", "县管校聘")),
    adoptions=(
        adopted(HANGZHOU, 2011, 2012),
        adopted(NINGBO, None, 2015),
        adopted(UNREAD, 2012, 2013),
        adopted(JIAXING, None, 2016, "县管校聘"),
        adopted(HANGZHOU, None, None, "县管校聘"),
    ),
    read={("33", 2012): 1, ("33", 2016): 2, ("3301", 2013): 1, ("3302", 2015): 1, ("3304", 2017): 3, ("3304", 2018): 0},
)


def ends(history: History, program: str = "集团化办学", **options: object) -> dict[str, tuple[float, float]]:
    """Unit → interval."""
    risk = risk_set(history, [program], **options)  # type: ignore[arg-type]
    return dict(zip(risk.unit, zip(risk.lower.tolist(), risk.upper.tolist(), strict=True), strict=True))


def test_who_is_at_risk() -> None:
    """Units of which something was read, until the last year of it; an open end stays open; no year is neither."""
    assert ends(HISTORY) == {
        "33": (2016, math.inf),
        "3301": (2011, 2012),
        "3302": (-math.inf, 2015),
        "3304": (2017, math.inf),
    }
    risk = risk_set(HISTORY)
    assert (risk.left_out, risk.undated, len(risk), int(risk.is_bound.sum())) == (1, 1, 7, 2)
    assert "with a document read: 4, programs: 2" in risk.told()
    assert "left out, of units not at risk: 1; left out, without a year: 1" in risk.told()
    assert ends(HISTORY, who="known")["3303"] == (2012, 2013)


def test_without_coverage_all_are_followed_to_the_last_year() -> None:
    """A table of one's own: whoever stands in it could have adopted, up to its last year."""
    table = History(HISTORY.units, HISTORY.programs, HISTORY.adoptions)
    assert ends(table)["3304"] == (2016, math.inf)
    assert len(units_at_risk(table)) == 5
    assert units_at_risk(History(UNITS, (), ())) == ()


def test_an_instant_is_an_interval() -> None:
    """2014.5 is (a moment before, 2014.5]."""
    history = History(UNITS[:1], HISTORY.programs[:1], (adopted(PROVINCE, 2014.5, 2014.5),))
    ((lower, upper),) = ends(history).values()
    assert lower < upper == 2014.5
    assert upper - lower < 1e-9


def test_years_that_were_asked_for() -> None:
    """Who adopted before is gone; who adopts after is not yet seen; who may have done either is counted as undated."""
    risk = between(risk_set(HISTORY, ["集团化办学"]), 2013, 2014)
    assert dict(zip(risk.unit, zip(risk.lower, risk.upper, strict=True), strict=True)) == {
        "33": (2014, math.inf),
        "3304": (2014, math.inf),
    }
    assert risk.undated == 1


def test_clock_of_each_programme() -> None:
    """The first adoption is in year 1, nothing is before 0."""
    risk = since_first(risk_set(HISTORY))
    found = {(u, p): (a, b) for u, p, a, b in zip(risk.unit, risk.program, risk.lower, risk.upper, strict=True)}
    assert found["3301", "集团化办学"] == (0, 1)
    assert found["3302", "集团化办学"] == (0, 4)
    assert found["3304", "县管校聘"] == (0, 1)
    assert ("3302", "县管校聘") not in found  # last read in 2015, before the clock began


years = st.one_of(st.none(), st.integers(2001, 2012))


@given(st.lists(st.tuples(st.integers(0, 4), years, st.integers(1, 3)), max_size=5), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_order_of_adoptions_does_not_matter(said: list[tuple[int, int | None, int]], random: object) -> None:
    """The same risk set from the same adoptions in any order, every unit once, lower before upper."""
    some = {unit: adopted(UNITS[unit], None if year is None else year - width, year) for unit, year, width in said}
    adoptions = list(some.values())
    found = ends(History(UNITS, HISTORY.programs[:1], tuple(adoptions)))
    random.shuffle(adoptions)  # type: ignore[attr-defined]
    assert found == ends(History(UNITS, HISTORY.programs[:1], tuple(adoptions)))
    assert all(lower < upper for lower, upper in found.values())
    assert together([]).told().startswith("at risk: units known: 0")


def ties(asked: str, units: tuple[Unit, ...] = UNITS) -> set[str]:
    """Who looks at whom, by the last figure of the code."""
    network = place_network(asked, units)
    table = network.weights.tocoo()
    return {f"{network.units[i][-1]}{network.units[j][-1]}" for i, j in zip(table.row, table.col, strict=True)}


def test_networks_by_name() -> None:
    """What can be asked for."""
    assert (
        ties("province") == ties("siblings") == {"12", "13", "14", "21", "23", "24", "31", "32", "34", "41", "42", "43"}
    )
    assert ties("superior") == {"13", "23", "33", "43"}
    assert len(ties("nearest:2", UNITS[1:])) == 8
    assert ties("within:90km", UNITS[1:]) == {"14", "41"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("unit,neighbour\n杭州市,嘉兴市\n杭州市,上海市\n", {"14", "41"}),
        ("甲,乙\n330100,330400\n", {"14", "41"}),
        ("origin,destination,gain\n杭州市,嘉兴市,3.5\n", {"41"}),
        ("ego,alter\n嘉兴市,杭州市\n", {"41"}),
        ("Source\tTarget\n3301\t3304\n", {"41"}),
    ],
)
def test_networks_of_a_file(tmp_path: Path, text: str, expected: set[str]) -> None:
    """Pairs of neighbours are mutual; of an edge the destination looks at the origin; strangers fall out."""
    file = tmp_path / "pairs.csv"
    file.write_text(text, encoding="utf-8")
    assert ties(str(file)) == expected


@pytest.mark.parametrize(
    ("asked", "text", "message"),
    [
        ("near", "", "near is no network and no file; write province"),
        ("nearest:0", "", "at least one"),
        ("within:far", "", "no network"),
        ("FILE", "a,b\n上海市,北京市\n", "none of its 1 pairs"),
        ("FILE", "a\n上海市\n", "two columns"),
        ("FILE", "a,b\n鼓楼区,杭州市\n", "鼓楼区 are 2 places"),
        ("FILE", "", "empty"),
    ],
)
def test_networks_that_are_refused(tmp_path: Path, asked: str, text: str, message: str) -> None:
    """One line that says what to do."""
    file = tmp_path / "pairs.csv"
    file.write_text(text, encoding="utf-8")
    units = (*UNITS, Unit("3201", "鼓楼区"), Unit("3203", "鼓楼区"))
    with pytest.raises(DiffusionError, match=message):
        place_network(str(file) if asked == "FILE" else asked, units)


def test_neighbours_that_were_not_read_count_in_no_share() -> None:
    """温州市 adopted, but nothing of it was read; 宁波市 looks at 杭州市, that had adopted, and at 嘉兴市, that had not."""
    (one, _) = diffusions(HISTORY, place_network("province", units_at_risk(HISTORY)))
    now = one.exposure()
    assert now[one.units.index("3302"), one.periods.tolist().index(2015)] == 0.5
    assert np.isnan(now[one.units.index("33")]).all()


def test_neighbours_no_longer_observed_count_in_no_share() -> None:
    """嘉兴市 was last read in 2013: afterwards nobody knows, and 杭州市 alone is what 宁波市 can be compared with."""
    read = {("3301", 2012): 1, ("3302", 2015): 1, ("3304", 2013): 1}
    history = History(UNITS, HISTORY.programs, HISTORY.adoptions, read)
    (one, _) = diffusions(history, place_network("province", units_at_risk(history)))
    assert one.exposure()[one.units.index("3302")].tolist() == [0.5, 0.5, 1, 1]
    rows = summary_table(one.network.weights, one.times, one.periods, one.followed)
    assert [row.expected for row in rows] == [-0.5, -0.5, -1, -1]


TABLE = """unit,program,year,province,lon,lat
杭州市,集团化办学,2010,浙江省,120.16,30.25
宁波市,集团化办学,2012,浙江省,121.54,29.87
温州市,集团化办学,2012-2013,浙江省,120.70,28.00
嘉兴市,集团化办学,2014,浙江省,120.76,30.75
湖州市,集团化办学,≤2015,浙江省,120.09,30.89
绍兴市,集团化办学,2016,浙江省,120.58,30.03
金华市,集团化办学,2016,浙江省,119.65,29.08
丽水市,集团化办学,,浙江省,119.92,28.47
宁波市,县管校聘,2014,浙江省,121.54,29.87
嘉兴市,县管校聘,2016,浙江省,120.76,30.75
"""


def run(tmp_path: Path, *words: str) -> Result:
    """kg diffuse … on the table."""
    table = tmp_path / "adoptions.csv"
    table.write_text(TABLE, encoding="utf-8")
    return CliRunner().invoke(main, ["diffuse", words[0], str(table), *words[1:]])


@pytest.mark.parametrize(
    ("words", "columns", "rows"),
    [
        ("curve 集团化办学", "program,year,adopted,cumulative,share,adjusted_share,rate,at_risk,hazard", 7),
        ("curve", "program,year,adopted,cumulative,share,adjusted_share,rate,at_risk,hazard", 10),
        ("curve 集团化办学 --survival km", "program,time,at_risk,adopted,censored,survival,std_error,low,high", 6),
        ("curve --pooled --survival npmle --resamples 10", "program,after,until,mass,survival,low,high", 5),
        ("curve --categories", "program,unit,year,only_bound,category", 16),
        ("exposure 集团化办学 --network province", "program,unit,year,adopted,neighbours,exposure,exposure_before", 40),
        (
            "exposure 县管校聘 --network nearest:2 --show moran",
            "program,year,adopted,cumulative,share,hazard,density",
            3,
        ),
        (
            "exposure --network within:150km --show test --rewirings 9",
            "program,statistic,observed,expected,sd,p_value",
            8,
        ),
        ("exposure --network province --show classes", "program,category,threshold_class,percent", 9),
        ("exposure --network province --show degrees", "unit,indegree,outdegree,degree", 8),
        ("exposure --network nearest:3 --show thresholds", "program,unit,year,threshold,threshold_before", 9),
        ("exposure 集团化办学 --network nearest:3 --show model", "program,term,estimate,std_error,z,p_value,rows", 7),
        ("curve --since 2013 --until 2014 集团化办学", "program,year,adopted,cumulative", 2),
    ],
)
def test_commands(tmp_path: Path, words: str, columns: str, rows: int) -> None:
    """A table of the right size, and below it who was at risk; the same as JSON."""
    done = run(tmp_path, *words.split(), "--format", "csv")
    assert done.exit_code == 0, done.output
    table = list(csv.DictReader(io.StringIO(done.stdout)))
    assert done.stdout.startswith(columns)
    assert len(table) == rows
    assert "at risk: units known: " in done.stderr
    assert len(json.loads(run(tmp_path, *words.split(), "--format", "json").stdout)) == rows


def test_programmes_of_one_name_stay_two() -> None:
    """What is told apart by id only carries its id."""
    two = (Program("p1", "集团化办学"), Program("p2", "集团化办学"), Program("p3", "县管校聘"))
    found = program_names(History((), two, ()))
    assert list(found.values()) == ["集团化办学 (p1)", "集团化办学 (p2)", "县管校聘"]


def test_fits_say_why_not(tmp_path: Path) -> None:
    """One programme has a curve, the other only two adopters: a reason in its row."""
    done = run(tmp_path, "curve", "--fit", "logistic", "--resamples", "5", "--format", "csv")
    table = list(csv.DictReader(io.StringIO(done.stdout)))
    assert {row["parameter"]: row["not_fitted"] for row in table if row["program"] == "集团化办学"}.keys() == {
        "ceiling",
        "rate",
        "midpoint",
    }
    assert [row["not_fitted"][:9] for row in table if row["program"] == "县管校聘"] == ["logistic:"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("curve --fit bass --categories", "ask for one of them"),
        ("curve 集团办学", "did you mean 集团化办学"),
        ("exposure --network nearby", "is no network and no file"),
        ("exposure --network superior", "no unit at risk has such a neighbour"),
        ("curve --risk read", "nobody is at risk"),
    ],
)
def test_commands_refuse(tmp_path: Path, words: str, message: str) -> None:
    """One line, no traceback."""
    done = run(tmp_path, *words.split())
    assert done.exit_code != 0
    assert message in done.output
    assert "Traceback" not in done.output
