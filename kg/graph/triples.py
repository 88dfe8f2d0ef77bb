"""A reading of one file → the N-Quads lines of its named graph, in order; the lexicons → the lines of the reference graph.

Lines are written directly: no RDF library takes part, so that a worker process starts at once and writes as fast as it
reads. There are no blank nodes, every literal is in its canonical form, and the same reading gives the same lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from operator import itemgetter
from typing import NamedTuple

from kg.graph.claim_lines import ClaimWriter, claim_iri
from kg.graph.iris import BASE, checked_base, source_path
from kg.graph.nquads import write_nquads
from kg.graph.reference import reference_quads
from kg.graph.spoken_of import SpokenOf, best_known, parts_read
from kg.graph.terms import (
    IS_PART_OF,
    ISSUED,
    TITLE,
    A,
    Node,
    Nodes,
    Triple,
    date_literal,
    integer_literal,
    pol,
    text_literal,
)
from kg.model import Decision, Part, Reading

__all__ = [
    "DocumentGraph",
    "Stretch",
    "claim_iri",
    "copy_quads",
    "decision_text",
    "document_graph",
    "kept_lines",
    "quads_of",
    "reference_quads",
    "twin_quad",
    "used_ids",
    "write_nquads",
]

_Lines = tuple[bytes, int, int]  # that stand together in a sorted graph, the blocks in which they stand, and how many
_MENTIONS = pol("mentions")
_BLOCKS = itemgetter(1)


class Stretch(NamedTuple):
    """Lines of a graph one after the other that stand in the same blocks.

    Bit 0 of `blocks` is what is said of the file whatever becomes of its parts, bit N what was read in part N.
    """

    blocks: int
    lines: int


@dataclass(frozen=True, slots=True)
class DocumentGraph:
    """The distinct lines of a named graph in order of their characters, and what each part speaks of.

    A part that repeats another's text can be left out by leaving out the lines that stand in its block alone.
    """

    text: bytes
    stretches: tuple[Stretch, ...]
    parts: tuple[SpokenOf, ...]


def quads_of(reading: Reading, base: str = BASE) -> Iterator[str]:
    """The lines of the named graph of one file; the graph is named like the file's node."""
    return iter(document_graph(reading, base).text.decode().split("\n")[:-1])


def document_graph(reading: Reading, base: str = BASE) -> DocumentGraph:
    """The named graph of one file; raises ValueError where a claim says what the ontology has no name for."""
    nodes = Nodes(checked_base(base))
    read = parts_read(reading)
    spoken = tuple(map(SpokenOf, read))
    best = best_known(chain.from_iterable(of_part.entities for of_part in spoken))
    paths = _part_paths(reading)
    end = f" <{base}{source_path(reading.document.id)}> .\n"
    writer = ClaimWriter(reading.document, nodes)
    single: dict[str, int] = dict.fromkeys(_lines(_source_triples(reading, paths, base), end), 1)
    together: list[_Lines] = []
    for number, (of_part, things, path) in enumerate(zip(read, spoken, paths, strict=True), 1):
        block = 1 << number
        lines = [
            *_lines(_part_triples(f"<{base}{path}>", of_part.part, things, nodes), end),
            *things.lines(best, nodes, end),
        ]
        for of_claim, count, shortcuts in writer(of_part.claims, path):
            together.append((of_claim, block, count))
            lines += shortcuts
        for line in lines:
            single[line] = single.get(line, 0) | block
    together += [(line.encode(), blocks, 1) for line, blocks in single.items()]
    together.sort()
    return DocumentGraph(b"".join([lines for lines, _, _ in together]), tuple(_stretches(together)), spoken)


def _lines(triples: Iterable[Triple], end: str) -> Iterator[str]:
    return (f"{subject} {predicate} {object_}{end}" for subject, predicate, object_ in triples)


def _stretches(ordered: Iterable[_Lines]) -> Iterator[Stretch]:
    for blocks, run in groupby(ordered, key=_BLOCKS):
        yield Stretch(blocks, sum([number for _, _, number in run]))


