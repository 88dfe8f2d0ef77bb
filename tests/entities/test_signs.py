"""The sentences of a part → what each may name: finders pass over what holds none of their signs, and miss nothing by it."""

from __future__ import annotations

from pathlib import Path

import pytest
from reading import part

from kg import texts
from kg.entities import EntityReader, entity_reader, signs
from kg.model import Sentence
from kg.pipeline import placed_parts
from kg.texts import read_document, split_sentences

EXAMPLES = sorted((Path(__file__).parents[2] / "data" / "examples").glob("*.txt"))
EVERYTHING = -1  # every bit


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("天气晴好。", 0),
        ("走访大连市各地。", signs.PLACE),
        ("与教育部会商。", signs.AGENCY),
        ("走进小学。", signs.ORGANIZATION),
        ("推行县管校聘。", signs.KNOWN_PROGRAM),
        ("完成攻坚。", signs.PROGRAM),
        ("学习《纪要》。", signs.DOCUMENT | signs.KNOWN_PROGRAM | signs.PROGRAM),
        ("有关通知。", signs.RULE),
        ("予以落实。", signs.RULE_VERB),
    ],
)
def test_signs_of_a_sentence(text: str, held: int) -> None:
    """Each sort of name has signs of its own; title marks may also break up the name of a programme."""
    assert _signs(text)[0] & held == held
    assert bool(_signs(text)[0]) == bool(held)


def test_each_sentence_has_its_own_signs() -> None:
    """A sign ends where its sentence ends, and a long sign holds the short one with which it ends."""
    first, second, third = _signs("推行县管校聘。天气晴好。\n访问大连市教育局。")
    assert first & signs.KNOWN_PROGRAM
    assert not second
    assert third & signs.AGENCY
    assert third & signs.PLACE


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_nothing_is_missed(path: Path) -> None:
    """All finders on every sentence find what they find on sentences with signs."""
    reader = entity_reader()
    for sentences in map(split_sentences, placed_parts(read_document(path.read_bytes(), path.name))):
        assert reader.mentions_of_part(sentences) == _on_every_sentence(reader).mentions_of_part(sentences)


def _signs(text: str) -> list[int]:
    sentences: tuple[Sentence, ...] = texts.split_sentences(part(text))
    return entity_reader().signs(sentences)


def _on_every_sentence(reader: EntityReader) -> EntityReader:
    """The same reader without the saving."""
    whole = object.__new__(EntityReader)
    whole.__dict__.update(reader.__dict__, signs=lambda sentences: [EVERYTHING] * len(sentences))
    return whole
