"""The text of a SPARQL query → the same text, checked, or an error that a beginner can act on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NoReturn

from kg.errors import QueryError
from kg.graph.iris import PREFIXES
from kg.graph.ontology import terms
from kg.graph.tokens import refuse_service
from kg.patterns import regex

_OPAQUE = regex(
    r"""(?P<comment>\#[^\n]*)
      | <[^<>"{}|\\^`\x00-\x20]*>
      | \"{3}(?:\\.|(?!\"{3}).)*\"{3} | '{3}(?:\\.|(?!'{3}).)*'{3}
      | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*'""",
    re.VERBOSE | re.DOTALL,
)
_WORD = r"(?<![\w:?$@.-]){}(?![\w:.-])"
_UPDATE = regex(_WORD.format("(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|COPY|MOVE|ADD)"), re.IGNORECASE)
_FORM = regex(_WORD.format("(SELECT|ASK|CONSTRUCT|DESCRIBE)"), re.IGNORECASE)
_WHERE = regex(_WORD.format("WHERE"), re.IGNORECASE)
_DECLARED = regex(r"\bPREFIX\s+([\w.-]*)\s*:", re.IGNORECASE)
_DECLARATION = regex(r"\bPREFIX\s+([\w.-]*)\s*:\s*<([^<>\s]*)>", re.IGNORECASE)
_PREFIXED = regex(r"(?<![\w?$@:<%-])([^\W\d_][\w.-]*)?:([\w%-]*)")
_VARIABLE = regex(r"[?$](\w+)")
_PARAMETER = regex(r"\?(\w+) \((\w+), for example ([^)]+)\)")
_PLACE_OF_ERROR = regex(r"error at (\d+):(\d+): ")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable that the asker may fix: `?program (Program, for example 县管校聘)`.

    `kind` is a class of the ontology (then a name is looked up), `integer` or `text`. A declared variable takes its
    value before the query runs, which is fast; it must be selected and stand in a pattern that is not OPTIONAL.
    """

    name: str
    kind: str
    example: str


def parameters_of(text: str) -> tuple[Parameter, ...]:
    """The parameters that the comment lines at the head of a query declare."""
    head = "\n".join(line for line in text.splitlines()[:3] if line.startswith("#"))
    return tuple(Parameter(*found) for found in _PARAMETER.findall(head))


def variables_of(text: str) -> list[str]:
    """The names of the variables of a query, in order of appearance."""
    return list(dict.fromkeys(_VARIABLE.findall(without_strings(text))))


def named(text: str, prefixes: Mapping[str, str] = PREFIXES) -> list[tuple[str, str]]:
    """The IRIs of a query as they are spelt and in full: ("skos:prefLabel", "http://…#prefLabel")."""
    declared = {found[1]: found[2] for found in _DECLARATION.finditer(text)}
    bare = without_strings(_DECLARATION.sub("", text))
    known = {**prefixes, **declared}
    short = ((found[0], known.get(found[1] or "", "") + found[2]) for found in _PREFIXED.finditer(bare))
    plain = (found[0] for found in _OPAQUE.finditer(_DECLARATION.sub("", text)) if found[0].startswith("<"))
    found = dict.fromkeys([*short, *((iri, iri[1:-1]) for iri in plain)])
    return [(spelt, iri) for spelt, iri in found if ":" in iri and not spelt.endswith(":")]


def checked(text: str, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """`text` if it is a reading query with known prefixes; QueryError says what else it is.

    SERVICE and LOAD would go out to the network; updates would change the graph under the feet of other readers.
    """
    bare = without_strings(text)
    if not bare.strip():
        raise QueryError("the query is empty; it starts with SELECT, ASK, CONSTRUCT or DESCRIBE")
    refuse_service(text)
    form, update = _FORM.search(bare), _UPDATE.search(bare)
    if update and (form is None or update.start() < form.start()):
        raise QueryError(
            f"line {_line(bare, update)}: {update[1].upper()} changes the graph, and here it can only be read; "
            "change the input documents and build again"
        )
    _check_prefixes(bare, prefixes)
    _check_terms(bare)
    return text


def filtered(text: str, wanted: Mapping[str, str]) -> str:
    """The query with `FILTER(?variable = term)` at the end of its WHERE group for each variable in `wanted`.

    A filter, because a value put in the variable's place would turn `OPTIONAL { ?claim pol:year ?year }` into a pattern
    that every other year passes too.
    """
    at = end_of_where(without_strings(text)) if wanted else None
    if at is None:
        return text
    filters = "".join(f" FILTER(?{name} = {term})" for name, term in wanted.items())
    return f"{text[:at]}{filters} {text[at:]}"


def form_of(text: str) -> str:
    """SELECT, ASK, CONSTRUCT or DESCRIBE; nothing where it is none of these."""
    found = _FORM.search(without_strings(text))
    return found[1].upper() if found else ""


def prefixed(text: str, prefixes: Mapping[str, str]) -> str:
    """The query with declarations of those prefixes that it uses and does not declare, all on its first line."""
    bare = without_strings(text)
    declared = set(_DECLARED.findall(bare))
    used = dict.fromkeys(found[1] for found in _PREFIXED.finditer(bare) if found[1] in prefixes)
    return "".join(f"PREFIX {name}: <{prefixes[name]}> " for name in used if name not in declared) + text


def start_of_where(bare: str) -> int | None:
    """Where the outermost WHERE group begins, or what may stand before its brace."""
    form = _FORM.search(bare)
    where = _WHERE.search(bare) or form
    return None if where is None or form is None else where.end()


def end_of_where(bare: str) -> int | None:
    """Where the brace stands that closes the outermost WHERE group."""
    start = start_of_where(bare)
    if start is None:
        return None
    depth = 0
    for at in range(start, len(bare)):
        depth += {"{": 1, "}": -1}.get(bare[at], 0)
        if bare[at] == "}" and depth == 0:
            return at
    return None


def without_strings(text: str) -> str:
    """The query with comments, IRIs and strings blanked, every other character where it was."""
    return _OPAQUE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def _line(text: str, found: re.Match[str]) -> int:
    return text.count("\n", 0, found.start()) + 1


def _check_prefixes(bare: str, prefixes: Mapping[str, str]) -> None:
    known = {*prefixes, *_DECLARED.findall(bare)}
    for found in _PREFIXED.finditer(bare):
        prefix = found[1] or ""
        if prefix not in known and prefix != "_":
            raise QueryError(
                f"line {_line(bare, found)}: the prefix {prefix + ':'!r} is unknown{did_you_mean(prefix, known, ':')}; "
                f"declare it with PREFIX {prefix}: <…> or use one of {', '.join(sorted(prefixes))}"
            )


def _check_terms(bare: str) -> None:
    if "pol" in _DECLARED.findall(bare):
        return
    known = terms()
    for found in _PREFIXED.finditer(bare):
        if found[1] == "pol" and found[2] and found[2] not in known:
            raise QueryError(
                f"line {_line(bare, found)}: the ontology has no pol:{found[2]}{did_you_mean(found[2], known)}; "
                "ontology/policy.ttl lists all terms"
            )


def did_you_mean(word: str, known: Iterable[str], suffix: str = "") -> str:
    """`; did you mean 'adopts'?`, or nothing where no known word is near."""
    by_folded = {candidate.casefold(): candidate for candidate in sorted(known, reverse=True)}
    near = get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    return f"; did you mean {by_folded[near[0]] + suffix!r}?" if near else ""


def explain_syntax_error(text: str, error: SyntaxError) -> NoReturn:
    """Raises QueryError with the line, the line's text and a hint in place of the parser's grammar."""
    found = _PLACE_OF_ERROR.match(str(error))
    if found is None:
        raise QueryError(f"the query cannot be read: {error}") from None
    lines = text.splitlines() or [""]
    number = min(int(found[1]), len(lines))
    column = min(int(found[2]), len(lines[number - 1]) + 1)
    raise QueryError(
        f"line {number}, column {column}: the query cannot be read here: {_hint(text)}\n"
        f"  {lines[number - 1]}\n  {' ' * _width(lines[number - 1][: column - 1])}^"
    ) from None


def _hint(text: str) -> str:
    bare = without_strings(text)
    if not _FORM.search(bare):
        return "a query starts with SELECT, ASK, CONSTRUCT or DESCRIBE"
    if '"' in bare or "'" in bare:
        return "a quotation mark is not closed"
    if found := re.search("[；，：（）！？。、“”]", bare):
        return f"a full-width {found[0]!r} stands where SPARQL wants a half-width sign"
    for opening, closing in ("{}", "()"):
        missing = bare.count(opening) - bare.count(closing)
        if missing:
            return f"a {opening!r} has no {closing!r}" if missing > 0 else f"a {closing!r} has no {opening!r}"
    return "perhaps a full stop between two patterns, or a part of a pattern, is missing"


def _width(text: str) -> int:
    """Columns in a terminal: a Chinese character takes two."""
    return sum(2 if ord(char) >= 0x2E80 else 1 for char in text)
