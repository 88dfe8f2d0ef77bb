"""What a report on diffusion is about: a history, the part of it that is asked for, and where it was read from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version

from kg.diffusion.adoptions import Adoption, History, Program, Unit
from kg.diffusion.history.coverage import observed
from kg.diffusion.naming import names_of
from kg.diffusion.ways.direction import Origin
from kg.diffusion.ways.way import Way
from kg.pictures.sheet import Picture
from kg.views.diffusion.sections.basis import Basis, figure, who
from kg.views.page import escape

Cell = str  # markup, escaped by whoever makes it


@dataclass(frozen=True, eq=False)
class Study:
    """One programme or all programmes of a history."""

    history: History  # the part that the report is on
    whole: History  # everything that the source holds: networks are inferred from it
    source: str  # its name
    program: Program | None = None  # None: the report is on all
    ways: Mapping[str, Way] = field(default_factory=dict)  # programme → its way, where the source tells of one
    origins: Mapping[str, Origin] = field(default_factory=dict)  # programme → its founding document as an act
    seed: int = 0
    network: bool = True  # whether one is inferred, which takes long of thousands of programmes

    @cached_property
    def basis(self) -> Basis:
        """The anchors that this page gives."""
        return Basis(self.history)

    @cached_property
    def _names(self) -> dict[str, str]:
        return {**names_of(self.history), **names_of(self.whole)}

    @property
    def units(self) -> tuple[Unit, ...]:
        """Those of which something is known."""
        return observed(self.history)

    def name(self, unit: str) -> str:
        """Of a unit, also of one that has no adoption here."""
        return self._names.get(unit) or unit.rpartition("/")[2]

    def count(self, adoptions: Iterable[Adoption]) -> str:
        """How many, linked to them."""
        some = tuple(adoptions)
        return figure(len(some), self.basis.of(some))

    def on(self, value: object, adoptions: Iterable[Adoption]) -> str:
        """Any other number that rests on these adoptions, linked to them."""
        return figure(value, self.basis.of(adoptions))

    def names(self, adoptions: Sequence[Adoption], most: int = 6) -> str:
        """The places of these adoptions; after `most` the number of the others."""
        told = "、".join(who(self.name(a.unit)) for a in adoptions[:most])
        return f"{told}等{self.count(adoptions)}地" if len(adoptions) > most else told


Section = Callable[[Study], str]


def program_version() -> str:
    """Of this program; empty where it is not installed."""
    try:
        return version("policy-kg")
    except PackageNotFoundError:
        return ""


def section(anchor: str, heading: str, *parts: str) -> str:
    """A part of the page; empty where it has nothing to say."""
    body = "".join(parts)
    return f'<section id="{anchor}"><h2>{escape(heading)}</h2>{body}</section>' if body else ""


def paragraph(*sentences: str) -> str:
    """Markup as a paragraph; empty sentences fall out."""
    told = "".join(filter(None, sentences))
    return f"<p>{told}</p>" if told else ""


def table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]], numbers: Iterable[int] = ()) -> str:
    """A table that can be copied into a text; `numbers` are the columns that are set to the right."""
    right = set(numbers)
    body = "".join(f"<tr>{_cells('td', row, right)}</tr>" for row in rows)
    if not body:
        return ""
    head = _cells("th", [escape(column) for column in columns], right)
    return (
        f'<div class="wide" tabindex="0"><table><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cells(tag: str, cells: Sequence[Cell], right: set[int]) -> str:
    classes = [' class="number"' if place in right else "" for place in range(len(cells))]
    return "".join(f"<{tag}{class_}>{cell}</{tag}>" for class_, cell in zip(classes, cells, strict=True))


def drawn(picture: Picture) -> str:
    """The picture inside the page, with what it shows below."""
    svg = picture.svg().decode().partition("?>\n")[2]
    return f'<figure><div class="wide">{svg}</div><figcaption>{escape(picture.description)}</figcaption></figure>'


def year_text(year: float | None) -> str:
    """2014, 2014.5; — where none is known."""
    return "—" if year is None else f"{year:g}"


def share_text(share: float) -> str:
    """12.5%."""
    return f"{share * 100:.1f}%"
