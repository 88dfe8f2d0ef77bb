"""Variants: the forms in which texts write a programme's name share one identity, phases keep their number."""

import pytest
from reading import mentions, part

from kg.entities import EntityReader
from kg.entities.variants import shared_form
from kg.lexicons import load_lexicons
from kg.model import Kind
from kg.texts import split_sentences


@pytest.mark.parametrize(
    ("name", "shared"),
    [
        ("乡村美育三期行动计划", "第三期乡村美育行动计划"),
        ("乡村美育第三期行动计划", "第三期乡村美育行动计划"),
        ("第3期乡村美育行动计划", "第三期乡村美育行动计划"),
        ("三期乡村美育行动计划", "第三期乡村美育行动计划"),
        ("第三期乡村美育行动计划", "第三期乡村美育行动计划"),
        ("乡村美育第二期三年行动计划", "第二期乡村美育三年行动计划"),
        ("特色学校创建第2轮工程", "第二轮特色学校创建工程"),
        ("校长研修第十期项目", "第十期校长研修项目"),
        ("校长研修第12期项目", "第十二期校长研修项目"),
    ],
)
def test_phase_in_front(name: str, shared: str) -> None:
    """Before or inside the name, with or without 第, in any numerals: the phase stands in front, in Chinese numerals."""
    assert shared_form(name) == shared


def test_shared_form_is_stable() -> None:
    """What all texts share is its own shared form."""
    assert shared_form(shared_form("乡村美育三期行动计划")) == "第三期乡村美育行动计划"


@pytest.mark.parametrize(
    "name",
    [
        "乡村美育行动计划",
        "三年行动计划",
        "暑期教师研修行动",
        "中期评估制度",
        "校园二期绿化工程",
        "第二期",
        "第十二期校长研修计划",
        "第二学期教学计划",
    ],
)
def test_nothing_to_change(name: str) -> None:
    """No phase, 三年 and 学期, a phase of something inside the name, more than ten: the name stays as it is."""
    assert shared_form(name) == name


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("实施乡村美育二期行动计划。", "启动第2期乡村美育行动计划。", True),
        ("实施乡村美育二期行动计划。", "启动乡村美育三期行动计划。", False),
        ("实施乡村美育二期行动计划。", "启动乡村美育行动计划。", False),
        ("实施“园丁领航”工程。", "开展“园丁领航”行动。", True),
    ],
)
def test_identity(one: str, other: str, same: bool) -> None:
    """Two forms of one phase are one programme, two phases are two; a quoted brand is one whatever kind it is called."""
    first, second = (
        {m.entity.id for m in mentions(Kind.PROGRAM, text) if m.entity and not m.entity.in_lexicon}
        for text in (one, other)
    )
    assert first
    assert (first == second) is same


def test_surface_stays() -> None:
    """The mention keeps the words of the text."""
    (mention,) = mentions(Kind.PROGRAM, "实施乡村美育二期行动计划。")
    assert mention.text == "乡村美育二期行动计划"
    assert mention.entity is not None
    assert mention.entity.name == "第二期乡村美育行动计划"


def test_refused_variants_stay_apart() -> None:
    """A reviewer who wants two forms apart keeps both names."""
    pair = frozenset(("乡村美育三期行动计划", "第三期乡村美育行动计划"))
    sentences = split_sentences(part("实施乡村美育三期行动计划。"))
    for apart, name in ((frozenset({pair}), "乡村美育三期行动计划"), (frozenset(), "第三期乡村美育行动计划")):
        ((mention,),) = EntityReader(load_lexicons(), apart=apart).mentions_of_part(sentences)
        assert mention.entity is not None
        assert mention.entity.name == name
