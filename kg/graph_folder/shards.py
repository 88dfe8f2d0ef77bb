"""What was read from each input file → a pair of files in shards/, each whole or not there; and back.

`<name>.jsonl` holds the facts: a head that says what was read and with what, then a line for each document.
`<name>-<content>.nq` holds the quads in blocks, and the mentions as comments; it is valid N-Quads by itself. It is written
first, and the facts, which name it with its size and hash, make it count.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any, NamedTuple

from kg.errors import GraphError
from kg.graph.mentions import mention_rows
from kg.graph.triples import blocks_of
from kg.graph_folder.facts import DocumentFacts, facts_of, from_json, text_digest, to_json
from kg.graph_folder.read_with import ReadWith
from kg.model import TEXTS, Document, Reading
from kg.reviewed.reviewer import NOTHING_MET, Met
from kg.texts.inputs import OWN_MARK, SHARDS, TEXT_NAME, Skipped

FORMAT = 1
_ABOUT = f"""policy-kg shards, format {FORMAT}
What was read from each file. Everything else in the graph folder is made of this and can be made again.
Change nothing here; to read everything anew, delete this folder and run kg build again.
"""
_DOCUMENT, _BLOCK, _MENTION = "# document ", "# block\n", "# mention "
_DAMAGED = (ValueError, KeyError, TypeError, OSError)


class Origin(NamedTuple):
    """The file that a shard was read from: its name in the graph, where it lies, its content, and what it was read with."""

    file: str
    path: str  # seen from the graph folder
    content: str  # SHA-256
    read_with: ReadWith


@dataclass(frozen=True, slots=True)
class Shard:
    """The head of a shard. One that is not `final` was cut short by what may go away: a time limit, a lack of memory."""

    origin: Origin
    base: str
    final: bool
    skipped: tuple[Skipped, ...]
    met: Met
    asked: Mapping[str, int]  # what came of a second reader
    documents: int
    body: str  # name of the file with the quads
    size: int
    digest: str  # SHA-256 of that file


@dataclass(frozen=True, slots=True)
class Body:
    """The quads of a document, in blocks: about the file, then of each part; and the rows of its mentions."""

    document: str
    blocks: tuple[tuple[str, ...], ...]
    mentions: tuple[list[Any], ...]


class Shards:
    """The folder shards/ of a graph folder, and texts/ beside it."""

    def __init__(self, folder: Path) -> None:
        """Raises GraphError where a newer version wrote the shards."""
        self.folder = folder
        self._root = folder / SHARDS
        _check_format(self._root / OWN_MARK)

    def heads(self) -> tuple[list[Shard], list[str]]:
        """All shards in order of the files' names, and the names of those that cannot be used."""
        found, damaged = [], []
        for path in sorted(self._root.glob("*/*.jsonl")):
            try:
                with path.open(encoding="utf-8") as lines:
                    found.append(_head_from_json(json.loads(next(lines, ""))))
            except _DAMAGED:
                damaged.append(f"{SHARDS}/{path.parent.name}/{path.name}")
        return sorted(found, key=lambda shard: shard.origin.file), damaged

    def documents(self, shard: Shard) -> tuple[DocumentFacts, ...] | None:
        """What is known of its documents; None where something of the shard is missing or damaged."""
        try:
            with self._facts_path(shard.origin.file).open(encoding="utf-8") as lines:
                next(lines)
                facts = tuple(from_json(json.loads(line)) for line in lines)
            whole = len(facts) == shard.documents and _digest(self._body(shard), shard.size) == shard.digest
        except _DAMAGED:
            return None
        texts = (facts_.report.text_file for facts_ in facts if facts_.report and facts_.report.text_file)
        return facts if whole and all((self.folder / text).is_file() for text in texts) else None

    def bodies(self, shard: Shard) -> Iterator[Body]:
        """The documents of a shard that were read, one after the other."""
        document = ""
        blocks: list[list[str]] = []
        mentions: list[list[Any]] = []
        with self._body(shard).open(encoding="utf-8", newline="\n") as lines:
            for line in lines:
                if line[0] != "#":
                    blocks[-1].append(line)
                elif line == _BLOCK:
                    blocks.append([])
                elif line.startswith(_MENTION):
                    mentions.append(json.loads(line[len(_MENTION) :]))
                else:
                    if document:
                        yield Body(document, tuple(map(tuple, blocks)), tuple(mentions))
                    document, blocks, mentions = line[len(_DOCUMENT) :].rstrip("\n"), [], []
        if document:
            yield Body(document, tuple(map(tuple, blocks)), tuple(mentions))

    @contextmanager
    def writing(self, origin: Origin, base: str) -> Iterator[ShardWriter]:
        """Takes what is read from a file, and puts the shard in its place when all of it is there."""
        path = self._facts_path(origin.file)
        path.parent.mkdir(parents=True, exist_ok=True)
        (self._root / OWN_MARK).write_text(_ABOUT, "utf-8")
        with tempfile.TemporaryDirectory(prefix=".draft.", dir=self._root) as draft:
            writer = ShardWriter(self.folder, Path(draft), base)
            with writer:
                yield writer
            head = writer.head(origin, f"{path.stem}-{origin.content[:16]}.nq")
            before = self._named(path)
            (Path(draft) / "body").replace(path.with_name(head.body))
            with (Path(draft) / "facts").open("rb") as documents:
                _write_facts(path, head, documents)
            if before and before != head.body:
                path.with_name(before).unlink(missing_ok=True)
            writer.shard = head

    def moved(self, shard: Shard, path: str) -> Shard:
        """The same shard, of the same file in another place."""
        if path == shard.origin.path:
            return shard
        head = replace(shard, origin=shard.origin._replace(path=path))
        facts = self._facts_path(shard.origin.file)
        with facts.open("rb") as lines:
            next(lines)
            _write_facts(facts, head, lines)
        return head

    def remove(self, shard: Shard) -> None:
        """Forgets a file."""
        self._facts_path(shard.origin.file).unlink(missing_ok=True)
        self._body(shard).unlink(missing_ok=True)

    def clear(self, texts: set[str]) -> None:
        """Removes what killed builds left: drafts, bodies that no facts name, and texts other than these."""
        for left in self._root.glob(".draft.*"):
            shutil.rmtree(left, ignore_errors=True)
        for left in [*self._root.glob("*/.*.draft"), *(self.folder / TEXTS).glob(".*.draft")]:
            left.unlink(missing_ok=True)
        for body in self._root.glob("*/*.nq"):
            if self._named(body.with_name(f"{body.name.partition('-')[0]}.jsonl")) != body.name:
                body.unlink()
        for path in (self.folder / TEXTS).glob("*.txt"):
            if f"{TEXTS}/{path.name}" not in texts and TEXT_NAME.fullmatch(path.name):
                path.unlink()
        for empty in (self.folder / TEXTS, *self._root.glob("??")):
            with suppress(OSError):  # it holds something, or was never made
                empty.rmdir()

    def _facts_path(self, file: str) -> Path:
        name = hashlib.sha256(file.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        return self._root / name[:2] / f"{name}.jsonl"

    def _body(self, shard: Shard) -> Path:
        return self._facts_path(shard.origin.file).with_name(shard.body)

    def _named(self, path: Path) -> str:
        """The body that the facts at `path` name; empty where there are none."""
        try:
            with path.open(encoding="utf-8") as lines:
                return str(json.loads(next(lines, ""))["body"])
        except _DAMAGED:
            return ""


class ShardWriter:
    """Takes the documents of one file in their order."""

    def __init__(self, folder: Path, draft: Path, base: str) -> None:
        self.documents: list[DocumentFacts] = []
        self.skipped: list[Skipped] = []
        self.met = NOTHING_MET
        self.asked: Mapping[str, int] = {}
        self.final = True
        self.shard: Shard | None = None  # when it has its place
        self._folder = folder
        self._base = base
        self._body: IO[str] = (draft / "body").open("w", encoding="utf-8", newline="\n")
        self._facts: IO[bytes] = (draft / "facts").open("wb")

    def __enter__(self) -> ShardWriter:
        return self

    def __exit__(self, *fault: object) -> None:
        self._facts.close()
        self._body.close()

    def read(self, reading: Reading, refused: tuple[str, ...] = ()) -> DocumentFacts:
        """Lays down what was read from a document."""
        document = reading.document
        blocks = [[f"{line}\n" for line in block] for block in blocks_of(reading, self._base)]
        if document.extracted_to:
            _write_text(self._folder / document.extracted_to, document.text)
        self._body.write(f"{_DOCUMENT}{document.id}\n")
        for block in blocks:
            self._body.write(_BLOCK)
            self._body.writelines(block)
        for row in mention_rows(reading):
            self._body.write(f"{_MENTION}{json.dumps(row, ensure_ascii=True, separators=(',', ':'))}\n")
        return self._noted(facts_of(reading, refused))

    def copy(self, document: Document) -> DocumentFacts:
        """Notes a document that has the text of another."""
        return self._noted(DocumentFacts(document.id, document.file, text_digest(document)))

    def leave_out(self, skipped: Skipped) -> None:
        """Notes what gave no document."""
        self.skipped.append(skipped)
        self.final = self.final and not skipped.passing

    def head(self, origin: Origin, body: str) -> Shard:
        """The head of the shard, when nothing more comes and the files are closed."""
        path = Path(self._body.name)
        size = path.stat().st_size
        counted = (tuple(self.skipped), self.met, self.asked, len(self.documents), body, size)
        return Shard(origin, self._base, self.final, *counted, _digest(path, size))

    def _noted(self, facts: DocumentFacts) -> DocumentFacts:
        self._facts.write(_line(to_json(facts)))
        self.documents.append(facts)
        return facts


def _write_facts(path: Path, head: Shard, documents: IO[bytes]) -> None:
    """Writes the facts whole or not at all: the head, and the rest of `documents`."""
    draft = path.with_name(f".{path.name}.draft")
    with draft.open("wb") as facts:
        facts.write(_line(_head_to_json(head)))
        shutil.copyfileobj(documents, facts)
    draft.replace(path)


def _check_format(mark: Path) -> None:
    try:
        first = mark.read_text("utf-8").partition("\n")[0]
    except (OSError, UnicodeDecodeError):
        return
    number = first.rpartition(" ")[2]
    if number.isdecimal() and int(number) > FORMAT:
        raise GraphError(
            f"{mark.parent} was written by a newer version of policy-kg (format {number}, this one knows {FORMAT}); "
            "update policy-kg, or build into another folder"
        )


def _digest(path: Path, size: int) -> str:
    """SHA-256 of a file; empty where it is not of this size."""
    if path.stat().st_size != size:
        return ""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _write_text(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    draft = path.with_name(f".{path.name}.draft")
    draft.write_text(text, encoding="utf-8", errors="surrogatepass", newline="")
    draft.replace(path)


def _line(told: Mapping[str, Any]) -> bytes:
    return f"{json.dumps(told, ensure_ascii=True, separators=(',', ':'))}\n".encode("ascii")


def _head_to_json(shard: Shard) -> dict[str, Any]:
    origin = shard.origin
    return {
        "format": FORMAT,
        "file": origin.file,
        "path": origin.path,
        "content": origin.content,
        "read_with": origin.read_with._asdict(),
        "base": shard.base,
        "final": shard.final,
        "skipped": [[one.file, one.reason, one.note, one.passing] for one in shard.skipped],
        "met": [sorted(shard.met.decisions), sorted([str(kind), name] for kind, name in shard.met.things)],
        "asked": {what: shard.asked[what] for what in sorted(shard.asked)},
        "documents": shard.documents,
        "body": shard.body,
        "size": shard.size,
        "sha256": shard.digest,
    }


def _head_from_json(told: Mapping[str, Any]) -> Shard:
    if told["format"] != FORMAT or os.path.basename(told["body"]) != told["body"]:
        raise ValueError(told["format"])
    return Shard(
        Origin(told["file"], told["path"], told["content"], ReadWith(**told["read_with"])),
        told["base"],
        told["final"],
        tuple(Skipped(*one) for one in told["skipped"]),
        Met.of(*told["met"]),
        told["asked"],
        told["documents"],
        told["body"],
        told["size"],
        told["sha256"],
    )
