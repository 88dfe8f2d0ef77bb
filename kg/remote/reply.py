"""A server's answer → whether it is good, and if not, why and what to do, in one line."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass

from kg.errors import RemoteError

_MARKUP = re.compile(r"<(script|style|title)\b.*?</\1\s*>|<[^>]*>", re.IGNORECASE | re.DOTALL)
_CURES = {
    400: "it does not understand the request",
    401: "it asks who you are; give --user and --password-file, or --token-file, or check them",
    403: "it forbids this; give --user and --password-file, or ask its administrator for the right",
    404: "nothing is there; check the address",
    405: "it does not take such requests; check the address",
    406: "it does not answer in a form that can be read here; check that the address is that of SPARQL",
    413: "the request is too large for it",
    415: "it does not take such requests; check the address",
    429: "it has too much to do; try again later",
    500: "it failed",
    502: "it cannot be reached behind its gateway; try again later",
    503: "it has too much to do or is stopped; try again later",
    504: "it took too long; ask for less, or try again later",
}


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered."""

    url: str
    status: int
    content_type: str  # text/html, without parameters
    body: bytes
    headers: Mapping[str, str]  # names in small letters

    @property
    def is_good(self) -> bool:
        return 200 <= self.status < 300

    @property
    def said(self) -> str:
        """The beginning of the answer as one line of text, without HTML."""
        text = self.body[:20_000].decode("utf-8", "replace")
        if "html" in self.content_type or text.lstrip()[:1] == "<":
            text = html.unescape(_MARKUP.sub(" ", text))
        text = " ".join(text.split())
        return text if len(text) <= 300 else f"{text[:300]}…"

    @property
    def fault(self) -> RemoteError:
        """Why this is no good answer, and what to do."""
        if 300 <= self.status < 400:
            return RemoteError(f"{self.url} sends on to {self.headers.get('location', 'elsewhere')}; give that address")
        cure = _CURES.get(self.status, "it refuses")
        said = f"\n  it says: {self.said}" if self.said and self.status not in (401, 404) else ""
        return RemoteError(f"{self.url} answered {self.status}: {cure}{said}")
