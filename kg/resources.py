"""Where ontology/, data/ and viz/ are: inside an installed wheel or in a checkout."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def shipped(*parts: str) -> Traversable:
    """A file or folder that comes with the package: `shipped("data", "lexicons", "places.csv")`."""
    inside = files("kg") / "_shipped"
    root: Traversable = inside if inside.is_dir() else Path(__file__).resolve().parent.parent
    return root.joinpath(*parts)
