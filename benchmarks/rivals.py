"""A folder of texts → how fast other ways of finding the lexicons' names read it, in characters per second of CPU time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.entities import entity_reader
from kg.lexicons import load_lexicons
from kg.model import Kind
from kg.texts.names import Names

if TYPE_CHECKING:
    from spacy.language import Language

MOST = 60_000  # characters that the EntityRuler reads


def rival_rates(folder: Path) -> Iterator[tuple[str, float]]:
    """Each with its name."""
    texts = [path.read_text("utf-8", errors="replace") for path in sorted(folder.rglob("*.txt"))]
    names = bare_search()
    yield "bare search for the names", _rate(texts, names)
    some = _first(texts, MOST)
    yield "spaCy tokens and EntityRuler", _rate(some, entity_ruler())


@cache
def names_of_lexicons() -> dict[Kind, list[str]]:
    """The names and aliases of the lexicon's programmes, and the full and short names of its places."""
    gazetteer = entity_reader().gazetteer
    programs = {name for program in load_lexicons().programs for name in (program.name, *program.aliases)}
    return {Kind.PROGRAM: sorted(programs), Kind.PLACE: sorted({*gazetteer.full, *gazetteer.short})}


@cache
def bare_search() -> Names:
    """The automaton alone."""
    return Names(name for of_kind in names_of_lexicons().values() for name in of_kind)


@cache
def entity_ruler() -> Language:
    """spaCy's tokens of single characters, and its phrase matcher with all names."""
    import spacy
    from spacy.pipeline import EntityRuler

    nlp = spacy.blank("zh")
    ruler = nlp.add_pipe("entity_ruler")
    assert isinstance(ruler, EntityRuler)
    named = names_of_lexicons()
    ruler.add_patterns([{"label": str(kind), "pattern": name} for kind, names in named.items() for name in names])
    return nlp


def _rate(texts: list[str], read: Callable[[str], object]) -> float:
    read(texts[0][:100])
    start = time.process_time()
    for text in texts:
        read(text)
    return sum(map(len, texts)) / max(time.process_time() - start, 1e-9)


def _first(texts: list[str], most: int) -> list[str]:
    """The first ones, cut where they have so many characters together."""
    found: list[str] = []
    for text in texts:
        found.append(text[: most - sum(map(len, found))])
        if sum(map(len, found)) >= most:
            break
    return found
