"""kg/diffusion/models: what a panel, a covariate, a joined table may be, and what a reader is told of a model."""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from diffusion.made_up_panels import Columns, small, spread, write_csv
from kg.diffusion.history.subsets import Subset
from kg.diffusion.models.baseline import BASELINES, baseline_columns
from kg.diffusion.models.design import MODELS, Specification, design_of
from kg.diffusion.models.fitting import fit_model
from kg.diffusion.models.joining import join
from kg.diffusion.models.observations import observations_of, read_observations
from kg.diffusion.models.opening import is_panel, only_read, panel_observations
from kg.diffusion.models.spells import spells_of
from kg.diffusion.models.terms import columns_of, lags_in
from kg.errors import DiffusionError

YEARS: Columns = {
    "unit": ["乙市", "甲市", "甲市", "甲市", "乙市"],
    "program": ["计划"] * 5,
    "year": [2011, 2010, 2011, 2012, 2010],
    "adopt": [1, 0, 0, 1, 0],
    "income": [5, 1, 2, 4, None],
    "tier": ["县", "市", "市", "市", "县"],
}


@pytest.mark.parametrize(
    ("term", "names", "values"),
    [
        ("income", ["income"], [[math.nan, 5, 1, 2, 4]]),
        ("INCOME", ["INCOME"], [[math.nan, 5, 1, 2, 4]]),
        ("L.income", ["L.income"], [[math.nan, math.nan, math.nan, 1, 2]]),
        ("L2.income", ["L2.income"], [[math.nan, math.nan, math.nan, math.nan, 1]]),
        ("income^2", ["income^2"], [[math.nan, 25, 1, 4, 16]]),
        ("log(income)", ["log(income)"], [[math.nan, math.log(5), 0, math.log(2), math.log(4)]]),
        ("log(adopt)", ["log(adopt)"], [[math.nan, 0, math.nan, math.nan, 0]]),
        ("log(L.income)", ["log(L.income)"], [[math.nan, math.nan, math.nan, 0, math.log(2)]]),
        ("z(duration)", ["z(duration)"], [np.array([-0.8, 0.2, -0.8, 0.2, 1.2]) / 0.83666002653]),
        ("income:duration", ["income:duration"], [[math.nan, 10, 1, 4, 12]]),
        ("C(tier)", ["tier=市"], [[0, 0, 1, 1, 1]]),
        ("C(tier=市)", ["tier=县"], [[1, 1, 0, 0, 0]]),
        ("C(year)", ["year=2011", "year=2012"], [[0, 1, 0, 1, 0], [0, 0, 0, 0, 1]]),
        ("duration:C(tier)", ["duration:tier=市"], [[0, 0, 1, 2, 3]]),
    ],
)
def test_terms(term: str, names: list[str], values: list[list[float]]) -> None:
    """The signs of the field: Stata's L., R's log and :, C() for levels. Rows are in order of unit and year (乙, 甲)."""
    found = columns_of(observations_of(YEARS), (term,))
    assert [column.name for column in found] == names
    for column, wanted in zip(found, values, strict=True):
        assert column.values == pytest.approx(wanted, nan_ok=True)


def test_how_far_terms_look_back() -> None:
    """For the tables that are joined."""
    assert lags_in(("gdp", "L.gdp:L3.share", "log(L2.gdp)")) == (1, 2, 3)


@pytest.mark.parametrize(
    ("term", "told"),
    [
        ("incom", "no column 'incom'.*did you mean 'income'"),
        ("tier", "tier holds '县', which is no number; write C"),
        ("log(C(tier))", "C"),
        ("C(tier=省)", "tier has no level '省'; there are 县, 市"),
    ],
)
def test_terms_that_are_none(term: str, told: str) -> None:
    """The message names the column and what to do."""
    with pytest.raises(DiffusionError, match=told):
        columns_of(observations_of(YEARS), (term,))


@pytest.mark.parametrize("kind", BASELINES)
def test_baselines(kind: str) -> None:
    """Finite columns, none of them constant; the spline is straight beyond its last knot."""
    duration = np.arange(1.0, 61.0)
    columns = dict(baseline_columns(duration, kind))
    assert all(np.isfinite(values).all() and values.std() > 0 for values in columns.values())
    sizes = {"log": 1, "linear": 1, "quadratic": 2, "cubic": 3, "spline": 3, "dummies": 59, "none": 0}
    assert len(columns) == sizes[kind]
    if kind == "spline":
        assert np.diff(columns["spline 1"], 2)[-1:] == pytest.approx([0.0], abs=1e-9)
        assert columns["spline 1"][0] == 0


