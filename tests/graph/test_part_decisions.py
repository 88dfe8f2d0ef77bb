"""What a graph keeps of a decision on a part can be read back."""

from __future__ import annotations

import pytest

from kg.graph.part_decisions import PartDecision, decision_of
from kg.graph.triples import decision_text
from kg.model import Decision, Span

CLEAN = "宜昌市教育局：2016年(工作)总结"


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        (Decision("place", "宜昌市", "title-names-place", Span(0, 3)), "宜昌市"),
        (Decision("year", "", "masked-year"), ""),
        (Decision("genre", "Summary", "title-names-genre", Span(12, 18)), CLEAN[12:18]),
        (Decision("title", CLEAN, "own-title", Span(0, len(CLEAN))), CLEAN),
        (Decision("title", "总结: 2016", "own-title"), ""),
        (Decision("agency", "", "no-agency-named-in-title-or-signature"), ""),
    ],
)
def test_round_trip(decision: Decision, words: str) -> None:
    """What was decided, the value, the rule and the words come back as they were."""
    text = decision_text(decision, CLEAN)
    assert decision_of(text) == PartDecision(decision.what, decision.value, decision.rule, words)


@pytest.mark.parametrize(
    ("rule", "against"),
    [("own-title", False), ("own-title-disagrees", True), ("text-disagrees-with-given", True), ("masked-year", False)],
)
def test_what_speaks_against(rule: str, against: bool) -> None:
    """A decision that disagrees tells of a value that was not taken."""
    assert PartDecision("year", "2016", rule).against is against


@pytest.mark.parametrize("text", ["", "year", "year 2016", "2016: Own Title"])
def test_no_decision(text: str) -> None:
    """What another version or hand wrote is passed over."""
    assert decision_of(text) is None
