"""What was read from one document after the other → a graph folder, in which copies count once; it is filled in the end."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from kg.graph.links import Links, links_quads
from kg.graph.mentions import MENTIONS_FILE, write_mentions
from kg.graph.shards import Shards
from kg.graph.store import GRAPH_FILE, open_graph
from kg.graph.triples import copy_quads, entities_of, only_part, reference_quads, twin_quad, used_ids, write_nquads
from kg.lexicons import Lexicons
from kg.model import TEXTS, Document, Kind, Reading, Relation
from kg.texts.duplicates import Sketch, Twin, Verdict, sketch, twins
from kg.texts.inputs import TEXT_NAME, Skipped
from kg.views.from_readings import build_report, file_report
from kg.views.records import BuildReport, FileReport, PartReport
from kg.views.report import report_html

TURTLE_FILE = "graph.ttl"
REPORT_FILE = "report.html"
TURTLE_LIMIT = 1_000_000  # quads up to which the graph is also written in Turtle, for people
TWIN_PROPERTIES = {Verdict.COPY: "copyOf", Verdict.ALTERED: "alteredFrom", Verdict.SHARES: "sharesTextWith"}
NO_LINKS = Links()
_DRAFT = ".reading."  # and the number of the process


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
class _Part:
    """What is remembered of a part while its quads and mentions lie in the shards."""

    sketch: Sketch | None
    used: frozenset[str]
    things: frozenset[tuple[Kind, str]]
    claims: Counter[Relation]
    mentions: int


@dataclass(frozen=True, slots=True)
class _Read:
    """The same of a document; its parts are numbered from 1."""

    id: str
    report: FileReport
    parts: tuple[_Part, ...]

    def node(self, part: int) -> int | None:
        """The number in the name of the part's node; the only part of a document is the document."""
        return part if len(self.parts) > 1 else None


@dataclass(frozen=True, slots=True)
class _Copy:
    """A document with the same text as another, to the character."""

    id: str
    file: str
    digest: bytes  # of the text


class GraphFolder:
    """Gathers readings in a draft folder, and publishes the graph folder made from them."""

    def __init__(self, draft: Path, base: str, lexicons: Lexicons) -> None:
        self._draft = draft
        self._base = base
        self._lexicons = lexicons
        self._shards = Shards(draft, base)
        self._read: dict[str, _Read] = {}  # by id of the document
        self._with_text: dict[bytes, _Read] = {}
        self._copies: list[_Copy] = []

    @property
    def is_empty(self) -> bool:
        return not self._read

    def adds_nothing(self, document: Document) -> bool:
        """Whether a document with this very text was added; then this one is noted as its copy.

        Where that one left place or year open, this one is worth reading: its name may tell them.
        """
        digest = _digest(document)
        first = self._with_text.get(digest)
        if first is None or first.id == document.id:  # one file, given twice
            return first is not None
        if any(not part.place or part.year is None for part in first.report.parts):
            return False
        self._copies.append(_Copy(document.id, document.file, digest))
        return True

    def add(self, reading: Reading) -> None:
        """Lays down what was read; of two documents with one text the one that leaves less open."""
        document = reading.document
        digest = _digest(document)
        if (first := self._with_text.get(digest)) is not None:
            if _known(file_report(reading)) <= _known(first.report):
                self._copies.append(_Copy(document.id, document.file, digest))
                return
            self._copies.append(_Copy(first.id, first.report.file, digest))
            del self._read[first.id]
        self._shards.write(reading)
        if document.extracted_to:
            path = self._draft / document.extracted_to
            path.parent.mkdir(exist_ok=True)
            path.write_text(document.text, encoding="utf-8", errors="surrogatepass", newline="")
        parts = tuple(_part(reading, number) for number in range(len(reading.parts)))
        read = _Read(document.id, file_report(reading), parts)
        self._read[document.id] = self._with_text[digest] = read

    def published(self, folder: Path, skipped: Sequence[Skipped], links: Links = NO_LINKS) -> Built:
        """Writes the graph and what is made from it, then moves all of it into `folder`."""
        found = twins(part.sketch for read in self._read.values() for part in read.parts if part.sketch)
        dropped = {twin.part for twin in found if twin.verdict is not Verdict.SHARES}
        kept = {
            read.id: [n for n in range(1, len(read.parts) + 1) if (read.id, n) not in dropped]
            for read in self._read.values()
        }
        count = write_nquads(self._lines(found, kept, links), self._draft / GRAPH_FILE)
        if count <= TURTLE_LIMIT:
            open_graph(self._draft).turtle(self._draft / TURTLE_FILE)
        by_name = sorted(self._read.values(), key=lambda read: (read.report.file, read.id))
        rows = (row for read in by_name for row in self._shards.mentions(read.id, kept[read.id]))
        write_mentions(rows, self._draft / MENTIONS_FILE)
        report = self._report(found, kept, skipped)
        (self._draft / REPORT_FILE).write_text(report_html(report), encoding="utf-8", newline="\n")
        _publish(self._draft, folder, sorted(read.report.text_file for read in by_name if read.report.text_file))
        return Built(folder, report.files, tuple(skipped), report.copies, count)

    def _lines(self, found: Sequence[Twin], kept: dict[str, list[int]], links: Links) -> Iterator[str]:
        used: set[str] = set()
        for read in self._read.values():
            used.update(*(read.parts[n - 1].used for n in kept[read.id]))
            yield from self._shards.quads(read.id, kept[read.id])
        for twin in found:
            mine, its = self._read[twin.part[0]], self._read[twin.of[0]]
            how = TWIN_PROPERTIES[twin.verdict]
            yield twin_quad(how, mine.id, mine.node(twin.part[1]), its.id, its.node(twin.of[1]), self._base)
        for copy in self._copies:
            yield from copy_quads(copy.file, copy.id, self._with_text[copy.digest].id, self._base)
        yield from reference_quads(self._lexicons, used, self._base)
        used.update(program.entity.id for program in self._lexicons.programs)
        used.update(document.entity.id for document in self._lexicons.documents)
        yield from links_quads(links, used, self._read, self._base)

    def _report(self, found: Sequence[Twin], kept: dict[str, list[int]], skipped: Sequence[Skipped]) -> BuildReport:
        of_part = {twin.part: twin for twin in found}
        copies = [(copy.file, self._with_text[copy.digest].report.file) for copy in self._copies]
        things: set[tuple[Kind, str]] = set()
        claims: Counter[Relation] = Counter()
        files = []
        for read in self._read.values():
            parts = [read.parts[n - 1] for n in kept[read.id]]
            things.update(*(part.things for part in parts))
            for part in parts:
                claims.update(part.claims)
            told = [self._with_twin(part, of_part.get((read.id, n))) for n, part in enumerate(read.report.parts, 1)]
            files.append(
                replace(
                    read.report,
                    parts=tuple(told),
                    claims=sum(part.claims.total() for part in parts),
                    mentions=sum(part.mentions for part in parts),
                )
            )
            if not parts and told:
                copies.append((read.report.file, told[0].twin_of))
        kinds = Counter(kind for kind, _ in things)
        return build_report(files, kinds, claims, [(s.file, s.reason) for s in skipped], copies)

    def _with_twin(self, part: PartReport, twin: Twin | None) -> PartReport:
        if twin is None:
            return part
        return replace(part, twin=twin.verdict, twin_of=self._read[twin.of[0]].report.file, twin_said=twin.said)


