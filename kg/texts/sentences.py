"""A part → its sentences, each with the index of its paragraph and its clean span."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.model import Part, Sentence, Span
from kg.patterns import regex

CLOSERS = {"”": "“", "》": "《", "）": "（"}
ENDS = frozenset("。！？；")
BLANKS = " \t\u3000\xa0"

_MARK = regex("([。！？；“”《》（）])")
_PAIRED = regex("[“”《》（）]")
_PLAIN = regex("[^。！？；]*[。！？；]+|[^。！？；]+")  # a sentence, where none of the paired marks stands
_GOES_ON = regex("[，、；：。！？）”》的等和与及或]")


def split_sentences(part: Part) -> tuple[Sentence, ...]:
    """Sentences end at 。！？； and at line breaks, but not inside “…”, 《…》 or （…）.

    Within a paragraph where one of these pairs does not balance, that pair is ignored.
    """
    sentences: list[Sentence] = []
    paragraph = 0
    start = part.span.start
    for line in part.text.split("\n"):
        before = len(sentences)
        for piece in _pieces(line):
            if text := piece.strip(BLANKS):
                begin = start + piece.index(text)
                span = Span(begin, begin + len(text))
                sentences.append(Sentence(part, len(sentences), paragraph, span, text))
            start += len(piece)
        paragraph += len(sentences) > before
        start += 1
    return tuple(sentences)


def _pieces(line: str) -> Sequence[str]:
    """The sentences of a line with the blanks around them, nothing left out."""
    pieces = _PLAIN.findall(line)
    return pieces if len(pieces) < 2 or _closes_in_time(line) else _pieces_outside_pairs(line)


def _closes_in_time(line: str) -> bool:
    """Every pair closes before its sentence ends: taken out from the inside, none is left."""
    signs = "".join(_MARK.findall(line))
    before = ""
    while signs != before:
        before, signs = signs, signs.replace("《》", "").replace("“”", "").replace("（）", "")
    return not _PAIRED.search(signs)


def _pieces_outside_pairs(line: str) -> list[str]:
    ends = list(_ends_outside_pairs(line))
    return [line[start:end] for start, end in pairwise((0, *ends))]


def _ends_outside_pairs(line: str) -> Iterator[int]:
    """Where the sentences of a line end; the next one begins there."""
    pieces = _MARK.split(line)  # what stands between the marks, and each mark behind its piece
    signs = "".join(pieces[1::2])
    pairs = {closer: opener for closer, opener in CLOSERS.items() if _balanced(signs, opener, closer)}
    openers, lost = frozenset(pairs.values()), CLOSERS.keys() - pairs.keys()
    depth = after = done = 0
    for piece, sign in zip(pieces[::2], signs, strict=False):  # behind the last mark stands one piece more
        after += len(piece) + 1
        if sign in openers:
            depth += 1
        elif sign in pairs:
            depth -= 1
            full_stop_inside = line[after - 2] in "。！？" and sign != "》"
            if depth == 0 and full_stop_inside and not _GOES_ON.match(line, after):
                done = after
                yield done
        elif sign in ENDS and depth == 0 and line[after : after + 1] not in ENDS:
            done = after + (line[after : after + 1] in lost)  # the closing mark of a pair that lost its opening
            yield done
    if done < len(line):
        yield len(line)


def _balanced(signs: str, opener: str, closer: str) -> bool:
    if opener not in signs and closer not in signs:
        return True
    depth = 0
    for sign in signs:
        depth += (sign == opener) - (sign == closer)
        if depth < 0:
            return False
    return depth == 0
