"""The way of a programme: which steps are taken, which are kept apart, and that none contradicts the years."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diffusion.example import example_graph
from diffusion.stories import CHINA, history
from kg.diffusion.adoptions import Evidence
from kg.diffusion.history.from_graph import history_of_graph
from kg.diffusion.ways.order import Order, Years
from kg.diffusion.ways.way import By, Grade, Step, Way, way
from kg.diffusion.ways.way_from_graph import steps_of, steps_of_all
from kg.graph.store import open_graph
from kg.views.diffusion.way import way_table, way_text


def said(origin: str, destination: str, by: By = By.LEARNS, year: float | None = None) -> Step:
    """A step that a sentence tells of."""
    time = Years(-math.inf, math.inf) if year is None else Years.year(year)
    return Step(
        origin, destination, Grade.SAID, by, (Evidence("c", "a.txt", f"{destination}学习{origin}经验。"),), time=time
    )


def edges(found: Way) -> set[tuple[str, str, Grade]]:
    """The steps of the forest."""
    return {(step.origin, step.destination, step.grade) for step in found.steps}


S, D, INFERRED = Grade.SAID, Grade.DOCUMENT, Grade.INFERRED


@pytest.mark.parametrize(
    ("told", "known", "expected"),
    [
        ({"x1": "2012", "y1": "2014"}, [said("x1", "y1")], {("x1", "y1", S)}),
        ({"x1": "2014", "y1": "2014"}, [said("x1", "y1")], {("x1", "y1", S)}),  # one year: possible
        ({"x1": "2014", "y1": "2012"}, [said("x1", "y1")], set()),  # the years contradict it
        ({"x1": "2012", "y1": "2014"}, [said("x1", "y1", year=2016)], set()),  # went to learn after it had adopted
        ({"y1": "2014"}, [said("外地", "y1")], {("外地", "y1", S)}),  # a place that is not known to have adopted
        (
            {"x1": "2012", "X": "2012", "y1": "2014"},
            [said("X", "y1", By.IMPLEMENTS), said("x1", "y1")],
            {("x1", "y1", S)},
        ),
        (
            {"x1": "2012", "y1": "2014"},
            [Step("x1", "y1", D, By.NAMES), said("x1", "y1", By.COOPERATES)],
            {("x1", "y1", S)},
        ),
        ({"x1": "2014", "y1": "2014"}, [said("x1", "y1"), said("y1", "x1")], {("x1", "y1", S)}),  # no circle
        ({"X": "2012", "x1": "2014"}, [], {("X", "x1", INFERRED)}),
        ({"X": "2014", "x1": "2014"}, [], set()),  # one year: not inferred
        ({"X": "2015", "x1": "2014"}, [], set()),
        ({"C": "2010", "X": "2014", "x1": "2014"}, [], {("C", "X", INFERRED)}),  # X may have been before x1: silent
        ({"C": "2010", "X": "2016", "x1": "2014"}, [], {("C", "X", INFERRED), ("C", "x1", INFERRED)}),
        ({"x1": "2012", "x2": "2014"}, [], {("x1", "x2", INFERRED)}),  # the pioneer of the province
        ({"x1": "2012", "y1": "2014"}, [], set()),  # of another province
        ({"X": "2012", "x1": "2014"}, [said("y1", "x1")], {("y1", "x1", S)}),  # said goes before inferred
    ],
)
def test_steps(told: dict[str, str], known: list[Step], expected: set[tuple[str, str, Grade]]) -> None:
    """Said before by document before inferred, at most one step towards a place, and never against the years."""
    assert edges(way(history({"p": told}), "p", known)) == expected


def test_no_chain_against_the_years() -> None:
    """Each of two steps is possible, both together are not: a from after 2013 to c of 2012 by way of b."""
    story = history({"p": {"x1": "2014", "x2": "<2014", "y1": "2011-2013"}})
    known = [said("x1", "x2"), said("x2", "y1")]
    found = way(story, "p", known, plain=False)
    assert len(found.steps) == 1
    assert len(found.further) == 1
    assert not found.contradicted


def test_what_is_not_taken_is_kept() -> None:
    """Contradicted steps and further ones stand beside the forest; what a text says needs no document."""
    story = history({"p": {"x1": "2012", "x2": "2013", "y1": "2014"}})
    known = [said("x1", "y1"), said("x2", "y1"), said("y1", "x1"), Step("x2", "y1", D, By.NAMES)]
    found = way(story, "p", known, plain=False)
    assert [(s.origin, s.destination) for s in found.steps] == [("x1", "y1")]
    assert [(s.origin, s.grade) for s in found.further] == [("x2", S)]
    assert [(s.origin, s.order) for s in found.contradicted] == [("y1", Order.AFTER)]
    assert found.roots == ("x1", "x2")


def test_sentences_are_put_together() -> None:
    """Two sentences that say the same are one step with both."""
    one, two = Evidence("a", "a.txt", "甲"), Evidence("b", "b.txt", "乙")
    steps = [Step("x1", "y1", S, By.LEARNS, (one,)), Step("x1", "y1", S, By.LEARNS, (two, one))]
    (found,) = way(history({"p": {"x1": "2012", "y1": "2014"}}), "p", steps).steps
    assert found.evidence == (one, two)


def test_inferred_steps_carry_the_sentences_of_both() -> None:
    """Whoever doubts an inferred step sees what dates its ends."""
    (found,) = way(history({"p": {"X": "2012", "x1": "2014"}}), "p").steps
    assert [e.file for e in found.evidence] == ["X.txt", "x1.txt"]


TEXT = """p
━━▶ said in a text   ──▷ by document   ┄┄> inferred from years only

