"""An evaluation → what was found, missed and wrong in each file, by kind, relation and agreement."""

from __future__ import annotations

from typing import Any

from kg.evaluation.comparison import Question, agreed
from kg.evaluation.evaluation import Evaluation
from kg.evaluation.intervals import Tally
from kg.evaluation.scores import Score
from kg.model import Kind

Tallies = dict[str, Tally]  # by file


def names_found(evaluation: Evaluation, kind: Kind, *, relaxed: bool) -> Tallies:
    """The names of one kind."""
    return {file: _tally(evaluation.things_of(file, kind, relaxed=relaxed)) for file in evaluation.gold.files}


def facts_found(evaluation: Evaluation, question: Question) -> Tallies:
    """The facts of one relation."""
    return {file: _tally(evaluation.facts_of(file, question)) for file in evaluation.gold.files}


def agreeing(evaluation: Evaluation, question: Question, name: str) -> Tallies:
    """The found facts whose year, status … is that of the gold, and those where it is another."""
    same = {file: agreed(question, evaluation.facts_of(file, question))[name] for file in evaluation.gold.files}
    return {file: Tally(good, 0, bad) for file, (good, bad) in same.items()}


def sorts(evaluation: Evaluation) -> dict[str, tuple[str, ...]]:
    """The files by what sort of text the gold says they are, the sort with most files first."""
    files: dict[str, list[str]] = {}
    for file in evaluation.gold.files:
        files.setdefault(evaluation.gold.sort(file), []).append(file)
    return {sort: tuple(files[sort]) for sort in sorted(files, key=lambda sort: (-len(files[sort]), sort))}


def _tally(score: Score[Any, Any]) -> Tally:
    return Tally(len(score.pairs), len(score.missed), len(score.wrong))
