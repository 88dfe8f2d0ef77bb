"""A build in this process → CPU seconds of each stage of the way, and seconds by the clock, without the stages that it calls.

The functions at which the stages begin are named in STAGES and wrapped wherever a module holds them; they are called once
for a document or a part, so that the clock costs nothing that shows.
"""

from __future__ import annotations

import functools
import importlib
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

OPEN, PARTS, SENTENCES = "open, decode, clean", "parts and places", "sentences"
MENTIONS, CLAIMS, SHARDS = "mentions", "claims", "quads and shards"
FACTS, PUBLISHING, STORE, REST = "facts", "publishing", "query store", "rest"
STAGES = {
    "kg.pipeline.building:build": REST,
    "kg.pipeline.files:Means.origin": OPEN,
    "kg.texts.opening:Opener.__call__": OPEN,
    "kg.pipeline.reading:placed_parts": PARTS,
    "kg.texts:split_sentences": SENTENCES,
    "kg.entities:EntityReader.mentions_of_part": MENTIONS,
    "kg.pipeline.reading:read_document": CLAIMS,  # all that it does itself: what is asked of kg.relations
    "kg.pipeline.files:FileReader.__call__": SHARDS,
    "kg.graph_folder.shards:ShardWriter.read": SHARDS,
    "kg.graph_folder.facts:facts_of": FACTS,
    "kg.graph_folder.shards:Shards.documents": FACTS,
    "kg.graph_folder.building:Builder.published": PUBLISHING,
    "kg.graph.large:prepare": STORE,
}  # module:function or module:class.method
ITERATED = ("kg.texts.opening:Opener.__call__",)  # what gives one thing after the other
ORDER = (OPEN, PARTS, SENTENCES, MENTIONS, CLAIMS, SHARDS, FACTS, PUBLISHING, STORE, REST)


class Clock:
    """CPU seconds and seconds by stage; what happens inside another stage counts there alone."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self.elapsed: dict[str, float] = defaultdict(float)
        self._within: list[str] = []
        self._since = (0.0, 0.0)

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        self._turn()
        self._within.append(stage)
        try:
            yield
        finally:
            self._turn()
            self._within.pop()

    def _turn(self) -> None:
        now = time.process_time(), time.perf_counter()
        if self._within:
            self.spent[self._within[-1]] += now[0] - self._since[0]
            self.elapsed[self._within[-1]] += now[1] - self._since[1]
        self._since = now

    def calls(self, stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, with its time taken."""

        @functools.wraps(work)
        def timed(*given: Any, **named: Any) -> Any:
            with self(stage):
                return work(*given, **named)

        return timed

    def iterations(self, stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same generator, with the time between its things not counted."""

        @functools.wraps(work)
        def timed(*given: Any, **named: Any) -> Iterator[Any]:
            things = work(*given, **named)
            with suppress(StopIteration):
                while True:
                    with self(stage):
                        thing = next(things)
                    yield thing

        return timed


@contextmanager
def clocked() -> Iterator[Clock]:
    """Takes the time of all stages of builds in this process."""
    clock = Clock()
    undo = []
    for where, stage in STAGES.items():
        wrap = clock.iterations if where in ITERATED else clock.calls
        undo += replaced(where, functools.partial(wrap, stage))
    try:
        yield clock
    finally:
        for holder, name, work in reversed(undo):
            setattr(holder, name, work)


def replaced(where: str, wrap: Callable[[Callable[..., Any]], Callable[..., Any]]) -> list[tuple[Any, str, Any]]:
    """Puts a wrapped function in the place of a function wherever a module of kg holds it; what was there, to undo it."""
    begins, _, path = where.partition(":")
    holder: Any = importlib.import_module(begins)
    *classes, name = path.split(".")
    for one in classes:
        holder = getattr(holder, one)
    work = getattr(holder, name)
    ours = [module for name, module in sys.modules.items() if name.partition(".")[0] == "kg"]
    holders: list[Any] = [holder] if classes else [*ours]
    found = [(one, key) for one in holders for key, value in [*vars(one).items()] if value is work]
    for one, key in found:
        setattr(one, key, wrap(work))
    return [(one, key, work) for one, key in found]
