"""An Accept header and what can be offered → the media type that the client likes best (RFC 9110, 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_RANGE = re.compile(rf"({_TOKEN})/({_TOKEN})")
_WEIGHT = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")
MOST_RANGES = 100


class Range(NamedTuple):
    """`text/*;q=0.5`: how exactly it names a type, and how much it is liked."""

    type: str
    subtype: str
    weight: float

    @property
    def exactness(self) -> int:
        return (self.type != "*") + (self.subtype != "*")

    def fits(self, media: str) -> bool:
        """Whether the media type lies in the range."""
        kind, _, sub = media.partition("/")
        return self.type in ("*", kind) and self.subtype in ("*", sub)


def ranges(header: str) -> Iterator[Range]:
    """The ranges of an Accept header; parts that cannot be read are left out."""
    for part in header.lower().split(",")[:MOST_RANGES]:
        media, *parameters = (piece.strip() for piece in part.split(";"))
        found = _RANGE.fullmatch(media)
        if found is None:
            continue
        weights = [value.strip() for name, _, value in (p.partition("=") for p in parameters) if name.strip() == "q"]
        if all(_WEIGHT.fullmatch(weight) for weight in weights):
            yield Range(found[1], found[2], float(weights[0]) if weights else 1.0)


def best(header: str | None, offered: Sequence[str]) -> str | None:
    """The type of `offered` that is liked best, the first of equals; None where none is acceptable."""
    wanted = list(ranges(header)) if header is not None else []
    if header is None or not header.strip():
        return offered[0] if offered else None
    liked = [(_weight(media, wanted), -n, media) for n, media in enumerate(offered)]
    weight, _, media = max(liked, default=(0.0, 0, ""))
    return media if weight > 0 else None


def _weight(media: str, wanted: Sequence[Range]) -> float:
    """That of the range that names the type most exactly."""
    fitting = [found for found in wanted if found.fits(media)]
    return max(fitting, key=lambda found: (found.exactness, found.weight)).weight if fitting else 0.0
