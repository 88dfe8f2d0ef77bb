"""Ablations: each reader lacks what its name says, and nothing else."""

from __future__ import annotations

import pytest
from made_up_gold import written

from kg.evaluation import Evaluation, GoldSet, gold_sets
from kg.evaluation.ablations import ABLATIONS, ablated
from kg.model import Genre, Kind, Relation
from kg.pipeline import Settings, reader_of

WHOLE = "whole"
QUOTED, KNOWN, TITLED, LAW = "“向日葵午休”工程", "校长职级制", "宜昌市校车安全管理办法", "中华人民共和国民办教育促进法"


@pytest.fixture(scope="module")
def evaluations(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Evaluation]:
    reader = reader_of(Settings())
    (one,) = gold_sets([written(tmp_path_factory.mktemp("set"))], Settings(), reader)
    assert isinstance(one, GoldSet)
    return {WHOLE: one.evaluated(reader), **{ablation.name: ablated(one, ablation) for ablation in ABLATIONS}}


def named(evaluation: Evaluation, kind: Kind) -> set[str]:
    return {m.text for reading in evaluation.readings for m in reading.mentions if m.kind is kind}


@pytest.mark.parametrize(
    ("reader", "programs", "documents", "agencies"),
    [
        (WHOLE, {QUOTED, KNOWN, "“蓝领学堂”计划"}, {TITLED, LAW}, {"宜昌市教育局", "教育部"}),
        ("without lexicon", {QUOTED, "“蓝领学堂”计划"}, {TITLED, LAW}, {"宜昌市教育局"}),
        ("without patterns", {KNOWN}, {LAW}, {"宜昌市教育局", "教育部"}),
        ("without genre and sections", {QUOTED, KNOWN, "“蓝领学堂”计划"}, {TITLED, LAW}, {"宜昌市教育局", "教育部"}),
    ],
)
def test_names(
    evaluations: dict[str, Evaluation], reader: str, programs: set[str], documents: set[str], agencies: set[str]
) -> None:
    """Without lexicon only form tells, without patterns only the lexicons; places are known to all."""
    found = evaluations[reader]
    assert named(found, Kind.PROGRAM) == programs
    assert named(found, Kind.POLICY_DOCUMENT) == documents
    assert named(found, Kind.AGENCY) == agencies
    assert "远安县" in named(found, Kind.PLACE)


def test_a_law_by_its_form(evaluations: dict[str, Evaluation]) -> None:
    """Without lexicon the law is a titled document like any other, and the gold still knows it by all its names."""
    (reading,) = evaluations["without lexicon"].readings
    assert {m.found_by for m in reading.mentions if m.kind is Kind.POLICY_DOCUMENT} == {"titled-document"}
    score = evaluations["without lexicon"].things(Kind.POLICY_DOCUMENT, relaxed=False)
    assert (len(score.pairs), score.wrong) == (2, [])


def test_genre_and_sections(evaluations: dict[str, Evaluation]) -> None:
    """Without genre no status comes from it, though place and year stay; without sections nothing is left to a sentence before."""
    (reading,) = evaluations["without genre and sections"].readings
    (whole,) = evaluations[WHOLE].readings
    assert [(part.genre, part.place, part.year) for part in reading.parts] == [
        (Genre.OTHER, part.place, part.year) for part in whole.parts
    ]
    tried = [[c.found_by for c in r.claims if c.relation is Relation.ADOPTS] for r in (whole, reading)]
    assert set(tried[0]) - set(tried[1]) == {"located-place-tries-program-before"}
    assert all(claim.status for claim in whole.claims if claim.relation is Relation.ADOPTS)
    assert not any(claim.status for claim in reading.claims)
