"""The whole way in one place: files and folders → a graph folder with graph.nq, graph.ttl, mentions.csv and report.html."""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from typing import TypeVar

from kg import texts
from kg.entities import EntityReader, entity_reader
from kg.entities.given import given_place
from kg.entities.trained import read_model
from kg.errors import GraphError, NothingToBuild, ReviewError, TooSlow, UnreadableFile
from kg.graph.iris import BASE, checked_base
from kg.graph.links import Links
from kg.graph_folder import (
    Builder,
    Built,
    ReadWith,
    Shard,
    Shards,
    Work,
    building,
    digest_of,
    folder_digest,
    plan,
    rules_digest,
)
from kg.graph_folder.facts import text_digest
from kg.graph_folder.plan import Plan, path_from
from kg.graph_folder.shards import Origin, ShardWriter
from kg.graph_folder.status import Status
from kg.graph_folder.status import status as folder_status
from kg.lexicons import load_lexicons, with_own_lexicons
from kg.model import NOTHING_GIVEN, Claim, Document, Entity, Given, Kind, Mention, Part, Reading, Sentence
from kg.relations import ClaimReader, claims_of_part, relinked, role_mentions
from kg.relations.confidence import with_confidence
from kg.reviewed import NOTHING_REVIEWED, REVIEWED_FILE, Reviewed, Reviewer, lexicons_with, read_reviewed
from kg.reviewed.decisions import text_of
from kg.second_reader import Budget, Cache, Cost, SecondReader, SecondReading, question_of, second_reader, stretches
from kg.texts.formats.columns import Columns
from kg.texts.given import with_given
from kg.texts.inputs import Input, Skipped, find_inputs
from kg.texts.opening import Limits, Opener, time_limit

MOST_TOLD = 40  # files left out that are named on the terminal; the report names all
SELDOM = 50_000  # new objects between two searches for cycles
_IDLE = "meets nothing in these documents"
_DAMAGED = "what was read from a file is damaged here, and the file was not given now; give it once more"
_GONE = "it must be read once more, for what was read from it cannot be used; but it is not where it was: give it again"
_STALE = "{files} files that are not given now were read with other rules, lexicons, settings or decisions; kg status names them"
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


def reviewer_of(reviewed: Reviewed, reader: Callable[[], EntityReader]) -> Reviewer:
    """What applies these decisions to what is read; raises ReviewError."""
    return Reviewer(reviewed, lambda entity: reader().known(entity), lambda name: _place_named(name, reader()))


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
    reviewer = reviewer or reviewer_of(NOTHING_REVIEWED, lambda: reader)
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
    _check_place(settings.given, lambda: reader or reader_of(settings))
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
    _prepare(folder, settings, reader)
    inputs, skipped = find_inputs(paths)
    with building(folder), _second(settings, folder, reader, reviewer) as second:
        run = _Run(Shards(folder), settings, reviewed, reader, reviewer, second)
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


