"""How fast clean text becomes mentions: python benchmarks/entities.py [FOLDER] [FILES]

FOLDER (default: data/examples) is read once, the first FILES text files of it (default: all). Prints million characters
per second of CPU time for the mentions step, beside a bare search for the same names of programmes and places, and
beside spaCy's EntityRuler with these names on every tenth file. Compare lines of one run.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from rivals import bare_search, entity_ruler, names_of_lexicons

from kg.entities import entity_reader
from kg.errors import UnreadableFile
from kg.model import Part
from kg.pipeline import collecting_seldom, placed_parts
from kg.texts import read_document, split_sentences
from kg.texts.inputs import find_inputs

EVERY = 10  # the EntityRuler reads one file of so many


@collecting_seldom()  # as kg build does
def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "data" / "examples"
    files = int(sys.argv[2]) if len(sys.argv) > 2 else None
    read = _parts_of_files(folder, files)
    parts = [part for of_file in read for part in of_file]
    named = names_of_lexicons()
    names = bare_search()
    sizes = ", ".join(f"{len(of_kind):,} of kind {kind}" for kind, of_kind in named.items())
    print(f"{len(read)} files, {_length(parts):,} characters; names: {sizes}")
    print("million characters per second of CPU time")

    reader = entity_reader()
    sentences = [split_sentences(part) for part in parts]
    reader.mentions_of_part(sentences[0])  # prepares what is prepared once
    _line("mentions", parts, lambda: _each(reader.mentions_of_part, sentences))
    _line("limit: bare search for the names", parts, lambda: _each(list, (names(part.text) for part in parts)))

    some = [part for of_file in read[::EVERY] for part in of_file]
    nlp = entity_ruler()
    _line("spaCy tokens and EntityRuler", some, lambda: _each(nlp, (part.text for part in some)))
    docs = [nlp.make_doc(part.text) for part in some]
    ruler = nlp.get_pipe("entity_ruler")
    _line("spaCy EntityRuler alone", some, lambda: _each(ruler, docs))


def _parts_of_files(folder: Path, files: int | None) -> list[tuple[Part, ...]]:
    """The parts of each text file, with their places decided."""
    found, _ = find_inputs([folder])
    read = []
    for item in [item for item in found if item.path.suffix == ".txt"][:files]:
        try:
            read.append(placed_parts(read_document(item.path.read_bytes(), item.file)))
        except UnreadableFile:
            continue
    return read


def _each(read: Callable[[Any], object], texts: Iterable[object]) -> None:
    """Reads one after the other and keeps nothing, so that the memory of one line does not slow the next."""
    for text in texts:
        read(text)


def _length(parts: Sequence[Part]) -> int:
    return sum(len(part.text) for part in parts)


def _line(what: str, parts: Sequence[Part], run: Callable[[], object]) -> None:
    """One run only: at a second one the reader would remember sentences from the first."""
    start = time.process_time()
    run()
    spent = time.process_time() - start
    print(f"{what:34} {_length(parts) / spent / 1e6:8.2f}")


if __name__ == "__main__":
    main()
