"""Units and programmes → names under which a table or a picture can tell them apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from kg.diffusion.adoptions import History


def unit_labels(history: History) -> Mapping[str, str]:
    """Id → name; where several units have one name, with the code behind it, else the superior: 鼓楼区（320106）."""
    names = {unit.id: unit.name for unit in history.units}
    told = {
        unit.id: (unit.name, unit.code, names.get(unit.superior, unit.superior), _tail(unit.id))
        for unit in history.units
    }
    return _apart(told)


def program_labels(history: History) -> Mapping[str, str]:
    """Id → name; where several programmes have one name, with the last part of the id behind it."""
    return _apart({program.id: (program.name, _tail(program.id)) for program in history.programs})


def _apart(told: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Each thing by its name, and by the first of the further words that sets it apart from all others of this name."""
    times = Counter((names[0], word) for names in told.values() for word in {"", *names[1:]})
    labels = {}
    for id_, (name, *words) in told.items():
        own = next((word for word in words if word and times[name, word] == 1), id_)
        labels[id_] = name if times[name, ""] == 1 else f"{name}（{own}）"
    return labels


def _tail(id_: str) -> str:
    return id_.rpartition("/")[2]
