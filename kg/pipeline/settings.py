"""What a user says about a build → the reader of names and the reviewer that it asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kg.entities import EntityReader, entity_reader
from kg.entities.given import given_place
from kg.entities.trained import read_model
from kg.errors import GraphError, ReviewError
from kg.graph.iris import BASE
from kg.lexicons import with_own_lexicons
from kg.model import NOTHING_GIVEN, Entity, Given, Kind
from kg.reviewed import NOTHING_REVIEWED, REVIEWED_FILE, Reviewed, Reviewer, lexicons_with, read_reviewed
from kg.texts.formats.columns import Columns
from kg.texts.opening import Limits

if TYPE_CHECKING:
    from kg.second_reader import SecondReading


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may say about a build."""

    base: str = BASE
    limits: Limits = field(default_factory=Limits)
    columns: Columns = field(default_factory=Columns)
    given: Given = NOTHING_GIVEN
    lexicons: tuple[Path, ...] = ()  # folders of the user's own lexicons
    model: Path | None = None  # folder of a model that kg train made
    reviewed: Path | None = None  # the user's decisions; without it reviewed.csv in the graph folder, if it is there
    second_reader: SecondReading | None = None  # a language model that may propose claims


def reader_of(settings: Settings, reviewed: Reviewed = NOTHING_REVIEWED) -> EntityReader:
    """The finders that these settings and decisions ask for; raises LexiconError, ModelError."""
    lexicons = with_own_lexicons(settings.lexicons) if settings.lexicons else entity_reader().lexicons
    apart = frozenset(
        frozenset((pair.first.name, pair.second.name)) for pair in reviewed.apart if pair.first.kind is Kind.PROGRAM
    )
    decided = lexicons_with(reviewed, lexicons)
    shared = decided is lexicons and not settings.lexicons and not apart
    reader = entity_reader() if shared else EntityReader(decided, apart=apart)
    return reader.with_model(read_model(settings.model)) if settings.model else reader


def reviewed_of(settings: Settings, folder: Path) -> Reviewed:
    """The decisions that these settings name, else those in the graph folder; raises ReviewError."""
    if settings.reviewed is None:
        return read_reviewed(folder / REVIEWED_FILE)
    if not settings.reviewed.exists():
        raise ReviewError([f"{settings.reviewed}: there is no such file of decisions"])
    return read_reviewed(settings.reviewed)


def reviewer_of(reviewed: Reviewed, reader: Callable[[], EntityReader]) -> Reviewer:
    """What applies these decisions to what is read; raises ReviewError."""
    return Reviewer(reviewed, lambda entity: reader().known(entity), lambda name: _place_named(name, reader()))


def _place_named(name: str, reader: EntityReader) -> Entity | None:
    """The one place of this name, or of this id: place/210200."""
    place = reader.gazetteer.by_id.get(name.removeprefix("place/")) or given_place(reader.gazetteer, name)
    return place.entity if place else None


def check_place(given: Given, reader: Callable[[], EntityReader]) -> None:
    if given.place and not reader().knows_place(given.place):
        raise GraphError(
            f"--place {given.place}: no place or several have this name; write it in full, such as 南京市鼓楼区"
        )
