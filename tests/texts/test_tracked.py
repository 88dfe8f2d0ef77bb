"""The map from clean to original, through any sequence of repairs."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import LeftOut, Span
from kg.texts.tracked import Edit, Tracked, at_line_starts, track

NOTHING = re.compile("[^\\s\\S]")
TEXT = "0123456789"


def whole() -> Tracked:
    return track(TEXT, NOTHING)


def mapped(tracked: Tracked) -> list[int]:
    return list(tracked.origin)


def test_dropping_keeps_every_other_character_at_its_place() -> None:
    once = whole().without([(0, 2), (4, 5)])
    assert (once.text, mapped(once)) == ("2356789", [2, 3, 5, 6, 7, 8, 9])
    twice = once.without([(1, 4), (3, 5)], "joke")
    assert (twice.text, mapped(twice), twice.repairs) == ("289", [2, 8, 9], (("joke", 4),))
    assert once.without([]) is once


def test_words_put_in_stand_for_what_they_were_put_before() -> None:
    edited = whole().edited(
        [Edit(Span(2, 2), "年"), Edit(Span(4, 6), "ab"), Edit(Span(8, 9), "xyz"), Edit(Span(10, 10), "!")]
    )
    assert edited.text == "01年23ab67xyz9!"
    assert mapped(edited) == [0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 8, 8, 9, 9]


def test_what_is_left_out_is_noted_in_original_offsets() -> None:
    less = whole().without([(0, 3)])
    out = less.leaving_out([LeftOut(Span(1, 3), "menu"), LeftOut(Span(2, 5), "editor"), LeftOut(Span(5, 99), "foot")])
    assert out.text == "3"
    assert out.left_out == (
        LeftOut(Span(4, 6), "menu"),
        LeftOut(Span(6, 8), "editor"),
        LeftOut(Span(8, 10), "foot"),
    )


def test_rewriting_keeps_the_length() -> None:
    assert whole().rewritten("abcdefghij").text == "abcdefghij"
    with pytest.raises(ValueError, match="every character"):
        whole().rewritten("abc")


spans = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 6)), max_size=5)


@given(st.text("abcd", max_size=30), st.lists(st.tuples(spans, st.text("XY", max_size=2)), max_size=4))
def test_any_sequence_of_repairs(text: str, repairs: list[tuple[list[tuple[int, int]], str]]) -> None:
    """The map never decreases, and characters that nobody changed read the same on both sides."""
    tracked = track(text, NOTHING)
    for cuts, words in repairs:
        ordered = []
        done = 0
        for start, length in sorted(cuts):
            if done <= start and start + length <= len(tracked.text):
                ordered.append(Edit(Span(start, start + length), words))
                done = start + length
        tracked = tracked.edited(ordered)
    origin = mapped(tracked)
    assert len(origin) == len(tracked.text)
    assert origin == sorted(origin)
    for start, end in combinations(range(len(origin) + 1), 2):
        assert tracked.origin.stretch(start, end) == (origin[start], origin[end - 1] + 1)
    kept = [(sign, at) for sign, at in zip(tracked.text, origin, strict=True) if sign not in "XY"]
    assert all(text[at] == sign for sign, at in kept)
    assert len({at for _, at in kept}) == len(kept)


def test_origin_is_for_offsets_of_the_text_only() -> None:
    with pytest.raises(IndexError, match="10 of 10"):
        whole().origin[10]
    with pytest.raises(IndexError, match="3 to 3 of 10"):
        whole().origin.stretch(3, 3)
    with pytest.raises(IndexError, match="3 to 11 of 10"):
        whole().origin.stretch(3, 11)


def test_at_line_starts() -> None:
    """Also in the first line, and not within one."""
    found = at_line_starts(re.compile(r"\n(#+)"), "#a\nb#\n##c")
    assert list(found) == [Span(0, 1), Span(6, 8)]
