"""SPARQL text → its tokens, as the grammar of SPARQL 1.1 cuts them, and what they say of the text without parsing it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.errors import QueryError
from kg.patterns import regex

_PART = r"(?:[\w:-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])"
_TOKEN = regex(
    rf"""(?P<comment>\#[^\n\r]*)
      | (?P<iri><[^<>"{{}}|\\^`\x00-\x20]*>|<(?:[^<>"{{}}|\\^`\x00-\x20]|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})*>)
      | (?P<string>\"{{3}}(?:\\.|(?!\"{{3}})[^\\])*\"{{3}} | '{{3}}(?:\\.|(?!'{{3}})[^\\])*'{{3}}
                   | "(?:\\.|[^"\\\n\r])*" | '(?:\\.|[^'\\\n\r])*')
      | (?P<variable>[?$]\w+)
      | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
      | (?P<name>(?:[^\W\d_](?:[\w.-]*[\w-])?|_)?:(?:{_PART}(?:(?:{_PART}|\.)*{_PART})?)?)
      | (?P<number>(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)
      | (?P<word>[^\W\d]\w*)
      | (?P<sign>\S)""",
    re.VERBOSE | re.DOTALL,
)
_OPERANDS = frozenset({"variable", "string", "number", "name", "iri", "language", "word"})
_HIDES = regex(r"['#()]")


class Token(NamedTuple):
    """A piece of a query; `depth` counts the braces around it, `nested` the parentheses."""

    kind: str  # iri, string, variable, language, name, number, word, sign
    text: str
    start: int
    depth: int
    nested: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def is_word(self, *words: str) -> bool:
        """Whether it is one of these keywords, however written."""
        return self.kind == "word" and self.text.upper() in words


def tokens(text: str) -> Iterator[Token]:
    """All tokens but comments; a closing brace has the depth of its opening one."""
    depth = nested = 0
    for found in _TOKEN.finditer(text):
        kind, sign = found.lastgroup or "", found[0]
        if kind == "comment":
            continue
        depth -= sign == "}"
        nested -= sign == ")"
        yield Token(kind, sign, found.start(), depth, nested)
        depth += sign == "{"
        nested += sign == "("


def refuse_service(text: str) -> None:
    """QueryError where the text asks another server, or might be read so by the engine.

    The engine needs no space around keywords (`trueSERVICEex:a{…}` is one), so every word and every prefix that holds
    SERVICE is refused, and so is a text that names it where `<` may be an operator or open an IRI.
    """
    if "service" not in text.casefold():
        return
    before: Token | None = None
    for token in tokens(text):
        if _holds(token, "service") or _is_ambiguous(token, before):
            line = text.count("\n", 0, token.start) + 1
            raise QueryError(f"line {line}: SERVICE asks another server, which is not allowed here; remove it")
        before = token


def refuse_load(text: str) -> None:
    """QueryError where an update fetches a document, or might be read so by the engine."""
    if "load" not in text.casefold():
        return
    before: Token | None = None
    for token in tokens(text):
        is_declared = before is not None and before.is_word("PREFIX")
        if (token.depth == 0 and not is_declared and _holds(token, "load")) or _is_ambiguous(token, before):
            line = text.count("\n", 0, token.start) + 1
            raise QueryError(f"line {line}: LOAD fetches from another server, which is not allowed here; send the data")
        before = token


def _holds(token: Token, word: str) -> bool:
    if token.kind == "name":
        return word in token.text.partition(":")[0].casefold()
    return token.kind in ("word", "language") and word in token.text.casefold()


def _is_ambiguous(token: Token, before: Token | None) -> bool:
    """Whether `<…>` stands where `<` may compare, and holds what would begin or end something there."""
    if token.kind != "iri" or not token.nested or before is None:
        return False
    return (before.kind in _OPERANDS or before.text == ")") and _HIDES.search(token.text) is not None


def with_using(text: str, default: Sequence[str], named: Sequence[str]) -> str:
    """The update with USING clauses for these graphs, as the SPARQL 1.1 Protocol (2.2.3) wants it.

    `DELETE WHERE { … }` takes no USING, so it becomes `DELETE { … } USING … WHERE { … }`. QueryError where the text
    has USING or WITH of its own. Relative and odd IRIs are refused: they are pasted into the text.
    """
    for iri in (*default, *named):
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^<>\"{}|\\^`\x00-\x20]*", iri):
            raise QueryError(f"{iri!r} is no absolute IRI")
    clauses = "".join([*(f" USING <{iri}>" for iri in default), *(f" USING NAMED <{iri}>" for iri in named)]) + " "
    outside = [token for token in tokens(text) if token.depth == 0]
    if any(token.is_word("USING", "WITH") for token in outside):
        raise QueryError("using-graph-uri and using-named-graph-uri cannot stand beside USING or WITH in the text")
    told, at = [], 0
    for n, token in enumerate(outside):
        if not token.is_word("WHERE"):
            continue
        told.append(text[at : token.start])
        if n and outside[n - 1].is_word("DELETE"):
            told.append(_block(text, outside[n + 1 :]))
        told.append(clauses)
        at = token.start
    return "".join([*told, text[at:]])


def _block(text: str, after: Sequence[Token]) -> str:
    """The group in braces with which `after` begins; empty where there is none, which the parser will say."""
    start = next((token.start for token in after[:1] if token.text == "{"), None)
    end = next((token.end for token in after if token.text == "}"), None)
    return "" if start is None or end is None else text[start:end]
