"""The sentences of a part → what each may name: finders pass over what holds none of their signs, and miss nothing by it."""

from __future__ import annotations

from pathlib import Path

import pytest
from reading import part

from kg import texts
from kg.entities import EntityReader, entity_reader, signs
from kg.entities.spans import Finder, SignedFinder
from kg.lexicons import load_lexicons
from kg.model import Sentence
from kg.pipeline import placed_parts
from kg.texts import read_document, split_sentences

EXAMPLES = sorted((Path(__file__).parents[2] / "data" / "examples").glob("*.txt"))
EVERYTHING = -1  # every bit


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("天气晴好。", 0),
        ("走访大连市各地。", signs.PLACE_NAME),
        ("与教育部会商。", signs.CENTRAL_AGENCY),
        ("市教育局召开会议。", signs.ORGAN | signs.ORGAN_OF_TIER),
        ("大连市的学校和教育局。", signs.ORGAN | signs.PLACE_NAME),
        ("高新区教育局召开会议。", signs.ORGAN | signs.ZONE),
        ("我局召开会议。", signs.OWN_AGENCY),
        ("走进小学。", signs.ORGANIZATION),
        ("推行县管校聘。", signs.KNOWN_PROGRAM),
        ("学习《纪要》。", signs.KNOWN_PROGRAM),
        ("遵守中华人民共和国教育法。", signs.KNOWN_DOCUMENT),
        ("我市天气晴好。", signs.OWN_PLACE),
        ("走访高新区。", signs.ZONE),
        ("走访新加坡。", signs.ABROAD),
        ("走访各街道。", signs.TOWNSHIP),
    ],
)
def test_signs_of_a_sentence(text: str, held: int) -> None:
    """Each sort of name has signs of its own; title marks may also break up the name of a programme."""
    assert _signs(text)[0] & held == held
    assert bool(_signs(text)[0]) == bool(held)


@pytest.mark.parametrize("text", ["教育局召开会议。", "学生说明困难。", "学生很多。", "出台文件。"])
def test_signs_that_tell_nothing_alone(text: str) -> None:
    """An organ of no place, people without a need, a verb without a document: no finder need look at these."""
    assert _signs(text) == [0]


def test_each_sentence_has_its_own_signs() -> None:
    """A sign ends where its sentence ends, and a long sign holds the short one with which it ends."""
    first, second, third = _signs("推行县管校聘。天气晴好。\n访问大连市教育局。")
    assert first & signs.KNOWN_PROGRAM
    assert not second
    assert third & signs.AGENCY
    assert third & signs.PLACE


def test_a_finder_is_shown_what_it_asks_for() -> None:
    """A sentence must hold a word of each of the finder's groups; a plain function is shown every sentence."""
    shown: dict[str, list[str]] = {"signed": [], "plain": []}

    def of(sort: str) -> Finder:
        return lambda text: shown[sort].append(text) or ()

    signed = SignedFinder(of("signed"), (("实施", "开展"), ("制度",)))
    reader = EntityReader(load_lexicons(), program_finders=(signed, of("plain")), document_finders=())
    texts = ("实施走访制度。", "开展走访。", "完善走访制度。", "天气晴好。")
    reader.mentions_of_part(split_sentences(part("".join(texts))))
    assert shown == {"signed": ["实施走访制度。"], "plain": list(texts)}


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
