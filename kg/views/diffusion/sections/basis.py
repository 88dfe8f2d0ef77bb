"""What a number rests on → the anchor that it is linked to: an adoption, a group of them, a sentence."""

from __future__ import annotations

from collections.abc import Iterable

from kg.diffusion.adoptions import Adoption, Evidence, History
from kg.views.page import escape


class Basis:
    """Gives anchors while a page is written; the appendix then prints all that were given.

    Adoptions are numbered in order of programme, year and place, and sentences as they first stand in that order, so that a
    number means the same on every page of one history.
    """

    def __init__(self, history: History) -> None:
        self.history = history
        in_order = [a for program in history.programs for a in history.by_program[program.id]]
        self.adoptions = {(a.unit, a.program): number for number, a in enumerate(in_order, 1)}
        self.sentences: dict[tuple[str, str, str], tuple[int, Evidence]] = {}
        for adoption in in_order:
            for evidence in adoption.evidence:
                self.sentence(evidence)
        self.groups: dict[tuple[int, ...], int] = {}
        self._programs = {
            tuple(sorted(self.number(a) for a in some)): number
            for number, some in enumerate((history.by_program[p.id] for p in history.programs), 1)
        }

    def number(self, adoption: Adoption) -> int:
        """Of an adoption in the table of data."""
        return self.adoptions[adoption.unit, adoption.program]

    def sentence(self, evidence: Evidence) -> str:
        """The anchor of one sentence."""
        key = (evidence.claim, evidence.file, evidence.sentence)
        number, _ = self.sentences.setdefault(key, (len(self.sentences) + 1, evidence))
        return f"e{number}"

    def of(self, adoptions: Iterable[Adoption]) -> str:
        """The anchor of one adoption, of all of a programme, of all, or of a group that the appendix then lists."""
        numbers = tuple(sorted({self.number(a) for a in adoptions}))
        if len(numbers) == 1:
            return f"a{numbers[0]}"
        if numbers in self._programs:
            return f"p{self._programs[numbers]}"
        if not numbers or len(numbers) == len(self.adoptions):
            return "data"
        return f"g{self.groups.setdefault(numbers, len(self.groups) + 1)}"


def figure(value: object, anchor: str) -> str:
    """A number that leads to what it rests on."""
    return f'<a class="figure" href="#{escape(anchor)}">{escape(value)}</a>'


def who(name: str) -> str:
    """A name, which may have figures of its own in it."""
    return f'<span class="who">{escape(name)}</span>'


def term(text: str) -> str:
    """A fixed figure of a method (95%, 0.05), which is no finding."""
    return f'<span class="term">{escape(text)}</span>'
