"""Sources and things → where a source names a thing, be it without a claim of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from kg.comparison.reading import Reader
from kg.comparison.records import Said, Source, Thing
from kg.gold import folded

SHORTEST = 4  # characters of a name that counts where no rule recognised it


def named_in(reader: Reader, sources: Collection[Source], things: Iterable[Thing]) -> Mapping[str, tuple[Said, ...]]:
    """Each thing that a source names, by its IRI, with a sentence if one was read that holds the name.

    Beside what rules recognised, a name counts that stands in a sentence read for another claim, unless it is only a
    part of a longer name there: 教育综合改革 is not named in 职业教育综合改革试点.
    """
    recognised = reader.mentioned(sources)
    sentences = reader.sentences(sources)
    found: dict[str, list[Said]] = {}
    for source in sources:
        others = [iri for iri, where in recognised.items() if source in where]
        longer = {folded(name) for thing in others for name in reader.named(others)[thing].names}
        for thing in things:
            names = [folded(name) for name in thing.names]
            known = source in recognised.get(thing.iri, ())
            at, sentence = _sentence(sentences.get(source.iri, ()), names, set() if known else longer - {*names})
            if known or sentence:
                bare = Said("", None, thing.iri, None, None, None, None, sentence, at, source)
                found.setdefault(thing.iri, []).append(bare)
    return {thing: tuple(said) for thing, said in found.items()}


def _sentence(sentences: Iterable[tuple[int, str]], names: Collection[str], longer: Collection[str]) -> tuple[int, str]:
    """The first sentence that holds a name outside of longer ones, and where it begins; (0, "") if there is none."""
    telling = [name for name in names if len(name) >= SHORTEST]
    around = [name for name in longer if any(short in name for short in telling)]
    for at, sentence in sentences:
        text = folded(sentence)
        for name in sorted(around, key=len, reverse=True):
            text = text.replace(name, " ")
        if any(name in text for name in telling):
            return at, sentence
    return 0, ""
