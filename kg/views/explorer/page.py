"""An exploration → the explorer: one HTML page with its scripts, styles and data inside, which asks the network for nothing."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from kg.resources import shipped
from kg.views.explorer.packing import packed
from kg.views.explorer.tables import meta_of, tables_of
from kg.views.page import SLOT, escape

if TYPE_CHECKING:
    from kg.views.explorer.records import Exploration


TITLE = "政策扩散 · Policy diffusion"
LOADER = "loader.js"


def explorer_html(shown: Exploration, pages: Mapping[str, str] | None = None) -> str:
    """The page; the same exploration gives the same bytes.

    `pages` are, on a server, the `base` of the things that have pages there and the `path` of these.
    """
    meta = meta_of(shown) | ({"pages": dict(pages)} if pages else {})
    slots = {
        "title": escape(shown.title or TITLE),
        "policy": page_policy(),
        "style": _style(),
        "data": _squeezed(packed(meta, tables_of(shown))),
        "scripts": _squeezed(_scripts().encode()),
        "loader": _read(LOADER),
    }
    template = shipped("viz", "explorer", "explorer.html").read_text("utf-8")
    return SLOT.sub(lambda slot: slots[slot[1]], template)


def parts(kind: str) -> tuple[str, ...]:
    """The names of the `scripts` or `styles` of the page below viz/explorer, in the order in which they are to stand."""
    listed: dict[str, list[str]] = json.loads(_read("parts.json"))
    return tuple(listed[kind])


def page_policy() -> str:
    """The Content-Security-Policy of the page: its own scripts and its own sheet."""
    return policy((_read(LOADER), _scripts()), _style())


def _scripts() -> str:
    return "\n".join(f"// {name}\n{_read(name)}" for name in parts("scripts"))


def _style() -> str:
    return "".join(map(_read, parts("styles")))


def _squeezed(data: bytes) -> str:
    return base64.b64encode(gzip.compress(data, compresslevel=9, mtime=0)).decode("ascii")


def _read(name: str) -> str:
    return shipped("viz", "explorer", *name.split("/")).read_text("utf-8")


def policy(scripts: tuple[str, ...], style: str) -> str:
    """The Content-Security-Policy: these scripts and this sheet, pictures made by the page itself, nothing else."""
    ours = " ".join(map(_hash, scripts))
    return (
        f"default-src 'none'; script-src {ours}; style-src {_hash(style)}; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
