"""Files and folders → a graph folder: the whole way in one place."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from kg.entities import EntityReader
from kg.errors import GraphError, NothingToBuild
from kg.graph.iris import BASE, checked_base
from kg.graph.links import Links
from kg.graph_folder import (
    Built,
    Shards,
    building,
    plan,
)
from kg.pipeline.reading import read_document, tried
from kg.pipeline.run import Progress, Run
from kg.pipeline.settings import Settings, check_place, reader_of, reviewed_of, reviewer_of
from kg.reviewed import Reviewer
from kg.second_reader import Budget, Cache, Cost, SecondReader, question_of, second_reader, stretches
from kg.texts.inputs import Skipped, find_inputs
from kg.texts.opening import Opener

MOST_TOLD = 40  # files left out that are named on the terminal; the report names all
SELDOM = 50_000  # new objects between two searches for cycles
_IDLE = "meets nothing in these documents"


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
    *,
    prune: bool = False,
) -> Built:
    """Reads what is new or changed among the files, and writes the graph of these and of all earlier ones into `folder`.

    With `prune`, files of earlier builds that are not among these are forgotten. What was read is kept as the reading
    goes on, so that a build that was ended goes on where it was; the graph changes at the end, as a whole.
    Raises NothingToBuild when no file could be read, GraphError where the folder cannot be written.
    """
    settings = replace(settings or Settings(), base=base)
    reviewed = reviewed_of(settings, folder)
    reader = cache(partial(reader_of, settings, reviewed))  # made when there is something to read: that takes a second
    reviewer = reviewer_of(reviewed, reader)
    if reviewed or settings.lexicons or settings.model:
        reader()  # says what is wrong with them before anything is read
    prepare(folder, settings, reader)
    inputs, skipped = find_inputs(paths)
    with building(folder), _second(settings, folder, reader, reviewer) as second:
        run = Run(Shards(folder), settings, reviewed, reader, reviewer, second)
        run.take(plan(inputs, run.earlier, folder, prune=prune), progress)
        skipped += [*run.notes, *run.skipped]
        if not run.given:
            raise NothingToBuild(_nothing([*skipped, *run.left_out]))
        if prune:
            run.forget_damaged()
        skipped += [Skipped(reviewed.name, f"line {d.line}: {d} {_IDLE}", note=True) for d in reviewer.idle]
        skipped += [Skipped(f"second reader {second.name}", said, note=True) for said in second.notes] if second else []
        built = run.builder.published(skipped, Links(reviewer.merged))
    left_out = (*built.skipped, *run.left_out)
    return replace(built, skipped=left_out, read=run.read, kept=run.kept, elsewhere=run.elsewhere)


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
    reader = cache(partial(reader_of, settings, reviewed))
    reviewer = reviewer_of(reviewed, reader)
    prepare(folder, settings, reader)
    budget = Budget(settings.second_reader.terms, Cache(folder).__contains__)
    inputs, _ = find_inputs(paths)
    with Opener(settings.limits, settings.columns, settings.given) as opener:
        for n, item in enumerate(inputs):
            progress(n, len(inputs), item.file)
            for found in opener(item):
                if isinstance(found, Skipped):
                    continue
                reading = tried(found, settings, partial(read_document, found, reader(), reviewer))
                for stretch in () if isinstance(reading, Skipped) else stretches(reading):
                    budget.add(question_of(stretch, settings.second_reader.endpoint))
    progress(len(inputs), len(inputs), "")
    return budget.cost


@contextmanager
def _second(
    settings: Settings, folder: Path, reader: Callable[[], EntityReader], reviewer: Reviewer
) -> Iterator[SecondReader | None]:
    """The second reader that these settings name, if they do; raises EndpointError."""
    if settings.second_reader is None:
        yield None
        return
    with second_reader(settings.second_reader, folder, reader(), reviewer.claims) as second:
        yield second


def prepare(folder: Path, settings: Settings, reader: Callable[[], EntityReader]) -> None:
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
    check_place(settings.given, reader)


def _nothing(skipped: Sequence[Skipped]) -> str:
    reasons = "\n".join(f"  {s.file}: {s.reason}" for s in skipped[:MOST_TOLD])
    if len(skipped) > MOST_TOLD:
        reasons += f"\n  and {len(skipped) - MOST_TOLD} more"
    return f"No document could be read, so no graph was written.\n{reasons}" if reasons else "No documents were given."
