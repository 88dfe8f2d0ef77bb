"""What a user says where a server is → an address that can be asked and shown, or RemoteError."""

from __future__ import annotations

import ipaddress
from urllib.parse import quote, urlsplit

from kg.errors import RemoteError

_KEPT = "%/:?=&;,+@!$'()*~-._"  # what stands in an address as it is; everything else is percent-encoded


def checked_address(url: str, option: str = "--endpoint") -> str:
    """`url` if it is an http address without user name and password; names of things in it are percent-encoded.

    `http://localhost:3030/ds/sparql?default-graph-uri=urn:x-arq:UnionGraph` stays as it is.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        parts, host = urlsplit(""), None
    if parts.scheme not in ("http", "https") or not host or not url.isprintable() or " " in url:
        raise RemoteError(f"{option} must be an address such as http://localhost:8890/sparql")
    if "@" in parts.netloc or parts.fragment:
        raise RemoteError(
            f"{option}: give {parts.scheme}://{host}… without user name, password and #; "
            "the name belongs in --user, the password in a file (--password-file)"
        )
    try:
        netloc = parts.netloc.encode("idna").decode("ascii")
    except UnicodeError:
        raise RemoteError(f"{option}: {host} is no name of a computer") from None
    query = f"?{quote(parts.query, safe=_KEPT)}" if parts.query else ""
    return f"{parts.scheme}://{netloc}{quote(parts.path or '/', safe=_KEPT)}{query}"


def host_of(url: str) -> str:
    """The name of the computer, without port."""
    return urlsplit(url).hostname or ""


def is_here(url: str) -> bool:
    """Whether the server runs on this computer."""
    host = host_of(url)
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
