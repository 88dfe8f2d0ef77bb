"""The body of an endpoint's answer → the items of its list of claims; strictly, as it may be anything."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import NoReturn

from kg.patterns import regex

MOST_CLAIMS = 200  # of one answer; the text that was sent has some thirty sentences
_FENCED = regex(r"```(?:json)?\s*\n(.*)\n```", re.S)


class NoAnswer(Exception):
    """A request gave nothing that can be read. `str(error)` says why, in our words only; `for_good`: asking on is no use."""

    def __init__(self, reason: str, *, for_good: bool = False) -> None:
        super().__init__(reason)
        self.for_good = for_good


def claims_in(body: bytes) -> Sequence[object]:
    """The items of `{"claims": […]}`, which is the content of a chat completion's first choice; raises NoAnswer."""
    content = strict_json(_content(strict_json(_decoded(body))))
    claims = content.get("claims") if isinstance(content, dict) else None
    if not isinstance(claims, list):
        raise NoAnswer("its answer holds no list of claims")
    if len(claims) > MOST_CLAIMS:
        raise NoAnswer(f"its answer holds more than {MOST_CLAIMS} claims")
    return claims


def strict_json(text: str) -> object:
    """JSON with every number as the text that stands there, and no name twice in an object; raises NoAnswer."""
    try:
        return json.loads(text, parse_int=str, parse_float=str, parse_constant=_refused, object_pairs_hook=_named_once)
    except (ValueError, RecursionError):
        raise NoAnswer("its answer is no JSON") from None


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise NoAnswer("its answer is no UTF-8") from None


def _content(envelope: object) -> str:
    choices = envelope.get("choices") if isinstance(envelope, dict) else None
    choice = choices[0] if isinstance(choices, list) and choices else None
    message = choice.get("message") if isinstance(choice, dict) else None
    content = message.get("content") if isinstance(message, dict) else None
    if isinstance(choice, dict) and choice.get("finish_reason") == "length":
        raise NoAnswer("its answer was cut off")
    if not isinstance(content, str):
        raise NoAnswer("its answer is no chat completion")
    fenced = _FENCED.fullmatch(content.strip())
    return fenced[1] if fenced else content


def _refused(constant: str) -> NoReturn:
    raise ValueError(constant)


def _named_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    named = dict(pairs)
    if len(named) < len(pairs):
        raise ValueError("a name stands twice")
    return named
