"""Bootstrap: what the figures are, what an interval must hold, and that nothing depends on chance."""

from __future__ import annotations

from math import comb

import pytest

from kg.evaluation.intervals import ENOUGH, Estimate, Tally, estimates, summed


@pytest.mark.parametrize(
    ("tally", "precision", "recall", "f1"),
    [
        (Tally(8, 2, 0), 1.0, 0.8, 8 / 9),
        (Tally(8, 0, 8), 0.5, 1.0, 2 / 3),
        (Tally(0, 3, 0), None, 0.0, 0.0),
        (Tally(0, 0, 2), 0.0, None, 0.0),
        (Tally(0, 0, 0), None, None, None),
    ],
)
def test_figures(tally: Tally, precision: float | None, recall: float | None, f1: float | None) -> None:
    """What is divided by nothing is no figure; F1 of nothing found where something was to find is 0."""
    assert (tally.precision, tally.recall, tally.f1) == pytest.approx((precision, recall, f1))


def test_sum() -> None:
    """Tallies add up column by column; of none there is nothing."""
    assert summed([Tally(1, 2, 3), Tally(10, 20, 30)]) == (11, 22, 33)
    assert summed([]) == (0, 0, 0)


def test_equal_documents() -> None:
    """Documents that are all alike give the same figure however they are drawn; lines that differ do not."""
    alike = estimates([Tally(9, 1, 1)] * ENOUGH)
    assert alike.precision == alike.recall == Estimate(0.9, 0.9, 0.9)
    fewer = estimates([Tally(9, 1, 1)] * (ENOUGH - 1))
    assert fewer.recall.value == 0.9
    assert fewer.recall.low is not None
    assert fewer.recall.low < 0.9


def test_all_or_nothing() -> None:
    """Ten documents, half found whole and half missed: the share drawn is binomial, and the interval its 95 % range."""
    found = estimates([Tally(7, 0, 0), Tally(0, 7, 0)] * 5)
    cumulated = [sum(comb(10, k) for k in range(n + 1)) / 2**10 for n in range(11)]
    low = next(n for n, share in enumerate(cumulated) if share >= 0.025) / 10
    high = next(n for n, share in enumerate(cumulated) if share >= 0.975) / 10
    assert found.recall == Estimate(0.5, low, high)


@pytest.mark.parametrize("documents", [[Tally(30, 5, 3), Tally(2, 2, 2)], [Tally(n, 1, n % 3) for n in range(1, 20)]])
def test_laws(documents: list[Tally]) -> None:
    """An interval holds its figure, lies within 0 and 1, and is the same every time."""
    figures = estimates(documents)
    for figure in (figures.precision, figures.recall, figures.f1):
        assert figure.value is not None
        assert figure.low is not None
        assert figure.high is not None
        assert 0 <= figure.low <= figure.value <= figure.high <= 1
    assert estimates(documents) == figures


def test_more_documents_are_surer() -> None:
    """A hundred times as many lines of the same sort make a narrower interval."""
    few, many = (estimates([Tally(8 * n, 2 * n, 0)]).recall for n in (1, 100))
    assert few.low is not None
    assert many.low is not None
    assert few.low < many.low


@pytest.mark.parametrize("documents", [[], [Tally(0, 0, 0)] * 3, [Tally(0, 0, 0)] * 30])
def test_nothing(documents: list[Tally]) -> None:
    """Where there is nothing there is neither figure nor interval."""
    assert estimates(documents).f1 == Estimate(None, None, None)
    assert estimates(documents).lines == 0


def test_draws_without_a_figure() -> None:
    """Documents without lines do not make the others' figure uncertain."""
    assert estimates([Tally(3, 0, 0), *[Tally(0, 0, 0)] * 20]).recall == Estimate(1.0, 1.0, 1.0)