def _changed(**columns: Any) -> Columns:
    return {**YEARS, **columns}


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"unit": ["甲市"], "year": [2010], "adopt": [1]}, "needs the columns unit, program and adopt"),
        (_changed(adopt=[1, 0, 2, 1, 0]), "adopt must be 0 or 1, or NA where nobody knows; row 3 has 2"),
        (_changed(adopt=[1, 0, "是", 1, 0]), "adopt holds '是', which is no number"),
        (_changed(year=[2011, 2010, 2010, 2012, 2010]), "1 rows stand twice.*甲市, 计划, duration 1"),
        (_changed(duration=[1, 0, 1, 2, 3]), "duration must be 1, 2, 3"),
        ({"unit": ["甲"], "program": ["p"], "lower": [3], "upper": [2]}, "甲 has lower 3 and upper 2"),
        ({"unit": ["甲", "甲"], "program": ["p", "p"], "lower": [1, 2], "upper": [2, 3]}, "stands twice"),
    ],
)
def test_panels_that_are_none(columns: Columns, told: str) -> None:
    """What is wrong, where, and the cure."""
    with pytest.raises(DiffusionError, match=told):
        observations_of(columns)


def test_years_after_an_adoption_are_no_years_at_risk() -> None:
    """A panel that goes on after the adoption is cut there, and it is told."""
    data = observations_of(_changed(adopt=[1, 0, 1, 0, 0]))
    assert len(data) == 4
    assert data.notes == ("1 rows after an adoption are left out: the unit is no longer at risk",)
    assert data.numbers("duration").tolist() == [1, 2, 1, 2]


def test_years_of_which_nobody_knows() -> None:
    """They are left out of models of years and told; for a model of the time they widen the interval."""
    columns = spread()
    columns["adopt"] = [
        math.nan if year in (2012, 2013) and not adopt else adopt
        for year, adopt in zip(columns["year"], columns["adopt"], strict=True)
    ]
    data = observations_of(columns)
    found = fit_model(data, Specification("logit", ("wealth",)))
    assert found.rows == int((~np.isnan(data.numbers("adopt"))).sum())
    assert any(note.startswith("reading gaps: ") for note in found.notes)
    spells = spells_of(data, Specification("weibull"))
    wide = spells.numbers("upper") - spells.numbers("lower")
    assert set(wide[~np.isnan(wide)]) == {1.0, 2.0, 3.0}


def test_reading_gaps_are_told() -> None:
    """Where the documents of years at risk were not read, zero may mean that nobody looked; they can be left out."""
    columns = spread()
    columns["documents"] = [float(year % 2) for year in columns["year"]]
    data = observations_of(columns)
    (note,) = (note for note in fit_model(data, Specification("logit", ("wealth",))).notes if "reading gaps" in note)
    assert "--only-read" in note
    read = only_read(data)
    assert set(read.numbers("documents")) == {1.0}
    assert not any("reading gaps" in note for note in fit_model(read, Specification("logit", ("wealth",))).notes)


CITIES: Columns = {"unit": ["甲市", "丙市"], "area": [10, 20]}
CITY_YEARS: Columns = {"unit": ["甲市", "甲市", "乙市"], "year": ["2010", "2009.0", "2010"], "gdp": [3, 1, 7]}


def test_a_table_of_places_is_joined(tmp_path: Path) -> None:
    """By unit; who is missing on either side is told by name."""
    data, told = join(observations_of(YEARS), write_csv(tmp_path / "cities.csv", CITIES))
    assert data.numbers("area") == pytest.approx([math.nan, math.nan, 10, 10, 10], nan_ok=True)
    assert (told.matched, told.rows, told.only_in_panel, told.only_in_table) == (3, 5, ("乙市",), ("丙市",))
    assert str(told) == (
        "cities.csv: area joined by unit; 3 of 5 rows match; 1 units have no line there: 乙市;"
        " 1 units of it are not in the panel: 丙市"
    )


def test_a_table_of_places_and_years_is_joined(tmp_path: Path) -> None:
    """By unit and year; a lag takes the year before from the table, also where the panel has no such row."""
    data, told = join(observations_of(YEARS), write_csv(tmp_path / "gdp.csv", CITY_YEARS), lags=(1,))
    assert data.numbers("gdp") == pytest.approx([7, math.nan, 3, math.nan, math.nan], nan_ok=True)
    (lagged,) = columns_of(data, ("L.gdp",))
    assert lagged.values == pytest.approx([math.nan, 7, 1, 3, math.nan], nan_ok=True)
    assert (told.by, told.matched) == (("unit", "year"), 2)


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ({"city": ["甲市"], "area": [1]}, "no column unit"),
        ({"unit": ["甲市", "甲市"], "area": [1, 2]}, "甲市 stands twice"),
        ({"unit": ["甲市"], "income": [1]}, "income is a column of .* too"),
    ],
)
def test_tables_that_cannot_be_joined(tmp_path: Path, table: Columns, told: str) -> None:
    """The message names file, line and cure."""
    with pytest.raises(DiffusionError, match=told):
        join(observations_of(YEARS), write_csv(tmp_path / "own.csv", table))


