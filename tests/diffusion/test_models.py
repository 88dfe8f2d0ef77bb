"""kg/diffusion/models: the figures of R's glm, coxph and survreg, and what a naive reckoning gives."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest

from diffusion.made_up_panels import FIGURES, REFERENCE, rows_of, small, spread
from kg.diffusion.models.accelerated import IntervalLikelihood
from kg.diffusion.models.clustering import clustered
from kg.diffusion.models.design import Specification, design_of, risk_sets
from kg.diffusion.models.discrete import fit_firth
from kg.diffusion.models.fitted import Fitted
from kg.diffusion.models.fitting import fit_model
from kg.diffusion.models.observations import Observations, observations_of, read_observations
from kg.diffusion.models.time_dependence import time_tests

Floats = npt.NDArray[np.float64]
COVARIATES = ("wealth", "share")
SE_CLUSTERED = "se_cluster_state_CR_G_over_Gm1"
IN_R = {"log-normal": "lognormal", "log-logistic": "loglogistic"}


@pytest.fixture(scope="module")
def panel() -> Observations:
    """24 cities, 4 programmes, at most 8 years."""
    return small()


@pytest.fixture(scope="module")
def eha_panel() -> Observations:
    """The whole panel of which R's figures are."""
    path = REFERENCE / "eha_panel.csv"
    if not path.exists():
        pytest.skip("../shared/reference is not beside the repository")
    return read_observations(path, {"unit": "state", "program": "policy", "duration": "dur"})


@pytest.mark.parametrize(
    ("model", "in_r", "covariates"),
    [
        ("logit", "glm_logit", ("share_lag", "sources_lag")),
        ("cloglog", "glm_cloglog", ("share_lag", "sources_lag")),
        ("probit", "glm_probit", ("share_lag", "sources_lag")),
        ("cox", "coxph_strata_policy_efron_sources_only", ("sources_lag",)),
        ("cox-breslow", "coxph_strata_policy_breslow_sources_only", ("sources_lag",)),
    ],
)
def test_the_panel_of_the_reference(
    eha_panel: Observations, model: str, in_r: str, covariates: tuple[str, ...]
) -> None:
    """Coefficients, both kinds of standard error and likelihood are R's to 1e-6 (coxph has no factor G / (G - 1))."""
    found = fit_model(eha_panel, Specification(model, covariates))
    wanted = [row for row in rows_of(FIGURES / "eha_models.csv") if row["model"] == in_r]
    assert (found.rows, found.events, found.units, found.notes) == (int(wanted[0]["n"]), 1646, 50, ())
    assert found.loglik == pytest.approx(float(wanted[0]["loglik"]), abs=1e-6)
    for term, row in zip(found.terms, wanted, strict=True):
        figures = (term.estimate, term.se, term.robust_se)
        assert figures == pytest.approx((float(row["coef"]), float(row["se"]), float(row[SE_CLUSTERED])), abs=1e-8)


@pytest.mark.parametrize("model", ["exponential", "weibull", "log-normal", "log-logistic"])
def test_intervals_as_survreg(model: str) -> None:
    """Interval-censored times: R's survreg to 1e-6 (here 1e-9), the likelihood of the empty model too."""
    data = read_observations(FIGURES / "intervals.csv")
    found = fit_model(data, Specification(model, ("C(program)",)))
    wanted = [row for row in rows_of(FIGURES / "survreg_interval.csv") if row["dist"] == IN_R.get(model, model)]
    assert found.loglik == pytest.approx(float(wanted[0]["loglik"]), abs=1e-9)
    assert found.loglik_null == pytest.approx(float(wanted[0]["loglik_null"]), abs=1e-9)
    assert (found.converged, found.rows, found.events) == (True, 250, 174)
    for term, row in zip(found.terms, wanted, strict=True):
        assert (term.estimate, term.se) == pytest.approx((float(row["coef"]), float(row["se"])), abs=1e-9)


def test_intervals_far_out_keep_their_chance() -> None:
    """Nine standard deviations late, the chance of an interval is small and not nothing; early as late, by symmetry."""
    x, late, later = np.ones((1, 1)), np.array([9.0]), np.array([9.1])
    for model in ("log-normal", "log-logistic"):
        after, _, _ = IntervalLikelihood(x, late, later, model).parts(np.zeros(2))
        before, _, _ = IntervalLikelihood(x, -later, -late, model).parts(np.zeros(2))
        assert after == pytest.approx(before, rel=1e-12)
        assert -50 < after[0] < -9


CHANCES: dict[str, Callable[[Floats], Floats]] = {
    "logit": lambda z: 1 / (1 + np.exp(-z)),
    "cloglog": lambda z: 1 - np.exp(-np.exp(z)),
    "probit": lambda z: np.array([math.erfc(-one / math.sqrt(2)) / 2 for one in z]),
}


