"""What was read from each input file → a pair of files in shards/, each whole or not there; and back.

`<name>.jsonl` holds the facts: a head that says what was read and with what, then of each document one line that a build
remembers, one with what was found, and one that says where its graph lies, with its mentions.
`<name>-<content>.nq` holds the graphs, each as it goes into graph.nq. It is written first, and the facts, which name it,
make it count.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import chain
from pathlib import Path

from kg.errors import GraphError
from kg.graph_folder.facts import DocumentFacts, Found, Written
from kg.graph_folder.facts_as_json import found_from_json
from kg.graph_folder.head import FORMAT, Origin, Shard, head_from_json, made_of
from kg.graph_folder.shard_files import DAMAGED, body_named, copy, facts_in, graphs_in, is_as_written, write_facts
from kg.graph_folder.shard_writer import ShardWriter, draft_of, write_text
from kg.model import TEXTS
from kg.texts.inputs import OWN_MARK, SHARDS, TEXT_NAME, is_own_folder

__all__ = ["Origin", "Shard", "ShardWriter", "Shards", "made_of"]

_ABOUT = f"""policy-kg shards, format {FORMAT}
What was read from each file. Everything else in the graph folder is made of this and can be made again.
Change nothing here; to read everything anew, delete this folder and run kg build again.
"""
_IN_MEMORY = 4_000_000  # bytes of facts up to which they need no file before the shard stands


class Shards:
    """The folder shards/ of a graph folder, and texts/ beside it."""

    def __init__(self, folder: Path) -> None:
        """Raises GraphError where a newer version wrote the shards, or the folder of their name is the user's."""
        self.folder = folder
        self._root = folder / SHARDS
        self._marked = False
        _check_own(self._root)
        _check_format(self._root / OWN_MARK)

    def heads(self) -> tuple[list[Shard], list[str]]:
        """All shards in order of the files' names, and the names of those that cannot be used."""
        found, damaged = [], []
        for path in sorted(self._root.glob("*/*.jsonl")):
            try:
                with path.open("rb") as lines:
                    found.append(head_from_json(json.loads(next(lines, b""))))
            except DAMAGED:
                damaged.append(f"{SHARDS}/{path.parent.name}/{path.name}")
        return sorted(found, key=lambda shard: shard.origin.file), damaged

    def documents(self, shard: Shard) -> tuple[DocumentFacts, ...] | None:
        """What is to be remembered of its documents; None where something of the shard is missing or of another shape.

        It is not compared with its hashes: `is_whole` does that.
        """
        if shard.format != FORMAT:
            return None
        try:
            facts = tuple(facts_in(self._facts_path(shard.origin.file), shard.origin.file))
            whole = len(facts) == shard.documents and self._body(shard).stat().st_size == shard.size
            return facts if whole and all(map(self._has_text, facts)) else None
        except DAMAGED:
            return None

    def is_whole(self, shard: Shard) -> bool:
        """Whether a shard is of today's format, and all of it is what was written."""
        try:
            as_written = is_as_written(self._facts_path(shard.origin.file), self._body(shard), shard.digest)
            return as_written and self.documents(shard) is not None
        except DAMAGED:
            return False

    def _has_text(self, facts: DocumentFacts) -> bool:
        """Whether the text to which offsets refer stands in texts/, if it does not stand in the file itself."""
        if facts.text_size is None:
            return True
        return self._text(facts).stat().st_size == facts.text_size

    def _text(self, facts: DocumentFacts) -> Path:
        return self.folder / TEXTS / f"{facts.id}.txt"

    def found(self, facts: DocumentFacts) -> Found:
        """What was found in a document that was read."""
        with self._facts_path(facts.source).open("rb") as lines:
            lines.seek(facts.at)
            return found_from_json(json.loads(next(lines)), facts.file)

    def graphs(self, shard: Shard) -> Iterator[tuple[str, Written, bytes]]:
        """The id of each document that was read, what was written of it, and the lines of its graph."""
        return graphs_in(self._facts_path(shard.origin.file), self._body(shard))

    # --- elsewhere ---------------------------------------------------------------------------------------------------

    def body_name(self, shard: Shard) -> str:
        """Where the quads of a shard lie, seen from the graph folder."""
        return self._name(self._body(shard))

    def is_there(self, shard: Shard) -> bool:
        """Whether its files are seen, the statements in their full size."""
        try:
            return self._body(shard).stat().st_size == shard.size and self._facts_path(shard.origin.file).exists()
        except OSError:
            return False

    def names(self, shard: Shard) -> tuple[str, ...]:
        """Its files, seen from the graph folder: texts that were taken out, statements, facts. Raises OSError."""
        documents = self.documents(shard)
        if documents is None:
            raise OSError(f"what was read from {shard.origin.file} is damaged")
        texts = (self._name(self._text(one)) for one in documents if one.text_size is not None)
        return (*texts, self.body_name(shard), self._name(self._facts_path(shard.origin.file)))

    def laid(self, shard: Shard, path: str, get: Callable[[str, Path], None]) -> Shard | None:
        """Puts a shard that lies elsewhere into its place, as one of a file at `path`; None where it is not whole.

        `get` copies a file, of this name seen from the graph folder, to where it is told.
        """
        self.prepare()
        facts = self._facts_path(shard.origin.file)
        facts.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".draft.", dir=self._root) as made:
            new_facts, new_body, text = (Path(made) / name for name in ("facts", "body", "text"))
            get(self._name(facts), new_facts)
            get(self.body_name(shard), new_body)
            try:
                documents = tuple(facts_in(new_facts, shard.origin.file))
                if len(documents) != shard.documents or not is_as_written(new_facts, new_body, shard.digest):
                    return None
            except DAMAGED:
                return None
            for one in documents:
                if one.text_size is not None and TEXT_NAME.fullmatch(self._text(one).name):
                    (self.folder / TEXTS).mkdir(exist_ok=True)
                    get(self._name(self._text(one)), text)
                    text.replace(self._text(one))
            if not all(map(self._has_text, documents)):
                return None
            new_body.replace(self._body(shard))
            return self._with_path(shard, path, new_facts)

    def take_over(self, other: Shards, shard: Shard, path: str) -> None:
        """Puts a shard of another graph folder here too, whole or not at all, with its texts; `path` leads to its file.

        Raises GraphError where it is damaged.
        """
        documents = other.documents(shard) if other.is_whole(shard) else None
        if documents is None:
            raise GraphError(
                f"{other.folder}: what was read from {shard.origin.file} is damaged, or of an earlier version of policy-kg; "
                "run kg build there once more, then merge"
            )
        self.prepare()
        body = self._facts_path(shard.origin.file).with_name(shard.body)
        body.parent.mkdir(exist_ok=True)
        for one in documents:
            if one.text_size is not None:
                copy(other._text(one), self._text(one))
        copy(other._body(shard), body)
        self._with_path(shard, path, other._facts_path(shard.origin.file))

    # --- writing -----------------------------------------------------------------------------------------------------

    def prepare(self) -> None:
        """Makes the folder and marks it as ours, and of this format, unless it is."""
        if not self._marked and (not is_own_folder(self._root) or _told(self._root / OWN_MARK) != _ABOUT):
            self._root.mkdir(exist_ok=True)
            write_text(self._root / OWN_MARK, _ABOUT)
        self._marked = True

    @contextmanager
    def writing(self, origin: Origin, base: str) -> Iterator[ShardWriter]:
        """Takes what is read from a file, and puts the shard in its place when all of it is there."""
        path = self._facts_path(origin.file)
        self.prepare()
        path.parent.mkdir(exist_ok=True)
        body = path.with_name(f"{path.stem}-{origin.content[:16]}.nq")
        draft = draft_of(body)
        try:
            with draft.open("wb") as quads, tempfile.SpooledTemporaryFile(_IN_MEMORY) as facts:
                writer = ShardWriter(self.folder, quads, facts, base)
                yield writer
                quads.close()
                head = writer.head(origin, body.name)
                before = body_named(path)
                draft.replace(body)
                facts.seek(0)
                write_facts(path, head, facts)
        finally:
            draft.unlink(missing_ok=True)
        if before and before != head.body:
            path.with_name(before).unlink(missing_ok=True)
        writer.shard = head

    def moved(self, shard: Shard, path: str) -> Shard:
        """The same shard, of the same file in another place."""
        return shard if path == shard.origin.path else self._with_path(shard, path, self._facts_path(shard.origin.file))

    def _with_path(self, shard: Shard, path: str, facts: Path) -> Shard:
        """Writes facts that lie here or elsewhere with a head that names another place of the file."""
        head = replace(shard, origin=shard.origin._replace(path=path))
        with facts.open("rb") as lines:
            next(lines)
            write_facts(self._facts_path(shard.origin.file), head, lines)
        return head

    def remove(self, shard: Shard) -> None:
        """Forgets a file."""
        self._facts_path(shard.origin.file).unlink(missing_ok=True)
        self._body(shard).unlink(missing_ok=True)

    def remove_damaged(self) -> None:
        """Forgets the files whose facts cannot be read."""
        for name in self.heads()[1]:
            (self.folder / name).unlink(missing_ok=True)

    def clear(self, documents: Iterable[DocumentFacts], shards: Iterable[Shard]) -> None:
        """Removes what killed builds left: drafts, bodies that no facts name, and texts of none of these documents."""
        bodies = {shard.body for shard in shards}
        for folder in self._root.glob(".draft.*"):
            shutil.rmtree(folder, ignore_errors=True)
        for left in chain(self._root.rglob(".*.draft"), (self.folder / TEXTS).glob(".*.draft")):
            left.unlink(missing_ok=True)
        for body in self._root.glob("*/*.nq"):
            if (
                body.name not in bodies
                and body_named(body.with_name(f"{body.name.partition('-')[0]}.jsonl")) != body.name
            ):
                body.unlink()
        texts = {f"{one.id}.txt" for one in documents if one.text_size is not None}
        for path in (self.folder / TEXTS).glob("*.txt"):
            if path.name not in texts and TEXT_NAME.fullmatch(path.name):
                path.unlink()
        for empty in (self.folder / TEXTS, *self._root.glob("??")):
            with suppress(OSError):  # it holds something, or was never made
                empty.rmdir()

    def _facts_path(self, file: str) -> Path:
        name = hashlib.sha256(file.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        return self._root / name[:2] / f"{name}.jsonl"

    def _name(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()

    def _body(self, shard: Shard) -> Path:
        return self._facts_path(shard.origin.file).with_name(shard.body)


def _told(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _check_own(root: Path) -> None:
    left = f".{OWN_MARK}."  # by a build that was ended at once
    if not is_own_folder(root) and root.exists() and any(not path.name.startswith(left) for path in root.iterdir()):
        raise GraphError(f"{root} was not made by kg build, which keeps there what it reads; choose another --out")


def _check_format(mark: Path) -> None:
    number = _told(mark).partition("\n")[0].rpartition(" ")[2]
    if number.isdecimal() and int(number) > FORMAT:
        raise GraphError(
            f"{mark.parent} was written by a newer version of policy-kg (format {number}, this one knows {FORMAT}); "
            "update policy-kg, or build into another folder"
        )