甲省 2012
  ┄┄> 甲一市 2014  superior earlier
        「X 实施 p。」 X.txt
        「x1 实施 p。」 x1.txt
  ━━▶ 乙一市 ≤2015  learns from
        「y1学习X经验。」 a.txt

no step known: 甲二市 2011–2012

contradicted by the years:
  甲一市 2014 ━━▶ 甲二市 2011–2012  learns from
        「x2学习x1经验。」 a.txt
"""


def test_text() -> None:
    """The tree for the terminal: grades look different, every step with its sentences."""
    story = history({"p": {"X": "2012", "x1": "2014", "y1": "<2015", "x2": "2011-2012"}})
    found = way(story, "p", [said("X", "y1"), said("x1", "x2")])
    assert way_text(found, "p") == TEXT
    table = way_table(found)
    assert {row[0] for row in table.rows} == {"forest", "contradicted"}


def test_hostile_text() -> None:
    """A sentence with a terminal escape or a line break is shown, not sent."""
    step = Step("x1", "y1", S, By.LEARNS, (Evidence("c", "a\n.txt", "甲\x1b[31m乙\n丙"),))
    text = way_text(way(history({"p": {"x1": "2012", "y1": "2014"}}), "p", [step]), "p")
    assert "\x1b" not in text
    assert "「甲␛[31m乙 丙」 a .txt" in text


PLACES = [u.id for u in CHINA]
ANY_STEP = st.builds(said, st.sampled_from(PLACES), st.sampled_from(PLACES), st.sampled_from([By.LEARNS, By.PROMOTED]))
ANY_YEAR = st.tuples(st.integers(2008, 2012), st.integers(0, 2), st.booleans())


@given(st.dictionaries(st.sampled_from(PLACES), ANY_YEAR, max_size=8), st.lists(ANY_STEP, max_size=12))
def test_laws(told: dict[str, tuple[int, int, bool]], known: list[Step]) -> None:
    """A forest whose places can be dated within their intervals so that nobody comes before whom he follows."""
    written = {u: f"<{y + w}" if open_ else f"{y}-{y + w}" for u, (y, w, open_) in told.items()}
    found = way(history({"p": written}), "p", known)
    assert len({step.destination for step in found.steps}) == len(found.steps)
    after: dict[str, float] = {}
    waiting = [(root, -math.inf) for root in found.roots]
    while waiting:
        place, earliest = waiting.pop()
        time = found.times.get(place, Years(-math.inf, math.inf))
        after[place] = max(earliest, time.lower)
        assert after[place] < time.upper
        waiting += [(step.destination, after[place]) for step in found.from_(place)]
    assert set(after) == set(found.places)  # everything hangs on a root: no circles
    assert way(history({"p": written}), "p", known[::-1]) == found


def test_from_the_example_graph() -> None:
    """From the bundled example: learning, promoting and carrying out are said; a superior's plan is by document."""
    from kg.diffusion.history.opening import open_history
    from kg.diffusion.ways.documents import origins_of
    from kg.diffusion.ways.way_from_graph import steps_of
    from kg.graph.store import open_graph

    story, graph = open_history(example_graph()), open_graph(example_graph())
    (program,) = (p.id for p in story.programs if p.name == "县管校聘")
    steps, names = steps_of(graph, story, program)
    origin = origins_of(graph)[program]
    assert origin.unit.endswith("中国")
    found = way(story, program, steps, origin=origin, names=names)
    told = {(found.names[s.origin], found.names[s.destination]): (s.grade, s.by) for s in found.steps}
    assert told["潍坊市", "株洲市"] == (S, By.LEARNS)
    assert told["昌乐县", "潍坊市"] == (S, By.PROMOTED)
    assert told["中国", "山东省"] == (S, By.IMPLEMENTS)
    assert told["山东省", "寿光市"] == (D, By.PLANNED)
    assert ("宁波市", "鄞州区") not in told  # 在鄞州区、慈溪市前期试点基础上: it was there before the city
    late = [s for s in found.further if found.names[s.destination] == "温江区" and s.by is By.LEARNS]
    assert [s.time for s in late] == [Years(2018, 2019)]  # went to learn in 2019, had adopted in 2016
    assert all(step.evidence for step in found.steps)


def test_all_at_once() -> None:
    """The steps of all programmes asked for together are those of each asked for alone."""
    graph = open_graph(example_graph())
    story = history_of_graph(graph)
    programs = [program.id for program in story.programs]
    together = steps_of_all(graph, story, programs)
    told = [program for program in programs if together[program]]
    assert len(told) > 10
    for program in (*told[:8], next(p for p in programs if not together[p])):
        assert together[program] == steps_of(graph, story, program)[0]
