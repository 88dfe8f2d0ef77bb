"""Signs that a sentence is asked for before a rule is tried: whatever the rule's pattern matches holds its sign."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.pipeline import read_file
from kg.relations import (
    campaigns,
    counts,
    implementation,
    indicators,
    membership,
    sections,
    series,
    succession,
    target_groups,
    telling,
    times,
)
from kg.resources import shipped

goals = import_module("kg.relations.goals")  # the package has a function of this name
# The signs by module and name; each is a pattern, or a function of a text.
ASKED = {
    "goals": ("_COMPARES", "A_NUMBER"),
    "implementation": ("_ACTS_ON",),
    "indicators": ("_HAS_GROWN", "_NOT", "_EVENT"),
    "membership": ("_TELLING", "_SETS", "_COUNTED_WHOLE", "_SIGN_OF_A_PART", "may_spell_out"),
    "succession": ("_REPLACES", "may_be_of_a_series"),
    "targeting": ("_OF_NAMED", "may_end_with_group", "names_a_person"),
    "times": ("_THEN",),
    "telling": ("_AWAY", "_EVENT", "_DIGIT"),
}
Sign = Callable[[str], object]


def holds(*words: str) -> Sign:
    return lambda text: any(word in text for word in words)


def ends(*words: str) -> Sign:
    return lambda text: text.endswith(words)


SIGNS: list[tuple[re.Pattern[str], Sign]] = [
    (counts._NUMBER, counts.A_NUMBER.search),
    (counts._IN_WORDS, counts.A_NUMBER.search),
    (counts._IN_WORDS, holds("百分之")),
    (counts._RATIO, counts.A_NUMBER.search),
    (counts._RATIO_OF, holds("比")),
    *((pattern, goals._COMPARES.search) for pattern, _ in goals._OPERATOR_BEFORE),
    *((pattern, lambda text: len(text) <= goals._LONGEST_OPERATOR) for pattern, _ in goals._OPERATOR_BEFORE),
    (goals._EACH, holds("分别")),
    (goals._FULLY, holds("全覆盖")),
    (indicators._TO, lambda text: not text.rstrip(indicators._SIGNS_OF_TO)),
    (indicators._GROWTH, indicators._HAS_GROWN.search),
    (indicators._RIGHT_TAIL, ends(*indicators._TAILS)),
    (indicators._NOT_REACHED, indicators._NOT.search),
    (indicators._AT_AN_EVENT, indicators._EVENT.search),
    (indicators._FOR_EACH, ends("过", "于")),
    (indicators._DONE_BEFORE, holds("已")),
    (campaigns._VEHICLE, membership._SIGN_OF_A_PART.search),
    (campaigns._AS_CONTENT, membership._SIGN_OF_A_PART.search),
    (implementation._SCHEDULED, implementation._ACTS_ON.search),
    (implementation._OF_A_SUPERIOR, implementation._ACTS_ON.search),
    (membership._TELLS, membership._TELLING.search),
    (membership._INCLUDES, membership._TELLING.search),
    (membership._SETS_OUT, membership._SETS.search),
    (membership._SPELT_OUT, membership.may_spell_out),
    (re.compile(membership._A_PART), membership._SIGN_OF_A_PART.search),
    (series._SOME_ORDINAL, series.may_be_of_a_series),
    (series._PHASE_BEHIND, lambda text: series.may_be_of_a_series(text[: series.LONGEST_SIGN])),
    (series._VERSION, series.may_be_of_a_series),
    (series._PERIOD, lambda text: series.may_be_of_a_series(text[: series.LONGEST_SIGN])),
    (series._FIVE_YEARS, series.may_be_of_a_series),
    (succession._DOVETAIL, holds("衔接")),
    (succession._UPGRADED, holds("升级")),
    (succession._REPEALED, holds("废止", "停止执行")),
    (target_groups._OPENS, target_groups.names_a_person),
    (target_groups._WITHIN, target_groups.names_a_person),
    (target_groups._WHO, target_groups.may_end_with_group),
    (target_groups._PEOPLE_BEFORE, lambda text: len(text) <= target_groups._LONGEST_BEFORE),
    (target_groups._SITES_BEFORE, lambda text: len(text) <= target_groups._LONGEST_BEFORE),
    (telling._SEEN_ELSEWHERE, telling._AWAY.search),
    (telling._CONDITION, ends("，")),
    (telling._TOPIC_OF_AN_EVENT, lambda text: telling._EVENT.search(text, 0, telling._LONGEST_TOPIC)),
    (telling._FRAMED, lambda text: len(text) < telling._LONGEST_FRAME),
    (telling._SPREAD, holds("推广")),
    (telling._COUNTED_REPORT, telling._DIGIT.search),
    (sections._TURN, holds("20")),
    (times._TO_COME, holds("将", "拟")),
    (times._BY_THEN, times._THEN.search),
    (times._END_OF_PLAN, times._THEN.search),
]


@pytest.mark.parametrize(("pattern", "sign"), SIGNS)
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much], max_examples=20, deadline=None)
@given(data=st.data())
def test_what_a_rule_matches_holds_its_sign(pattern: re.Pattern[str], sign: Sign, data: st.DataObject) -> None:
    """A sign may be found where the rule says nothing, but never be missing where it speaks."""
    text = data.draw(st.from_regex(re.compile(pattern.pattern)))
    found = pattern.search(text)
    assert found is None or "\n" in found[0] or sign(found[0]), found


def test_no_sign_hides_a_claim(monkeypatch: pytest.MonkeyPatch) -> None:
    """The example documents give the same claims where every sentence is taken to hold every sign."""
    texts = [(path.read_bytes(), path.name) for path in sorted(Path(str(shipped("data", "examples"))).glob("*.txt"))]
    asked = [read_file(*text).claims for text in texts]
    for module, names in ASKED.items():
        for name in names:
            sign = getattr(room := import_module(f"kg.relations.{module}"), name)
            monkeypatch.setattr(room, name, (lambda text: True) if callable(sign) else re.compile(""))
    assert [read_file(*text).claims for text in texts] == asked
