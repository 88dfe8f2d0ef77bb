"""The name of a vendored script or style sheet → the file, as long as it is one of those that are shipped."""

from __future__ import annotations

import hashlib
from functools import cache

from kg.resources import shipped
from kg.serve.problem import Answer, Problem

TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
_KEPT = "public, max-age=86400"


def vendored(name: str, known: str | None) -> Answer:
    """The file, or 304 where the client's ETag is still right; Problem 404 for every other name."""
    if name not in _names():
        raise Problem(404, "there is no such file here")
    data, tag = _file(name)
    headers = (("Cache-Control", _KEPT), ("ETag", tag))
    if known is not None and tag in known:
        return Answer(304, "", b"", headers)
    return Answer(200, TYPES[_ending(name)], data, headers)


@cache
def _names() -> frozenset[str]:
    return frozenset(file.name for file in shipped("viz", "vendor").iterdir() if _ending(file.name) in TYPES)


@cache
def _file(name: str) -> tuple[bytes, str]:
    data = shipped("viz", "vendor", name).read_bytes()
    return data, f'"{hashlib.sha256(data).hexdigest()[:32]}"'


def _ending(name: str) -> str:
    return name[name.rfind(".") :] if "." in name else ""
