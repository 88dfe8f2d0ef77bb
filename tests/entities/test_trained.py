"""The trained finder: what its model is shown, how its names join those of the rules, which folders it refuses."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

import annotated
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import part

from kg import texts
from kg.entities import entity_reader
from kg.entities.spans import Found
from kg.entities.trained import (
    MODEL_FILE,
    ModelError,
    TrainedFinder,
    features,
    labels_of,
    read_model,
    spans_of,
    write_model,
)
from kg.errors import UnreadableFile
from kg.model import Kind, Mention, Span
from kg.training.examples import example
from kg.training.training import fitted


@cache
def model() -> dict[Kind, bytes]:
    made = [example(annotation, entity_reader()) for annotation in annotated.sentences()]
    return fitted([one for one in made if one])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_model(tmp_path / "model", model(), {})
    return tmp_path / "model"


class Marked(TrainedFinder):
    """Finds these words, as a model might."""

    def __init__(self, **words: str) -> None:
        self._words = words

    def __call__(self, text: str, found: Sequence[Found] = ()) -> Iterator[Found]:
        for kind, words in self._words.items():
            at = text.find(words)
            if at >= 0:
                yield Found(Kind(kind), Span(at, at + len(words)), words, "trained-model")


def mentions(text: str, finder: TrainedFinder, where: str = "宜昌市") -> tuple[Mention, ...]:
    """What a reader with this finder reads from one sentence."""
    sentences = texts.split_sentences(part(text, where))
    return tuple(
        m for of_sentence in entity_reader().with_model(finder).mentions_of_part(sentences) for m in of_sentence
    )


def fresh(text: str, where: str = "宜昌市", **words: str) -> list[tuple[str, str | None]]:
    """The words and entities that only the finder gave."""
    found = mentions(text, Marked(**words), where)
    return [(m.text, m.entity.id if m.entity else None) for m in found if m.found_by == "trained-model"]


def test_finds_names_like_those_it_was_shown(folder: Path) -> None:
    """A society of a new name in a new sentence; no society where none is named."""
    finder = read_model(folder)
    assert [f.name for f in finder("本学期我校与云川教育研究会合作开展培训。")] == ["云川教育研究会"]
    assert [*finder("本学期我校组织教师开展培训。")] == []
    assert [*finder("")] == []


def test_new_name_becomes_a_mention(folder: Path) -> None:
    """It stands at its place in the document, linked by its own words, found by the trained model."""
    (found,) = mentions("本学期各校与云川教育研究会合作开展培训。", read_model(folder))
    assert (found.kind, found.text, found.found_by) == (Kind.ORGANIZATION, "云川教育研究会", "trained-model")
    assert found.entity is not None
    assert found.entity.id == "organization/云川教育研究会"


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("实施“晨光”阅读工程。", {"Program": "晨光”阅读"}, []),  # the rules found “晨光”阅读工程 there
        (
            "印发《宜昌市晨光行动方案》。",
            {"Program": "晨光行动"},
            [("晨光行动", "program/晨光行动")],
        ),  # inside another kind
        ("印发《宜昌市晨光行动方案》。", {"Program": "印发《宜昌市晨光行动"}, []),  # cuts through a document's title
        ("落实两免一补后续事项。", {"Program": "两免一补后续"}, []),
        ("依托晨光教研圈开展活动。", {"Program": "晨光教研圈"}, [("晨光教研圈", "program/晨光教研圈")]),
        (
            "依托宜昌市晨光教研圈开展活动。",
            {"Program": "宜昌市晨光教研圈"},
            [("宜昌市晨光教研圈", "program/晨光教研圈")],
        ),
        ("到河东片走访。", {"Place": "河东片"}, [("河东片", None)]),  # no gazetteer knows it: no claim
        ("与市研究会合作。", {"Organization": "市研究会"}, [("市研究会", None)]),  # whose, the words do not tell
        ("由某某领导小组负责。", {"Agency": "某某领导小组"}, [("某某领导小组", None)]),
        ("关心银发读者。", {"TargetGroup": "银发读者"}, [("银发读者", "target-group/银发读者")]),
        ("关心随迁子女。", {"TargetGroup": "心随迁子女"}, []),  # the rules found 随迁子女 there
        (
            "遵照晨光行动备忘录办理。",
            {"PolicyDocument": "晨光行动备忘录"},
            [("晨光行动备忘录", "policy-document/晨光行动备忘录")],
        ),
    ],
)
def test_joins_the_rules(text: str, words: dict[str, str], expected: list[tuple[str, str | None]]) -> None:
    """Where a rule found a name of the kind, its borders count; a name that cannot be linked stays a mention without entity."""
    assert fresh(text, **words) == expected


def test_off_without_a_model() -> None:
    """A reader with a model leaves the shared reader as it was."""
    sentences = texts.split_sentences(part("依托晨光教研圈开展活动。"))
    entity_reader().with_model(Marked(Program="晨光教研圈"))
    assert entity_reader().mentions_of_part(sentences) == [()]


def test_sentences_that_nobody_reads_stay_unread() -> None:
    """A sentence of more than a thousand characters is a table."""
    assert mentions("依托晨光教研圈开展活动，" * 100, Marked(Program="晨光教研圈")) == ()


@given(st.text(st.sampled_from("“”《》（）工程计划a1，十 ")))
def test_one_list_for_each_character(text: str) -> None:
    """Whatever marks stand open."""
    assert len(features(text, ())) == len(text)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 4)), max_size=6))
def test_labels_and_spans_say_the_same(steps: list[tuple[int, int]]) -> None:
    """Spans → labels → spans, also where one begins as the other ends."""
    spans, at = [], 0
    for gap, length in steps:
        spans.append(Span(at + gap, at + gap + length))
        at = spans[-1].end
    assert [*spans_of(labels_of(spans, at + 2))] == spans


def test_what_the_model_is_shown() -> None:
    """Open marks, the ending ahead, and what others found there."""
    shown = features("落实“晨光工程”。", [Found(Kind.PROGRAM, Span(2, 8), "晨光工程", "quoted-program")])
    assert {"m“", "e工程4", "IProgram", "IProgram/quoted-program", "0晨"} <= set(shown[3])
    assert not {"m“", "IProgram"} & set(shown[1])
    assert ">BProgram" in shown[1]


def _rewritten(path: Path, **changes: object) -> None:
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | changes), "utf-8")


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda f: (f / MODEL_FILE).unlink(), "holds no model"),
        (lambda f: (f / MODEL_FILE).write_bytes(b"\xff{"), "is damaged"),
        (lambda f: (f / MODEL_FILE).write_text("[" * 100_000, "utf-8"), "is damaged"),
        (lambda f: (f / MODEL_FILE).write_text('{"format": "spacy"}', "utf-8"), "is not of a model of kg train"),
        (lambda f: _rewritten(f / MODEL_FILE, version=99), "another version"),
        (lambda f: _rewritten(f / MODEL_FILE, models={}), "is damaged"),
        (lambda f: _rewritten(f / MODEL_FILE, models={"Program": {"file": "../x", "sha256": ""}}), "is damaged"),
        (lambda f: _rewritten(f / MODEL_FILE, models={"Fish": {"file": "Fish.crfsuite", "sha256": ""}}), "is damaged"),
        (lambda f: (f / "Organization.crfsuite").unlink(), "is missing"),
        (lambda f: (f / "Organization.crfsuite").write_bytes(b"lCRF" + bytes(60)), "was changed"),
        (lambda f: (f / "Organization.crfsuite").write_bytes(model()[Kind.ORGANIZATION][:-9]), "was changed"),
    ],
)
def test_refuses_what_no_training_wrote(folder: Path, damage: Callable[[Path], object], message: str) -> None:
    """A missing, broken or foreign folder is told in one line; nothing of it is run."""
    damage(folder)
    with pytest.raises(ModelError, match=message) as raised:
        read_model(folder)
    assert "\n" not in str(raised.value)


def test_without_the_package(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says what to install."""
    monkeypatch.setitem(sys.modules, "pycrfsuite", None)
    with pytest.raises(UnreadableFile, match=r"policy-kg\[train\]"):
        read_model(folder)
