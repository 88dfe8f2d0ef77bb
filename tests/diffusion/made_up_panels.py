"""Panels of years at risk, made up: the same seed gives the same rows."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from kg.diffusion.models.observations import Observations, observations_of

REFERENCE = Path(__file__).parents[2].parent / "shared/reference/diffusion/eventhistory"
FIGURES = Path(__file__).parent / "figures/models"
Columns = dict[str, list[Any]]


def spread(units: int = 24, programs: int = 4, years: int = 8, seed: int = 1) -> Columns:
    """Cities adopt the sooner the richer they are and the more have adopted before; some never do."""
    rng = np.random.default_rng(seed)
    wealth = rng.normal(size=units)
    found: Columns = {
        name: [] for name in ("unit", "program", "year", "duration", "adopt", "share", "wealth", "documents")
    }
    for program in range(programs):
        waiting = set(range(units))
        for year in range(years):
            share = 1 - len(waiting) / units
            for unit in sorted(waiting):
                linear = -2.4 + 0.8 * wealth[unit] + 1.5 * share
                adopts = rng.random() < 1 / (1 + np.exp(-linear))
                row = (
                    f"市{unit:02}",
                    f"计划{program}",
                    2010.0 + year,
                    year + 1.0,
                    float(adopts),
                    share,
                    wealth[unit],
                    1.0,
                )
                for name, cell in zip(found, row, strict=True):
                    found[name].append(cell)
                if adopts:
                    waiting.discard(unit)
    return found


def small() -> Observations:
    """The default panel."""
    return observations_of(spread())


def write_csv(path: Path, columns: Mapping[str, Sequence[Any]]) -> Path:
    """These columns as a file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))
    return path


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))
