"""A user's reviewed annotations → a model folder for `--model`, with figures that were measured on other documents."""

from kg.training.annotations import Annotation, AnnotationError, read_annotations
from kg.training.training import TooFewExamples, Trained, train

__all__ = ["Annotation", "AnnotationError", "TooFewExamples", "Trained", "read_annotations", "train"]
