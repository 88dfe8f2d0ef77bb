"""An exploration → the explorer: one HTML page with its scripts, styles and data inside, which asks the network for nothing."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from typing import TYPE_CHECKING

from kg.resources import shipped
from kg.views.explorer.packing import packed
from kg.views.explorer.tables import meta_of, tables_of
from kg.views.page import SLOT, escape

if TYPE_CHECKING:
    from kg.views.explorer.records import Exploration


def explorer_html(shown: Exploration) -> str:
    """The page; the same exploration gives the same bytes."""
    scripts = tuple(map(_read, parts("scripts")))
    style = "".join(map(_read, parts("styles")))
    data = gzip.compress(packed(meta_of(shown), tables_of(shown)), compresslevel=9, mtime=0)
    slots = {
        "title": escape(shown.title),
        "policy": policy(scripts, style),
        "style": style,
        "data": base64.b64encode(data).decode("ascii"),
        "scripts": "\n".join(f"<script>{script}</script>" for script in scripts),
    }
    template = shipped("viz", "explorer", "explorer.html").read_text("utf-8")
    return SLOT.sub(lambda slot: slots[slot[1]], template)


def parts(kind: str) -> tuple[str, ...]:
    """The names of the `scripts` or `styles` of the page below viz/explorer, in the order in which they are to stand."""
    listed: dict[str, list[str]] = json.loads(_read("parts.json"))
    return tuple(listed[kind])


def _read(name: str) -> str:
    return shipped("viz", "explorer", name).read_text("utf-8")


def policy(scripts: tuple[str, ...], style: str) -> str:
    """The Content-Security-Policy: these scripts and this sheet, pictures made by the page itself, nothing else."""
    ours = " ".join(map(_hash, scripts))
    return (
        f"default-src 'none'; script-src {ours}; style-src {_hash(style)}; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
