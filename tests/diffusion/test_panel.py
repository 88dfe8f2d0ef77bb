"""A history → the panel of an event-history analysis."""

from __future__ import annotations

import math
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diffusion.figures_of import REFERENCE, network, rows
from diffusion.made_up import UNITS, adopts, exactly, history
from kg.diffusion.adoptions import Dated, Evidence, History, Unit
from kg.diffusion.exposure.networks import given as given_network
from kg.diffusion.history.opening import open_history
from kg.diffusion.history.panel import Design, Panel, panel_of
from kg.diffusion.history.subsets import Subset, subset
from kg.errors import DiffusionError
from kg.model import Level

FIGURES = Path(__file__).parent / "figures/events"
NAN = math.nan
PAIRED = history(
    [exactly("00", "甲", 2011), exactly("01", "甲", 2012), exactly("02", "甲", 2014), adopts("03", "乙", 2013)]
)


def told(panel: Panel, column: str, unit: str, program: str = "甲") -> list[float]:
    """The values of one column for one unit and programme, in order of the years."""
    at = (panel.unit == panel.units.index(unit)) & (panel.program == panel.programs.index(program))
    return [float(value) for value in getattr(panel, column)[at]]


def same(one: list[float], other: list[float]) -> bool:
    return bool(np.array_equal(one, other, equal_nan=True))


@pytest.mark.parametrize(
    ("column", "unit", "values"),
    [
        ("year", "02", [2011, 2012, 2013, 2014]),
        ("duration", "02", [1, 2, 3, 4]),
        ("adopt", "02", [0, 0, 0, 1]),
        ("adopt", "00", [1]),
        ("adopt", "11", [0, 0, 0, 0]),
        ("superior_adopted", "02", [0, 1, 1, 1]),
        ("superior_adopted", "11", [NAN] * 4),  # its province is not known here
        ("superior_adopted", "00", [NAN]),
        ("province_share", "02", [0, 0, 0.5, 0.5]),  # of 东市 and 南市
        ("province_share", "11", [NAN] * 4),
        ("neighbour_share", "02", [0, 0, 1, 1]),
        ("neighbour_share", "11", [NAN] * 4),
        ("national_share", "11", [0, 0.2, 0.4, 0.4]),
        ("adopters", "11", [0, 1, 2, 2]),
    ],
)
def test_columns(column: str, unit: str, values: list[float]) -> None:
    """A table's units are at risk from the first adoption of a programme to their own, or to the end."""
    neighbours = given_network(["01", "02"], [("01", "02")], "east and west")
    assert same(told(panel_of(PAIRED, neighbours=neighbours), column, unit), values)


@pytest.mark.parametrize(
    ("design", "years", "adopt"),
    [
        (Design(start="after"), [2012, 2013, 2014], [0, 0, 1]),
        (Design(start=2013), [2013, 2014], [0, 1]),
        (Design(start=2015, end=2016), [], []),  # had adopted before
        (Design(end=2012), [2011, 2012], [0, 0]),
        (Design(end="last"), [2011, 2012, 2013, 2014], [0, 0, 0, 1]),
    ],
)
def test_start_and_end(design: Design, years: list[float], adopt: list[float]) -> None:
    """Risk begins and ends as the design says."""
    panel = panel_of(PAIRED, design)
    assert (told(panel, "year", "02"), told(panel, "adopt", "02")) == (years, adopt)


def test_lag() -> None:
    """What others did two years before."""
    assert told(panel_of(PAIRED, Design(lag=2)), "adopters", "11") == [0, 0, 1, 2]


READ = history(
    [exactly("01", "甲", 2010), adopts("02", "甲", 2014), adopts("03", "甲", 2013, 2011), adopts("11", "甲", None)],
    {("01", 2010): 1, ("02", 2011): 2, ("02", 2014): 1, ("03", 2013): 1, ("00", 2012): 1, ("11", 2012): 1},
)


