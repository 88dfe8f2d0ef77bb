"""Innovativeness: hand-computed examples, the state data, coverage, censoring, intervals."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diffusion.stories import history
from kg.diffusion.adoptions import Adoption, Dated, History, Program, Unit
from kg.diffusion.innovativeness.scores import Innovativeness, innovativeness
from kg.errors import DiffusionError

FIGURES = Path(__file__).parent / "figures/firsts"
SPID = Path(__file__).parents[2].parent / "shared/reference/diffusion/netinf"
ABC = tuple(Unit(u, u) for u in "abcd")
# p: a 2000, b 2005, c 2010, d never; q: b 2002, a 2004
TOLD = {"p": {"a": "2000", "b": "2005", "c": "2010"}, "q": {"b": "2002", "a": "2004"}}


def by_unit(found: tuple[Innovativeness, ...], group: str = "") -> dict[str, Innovativeness]:
    return {one.unit: one for one in found if one.group == group}


@pytest.mark.parametrize(
    ("unit", "walker", "rate", "adoptions", "chances"),
    [
        ("a", (1 + 0) / 2, 2 / (1 + 3), 2, 4),  # p at once, q as the last; a year of p, three of q
        ("b", (0.5 + 1) / 2, 2 / (6 + 1), 2, 7),
        ("c", 0, 1 / (11 + 3), 1, 14),
        ("d", 0, 0, 0, 14),
    ],
)
def test_by_hand(unit: str, walker: float, rate: float, adoptions: float, chances: float) -> None:
    """Walker's share of time and the share of occasions taken, computed by hand."""
    found = by_unit(innovativeness(history(TOLD, ABC)))[unit]
    assert (found.walker.value, found.rate.value) == (pytest.approx(walker), pytest.approx(rate))
    assert (found.adoptions, found.chances) == (adoptions, chances)


def test_ranks_and_non_adopters() -> None:
    """Competition ranks; left out, non-adopters are nothing rather than last."""
    found = by_unit(innovativeness(history(TOLD, ABC), non_adopters="omitted"))
    assert [found[u].walker.rank for u in "abcd"] == [2, 1, 3, None]
    assert [found[u].rate.rank for u in "abcd"] == [1, 2, 3, 4]
    assert found["c"].walker.value == 0  # the last of p, left out of q


def test_right_censoring() -> None:
    """With a later end of what is seen, those who have not adopted had more occasions; Walker's score stays."""
    known, longer = (by_unit(innovativeness(history(TOLD, ABC), until=u)) for u in (None, 2012))
    assert longer["d"].chances == 13 + 11
    assert longer["a"].rate.value == known["a"].rate.value
    assert longer["c"].rate.value == pytest.approx(1 / (11 + 11))
    assert all(longer[u].walker.value == known[u].walker.value for u in "abcd")
    cut = by_unit(innovativeness(history(TOLD, ABC), until=2004))  # b has not yet taken up p, nor c
    assert (cut["b"].adoptions, cut["b"].chances, cut["c"].chances) == (1, 5 + 1, 5 + 3)
    assert (cut["b"].adopted, cut["c"].adopted) == (1, 0)


def test_intervals() -> None:
    """An adoption in one of three years: each with a third, the risk falls as it may have happened."""
    found = by_unit(innovativeness(history({"p": {"a": "2000", "b": "2001-2003", "c": "2004"}}, ABC)))["b"]
    assert (found.adoptions, found.chances) == (1, pytest.approx(1 + 1 + 2 / 3 + 1 / 3))
    assert found.walker.value == pytest.approx(1 - 2 / 4)
    opened = by_unit(innovativeness(history({"p": {"a": "2000", "b": "<2003", "c": "2004"}}, ABC)))["b"]
    assert opened.chances == pytest.approx(1 + 3 / 4 + 2 / 4 + 1 / 4)  # not before the first known year
    early = by_unit(innovativeness(history({"p": {"a": "2000", "b": "1998-2003", "c": "2004"}}, ABC)))["b"]
    assert early.chances == opened.chances


READ = {("a", 2000): 1, ("b", 2005): 1, ("c", 2010): 1}


@pytest.mark.parametrize(
    ("read", "programs", "chances", "walker"),
    [
        ({}, 2, 14, 0),  # a table: all is known
        (READ, 0, 0, None),  # d was never read: not late, but unknown
        (READ | {("d", 2003): 3}, 2, 1 + 1, None),  # one year of each; what became of it later, nobody knows
        (READ | {("d", 2004): 1}, 2, 1 + 1, 0),  # the last of q, where the last adopted in 2004
        (READ | {("d", 2011): 1}, 2, 0, 0),  # read later, without a word
    ],
)
def test_coverage(read: dict[tuple[str, int], int], programs: int, chances: float, walker: float | None) -> None:
    """Units that were not read are not late."""
    found = by_unit(innovativeness(history(TOLD, ABC, read=read))).get("d")
    assert (found.programs if found else 0) == programs
    if found:
        assert (found.chances, found.walker.value) == (chances, walker)


def test_topics() -> None:
    """One ranking per topic; without any topic a clear error."""
    found = innovativeness(history(TOLD, ABC, topics={"p": "教师"}), by="topic")
    assert {one.group for one in found} == {"教师", "no topic"}
    assert by_unit(found, "教师")["b"].walker.value == 0.5
    with pytest.raises(DiffusionError, match="topic"):
        innovativeness(history(TOLD, ABC), by="topic")


