"""The files that the pages ask the server for, by the path under which they ask."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from kg.resources import shipped


class StaticFile(NamedTuple):
    """A file of viz/ and its media type."""

    media: str
    resource: tuple[str, ...]  # ("vendor", "yasgui.min.js")

    def read(self) -> bytes:
        """The file, byte for byte."""
        return shipped("viz", *self.resource).read_bytes()


_SCRIPT, _STYLE = "text/javascript; charset=utf-8", "text/css; charset=utf-8"

STATIC: Mapping[str, StaticFile] = {
    "/pages/style.css": StaticFile(_STYLE, ("style.css",)),
    "/pages/served.css": StaticFile(_STYLE, ("served.css",)),
    "/pages/query.js": StaticFile(_SCRIPT, ("query.js",)),
    "/pages/binding.js": StaticFile(_SCRIPT, ("binding.js",)),
    "/pages/network.js": StaticFile(_SCRIPT, ("network.js",)),
    "/vendor/yasgui.min.js": StaticFile(_SCRIPT, ("vendor", "yasgui.min.js")),
    "/vendor/yasgui.min.css": StaticFile(_STYLE, ("vendor", "yasgui.min.css")),
    "/vendor/vis-network.min.js": StaticFile(_SCRIPT, ("vendor", "vis-network.min.js")),
}
