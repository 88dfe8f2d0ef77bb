"""llm-cache.jsonl in a graph folder ↔ what came of each answer, so that nothing is asked twice.

Of an answer only the proposals that passed the checks are kept, and the number of others by the reason of their refusal:
what an endpoint sends, be it the key that was sent to it, lands on no disk.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from kg.second_reader.answers import NoAnswer, strict_json
from kg.second_reader.proposals import Proposal, Refusal, Refused, proposal_of

CACHE_FILE = "llm-cache.jsonl"


class Examined(NamedTuple):
    """What came of one answer."""

    proposals: tuple[Proposal, ...]  # those that passed
    refused: Mapping[Refusal, int]


class Cache:
    """The answers of earlier builds and of this one; each is written down as soon as it is there."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / CACHE_FILE
        text = self._path.read_text(encoding="utf-8", errors="replace") if self._path.exists() else ""
        self._known = dict(_read(text))
        self._is_cut = text != "" and not text.endswith("\n")  # by a build that was killed

    def __contains__(self, key: str) -> bool:
        return key in self._known

    def get(self, key: str) -> Examined | None:
        return self._known.get(key)

    def put(self, key: str, examined: Examined) -> None:
        self._known[key] = examined
        with self._path.open("a", encoding="utf-8", newline="\n") as file:
            file.write("\n" * self._is_cut + _line(key, examined) + "\n")
        self._is_cut = False


def _read(text: str) -> Iterator[tuple[str, Examined]]:
    """The lines that can be used: a line that was cut off, or changed by hand, is asked anew."""
    for line in text.split("\n"):
        try:
            yield _examined(strict_json(line))
        except (NoAnswer, Refused, ValueError, TypeError, KeyError, AttributeError):
            continue


def _examined(row: object) -> tuple[str, Examined]:
    """Raises what the use of other rows than ours raises."""
    key, proposals, refused = (row[name] for name in ("key", "proposals", "refused"))  # type: ignore[index]
    counted = Counter({Refusal(reason): int(count) for reason, count in refused.items()})
    return str(key), Examined(tuple(map(proposal_of, proposals)), counted)


def _line(key: str, examined: Examined) -> str:
    proposals = [{"relation": p.relation, "quote": p.quote, **dict(p.said)} for p in examined.proposals]
    refused = {reason: examined.refused[reason] for reason in Refusal if examined.refused.get(reason)}
    return json.dumps({"key": key, "proposals": proposals, "refused": refused}, ensure_ascii=False)
