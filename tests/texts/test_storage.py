"""Documents on other storage: found and read by the same rules as those of this machine, and passwords stay unseen."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from graph_folder.made_up import archive, page, report, short, write

from kg.errors import KgError, RemoteError
from kg.graph_folder.plan import path_from
from kg.pipeline import build, status
from kg.remote.files import IN_MEMORY, RemoteFile, is_url, shown
from kg.texts.indexes import INDEX
from kg.texts.inputs import find_inputs

fsspec = pytest.importorskip("fsspec", reason="the extra remote is not installed")
ROOT = RemoteFile("memory://bucket/文件")


@pytest.fixture
def memory() -> Iterator[None]:
    """Storage that is empty, and forgotten afterwards."""
    storage = fsspec.filesystem("memory")
    storage.store.clear()
    storage.pseudo_dirs[:] = [""]
    yield
    storage.store.clear()


@pytest.fixture
def docs(tmp_path: Path, memory: None) -> Path:
    """A folder, and the same at ROOT."""
    texts = {
        "a 1.txt": short(),
        "下/b.html": page(report()),
        "README.md": "这里是文件",
        ".hidden": "x",
        "下/.x/y.txt": "z",
    }
    texts |= {INDEX: "file,place\na 1.txt,大连市\n没有.txt,大连市\n", f"下/{INDEX}": "file,year\nb.html,2011\n"}
    texts |= {"旧/graph.nq": "", "旧/mentions.csv": "kind\n"}
    folder = write(tmp_path / "文件", texts)
    archive(folder / "c.zip", {"1.txt": short(year=2011)})
    for path in folder.rglob("*"):
        if path.is_file():
            (ROOT / path.relative_to(folder).as_posix()).put(path)
    return folder


def test_found_as_on_this_machine(docs: Path) -> None:
    """The same files under the same names with the same index; graph folders, hidden files and READMEs left out."""
    here, said_here = find_inputs([docs])
    there, said_there = find_inputs([ROOT])
    assert [(item.file, item.given, item.size) for item in there] == [
        (item.file, item.given, item.size) for item in here
    ]
    assert [item.file for item in there] == ["a 1.txt", "c.zip", "下/b.html"]
    assert {(one.file, one.note) for one in said_there} == {(one.file, one.note) for one in said_here}


def test_one_file(docs: Path) -> None:
    """A file that is named itself, with what the index beside it says; and one that is not there."""
    (item,), _ = find_inputs([ROOT / "a 1.txt"])
    assert (item.file, item.given.place) == ("a 1.txt", "大连市")
    assert [one.reason for one in find_inputs([ROOT / "b.txt"])[1]] == ["there is no such file or folder"]


def test_the_same_graph(docs: Path, tmp_path: Path) -> None:
    """The bytes do not tell where the documents lay; the next build reads nothing, and status asks no network."""
    build([docs], tmp_path / "here")
    build([ROOT], tmp_path / "there")
    assert (tmp_path / "there" / "graph.nq").read_bytes() == (tmp_path / "here" / "graph.nq").read_bytes()
    assert build([ROOT], tmp_path / "there").read == 0
    fsspec.filesystem("memory").store.clear()
    assert status(tmp_path / "there").stale == ()


def test_a_change_is_seen(docs: Path, tmp_path: Path) -> None:
    """A file with new content is read again, and only that."""
    build([ROOT], tmp_path / "graph")
    (docs / "a 1.txt").write_text(short(year=2019), "utf-8")
    (ROOT / "a 1.txt").put(docs / "a 1.txt")
    assert build([ROOT], tmp_path / "graph").read == 1


def test_a_document_is_fetched_once(docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For its hash and for reading it."""
    asked: list[str] = []
    for name in ("get", "open"):
        own = getattr(RemoteFile, name)

        def asking(file: RemoteFile, *given: Any, own: Any = own) -> Any:
            asked.append(file.name)
            return own(file, *given)

        monkeypatch.setattr(RemoteFile, name, asking)
    assert build([ROOT], tmp_path / "graph").read == 3
    assert sorted(name for name in asked if name != INDEX) == ["a 1.txt", "b.html", "c.zip"]


def test_large_files_are_read_whole(docs: Path, tmp_path: Path) -> None:
    """One that is too large for the memory is fetched into a file of its own, in which a reader can go back."""
    content = bytes(range(256)) * (IN_MEMORY // 256 + 1)
    (tmp_path / "large").write_bytes(content)
    (ROOT / "large").put(tmp_path / "large")
    for size in (len(content), -1):
        with RemoteFile((ROOT / "large").url, size).open() as stream:
            assert stream.read(10) == content[:10]
            stream.seek(0)
            assert stream.read() == content


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("sftp://me:secret@host/docs", "sftp://me@host/docs"),
        ("sftp://me:se@cret@host/docs/a@b", "sftp://me@host/docs/a@b"),
        ("sftp://:secret@host/docs", "sftp://@host/docs"),
        ("abfs://box@account.example/docs", "abfs://box@account.example/docs"),
        ("s3://bucket/a:b@c", "s3://bucket/a:b@c"),
        ("hdfs://host:8020/docs", "hdfs://host:8020/docs"),
        ("zip://a.txt::sftp://me:secret@host/x.zip", "zip://a.txt::sftp://me@host/x.zip"),
    ],
)
def test_passwords_stay_unseen(url: str, told: str, tmp_path: Path) -> None:
    """Not in words, not in what Python shows, not in what a graph folder keeps; but they travel to workers."""
    file = RemoteFile(url)
    assert (str(file), shown(f"no answer from {url}"), path_from(tmp_path, file)) == (
        told,
        f"no answer from {told}",
        told,
    )
    assert "secret" not in repr(file)
    assert pickle.loads(pickle.dumps(file)).url == url


@pytest.mark.parametrize(
    ("url", "said"),
    [("nowhere://me:secret@host/docs", "this address cannot be used"), ("http-://x", "this address cannot be used")],
)
def test_unknown_storage(url: str, said: str) -> None:
    """It is told in one line, without the password."""
    with pytest.raises(RemoteError, match=said) as fault:
        find_inputs([RemoteFile(url)])
    assert "secret" not in str(fault.value)


def test_faults_of_storage(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whatever a storage raises becomes one line about that address; a build without documents says so."""

    class Strange(Exception):
        pass

    def fail(*given: object, **named: object) -> None:
        raise Strange("no token for\nsftp://me:secret@host")

    monkeypatch.setattr(type(fsspec.filesystem("memory")), "isdir", fail)
    (said,) = find_inputs([ROOT])[1]
    assert said.reason == "it cannot be read: Strange: no token for sftp://me@host"
    with pytest.raises(KgError, match="No document could be read"):
        build([ROOT], tmp_path / "graph")


@pytest.mark.parametrize(
    ("text", "is_one"), [("s3://a/b", True), ("C:\\docs", False), ("docs/a:b", False), ("-", False)]
)
def test_is_url(text: str, is_one: bool) -> None:
    """Only what names a kind of storage is a URL."""
    assert is_url(text) is is_one
