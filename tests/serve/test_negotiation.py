"""Accept headers → the media type that goes out."""

from __future__ import annotations

import pytest

from kg.serve.negotiation import best

OFFERED = ("text/turtle", "application/n-triples", "text/csv")


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        (None, "text/turtle"),
        ("", "text/turtle"),
        ("*/*", "text/turtle"),
        ("text/csv", "text/csv"),
        ("TEXT/CSV", "text/csv"),
        ("text/csv;q=0.5, application/n-triples;q=0.9", "application/n-triples"),
        ("text/*;q=0.1, text/csv", "text/csv"),
        ("text/turtle;q=0, */*;q=0.1", "application/n-triples"),
        ("text/*, text/turtle;q=0.2", "text/csv"),
        ("text/html, */*;q=0.8", "text/turtle"),
        ("text/turtle; charset=utf-8; q=0.3, text/csv;q=0.2", "text/turtle"),
        ("image/png", None),
        ("text/csv;q=0", None),
        ("text/csv;q=7", None),
        ("nonsense", None),
        ("nonsense, text/csv", "text/csv"),
    ],
)
def test_best(header: str | None, wanted: str | None) -> None:
    """The most exact range counts for a type; among equals the service's order decides; bad parts count for nothing."""
    assert best(header, OFFERED) == wanted
