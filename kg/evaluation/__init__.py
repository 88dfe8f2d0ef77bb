"""Readings beside gold annotations → scores with intervals, ablations, the reliability of confidence, and a page of all."""

from kg.evaluation.comparison import QUESTIONS, agreement
from kg.evaluation.evaluation import Evaluation
from kg.evaluation.gold_set import GoldSet, gold_sets
from kg.evaluation.scores import Score, matched

__all__ = ["QUESTIONS", "Evaluation", "GoldSet", "Score", "agreement", "gold_sets", "matched"]
