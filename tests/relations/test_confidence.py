"""Confidence: shrinkage keeps its laws, one place gives it to every claim, and a bad file of counts is told line by line."""

from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import CountsError
from kg.graph.terms import decimal_literal
from kg.model import Relation
from kg.pipeline import read_file
from kg.relations.confidence import LEAST, MOST, Cases, Confidence, shrunk, with_confidence
from kg.relations.rule_counts import FIT, TEST, RuleCount, counts_csv, read_counts, shipped_counts

HEAD = "set,document,use,relation,rule,right,wrong\n"
TEXT = "宜昌市教育局2016年工作总结\n全市推行校长职级制，启动“向日葵午休”工程，新建公办幼儿园21所。\n"
NUMBERS = st.integers(0, 500)
SHARES = st.floats(0.01, 0.99)
STRENGTHS = st.floats(0.5, 200)


def count(rule: str, right: int, wrong: int, relation: Relation = Relation.ADOPTS, use: str = FIT) -> RuleCount:
    return RuleCount("s", "d", use, relation, rule, right, wrong)


@given(SHARES, STRENGTHS)
def test_no_cases(towards: float, strength: float) -> None:
    """What was never seen is as likely as the level above."""
    assert shrunk(Cases(0, 0), towards, strength) == pytest.approx(towards)


@given(SHARES, SHARES, STRENGTHS)
def test_many_cases(share: float, towards: float, strength: float) -> None:
    """What was seen very often is as likely as it was right."""
    right = round(share * 10**7)
    assert shrunk(Cases(right, 10**7 - right), towards, strength) == pytest.approx(share, abs=1e-3)


@given(NUMBERS, NUMBERS, SHARES, STRENGTHS)
def test_monotone(right: int, wrong: int, towards: float, strength: float) -> None:
    """One more right case makes it likelier, one more wrong case less; it lies between what was seen and the level above."""
    seen = shrunk(Cases(right, wrong), towards, strength)
    assert (
        shrunk(Cases(right, wrong + 1), towards, strength) < seen < shrunk(Cases(right + 1, wrong), towards, strength)
    )
    share = right / (right + wrong) if right + wrong else towards
    assert min(share, towards) - 1e-9 <= seen <= max(share, towards) + 1e-9


COUNTS = (
    count("does/known", 90, 0),
    count("does/quoted", 5, 5),
    count("reports/known", 4, 0),
    count("said", 6, 4, Relation.TARGETS),
)


def test_levels() -> None:
    """A rule lies between its record and its relation; an unknown finder has its rule's, an unknown rule its relation's."""
    confidence = Confidence(COUNTS)
    adopts = Relation.ADOPTS
    known, quoted = (confidence.probability(adopts, f"does/{finder}") for finder in ("known", "quoted"))
    rule, other = confidence.probability(adopts, "does/never-seen"), confidence.probability(adopts, "never-seen")
    assert 0.5 < quoted < rule < known < 1
    assert other == confidence.probability(adopts, "never-seen/known")
    assert confidence.probability(Relation.TARGETS, "said") < other
    everything = confidence.probability(Relation.DIFFUSES, "never-seen")
    assert confidence.probability(Relation.TARGETS, "said") < everything < other


def test_strength() -> None:
    """Rules that differ widely are left as they are; rules that hardly differ are drawn together."""
    apart = Confidence([count(f"r{n}", 50 * (n % 2), 50 * (1 - n % 2)) for n in range(10)])
    alike = Confidence([count(f"r{n}", 9, 1) for n in range(10)])
    assert apart.strength < 1 < 64 < alike.strength


def test_only_fitting_counts() -> None:
    """What is there for testing moves no confidence."""
    assert Confidence(COUNTS).probability(Relation.ADOPTS, "does/known") == Confidence(
        [*COUNTS, count("does/known", 0, 900, use=TEST)]
    ).probability(Relation.ADOPTS, "does/known")
    assert Confidence([]).probability(Relation.ADOPTS, "does") == 0.5


def test_every_claim() -> None:
    """A claim's confidence is that of its rule in the shipped counts: two decimals, never certain, in its shortest form."""
    confidence = Confidence(shipped_counts())
    claims = read_file(TEXT.encode(), "总结.txt").claims
    assert {claim.relation for claim in claims} >= {Relation.ADOPTS, Relation.GOAL}
    for claim in claims:
        assert claim.confidence == confidence(claim)
        assert LEAST <= claim.confidence <= MOST
        assert f"{claim.confidence}" == f"{confidence.probability(claim.relation, claim.found_by):.2f}"
    assert decimal_literal(Decimal("0.90")).startswith('"0.9"^^')


def test_bounds() -> None:
    """A rule with a thousand right cases is not certain, nor is one with a thousand wrong ones impossible."""
    claim = read_file(TEXT.encode(), "总结.txt").claims[0]
    for right, wrong, bound in ((10**6, 0, MOST), (0, 10**6, LEAST)):
        assert Confidence([count(claim.found_by, right, wrong, claim.relation)])(claim) == bound


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("s,d,fit,Adoption,r,1,x", "c.csv:2: wrong 'x' is no count; write a whole number"),
        ("s,d,fit,Adoption,r,-1,1", "c.csv:2: right '-1' is no count"),
        ("s,d,fit,Adoption,r,１,1", "c.csv:2: right '１' is no count"),
        ("s,d,fit,adopts,r,1,1", "c.csv:2: relation 'adopts' is none of Adoption, Issuance"),
        ("s,d,maybe,Adoption,r,1,1", "c.csv:2: use 'maybe' is neither fit nor test"),
        ("s,d,fit,Adoption,,1,1", "c.csv:2: rule is empty"),
        ("s,d,fit,Adoption,r,1", "c.csv:2: this line has 6 cells and not 7"),
    ],
)
def test_bad_counts(line: str, told: str) -> None:
    """A line that cannot be used is told with its place and the cure, together with all others."""
    with pytest.raises(CountsError) as caught:
        read_counts(f"{HEAD}{line}\ns,d,fit,Adoption,r,1,1\ns,d,fit,Adoption,r,,1\n".encode(), "c.csv")
    assert told in str(caught.value)
    assert "c.csv:4: right is empty" in str(caught.value)


def test_no_counts() -> None:
    """A file without the columns is no file of counts."""
    with pytest.raises(CountsError, match=r"c\.csv:1: "):
        read_counts(b"relation,rule\nAdoption,r\n", "c.csv")
    assert read_counts(HEAD.encode(), "c.csv") == ()


def test_there_and_back() -> None:
    """What is written is read again, in the order of the file."""
    assert read_counts(counts_csv(reversed(COUNTS)).encode(), "c.csv") == tuple(sorted(COUNTS))


def test_nothing_else_of_a_claim_changes() -> None:
    """A claim with its confidence is the same claim in every other field."""
    said = ("relation", "found_by")  # from which it follows
    for claim in read_file(TEXT.encode(), "宜昌2016.txt").claims:
        others: dict[str, Any] = {f.name: f"some {f.name}" for f in fields(claim) if f.name not in said}
        bare = replace(claim, **others)
        assert replace(with_confidence(bare), confidence=bare.confidence) == bare
        assert with_confidence(bare).confidence == claim.confidence
