"""The whole way in one place: files and folders → a graph folder with graph.nq, graph.ttl, mentions.csv and report.html."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import FrameType

from kg import texts
from kg.entities import entity_reader
from kg.errors import GraphError, NothingToBuild, UnreadableFile
from kg.graph.iris import BASE, checked_base
from kg.graph.mentions import MENTIONS_FILE, write_mentions
from kg.graph.shards import Shards
from kg.graph.store import GRAPH_FILE, open_graph
from kg.graph.triples import copy_quads, only_part, reference_quads, twin_quad, used_ids, write_nquads
from kg.lexicons import load_lexicons
from kg.model import NOTHING_GIVEN, TEXTS, Claim, Document, Given, Kind, Mention, Part, Reading, Relation, Sentence
from kg.relations import claims_of_part, relinked, role_mentions
from kg.texts.duplicates import Sketch, Twin, Verdict, sketch, twins
from kg.texts.formats.columns import Columns
from kg.texts.given import with_given
from kg.texts.inputs import Input, Skipped, find_inputs
from kg.texts.opening import Limits, Opener
from kg.views.from_readings import build_report, file_report
from kg.views.records import FileReport
from kg.views.report import report_html

Progress = Callable[[int, int, str], None]  # done, all, file
TURTLE_LIMIT = 1_000_000  # quads up to which the graph is also written in Turtle, for people


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may say about a build."""

    base: str = BASE
    limits: Limits = field(default_factory=Limits)
    columns: Columns = field(default_factory=Columns)
    given: Given = NOTHING_GIVEN


@dataclass(frozen=True, slots=True)
class Built:
    """What a build read and wrote."""

    folder: Path
    files: tuple[FileReport, ...]  # one for each document
    skipped: tuple[Skipped, ...]
    copies: tuple[tuple[str, str], ...]  # (file, the file that holds the same text)
    quads: int

    @property
    def claims(self) -> int:
        return sum(file.claims for file in self.files)

    @property
    def parts(self) -> int:
        return sum(len(file.parts) for file in self.files)


@dataclass(frozen=True, slots=True)
class _Read:
    """What is remembered of a document while its quads and mentions lie in the shards; tuples have one item per part."""

    id: str
    report: FileReport
    sketches: tuple[Sketch | None, ...]
    used: tuple[frozenset[str], ...]
    things: tuple[frozenset[tuple[Kind, str]], ...]
    claims: tuple[Counter[Relation], ...]
    mentions: tuple[int, ...]

    def node(self, part: int) -> int | None:
        """The number in the name of the part's node; the only part of a document is the document."""
        return part if len(self.claims) > 1 else None


def read_file(data: bytes, file: str) -> Reading:
    """Everything that can be read from a plain text file; raises UnreadableFile."""
    return read_document(texts.read_document(data, file))


def placed_parts(document: Document) -> tuple[Part, ...]:
    """The parts of a document, with place, year and genre decided; what the user gave goes before what the text says."""
    return entity_reader().place_parts(with_given(texts.split_parts(document), document.given))


def read_document(document: Document) -> Reading:
    """Everything that can be read from a document."""
    reader = entity_reader()
    parts = placed_parts(document)
    sentences: list[Sentence] = []
    mentions: list[Mention] = []
    claims: list[Claim] = []
    for part in parts:
        of_part = texts.split_sentences(part)
        found = reader.mentions_of_part(of_part)
        named_here = list(zip(of_part, found, strict=True))
        said = tuple(relinked(claim, reader.known) for claim in claims_of_part(named_here, reader.lies_within))
        named = [mention for of_sentence in found for mention in of_sentence]
        sentences += of_part
        mentions += sorted((*named, *role_mentions(said, named)), key=lambda m: (m.span.start, -m.span.end, m.kind))
        claims += said
    return Reading(document, parts, tuple(sentences), tuple(mentions), tuple(claims))


def documents_in(paths: Iterable[Path], settings: Settings) -> Iterator[Document | Skipped]:
    """The documents in files and folders, and what gave none, as `kg inspect` shows them."""
    inputs, skipped = find_inputs(paths)
    yield from skipped
    with Opener(settings.limits, settings.columns, settings.given) as opener:
        for item in inputs:
            yield from _opened(opener, item, settings.limits)


