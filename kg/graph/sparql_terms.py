"""Terms as N-Triples write them → the same as SPARQL must have them."""

from __future__ import annotations

import re

import pyoxigraph as ox

_BACKSLASH_U = re.compile(rb"\\\\([uU])|\\.")
_SPELT = {b"u": b"\\\\\\u0075", b"U": b"\\\\\\u0055"}


def for_sparql(triples: bytes) -> bytes:
    r"""N-Triples in which no backslash of a text can be taken for the beginning of `\u0041`.

    SPARQL resolves such codes before it reads strings (section 19.2), and not all engines see that in `\\u0041` the
    backslash is itself escaped; with the u written as a code both readings give the same text.
    """
    if b"\\\\u" not in triples and b"\\\\U" not in triples:
        return triples
    return _BACKSLASH_U.sub(lambda found: _SPELT[found[1]] if found[1] else found[0], triples)


def term_text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    """A term to be put into a query: it ends where it should, whatever stands in it."""
    return for_sparql(str(term).encode("utf-8", "replace")).decode("utf-8")


def text_term(text: str) -> str:
    """A text as a string to be put into a query."""
    return term_text(ox.Literal(text))