@pytest.mark.parametrize("model", CHANCES)
def test_discrete_models_by_a_naive_reckoning(panel: Observations, model: str) -> None:
    """Scoring with slopes taken by differences, and a sandwich that adds up city by city, give the same figures."""
    found = fit_model(panel, Specification(model, COVARIATES))
    adopt, unit = panel.numbers("adopt"), panel.levels("unit")[1]
    x = np.column_stack(
        [np.ones(len(panel)), np.log(panel.numbers("duration")), panel.numbers("wealth"), panel.numbers("share")]
    )
    chance = CHANCES[model]
    beta = np.zeros(4)
    for _ in range(40):
        p, slope = chance(x @ beta), (chance(x @ beta + 1e-6) - chance(x @ beta - 1e-6)) / 2e-6
        bread = np.linalg.inv((x * (slope**2 / (p * (1 - p)))[:, None]).T @ x)
        scores = x * ((adopt - p) / (p * (1 - p)) * slope)[:, None]
        beta = beta + bread @ scores.sum(axis=0)
    meat = sum(np.outer(s := scores[unit == city].sum(axis=0), s) for city in range(24))
    robust = np.sqrt(np.diag(bread @ meat @ bread) * 24 / 23)
    assert [term.estimate for term in found.terms] == pytest.approx(beta, abs=1e-7)
    assert [term.se for term in found.terms] == pytest.approx(np.sqrt(np.diag(bread)), abs=1e-7)
    assert [term.robust_se for term in found.terms] == pytest.approx(robust, abs=1e-7)
    assert found.loglik == pytest.approx(float(np.log(np.where(adopt == 1, p, 1 - p)).sum()), abs=1e-8)
    assert found.bic == pytest.approx(4 * math.log(len(panel)) - 2 * found.loglik)


def _partial(x: Floats, adopt: Floats, sets: npt.NDArray[np.int64], beta: Floats, ties: str) -> float:
    """Cox's partial likelihood, written down."""
    total = 0.0
    risk = np.exp(x @ beta)
    for number in range(int(sets.max()) + 1):
        here = sets == number
        dead, all_ = here & (adopt == 1), risk[here].sum()
        count = int(dead.sum())
        total += float((x[dead] @ beta).sum())
        if ties == "cox-exact":
            total -= math.log(sum(math.prod(some) for some in combinations(risk[here], count)))
        else:
            shares = [step / count if ties == "cox" else 0.0 for step in range(count)]
            total -= sum(math.log(all_ - share * risk[dead].sum()) for share in shares)
    return total


@pytest.mark.parametrize("ties", ["cox", "cox-breslow", "cox-exact"])
def test_cox_by_a_naive_reckoning(ties: str) -> None:
    """The coefficients lie at the top of the partial likelihood as it is written down, their errors at its curvature."""
    data = observations_of(spread(units=10, programs=2, years=5, seed=4))
    asked = Specification(ties, ("wealth", "wealth^2"))
    found, design = fit_model(data, asked), design_of(data, asked)
    adopt, sets = design.data.numbers("adopt"), risk_sets(design.data, "program")
    beta = np.array([term.estimate for term in found.terms])

    def at(*moved: float) -> float:
        return _partial(design.x, adopt, sets, beta + np.array(moved), ties)

    assert found.loglik == pytest.approx(at(0, 0), abs=1e-9)
    assert found.loglik_null == pytest.approx(_partial(design.x, adopt, sets, 0 * beta, ties), abs=1e-9)
    step = 1e-3
    slopes = [at(step, 0) - at(-step, 0), at(0, step) - at(0, -step)]
    assert slopes == pytest.approx([0, 0], abs=1e-6)
    bends = [[at(step, 0) - 2 * at(0, 0) + at(-step, 0), 0.0], [0.0, at(0, step) - 2 * at(0, 0) + at(0, -step)]]
    bends[0][1] = bends[1][0] = (at(step, step) - at(step, -step) - at(-step, step) + at(-step, -step)) / 4
    errors = np.sqrt(np.diag(np.linalg.inv(-np.array(bends) / step**2)))
    assert [term.se for term in found.terms] == pytest.approx(errors, rel=1e-4)


def test_exact_ties_have_the_models_errors(panel: Observations) -> None:
    """The exact likelihood is of risk sets and not of rows: no clustered errors, and the table says so."""
    found = fit_model(panel, Specification("cox-exact", ("wealth",)))
    assert found.clusters == ()
    assert [term.robust_se for term in found.terms] == [None]
    assert any("no clustered standard errors" in note for note in found.notes)


