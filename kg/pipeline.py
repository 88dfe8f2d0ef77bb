"""The whole way in one place: files and folders → a graph folder with graph.nq, graph.ttl, mentions.csv and report.html."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from kg import texts
from kg.entities import EntityReader, entity_reader
from kg.entities.given import given_place
from kg.entities.trained import read_model
from kg.errors import GraphError, NothingToBuild, ReviewError, UnreadableFile
from kg.graph.iris import BASE, checked_base
from kg.graph.links import Links
from kg.graph_folder import Built, GraphFolder, draft_folder
from kg.lexicons import load_lexicons, with_own_lexicons
from kg.model import NOTHING_GIVEN, Claim, Document, Entity, Given, Kind, Mention, Part, Reading, Sentence
from kg.relations import ClaimReader, claims_of_part, relinked, role_mentions
from kg.relations.confidence import with_confidence
from kg.reviewed import NOTHING_REVIEWED, REVIEWED_FILE, Reviewed, Reviewer, lexicons_with, read_reviewed
from kg.second_reader import Budget, Cache, Cost, SecondReader, SecondReading, question_of, second_reader, stretches
from kg.texts.formats.columns import Columns
from kg.texts.given import with_given
from kg.texts.inputs import Skipped, find_inputs
from kg.texts.opening import Limits, Opener, time_limit

MOST_TOLD = 40  # files left out that are named on the terminal; the report names all
SELDOM = 50_000  # new objects between two searches for cycles
_IDLE = "meets nothing in these documents"
Progress = Callable[[int, int, str], None]  # done, all, file
T = TypeVar("T")


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
    lexicons = with_own_lexicons(settings.lexicons) if settings.lexicons else load_lexicons()
    apart = frozenset(
        frozenset((pair.first.name, pair.second.name)) for pair in reviewed.apart if pair.first.kind is Kind.PROGRAM
    )
    decided = lexicons_with(reviewed, lexicons)
    shared = decided is load_lexicons() and not apart
    reader = entity_reader() if shared else EntityReader(decided, apart=apart)
    return reader.with_model(read_model(settings.model)) if settings.model else reader


def reviewed_of(settings: Settings, folder: Path) -> Reviewed:
    """The decisions that these settings name, else those in the graph folder; raises ReviewError."""
    if settings.reviewed is None:
        return read_reviewed(folder / REVIEWED_FILE)
    if not settings.reviewed.exists():
        raise ReviewError([f"{settings.reviewed}: there is no such file of decisions"])
    return read_reviewed(settings.reviewed)


def reviewer_of(reviewed: Reviewed, reader: EntityReader) -> Reviewer:
    """What applies these decisions to what is read; raises ReviewError."""
    return Reviewer(reviewed, reader.known, lambda name: _place_named(name, reader))


def _place_named(name: str, reader: EntityReader) -> Entity | None:
    """The one place of this name, or of this id: place/210200."""
    place = reader.gazetteer.by_id.get(name.removeprefix("place/")) or given_place(reader.gazetteer, name)
    return place.entity if place else None


def read_file(data: bytes, file: str) -> Reading:
    """Everything that can be read from a plain text file; raises UnreadableFile."""
    return read_document(texts.read_document(data, file))


def placed_parts(document: Document, reader: EntityReader | None = None) -> tuple[Part, ...]:
    """The parts of a document, with place, year and genre decided; what the user gave goes before what the text says."""
    reader = reader or entity_reader()
    return reader.place_parts(with_given(texts.split_parts(document), document.given))


def read_document(
    document: Document,
    reader: EntityReader | None = None,
    reviewer: Reviewer | None = None,
    claims_of: ClaimReader = claims_of_part,
) -> Reading:
    """Everything that can be read from a document, as the reviewer's decisions leave it."""
    reader = reader or entity_reader()
    reviewer = reviewer or reviewer_of(NOTHING_REVIEWED, reader)
    parts = placed_parts(document, reader)
    sentences: list[Sentence] = []
    mentions: list[Mention] = []
    claims: list[Claim] = []
    for part in parts:
        of_part = texts.split_sentences(part)
        found = [reviewer.mentions(of_sentence) for of_sentence in reader.mentions_of_part(of_part)]
        named_here = list(zip(of_part, found, strict=True))
        claimed = (relinked(claim, reviewer.known) for claim in claims_of(named_here, reader))
        said = tuple(reviewer.claims(map(with_confidence, claimed)))
        named = [mention for of_sentence in found for mention in of_sentence]
        sentences += of_part
        mentions += sorted((*named, *role_mentions(said, named)), key=lambda m: (m.span.start, -m.span.end, m.kind))
        claims += said
    return Reading(document, parts, tuple(sentences), tuple(mentions), tuple(claims))


