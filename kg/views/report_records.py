"""What the report of a build shows, as plain frozen records; apart from those of the other pages, which no build needs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decided:
    """How one property of a part was decided: which value, by which rule, from which words."""

    what: str  # place, year, genre, agency, title, number, date, addressees
    value: str
    rule: str
    words: str = ""
    confidence: str = ""

    @property
    def is_doubt(self) -> bool:
        """What was found against the value that was taken, or what leaves it open though something speaks for one."""
        return self.rule.endswith(("-disagrees", "-disagrees-with-given", "-unknown-or-ambiguous", "-divided"))


@dataclass(frozen=True, slots=True)
class PartReport:
    """One part: what it is taken for, why, and the part of another file whose text it has (`twin`: copy, altered, shares)."""

    title: str
    place: str = ""
    year: int | None = None
    genre: str = ""
    agency: str = ""
    decided: tuple[Decided, ...] = ()
    twin: str = ""
    twin_of: str = ""
    twin_said: str = ""


@dataclass(frozen=True, slots=True)
class LeftOutReport:
    """What one rule left out of a file."""

    reason: str
    times: int
    characters: int
    words: str  # the beginning of the first


@dataclass(frozen=True, slots=True)
class FileReport:
    """One document: what was read, what was undone, what was left out, what is doubtful."""

    file: str
    encoding: str
    characters: int
    sentences: int
    mentions: int
    unlinked: int
    claims: int
    parts: tuple[PartReport, ...] = ()
    too_long: int = 0  # sentences left unread
    form: str = "text"
    text_file: str = ""  # where the text lies to which offsets refer; empty where it is the file itself
    left_out: tuple[LeftOutReport, ...] = ()
    repairs: tuple[tuple[str, int], ...] = ()  # (what was undone, characters)
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What one build read and found, and what it left out."""

    title: str
    files: tuple[FileReport, ...]
    entities: tuple[tuple[str, int], ...] = ()  # (kind, number)
    claims: tuple[tuple[str, int], ...] = ()  # (claim class, number)
    skipped: tuple[tuple[str, str], ...] = ()  # (file, why)
    copies: tuple[tuple[str, str], ...] = ()  # (file, the file whose text it has)
