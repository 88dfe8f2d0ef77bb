"""A history → what each unit and programme is called in a table: its name, with something to tell those of one name apart.

Also the IRI of a word of the ontology → the word, as far as this version knows it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from kg.diffusion.adoptions import History, Unit
from kg.graph.iris import POL

Word = TypeVar("Word", bound=StrEnum)


def word_of(words: type[Word], iri: str | None) -> Word | None:
    """`pol:Planned` → Status.PLANNED; None for no IRI, and for a word that only a newer version knows."""
    name = (iri or "").removeprefix(POL)
    return next((word for word in words if word == name), None)


def names_of(history: History) -> dict[str, str]:
    """Unit → 潍坊市, 南京市鼓楼区, 徐州市鼓楼区; where the superior does not tell them apart, 新区（370701）."""
    names = {unit.id: unit.name for unit in history.units}
    return _apart({unit.id: (unit.name, *_longer(unit, names)) for unit in history.units})


def program_labels(history: History) -> dict[str, str]:
    """Programme → its name; where several have one name, with the last part of the id behind it."""
    return _apart({one.id: (one.name, _with(one.name, _tail(one.id))) for one in history.programs})


def _longer(unit: Unit, names: Mapping[str, str]) -> Sequence[str]:
    superior = names.get(unit.superior, unit.superior)
    coded = [_with(unit.name, word) for word in (unit.code, _tail(unit.id)) if word and word != unit.name]
    return [superior + unit.name, *coded] if superior else coded


def _apart(told: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Each thing by the first of its names that no other thing bears; else with the whole id."""
    times = Counter(name for names in told.values() for name in dict.fromkeys(names))
    return {
        id_: next((name for name in names if times[name] == 1), _with(names[0], id_)) for id_, names in told.items()
    }


def _with(name: str, word: str) -> str:
    return f"{name}（{word}）"


def _tail(id_: str) -> str:
    return id_.rpartition("/")[2]
