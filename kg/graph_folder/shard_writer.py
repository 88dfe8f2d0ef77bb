"""What was read from the documents of a file → the two files of its shard."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from kg.graph.mentions import mention_table
from kg.graph.triples import document_graph
from kg.graph_folder.facts import DocumentFacts, Written, facts_of, text_digest
from kg.graph_folder.facts_as_json import facts_to_json, found_to_json, written_to_json
from kg.graph_folder.head import Origin, Shard, line
from kg.model import Document, Reading
from kg.reviewed.reviewer import NOTHING_MET
from kg.texts.inputs import Skipped


class ShardWriter:
    """Takes the documents of one file in their order."""

    def __init__(self, folder: Path, body: IO[bytes], facts: IO[bytes], base: str) -> None:
        self.skipped: list[Skipped] = []
        self.met = NOTHING_MET
        self.asked: Mapping[str, int] = {}
        self.final = True
        self.shard: Shard | None = None  # when it has its place
        self._folder = folder
        self._base = base
        self._body = body
        self._facts = facts
        self._digest, self._body_digest = hashlib.sha256(), hashlib.sha256()
        self._documents = self._size = 0

    def read(self, reading: Reading, refused: tuple[str, ...] = ()) -> DocumentFacts:
        """Lays down what was read from a document."""
        document = reading.document
        graph = document_graph(reading, self._base)
        quads = graph.text
        size = write_text(self._folder / document.extracted_to, document.text) if document.extracted_to else None
        facts, found = facts_of(reading, graph, refused, size)
        written = Written(
            start=self._size,
            size=len(quads),
            quads=sum(stretch.lines for stretch in graph.stretches),
            sha256=self._hashed(quads),
            stretches=graph.stretches,
            mentions=mention_table(reading),
        )
        self._body.write(quads)
        self._size += len(quads)
        self._note(facts)
        self._tell(found_to_json(found))
        self._tell(written_to_json(written))
        return facts

    def copy(self, document: Document) -> DocumentFacts:
        """Notes a document that has the text of another."""
        return self._note(DocumentFacts(document.id, document.file, text_digest(document)))

    def leave_out(self, skipped: Skipped) -> None:
        """Notes what gave no document."""
        self.skipped.append(skipped)
        self.final = self.final and not skipped.passing

    def head(self, origin: Origin, body: str) -> Shard:
        """The head of the shard, when nothing more comes."""
        counted = (tuple(self.skipped), self.met, self.asked, self._documents, body, self._size)
        return Shard(origin, self._base, self.final, *counted, self._body_digest.hexdigest(), self._digest.hexdigest())

    def _hashed(self, quads: bytes) -> str:
        """The hash of a document's quads, which are the next in the body; of a body with one document it is the same."""
        digest = hashlib.sha256(quads)
        if self._size:
            self._body_digest.update(quads)
        else:
            self._body_digest = digest.copy()
        return digest.hexdigest()

    def _note(self, facts: DocumentFacts) -> DocumentFacts:
        self._documents += 1
        self._tell(facts_to_json(facts))
        return facts

    def _tell(self, told: object) -> None:
        data = line(told)
        self._digest.update(data)
        self._facts.write(data)


def write_text(path: Path, text: str) -> int:
    """Writes a file whole or not at all; returns its bytes."""
    path.parent.mkdir(exist_ok=True)
    draft = draft_of(path)
    size = draft.write_bytes(text.encode("utf-8", "surrogatepass"))
    draft.replace(path)
    return size


def draft_of(path: Path) -> Path:
    """Where a file is written before it gets its place; two processes may write the same one at once."""
    return path.with_name(f".{path.name}.{os.urandom(8).hex()}.draft")
