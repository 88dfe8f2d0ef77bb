"""Diffusion: the text itself says that a practice travels from one place to another."""

import pytest
from reading import Row, claims

from kg.model import Relation


def travelled(columns: str, text: str, where: str = "宜昌市") -> list[Row]:
    return claims(Relation.DIFFUSES, columns, text, where)


@pytest.mark.parametrize(
    ("text", "origins"),
    [
        ("推广枝江市集团化办学经验。", ["枝江市"]),
        ("总结推广枝江市、当阳市集团化办学的做法。", ["枝江市", "当阳市"]),
        ("推广江苏省南京市鼓楼区集团化办学经验。", ["鼓楼区"]),
    ],
)
def test_promotes(text: str, origins: list[str]) -> None:
    """推广A的X经验: from each place named, of a chain of names the last, to the part's place."""
    assert travelled("kind from to program", text) == [
        ("Promotes", origin, "宜昌市", "集团化办学") for origin in origins
    ]


@pytest.mark.parametrize("text", ["宣传枝江市教育。", "推广全国经验，实施集团化办学。", "推广我市集团化办学经验。"])
def test_promotes_nothing_known(text: str) -> None:
    """Without a practice, a place, or another place, nothing travels."""
    assert travelled("kind from", text) == []


@pytest.mark.parametrize(
    ("text", "rule", "origins"),
    [
        ("学习借鉴上海市集团化办学经验。", "learns-from-place", ["上海市"]),
        ("赴上海市学习集团化办学经验。", "travels-to-learn", ["上海市"]),
        ("赴江苏省南京市鼓楼区学习集团化办学经验。", "travels-to-learn", ["鼓楼区"]),
        ("推行集团化办学，赴上海市考察学习。", "travels-to-learn", ["上海市"]),
    ],
)
def test_learns_from(text: str, rule: str, origins: list[str]) -> None:
    """学习借鉴A, 赴A学习: the part's place learns from A."""
    assert travelled("rule kind from to program", text) == [
        (rule, "LearnsFrom", origin, "宜昌市", "集团化办学") for origin in origins
    ]


def test_learns_without_a_programme() -> None:
    """What was learned may stay open."""
    assert travelled("from to program", "学习杭州、宁波先进经验。") == [
        ("杭州市", "宜昌市", None),
        ("宁波市", "宜昌市", None),
    ]


@pytest.mark.parametrize(
    ("text", "program"),
    [
        ("推行集团化办学。学习上海市经验。", "集团化办学"),
        ("推行集团化办学。与上海市签订合作协议。", None),
        ("推行集团化办学。\n学习上海市经验。", None),
    ],
)
def test_programme_of_the_sentence_before(text: str, program: str | None) -> None:
    """经验, 做法 are of the programme that the paragraph speaks of; a treaty is about no one programme."""
    assert travelled("program", text) == [(program,)]


def test_programme_held_at_a_place() -> None:
    """“影子校长”上海培训班 took place in Shanghai."""
    assert travelled("rule from to program", "“影子校长”上海培训班开班。") == [
        ("programme-held-at-place", "上海市", "宜昌市", "影子校长")
    ]


@pytest.mark.parametrize(
    ("text", "receivers"),
    [
        ("枝江市借鉴上海市闵行区做法，推行校长职级制。", ["枝江市"]),
        ("夷陵区、西陵区学习借鉴上海市校长职级制经验。", ["夷陵区", "西陵区"]),
    ],
)
def test_who_learns(text: str, receivers: list[str]) -> None:
    """The places before the verb learn, not the part's."""
    assert travelled("to", text) == [(receiver,) for receiver in receivers]


@pytest.mark.parametrize("text", ["荆州市来我市考察集团化办学。", "荆州市先后来我市考察集团化办学。"])
def test_comes_to_learn(text: str) -> None:
    """A来我市考察: A learns from us."""
    assert travelled("rule kind from to program", text) == [
        ("comes-to-learn", "LearnsFrom", "宜昌市", "荆州市", "集团化办学")
    ]


def test_helps_to_adopt() -> None:
    """帮助A推广X: from us to A."""
    assert travelled("rule kind from to program", "帮助枝江市推广集团化办学。") == [
        ("helps-to-adopt", "Promotes", "宜昌市", "枝江市", "集团化办学")
    ]


@pytest.mark.parametrize(
    ("text", "partners"),
    [
        ("与荆州市、荆门市签订合作备忘录。", ["荆州市", "荆门市"]),
        ("与韩国群山市开展教育合作。", ["韩国群山市"]),
        ("与武汉市共享优质资源。", ["武汉市"]),
    ],
)
def test_cooperates(text: str, partners: list[str]) -> None:
    """与A合作, 共享, 备忘录."""
    assert travelled("kind from to", text) == [("Cooperates", partner, "宜昌市") for partner in partners]


@pytest.mark.parametrize(
    "text",
    [
        "与新疆博乐市开展对口支援合作。",
        "对口支援恩施州，捐赠图书2万册。",
        "组织校长赴上海参赛。",
        "学习我市先进典型。",
        "邀请上海市专家讲学。",
        "来自荆州市的教师参加比赛。",
        "枝江市和当阳市实施集团化办学。",
        "与武汉市相比还有差距。",
    ],
)
def test_no_diffusion(text: str) -> None:
    """Aid to poorer places, contests, guests, one's own models and comparisons move no practice."""
    assert travelled("kind from", text) == []


def test_spirit_of_a_meeting() -> None:
    """学习北京会议精神 learns nothing from Beijing."""
    assert travelled("from", "学习北京会议精神。") == []


def test_open_receiver() -> None:
    """Where the part's place is open, nobody is said to learn."""
    assert travelled("from to", "学习借鉴上海市集团化办学经验。", "") == [("上海市", None)]
