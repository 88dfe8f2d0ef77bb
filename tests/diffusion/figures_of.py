"""tests/diffusion/figures and ../shared/reference → rows and columns of CSV, networks of people."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kg.diffusion.exposure.networks import PlaceNetwork, given

HERE = Path(__file__).parent / "figures/curves"
REFERENCE = Path(__file__).parents[2].parent / "shared/reference/diffusion"


def rows(name: str, folder: Path = HERE) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with (folder / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def column(name: str, key: str, empty: float = math.nan, folder: Path = HERE) -> npt.NDArray[np.float64]:
    """A column of numbers; NA and nothing are `empty`."""
    return np.array([empty if row[key] in ("NA", "") else float(row[key]) for row in rows(name, folder)])


def network(name: str, folder: Path = HERE) -> PlaceNetwork:
    """ego looks at alter, in the order of the units in the table of times."""
    pairs = [(row["alter"], row["ego"]) for row in rows(f"{name}_edges_slice1.csv", folder)]
    return given([row["id"] for row in rows(f"{name}_toa.csv", folder)], pairs, name, directed=True)
