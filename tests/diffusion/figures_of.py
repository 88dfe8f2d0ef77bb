"""tests/diffusion/figures and ../shared/reference → rows of CSV."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np
import numpy.typing as npt

HERE = Path(__file__).parent / "figures/curves"


def rows(name: str, folder: Path = HERE) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with (folder / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def column(name: str, key: str, empty: float = math.nan, folder: Path = HERE) -> npt.NDArray[np.float64]:
    """A column of numbers; NA and nothing are `empty`."""
    return np.array([empty if row[key] in ("NA", "") else float(row[key]) for row in rows(name, folder)])
