"""A user's reviewed annotations → a model folder for `--model`, with figures that were measured on other documents."""

from kg.training.annotations import Annotation, read_annotations
from kg.training.training import Trained, train

__all__ = ["Annotation", "Trained", "read_annotations", "train"]
