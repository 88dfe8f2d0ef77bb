"""Shards, read now or earlier → a graph folder: in it copies count once, and everything stands whole or as it was."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import GraphError
from kg.graph.disk import prepare, remove_others
from kg.graph.iris import REFERENCE, source_path
from kg.graph.links import LINKS, Links, links_quads
from kg.graph.mentions import MENTIONS_FILE, write_mentions
from kg.graph.published import GRAPH_FILE, GRAPHS_FILE, GraphWriter, publish, read_mark, write_graphs
from kg.graph.store import open_graph
from kg.graph.triples import copy_quads, reference_quads, twin_quad
from kg.graph_folder.facts import DocumentFacts
from kg.graph_folder.read_with import digest_of
from kg.graph_folder.shards import Body, Shard, Shards
from kg.lexicons import Lexicons
from kg.model import Kind, Relation
from kg.texts.duplicates import Twin, Verdict, twins
from kg.texts.inputs import SHARDS, Skipped
from kg.views.from_readings import build_report
from kg.views.records import BuildReport, FileReport, PartReport
from kg.views.report import report_html

TURTLE_FILE = "graph.ttl"
REPORT_FILE = "report.html"
LOCK_FILE = ".lock"
TURTLE_LIMIT = 100_000  # quads up to which the graph is also written in Turtle, for people
TWIN_PROPERTIES = {Verdict.COPY: "copyOf", Verdict.ALTERED: "alteredFrom", Verdict.SHARES: "sharesTextWith"}
NO_LINKS = Links()
_DRAFT = ".draft"


@dataclass(frozen=True, slots=True)
class Built:
    """What stands in a graph folder after a build."""

    folder: Path
    files: tuple[FileReport, ...]  # one for each document
    skipped: tuple[Skipped, ...]
    copies: tuple[tuple[str, str], ...]  # (file, the file that holds the same text)
    quads: int
    read: int = 0  # input files that were read in this run
    kept: int = 0  # that were read before, and had not to be read again
    elsewhere: int = 0  # of those, the ones that were not given in this run

    @property
    def claims(self) -> int:
        return sum(file.claims for file in self.files)

    @property
    def parts(self) -> int:
        return sum(len(file.parts) for file in self.files)


@contextmanager
def building(folder: Path) -> Iterator[None]:
    """While a build writes into a folder, which is made if it is missing; one that stays empty is taken away again.

    GraphError where another build writes into it.
    """
    from filelock import FileLock, Timeout

    new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / LOCK_FILE)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise GraphError(
            f"another kg build is writing into {folder}; wait for its end, or choose another --out"
        ) from None
    try:
        yield
    finally:
        shutil.rmtree(folder / _DRAFT, ignore_errors=True)
        lock.release()
        if new and not (folder / GRAPH_FILE).exists():
            _take_away(folder)


def _take_away(folder: Path) -> None:
    """A folder that was made for nothing: with a lock, and shards of files that gave no document."""
    (folder / LOCK_FILE).unlink(missing_ok=True)
    shutil.rmtree(folder / SHARDS, ignore_errors=True)
    with suppress(OSError):
        folder.rmdir()


class Builder:
    """Takes shards in the order of their files, then publishes what they hold."""

    def __init__(self, shards: Shards, base: str, lexicons: Callable[[], Lexicons], known: str) -> None:
        """`known` is a hash of the lexicons, which are asked for when something is to be written."""
        self._shards = shards
        self._base = base
        self._lexicons = lexicons
        self._known = known
        self._order: list[Shard] = []
        self._documents: list[DocumentFacts] = []  # all of them, in order
        self._read: dict[str, DocumentFacts] = {}  # those that count, by id
        self._with_text: dict[str, DocumentFacts] = {}
        self._copies: dict[str, DocumentFacts] = {}  # by id; of these the text counts under another name

    @property
    def is_empty(self) -> bool:
        return not self._read

    def holds_text(self, digest: str) -> bool:
        """Whether a document with this text has come that leaves nothing open: then another need not be read.

        Where the first left place or year open, a copy is worth reading: its name may tell them.
        """
        first = self._with_text.get(digest)
        return first is not None and not first.leaves_open

    def can_take(self, documents: Sequence[DocumentFacts]) -> bool:
        """Whether each of a shard's documents was read, or has the text of one that comes before it."""
        before: set[str] = set()
        for facts in documents:
            if facts.report is None and facts.digest not in before and not self.holds_text(facts.digest):
                return False
            if not facts.leaves_open:
                before.add(facts.digest)
        return True

    def add(self, facts: DocumentFacts) -> None:
        """Takes a document; of two with one text the first counts, unless it leaves more open than the second."""
        self._documents.append(facts)
        first = self._with_text.get(facts.digest)
        if first is not None and first.id == facts.id:  # twice in one archive
            self._documents.pop()
        elif first is not None and (facts.report is None or not first.leaves_open or facts.known <= first.known):
            self._copies[facts.id] = facts
        else:
            if first is not None:
                self._copies[first.id] = first
                del self._read[first.id]
            self._read[facts.id] = self._with_text[facts.digest] = facts

    def end_of_file(self, shard: Shard) -> None:
        """The shard of the documents that came last, in its place."""
        self._order.append(shard)

    def published(self, skipped: Sequence[Skipped], links: Links = NO_LINKS) -> Built:
        """Writes the graph and what is made of it, unless all of that stands there already.

        `skipped` are those of this run; what the files gave no document for is added.
        """
        folder = self._shards.folder
        found = twins(part.sketch for read in self._read.values() for part in read.parts if part.sketch)
        dropped = {twin.part for twin in found if twin.verdict is not Verdict.SHARES}
        kept = {
            read.id: [n for n in range(1, len(read.parts) + 1) if (read.id, n) not in dropped]
            for read in self._read.values()
        }
        report = self._report(found, kept, [*skipped, *(one for shard in self._order for one in shard.skipped)])
        state = self._state(report, links)
        quads = _standing(folder, state)
        if quads is None:
            refused = {read.id: read.refused for read in self._read.values() if read.refused}
            last = self._last_lines(kept, replace(links, refused=refused))
            quads = self._written(folder, found, kept, report, last, state)
        texts = {facts.report.text_file for facts in self._documents if facts.report}
        self._shards.clear(texts)
        return Built(folder, report.files, tuple(skipped), report.copies, quads)

    def _written(
        self,
        folder: Path,
        found: Sequence[Twin],
        kept: dict[str, list[int]],
        report: BuildReport,
        last: dict[str, list[str]],
        state: str,
    ) -> int:
        draft = folder / _DRAFT
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir()
        with GraphWriter(draft / GRAPH_FILE) as out:
            write_mentions(self._write_documents(out, found, kept), draft / MENTIONS_FILE)
            for name, lines in last.items():
                out.write(f"{self._base}{name}", "", lines)
        mark = out.mark(self._base, state)
        write_graphs(out.graphs, draft / GRAPHS_FILE)
        if mark.quads <= TURTLE_LIMIT:
            open_graph(draft / GRAPH_FILE).turtle(draft / TURTLE_FILE)
        (draft / REPORT_FILE).write_text(report_html(report), encoding="utf-8", newline="\n")
        prepare(draft / GRAPH_FILE, folder, mark, out.graphs)
        for name in (MENTIONS_FILE, REPORT_FILE, TURTLE_FILE, GRAPHS_FILE):
            if (draft / name).exists():
                (draft / name).replace(folder / name)
            else:
                (folder / name).unlink(missing_ok=True)
        publish(draft / GRAPH_FILE, folder, mark)
        remove_others(folder, mark)
        return mark.quads

    def _write_documents(
        self, out: GraphWriter, found: Sequence[Twin], kept: dict[str, list[int]]
    ) -> Iterator[list[object]]:
        """Writes the graphs of all documents; gives the rows of their mentions."""
        of_twins: dict[str, list[str]] = {}
        for twin in found:
            mine, its = self._read[twin.part[0]], self._read[twin.of[0]]
            nodes = mine.id, mine.node(twin.part[1]), its.id, its.node(twin.of[1])
            of_twins.setdefault(mine.id, []).append(f"{twin_quad(TWIN_PROPERTIES[twin.verdict], *nodes, self._base)}\n")
        for shard in self._order:
            for body in self._shards.bodies(shard):
                if body.document in self._read:
                    file = self._read[body.document].file
                    lines = [*_lines(body, kept[body.document]), *of_twins.get(body.document, ())]
                    out.write(f"{self._base}{source_path(body.document)}", file, lines)
                    yield from (row for row in body.mentions if row[2] in kept[body.document])
        for copy in self._copies.values():
            original = self._with_text[copy.digest].id
            lines = [f"{line}\n" for line in copy_quads(copy.file, copy.id, original, self._base)]
            out.write(f"{self._base}{source_path(copy.id)}", copy.file, lines)

    def _last_lines(self, kept: dict[str, list[int]], links: Links) -> dict[str, list[str]]:
        """The graphs of no file, by name: what was decided on names and claims, and what is known beforehand."""
        lexicons = self._lexicons()
        used: set[str] = set()
        for read in self._read.values():
            used.update(*(read.parts[n - 1].used for n in kept[read.id]))
        reference = [f"{line}\n" for line in reference_quads(lexicons, used, self._base)]
        used.update(program.entity.id for program in lexicons.programs)
        used.update(document.entity.id for document in lexicons.documents)
        linked = [f"{line}\n" for line in links_quads(links, used, self._read, self._base)]
        return {LINKS: linked, REFERENCE: reference}

    def _state(self, report: BuildReport, links: Links) -> str:
        """A hash of all that the folder's files are made of."""
        shards = (f"{s.origin.file} {s.origin.content} {s.origin.read_with} {s.digest}" for s in self._order)
        return digest_of(self._base, self._known, repr(links.merged), repr(report), str(TURTLE_LIMIT), *shards)

    def _report(self, found: Sequence[Twin], kept: dict[str, list[int]], skipped: Sequence[Skipped]) -> BuildReport:
        of_part = {twin.part: twin for twin in found}
        copies = [(copy.file, self._with_text[copy.digest].file) for copy in self._copies.values()]
        things: set[tuple[Kind, str]] = set()
        claims: Counter[Relation] = Counter()
        files = []
        for read in self._read.values():
            assert read.report is not None
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
                copies.append((read.file, told[0].twin_of))
        kinds = Counter(kind for kind, _ in things)
        return build_report(files, kinds, claims, [(s.file, s.reason) for s in skipped], copies)

    def _with_twin(self, part: PartReport, twin: Twin | None) -> PartReport:
        if twin is None:
            return part
        return replace(part, twin=twin.verdict, twin_of=self._read[twin.of[0]].file, twin_said=twin.said)


def _lines(body: Body, parts: Sequence[int]) -> Iterator[str]:
    """Those about the file, and those of these parts (numbered from 1)."""
    for number, block in enumerate(body.blocks):
        if number == 0 or number in parts:
            yield from block


def _standing(folder: Path, state: str) -> int | None:
    """The quads of the graph that stands there, if it was made of the same things and nothing of it is missing."""
    try:
        mark = read_mark(folder)
    except GraphError:
        return None
    if mark is None or mark.state != state or mark.before:
        return None
    needed = [MENTIONS_FILE, REPORT_FILE, GRAPHS_FILE, *([TURTLE_FILE] if mark.quads <= TURTLE_LIMIT else ())]
    file = folder / GRAPH_FILE
    whole = file.is_file() and file.stat().st_size == mark.size and all((folder / name).is_file() for name in needed)
    return mark.quads if whole else None
