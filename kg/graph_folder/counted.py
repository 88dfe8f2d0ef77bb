"""The documents of shards → those that count: of two with one text one, of a part that repeats another's none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import chain
from operator import eq
from typing import overload

from kg.graph_folder.facts import DocumentFacts, Found
from kg.graph_folder.shards import Shards
from kg.texts.duplicates import Sketch, Twin, Verdict, twins
from kg.views.report_records import FileReport, PartReport


class Counted:
    """Takes the documents in the order of their files."""

    def __init__(self, shards: Shards) -> None:
        self.documents: dict[str, DocumentFacts] = {}  # those that count, by id
        self.copies: dict[str, DocumentFacts] = {}  # by id; of these the text counts under another name
        self._shards = shards
        self._with_text: dict[str, DocumentFacts] = {}

    def add(self, facts: DocumentFacts) -> None:
        """Takes a document; of two with one text the first counts, unless it leaves more open than the second."""
        first = self._with_text.get(facts.digest)
        if first is None:
            self.documents[facts.id] = self._with_text[facts.digest] = facts
        elif first.id == facts.id:  # twice in one archive
            return
        elif not facts.was_read or not first.leaves_open or facts.known <= first.known:
            self.copies[facts.id] = facts
        else:
            self.copies[first.id] = first
            del self.documents[first.id]
            self.documents[facts.id] = self._with_text[facts.digest] = facts

    @property
    def all(self) -> Iterator[DocumentFacts]:
        return chain(self.documents.values(), self.copies.values())

    def original(self, copy: DocumentFacts) -> DocumentFacts:
        """The document that counts in the stead of a copy."""
        return self._with_text[copy.digest]

    @cached_property
    def twins(self) -> tuple[Twin, ...]:
        """The parts that repeat others, when all documents are there."""
        sketches = (one for facts in self.documents.values() for one in facts.parts if one)
        return twins(sketches, self._clauses)

    def _clauses(self, one: Sketch) -> bytes:
        document, part = one.part
        return self._shards.found(self.documents[document]).parts[part - 1].clauses

    @cached_property
    def repeated(self) -> dict[str, set[int]]:
        """By id of the document the parts that do not count, which are few."""
        repeated: dict[str, set[int]] = {}
        for twin in self.twins:
            if twin.verdict is not Verdict.SHARES:
                document, part = twin.part
                repeated.setdefault(document, set()).add(part)
        return repeated

    def parts(self, facts: DocumentFacts) -> list[int]:
        """The numbers of the parts that count."""
        gone = self.repeated.get(facts.id, ())
        return [number for number in range(1, len(facts.parts) + 1) if number not in gone]

    def found(self, facts: DocumentFacts) -> Found:
        """What was found in a document, and in its report what became of it."""
        found = self._shards.found(facts)
        counted = [found.parts[number - 1] for number in self.parts(facts)]
        report = replace(
            found.report,
            parts=tuple(self._with_twin(part, (facts.id, n)) for n, part in enumerate(found.report.parts, 1)),
            claims=sum(part.claims.total() for part in counted),
            mentions=sum(part.mentions for part in counted),
        )
        return replace(found, report=report)

    def _with_twin(self, part: PartReport, key: tuple[str, int]) -> PartReport:
        twin = self._twin_of.get(key)
        if twin is None:
            return part
        return replace(part, twin=twin.verdict, twin_of=self._file_of(twin), twin_said=twin.said)

    @cached_property
    def _twin_of(self) -> dict[tuple[str, int], Twin]:
        return {twin.part: twin for twin in self.twins}

    def _file_of(self, twin: Twin) -> str:
        return self.documents[twin.of[0]].file

    @property
    def same(self) -> list[tuple[str, str]]:
        """(file, the file that holds the same text), also of documents all of whose parts stand elsewhere."""
        same = [(copy.file, self.original(copy).file) for copy in self.copies.values()]
        for id_ in self.repeated:
            facts = self.documents[id_]
            if not self.parts(facts):
                same.append((facts.file, self._file_of(self._twin_of[id_, 1])))
        return same

    @property
    def number_of_parts(self) -> int:
        """Those that do not count among them."""
        return sum(len(facts.parts) for facts in self.documents.values())

    @property
    def claims(self) -> int:
        """Those of the parts that count."""
        whole = sum(facts.claims for facts in self.documents.values() if facts.id not in self.repeated)
        return whole + sum(self.found(self.documents[id_]).report.claims for id_ in self.repeated)


class Reports(Sequence[FileReport]):
    """What was read of each document that counts, in order of their names; it lies on disk until it is asked for."""

    def __init__(self, counted: Counted) -> None:
        self._counted = counted
        self._facts = sorted(counted.documents.values(), key=lambda facts: facts.file)

    def __len__(self) -> int:
        return len(self._facts)

    @overload
    def __getitem__(self, at: int) -> FileReport: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[FileReport, ...]: ...
    def __getitem__(self, at: int | slice) -> FileReport | tuple[FileReport, ...]:
        if isinstance(at, slice):
            return tuple(self._counted.found(facts).report for facts in self._facts[at])
        return self._counted.found(self._facts[at]).report

    def __iter__(self) -> Iterator[FileReport]:
        return (found.report for found, _ in self.found())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Reports) and len(self) == len(other) and all(map(eq, self, other))

    __hash__ = None  # type: ignore[assignment]

    def found(self) -> Iterator[tuple[Found, list[int]]]:
        """What was found in each document, and which of its parts count."""
        return ((self._counted.found(facts), self._counted.parts(facts)) for facts in self._facts)