def documents_in(
    paths: Iterable[Path], settings: Settings, reader: EntityReader | None = None
) -> Iterator[Document | Skipped]:
    """The documents in files and folders, and what gave none, as `kg inspect` shows them. Raises GraphError."""
    _check_place(settings.given, reader or reader_of(settings))
    inputs, skipped = find_inputs(paths)
    yield from skipped
    with Opener(settings.limits, settings.columns, settings.given) as opener:
        for item in inputs:
            yield from opener(item)


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Python searches for cycles seldom: mentions and claims form none, and the usual search takes a tenth of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(SELDOM, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@collecting_seldom()
def build(
    paths: Sequence[Path],
    folder: Path,
    base: str = BASE,
    progress: Progress = lambda done, all_, file: None,
    settings: Settings | None = None,
) -> Built:
    """Reads the files and writes the graph into `folder`. Raises NothingToBuild when no file could be read.

    Nothing in the folder changes before everything has been read and written beside it.
    """
    settings = replace(settings or Settings(), base=base)
    reviewed = reviewed_of(settings, folder)
    reader = reader_of(settings, reviewed)
    reviewer = reviewer_of(reviewed, reader)
    _prepare(folder, settings, reader)
    inputs, skipped = find_inputs(paths)
    with draft_folder(folder) as draft, _second(settings, folder, reader, reviewer) as second:
        graph = GraphFolder(draft, base, reader.lexicons)
        with Opener(settings.limits, settings.columns, settings.given) as opener:
            for n, item in enumerate(inputs):
                progress(n, len(inputs), item.file)
                for found in opener(item):
                    if isinstance(found, Skipped):
                        skipped.append(found)
                    elif fault := _read_into(graph, found, reader, reviewer, settings, second):
                        skipped.append(fault)
        progress(len(inputs), len(inputs), "")
        if graph.is_empty:
            raise NothingToBuild(_nothing(skipped))
        skipped += [Skipped(reviewed.name, f"line {d.line}: {d} {_IDLE}", note=True) for d in reviewer.idle]
        skipped += [Skipped(f"second reader {second.name}", said, note=True) for said in second.notes] if second else []
        return graph.published(folder, skipped, Links(reviewer.merged, reviewer.refused))


def second_reading_cost(
    paths: Iterable[Path],
    folder: Path,
    settings: Settings,
    progress: Progress = lambda done, all_, file: None,
) -> Cost:
    """What `build` would send to the second reader that these settings name; reads everything once, and sends nothing.

    Raises what `build` raises before it reads.
    """
    if settings.second_reader is None:
        raise ValueError("these settings name no second reader")
    reviewed = reviewed_of(settings, folder)
    reader = reader_of(settings, reviewed)
    reviewer = reviewer_of(reviewed, reader)
    _prepare(folder, settings, reader)
    budget = Budget(settings.second_reader.terms, Cache(folder).__contains__)
    inputs, _ = find_inputs(paths)
    with Opener(settings.limits, settings.columns, settings.given) as opener:
        for n, item in enumerate(inputs):
            progress(n, len(inputs), item.file)
            for found in opener(item):
                if isinstance(found, Skipped):
                    continue
                reading = _tried(found, settings, partial(read_document, found, reader, reviewer))
                for stretch in () if isinstance(reading, Skipped) else stretches(reading):
                    budget.add(question_of(stretch, settings.second_reader.endpoint))
    progress(len(inputs), len(inputs), "")
    return budget.cost


@contextmanager
def _second(
    settings: Settings, folder: Path, reader: EntityReader, reviewer: Reviewer
) -> Iterator[SecondReader | None]:
    """The second reader that these settings name, if they do; raises EndpointError."""
    if settings.second_reader is None:
        yield None
        return
    with second_reader(settings.second_reader, folder, reader, reviewer.claims) as second:
        yield second


def _read_into(
    graph: GraphFolder,
    document: Document,
    reader: EntityReader,
    reviewer: Reviewer,
    settings: Settings,
    second: SecondReader | None,
) -> Skipped | None:
    """Reads a document, unless another has the same text; whatever happens, the run goes on with the next."""
    if graph.adds_nothing(document):
        return None
    reading = _tried(document, settings, partial(read_document, document, reader, reviewer))
    if isinstance(reading, Skipped):
        return reading
    reading = second(reading) if second else reading  # it waits for a network, and has a time limit of its own
    return _tried(document, settings, partial(graph.add, reading))


def _tried(document: Document, settings: Settings, work: Callable[[], T]) -> T | Skipped:
    """What the work on a document gives, or why it had to be given up."""
    try:
        with time_limit(settings.limits.seconds):
            return work()
    except UnreadableFile as fault:
        return Skipped(document.file, str(fault))
    except (RecursionError, MemoryError):
        return Skipped(document.file, "reading it takes more memory than there is; split it")
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as fault:
        return Skipped(
            document.file, f"policy-kg failed on it ({type(fault).__name__}: {fault}); please report this file"
        )


def _prepare(folder: Path, settings: Settings, reader: EntityReader) -> None:
    """Raises GraphError before anything is read, if the graph could not be written in the end."""
    try:
        checked_base(settings.base)
    except ValueError as fault:
        raise GraphError(str(fault)) from None
    standing = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not standing.is_dir():
        raise GraphError(f"{standing} is a file, so no graph can be put there; choose another --out")
    if not os.access(standing, os.W_OK):
        raise GraphError(f"{standing} may not be written to; choose another --out")
    _check_place(settings.given, reader)


def _check_place(given: Given, reader: EntityReader) -> None:
    if given.place and not reader.knows_place(given.place):
        raise GraphError(
            f"--place {given.place}: no place or several have this name; write it in full, such as 南京市鼓楼区"
        )


def _nothing(skipped: Sequence[Skipped]) -> str:
    reasons = "\n".join(f"  {s.file}: {s.reason}" for s in skipped[:MOST_TOLD])
    if len(skipped) > MOST_TOLD:
        reasons += f"\n  and {len(skipped) - MOST_TOLD} more"
    return f"No document could be read, so no graph was written.\n{reasons}" if reasons else "No documents were given."
