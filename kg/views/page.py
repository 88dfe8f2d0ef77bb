"""Template, texts and data → one HTML page that carries everything inside itself and may ask the network for nothing.

Documents are hostile: what they say reaches a page as escaped text or as JSON that a script reads from a data block,
never as markup. The page's own Content-Security-Policy runs our scripts, known by their hash, and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Mapping

from kg.resources import shipped

SLOT = re.compile(r"\{\{(\w+)\}\}")
INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
JSON_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def escape(text: object) -> str:
    """`text` as the content of an element or of a quoted attribute; control, direction and half characters become �."""
    return html.escape(INVISIBLE.sub("\ufffd", str(text)), quote=True)


def data_block(value: object) -> str:
    """`value` as JSON that cannot end the script element that holds it."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).translate(JSON_ESCAPES)


def fill(template: str, texts: Mapping[str, object], markup: Mapping[str, str], scripts: tuple[str, ...] = ()) -> str:
    """The page `viz/<template>`, its head and `{{slots}}` filled: `texts` are escaped, `markup` is ours and goes in as it is."""
    ours = {
        "style": shipped("viz", "style.css").read_text("utf-8"),
        "policy": _policy(scripts),
        "scripts": "\n".join(f"<script>{script}</script>" for script in scripts),
    }
    slots = {name: escape(text) for name, text in texts.items()} | ours | dict(markup)
    head, body = (shipped("viz", name).read_text("utf-8") for name in ("head.html", template))
    return SLOT.sub(lambda slot: slots[slot[1]], body.replace("{{head}}", head))


def script(*parts: str) -> str:
    """A script of viz/, without the address of a source map, for `fill`."""
    text = shipped("viz", *parts).read_text("utf-8")
    return re.sub(r"\n//# sourceMappingURL=.*\s*$", "\n", text)


def _policy(scripts: tuple[str, ...]) -> str:
    hashes = " ".join(f"'sha256-{_digest(text)}'" for text in scripts) or "'none'"
    return f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:"


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
