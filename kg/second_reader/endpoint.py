"""What a user says of an endpoint → an address, a model and a key that can be used, and the terms on which it is asked."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field
from decimal import Decimal
from importlib.util import find_spec
from urllib.parse import quote, urlsplit

from kg.errors import EndpointError

KEY_VARIABLE = "POLICY_KG_LLM_KEY"
UNNAMED = "default"  # servers with one model take any name
_PATH = "/chat/completions"
_LONGEST_MODEL = 100


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to ask, whom, and with which key; `endpoint_at` makes one that was checked."""

    url: str  # of chat/completions
    model: str = UNNAMED
    key: str = field(default="", repr=False)

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""

    @property
    def is_here(self) -> bool:
        """Whether it runs on this computer."""
        return _is_loopback(self.host)

    @property
    def mark(self) -> str:
        """What `pol:foundBy` says: llm:qwen2.5:14b; a `/` would part a rule from a finder."""
        return f"llm:{quote(self.model, safe='.:@_-~+')}"


@dataclass(frozen=True, slots=True)
class Terms:
    """What the user allows, and what a claim of this reader is worth."""

    seconds: float = 120  # for one request, from the look-up of the host to the last byte
    requests: int = 1000
    failures: int = 3  # in a row; then it is asked no more
    patience: float = 30  # seconds that a 429 or 503 may ask for
    price_in: Decimal | None = None  # for a million tokens
    price_out: Decimal | None = None
    confidence: Decimal = Decimal("0.5")  # below every rule: nobody has measured this model on these documents


@dataclass(frozen=True, slots=True)
class SecondReading:
    """That a second reader is wanted: which, and on what terms."""

    endpoint: Endpoint
    terms: Terms = field(default_factory=Terms)


def endpoint_at(url: str, model: str = "", key: str = "", *, plain_http: bool = False) -> Endpoint:
    """The endpoint at `https://api.example.org/v1`; raises EndpointError, which never shows the key.

    Plain http goes to this computer only, unless `plain_http` allows more.
    """
    if find_spec("httpx") is None:
        raise EndpointError("a second reader needs httpx: pip install 'policy-kg[llm]'")
    endpoint = Endpoint(_checked_url(url), model.strip() or UNNAMED, key.strip())
    if urlsplit(endpoint.url).scheme == "http" and not (endpoint.is_here or plain_http):
        raise EndpointError(
            f"--llm-url: http to {endpoint.host} sends key and text for everyone to read; give https, "
            "or allow it with --llm-plain-http"
        )
    if len(endpoint.model) > _LONGEST_MODEL or not endpoint.model.isprintable():
        raise EndpointError(f"--llm-model: give the name of a model in one line of at most {_LONGEST_MODEL} characters")
    if not re.fullmatch("[!-~]*", endpoint.key):
        raise EndpointError(f"{KEY_VARIABLE} holds characters that no key has: blanks, line breaks or other than ASCII")
    return endpoint


def _checked_url(url: str) -> str:
    """The address of chat/completions; raises EndpointError without showing more of it than the host."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        parts, host = urlsplit(""), None
    if parts.scheme not in ("http", "https") or not host or not url.isprintable() or " " in url:
        raise EndpointError("--llm-url must be an address such as https://api.example.org/v1")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise EndpointError(
            f"--llm-url: give {parts.scheme}://{host}… without user name, password, ? and #; "
            f"the key belongs in the environment variable {KEY_VARIABLE}"
        )
    path = parts.path.rstrip("/").removesuffix(_PATH)
    return f"{parts.scheme}://{parts.netloc}{path}{_PATH}"


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
