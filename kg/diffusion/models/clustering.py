"""Scores of observations and groups of them → a covariance that holds although observations of a group go together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from kg.diffusion.cascades import Floats, Ints


def clustered(bread: Floats, scores: Floats, groups: Sequence[Ints], *, corrected: bool = True) -> tuple[Floats, bool]:
    """The sandwich bread · meat · bread (K × K), and whether it had to be made positive.

    `bread` is the inverse information, `scores` (N × K) the gradients of the observations, each of `groups` (N,) a way
    to cluster: one (Liang and Zeger 1986), or several at once (Cameron, Gelbach and Miller 2011: one-way covariances
    are added, those of intersections taken away). `corrected` gives each the factor G / (G - 1), as R's sandwich does for
    glm; R's survival (coxph, survreg) does without it.
    """
    total = np.zeros_like(bread)
    for size in range(1, len(groups) + 1):
        for some in combinations(groups, size):
            total += (-1.0) ** (size + 1) * _one_way(bread, scores, crossed(some), corrected)
    if len(groups) == 1:
        return total, False
    values, vectors = np.linalg.eigh(total)
    if values.min() >= 0:
        return total, False
    return vectors @ np.diag(np.maximum(values, 0.0)) @ vectors.T, True


def crossed(groups: Sequence[Ints]) -> Ints:
    """One number for each combination of groups that occurs."""
    found = groups[0]
    for other in groups[1:]:
        found = found * (int(other.max(initial=0)) + 1) + other
    return np.unique(found, return_inverse=True)[1].astype(np.int64)


def _one_way(bread: Floats, scores: Floats, group: Ints, corrected: bool) -> Floats:
    count = int(group.max(initial=-1)) + 1
    sums = np.zeros((count, scores.shape[1]))
    np.add.at(sums, group, scores)
    half = sums @ bread
    covariance: Floats = half.T @ half * (count / (count - 1) if corrected and count > 1 else 1.0)
    return covariance
