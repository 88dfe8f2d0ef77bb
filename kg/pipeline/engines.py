"""What a user says about where files are read: by processes of this machine, or by a cluster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.errors import GraphError
from kg.remote.files import RemoteFile

EngineName = Literal["local", "dask", "spark"]


@dataclass(frozen=True, slots=True)
class Engine:
    """Who reads, and how they are reached."""

    name: EngineName = "local"
    scheduler: str = ""  # of Dask: tcp://host:8786; without it the build starts a cluster of its own on this machine
    master: str = ""  # of Spark: spark://host:7077, yarn, local[4]
    shards: RemoteFile | None = None  # where workers put what they read, if they do not see the graph folder

    def check(self) -> None:
        """Raises GraphError where something is said to an engine that has no use for it."""
        for option, value, name in (("--scheduler", self.scheduler, "dask"), ("--master", self.master, "spark")):
            if value and self.name != name:
                raise GraphError(f"{option} is for --engine {name}; say that, or leave out {option}")
        if self.shards is not None and self.name == "local":
            raise GraphError("--shards is for --engine dask and --engine spark; leave it out")
        if self.shards is not None:
            self.shards.check()


LOCAL = Engine()
