"""Text reuse: the texts that are compared, the passages that two of them share, and how a passage was carried over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from kg.diffusion.adoptions import Unit
from kg.model import Document, Genre, Span


class Kind(StrEnum):
    """How the two places of a passage stand to each other."""

    SIBLING = "sibling"  # neither stands above the other
    SUPERIOR = "superior"  # the earlier text is of a government above: its words are handed on
    SUBORDINATE = "subordinate"  # the earlier text is of a government below: taken up from under
    COMMON = "common source"  # both may have copied an earlier text of a government above both, which is named


class Written(NamedTuple):
    """Between which points of time a text was written, in years: 2014.0 is the first of January 2014."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Text:
    """A part of a document that speaks for one place: what may copy and be copied."""

    iri: str  # of the part
    unit: str  # IRI of the place
    document: Document = field(repr=False)
    span: Span  # clean offsets
    title: str = ""
    genre: Genre = Genre.OTHER
    year: int | None = None  # that it reports or plans
    written: Written | None = None  # None where no date is known
    programs: tuple[tuple[str, str], ...] = field(default=(), repr=False)  # (name, IRI) of those that it mentions

    @property
    def clean(self) -> str:
        """What is compared."""
        return self.document.clean[self.span.start : self.span.end]

    def before(self, other: Text) -> bool:
        """Whether it was certainly written earlier."""
        return self.written is not None and other.written is not None and self.written.end <= other.written.start


@dataclass(frozen=True, slots=True)
class Passage:
    """What two texts share. Where `directed` is false the dates do not tell which of them is the earlier one."""

    earlier: str  # IRI of the text
    later: str
    origin: str  # IRI of the earlier text's place
    destination: str
    earlier_span: Span  # original offsets: Document.text[start:end]
    later_span: Span
    kind: Kind
    directed: bool
    length: int  # characters of the shorter of the two, as they stand in the clean texts
    similarity: float  # shared characters / those of the longer one, names, numbers and signs left out
    rarity: float  # from 0 (stands everywhere) to 1 (stands in no third place)
    score: float  # shared characters of its own words, each weighed by its rarity
    units: int  # places in whose texts its words stand, these two among them
    source: str = ""  # IRI of the earliest other text that has it, where that is older than both
    cited: bool = False  # the later text names the earlier one by its title
    programs: tuple[str, ...] = ()  # IRIs of the programmes that it names

    @property
    def order(self) -> tuple[object, ...]:
        """The strongest first; the rest only makes the order always the same."""
        return (-self.score, self.earlier, self.later, self.earlier_span, self.later_span)


class Missing(NamedTuple):
    """A part of the graph that could not be compared, and why."""

    file: str
    part: int
    reason: str


@dataclass(frozen=True)
class Corpus:
    """The texts of a graph and the places that they speak for."""

    texts: tuple[Text, ...]
    units: Mapping[str, Unit]  # by IRI, those above them too
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True)
class Reuse:
    """All passages, the strongest first, and what was looked through for them."""

    corpus: Corpus
    passages: tuple[Passage, ...]
    boilerplate: int  # passages that stand in too many places to tell anything
    repeated: int  # passages that a place had in an earlier text of its own, or took from a still earlier one

    @cached_property
    def text(self) -> dict[str, Text]:
        """By IRI."""
        return {text.iri: text for text in self.corpus.texts}
