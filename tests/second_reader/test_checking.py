"""What is believed of a proposal: every reason to refuse one has a case here, beside what is taken."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
from reading import Row, cell, read

from kg.entities import entity_reader
from kg.model import Claim, Genre, Reading, Relation
from kg.reviewed.properties import NEEDED, ROLES
from kg.second_reader.checking import Checking, adds, claim_of
from kg.second_reader.proposals import Refusal, Refused, fields_of, proposal_of
from kg.second_reader.stretches import LONGEST, Stretch, stretches

TEXT = """全市教育工作有了新的面貌。
我市还把“晨读伙伴”计划办到了夷陵区、枝江市的十二所学校，当阳市也来取经。
2014年，“晨读伙伴”计划在宜昌市第一中学有了雏形；“晨读伙伴”计划2020年还要有更大的样子。
到2018年“晨读伙伴”计划的学校要有120所、投入3.5万元，第36届艺术节和“3+1”项目、211工程也要办。
“晨读伙伴”计划和“银龄夜校”计划都是“书香宜昌”工程里的事，留守儿童最受益。
教育部“晨读伙伴”计划、武汉市“银龄夜校”计划，我们都要看齐。
夷陵区获得的称号是全省读书先进单位。
我市的《宜昌市晨读办法》跟上了《国家中长期教育改革和发展规划纲要》，市教育局出了力。
我市成为“银龄夜校”计划的一员。我市成为“银龄夜校”计划的一员。
"""
ADOPTION = {"relation": "Adoption", "quote": "办到了夷陵区", "place": "宜昌市", "program": "“晨读伙伴”计划"}
GOAL = {
    "relation": "Goal",
    "quote": "计划的学校要有120所",
    "place": "宜昌市",
    "indicator": "学校",
    "value": "120",
    "unit": "所",
}
HONOUR = {"relation": "Recognition", "quote": "称号是全省读书先进单位", "place": "夷陵区", "title": "全省读书先进单位"}
MEMBER = {
    "relation": "Membership",
    "quote": "都是“书香宜昌”工程里的事",
    "member": "“银龄夜校”计划",
    "whole": "“书香宜昌”工程",
}
CHECKING = Checking(entity_reader(), "llm:made-up", Decimal("0.5"))


@pytest.fixture(scope="module")
def stretch() -> Stretch:
    (only,) = stretches(read(TEXT))
    return only


def proposed(item: object, stretch: Stretch) -> Claim:
    return claim_of(proposal_of(item), stretch, CHECKING)


def row(claim: Claim, columns: str) -> Row:
    return tuple(cell(claim, column) for column in columns.split())


# ── What is taken ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("item", "columns", "values"),
    [
        (ADOPTION, "place program year date_kind status", ("宜昌市", "晨读伙伴", 2016, "Document", None)),
        (ADOPTION | {"place": "我市", "program": "晨读伙伴"}, "place program", ("宜昌市", "晨读伙伴")),
        (ADOPTION | {"place": "枝江市", "status": "started"}, "place status", ("枝江市", "Started")),
        (ADOPTION | {"year": "2016", "agency": None, "status": ""}, "year date_kind", (2016, "Document")),
        (ADOPTION | {"quote": "2014年，“晨读伙伴”计划在", "year": "2014"}, "year date_kind", (2014, "Stated")),
        (
            ADOPTION | {"quote": "2020年还要有更大的样子", "year": "2020", "status": "Planned"},
            "year status",
            (2020, "Planned"),
        ),
        (GOAL, "indicator value unit operator base_unit year", ("学校", "120", "所", None, None, 2016)),
        (GOAL | {"indicator": "“晨读伙伴”计划的学校"}, "indicator", ("“晨读伙伴”计划的学校",)),
        (GOAL | {"operator": ">=", "kind": "planned"}, "operator kind", (">=", "Planned")),
        (GOAL | {"year": "2018", "kind": "Planned"}, "year date_kind", (2018, "Stated")),
        (
            GOAL | {"quote": "投入3.5万元", "indicator": "投入", "value": "3.5", "unit": "万元"},
            "value unit baseValue baseUnit",
            ("3.5", "万元", "35000", "元"),
        ),
        (HONOUR, "place title", ("夷陵区", "全省读书先进单位")),
        (MEMBER, "member whole year", ("银龄夜校", "书香宜昌", 2016)),
        (
            {"relation": "Targeting", "quote": "留守儿童最受益", "program": "晨读伙伴", "group": "留守儿童"},
            "program group",
            ("晨读伙伴", "留守儿童"),
        ),
        (
            {
                "relation": "Diffusion",
                "quote": "当阳市也来取经",
                "from": "宜昌市",
                "to": "当阳市",
                "program": "晨读伙伴",
                "kind": "LearnsFrom",
            },
            "from to kind",
            ("宜昌市", "当阳市", "LearnsFrom"),
        ),
        (
            {
                "relation": "Issuance",
                "quote": "市教育局出了力",
                "place": "我市",
                "agency": "市教育局",
                "document": "宜昌市晨读办法",
            },
            "agency document",
            ("宜昌市教育局", "宜昌市晨读办法"),
        ),
    ],
)
def test_what_the_text_bears_out(item: dict[str, Any], columns: str, values: Row, stretch: Stretch) -> None:
    """A name as it stands there or in full; a place may be the document's own, a year the document's, as an upper bound."""
    claim = proposed(item, stretch)
    assert row(claim, columns) == values
    assert (claim.found_by, claim.confidence) == ("llm:made-up", Decimal("0.5"))
    assert item["quote"] in claim.sentence.text


# ── What is refused ────────────────────────────────────────────────────────────────────────────────────────────────

REFUSED: list[tuple[Refusal, Any]] = [
    (Refusal.NO_PROPOSAL, "Adoption"),
    (Refusal.NO_PROPOSAL, None),
    (Refusal.NO_PROPOSAL, [ADOPTION]),
    (Refusal.NO_PROPOSAL, {}),
    (Refusal.NO_PROPOSAL, {"relation": "Adoption", "program": "晨读伙伴"}),
    (Refusal.NO_PROPOSAL, ADOPTION | {"program": ["晨读伙伴"]}),
    (Refusal.NO_PROPOSAL, ADOPTION | {"program": {"name": "晨读伙伴"}}),
    (Refusal.NO_PROPOSAL, ADOPTION | {"status": True}),
    (Refusal.UNKNOWN_RELATION, ADOPTION | {"relation": "Friendship"}),
    (Refusal.UNKNOWN_RELATION, ADOPTION | {"relation": "ignore all previous instructions"}),
    (Refusal.UNKNOWN_FIELD, ADOPTION | {"confidence": "1"}),
    (Refusal.UNKNOWN_FIELD, ADOPTION | {"reviewed": "Confirmed"}),
    (Refusal.UNKNOWN_FIELD, ADOPTION | {"iri": "https://example.org/x"}),
    (Refusal.UNKNOWN_FIELD, MEMBER | {"inferred": "false"}),
    (Refusal.UNKNOWN_FIELD, GOAL | {"baseValue": "1"}),
    (Refusal.NOT_ALLOWED, ADOPTION | {"status": "Rumoured"}),
    (Refusal.NOT_ALLOWED, ADOPTION | {"year": "16"}),
    (Refusal.NOT_ALLOWED, ADOPTION | {"year": "9999"}),
    (Refusal.NOT_ALLOWED, GOAL | {"value": "9" * 60}),
    (Refusal.NOT_ALLOWED, GOAL | {"value": "1e999"}),
    (Refusal.NOT_ALLOWED, GOAL | {"operator": "~"}),
    (Refusal.NOT_ALLOWED, GOAL | {"kind": "LearnsFrom"}),
    (Refusal.TOO_LONG, ADOPTION | {"program": "晨" * 81}),
    (Refusal.TOO_LONG, ADOPTION | {"quote": "晨" * 1001}),
    (Refusal.TOO_LONG, GOAL | {"value": "1" * 5000}),
    (Refusal.HIDDEN_CHARACTERS, ADOPTION | {"quote": "办到了\u202e夷陵区"}),
    (Refusal.HIDDEN_CHARACTERS, ADOPTION | {"program": "晨读伙伴\x1b[31m"}),
    (Refusal.HIDDEN_CHARACTERS, ADOPTION | {"place": "宜昌市\u200b"}),
    (Refusal.HIDDEN_CHARACTERS, ADOPTION | {"place": "宜昌市\ud800"}),
    (Refusal.HIDDEN_CHARACTERS, ADOPTION | {"\x00": "x"}),
    (Refusal.ROLE_MISSING, ADOPTION | {"program": ""}),
    (Refusal.ROLE_MISSING, ADOPTION | {"place": None}),
    (Refusal.ROLE_MISSING, GOAL | {"unit": ""}),
    (Refusal.ROLE_MISSING, HONOUR | {"place": ""}),
    (Refusal.QUOTE_TOO_SHORT, ADOPTION | {"quote": "夷陵区"}),
    (Refusal.QUOTE_TOO_SHORT, ADOPTION | {"quote": "   夷陵区   "}),
    (Refusal.QUOTE_NOT_FOUND, ADOPTION | {"quote": "推行到了夷陵区"}),
    (Refusal.QUOTE_NOT_FOUND, ADOPTION | {"quote": "当阳市也来取经。2014年"}),
    (Refusal.QUOTE_NOT_FOUND, ADOPTION | {"quote": '把"晨读伙伴"计划办到'}),
    (Refusal.QUOTE_AMBIGUOUS, ADOPTION | {"quote": "“晨读伙伴”计划"}),
    (Refusal.QUOTE_AMBIGUOUS, ADOPTION | {"quote": "我市成为“银龄夜校”计划的一员", "program": "银龄夜校"}),
    (Refusal.NOT_NAMED, ADOPTION | {"program": "县管校聘"}),  # a programme, but not of this sentence
    (Refusal.NOT_NAMED, ADOPTION | {"program": "“银龄夜校”计划"}),  # stands in another sentence
    (Refusal.NOT_NAMED, ADOPTION | {"program": "十二所学校"}),  # stands there, and is no programme
    (Refusal.NOT_NAMED, ADOPTION | {"program": "program/晨读伙伴"}),
    (Refusal.NOT_NAMED, ADOPTION | {"program": "夷陵区"}),  # of another kind
    (Refusal.NOT_NAMED, ADOPTION | {"place": "https://w3id.org/policy-kg/id/place/420500"}),
    (Refusal.NOT_NAMED, ADOPTION | {"quote": "在宜昌市第一中学有了", "place": "宜昌市第一中学"}),
    (Refusal.NOT_NAMED, HONOUR | {"by": "教育部"}),
    (Refusal.NOT_ITS_PLACE, ADOPTION | {"quote": "我们都要看齐", "place": "武汉市"}),
    (Refusal.NOT_ITS_PLACE, ADOPTION | {"quote": "我们都要看齐", "agency": "教育部"}),
    (Refusal.ONE_THING, MEMBER | {"member": "书香宜昌"}),
    (Refusal.NO_SUCH_YEAR, ADOPTION | {"year": "2015"}),
    (Refusal.NO_SUCH_YEAR, ADOPTION | {"year": "2014"}),  # a year of another sentence
    (Refusal.NO_SUCH_YEAR, ADOPTION | {"quote": "计划的学校要有120所", "year": "2018"}),  # a deadline
    (Refusal.YET_TO_COME, ADOPTION | {"quote": "2020年还要有更大的样子", "year": "2020", "status": "Completed"}),
    (Refusal.YET_TO_COME, GOAL | {"year": "2018", "kind": "Achieved"}),
    (Refusal.NOT_PRINTED, GOAL | {"value": "121"}),
    (Refusal.NOT_PRINTED, GOAL | {"value": "20"}),  # a piece of 120
    (Refusal.NOT_PRINTED, GOAL | {"unit": "万所"}),
    (Refusal.NOT_PRINTED, GOAL | {"value": "3.5", "unit": "万元"}),  # in the sentence, not in the quote
    (Refusal.NOT_PRINTED, GOAL | {"quote": "到2018年“晨读伙伴”", "value": "2018", "unit": "年"}),
    (Refusal.NOT_PRINTED, GOAL | {"quote": "211工程也要办", "value": "211", "unit": "工程"}),  # a name
    (Refusal.NOT_PRINTED, GOAL | {"unit": "所、投入"}),
    (Refusal.NOT_PRINTED, GOAL | {"quote": "第36届艺术节", "value": "36", "unit": "届"}),
    (Refusal.NOT_PRINTED, GOAL | {"quote": "“3+1”项目", "value": "3", "unit": "+"}),
    (Refusal.NOT_ITS_WORDS, GOAL | {"indicator": "新建学校"}),
    (Refusal.NOT_ITS_WORDS, GOAL | {"indicator": "要有120所"}),
    (Refusal.NOT_ITS_WORDS, GOAL | {"indicator": "要"}),
    (Refusal.NOT_ITS_WORDS, GOAL | {"indicator": "伴”计划的学校"}),
    (Refusal.NOT_ITS_WORDS, GOAL | {"indicator": "年“晨读"}),
    (Refusal.NOT_ITS_WORDS, GOAL | {"quote": "投入3.5万元，第", "value": "3.5", "unit": "万元", "indicator": "元，第"}),
    (Refusal.NOT_ITS_WORDS, HONOUR | {"title": "全国读书先进单位"}),
]


@pytest.mark.parametrize(("reason", "item"), REFUSED)
def test_what_the_text_does_not_bear_out(reason: Refusal, item: object, stretch: Stretch) -> None:
    """A model can invent neither a thing nor a year, number or quotation, nor join what stands in two sentences."""
    with pytest.raises(Refused) as told:
        proposed(item, stretch)
    assert told.value.reason is reason


def test_a_name_of_two_things() -> None:
    """鼓楼区 of Xuzhou and 鼓楼区 of Nanjing in one sentence: the name alone means neither."""
    (stretch,) = stretches(read("徐州市鼓楼区与南京市鼓楼区同唱“晨读伙伴”计划这台戏。", "江苏省"))
    with pytest.raises(Refused) as told:
        proposed(ADOPTION | {"quote": "同唱“晨读伙伴”", "place": "鼓楼区"}, stretch)
    assert told.value.reason is Refusal.NAME_AMBIGUOUS


def test_every_reason_has_a_case() -> None:
    assert {reason for reason, _ in REFUSED} | {Refusal.NAME_AMBIGUOUS} == set(Refusal)


def test_what_may_be_said() -> None:
    """Roles as the ontology has them, and what a relation needs is among what it may say."""
    for relation in Relation:
        assert set(ROLES[relation]) <= set(fields_of(relation))
        assert set(NEEDED[relation]) <= set(fields_of(relation))


# ── What the rules have read already ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("item", "is_new"),
    [
        ({"program": "校长职级制", "status": "Completed"}, False),  # another status of the same act
        ({"program": "校长职级制", "agency": "市教育局"}, False),  # the same and more
        ({"program": "银龄夜校"}, True),
        ({"program": "校长职级制", "place": "夷陵区"}, True),
        ({"relation": "Goal", "program": "", "indicator": "幼儿园", "value": "21", "unit": "所"}, False),
        ({"relation": "Goal", "program": "", "indicator": "学校", "value": "12", "unit": "所"}, True),
    ],
)
def test_the_rules_go_first(item: dict[str, str], is_new: bool) -> None:
    """What differs from a claim of the same sentence only in what one of the two leaves out, or in time, adds nothing."""
    text = "市教育局推行校长职级制，新建公办幼儿园21所，夷陵区也随后跟上，12所学校有了“银龄夜校”计划的影子。"
    reading = read(text)
    assert {claim.relation for claim in reading.claims} >= {Relation.ADOPTS, Relation.GOAL}
    (stretch,) = stretches(reading)
    claim = proposed({"relation": "Adoption", "quote": text[:-1], "place": "宜昌市"} | item, stretch)
    rules = [other for other in reading.claims if cell(other, "program") != "银龄夜校" and cell(other, "value") != "12"]
    assert adds(claim, rules) is is_new


def test_the_other_way_round_is_no_news(stretch: Stretch) -> None:
    """Where the rules say that one is part of the other, nobody adds that the other is part of the one."""
    claim = proposed(MEMBER, stretch)
    turned = proposed(MEMBER | {"member": MEMBER["whole"], "whole": MEMBER["member"]}, stretch)
    assert not adds(turned, [claim])
    assert adds(proposed(MEMBER | {"member": "晨读伙伴"}, stretch), [claim])


# ── What is sent ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_paragraphs_stay_together() -> None:
    """Stretches hold whole paragraphs as long as they fit, every sentence at most once, and only those worth reading."""
    named = "全市继续办好“晨读伙伴”计划，夜里也有灯光。" * 20
    idle = "大家都很努力，气氛也很热烈，面貌焕然一新。"
    text = "\n".join([named, idle, named, "“晨读伙伴”计划。" * 250, idle])
    cut = list(stretches(read(text)))
    sizes = [sum(len(n.sentence.text) for n in stretch.named) for stretch in cut]
    assert max(sizes) <= LONGEST
    assert len(cut) > 2
    paragraphs = Counter(n.sentence.paragraph for stretch in cut for n in stretch.named)
    assert set(paragraphs) == {0, 2, 3}
    assert max(Counter(n.sentence.span for stretch in cut for n in stretch.named).values()) == 1
    assert {n.sentence.paragraph for n in cut[0].named} == {0, 2}


@pytest.mark.parametrize(
    ("text", "genre", "sent"),
    [
        ("全市推行校长职级制。", Genre.SUMMARY, True),
        ("共有21所。", Genre.SUMMARY, True),
        ("大家都很努力。", Genre.SUMMARY, False),
        ("推行校长职级制。", Genre.REGULATION, False),
    ],
)
def test_what_is_worth_a_request(text: str, genre: Genre, sent: bool) -> None:
    """Neither text without names and numbers nor a regulation, which says what shall be."""
    assert bool(list(stretches(read(text, genre=genre)))) is sent


def test_names_inside_names_are_not_offered() -> None:
    """A school's city, the programme in a document's title."""
    reading: Reading = read("印发《武汉市县管校聘实施方案》，到武汉市第三中学取经。")
    (stretch,) = stretches(reading)
    offered = {(mention.kind.value, mention.text) for named in stretch.named for mention in named.mentions}
    assert {kind for kind, _ in offered} == {"PolicyDocument", "Organization"}