class _Run:
    """One build: takes its files in order, those that were read before from their shards."""

    def __init__(
        self,
        shards: Shards,
        settings: Settings,
        reviewed: Reviewed,
        reader: Callable[[], EntityReader],
        reviewer: Reviewer,
        second: SecondReader | None,
    ) -> None:
        self._keys = _Keys(settings, reviewed)
        self.builder = Builder(shards, settings.base, lambda: reader().lexicons, self._keys.known)
        self.earlier, self.damaged = shards.heads()
        self.notes: list[Skipped] = []
        self.skipped: list[Skipped] = []
        self.left_out: list[Skipped] = []  # what gave no document in the files given, which their shards remember
        self.given = 0  # documents in the files given
        self.read = self.kept = self.elsewhere = 0
        self._stale = 0
        self._shards = shards
        self._settings = settings
        self._read_with = lambda document: read_document(document, reader(), reviewer)
        self._reviewer = reviewer
        self._second = second

    def take(self, todo: Plan, progress: Progress) -> None:
        """Goes through all files, and forgets those that are not to count."""
        with Opener(self._settings.limits, self._settings.columns, self._settings.given) as opener:
            for n, work in enumerate(todo.work):
                progress(n, len(todo.work), work.file)
                if shard := self._kept(work) or self._read(work, opener):
                    self.builder.end_of_file(shard)
                    if work.input is not None:
                        self.left_out += shard.skipped
                        self.given += shard.documents
        progress(len(todo.work), len(todo.work), "")
        if self.given:
            for shard in todo.forgotten:
                self._shards.remove(shard)
        if self.damaged:  # and not read again
            self.notes += [Skipped(file, _DAMAGED, note=True) for file in self._shards.heads()[1]]
        if self._stale:
            self.notes.append(Skipped("earlier builds", _STALE.format(files=self._stale), note=True))

    def forget_damaged(self) -> None:
        """Forgets files of earlier builds of which not even the name can be read any more."""
        if self.damaged:
            self._shards.remove_damaged()

    def _kept(self, work: Work) -> Shard | None:
        """The shard of an earlier build, if it serves; its documents are taken."""
        shard = work.shard
        if shard is not None and work.input is not None:
            shard = self._as_now(shard, work.input)
        if shard is None:
            return None
        documents = self._shards.documents(shard)
        if documents is None or shard.base != self._settings.base or not self.builder.can_take(documents):
            return None
        for facts in documents:
            self.builder.add(facts)
        self._reviewer.recall(shard.met)
        if self._second:
            self._second.recall(shard.asked)
        self.kept += 1
        if work.input is None:
            self.elsewhere += 1
            self._stale += shard.origin.read_with != self._keys.of(work.file, shard.origin.read_with.said)
        return shard

    def _as_now(self, shard: Shard, item: Input) -> Shard | None:
        """The shard, if the file is what it was and would be read with the same; it may have moved."""
        now = self._origin(item)
        if now is None or not shard.final or shard.origin != now._replace(path=shard.origin.path):
            return None
        return self._shards.moved(shard, now.path)

    def _origin(self, item: Input) -> Origin | None:
        """What the file is now; None where it cannot be read."""
        try:
            with item.path.open("rb") as content:
                digest = hashlib.file_digest(content, "sha256").hexdigest()
        except OSError:
            return None
        read_with = self._keys.of(item.file, said_of(item.given))
        return Origin(item.file, path_from(self._shards.folder, item.path), digest, read_with)

    def _read(self, work: Work, opener: Opener) -> Shard | None:
        """Reads a file into its shard; None where it is gone."""
        item = work.input or self._again(work)
        origin = self._origin(item) if item else None
        if item is None or origin is None:
            reason = (
                _GONE if work.input is None else "it cannot be read: check that it is there and that you may read it"
            )
            self.skipped.append(Skipped(work.file, reason))
            return None
        with self._shards.writing(origin, self._settings.base) as out:
            for found in opener(item):
                if isinstance(found, Skipped):
                    out.leave_out(found)
                else:
                    self._read_document(found, out)
            out.met = self._reviewer.taken()
            if self._second:
                out.final = out.final and not self._second.unanswered
                out.asked = self._second.taken()
        for facts in out.documents:
            self.builder.add(facts)
        self.read += 1
        return out.shard

    def _again(self, work: Work) -> Input | None:
        """A file of an earlier build that must be read once more, where it was; what an index said of it is asked anew."""
        assert work.shard is not None
        path = self._shards.folder / work.shard.origin.path
        found, _ = find_inputs([path]) if path.is_file() else ([], [])
        return replace(found[0], file=work.file) if found else None

    def _read_document(self, document: Document, out: ShardWriter) -> None:
        """Reads a document, unless another has the same text; whatever happens, the run goes on with the next."""
        digest = text_digest(document)
        if self.builder.holds_text(digest) or any(f.digest == digest and not f.leaves_open for f in out.documents):
            out.copy(document)
            return
        reading = _tried(document, self._settings, partial(self._read_with, document))
        if isinstance(reading, Skipped):
            out.leave_out(reading)
            return
        if self._second:  # it waits for a network, and has a time limit of its own
            reading = self._second(reading)
        out.read(reading, self._reviewer.refused(document.id))


def status(folder: Path) -> Status:
    """What stands in a graph folder, and which files are to be read again, and why; raises GraphError, ReviewError.

    The program, its lexicons and reviewed.csv are compared with those of today; own lexicons, a model and settings are
    named with each build, and taken for unchanged.
    """
    keys = _Keys(Settings(), reviewed_of(Settings(), folder))

    def now(file: str, before: ReadWith) -> ReadWith:
        today = keys.of(file, before.said)
        return before._replace(rules=today.rules, decisions=today.decisions)

    return folder_status(folder, now)


class _Keys:
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


def _settings_digest(settings: Settings) -> str:
    second = settings.second_reader
    asked = (second.endpoint.url, second.endpoint.model, second.terms.confidence) if second else ()
    return digest_of(*map(repr, (settings.base, settings.limits, settings.columns, settings.given, asked)))


def said_of(given: Given) -> str:
    """A hash of what an index says of a file; empty where it says nothing."""
    return "" if given == NOTHING_GIVEN else digest_of(repr(given))


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
    _prepare(folder, settings, reader)
    budget = Budget(settings.second_reader.terms, Cache(folder).__contains__)
    inputs, _ = find_inputs(paths)
    with Opener(settings.limits, settings.columns, settings.given) as opener:
        for n, item in enumerate(inputs):
            progress(n, len(inputs), item.file)
            for found in opener(item):
                if isinstance(found, Skipped):
                    continue
                reading = _tried(found, settings, partial(read_document, found, reader(), reviewer))
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


def _tried(document: Document, settings: Settings, work: Callable[[], T]) -> T | Skipped:
    """What the work on a document gives, or why it had to be given up."""
    try:
        with time_limit(settings.limits.seconds):
            return work()
    except UnreadableFile as fault:
        return Skipped(document.file, str(fault), passing=isinstance(fault, TooSlow))
    except (RecursionError, MemoryError):
        return Skipped(document.file, "reading it takes more memory than there is; split it", passing=True)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as fault:
        return Skipped(
            document.file, f"policy-kg failed on it ({type(fault).__name__}: {fault}); please report this file"
        )


def _prepare(folder: Path, settings: Settings, reader: Callable[[], EntityReader]) -> None:
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


def _check_place(given: Given, reader: Callable[[], EntityReader]) -> None:
    if given.place and not reader().knows_place(given.place):
        raise GraphError(
            f"--place {given.place}: no place or several have this name; write it in full, such as 南京市鼓楼区"
        )


def _nothing(skipped: Sequence[Skipped]) -> str:
    reasons = "\n".join(f"  {s.file}: {s.reason}" for s in skipped[:MOST_TOLD])
    if len(skipped) > MOST_TOLD:
        reasons += f"\n  and {len(skipped) - MOST_TOLD} more"
    return f"No document could be read, so no graph was written.\n{reasons}" if reasons else "No documents were given."
