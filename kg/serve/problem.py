"""What went wrong → a problem document (RFC 9457)."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import NamedTuple

MEDIA = "application/problem+json"


class Answer(NamedTuple):
    """What goes back to the client."""

    status: int
    media: str
    data: bytes
    headers: tuple[tuple[str, str], ...] = ()


class Problem(Exception):
    """A request that cannot be answered; `detail` says why and what to do."""

    def __init__(self, status: int, detail: str, **headers: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = tuple((name.replace("_", "-"), value) for name, value in headers.items())


def document(problem: Problem) -> Answer:
    """The problem as JSON; its type is about:blank, so its title is the name of the status."""
    told = {"title": HTTPStatus(problem.status).phrase, "status": problem.status, "detail": problem.detail}
    return Answer(
        problem.status, MEDIA, json.dumps(told, ensure_ascii=True, indent=1).encode() + b"\n", problem.headers
    )
