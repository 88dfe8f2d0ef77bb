"""How long the whole way takes, and where: python benchmarks/whole_way.py [FOLDER] [TIMES]

FOLDER (default: data/examples) is read TIMES times over (default 5). Prints one line per step with seconds, share and
megabytes of input per second, and the peak memory. Compare lines of one run with each other, not with another machine.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

from kg import texts
from kg.entities import entity_reader
from kg.errors import UnreadableFile
from kg.graph.store import open_graph
from kg.graph.triples import quads_of, write_nquads
from kg.model import Part, Reading
from kg.relations import claims_of_part, role_mentions
from kg.texts.inputs import find_inputs


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "data" / "examples"
    times = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    inputs, _ = find_inputs([folder])
    data = [(item.path.read_bytes(), item.file) for item in inputs]
    spent = dict.fromkeys(["lexicons", "texts", "places", "mentions", "claims", "quads", "write", "load"], 0.0)

    def timed(step: str, start: float) -> float:
        now = time.perf_counter()
        spent[step] += now - start
        return now

    start = time.perf_counter()
    reader = entity_reader()
    timed("lexicons", start)
    lines: list[str] = []
    size = 0
    for _ in range(times):
        lines.clear()
        for content, file in data:
            start = time.perf_counter()
            try:
                document = texts.read_document(content, file)
            except UnreadableFile:
                continue
            size += len(content)
            parts: tuple[Part, ...] = texts.split_parts(document)
            start = timed("texts", start)
            parts = reader.place_parts(parts)
            start = timed("places", start)
            sentences, mentions, claims = [], [], []
            for part in parts:
                of_part = texts.split_sentences(part)
                start = timed("texts", start)
                found = reader.mentions_of_part(of_part)
                start = timed("mentions", start)
                said = list(claims_of_part(list(zip(of_part, found, strict=True)), reader.lies_within))
                named = [mention for of_sentence in found for mention in of_sentence]
                sentences += of_part
                mentions += [*named, *role_mentions(said, named)]
                claims += said
                start = timed("claims", start)
            reading = Reading(document, parts, tuple(sentences), tuple(mentions), tuple(claims))
            lines += quads_of(reading)
            start = timed("quads", start)
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / "graph.nq"
        start = time.perf_counter()
        write_nquads(lines, path)
        start = timed("write", start)
        open_graph(path)
        timed("load", start)
    whole = sum(spent.values())
    print(f"{len(data)} files × {times}, {size / 1e6:.2f} MB, {len(lines)} quads of the last round")
    for step, seconds in spent.items():
        rate = f"{size / 1e6 / seconds:8.2f} MB/s" if step in ("texts", "places", "mentions", "claims", "quads") else ""
        print(f"{step:9} {seconds:8.3f} s {100 * seconds / whole:5.1f} % {rate}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
