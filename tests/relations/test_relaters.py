"""What a relater needs before it is asked: where it is not asked, it would have said nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from re import _parser as parser  # type: ignore[attr-defined]

import pytest
from reading import claims

from kg import texts
from kg.entities import entity_reader
from kg.model import Entity, Genre, Kind, Mention, Relation, Sentence, Span
from kg.pipeline.reading import placed_parts
from kg.relations import issuance, membership, recognition, targeting
from kg.relations.relaters import NEEDS, awake
from kg.relations.scene import NOTHING_AROUND, Relater, Scene
from kg.resources import shipped
from relations.test_signed import may_lack, words_of

diffusion = import_module("kg.relations.diffusion")
RELATERS = tuple(dict.fromkeys(need.relater for need in NEEDS))
TOPIC = Entity(Kind.PROGRAM, "program/阳光阅读工程", "阳光阅读工程")


def words(relater: str, *kinds: Kind, topic: bool = False) -> re.Pattern[str]:
    """The words that a relater needs with these kinds."""
    (found,) = [
        need.words
        for need in NEEDS
        if (need.relater.__name__, need.kinds, need.topic) == (relater, kinds, topic) and need.words
    ]
    return found


@pytest.mark.parametrize(
    ("asked", "exact"),
    [
        (words("issuances"), issuance._MAKES_THIS),
        (words("targetings", topic=True), targeting._FOR),
        (words("memberships", Kind.POLICY_DOCUMENT), membership._SETS_OUT),
        (words("memberships", topic=True), membership._SPELT_OUT),
        (words("recognitions"), recognition._AWARDED),
        (words("recognitions"), recognition._PASSED),
        (words("recognitions"), recognition._AS),
        (words("diffusions", Kind.PROGRAM), diffusion._SPREAD),
    ],
)
def test_the_words_that_are_needed_are_in_every_match(asked: re.Pattern[str], exact: re.Pattern[str]) -> None:
    assert not may_lack(exact.pattern, words_of(parser.parse(asked.pattern)))


def scenes() -> Iterator[Scene]:
    """The sentences of the example documents, with all that they name, without each kind, and with nothing; each with a
    programme spoken of before it and without.
    """
    for path in sorted(Path(str(shipped("data", "examples"))).glob("*.txt")):
        for part in placed_parts(texts.read_document(path.read_bytes(), path.name)):
            sentences = texts.split_sentences(part)
            for sentence, mentions in zip(sentences, entity_reader().mentions_of_part(sentences), strict=True):
                for left in dict.fromkeys((mentions, *(without(kind, mentions) for kind in Kind), ())):
                    for topic in (None, TOPIC):
                        context = NOTHING_AROUND._replace(topic=topic)
                        yield Scene(sentence, relative(sentence, left), entity_reader(), context)


def without(kind: Kind, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    return tuple(m for m in mentions if m.kind is not kind)


def relative(sentence: Sentence, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    base = sentence.span.start
    return tuple(
        Mention(m.kind, Span(m.span.start - base, m.span.end - base), m.text, m.entity, m.found_by) for m in mentions
    )


def asked(scene: Scene) -> list[Relater]:
    return awake(scene.text, scene.mentions, scene.part.genre, topic=scene.context.topic is not None)


def test_who_is_not_asked_has_nothing_to_say() -> None:
    """Who is asked is so once and in order: of a claim that two find the first one's is kept."""
    said = dict.fromkeys(RELATERS, 0)
    for scene in scenes():
        speak = asked(scene)
        assert speak == [relater for relater in RELATERS if relater in speak]
        for relater in RELATERS:
            found = list(relater(scene))
            assert relater in speak or not found, (relater, scene.text)
            said[relater] += len(found)
    assert all(said.values())


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("全县学前三年毛入园率达到92%。", Relation.GOAL),
        ("全市实现学前教育资助全覆盖。", Relation.GOAL),
        ("被评为全省教育工作先进县。", Relation.RECOGNIZES),
    ],
)
def test_a_sentence_that_names_nothing_may_tell_something(text: str, relation: Relation) -> None:
    assert claims(relation, "place", text)


def test_the_numbers_of_a_regulation_are_no_goals() -> None:
    assert not claims(Relation.GOAL, "place", "全县学前三年毛入园率达到92%。", genre=Genre.REGULATION)
