"""Files → decoded, cleaned text with a map back to the original → parts → sentences."""

from kg.texts.cleaning import clean
from kg.texts.decoding import decode
from kg.texts.documents import read_document
from kg.texts.numerals import number_of, year_of
from kg.texts.parts import split_parts
from kg.texts.sentences import split_sentences

__all__ = ["clean", "decode", "number_of", "read_document", "split_parts", "split_sentences", "year_of"]
