"""Names as somebody writes them in a list beside a history (places that should have sent documents) → ids."""

from __future__ import annotations

from kg.diffusion.adoptions import History
from kg.diffusion.naming import names_of


class Names:
    """Every name, code or id of a unit of a history."""

    def __init__(self, history: History) -> None:
        self._ids: dict[str, set[str]] = {}
        labels = names_of(history)
        for unit in history.units:
            for name in {unit.name, unit.id, unit.code, labels[unit.id]} - {""}:
                self._ids.setdefault(name, set()).add(unit.id)

    def unit(self, name: str) -> str:
        """The id of the unit of this name, or the name itself where no unit has it; ValueError where several have it."""
        found = self._ids.get(name, {name})
        if len(found) > 1:
            raise ValueError(f"{name} are {len(found)} places; write the code of the one that is meant")
        return next(iter(found))
