"""The path of a script or style sheet → the file, as long as it is one of those that our pages ask for."""

from __future__ import annotations

import hashlib
from functools import cache

from kg.serve.pages.static import STATIC
from kg.serve.problem import Answer, Problem

_KEPT = "public, max-age=86400"


def static_file(path: str, known: str | None) -> Answer:
    """The file, or 304 where the client's ETag is still right; Problem 404 for every other path."""
    if path not in STATIC:
        raise Problem(404, "there is no such file here")
    data, tag = _file(path)
    headers = (("Cache-Control", _KEPT), ("ETag", tag))
    if known is not None and tag in known:
        return Answer(304, "", b"", headers)
    return Answer(200, STATIC[path].media, data, headers)


@cache
def _file(path: str) -> tuple[bytes, str]:
    data = STATIC[path].read()
    return data, f'"{hashlib.sha256(data).hexdigest()[:32]}"'