def test_which_tables_are_panels(tmp_path: Path) -> None:
    """Years at risk and intervals are; a list of adoptions, which has a year for each, is not."""
    heads = {
        "unit,program,year,adopt": True,
        "unit,program,lower,upper": True,
        "unit,program,year,lower,upper,dated": False,
        "unit,program,year": False,
    }
    for number, (head, wanted) in enumerate(heads.items()):
        path = tmp_path / f"{number}.csv"
        path.write_text(f"{head}\n", encoding="utf-8")
        assert is_panel(path, {}) is wanted, head
    assert is_panel(write_csv(tmp_path / "own.csv", {"unit": [], "program": [], "taken": []}), {"adopt": "taken"})
    assert not is_panel(tmp_path, {})


def test_columns_may_have_other_names(tmp_path: Path) -> None:
    """And of a panel single programmes can be chosen."""
    columns = {{"unit": "city", "program": "policy"}.get(name, name): cells for name, cells in spread().items()}
    path = write_csv(tmp_path / "panel.csv", columns)
    data = panel_observations(path, {"unit": "city", "program": "policy"}, Subset(programs=("计划1",)))
    assert data.levels("program")[0] == ("计划1",)
    with pytest.raises(DiffusionError, match="no column 'town'; there are city, policy"):
        read_observations(path, {"unit": "town"})
    with pytest.raises(DiffusionError, match="no program 计划9"):
        panel_observations(path, {"unit": "city", "program": "policy"}, Subset(programs=("计划9",)))


def _notes(columns: Columns, *covariates: str, model: str = "logit", **asked: Any) -> str:
    return " | ".join(fit_model(observations_of(columns), Specification(model, covariates, **asked)).notes)


@pytest.mark.parametrize(
    ("covariates", "asked", "told"),
    [
        (("wealth", "share", "wealth:share"), {"clusters": ("unit",)}, "24 clusters (unit): with fewer than 30"),
        (("wealth", "twin"), {}, "left out, because other columns already say it or because it does not vary: twin"),
        (("wealth", "near"), {}, "nearly collinear, variance inflation over 10: wealth"),
        (("sign",), {}, "separation: sign tells some adoptions apart"),
        (("some",), {}, "rows are left out for missing values (some "),
        (("wealth",), {"fixed": ("place",)}, "rows are left out for missing values (place "),
        (("wealth",), {"fixed": ("odd",)}, "1 of 3 levels of odd no row or every row is an adoption"),
        (("wealth",), {"fixed": ("even",)}, "1 of 3 levels of even no row or every row is an adoption"),
        (("wealth",), {"fixed": ("unit",)}, "fixed effects): fewer than 10 each"),
        (("share",), {"model": "cox", "clusters": ()}, None),
    ],
)
def test_what_a_reader_is_told(covariates: tuple[str, ...], asked: dict[str, Any], told: str | None) -> None:
    """Few clusters, redundant or nearly collinear columns, separation, missing values, dead levels, few events."""
    columns = spread()
    wealth, rng = np.array(columns["wealth"]), np.random.default_rng(5)
    adopted = {unit for unit, adopt in zip(columns["unit"], columns["adopt"], strict=True) if adopt}
    columns |= {
        "twin": (2 * wealth + 1).tolist(),
        "near": (wealth + rng.normal(size=len(wealth)) / 50).tolist(),
        "sign": [float(adopt == 1 and row % 2) for row, adopt in enumerate(columns["adopt"])],
        "some": [None if row % 7 == 0 else row % 5 for row in range(len(wealth))],
        "place": ["" if row % 5 == 0 else "东" if row % 2 else "西" for row in range(len(wealth))],
        "even": [
            "always" if adopt and row % 3 == 0 else "aa" if row % 2 else "bb"
            for row, adopt in enumerate(columns["adopt"])
        ],
        "odd": [
            "never" if not adopt and row % 3 == 0 else "aa" if row % 2 else "bb"
            for row, adopt in enumerate(columns["adopt"])
        ],
    }
    assert adopted
    if told is None:
        with pytest.raises(DiffusionError, match="needs a covariate that varies"):
            _notes(columns, *covariates, **asked)
    else:
        assert told in _notes(columns, *covariates, **asked)


