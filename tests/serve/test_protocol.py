"""HTTP requests → operations, as the SPARQL 1.1 Protocol has them, and refusals with the right status."""

from __future__ import annotations

import pytest

from kg.serve.graph_store import Document, Target, documents, target
from kg.serve.problem import Problem
from kg.serve.protocol import Describe, Operation, Query, Update, operation

FORM = "application/x-www-form-urlencoded"
ASK, DROP = "ASK {}", "DROP ALL"


@pytest.mark.parametrize(
    ("method", "query_string", "content_type", "body", "asked"),
    [
        ("GET", "", None, b"", Describe()),
        ("GET", "query=ASK+%7B%7D", None, b"", Query(ASK)),
        ("HEAD", "query=ASK%20%7B%7D", None, b"", Query(ASK)),
        ("POST", "", FORM, b"query=ASK+%7B%7D", Query(ASK)),
        ("POST", "", f"{FORM}; charset=UTF-8", b"query=ASK+%7B%7D", Query(ASK)),
        ("POST", "", "application/sparql-query", b"ASK {}", Query(ASK)),
        ("POST", "", "Application/SPARQL-Query;charset=utf-8", b"ASK {}", Query(ASK)),
        (
            "GET",
            "query=ASK+%7B%7D&default-graph-uri=u:a&default-graph-uri=u:b&named-graph-uri=u:c",
            None,
            b"",
            Query(ASK, ("u:a", "u:b"), ("u:c",)),
        ),
        ("POST", "default-graph-uri=u:a", "application/sparql-query", b"ASK {}", Query(ASK, ("u:a",))),
        ("POST", "", FORM, b"query=ASK+%7B%7D&named-graph-uri=u:c", Query(ASK, (), ("u:c",))),
        ("POST", "", FORM, b"update=DROP+ALL", Update(DROP)),
        ("POST", "", "application/sparql-update", b"DROP ALL", Update(DROP)),
        (
            "POST",
            "using-graph-uri=u:a&using-named-graph-uri=u:b",
            "application/sparql-update",
            b"DROP ALL",
            Update(DROP, ("u:a",), ("u:b",)),
        ),
    ],
)
def test_operation(method: str, query_string: str, content_type: str | None, body: bytes, asked: Operation) -> None:
    """Query by GET, form and body; update by form and body; a GET without a query asks for the description."""
    assert operation(method, query_string, content_type, body) == asked


@pytest.mark.parametrize(
    ("method", "query_string", "content_type", "body", "status"),
    [
        ("GET", "query=ASK%7B%7D&query=ASK%7B%7D", None, b"", 400),
        ("GET", "update=DROP+ALL", None, b"", 400),
        ("GET", "query=%FF", None, b"", 400),
        ("GET", "query=ASK%7B%7D&using-graph-uri=u:a", None, b"", 400),
        ("POST", "", FORM, b"", 400),
        ("POST", "", FORM, b"query=ASK%7B%7D&update=DROP+ALL", 400),
        ("POST", "", FORM, b"update=DROP+ALL&update=DROP+ALL", 400),
        ("POST", "query=ASK%7B%7D", "application/sparql-query", b"ASK {}", 400),
        ("POST", "", "application/sparql-query", b"ASK {\xff}", 400),
        ("POST", "", "application/sparql-query; charset=utf-16", "ASK {}".encode("utf-16"), 415),
        ("POST", "", "text/plain", b"ASK {}", 415),
        ("POST", "", None, b"ASK {}", 415),
        ("PUT", "query=ASK%7B%7D", None, b"", 405),
        ("GET", "&".join(["a=b"] * 6000), None, b"", 400),
    ],
)
def test_refused(method: str, query_string: str, content_type: str | None, body: bytes, status: int) -> None:
    """What is none of the protocol's forms."""
    with pytest.raises(Problem) as refused:
        operation(method, query_string, content_type, body)
    assert refused.value.status == status


HERE = "http://127.0.0.1/store/a"


@pytest.mark.parametrize(
    ("query_string", "below", "meant"),
    [
        ("default", "", Target(None)),
        ("graph=http%3A%2F%2Fexample.org%2Fg", "", Target("http://example.org/g")),
        ("", "", Target(None, is_store=True)),
        ("", "a", Target(HERE)),
        ("graph=u:b", "a", Target("u:b")),
    ],
)
def test_target(query_string: str, below: str, meant: Target) -> None:
    """The graph that a request means: by parameter, or by its own address."""
    assert target(query_string, HERE, below) == meant


@pytest.mark.parametrize("query_string", ["default&graph=u:a", "graph=u:a&graph=u:b", "default&default=x&graph=u:a"])
def test_one_target(query_string: str) -> None:
    """Two graphs at once are none."""
    with pytest.raises(Problem):
        target(query_string, HERE, "")


FORM_DATA = (
    b'--x\r\nContent-Disposition: form-data; name="a"; filename="a.ttl"\r\nContent-Type: text/turtle\r\n\r\n'
    b'<u:a> <u:b> "1\n2" .\r\n'
    b'--x\r\nContent-Disposition: form-data; name="b"; filename="b.nt"\r\nContent-Type: application/octet-stream\r\n\r\n'
    b"<u:a> <u:b> \xe5\x8e\xbf .\r\n--x--\r\n"
)


def test_documents() -> None:
    """A body is one document; the files of a form are one each, their type told by themselves or by their ending."""
    assert documents("text/turtle;charset=utf-8", b"x") == [Document(b"x", "text/turtle")]
    assert documents('multipart/form-data; boundary="x"', FORM_DATA) == [
        Document(b'<u:a> <u:b> "1\n2" .', "text/turtle"),
        Document("<u:a> <u:b> 县 .".encode(), "application/n-triples"),
    ]


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        (None, b"", 415),
        ("image/png", b"", 415),
        ("multipart/form-data", FORM_DATA, 400),
        ("multipart/form-data; boundary=y", FORM_DATA, 400),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Type: image/png\r\n\r\na\r\n--x--\r\n", 415),
    ],
)
def test_documents_refused(content_type: str | None, body: bytes, status: int) -> None:
    """What is no RDF, and forms that cannot be taken apart."""
    with pytest.raises(Problem) as refused:
        documents(content_type, body)
    assert refused.value.status == status
