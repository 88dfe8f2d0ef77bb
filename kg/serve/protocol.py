"""An HTTP request → the SPARQL operation that it asks for (SPARQL 1.1 Protocol, 2); no reading, no writing."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

from kg.serve.media import FORM, QUERY, UPDATE
from kg.serve.problem import Problem

MOST_PARAMETERS = 5000


@dataclass(frozen=True, slots=True)
class Query:
    """A query over the graphs that the request names, or the store's own dataset."""

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Update:
    """An update whose patterns are matched in the graphs that the request names."""

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Describe:
    """A request without a query: what is this service?"""


Operation = Query | Update | Describe
Parameters = list[tuple[str, str]]


def operation(method: str, query_string: str, content_type: str | None, body: bytes) -> Operation:
    """What the request asks for; Problem 400, 405 or 415 where it is none of the protocol's forms."""
    parameters = parsed(query_string)
    if method in ("GET", "HEAD"):
        if _values(parameters, "update"):
            raise Problem(400, "an update is sent by POST, not by GET")
        return _query(parameters) if _values(parameters, "query") else Describe()
    if method != "POST":
        raise Problem(405, f"{method} is not used here; ask by GET or POST", Allow="GET, HEAD, POST")
    media, charset = media_type(content_type)
    if charset not in ("", "utf-8", "us-ascii", "ascii"):
        raise Problem(415, f"the body must be UTF-8, not {charset}")
    if media == FORM:
        return _form(parameters + parsed(utf8(body)))
    if media not in (QUERY, UPDATE):
        raise Problem(415, f"the body must be {FORM}, {QUERY} or {UPDATE}, not {media or 'without Content-Type'}")
    if _values(parameters, "query") or _values(parameters, "update"):
        raise Problem(400, "the text stands in the body and in the address; send it once")
    text = utf8(body)
    return _query([*parameters, ("query", text)]) if media == QUERY else _update([*parameters, ("update", text)])


def parsed(encoded: str) -> Parameters:
    """The parameters of a query string or a form; Problem 400 where they are not UTF-8 or are too many."""
    try:
        return parse_qsl(
            encoded, keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=MOST_PARAMETERS
        )
    except UnicodeDecodeError:
        raise Problem(400, "a parameter is no UTF-8 text") from None
    except ValueError:
        raise Problem(400, f"the request has more than {MOST_PARAMETERS} parameters") from None


def media_type(content_type: str | None) -> tuple[str, str]:
    """("text/turtle", "utf-8") of a Content-Type header; empty where it says nothing."""
    media, *parameters = (content_type or "").lower().split(";")
    charsets = [
        value.strip(' "') for name, _, value in (p.partition("=") for p in parameters) if name.strip() == "charset"
    ]
    return media.strip(), charsets[0] if charsets else ""


def utf8(body: bytes) -> str:
    """The body as text; Problem 400 where it is not UTF-8."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise Problem(400, "the body is no UTF-8 text") from None


def _form(parameters: Parameters) -> Operation:
    asked, changed = _values(parameters, "query"), _values(parameters, "update")
    if asked and changed:
        raise Problem(400, "a request is a query or an update, not both")
    if not asked and not changed:
        raise Problem(400, "the form has neither query= nor update=")
    return _query(parameters) if asked else _update(parameters)


def _query(parameters: Parameters) -> Query:
    if _values(parameters, "using-graph-uri") or _values(parameters, "using-named-graph-uri"):
        raise Problem(400, "using-graph-uri is for updates; a query takes default-graph-uri and named-graph-uri")
    text = _one(parameters, "query")
    default, named = _values(parameters, "default-graph-uri"), _values(parameters, "named-graph-uri")
    return Query(text, tuple(default), tuple(named))


def _update(parameters: Parameters) -> Update:
    text = _one(parameters, "update")
    default, named = _values(parameters, "using-graph-uri"), _values(parameters, "using-named-graph-uri")
    return Update(text, tuple(default), tuple(named))


def _one(parameters: Parameters, name: str) -> str:
    values = _values(parameters, name)
    if len(values) != 1:
        raise Problem(400, f"the request has {len(values)} parameters {name}=; exactly one is wanted")
    return values[0]


def _values(parameters: Parameters, name: str) -> list[str]:
    return [value for key, value in parameters if key == name]
