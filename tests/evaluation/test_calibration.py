"""Calibration: what is counted for which rule, how sets replace each other, and what the reliability table adds up."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_up_gold import FACTS, Line, written

from kg.evaluation import gold_sets
from kg.evaluation.calibration import Predicted, counts_of, held_out, outside, reliability, updated
from kg.model import Relation
from kg.pipeline import Settings, reader_of
from kg.relations.confidence import Confidence
from kg.relations.rule_counts import FIT, TEST, RuleCount

ADOPTS = Relation.ADOPTS


def counts(folder: Path, facts: list[Line], text: str | None = None) -> dict[str, tuple[int, int]]:
    """Right and wrong adoptions by rule."""
    reader = reader_of(Settings())
    pair = written(folder, text, facts) if text else written(folder, facts=facts)
    (one,) = gold_sets([pair], Settings(), reader)
    found = counts_of(one.evaluated(reader), one.name, FIT)
    assert {(count.set, count.document, count.use) for count in found} == {("mine", "总结.txt", FIT)}
    return {count.rule: (count.right, count.wrong) for count in found if count.relation is ADOPTS}


def test_counts(tmp_path: Path) -> None:
    """A claim on a core line is right, one on no line wrong, one on another line neither."""
    quoted, known = "place-does-program/quoted-program", "named-place-does-program/lexicon-program"
    found = counts(tmp_path, FACTS)
    assert (found[known], found[quoted]) == ((1, 0), (1, 1))
    found = counts(tmp_path, [{**FACTS[0], "core": False}, FACTS[1]])
    assert known not in found
    assert found[quoted] == (1, 1)


@pytest.mark.parametrize(("said", "right"), [("宜昌市", False), (None, False)])
def test_another_place_is_wrong(tmp_path: Path, said: str | None, right: bool) -> None:
    """A claim about another place than the gold's is wrong, also where the gold leaves the place open."""
    text = "襄阳市教育局2016年工作总结\n全市推行校长职级制。\n"
    facts = [{**FACTS[0], "place": said}]
    assert list(counts(tmp_path, facts, text).values()) == [(int(right), int(not right))]


def test_an_open_place_is_not_wrong(tmp_path: Path) -> None:
    """A claim that leaves the place open says nothing of it."""
    found = counts(tmp_path, [FACTS[0]], "工作总结\n推行校长职级制。\n")
    assert list(found.values()) == [(1, 0)]


def count(name: str, document: str, right: int, wrong: int, use: str = FIT) -> RuleCount:
    return RuleCount(name, document, use, ADOPTS, "r", right, wrong)


def test_updated() -> None:
    """A fresh set takes the place of all that an earlier one of its name had; other sets stay."""
    before = (count("a", "1", 1, 0), count("a", "2", 1, 0), count("b", "1", 1, 0))
    assert updated(before, [count("a", "1", 5, 5)]) == (before[2], count("a", "1", 5, 5))


def test_held_out() -> None:
    """Each document is foretold by the others alone, those of other sets included; test sets by all that is fitted."""
    three = (count("a", "1", 50, 0), count("a", "2", 0, 50), count("b", "1", 50, 0), count("c", "1", 1, 1, TEST))
    found = {one.document: one.confidence for one in held_out(three)}
    assert found["a", "2"] == Confidence([three[0], three[2]]).probability(ADOPTS, "r") > 0.95
    assert 0.4 < found["a", "1"] == found["b", "1"] < 0.6
    (tested,) = outside(three)
    assert tested.confidence == Confidence(three[:3]).probability(ADOPTS, "r")


def test_reliability() -> None:
    """Ten claims of 0.9 of which nine are right are calibrated; ten of 0.6 that are all right are 0.4 off."""
    found = reliability([Predicted(("s", "1"), 0.9, 9, 1), Predicted(("s", "2"), 0.6, 10, 0)])
    assert found is not None
    assert [(b.claims, b.confidence, b.right) for b in found.bins] == [(10, 0.6, 1.0), (10, 0.9, 0.9)]
    assert found.confidence == pytest.approx(0.75)
    assert found.right.value == pytest.approx(0.95)
    assert found.brier == pytest.approx((9 * 0.01 + 0.81 + 10 * 0.16) / 20)
    assert found.calibration_error == pytest.approx((0 + 10 * 0.4) / 20)


@pytest.mark.parametrize("confidence", [0.0, 0.5, 0.8, 0.85, 0.975, 1.0])
def test_bins_hold_everything(confidence: float) -> None:
    """A confidence on an edge lies in one bin."""
    found = reliability([Predicted(("s", "1"), confidence, 3, 1)])
    assert found is not None
    assert [b.claims for b in found.bins] == [4]


def test_nothing_to_judge() -> None:
    """Without claims there is no table."""
    assert reliability([]) is None
