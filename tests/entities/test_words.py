"""Words: which names in a stretch are words of their own, and which are pieces of other words."""

import pytest

from kg.entities import entity_reader
from kg.entities.words import Words, word_counts
from kg.model import Span


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("提高县域教育质量", []),
        ("高县教育质量提高", ["高县"]),
        ("建设美丽江苏", ["江苏"]),
        ("当阳市照此办理", ["当阳市"]),
        ("新增城区学位", ["城区"]),
        ("支持增城区扩大学位", ["增城区"]),
        ("参观长白山博物馆", []),
        ("白山市博物馆", ["白山市"]),
        ("工作中卫生要求", []),
        ("遂宁市民政局", ["遂宁市"]),
        ("中山市中山路小学", ["中山市"]),
        ("山东省山西省", ["山东省", "山西省"]),
        ("新晋中国工程院院士", ["中国"]),
        ("", []),
    ],
)
def test_names_that_are_words(text: str, names: list[str]) -> None:
    """A name is left where the likeliest reading of the characters around it has it; a name that it hid comes forth."""
    assert [name for _, name in entity_reader().gazetteer.named(text)] == names


@pytest.mark.parametrize(
    ("text", "name", "before", "behind"),
    [
        ("罗浮山县镇村", "浮山县", True, False),
        ("赴浮山县学习", "浮山县", False, False),
        ("支持浮山县建设", "浮山县", False, False),
        ("浮山县的做法", "浮山县", False, False),
        ("至镇江关段", "镇江", False, True),
    ],
)
def test_left_over_characters(text: str, name: str, before: bool, behind: bool) -> None:
    """A single character left over beside a name speaks against it; a particle or a verb of going does not."""
    words = Words(word_counts(), {name: 3000})
    span = Span(text.index(name), text.index(name) + len(name))
    assert (words.hangs_before(text, span), words.hangs_after(text, span)) == (before, behind)


def test_counts_decide() -> None:
    """Of two readings the one whose words are seen more often."""
    span = Span(0, 2)
    assert Words({"阳光": 1000, "光照": 10}, {"当阳": 10}).names_at("当阳光照", span) == []
    assert Words({"阳光": 10, "光照": 90_000}, {"当阳": 9000}).names_at("当阳光照", span) == [span]


def test_the_list_is_sound() -> None:
    """Words of two characters or more with a positive count, each once, in order."""
    counts = word_counts()
    assert list(counts) == sorted(counts)
    assert [word for word, count in counts.items() if count <= 0 or len(word) < 2] == []


@pytest.mark.parametrize(
    ("name", "ordinary", "common"),
    [("资源", True, True), ("合作", True, True), ("长治", True, False), ("大连", False, False), ("枝江", False, False)],
)
def test_ordinary_names(name: str, ordinary: bool, common: bool) -> None:
    """A place name in the list is an ordinary word, one with a high count nothing else most of the time."""
    gazetteer = entity_reader().gazetteer
    assert (name in gazetteer.ordinary, name in gazetteer.common) == (ordinary, common)
