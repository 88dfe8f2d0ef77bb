"""kg/diffusion/models: laws that hold whatever the panel: order, names, units of measurement."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diffusion.made_up_panels import Columns, spread
from kg.diffusion.models.clustering import clustered, crossed
from kg.diffusion.models.design import Specification, independent
from kg.diffusion.models.fitted import Fitted
from kg.diffusion.models.fitting import fit_model
from kg.diffusion.models.observations import observations_of

YEARLY = st.sampled_from(["logit", "cloglog", "probit", "firth", "cox", "cox-breslow"])
TIMED = st.sampled_from(["exponential", "weibull", "log-normal", "log-logistic"])
SEEDS = st.integers(0, 30)
FEW = settings(max_examples=12)


def _fit(columns: Columns, model: str, *covariates: str) -> Fitted:
    return fit_model(observations_of(columns), Specification(model, covariates))


def _figures(found: Fitted) -> list[float]:
    return [figure for term in found.terms for figure in (term.estimate, term.se, term.told_se)] + [found.loglik]


@FEW
@given(SEEDS, YEARLY)
def test_order_and_names_do_not_matter(seed: int, model: str) -> None:
    """Rows in any order, and cities and programmes by other names that sort otherwise, give the same model."""
    columns = spread(units=14, programs=3, seed=seed)
    order = np.random.default_rng(seed).permutation(len(columns["unit"]))
    names = {name: f"{len(columns['unit']) - at:05}" for at, name in enumerate(dict.fromkeys(columns["unit"]))}
    mixed: Columns = {name: [cells[row] for row in order] for name, cells in columns.items()}
    mixed["unit"] = [names[name] for name in mixed["unit"]]
    mixed["program"] = [str(name)[::-1] for name in mixed["program"]]
    assert _figures(_fit(mixed, model, "wealth")) == pytest.approx(
        _figures(_fit(columns, model, "wealth")), rel=1e-6, abs=1e-7
    )
    assert _figures(_fit({**columns}, model, "wealth")) == _figures(_fit(columns, model, "wealth"))


@FEW
@given(SEEDS, YEARLY, st.floats(0.01, 1000))
def test_units_of_measurement_do_not_matter(seed: int, model: str, factor: float) -> None:
    """Income in yuan or in ten thousands: the coefficient is so much smaller, z and likelihood are the same."""
    columns = spread(units=14, programs=3, seed=seed)
    one = _fit(columns, model, "wealth")
    other = _fit({**columns, "wealth": [factor * cell for cell in columns["wealth"]]}, model, "wealth")
    if model != "firth":  # whose penalty has the information in it, but for a constant
        assert other.loglik == pytest.approx(one.loglik, abs=1e-6)
    here, there = (next(term for term in found.terms if term.name == "wealth") for found in (one, other))
    assert there.estimate * factor == pytest.approx(here.estimate, rel=1e-4, abs=1e-5)
    assert there.z == pytest.approx(here.z, rel=1e-4, abs=1e-4)


@FEW
@given(SEEDS, TIMED, st.floats(0.1, 50))
def test_scaling_time_moves_the_intercept_only(seed: int, model: str, factor: float) -> None:
    """Years or months: log time moves by the logarithm, effects and likelihood of intervals stay."""
    rng = np.random.default_rng(seed)
    lower = rng.integers(0, 6, 40).astype(float)
    upper = np.where(rng.random(40) < 0.3, np.nan, lower + rng.integers(1, 4, 40))
    names = [str(number) for number in range(40)]
    wealth = rng.normal(size=40).tolist()

    def at(scale: float) -> list[float]:
        columns: Columns = {"unit": names, "program": ["p"] * 40, "wealth": wealth}
        columns |= {"lower": (lower * scale).tolist(), "upper": (upper * scale).tolist()}
        found = _fit(columns, model, "wealth")
        values = {term.name: term.estimate for term in found.terms}
        return [values["(intercept)"] - math.log(scale), values["wealth"], values.get("log(scale)", 0.0), found.loglik]

    assert at(factor) == pytest.approx(at(1.0), rel=1e-5, abs=1e-5)


@FEW
@given(SEEDS, YEARLY.filter(lambda model: model != "firth"))  # whose penalty weighs half as much in twice the rows
def test_a_panel_twice_over(seed: int, model: str) -> None:
    """All rows a second time under the names of other programmes: the same coefficients, errors smaller by root two.

    Cox has the copies as strata of their own; by cities nothing is gained, for a city's rows go together.
    """
    columns = spread(units=14, programs=3, seed=seed)
    again: Columns = {name: [*cells, *cells] for name, cells in columns.items()}
    again["program"] = [*columns["program"], *(f"又{name}" for name in columns["program"])]
    one, two = (_fit(some, model, "wealth").terms for some in (columns, again))
    for here, there in zip(one, two, strict=True):
        assert there.estimate == pytest.approx(here.estimate, rel=1e-5, abs=1e-6)
        assert there.se * math.sqrt(2) == pytest.approx(here.se, rel=1e-4)
        assert there.told_se == pytest.approx(here.told_se, rel=1e-4)


@given(st.integers(1, 60), st.integers(1, 4), SEEDS)
def test_a_cluster_of_its_own_for_each_row_is_whites(rows: int, columns: int, seed: int) -> None:
    """Then the sandwich is White's (HC0) by N / (N - 1); the names of clusters do not matter."""
    rng = np.random.default_rng(seed)
    scores, bread = rng.normal(size=(rows, columns)), np.eye(columns)
    found, _ = clustered(bread, scores, [np.arange(rows)])
    assert found == pytest.approx(scores.T @ scores * (rows / (rows - 1) if rows > 1 else 1))
    group = crossed([rng.integers(0, 5, rows)])
    renamed = crossed([group.max() - group])
    assert clustered(bread, scores, [group])[0] == pytest.approx(clustered(bread, scores, [renamed])[0])


@given(st.integers(2, 20), st.integers(1, 5), SEEDS)
def test_redundant_columns_are_the_later_ones(rows: int, columns: int, seed: int) -> None:
    """As many columns are kept as the rank says; a copy of an earlier one never is."""
    rng = np.random.default_rng(seed)
    matrix = rng.normal(size=(rows, columns))
    doubled = np.column_stack([matrix, matrix @ rng.normal(size=(columns, 2)), np.zeros(rows)])
    kept = independent(doubled)
    assert len(kept) == np.linalg.matrix_rank(matrix)
    assert kept == list(range(len(kept)))
