"""The name of a picture → the function that draws it."""

from __future__ import annotations

from collections.abc import Callable

from kg.diffusion.adoptions import History
from kg.pictures.alluvial import alluvial
from kg.pictures.curve import s_curve
from kg.pictures.heat import heat
from kg.pictures.multiples import multiples
from kg.pictures.sheet import Picture
from kg.pictures.space import space
from kg.pictures.strip import strip
from kg.pictures.time import time

KINDS: dict[str, Callable[[History, str], Picture]] = {
    "curve": s_curve,
    "strip": strip,
    "heat": lambda history, program: heat(history),
    "alluvial": alluvial,
    "map": space,
    "network": time,
    "multiples": lambda history, program: multiples(history),
}
