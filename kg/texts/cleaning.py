"""Decoded text → clean text, and for each clean character its offset in the decoded text."""

from __future__ import annotations

from collections.abc import Callable

from kg.texts.furniture import drop_furniture, drop_markup
from kg.texts.punctuation import curl_quotes, join_stranded_marks, unify_blanks, unify_characters, widen_marks
from kg.texts.script import drop_pinyin, simplify
from kg.texts.tracked import Tracked, track

Step = Callable[[Tracked], Tracked]
STEPS: tuple[Step, ...] = (
    unify_characters,
    drop_markup,
    drop_pinyin,
    simplify,
    unify_blanks,
    widen_marks,
    join_stranded_marks,
    curl_quotes,
    drop_furniture,
    unify_blanks,
)


def clean(text: str) -> tuple[str, tuple[int, ...]]:
    """The text as its authors wrote it, and the origin of each of its characters.

    The steps run until they change nothing, so cleaning twice changes nothing either. They come to an end because each
    step only drops characters or turns one into a form that no step turns back.
    """
    tracked = track(text)
    while (cleaner := _once(tracked)).text != tracked.text:
        tracked = cleaner
    return tracked.text, tuple(tracked.origin)


def _once(tracked: Tracked) -> Tracked:
    for step in STEPS:
        tracked = step(tracked)
    return tracked
