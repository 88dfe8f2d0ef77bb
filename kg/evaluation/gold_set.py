"""A folder of documents and a folder of gold → the documents of which the gold speaks, read and compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kg.entities import EntityReader
from kg.errors import KgError
from kg.evaluation.evaluation import Evaluation
from kg.gold import Gold
from kg.lexicons import Lexicons
from kg.model import Document
from kg.pipeline import Settings, documents_in, read_document
from kg.relations import ClaimReader, claims_of_part
from kg.texts.inputs import Skipped


@dataclass(frozen=True, slots=True)
class GoldSet:
    """Documents with their gold; `name` is that of the gold's folder."""

    name: str
    gold: Gold
    documents: tuple[Document, ...]
    lexicons: Lexicons

    def evaluated(self, reader: EntityReader, claims_of: ClaimReader = claims_of_part) -> Evaluation:
        """What this reader reads beside the gold; things have the names of the set's lexicons, whatever the reader knows."""
        readings = (read_document(document, reader, claims_of=claims_of) for document in self.documents)
        return Evaluation(readings, self.gold, self.lexicons)


def gold_sets(pairs: Sequence[tuple[Path, Path]], settings: Settings, reader: EntityReader) -> tuple[GoldSet, ...]:
    """One set for each pair of documents and gold; raises KgError where two have one name, or a gold meets no document."""
    sets = tuple(_gold_set(docs, gold, settings, reader) for docs, gold in pairs)
    names = [one.name for one in sets]
    if twice := next((name for name in names if names.count(name) > 1), ""):
        raise KgError(f"two gold folders are called {twice}; a set has its folder's name, so rename one")
    return sets


def _gold_set(docs: Path, folder: Path, settings: Settings, reader: EntityReader) -> GoldSet:
    gold = Gold(folder)
    found = (one for one in documents_in([docs], settings, reader) if not isinstance(one, Skipped))
    documents = tuple(one for one in found if PurePosixPath(one.file).name in gold.files)
    if not documents:
        raise KgError(
            f"{docs} has no document that {folder} speaks of; parts.jsonl names {', '.join(gold.files[:3])} …"
        )
    return GoldSet(folder.absolute().name, gold, documents, reader.lexicons)
