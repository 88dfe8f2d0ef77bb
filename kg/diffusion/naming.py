"""Units → names under which a table or a picture can tell them apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from kg.diffusion.adoptions import History


def unit_labels(history: History) -> Mapping[str, str]:
    """Id → name; where several units have one name, with the code or the superior behind it: 鼓楼区（320106）."""
    times = Counter(unit.name for unit in history.units)
    names = {unit.id: unit.name for unit in history.units}
    return {
        unit.id: unit.name
        if times[unit.name] == 1
        else f"{unit.name}（{unit.code or names.get(unit.superior, '') or unit.id.rpartition('/')[2]}）"
        for unit in history.units
    }


def program_labels(history: History) -> Mapping[str, str]:
    """Id → name; where several programmes have one name, with the last part of the id behind it."""
    times = Counter(program.name for program in history.programs)
    return {
        program.id: program.name if times[program.name] == 1 else f"{program.name}（{program.id.rpartition('/')[2]}）"
        for program in history.programs
    }


def names_of(history: History) -> dict[str, str]:
    """Unit → 潍坊市, 南京市鼓楼区, 徐州市鼓楼区."""
    shared = Counter(unit.name for unit in history.units)
    return {
        unit.id: history.unit[unit.superior].name + unit.name
        if shared[unit.name] > 1 and unit.superior in history.unit
        else unit.name
        for unit in history.units
    }
