"""What a page is when it leaves the worker."""

from __future__ import annotations

from typing import NamedTuple

HTML = "text/html; charset=utf-8"


class Rendered(NamedTuple):
    """A page or the triples of a thing: media type, text and HTTP status."""

    media: str
    text: str
    status: int = 200
    policy: str = ""  # Content-Security-Policy of a page that carries its scripts inside; else that of the server holds
