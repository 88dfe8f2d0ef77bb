"""ontology/queries/*.rq → the questions that every graph can be asked by name or number.

The queries join labels by a sub-select: the in-memory engine finds the label of a bound thing by walking all its
triples, which for a city are tens of thousands, and the sub-select makes it one pass over the labels.

They give the same rows on engines that see a triple once for every named graph it stands in (labels are selected
DISTINCT, things are counted DISTINCT), and on those that make a row of an empty group (HAVING).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.errors import QueryError
from kg.graph.sparql import Parameter, did_you_mean, parameters_of
from kg.patterns import regex
from kg.resources import shipped

_OPENING = regex(r"# (\d+) ([a-z-]+): (.+\?) \([a-z, ]+\)")


@dataclass(frozen=True, slots=True)
class Question:
    """A shipped query. Its parameters may all be left open: then it answers for everything."""

    number: int
    name: str
    asks: str
    parameters: tuple[Parameter, ...]
    text: str  # SPARQL, for PolicyGraph.query


@cache
def questions() -> tuple[Question, ...]:
    """All questions, by number."""
    files = (file for file in shipped("ontology", "queries").iterdir() if file.name.endswith(".rq"))
    return tuple(sorted((_read(file.name, file.read_text("utf-8")) for file in files), key=lambda q: q.number))


def question(which: str | int) -> Question:
    """The question of a name (`who-adopted`) or number (1, "1"); QueryError says which names are near."""
    wanted = str(which).strip().removesuffix(".rq")
    wanted = re.sub(r"^0+(?=\d)", "", wanted)
    for candidate in questions():
        if wanted in (candidate.name, str(candidate.number), f"{candidate.number}-{candidate.name}"):
            return candidate
    names = [candidate.name for candidate in questions()]
    raise QueryError(f"there is no question {which!r}{did_you_mean(wanted, names)}; there are {', '.join(names)}")


def sparql_of(asked: str) -> str:
    """SPARQL text as it stands, for it has a brace or a blank; else the text of the question of this name or number."""
    return asked if re.search(r"[{\s]", asked.strip()) else question(asked).text


def _read(file: str, text: str) -> Question:
    opening = _OPENING.fullmatch(text.partition("\n")[0])
    if opening is None:
        raise QueryError(f"{file}:1: must read '# NUMBER NAME: Question? (parameters)'")
    return Question(int(opening[1]), opening[2], opening[3], parameters_of(text), text)
