"""What a change makes appear and vanish: python scripts/gains.py DOCS OLD.nq — the claims of a build of DOCS against an older graph.

Prints one line per claim, `+` for new and `-` for gone, without confidence and rule, so that only meaning counts.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from kg.graph.store import open_graph
from kg.pipeline import build

CLAIMS = """
SELECT ?claim ?class ?file ?property ?value ?name WHERE {
  ?claim a ?class ; pol:source/pol:file ?file ; ?property ?value .
  FILTER(STRSTARTS(STR(?class), STR(pol:)) && ?class != pol:Claim)
  FILTER(?property NOT IN (pol:source, pol:evidence, pol:foundBy, pol:confidence, rdf:type))
  OPTIONAL { ?value skos:prefLabel ?name }
}"""


def claims(path: Path) -> set[str]:
    """Each claim of a graph as one line."""
    told: dict[str, list[str]] = {}
    prefix = "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>\n"
    for claim, class_, file, property_, value, name in open_graph(path).query(prefix + CLAIMS):
        words = f"{str(property_).rpartition('#')[2]}={name or str(value).rpartition('#')[2]}"
        told.setdefault(f"{claim} {str(class_).rpartition('#')[2]} {file}", []).append(words)
    return {f"{key.partition(' ')[2]}: {' '.join(sorted(words))}" for key, words in told.items()}


def main() -> None:
    *docs, old = sys.argv[1:]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        build([Path(doc) for doc in docs], folder)
        before, after = claims(Path(old)), claims(folder / "graph.nq")
    for line in sorted(before - after):
        print("-", line)
    for line in sorted(after - before):
        print("+", line)


if __name__ == "__main__":
    main()