def _part(reading: Reading, number: int) -> _Part:
    only = only_part(reading, number)
    return _Part(
        sketch=sketch(only.parts[0], number + 1, alone=len(reading.parts) == 1),
        used=frozenset(used_ids(only)),
        things=frozenset((entity.kind, entity.id) for entity in entities_of(only)),
        claims=Counter(claim.relation for claim in only.claims),
        mentions=len(only.mentions),
    )


def _known(report: FileReport) -> int:
    return sum(bool(part.place) + (part.year is not None) for part in report.parts)


def _digest(document: Document) -> bytes:
    """Of the text and of what the user says of it: documents that agree in both are read once."""
    given = replace(document.given, url="", by="")
    return hashlib.sha256(f"{given!r}\0{document.text}".encode("utf-8", "surrogatepass")).digest()


def _publish(draft: Path, folder: Path, texts: Sequence[str]) -> None:
    """Moves the files of a draft into the graph folder, each of them whole, the graph last; what an earlier build left goes."""
    if texts:
        (folder / TEXTS).mkdir(exist_ok=True)
    for name in texts:
        (draft / name).replace(folder / name)
    for name in (MENTIONS_FILE, REPORT_FILE, TURTLE_FILE, GRAPH_FILE):
        if (draft / name).exists():
            (draft / name).replace(folder / name)
        else:
            (folder / name).unlink(missing_ok=True)
    for path in (folder / TEXTS).glob("*.txt"):
        if TEXT_NAME.fullmatch(path.name) and f"{TEXTS}/{path.name}" not in texts:
            path.unlink()
    with contextlib.suppress(OSError):  # it holds something else, or was never made
        (folder / TEXTS).rmdir()


@contextmanager
def draft_folder(folder: Path) -> Iterator[Path]:
    """A folder inside the graph's, gone afterwards; a graph folder that was made for nothing goes with it.

    What a build left here that was killed goes too.
    """
    new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(f"{_DRAFT}*"):
        if not _is_running(left.name.removeprefix(_DRAFT).partition(".")[0]):
            shutil.rmtree(left, ignore_errors=True)
    draft = Path(tempfile.mkdtemp(prefix=f"{_DRAFT}{os.getpid()}.", dir=folder))
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        if new and not any(folder.iterdir()):
            folder.rmdir()


def _is_running(process: str) -> bool:
    if process == str(os.getpid()):
        return False  # a number that comes round again, as it does in containers
    if os.name == "nt":
        return True  # where it cannot be asked without being disturbed
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    except OSError:
        return True
    return True
