"""The sentences of a part → what each may name, so that a finder looks only at sentences that hold one of its signs."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from kg.model import Sentence
from kg.texts.word_ends import WordEnds

# What a sentence may name, as bits of one number.
PLACE_NAME, ZONE, OWN_PLACE, TOWNSHIP, ABROAD = (1 << n for n in range(5))
ORGAN, CENTRAL_AGENCY, OWN_AGENCY = (1 << n for n in range(5, 8))
ORGANIZATION, PEOPLE, NEED, KNOWN_PROGRAM, KNOWN_DOCUMENT = (1 << n for n in range(8, 13))
ORGAN_OF_TIER = 1 << 13
AGENCY = ORGAN | CENTRAL_AGENCY | OWN_AGENCY
PLACE = PLACE_NAME | ZONE | OWN_PLACE | TOWNSHIP | ABROAD
GROUP = PEOPLE | NEED
ALL = ~0
# Sorts that name something only together: no agency is an organ without a tier or a place before it.
TOGETHER = (
    *(PLACE_NAME, ZONE, OWN_PLACE, TOWNSHIP, ABROAD, CENTRAL_AGENCY, OWN_AGENCY),
    *(ORGAN | ORGAN_OF_TIER, ORGAN | PLACE_NAME, ORGAN | ZONE),
    *(ORGANIZATION, GROUP, KNOWN_PROGRAM, KNOWN_DOCUMENT),
)


class Signs:
    """Finds words that every name of a sort holds, all sorts in one pass over the part. It may say too much, never too little."""

    def __init__(self, signs: Mapping[int, Iterable[str]], together: Iterable[int]) -> None:
        """`together` are the sets of sorts of which a sentence must hold all."""
        sorts: dict[str, int] = defaultdict(int)
        for sort, words in signs.items():
            for word in words:
                sorts[word] |= sort
        self._signs = WordEnds(sorts)
        self._sorts = [_of_endings(word, sorts) for word in self._signs.words]
        self._together = tuple(together)
        self._of_use = lru_cache(maxsize=4096)(self._telling)

    def __call__(self, sentences: Sequence[Sentence]) -> list[int]:
        """For each sentence of a part the sorts whose signs it holds, without those that tell nothing alone."""
        found = [0] * len(sentences)
        if not sentences:
            return found
        base = sentences[0].span.start
        ends = [sentence.span.end - base for sentence in sentences]
        n = 0
        text = sentences[0].part.document.clean[base : sentences[-1].span.end]
        sorts = self._sorts
        until = ends[0]
        for _, end, index in self._signs(text):
            if until < end:
                n = bisect_left(ends, end, n)
                until = ends[n]
            found[n] |= sorts[index]
        return [self._of_use(held) if held else 0 for held in found]

    def _telling(self, held: int) -> int:
        of_use = 0
        for sorts in self._together:
            if held & sorts == sorts:
                of_use |= sorts
        return of_use


def _of_endings(word: str, sorts: Mapping[str, int]) -> int:
    """The sorts of the word and of every sign that ends it: the search tells the longest only."""
    of_word = 0
    for start in range(len(word)):
        of_word |= sorts.get(word[start:], 0)
    return of_word