@pytest.mark.parametrize(
    ("design", "unit", "adopt"),
    [
        (Design(), "02", [NAN, 0, NAN, NAN, 1]),  # only 2011 was read without a word
        (Design(), "03", [0, 0, NAN, 1]),  # not before 2012, as the text says
        (Design(), "00", [NAN, NAN, 0]),  # nothing was read after 2012
        (Design(), "11", []),  # it has adopted, nobody knows when
        (Design(unread="drop"), "02", [0, 1]),
        (Design(unread="zero"), "02", [0, 0, 0, 0, 1]),
        (Design(dates="sure"), "02", [NAN] * 5),
        (Design(dates="sure"), "03", [0, 0, NAN, NAN]),
        (Design(dates="sure", unread="zero"), "03", [0, 0, NAN, NAN]),
    ],
)
def test_not_seen_is_not_not_adopted(design: Design, unit: str, adopt: list[float]) -> None:
    """Years of which nothing was read are unknown, not 0."""
    assert same(told(panel_of(READ, design), "adopt", unit), adopt)


@pytest.mark.parametrize(
    ("column", "unit", "values"),
    [
        ("national_share", "02", [0, 1 / 4, 1 / 4, 1 / 4, 2 / 3]),  # 甲省 was read up to 2012; of 北市 no year is known
        ("province_share", "02", [0, 1 / 2, 1 / 2, 1 / 2, 1]),
        ("superior_adopted", "02", [0, 0, 0, 0, NAN]),
        ("adopters", "02", [0, 1, 1, 1, 2]),
    ],
)
def test_who_is_no_longer_read_counts_in_no_share(column: str, unit: str, values: list[float]) -> None:
    """A place of which nothing was read so late is neither an adopter nor one that has not adopted."""
    assert same(told(panel_of(READ), column, unit), values)


def test_nothing_read_is_not_nothing_done() -> None:
    """Where texts of others tell of adoptions and none of these places was read, nobody knows who else adopted."""
    claim = Evidence("claim", "a.txt", "。", year=2012, dated=Dated.STATED)
    told_by_others = history([exactly("01", "甲", 2012), adopts("02", "甲", 2014, 2013, evidence=(claim,))])
    panel = panel_of(told_by_others)
    assert {panel.units[unit] for unit in panel.unit} == {"01", "02"}
    assert same(told(panel, "adopt", "02"), [0, 0, 1])


def test_documents() -> None:
    """The documents of each year are told beside it."""
    assert told(panel_of(READ), "documents", "02") == [0, 2, 0, 0, 1]


def test_among() -> None:
    """Only the cities are at risk; the province counts as their superior all the same."""
    panel = panel_of(PAIRED, among={"01", "02", "03", "11"})
    assert set(panel.unit.tolist()) == {1, 2, 3, 4}
    assert told(panel, "superior_adopted", "02") == [0, 1, 1, 1]
    assert told(panel, "national_share", "02") == [0, 0, 0.25, 0.25]


def test_nobody_at_risk() -> None:
    """Undated adoptions, or none, make no panel."""
    for empty in (history([]), history([adopts("01", "甲", None)])):
        with pytest.raises(DiffusionError, match="no unit is at risk"):
            panel_of(empty)


def check_panel(panel: Panel, expected: list[dict[str, str]]) -> None:
    found = {
        (panel.programs[p], panel.units[u], y): (d, a, s)
        for p, u, y, d, a, s in zip(
            *(
                getattr(panel, name).tolist()
                for name in ("program", "unit", "year", "duration", "adopt", "national_share")
            ),
            strict=True,
        )
    }
    wanted = {
        (row["policy"], row["state"], int(row["year"])): (int(row["dur"]), float(row["adopt"]), float(row["share_lag"]))
        for row in expected
    }
    assert found.keys() == wanted.keys()
    assert all(found[key] == pytest.approx(wanted[key], abs=1e-12) for key in wanted)


def test_panel_made_in_r() -> None:
    """Rows, durations, events and lagged shares of two policies of SPID."""
    two = open_history(FIGURES / "spid_two_policies.csv")
    check_panel(panel_of(two, Design(start="after", end="last")), rows("eha_panel_two_policies.csv", FIGURES))


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="needs ../shared/reference/diffusion")
def test_whole_panel_made_in_r() -> None:
    """All 36,618 rows of sixty policies."""
    expected = rows("eventhistory/eha_panel.csv", REFERENCE)
    whole = open_history(REFERENCE / "netinf/policies_raw_long.csv")
    sixty = subset(whole, Subset(programs=tuple(sorted({row["policy"] for row in expected}))))
    check_panel(panel_of(sixty, Design(start="after", end="last")), expected)


