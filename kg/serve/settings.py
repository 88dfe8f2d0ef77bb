"""How a service is to run, as its user said it."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Kind = Literal["union", "standard"]


@dataclass(frozen=True, slots=True)
class Settings:
    """`seconds` for a query or update; sizes in bytes; `memory` is what a query may take beyond the graph, 0 no limit."""

    graph: Path
    host: str = "127.0.0.1"
    port: int = 7878
    workers: int = 4
    spares: int = 1
    seconds: float = 30.0
    memory: int = 2 << 30
    most_result: int = 64 << 20
    most_body: int = 10 << 20
    kind: Kind | None = None  # None: as the store says, else union
    updates: bool = False
    token: bytes | None = None


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address; a name other than localhost is not looked up."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
