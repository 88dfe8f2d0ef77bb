"""What a page is when it leaves the worker."""

from __future__ import annotations

from typing import NamedTuple

HTML = "text/html; charset=utf-8"


class Rendered(NamedTuple):
    """A page or the triples of a thing: media type, text and HTTP status."""

    media: str
    text: str
    status: int = 200
    script_hashes: tuple[str, ...] = ()  # sha256-… of inline scripts; none of our pages has any