def test_quick() -> None:
    """300 units × 60 programmes × 30 years in a second."""
    rng = np.random.default_rng(0)
    units = tuple(Unit(f"{n:03}", f"{n:03}", Level.PREFECTURE, f"{n // 10:03}", f"{n // 10:03}") for n in range(300))
    years = {(u.id, f"p{p:02}"): int(rng.integers(1990, 2035)) for u in units for p in range(60)}
    large = history((exactly(*pair, year) for pair, year in years.items() if year < 2020), units=units)
    start = time.process_time()
    panel = panel_of(large, Design(start=1990, end=2019))
    assert len(panel) > 300_000
    assert time.process_time() - start < 2


YEARS = st.one_of(st.none(), st.integers(2005, 2015))


@given(st.dictionaries(st.tuples(st.sampled_from(["00", "01", "02", "03", "11"]), st.sampled_from("甲乙")), YEARS))
def test_laws(years: dict[tuple[str, str], int | None]) -> None:
    """Each dated pair has one event, shares are shares, and other names of units change nothing."""
    made = history(adopts(*pair, None) if year is None else exactly(*pair, year) for pair, year in years.items())
    dated = [pair for pair, year in years.items() if year is not None]
    if not dated:
        return
    panel = panel_of(made)
    assert np.nansum(panel.adopt) == len(dated)
    for share in (panel.province_share, panel.national_share, panel.superior_adopted):
        assert np.all(np.isnan(share) | ((share >= 0) & (share <= 1)))
    assert renamed(panel, {}) == renamed(panel_of(turned(made)), TURN)


TURN = {"00": "z", "01": "y", "02": "x", "03": "w", "11": "v", "10": "u"}


def turned(made: History) -> History:
    """The same with other ids, hence in another order."""
    units = [
        Unit(TURN[u.id], u.name, u.level, TURN.get(u.superior, ""), TURN.get(u.province, ""), u.code, u.lon, u.lat)
        for u in UNITS
    ]
    adoptions = [adopts(TURN[a.unit], a.program, a.upper, a.lower) for a in made.adoptions]
    return history(adoptions, units=tuple(sorted(units, key=lambda u: u.id)))


def renamed(panel: Panel, names: dict[str, str]) -> list[str]:
    back = {new: old for old, new in names.items()}
    names_of = [back.get(id_, id_) for id_ in panel.units]
    columns = ("year", "duration", "adopt", "superior_adopted", "province_share", "national_share", "adopters")
    rows_of = zip(
        panel.unit.tolist(), panel.program.tolist(), *(getattr(panel, c).tolist() for c in columns), strict=True
    )
    return sorted(str((names_of[unit], panel.programs[program], *rest)) for unit, program, *rest in rows_of)


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="needs ../shared/reference/diffusion")
def test_neighbour_share_is_the_exposure_of_netdiffuser() -> None:
    """Lagged exposure of the physicians; who has no neighbours has no share, where netdiffuseR writes 0."""
    made = open_history(REFERENCE / "netdiffuser/medInnovations_toa.csv")
    panel = panel_of(made, Design(start=1, end=18), neighbours=network("medInnovations"))
    expected = {row["id"]: row for row in rows("medInnovations_exposure_lag1.csv", REFERENCE / "netdiffuser")}
    told_there = [expected[panel.units[unit]][str(year)] for unit, year in zip(panel.unit, panel.year, strict=True)]
    exposure = np.array([NAN if cell == "NA" else float(cell) for cell in told_there])
    known = ~np.isnan(exposure) & ~np.isnan(panel.neighbour_share)
    assert known.sum() == 784
    assert np.abs(exposure - panel.neighbour_share)[known].max() < 1e-12
    assert np.all(exposure[np.isnan(panel.neighbour_share) & ~np.isnan(exposure)] == 0)
