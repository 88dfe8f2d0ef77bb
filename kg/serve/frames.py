"""Messages between the service and its processes ↔ bytes: a JSON head and a body, each with its length before it."""

from __future__ import annotations

import json
import struct
from typing import IO, Any, NamedTuple

LENGTHS = struct.Struct(">IQ")


class Frame(NamedTuple):
    """A message; the head holds words and numbers, the body what is large."""

    head: dict[str, Any]
    body: bytes = b""

    def packed(self) -> bytes:
        """As it goes through the pipe."""
        head = json.dumps(self.head).encode()
        return LENGTHS.pack(len(head), len(self.body)) + head + self.body


def read(stream: IO[bytes]) -> Frame | None:
    """The next message; None where the other side has gone."""
    lengths = stream.read(LENGTHS.size)
    if len(lengths) < LENGTHS.size:
        return None
    of_head, of_body = LENGTHS.unpack(lengths)
    head, body = stream.read(of_head), stream.read(of_body)
    return Frame(json.loads(head), body) if len(body) == of_body and len(head) == of_head else None
