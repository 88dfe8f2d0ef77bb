"""A scholar's own panel and tables of covariates → the observations of a model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from kg.diffusion.history.opening import TABLES
from kg.diffusion.history.subsets import Subset
from kg.diffusion.models.joining import Joined, join
from kg.diffusion.models.observations import KNOWN, Observations, read_observations
from kg.diffusion.models.screening import READ
from kg.errors import DiffusionError
from kg.lexicon_files import read_free_sheet

HEAD = 65536  # bytes in which the names of the columns stand


def is_panel(path: Path, renamed: Mapping[str, str]) -> bool:
    """Whether a table has years at risk (adopt) or intervals (lower, upper), and is not a list of adoptions (year)."""
    if path.suffix.lower() not in TABLES or not path.is_file():
        return False
    ours = {theirs.lower(): name for name, theirs in renamed.items()}
    with path.open("rb") as file:
        head = file.read(HEAD).splitlines(keepends=True)
    sheet = read_free_sheet(head[0] if head else b"", path.name, (*KNOWN, *ours))
    columns = {ours.get(name, name) for name in sheet.columns}
    return "adopt" in columns or ({"lower", "upper"} <= columns and "year" not in columns)


def panel_observations(path: Path, renamed: Mapping[str, str], wanted: Subset) -> Observations:
    """A user's own panel; of a subset only programmes can be asked for."""
    if replace(wanted, programs=()):
        raise DiffusionError(
            f"{path.name} is a panel: of it --program can be chosen; leave the other rows out of the file"
        )
    data = read_observations(path, renamed)
    if not wanted.programs:
        return data
    chosen = np.isin(data.columns["program"], wanted.programs)
    if not chosen.any():
        raise DiffusionError(
            f"{path.name}: no program {', '.join(wanted.programs)}; there are {', '.join(data.levels('program')[0][:10])}"
        )
    return data.only(chosen)


def with_covariates(
    data: Observations, files: Sequence[Path], lags: Iterable[int]
) -> tuple[Observations, tuple[Joined, ...]]:
    """The observations with the columns of these files, and how each met them."""
    told = []
    for path in files:
        data, one = join(data, path, lags)
        told.append(one)
    return data, tuple(told)


def only_read(data: Observations) -> Observations:
    """Without the years of which no document of the unit was read. Raises DiffusionError where nothing says so."""
    column = next((name for name in READ if name in data.columns), "")
    if not column:
        raise DiffusionError(f"{data.file}: no column documents (how many of the unit were read in the year)")
    read = np.nan_to_num(data.numbers(column)) > 0
    return data.only(read, f"{int((~read).sum())} rows are left out: no document of the unit in that year was read")
