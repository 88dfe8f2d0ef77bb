"""What can be found on the page → the Traditional characters by which it is found, too: 县管校聘 → 縣县."""

from __future__ import annotations

from collections.abc import Iterable

from kg.texts.script import is_traditional, simplified_characters


def traditional(names: Iterable[str], sentences: Iterable[str]) -> str:
    """Pairs in one text: a Traditional character, and the one of the names and sentences that it stands for.

    What Simplified names themselves have (乾县) stands for itself.
    """
    named = set(names)
    used = set().union(*named, *sentences)
    kept = set().union(*(name for name in named if not is_traditional(set(name))))
    pairs = simplified_characters().items()
    return "".join(sign + simplified for sign, simplified in pairs if simplified in used and sign not in kept)
