"""A document → everything that can be read from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from kg import texts
from kg.entities import EntityReader, entity_reader
from kg.errors import TooSlow, UnreadableFile
from kg.model import Claim, Document, Mention, Part, Reading, Sentence
from kg.pipeline.settings import Settings, check_place, reader_of, reviewer_of
from kg.relations import ClaimReader, claims_of_part, relinked, role_mentions
from kg.relations.confidence import with_confidence
from kg.remote.files import RemoteFile
from kg.reviewed import NOTHING_REVIEWED, Reviewer
from kg.texts.given import with_given
from kg.texts.inputs import Skipped, find_inputs
from kg.texts.opening import Opener, time_limit

T = TypeVar("T")


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
        of_roles = tuple(role_mentions(said, named))
        mentions += (
            sorted((*named, *of_roles), key=lambda m: (m.span.start, -m.span.end, m.kind)) if of_roles else named
        )
        claims += said
    return Reading(document, parts, tuple(sentences), tuple(mentions), tuple(claims))


def documents_in(
    paths: Iterable[Path | RemoteFile], settings: Settings, reader: EntityReader | None = None
) -> Iterator[Document | Skipped]:
    """The documents in files and folders, and what gave none, as `kg inspect` shows them. Raises GraphError."""
    check_place(settings.given, lambda: reader or reader_of(settings))
    inputs, skipped = find_inputs(paths)
    yield from skipped
    with Opener(settings.limits, settings.columns, settings.given) as opener:
        for item in inputs:
            yield from opener(item)


def tried(document: Document, settings: Settings, work: Callable[[], T]) -> T | Skipped:
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