def kept_lines(lines: Sequence[bytes], stretches: Iterable[Stretch], parts: Iterable[int]) -> Iterator[bytes]:
    """The lines about the file, and those of these parts (numbered from 1)."""
    wanted = 1
    for part in parts:
        wanted |= 1 << part
    at = 0
    for blocks, length in stretches:
        if blocks & wanted:
            yield from lines[at : at + length]
        at += length


def used_ids(reading: Reading) -> set[str]:
    """The entity ids that the reference graph must know for this file, the places that agencies serve among them."""
    return set().union(*(SpokenOf(read).used for read in parts_read(reading)))


def _part_paths(reading: Reading) -> list[str]:
    """The path of each part's node; the only part of a file is the file."""
    if len(reading.parts) == 1:
        return [source_path(reading.document.id)]
    return [source_path(reading.document.id, number) for number in range(1, len(reading.parts) + 1)]


def _source_triples(reading: Reading, paths: Iterable[str], base: str) -> Iterator[Triple]:
    """What the file and its parts are, whether or not their text is counted."""
    document = reading.document
    whole = f"<{base}{source_path(document.id)}>"
    only = reading.parts[0] if len(reading.parts) == 1 else None
    yield from _file_triples(whole, document.file, only.title if only else document.given.title)
    yield whole, pol("format"), text_literal(document.form)
    if document.given.url:
        yield whole, pol("url"), text_literal(document.given.url)
    if document.given.date:
        yield whole, ISSUED, date_literal(document.given.date.isoformat())
    if document.extracted_to:
        yield whole, pol("textFile"), text_literal(document.extracted_to)
    for part, path in zip(reading.parts, paths, strict=True):
        node = f"<{base}{path}>"
        if node != whole:
            yield node, A, pol("SourceDocument")
            yield node, pol("file"), text_literal(document.file)
            yield node, IS_PART_OF, whole
            if part.title:
                yield node, TITLE, text_literal(part.title)


def _file_triples(node: Node, file: str, title: str) -> Iterator[Triple]:
    yield node, A, pol("SourceDocument")
    yield node, pol("file"), text_literal(file)
    yield node, TITLE, text_literal(title or file.rpartition("/")[2])


def _part_triples(node: Node, part: Part, spoken: SpokenOf, nodes: Nodes) -> Iterator[Triple]:
    yield node, pol("part"), integer_literal(part.index + 1)
    yield node, pol("genre"), pol(part.genre)
    if part.year is not None:
        yield node, pol("reportYear"), integer_literal(part.year)
    if part.place:
        yield node, pol("jurisdiction"), nodes[part.place.id]
    if part.agency:
        yield node, pol("agency"), nodes[part.agency.id]
    for decision in part.decided:
        yield node, pol("decided"), text_literal(decision_text(decision, part.document.clean))
    for id_ in spoken.mentioned:
        yield node, _MENTIONS, nodes[id_]


def decision_text(decision: Decision, clean: str) -> str:
    """`year 2014: teachers-day (第三十个教师节)`: what was decided, by which rule, from which words."""
    words = f" ({clean[decision.span.start : decision.span.end]})" if decision.span else ""
    return f"{decision.what} {decision.value or 'open'}: {decision.rule}{words}"


def copy_quads(file: str, document: str, original: str, base: str = BASE) -> Iterator[str]:
    """The lines of the graph of a copy: its name, and the id of the document that was read in its stead."""
    base = checked_base(base)
    node = f"<{base}{source_path(document)}>"
    for subject, predicate, object_ in _file_triples(node, file, ""):
        yield f"{subject} {predicate} {object_} {node} ."
    yield f"{node} {pol('copyOf')} <{base}{source_path(original)}> {node} ."


def twin_quad(how: str, document: str, part: int | None, of: str, of_part: int | None, base: str = BASE) -> str:
    """The line that says how a part hangs together with one of another document: pol:copyOf, alteredFrom, sharesTextWith.

    Parts are None where the document has one only.
    """
    base = checked_base(base)
    node, other = source_path(document, part), source_path(of, of_part)
    return f"<{base}{node}> {pol(how)} <{base}{other}> <{base}{source_path(document)}> ."
