"""The whole way in one place: files and folders → a graph folder with graph.nq, graph.ttl and report.html."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg import texts
from kg.entities import entity_reader
from kg.errors import GraphError, NothingToBuild, UnreadableFile
from kg.graph.iris import BASE, checked_base
from kg.graph.mentions import MENTIONS_FILE, mentions_csv
from kg.graph.store import GRAPH_FILE, open_graph
from kg.graph.triples import copy_quads, quads_of, reference_quads, used_ids, write_nquads
from kg.lexicons import load_lexicons
from kg.model import Claim, Mention, Reading, Sentence
from kg.relations import claims_of_part, relinked, role_mentions
from kg.texts.documents import document_id
from kg.views.from_readings import build_report
from kg.views.report import report_html

Progress = Callable[[int, int, str], None]  # done, all, file
SUFFIXES = frozenset({".txt", ".text", ".md"})


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read, and its POSIX path relative to the input root."""

    path: Path
    file: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or path that gave nothing, and why."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class Built:
    """What a build read and wrote."""

    folder: Path
    readings: tuple[Reading, ...]
    skipped: tuple[Skipped, ...]
    copies: tuple[tuple[str, str], ...]  # (file, the file it is a byte-identical copy of)
    quads: int

    @property
    def claims(self) -> int:
        return sum(len(reading.claims) for reading in self.readings)

    @property
    def parts(self) -> int:
        return sum(len(reading.parts) for reading in self.readings)


def read_file(data: bytes, file: str) -> Reading:
    """Everything that can be read from one file; raises UnreadableFile."""
    reader = entity_reader()
    document = texts.read_document(data, file)
    parts = reader.place_parts(texts.split_parts(document))
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


def find_inputs(paths: Iterable[Path]) -> tuple[list[Input], list[Skipped]]:
    """The files below the given paths, each with its path relative to the folder given; what cannot be used is named."""
    inputs: dict[tuple[str, Path], Input] = {}
    skipped = []
    for path in paths:
        if path.is_dir():
            inside = [p for p in sorted(path.rglob("*")) if p.is_file() and not _hidden(p.relative_to(path))]
            for file in inside:
                relative = _printable(file.relative_to(path).as_posix())
                if file.stem.upper() == "README":
                    skipped.append(Skipped(relative, "a README tells about a folder and is not read as a document"))
                elif file.suffix.lower() in SUFFIXES:
                    inputs[relative, file.resolve()] = Input(file, relative)
                else:
                    skipped.append(
                        Skipped(relative, f"{file.suffix or 'no suffix'}: only text files (.txt, .md) are read so far")
                    )
            if not inside:
                skipped.append(Skipped(str(path), "the folder holds no files"))
        elif path.exists():
            inputs[_printable(path.name), path.resolve()] = Input(path, _printable(path.name))
        else:
            skipped.append(Skipped(str(path), "there is no such file or folder"))
    return [inputs[key] for key in sorted(inputs, key=lambda k: (k[0], str(k[1])))], skipped


def build(
    paths: Sequence[Path], folder: Path, base: str = BASE, progress: Progress = lambda done, all_, file: None
) -> Built:
    """Reads the files and writes graph.nq into `folder`. Raises NothingToBuild when no file could be read."""
    _prepare(folder, base)
    inputs, skipped = find_inputs(paths)
    readings: list[Reading] = []
    copies: list[tuple[str, str]] = []
    first_with: dict[str, Reading] = {}
    lines: set[str] = set()
    for n, item in enumerate(inputs):
        progress(n, len(inputs), item.file)
        try:
            data = item.path.read_bytes()
            digest = hashlib.sha256(data).hexdigest()
            if digest in first_with:
                original = first_with[digest].document
                if original.id == document_id(item.file, data):
                    continue  # the same file of two folders given, under the same name
                copies.append((item.file, original.file))
                lines.update(copy_quads(item.file, data, original, base))
                continue
            reading = read_file(data, item.file)
        except (UnreadableFile, OSError) as fault:
            skipped.append(Skipped(item.file, str(fault)))
            continue
        first_with[digest] = reading
        readings.append(reading)
        lines.update(quads_of(reading, base))
    progress(len(inputs), len(inputs), "")
    if not readings:
        raise NothingToBuild(_nothing(skipped))
    used = {thing for reading in readings for thing in used_ids(reading)}
    lines.update(reference_quads(load_lexicons(), used, base))
    folder.mkdir(parents=True, exist_ok=True)
    count = write_nquads(lines, folder / GRAPH_FILE)
    built = Built(folder, tuple(readings), tuple(skipped), tuple(copies), count)
    _write(folder / MENTIONS_FILE, mentions_csv(readings))
    open_graph(folder).turtle(folder / "graph.ttl")
    reasons = [(s.file, s.reason) for s in skipped]
    _write(folder / "report.html", report_html(build_report(readings, reasons, copies)))
    return built


def _write(path: Path, text: str) -> None:
    """The whole file or the old one: never half of it."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_text(text, encoding="utf-8", newline="\n")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _prepare(folder: Path, base: str) -> None:
    """Raises GraphError before anything is read, if the graph could not be written in the end."""
    try:
        checked_base(base)
    except ValueError as fault:
        raise GraphError(str(fault)) from None
    standing = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not standing.is_dir():
        raise GraphError(f"{standing} is a file, so no graph can be put there; choose another --out")
    if not os.access(standing, os.W_OK):
        raise GraphError(f"{standing} may not be written to; choose another --out")


def _nothing(skipped: Sequence[Skipped]) -> str:
    reasons = "\n".join(f"  {s.file}: {s.reason}" for s in skipped)
    return f"No document could be read, so no graph was written.\n{reasons}" if reasons else "No documents were given."


def _printable(name: str) -> str:
    """A file name whose bytes are no UTF-8, with a mark for each such byte, so that it can be written down."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _hidden(relative: Path) -> bool:
    return any(part.startswith(".") for part in relative.parts)
