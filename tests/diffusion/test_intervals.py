"""What texts say of one unit and one programme → the interval of years of its adoption."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.diffusion.adoptions import Adoption, Dated, Evidence
from kg.diffusion.history.checks import contradictions
from kg.diffusion.history.intervals import Said, adoption_of, said_of
from kg.model import DateKind, Status

KINDS = {"D": DateKind.DOCUMENT, "S": DateKind.STATED, "E": DateKind.EFFECTIVE}
STATES = {"p": Status.PLANNED, "s": Status.STARTED, "o": Status.ONGOING, "c": Status.COMPLETED, "x": Status.ENDED}


def said(told: str, number: int = 0) -> Said:
    """`S2014s`: a stated year 2014, started; `S2014-2016s`: a range; `Ds`: without a year."""
    kind, years, state = told[0], told[1:-1], told[-1]
    first, _, last = years.partition("-")
    evidence = Evidence(f"c{number}", f"{told}.txt", told, year=float(first) if first else None, status=STATES[state])
    return said_of("大连市", "县管校聘", evidence, KINDS[kind], int(last) if last else None)


def adopted(told: str) -> Adoption | None:
    return adoption_of(said(one, number) for number, one in enumerate(told.split()))


@pytest.mark.parametrize(
    ("told", "lower", "upper", "dated", "status"),
    [
        ("S2014s", 2013, 2014, "stated", "Started"),
        ("S2014c", 2013, 2014, "stated", "Completed"),
        ("S2014p", 2013, 2014, "stated", "Planned"),
        ("E2013s", 2012, 2013, "effective", "Started"),
        ("E2013o", 2012, 2013, "effective", "Ongoing"),  # 自2013年起持续实施 names the beginning
        ("D2014s", None, 2014, "document", "Started"),
        ("D2014p", None, 2014, "document", "Planned"),
        ("D2014o", None, 2014, "continued", "Ongoing"),
        ("S2014o", None, 2014, "continued", "Ongoing"),  # 2014年继续实施: it began before
        ("Ds", None, None, "open", "Started"),
        ("Do", None, None, "open", "Ongoing"),
        ("S2014-2016s", 2013, 2016, "stated", "Started"),  # began at some time in these years
        ("S2014-2016c", 2013, 2014, "stated", "Completed"),  # was done in all of them
        ("S2014-2016o", None, 2014, "continued", "Ongoing"),
        ("D2015s S2014s", 2013, 2014, "stated", "Started"),  # a stated start before a later document
        ("D2014o D2012s", None, 2012, "document", "Started"),
        ("D2012o D2014s", None, 2012, "continued", "Ongoing"),
        ("D2014s S2014s", 2013, 2014, "stated", "Started"),  # the same year: the tighter one
        ("D2014o S2014p", None, 2014, "continued", "Ongoing"),  # a plan for the year does not begin what goes on
        ("D2014o S2014s", 2013, 2014, "stated", "Started"),
        ("D2014p S2015s", None, 2014, "document", "Planned"),  # plans count
        ("D2013s S2015s", None, 2013, "document", "Started"),  # a contradiction: the earlier bound stays
        ("S2012-2016s D2014s", 2011, 2014, "stated", "Started"),  # both hold: the intersection
        ("Ds D2014s", None, 2014, "document", "Started"),
        ("D2014s D2016x", None, 2014, "document", "Started"),
    ],
)
def test_interval(told: str, lower: float | None, upper: float | None, dated: str, status: str) -> None:
    """The tightest interval that is sure, whatever the order in which files were read."""
    for order in permutations(told.split()):
        found = adopted(" ".join(order))
        assert found is not None
        assert (found.lower, found.upper, str(found.dated), str(found.status)) == (lower, upper, dated, status)


@pytest.mark.parametrize(
    ("told", "ended", "contradicting"),
    [
        ("D2014s D2016x", 2016, []),
        ("D2014s D2018x D2016x", 2016, []),
        ("D2014s Dx", None, []),
        ("D2013s S2015s", None, [2015]),
        ("D2013s S2015c", None, []),  # what is done again later does not say that it began then
        ("D2013s S2015p", None, []),
        ("D2013s E2015s", None, [2015]),
        ("S2013s S2013s", None, []),
        ("D2013s D2015s", None, []),
    ],
)
def test_ends_and_contradictions(told: str, ended: float | None, contradicting: list[float]) -> None:
    """An end is kept beside the adoption; a later beginning than the first trace is kept in sight."""
    found = adopted(told)
    assert found is not None
    assert found.ended == ended
    assert [e.year for e in contradictions(found)] == contradicting


def test_ended_alone_is_no_adoption() -> None:
    """What is only said to have been stopped gives no year of adoption."""
    assert adopted("D2016x") is None
    assert adopted("D2016x S2014x") is None


def test_evidence_in_order() -> None:
    """Evidence is told in order of the year, the undated last."""
    found = adopted("Ds S2016s D2012o S2014s")
    assert found is not None
    assert [e.year for e in found.evidence] == [2012, 2014, 2016, None]
    assert found.evidence[0].dated is Dated.CONTINUED


CLAIMS = st.builds(
    lambda kind, year, state: f"{kind}{year}{state}",
    st.sampled_from("DSE"),
    st.one_of(st.just(""), st.integers(2008, 2022).map(str), st.just("2012-2015")),
    st.sampled_from("psocx"),
)


@given(st.lists(CLAIMS, min_size=1, max_size=8), st.randoms())
def test_order_does_not_matter(told: list[str], random: object) -> None:
    """The bounds hold whatever the order, lie the right way round, and no further claim loosens the upper one."""
    claims = [said(one, number) for number, one in enumerate(told)]
    found = adoption_of(claims)
    random.shuffle(claims)  # type: ignore[attr-defined]
    assert adoption_of(claims) == found
    if found is None:
        assert all(one.evidence.status is Status.ENDED for one in claims)
        return
    if found.lower is not None:
        assert found.upper is not None
        assert found.lower < found.upper
    dated = [one.upper for one in claims if one.upper is not None and one.evidence.status is not Status.ENDED]
    assert found.upper == min(dated, default=None)
