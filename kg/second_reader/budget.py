"""The requests that a second reading needs → what they cost, before any is sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from kg.second_reader.endpoint import Terms
from kg.second_reader.prompt import LONGEST_ANSWER, Question

RULE = f"one token for each character that is not ASCII, one for four that are; {LONGEST_ANSWER:,} for every answer"
_MILLION = 10**6


@dataclass(frozen=True, slots=True)
class Cost:
    """Of the requests that will be sent. Tokens are estimated from above, so that the price is one at most."""

    requests: int
    characters: int
    tokens_in: int
    tokens_out: int
    price: Decimal | None  # in the money of the prices that were given
    known: int  # requests that the cache answers
    beyond: int  # requests that the limit leaves out


class Budget:
    """Counts questions as they come; one that is asked twice is answered once."""

    def __init__(self, terms: Terms, is_known: Callable[[str], bool]) -> None:
        """`is_known` tells of which keys the cache has the answer."""
        self._terms = terms
        self._is_known = is_known
        self._seen: set[str] = set()
        self._known = self._asked = self._beyond = self._characters = self._tokens = 0

    def add(self, question: Question) -> None:
        if question.key in self._seen:
            return
        self._seen.add(question.key)
        if self._is_known(question.key):
            self._known += 1
        elif self._asked == self._terms.requests:
            self._beyond += 1
        else:
            self._asked += 1
            self._characters += question.characters
            self._tokens += question.tokens

    @property
    def cost(self) -> Cost:
        out = self._asked * LONGEST_ANSWER
        return Cost(self._asked, self._characters, self._tokens, out, self._price(out), self._known, self._beyond)

    def _price(self, out: int) -> Decimal | None:
        """None where neither price was given; one that was not is nothing."""
        if self._terms.price_in is None and self._terms.price_out is None:
            return None
        return (self._tokens * (self._terms.price_in or 0) + out * (self._terms.price_out or Decimal(0))) / _MILLION
