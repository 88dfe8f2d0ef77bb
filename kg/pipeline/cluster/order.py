"""A build → all that a worker must have to read for it, wherever that worker runs."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.graph_folder import rules_digest
from kg.pipeline.files import Job, Means
from kg.remote.files import RemoteFile
from kg.texts.inputs import SHARDS


@dataclass(frozen=True, slots=True)
class Packed:
    """A folder and its files, to be unpacked elsewhere."""

    name: str
    files: tuple[tuple[str, bytes], ...] = field(repr=False)

    @classmethod
    def of(cls, folder: Path) -> Packed:
        """The files that lie in a folder, but for those in folders below it."""
        files = (path for path in sorted(folder.iterdir()) if path.is_file())
        return cls(folder.name, tuple((path.name, path.read_bytes()) for path in files))

    def unpack(self, into: Path) -> Path:
        """Makes the folder below another, and returns it."""
        folder = into / self.name
        folder.mkdir(parents=True)
        for name, content in self.files:
            (folder / name).write_bytes(content)
        return folder


@dataclass(frozen=True, slots=True)
class Order:
    """What to read with, and where to put what is read: into the graph folder, or, where it is not seen, into `shards`."""

    key: str  # of this build
    job: Job = field(repr=False)  # its lexicons and model are those below
    lexicons: tuple[Packed, ...]
    model: Packed | None
    rules: str  # a hash of the program here; the worker's must be the same
    sign: Path  # a folder that exists during this build, for whoever sees the graph folder
    shards: RemoteFile | None

    def unpacked(self, into: Path) -> Job:
        """The job for a worker, whose own folder is `into`."""
        lexicons = tuple(one.unpack(into / f"lexicon {n}") for n, one in enumerate(self.lexicons))
        model = self.model.unpack(into / "model") if self.model else None
        settings = replace(self.job.settings, lexicons=lexicons, model=model)
        if self.shards is None:
            return replace(self.job, settings=settings)
        folder = into / "graph"
        folder.mkdir()
        return Job(folder, settings, self.job.reviewed)


@contextmanager
def ordered(means: Means, shards: RemoteFile | None) -> Iterator[Order]:
    """The order for a build, as long as it goes on; raises OSError."""
    job, settings = means.job, means.job.settings
    folder = job.folder.absolute()
    means.shards.prepare()
    plain = replace(settings, lexicons=(), model=None, reviewed=None)
    with tempfile.TemporaryDirectory(prefix=".draft.", dir=folder / SHARDS) as sign:
        yield Order(
            uuid.uuid4().hex,
            Job(folder, plain, job.reviewed),
            _packed(settings.lexicons),
            Packed.of(settings.model) if settings.model else None,
            rules_digest(),
            Path(sign),
            shards,
        )


def _packed(folders: Iterable[Path]) -> tuple[Packed, ...]:
    return tuple(map(Packed.of, folders))