def build(
    paths: Sequence[Path],
    folder: Path,
    base: str = BASE,
    progress: Progress = lambda done, all_, file: None,
    settings: Settings | None = None,
) -> Built:
    """Reads the files and writes the graph into `folder`. Raises NothingToBuild when no file could be read.

    Nothing in the folder changes before everything has been read.
    """
    settings = replace(settings or Settings(), base=base)
    _prepare(folder, settings)
    inputs, skipped = find_inputs(paths)
    with _draft_folder(folder) as draft:
        work = _Build(Shards(draft, base), draft, settings)
        with Opener(settings.limits, settings.columns, settings.given) as opener:
            for n, item in enumerate(inputs):
                progress(n, len(inputs), item.file)
                for found in _opened(opener, item, settings.limits):
                    skipped += work.add(found)
        progress(len(inputs), len(inputs), "")
        if not work.read:
            raise NothingToBuild(_nothing(skipped))
        return work.finish(folder, skipped)


class _Build:
    """The documents of one build, as they are read one after the other."""

    def __init__(self, shards: Shards, draft: Path, settings: Settings) -> None:
        self._shards = shards
        self._draft = draft
        self._settings = settings
        self._same: dict[bytes, _Read] = {}
        self._copies: list[tuple[Document, _Read]] = []
        self.read: list[_Read] = []

    def add(self, found: Document | Skipped) -> list[Skipped]:
        """Reads a document, if it is one and no copy of another; what is left out is returned."""
        if isinstance(found, Skipped):
            return [found]
        digest = _digest(found)
        if (first := self._same.get(digest)) is not None:
            if first.id != found.id:  # else the same file of two folders given, under the same name
                self._copies.append((replace(found, text="", clean="", left_out=()), first))
            return []
        try:
            with _time_limit(self._settings.limits.seconds):
                read = self._laid_down(read_document(found))
        except UnreadableFile as fault:
            return [Skipped(found.file, str(fault))]
        except (RecursionError, MemoryError):
            return [Skipped(found.file, "reading it takes more memory than there is; split it")]
        self._same[digest] = read
        self.read.append(read)
        return []

    def _laid_down(self, reading: Reading) -> _Read:
        self._shards.write(reading)
        if reading.document.extracted_to:
            _write(self._draft / f"{reading.document.id}.txt", reading.document.text)
        parts = [only_part(reading, n) for n in range(len(reading.parts))]
        return _Read(
            reading.document.id,
            file_report(reading),
            tuple(sketch(part, n) for n, part in enumerate(reading.parts, 1)),
            tuple(frozenset(used_ids(part)) for part in parts),
            tuple(frozenset((m.entity.kind, m.entity.id) for m in part.mentions if m.entity) for part in parts),
            tuple(Counter(claim.relation for claim in part.claims) for part in parts),
            tuple(len(part.mentions) for part in parts),
        )

    def finish(self, folder: Path, skipped: Sequence[Skipped]) -> Built:
        """Writes everything: the graph first, then what is made from it."""
        found = twins(s for read in self.read for s in read.sketches if s)
        dropped = _dropped(self.read, found)
        lines = self._lines(found, dropped)
        count = write_nquads(lines, folder / GRAPH_FILE)
        rows = (row for read in self._by_name() for row in self._shards.mentions(read.id, dropped.get(read.id, ())))
        write_mentions(rows, folder / MENTIONS_FILE)
        self._keep_texts(folder)
        (folder / "graph.ttl").unlink(missing_ok=True)
        if count <= TURTLE_LIMIT:
            open_graph(folder).turtle(folder / "graph.ttl")
        files, copies = self._reports(found, dropped)
        kept = [
            (read, n) for read in self.read for n in range(len(read.claims)) if n + 1 not in dropped.get(read.id, ())
        ]
        things = Counter(kind for kind, _ in {thing for read, n in kept for thing in read.things[n]})
        claims: Counter[Relation] = sum((read.claims[n] for read, n in kept), Counter())
        report = build_report(files, things, claims, [(s.file, s.reason) for s in skipped], copies)
        _write(folder / "report.html", report_html(report))
        return Built(folder, report.files, tuple(skipped), report.copies, count)

    def _by_name(self) -> list[_Read]:
        return sorted(self.read, key=lambda read: read.report.file)

    def _lines(self, found: Sequence[Twin], dropped: Mapping[str, set[int]]) -> Iterator[str]:
        base = self._settings.base
        used: set[str] = set()
        for read in self.read:
            out = dropped.get(read.id, set())
            used |= {id_ for n, ids in enumerate(read.used, 1) if n not in out for id_ in ids}
            yield from self._shards.quads(read.id, out)
        by_file = {read.report.file: read for read in self.read}
        for twin in found:
            if twin.verdict is not Verdict.SHARES:
                mine, its = by_file[twin.key[0]], by_file[twin.of[0]]
                yield twin_quad(mine.id, mine.node(twin.key[1]), its.id, its.node(twin.of[1]), base)
        for document, original in self._copies:
            yield from copy_quads(document.file, document.id, original.id, base)
        yield from reference_quads(load_lexicons(), used, base)

    def _reports(
        self, found: Sequence[Twin], dropped: Mapping[str, set[int]]
    ) -> tuple[list[FileReport], list[tuple[str, str]]]:
        """The files with what was found of their parts, and the files that are copies as a whole."""
        of_part = {twin.key: twin for twin in found}
        files = []
        copies = [(document.file, original.report.file) for document, original in self._copies]
        for read in self.read:
            out = dropped.get(read.id, set())
            file = read.report.file
            parts = tuple(
                replace(
                    part, twin=of_part[file, n].verdict, twin_of=of_part[file, n].of[0], twin_said=of_part[file, n].said
                )
                if (file, n) in of_part
                else part
                for n, part in enumerate(read.report.parts, 1)
            )
            kept = [n for n in range(len(parts)) if n + 1 not in out]
            claims = sum(sum(read.claims[n].values()) for n in kept)
            mentions = sum(read.mentions[n] for n in kept)
            files.append(replace(read.report, parts=parts, claims=claims, mentions=mentions))
            if len(out) == len(parts):
                copies.append((file, of_part[file, 1].of[0]))
        return files, copies

    def _keep_texts(self, folder: Path) -> None:
        """The texts of this build, and none of an earlier one."""
        new = {path.name: path for path in self._draft.glob("*.txt")}
        kept = folder / TEXTS
        if new:
            kept.mkdir(exist_ok=True)
        for name, path in new.items():
            path.replace(kept / name)
        for path in kept.glob("*.txt"):
            if path.name not in new:
                path.unlink()
        if kept.is_dir() and not new and not any(kept.iterdir()):
            kept.rmdir()


