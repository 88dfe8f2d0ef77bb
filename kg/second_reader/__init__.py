"""Readings → the claims that a language model proposes and the text bears out; optional, and off unless it is asked for."""

from kg.second_reader.budget import Budget, Cost
from kg.second_reader.cache import Cache
from kg.second_reader.endpoint import SecondReading
from kg.second_reader.prompt import question_of
from kg.second_reader.reader import SecondReader, second_reader
from kg.second_reader.stretches import stretches

__all__ = ["Budget", "Cache", "Cost", "SecondReader", "SecondReading", "question_of", "second_reader", "stretches"]
