"""Bottom-up, top-down, hybrid, horizontal: verdicts on small stories, and silence where they cannot be told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diffusion.stories import CHINA, history
from kg.diffusion.adoptions import Unit
from kg.diffusion.history.open_ends import OpenEnds, closed
from kg.diffusion.ways.direction import Origin, Type, direction, directions
from kg.diffusion.ways.order import Order
from kg.model import Level

READ = {(unit.id, year): 1 for unit in CHINA for year in range(2010, 2020)}
UNDETERMINED = Type.UNDETERMINED


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"C": "2010", "X": "2011", "x1": "2012", "x1a": "2013"}, Type.TOP_DOWN),
        ({"C": "2010", "x1a": "2013", "y1": "2012"}, Type.TOP_DOWN),  # past a province that is not known to adopt
        ({"x1a": "2010", "x1": "2011", "X": "2012", "C": "2013"}, Type.BOTTOM_UP),
        ({"x1": "2010", "X": "2012"}, Type.BOTTOM_UP),
        ({"x1": "2010", "X": "2012", "C": "2013", "Y": "2014", "y1": "2015"}, Type.HYBRID),  # taken up, handed down
        ({"x1": "2010", "x2": "2010", "y1": "2012"}, Type.HORIZONTAL),  # the provinces were read, without a word
        ({"x1": "2010"}, UNDETERMINED),  # one adopter
        ({"X": "2010", "x1": "2010"}, UNDETERMINED),  # one year
        ({"X": "<2012", "x1": "2013"}, Type.TOP_DOWN),
        ({"X": "2012", "x1": "<2013"}, UNDETERMINED),
        ({"X": "2012", "x1": "2013", "x2": "<2013", "x1a": "2014"}, UNDETERMINED),  # top-down or hybrid
        ({"x1": "2010", "X": "?"}, UNDETERMINED),
    ],
)
def test_verdicts(told: dict[str, str], expected: Type) -> None:
    """Who was first, at which level, and who came after his superior."""
    assert direction(history({"p": told}, read=READ), "p").type is expected


def test_it_says_what_is_open() -> None:
    """An undetermined verdict names the types that the intervals allow, and the shares they allow."""
    found = direction(history({"p": {"X": "2012", "x1": "2014", "x2": "<2013", "x1a": "2015"}}, read=READ), "p")
    assert found.possible == (Type.HYBRID, Type.TOP_DOWN)
    assert found.share_after == (2 / 3, 1)
    assert set(found.first) == {"X", "x2"}
    assert [(p.unit, p.superior, p.order) for p in found.pairs if p.unit != "x1"] == [
        ("x2", "X", Order.UNDETERMINED),
        ("x1a", "x1", Order.AFTER),
    ]
    assert "1 cannot be told" in found.reason


def test_recorded_years_decide_more() -> None:
    """With years taken as recorded, an open end is that year; ties of one year stay open."""
    story = history({"p": {"X": "2012", "x1": "<2014", "x2": "<2013"}}, read=READ)
    assert direction(story, "p").type is UNDETERMINED
    assert direction(closed(story, OpenEnds.RECORDED), "p").type is Type.TOP_DOWN


@pytest.mark.parametrize(
    ("read", "complete", "expected"),
    [
        (READ, False, Type.HORIZONTAL),
        ({}, False, UNDETERMINED),  # nobody knows what was read: not seen is not "did not adopt"
        ({}, True, Type.HORIZONTAL),  # unless the table holds all adopters
        ({("X", 2005): 1}, False, UNDETERMINED),  # read before it spread
        ({("C", 2011): 1}, False, UNDETERMINED),  # the centre was read, the province was not
    ],
)
def test_coverage(read: dict[tuple[str, int], int], complete: bool, expected: Type) -> None:
    """Horizontal only where the superiors were read while it spread."""
    story = history({"p": {"x1": "2010", "x2": "2012"}}, read=read)
    assert direction(story, "p", complete=complete).type is expected


def test_who_speaks_of_it_is_not_silent() -> None:
    """A province whose own text names the programme may have a hand in it: not horizontal."""
    story = history({"p": {"x1": "2010", "x2": "2012"}}, read=READ)
    assert direction(story, "p", speakers={"X"}).type is UNDETERMINED
    assert directions(story, None, {"p": {"Y"}})[0].type is Type.HORIZONTAL


def test_few_known_superiors_tell_nothing() -> None:
    """One pair of a city and its province makes no verdict on eight cities."""
    cities = [Unit(f"z{n}", f"丙{n}市", Level.PREFECTURE, "Z") for n in range(8)]
    units = [*CHINA, Unit("Z", "丙省", Level.PROVINCE, "C"), *cities]
    told = {"X": "2010", "x1": "2012"} | {city.id: "2013" for city in cities}
    found = direction(history({"p": told}, units), "p")
    assert found.type is UNDETERMINED
    assert len(found.uncovered) == 9  # the province X itself, too
    assert "only 1" in found.reason


def test_the_founding_document_is_an_act() -> None:
    """A ministry's document makes the centre the first; a city that came before makes it a hybrid."""
    origin = Origin("C", "关于做好课后服务工作的意见", 2011)
    after = history({"p": {"X": "2012", "x1": "2013"}}, read=READ)
    assert direction(after, "p").type is Type.TOP_DOWN
    assert direction(after, "p", origin).first == ("C",)
    before = history({"p": {"x1": "2009", "X": "2012", "Y": "2012"}}, read=READ)
    assert direction(before, "p", origin).type is Type.HYBRID
    assert directions(before, {"p": origin}) == (direction(before, "p", origin),)


@given(st.dictionaries(st.sampled_from([u.id for u in CHINA]), st.integers(2008, 2012), max_size=8))
def test_laws(told: dict[str, int]) -> None:
    """A verdict does not depend on order or on when time begins; opening years never turns it into another one."""
    story = history({"p": {u: str(y) for u, y in told.items()}}, units=reversed(CHINA))
    found = direction(story, "p", complete=True)
    later = direction(history({"p": {u: str(y + 50) for u, y in told.items()}}), "p", complete=True)
    assert (found.type, found.first, found.reason) == (later.type, later.first, later.reason)
    opened = direction(history({"p": {u: f"<{y}" for u, y in told.items()}}), "p", complete=True)
    assert opened.type in (UNDETERMINED, found.type)
