"""A set of gold → how well it is read when one thing that the rules know is taken away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from kg.entities import EntityReader
from kg.evaluation.evaluation import Evaluation
from kg.evaluation.gold_set import GoldSet
from kg.lexicons import Lexicons
from kg.model import Claim, Genre, Mention, Part, Sentence
from kg.relations import ClaimReader, Named, claims_of_part
from kg.relations.scene import Land


class Ablation(NamedTuple):
    """A reader that lacks something. Places, offices and words are known to all."""

    name: str
    reader: Callable[[Lexicons], EntityReader]
    claims_of: ClaimReader = claims_of_part


def _without_lexicon(lexicons: Lexicons) -> EntityReader:
    """Knows no programme, document or central agency by name, only by form."""
    return EntityReader(replace(lexicons, programs=(), documents=(), agencies=()))


class _WithoutPatterns(EntityReader):
    """Knows only the programmes and documents of the lexicons; 《…》 alone is no document."""

    def __init__(self, lexicons: Lexicons) -> None:
        super().__init__(lexicons, program_finders=(), document_finders=())

    def mentions_of_part(self, sentences: Sequence[Sentence]) -> list[tuple[Mention, ...]]:
        found = super().mentions_of_part(sentences)
        return [tuple(m for m in mentions if m.found_by != "numbered-heading") for mentions in found]


class _WithoutGenre(EntityReader):
    """Takes every part for a text of no known sort, once its place and year are decided."""

    def place_parts(self, parts: Iterable[Part]) -> tuple[Part, ...]:
        return tuple(replace(part, genre=Genre.OTHER) for part in super().place_parts(parts))


def _sentence_by_sentence(named: Named, land: Land) -> Iterator[Claim]:
    """Each sentence is read as if nothing stood above it: no heading, no sentence before."""
    for one in named:
        yield from claims_of_part((one,), land)


ABLATIONS = (
    Ablation("without lexicon", _without_lexicon),
    Ablation("without patterns", _WithoutPatterns),
    Ablation("without genre and sections", _WithoutGenre, _sentence_by_sentence),
)


def ablated(one: GoldSet, ablation: Ablation) -> Evaluation:
    """The set as the lacking reader reads it, compared with the same gold."""
    return one.evaluated(ablation.reader(one.lexicons), ablation.claims_of)
