"""What an estimator gives back, and how the warnings of its library become sentences."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from kg.diffusion.cascades import Floats
from kg.errors import DiffusionError


class Estimates(NamedTuple):
    """Coefficients in the order of the columns of the design, and after them the model's own (log scale)."""

    beta: Floats  # (K,)
    bread: Floats  # (K, K) inverse information: the model's covariance
    scores: Floats | None  # (N, K) gradient of each row; None where rows have none of their own
    loglik: float
    loglik_null: float
    converged: bool = True
    extra: tuple[str, ...] = ()  # names of the coefficients after those of the design
    notes: tuple[str, ...] = ()


@contextmanager
def importing(library: str, what: str) -> Iterator[None]:
    """Around an import from the extra `models`: raises DiffusionError with the cure where the library is missing."""
    try:
        yield
    except ImportError:
        raise DiffusionError(
            f'{what} needs {library}, which is not installed: pip install "policy-kg[models]"'
        ) from None


@contextmanager
def listening() -> Iterator[list[str]]:
    """The distinct warnings of a library, which are not shown."""
    told: list[str] = []
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        yield told
    told += dict.fromkeys(" ".join(str(one.message).split()) for one in heard)