def test_periods() -> None:
    """Occasions belong to the period of their year, programmes to that in which they began."""
    found = innovativeness(history(TOLD, ABC), by="period", periods=(2000, 2004))
    early, late = by_unit(found, "2000–2003"), by_unit(found, "2004–2010")
    assert (early["b"].adoptions, early["b"].chances) == (1, 4 + 1)
    assert (late["b"].adoptions, late["b"].chances, late["b"].walker.value) == (1, 2, None)
    assert (late["a"].adoptions, late["a"].chances) == (1, 1)
    assert early["b"].walker.value == pytest.approx(0.75)
    assert {one.group for one in innovativeness(history(TOLD, ABC), by="period")} == {"2000–2009", "2010–2010"}


def test_least() -> None:
    """Places seen in too few programmes are listed without a rank, and take nobody's."""
    read = {("a", y): 1 for y in range(2000, 2011)} | {("b", y): 1 for y in range(2000, 2011)}
    found = by_unit(innovativeness(history(TOLD, ABC, read=read), least=2))
    assert found["c"].rate.value is not None
    assert found["c"].rate.error is None  # of one programme there is no spread
    assert (found["c"].programs, found["c"].rate.rank, found["a"].rate.rank, found["b"].rate.rank) == (1, None, 1, 2)


@pytest.mark.parametrize(
    "told", [{}, {"p": {}}, {"p": {"a": "2000"}}, {"p": dict.fromkeys("abcd", "2000")}, {"p": {"a": "?"}}]
)
def test_small_ones(told: dict[str, dict[str, str]]) -> None:
    """No programme, no adopter, one, all tied, no year: no crash, and only finite figures."""
    for one in innovativeness(history(told, ABC), replicates=10):
        assert all(
            v is None or np.isfinite(v)
            for score in (one.walker, one.rate)
            for v in (score.value, score.error, score.lower)
        )


@given(
    st.dictionaries(
        st.sampled_from("pqr"),
        st.dictionaries(st.sampled_from("abcd"), st.integers(2000, 2009), min_size=1),
        min_size=1,
    ),
    st.integers(-50, 50),
)
def test_laws(told: dict[str, dict[str, int]], shift: int) -> None:
    """Scores lie between 0 and 1 within their intervals' reach, do not depend on when time begins or on order."""
    stories = [
        history({p: {u: str(y + by) for u, y in some.items()} for p, some in told.items()}, units)
        for by, units in ((0, ABC), (shift, ABC[::-1]))
    ]
    found, shifted = (innovativeness(story, replicates=20) for story in stories)
    assert found == shifted
    for one in found:
        for score in (one.walker, one.rate):
            assert score.value is None or 0 <= score.value <= 1
            assert score.lower is None or score.upper is None or 0 <= score.lower <= score.upper <= 1


def walkers_policies() -> History:
    """The small copy of Walker's policies."""
    with (FIGURES / "walker_policies.csv").open(encoding="utf-8") as file:
        return told((row["state"], policy, year) for row in csv.DictReader(file) for policy, year in row.items())


def spid(source: str = "") -> History:
    """The policies of the State Policy Innovation and Diffusion database, of one source or all."""
    if not SPID.is_dir():
        pytest.skip("the reference values are not beside the repository")
    with (SPID / "policies_metadata.csv").open(encoding="utf-8") as file:
        kept = {row["policy"] for row in csv.DictReader(file) if source in ("", row["source"])}
    with (SPID / "policies_raw_long.csv").open(encoding="utf-8") as file:
        rows = [(r["statenam"], r["policy"], r["adopt_year"]) for r in csv.DictReader(file)]
    return told(row for row in rows if row[1] in kept)


def told(cells: Iterable[tuple[str, str, str]]) -> History:
    """State, policy and year as a history."""
    rows = sorted((state, policy, float(year)) for state, policy, year in cells if year.isdigit())
    return History(
        tuple(Unit(state, state) for state in sorted({state for state, _, _ in rows})),
        tuple(Program(policy, policy) for policy in sorted({policy for _, policy, _ in rows})),
        tuple(Adoption(state, policy, year - 1, year, Dated.GIVEN) for state, policy, year in rows),
    )


def test_walkers_states() -> None:
    """Walker (1969): New York first with .656, Mississippi last with .298, of 88 policies; here are 79 of them."""
    found = by_unit(innovativeness(walkers_policies(), replicates=50))
    ranked = sorted(found, key=lambda unit: found[unit].walker.rank or 99)
    assert ranked[:6] == ["New York", "Massachusetts", "California", "New Jersey", "Michigan", "Connecticut"]
    assert {"Mississippi", "Nevada"} == set(ranked[-2:])
    assert found["New York"].walker.value == pytest.approx(0.656, abs=0.03)
    assert found["Mississippi"].walker.value == pytest.approx(0.298, abs=0.03)


@pytest.mark.parametrize("source", ["Boehmke-Skinner", ""])
def test_boehmke_and_skinners_states(source: str) -> None:
    """Boehmke and Skinner (2012): California is the most innovative; Mississippi stands at the lower end."""
    found = by_unit(innovativeness(spid(source), replicates=50))
    assert found["California"].rate.rank == found["California"].walker.rank == 1
    assert (found["Mississippi"].rate.rank or 0) >= 46


def test_the_small_copy_is_true() -> None:
    """The copy has what the whole has."""
    assert walkers_policies() == spid("Walker")