def _digest(document: Document) -> bytes:
    """Of the text and of what the user says of it: documents that agree in both are read once."""
    given = replace(document.given, url="", by="")
    return hashlib.sha256(f"{given!r}\0{document.text}".encode("utf-8", "surrogatepass")).digest()


def _dropped(read: Iterable[_Read], found: Iterable[Twin]) -> dict[str, set[int]]:
    """The parts of each document that repeat another's: they are named in the graph and say nothing in it."""
    ids = {one.report.file: one.id for one in read}
    dropped: dict[str, set[int]] = {}
    for twin in found:
        if twin.verdict is not Verdict.SHARES:
            dropped.setdefault(ids[twin.key[0]], set()).add(twin.key[1])
    return dropped


def _opened(opener: Opener, item: Input, limits: Limits) -> Iterator[Document | Skipped]:
    """The documents of a file; each must come within twice the time limit, or the rest of the file is left out."""
    documents = opener(item)
    while True:
        try:
            with _time_limit(2 * limits.seconds):
                found = next(documents, None)
        except UnreadableFile as fault:
            found = Skipped(item.file, str(fault))
        if found is None:
            return
        yield found


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raises UnreadableFile in what runs too long; only where the system has alarms, and in the main thread."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise UnreadableFile(f"reading took longer than {seconds:g} seconds; split the file, or raise --max-seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _draft_folder(folder: Path) -> Iterator[Path]:
    """A folder inside the graph's, gone afterwards; a graph folder that was made for nothing goes with it."""
    new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".reading.", dir=folder))
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        if new and not any(folder.iterdir()):
            folder.rmdir()


def _write(path: Path, text: str) -> None:
    """The whole file or the old one: never half of it."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_text(text, encoding="utf-8", errors="surrogatepass", newline="")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _prepare(folder: Path, settings: Settings) -> None:
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
    place = settings.given.place
    if place and not entity_reader().knows_place(place):
        raise GraphError(f"--place {place}: no place or several have this name; write it in full, such as 南京市鼓楼区")


def _nothing(skipped: Sequence[Skipped]) -> str:
    reasons = "\n".join(f"  {s.file}: {s.reason}" for s in skipped)
    return f"No document could be read, so no graph was written.\n{reasons}" if reasons else "No documents were given."