def test_two_ways_of_clustering(panel: Observations) -> None:
    """By unit plus by programme minus by both, each with its own factor (Cameron, Gelbach and Miller 2011)."""
    rng = np.random.default_rng(3)
    scores, bread = rng.normal(size=(60, 2)), np.array([[2.0, 0.3], [0.3, 1.0]])
    one, other = rng.integers(0, 9, 60), rng.integers(0, 5, 60)

    def way(key: list[int]) -> Floats:
        sums = np.array([scores[np.array(key) == level].sum(axis=0) for level in sorted(set(key))])
        count = len(sums)
        made: Floats = bread @ sums.T @ sums @ bread * count / (count - 1)
        return made

    wanted = way(one.tolist()) + way(other.tolist()) - way((one * 9 + other).tolist())
    found, mended = clustered(bread, scores, [one, other])
    if not mended:
        assert found == pytest.approx(wanted)
    assert np.linalg.eigvalsh(found).min() > -1e-12
    both = fit_model(panel, Specification("logit", COVARIATES, clusters=("unit", "program")))
    assert both.clusters == (("unit", 24), ("program", 4))


def test_firth_of_a_table_of_four_fields() -> None:
    """With one covariate of 0 and 1 the penalty adds half a case to each field, also to an empty one."""
    cells = [(0, 0, 7), (0, 1, 3), (1, 0, 5)]  # covariate, adopted, times; nobody with 1 and 1
    x = np.array([[1.0, c] for c, _, times in cells for _ in range(times)])
    adopt = np.array([float(a) for _, a, times in cells for _ in range(times)])
    found = fit_firth(x, adopt)
    assert found.converged
    assert found.beta == pytest.approx([math.log(3.5 / 7.5), math.log((0.5 * 7.5) / (5.5 * 3.5))], abs=1e-6)


def test_fixed_effects_of_programmes(panel: Observations) -> None:
    """One effect for each programme but the first, named in the table and not shown; the others move with them."""
    found = fit_model(panel, Specification("logit", COVARIATES, fixed=("program",), baseline="dummies"))
    assert found.fixed == ("program",)
    assert [term.name for term in found.shown] == ["(intercept)", "wealth", "share"]
    assert sum(term.name.startswith("program=") for term in found.terms) == 3
    same = fit_model(panel, Specification("logit", (*COVARIATES, "C(program)"), baseline="dummies"))
    assert same.loglik == pytest.approx(found.loglik, abs=1e-8)


def _terms(found: Fitted) -> dict[str, float]:
    return {term.name: term.estimate for term in found.terms}


def test_years_become_intervals(panel: Observations) -> None:
    """A model of the time takes a panel too: adopted in its year, or later than the last one."""
    found = fit_model(panel, Specification("weibull", ("wealth",)))
    assert found.rows == 24 * 4
    assert found.events == int(panel.numbers("adopt").sum())
    assert _terms(found)["wealth"] < 0  # the rich are sooner


def test_effects_that_change_with_time(panel: Observations) -> None:
    """One test for each covariate: twice the gain in likelihood of its product with log duration."""
    asked = Specification("cloglog", ("wealth", "C(program)"))
    first = fit_model(panel, asked)
    wealth, program = time_tests(panel, asked, first)
    more = fit_model(panel, Specification("cloglog", ("wealth", "C(program)", "wealth:log(duration)")))
    assert wealth.ratio == pytest.approx(2 * (more.loglik - first.loglik))
    assert wealth.slope == _terms(more)["wealth:log(duration)"]
    assert (wealth.freedom, program.freedom, program.slope) == (1, 3, None)
    assert 0 < wealth.p_value < 1


@pytest.mark.parametrize("model", ["logit", "cloglog", "probit"])
def test_first_years_full_of_adoptions(model: str) -> None:
    """A first year in which nearly all adopt throws whole scoring steps off; the top is found, its gradient is none."""
    rng = np.random.default_rng(8)
    year = np.repeat(np.arange(1.0, 13.0), 40)
    adopt = np.where(year == 1, rng.random(480) < 0.9, rng.random(480) < 0.02).astype(float)
    share = np.minimum(1.0, 0.03 * year + 0.001 * rng.random(480))
    names = [str(row) for row in range(480)]
    columns = {"unit": names, "program": ["计划"] * 480, "duration": year.tolist(), "adopt": adopt.tolist()}
    found = fit_model(observations_of({**columns, "share": share.tolist()}), Specification(model, ("share",)))
    assert found.converged
    assert found.loglik > found.loglik_null + 50
    design = design_of(observations_of({**columns, "share": share.tolist()}), Specification(model, ("share",)))
    beta = np.array([term.estimate for term in found.terms])
    for axis in np.eye(3):
        for step in (-1e-4, 1e-4):
            chance = CHANCES[model](design.x @ (beta + step * axis))
            taken = design.data.numbers("adopt")
            assert float(np.log(np.where(taken == 1, chance, 1 - chance)).sum()) < found.loglik
