"""Decoded text → clean text, with a map to the decoded text and a list of what was left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import cycle

from kg.model import LeftOut, Origin
from kg.patterns import regex
from kg.texts import garbling, lines, punctuation, script
from kg.texts.furniture import drop_furniture
from kg.texts.tracked import Tracked, track

Step = Callable[[Tracked], Tracked]
STEPS: tuple[Step, ...] = (
    punctuation.unify_characters,
    garbling.unescape,
    garbling.drop_markup,
    garbling.drop_field_codes,
    garbling.repair_shifted_bytes,
    script.drop_pinyin,
    script.simplify,
    punctuation.unify_blanks,
    lines.drop_page_marks,
    lines.join_wrapped_lines,  # before a mark at the start of a line makes lines uneven
    punctuation.widen_marks,
    punctuation.join_stranded_marks,
    punctuation.curl_quotes,
    drop_furniture,
    lines.complete_dates,
    punctuation.unify_blanks,
)
_DIFFERENT = len(set(STEPS))
_SIGNS = regex("[" + re.escape("".join({*punctuation.SIGNS, *garbling.SIGNS, *script.SIGNS})) + "]")


def clean(text: str) -> tuple[str, Origin]:
    """The text as its authors wrote it, and the origin of each of its characters."""
    tracked = repaired(text)
    return tracked.text, tracked.origin


def repaired(text: str, left_out: Iterable[LeftOut] = ()) -> Tracked:
    """The clean text, less the stretches that a format reader left out already, with all that was undone or dropped.

    The steps run in turn until none changes anything, so cleaning twice changes nothing either. They come to an end
    because each step drops characters or turns them into a form that no step turns back.
    """
    tracked = track(text, _SIGNS).leaving_out(left_out)
    idle: set[Step] = set()  # steps that have nothing to do on the text as it is now
    for step in cycle(STEPS):
        if step in idle:
            continue
        after = step(tracked)
        if after.text != tracked.text:
            idle.clear()
        else:
            idle.add(step)
        tracked = after
        if len(idle) == _DIFFERENT:
            break
    return tracked
