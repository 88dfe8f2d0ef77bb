"""A history → what each unit is called in a table: its name, with that of its superior where two share the name."""

from __future__ import annotations

from collections import Counter

from kg.diffusion.adoptions import History


def names_of(history: History) -> dict[str, str]:
    """Unit → 潍坊市, 南京市鼓楼区, 徐州市鼓楼区."""
    shared = Counter(unit.name for unit in history.units)
    return {
        unit.id: history.unit[unit.superior].name + unit.name
        if shared[unit.name] > 1 and unit.superior in history.unit
        else unit.name
        for unit in history.units
    }
