"""Files and folders → a graph folder: the whole way in one place."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kg.entities import EntityReader
from kg.errors import GraphError, NothingToBuild
from kg.graph.iris import BASE, checked_base
from kg.graph.links import Links
from kg.graph_folder import Built, building, plan
from kg.pipeline.collecting import collecting_seldom
from kg.pipeline.engines import LOCAL, Engine
from kg.pipeline.files import Answer, FileReader, Job, Means, Progress
from kg.pipeline.reading import read_document, tried
from kg.pipeline.run import Run
from kg.pipeline.settings import Settings, check_place, reviewed_of
from kg.pipeline.workers import Workers, cores, fitting
from kg.remote.files import RemoteFile
from kg.texts.inputs import Input, Skipped, find_inputs
from kg.texts.opening import Opener

if TYPE_CHECKING:
    from kg.second_reader import Cost, SecondReader

MOST_TOLD = 40  # files left out that are named on the terminal; the report names all
_IDLE = "meets nothing in these documents"


@collecting_seldom()
def build(
    paths: Sequence[Path | RemoteFile],
    folder: Path,
    base: str = BASE,
    progress: Progress = lambda done, all_, file: None,
    settings: Settings | None = None,
    *,
    prune: bool = False,
    workers: int | None = None,
    engine: Engine = LOCAL,
) -> Built:
    """Reads what is new or changed among the files, and writes the graph of these and of all earlier ones into `folder`.

    With `prune`, files of earlier builds that are not among these are forgotten. What was read is kept as the reading
    goes on, so that a build that was ended goes on where it was; the graph changes at the end, as a whole.
    `workers` is how many processes read, and how many cores make the query store, by default as many as there are cores and
    the files are worth; the graph is the same. With a second reader one process reads, for that one waits and counts what it
    spends. `engine` is a cluster that is to read in their stead (docs/scale.md).
    Raises NothingToBuild when no file could be read, GraphError where the folder cannot be written.
    """
    settings = replace(settings or Settings(), base=base)
    engine.check()
    if settings.second_reader and engine != LOCAL:
        raise GraphError("a language model is asked from this machine only; leave out --engine, or --llm-url")
    job = Job(folder, settings, reviewed_of(settings, folder))
    means = Means(job)
    if job.reviewed or settings.lexicons or settings.model:
        means.reader()  # says what is wrong with them before anything is read
    prepare(folder, settings, means.reader)
    inputs, skipped = find_inputs(paths)
    with building(folder), _second(means) as second:
        run = Run(means, second)
        todo = plan(inputs, run.earlier, folder, prune=prune)
        run.take(todo, lambda new, step: read_files(means, new, step, workers, second, engine), progress)
        if not run.given:
            raise NothingToBuild(_nothing([*skipped, *run.notes, *run.skipped, *run.left_out]))
        if prune:
            run.forget_damaged()
        skipped += [Skipped(f"second reader {second.name}", said, note=True) for said in second.notes] if second else []
        return published(run, skipped, workers or cores())


def published(run: Run, skipped: Sequence[Skipped], cores: int) -> Built:
    """Writes the graph of everything that a run has taken, with so many cores."""
    means = run.means
    told = [*skipped, *run.notes, *run.skipped]
    told += [Skipped(means.job.reviewed.name, f"line {d.line}: {d} {_IDLE}", note=True) for d in means.reviewer.idle]
    built = run.builder.published(told, Links(means.reviewer.merged), cores)
    left_out = (*built.skipped, *run.left_out)
    return replace(built, skipped=left_out, read=run.read, kept=run.kept, elsewhere=run.elsewhere)


def second_reading_cost(
    paths: Iterable[Path | RemoteFile],
    folder: Path,
    settings: Settings,
    progress: Progress = lambda done, all_, file: None,
) -> Cost:
    """What `build` would send to the second reader that these settings name; reads everything once, and sends nothing.

    Raises what `build` raises before it reads.
    """
    from kg.second_reader import Budget, Cache, question_of, stretches

    if settings.second_reader is None:
        raise ValueError("these settings name no second reader")
    means = Means(Job(folder, settings, reviewed_of(settings, folder)))
    prepare(folder, settings, means.reader)
    budget = Budget(settings.second_reader.terms, Cache(folder).__contains__)
    inputs, _ = find_inputs(paths)
    with Opener(settings.limits, settings.columns, settings.given) as opener:
        for n, item in enumerate(inputs):
            progress(n, len(inputs), item.file)
            for found in opener(item):
                if isinstance(found, Skipped):
                    continue
                reading = tried(found, settings, partial(read_document, found, means.reader(), means.reviewer))
                for stretch in () if isinstance(reading, Skipped) else stretches(reading):
                    budget.add(question_of(stretch, settings.second_reader.endpoint))
    progress(len(inputs), len(inputs), "")
    return budget.cost


def read_files(
    means: Means,
    inputs: Sequence[Input],
    progress: Progress,
    workers: int | None = None,
    second: SecondReader | None = None,
    engine: Engine = LOCAL,
) -> Generator[Answer, None, None]:
    """Reads files, here, in processes of their own or on a cluster: one answer for each, in their order."""
    if engine.name == "dask":
        from kg.pipeline.cluster.dask import dask_files

        yield from dask_files(means, engine, workers, inputs, progress)
        return
    if engine.name == "spark":
        from kg.pipeline.cluster.spark import spark_files

        yield from spark_files(means, engine, inputs, progress)
        return
    number = 1 if second else min(workers or fitting(inputs), max(1, len(inputs)))
    if number > 1:
        with Workers(means, number) as read:
            yield from read(inputs, progress)
        return
    with FileReader(means, second) as read_file:
        for n, item in enumerate(inputs):
            progress(n, len(inputs), item.file)
            yield read_file(item)


@contextmanager
def _second(means: Means) -> Iterator[SecondReader | None]:
    """The second reader that these settings name, if they do; raises EndpointError."""
    wanted = means.job.settings.second_reader
    if wanted is None:
        yield None
        return
    from kg.second_reader import second_reader

    with second_reader(wanted, means.job.folder, means.reader(), means.reviewer.claims) as second:
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
