"""Who may change the store: the holder of the token, or this machine where the user said so."""

from __future__ import annotations

import hmac
from pathlib import Path
from urllib.parse import urlsplit

from kg.errors import GraphError
from kg.serve.problem import Problem
from kg.serve.settings import Settings, is_loopback

SHORTEST_TOKEN = 8


def token_of(file: Path) -> bytes:
    """The token that stands in the file; GraphError where there is none or it is too short to keep anybody out."""
    try:
        told = file.read_bytes().strip()
    except OSError as fault:
        raise GraphError(f"{file} cannot be read ({fault.strerror or fault})") from None
    if len(told) < SHORTEST_TOKEN or any(byte <= 0x20 or byte > 0x7E for byte in told):
        raise GraphError(f"{file} must hold one line of at least {SHORTEST_TOKEN} ASCII characters without spaces")
    return told


def refuse_change(settings: Settings, authorization: str | None, origin: str | None, host: str) -> None:
    """Problem 401 or 403 unless this request may change the store.

    A page of another site can make a browser send a form here, so a request with an Origin must come from our own
    pages, and without a token the Host must be a loopback address (no name that somebody let point here).
    """
    if not settings.updates:
        raise Problem(
            403,
            "this service only reads; a graph made from documents is changed by changing the documents and building "
            "again (kg build), a store of its own by starting kg serve with --updates",
        )
    if origin is not None and urlsplit(origin).netloc.lower() != host.lower():
        raise Problem(403, "changes are not taken from pages of other sites")
    if settings.token is None:
        if not is_loopback(urlsplit(f"//{host}").hostname or ""):
            raise Problem(403, "without a token, changes are taken only at a loopback address")
        return
    scheme, _, given = (authorization or "").partition(" ")
    is_right = hmac.compare_digest(given.strip().encode("utf-8", "replace"), settings.token)
    if scheme.lower() != "bearer" or not is_right:
        raise Problem(401, "changes need the header Authorization: Bearer TOKEN", WWW_Authenticate='Bearer realm="kg"')
