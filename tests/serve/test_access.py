"""Who may change a store, and which folders may become one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import GraphError
from kg.serve.access import refuse_change, token_of
from kg.serve.problem import Problem
from kg.serve.settings import Settings, is_loopback
from kg.serve.store_folder import kind_of, prepared

OPEN = Settings(Path("store"), updates=True)
GUARDED = replace(OPEN, token=b"a-long-secret")
HERE = "127.0.0.1:7878"


@pytest.mark.parametrize(
    ("settings", "authorization", "origin", "host", "status"),
    [
        (Settings(Path("graph")), None, None, HERE, 403),
        (OPEN, None, None, HERE, 0),
        (OPEN, None, None, "localhost:7878", 0),
        (OPEN, None, None, "[::1]:7878", 0),
        (OPEN, None, None, "rebound.example.org", 403),
        (OPEN, None, "https://example.org", HERE, 403),
        (OPEN, None, "null", HERE, 403),
        (OPEN, None, f"http://{HERE}", HERE, 0),
        (GUARDED, "Bearer a-long-secret", None, "graph.example.org", 0),
        (GUARDED, "bearer  a-long-secret ", None, HERE, 0),
        (GUARDED, None, None, HERE, 401),
        (GUARDED, "Bearer a-long-secre", None, HERE, 401),
        (GUARDED, "Bearer \xff县", None, HERE, 401),
        (GUARDED, "Basic a-long-secret", None, HERE, 401),
        (GUARDED, "Bearer a-long-secret", "https://example.org", HERE, 403),
    ],
)
def test_who_may_change(
    settings: Settings, authorization: str | None, origin: str | None, host: str, status: int
) -> None:
    """The token, or a loopback address where no token is wanted; never a page of another site."""
    if not status:
        refuse_change(settings, authorization, origin, host)
        return
    with pytest.raises(Problem) as refused:
        refuse_change(settings, authorization, origin, host)
    assert refused.value.status == status
    assert "secret" not in refused.value.detail


@pytest.mark.parametrize(
    ("host", "is_local"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("LOCALHOST", True),
        ("0.0.0.0", False),
        ("a.org", False),
    ],
)
def test_loopback(host: str, is_local: bool) -> None:
    """Addresses that only this machine can reach; names are not looked up."""
    assert is_loopback(host) is is_local


def test_token_file(tmp_path: Path) -> None:
    """The token is one line; one that is short, odd or missing is refused without being shown."""
    file = tmp_path / "token"
    file.write_text("a-long-secret\n")
    assert token_of(file) == b"a-long-secret"
    for text in ("", "short", "two words here", "秘密秘密秘密秘密"):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(GraphError) as refused:
            token_of(file)
        assert not text or text not in str(refused.value)
    with pytest.raises(GraphError):
        token_of(tmp_path / "missing")


def test_store_folder(tmp_path: Path) -> None:
    """An empty or missing folder becomes a store and keeps its kind."""
    store = tmp_path / "store"
    assert kind_of(store) is None
    assert prepared(store, "standard") == "standard"
    assert prepared(store, None) == "standard"
    with pytest.raises(GraphError, match="cannot become union"):
        prepared(store, "union")


@pytest.mark.parametrize(
    ("name", "words"), [("graph.nq", "kg push"), ("graph.json", "kg build"), ("thesis.docx", "not empty")]
)
def test_foreign_folder(tmp_path: Path, name: str, words: str) -> None:
    """A folder with something of somebody's is left as it is."""
    (tmp_path / name).write_text("")
    with pytest.raises(GraphError, match=words):
        prepared(tmp_path, None)
    assert [file.name for file in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("text", ["", "[]", '{"format": 99, "default_graph": "union"}', '{"format": 1}'])
def test_other_version(tmp_path: Path, text: str) -> None:
    """A store of another version is not touched."""
    (tmp_path / "store.json").write_text(text)
    with pytest.raises(GraphError):
        prepared(tmp_path, None)
