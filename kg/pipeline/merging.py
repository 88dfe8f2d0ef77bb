"""Graph folders → the graph folder that one build of all their documents would have made, without reading any of them again.

What was read lies in shards, one for each file, which depend on their file alone; so merging is associative and
commutative, and what has to see the whole corpus (copies, near-copies, which file counts) is found when it is published.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kg.errors import GraphError
from kg.graph_folder import Built, Shard, Shards, building
from kg.graph_folder.plan import path_from, place_of, plan
from kg.pipeline.building import prepare, published, read_files
from kg.pipeline.collecting import collecting_seldom
from kg.pipeline.files import Job, Means, Progress
from kg.pipeline.run import Run
from kg.pipeline.settings import Settings, reviewed_of
from kg.pipeline.workers import cores
from kg.reviewed import REVIEWED_FILE

MOST_TOLD = 10  # files of two contents that an error names


@collecting_seldom()
def merge(
    folders: Sequence[Path],
    into: Path,
    progress: Progress = lambda done, all_, file: None,
    lexicons: tuple[Path, ...] = (),
) -> Built:
    """Takes the shards of graph folders over into another, which may have some, and publishes the graph of them all.

    A file that several folders hold with the same content is taken once. Raises GraphError for a folder without shards,
    for two files of one name, folders of two bases, or decisions that are not the same in all.
    """
    came = {folder: _shards_of(folder) for folder in folders}
    here = Shards(into).heads()[0] if into.is_dir() else []
    base = _one_base([*here, *(shard for shards in came.values() for shard in shards)])
    _check_names(here, came)
    settings = Settings(base=base, lexicons=lexicons, reviewed=_decisions([*folders, into]))
    means = Means(Job(into, settings, reviewed_of(settings, into)))
    prepare(into, settings, means.reader)
    with building(into):
        known = {shard.origin.file for shard in here}
        for folder, shards in came.items():
            for shard in shards:
                if shard.origin.file not in known:
                    means.shards.take_over(Shards(folder), shard, path_from(into, place_of(folder, shard.origin.path)))
                    known.add(shard.origin.file)
        if settings.reviewed is not None and settings.reviewed.parent != into:
            shutil.copyfile(settings.reviewed, into / REVIEWED_FILE)
        run = Run(means, None)
        run.take(
            plan([], run.earlier, into, prune=False), lambda inputs, step: read_files(means, inputs, step), progress
        )
        return replace(published(run, [], cores()), elsewhere=0)


def _shards_of(folder: Path) -> list[Shard]:
    shards, damaged = Shards(folder).heads() if folder.is_dir() else ([], [])
    if damaged:
        raise GraphError(f"{folder}: {damaged[0]} is damaged; run kg build there once more, then merge")
    if not shards:
        raise GraphError(f"{folder} holds no graph that kg build made; build one: kg build DOCS --out {folder}")
    return shards


def _one_base(shards: Sequence[Shard]) -> str:
    bases = sorted({shard.base for shard in shards})
    if len(bases) > 1:
        raise GraphError(f"the graphs have different bases: {', '.join(bases)}; build them with one --base")
    return bases[0]


def _check_names(here: Sequence[Shard], came: dict[Path, list[Shard]]) -> None:
    """Raises GraphError where one name stands for two contents: the graph would call two files one."""
    content = {shard.origin.file: (shard.origin.content, shard.digest) for shard in here}
    other: list[str] = []
    for folder, shards in came.items():
        for shard in shards:
            mine = shard.origin.content, shard.digest
            if content.setdefault(shard.origin.file, mine) != mine:
                other.append(f"  {shard.origin.file} in {folder}")
    if other:
        named = "\n".join(other[:MOST_TOLD])
        more = f"\n  and {len(other) - MOST_TOLD} more" if len(other) > MOST_TOLD else ""
        raise GraphError(
            f"{len(other)} files have the name of another file, or were read otherwise; give them other names, or build "
            f"them from a folder of another name\n{named}{more}"
        )


def _decisions(folders: Sequence[Path]) -> Path | None:
    """The reviewed.csv that all folders that have one agree on."""
    found = [path for folder in folders if (path := folder / REVIEWED_FILE).is_file()]
    if len({path.read_bytes() for path in found}) > 1:
        names = ", ".join(map(str, found))
        raise GraphError(f"the decisions differ: {names}; make them one, and put it into each of these folders")
    return found[-1] if found else None
