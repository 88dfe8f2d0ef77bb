"""The settings and decisions of a build → what each file is read with, as hashes; and whether it would be read again today."""

from __future__ import annotations

from pathlib import Path

from kg.graph_folder import (
    ReadWith,
    digest_of,
    folder_digest,
    rules_digest,
)
from kg.graph_folder.status import Status
from kg.graph_folder.status import status as folder_status
from kg.model import NOTHING_GIVEN, Given
from kg.pipeline.settings import Settings, reviewed_of
from kg.reviewed import Reviewed
from kg.reviewed.decisions import text_of


class Keys:
    """What files are read with in this run, as hashes."""

    def __init__(self, settings: Settings, reviewed: Reviewed) -> None:
        self._all = ReadWith(
            rules_digest(),
            folder_digest(settings.lexicons),
            folder_digest([settings.model] if settings.model else []),
            _settings_digest(settings),
        )
        self._pairs = [text_of(pair) for pair in (*reviewed.same, *reviewed.apart)]
        self._verdicts = reviewed.verdicts

    @property
    def known(self) -> str:
        """That of all lexicons."""
        return digest_of(self._all.rules, self._all.lexicons, *self._pairs)

    def of(self, file: str, said: str) -> ReadWith:
        """The keys of one file; `said` is that of what an index says of it."""
        within = (f"{file}#", f"{file}/")
        mine = [text_of(v) for v in self._verdicts if v.file in ("", file) or v.file.startswith(within)]
        decisions = [*self._pairs, *mine]
        return self._all._replace(said=said, decisions=digest_of(*decisions) if decisions else "")


def said_of(given: Given) -> str:
    """A hash of what an index says of a file; empty where it says nothing."""
    return "" if given == NOTHING_GIVEN else digest_of(repr(given))


def _settings_digest(settings: Settings) -> str:
    second = settings.second_reader
    asked = (second.endpoint.url, second.endpoint.model, second.terms.confidence) if second else ()
    return digest_of(*map(repr, (settings.base, settings.limits, settings.columns, settings.given, asked)))


def status(folder: Path) -> Status:
    """What stands in a graph folder, and which files are to be read again, and why; raises GraphError, ReviewError.

    The program, its lexicons and reviewed.csv are compared with those of today; own lexicons, a model and settings are
    named with each build, and taken for unchanged.
    """
    keys = Keys(Settings(), reviewed_of(Settings(), folder))

    def now(file: str, before: ReadWith) -> ReadWith:
        today = keys.of(file, before.said)
        return before._replace(rules=today.rules, decisions=today.decisions)

    return folder_status(folder, now)
