"""Simulated data → a table of adoptions that `kg diffuse` reads, and the true edges beside it."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from kg.diffusion.simulation.simulate import Simulated
from kg.errors import DiffusionError

ADOPTIONS = ("unit", "program", "year", "level", "superior", "province", "lon", "lat")
EDGES = ("origin", "destination")


def write_simulated(data: Simulated, folder: Path) -> tuple[Path, Path]:
    """Writes adoptions.csv and true_edges.csv; the folder is made. Raises DiffusionError where it holds either already."""
    paths = folder / "adoptions.csv", folder / "true_edges.csv"
    for path in paths:
        if path.exists():
            raise DiffusionError(f"{path} exists; name a new folder")
    folder.mkdir(parents=True, exist_ok=True)
    _write(paths[0], ADOPTIONS, _adoptions(data))
    names = [unit.name for unit in data.planted.units]
    _write(paths[1], EDGES, ((names[origin], names[destination]) for origin, destination in data.planted.edges))
    return paths


def _adoptions(data: Simulated) -> Iterable[tuple[object, ...]]:
    found = data.cascades
    units = {unit.name: unit for unit in data.planted.units}
    for number, who, time in zip(found.cascade.tolist(), found.unit.tolist(), found.time.tolist(), strict=True):
        unit = units[found.units[who]]
        year = f"{time:.0f}" if data.design.whole_years else f"{time:.6f}"
        level = unit.level.lower() if unit.level else ""
        yield unit.name, found.names[number], year, level, unit.superior, unit.province, unit.lon, unit.lat


def _write(path: Path, header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