def test_firth_is_finite_where_a_covariate_separates() -> None:
    """The cure that the note names."""
    columns = spread()
    columns["sign"] = [float(adopt == 1 and row % 2) for row, adopt in enumerate(columns["adopt"])]
    found = fit_model(observations_of(columns), Specification("firth", ("sign",)))
    assert found.converged
    assert 1 < found.terms[2].estimate < 15
    assert not any("separation" in note for note in found.notes)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(
    "columns",
    [
        {"unit": [], "program": [], "year": [], "adopt": [], "x": []},
        {"unit": ["甲"], "program": ["p"], "year": [2010], "adopt": [1], "x": [1]},
        {"unit": ["甲", "乙"], "program": ["p", "p"], "year": [2010, 2010], "adopt": [1, 1], "x": [1, 2]},
        {"unit": ["甲", "乙"], "program": ["p", "p"], "year": [2010, 2010], "adopt": [0, 0], "x": [1, 2]},
        {"unit": ["甲", "乙", "丙"], "program": ["p"] * 3, "year": [2010] * 3, "adopt": [1, 0, 1], "x": [1, 2, 3]},
        {"unit": ["甲", "甲"], "program": ["p", "q"], "year": [2010, 2012], "adopt": [1, 1], "x": [1, 2]},
    ],
    ids=["empty", "one row", "all at once", "nobody", "three", "one unit"],
)
def test_odd_panels_do_not_crash(columns: Columns, model: str) -> None:
    """A model, or one clear message; never a traceback, and warnings are errors here."""
    try:
        found = fit_model(observations_of(columns), Specification(model, ("x",)))
    except DiffusionError:
        return
    assert all(isinstance(note, str) for note in found.notes)
    assert found.rows == len(columns["unit"])


def test_time_varying_covariates_of_a_model_of_the_time() -> None:
    """It takes one value for the whole time, and the message says what to take instead."""
    with pytest.raises(DiffusionError, match="share changes from year to year, and weibull takes one value"):
        fit_model(small(), Specification("weibull", ("share",)))


def test_a_model_of_years_needs_years() -> None:
    """Of intervals only the time can be modelled."""
    data = observations_of({"unit": ["甲", "乙"], "program": ["p", "p"], "lower": [0, 1], "upper": [1, None]})
    with pytest.raises(DiffusionError, match="holds intervals; logit needs one row for each year"):
        fit_model(data, Specification("logit"))
    with pytest.raises(DiffusionError, match="no model 'logti'"):
        Specification("logti")


def test_without_statsmodels(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra that is missing is named with the command that brings it; other models go on without it."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "statsmodels"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "statsmodels", None)
    with pytest.raises(DiffusionError, match=r'cox-exact needs statsmodels.*pip install "policy-kg\[models\]"'):
        fit_model(small(), Specification("cox-exact", ("wealth",)))
    assert fit_model(small(), Specification("cox", ("wealth",))).converged


def test_designs_leave_the_reference_level_in() -> None:
    """Dropping a level without events changes which level is the first."""
    columns = spread()
    columns["odd"] = [
        "a" if not adopt and row % 3 == 0 else f"b{row % 2}" for row, adopt in enumerate(columns["adopt"])
    ]
    design = design_of(observations_of(columns), Specification("logit", ("wealth",), fixed=("odd",)))
    assert design.names == ("(intercept)", "log(duration)", "wealth", "odd=b1")


def test_clusters_that_say_nothing() -> None:
    """Where half of each cluster adopts, their scores cancel out; an error of 0 would make stars: the model's are given."""
    columns: Columns = {
        "unit": [str(row) for row in range(12)],
        "program": ["计划"] * 12,
        "year": [2010] * 12,
        "adopt": [1, 0] * 6,
        "half": ["a", "a", "b", "b"] * 3,
    }
    data = observations_of(columns)
    halves, units = (
        fit_model(data, Specification("logit", baseline="none", clusters=(way,))) for way in ("half", "unit")
    )
    assert (halves.clusters, halves.terms[0].robust_se) == ((), None)
    assert any("clustered standard errors collapse" in note for note in halves.notes)
    assert units.clusters == (("unit", 12),)
    assert units.terms[0].robust_se == pytest.approx(units.terms[0].se * (12 / 11) ** 0.5)


def test_the_exact_likelihood_has_its_limits() -> None:
    """Risk sets of more units than the library can recurse over are refused before they are tried."""
    with pytest.raises(DiffusionError, match=r"risk sets of up to 450 units.*take cox"):
        fit_model(observations_of(spread(units=450, programs=1, years=2)), Specification("cox-exact", ("wealth",)))
