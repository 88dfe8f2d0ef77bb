"""The prepared reader is kept on the machine: what is loaded reads like what was made, and nothing foreign is loaded."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from kg.entities import EntityReader, entity_reader
from kg.entities.prepared import FOLDER, VERSIONS, prepare_patterns, prepared
from kg.lexicons import load_lexicons
from kg.pipeline import read_document
from kg.texts import read_document as read_text

EXAMPLES = sorted((Path(__file__).parents[2] / "data" / "examples").glob("*.txt"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(FOLDER, str(tmp_path / "kept"))
    return tmp_path / "kept"


def made() -> list[str]:
    return ["made"]


def refused() -> list[str]:
    raise AssertionError("it was made again")


def test_what_was_made_once_is_loaded(folder: Path) -> None:
    assert prepared("thing", made) == prepared("thing", refused) == ["made"]
    assert [path.name.partition("-")[0] for path in folder.iterdir()] == ["thing"]


def test_a_kept_reader_reads_as_a_fresh_one(folder: Path) -> None:
    def fresh() -> EntityReader:
        return EntityReader(load_lexicons())

    reader = fresh()
    prepared("reader", fresh)
    kept = prepared("reader", entity_reader.__wrapped__)
    for file in EXAMPLES:
        document = read_text(file.read_bytes(), file.name)
        assert read_document(document, kept) == read_document(document, reader), file.name


@pytest.mark.parametrize("damage", [lambda data: b"", lambda data: data[:-1], lambda data: data[:-1] + b"\0"])
def test_what_is_damaged_is_made_again(folder: Path, damage: object) -> None:
    prepared("thing", lambda: list("0123456789"))
    (file,) = folder.iterdir()
    file.write_bytes(damage(file.read_bytes()))  # type: ignore[operator]
    assert prepared("thing", made) == ["made"]
    assert prepared("thing", refused) == ["made"]


@pytest.mark.skipif(sys.platform == "win32", reason="rights of files are others there")
@pytest.mark.parametrize("which", ["folder", "file"])
def test_what_others_may_write_is_not_loaded(folder: Path, which: str) -> None:
    prepared("thing", lambda: ["theirs"])
    (folder if which == "folder" else next(folder.iterdir())).chmod(0o777)
    assert prepared("thing", made) == ["made"]


def test_a_folder_that_cannot_be_made_costs_only_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(FOLDER, str(tmp_path / "file" / "below"))
    assert prepared("thing", made) == ["made"]


def test_nothing_is_kept_where_the_user_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER, "")
    assert prepared("thing", made) == ["made"]


def test_patterns_are_kept_for_the_rules_that_have_them(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Others are compiled when the rules change; where nothing is kept they wait for their first use."""
    monkeypatch.setattr("kg.entities.prepared.codes_of_all", dict)
    for rules in ("old", "new", "new"):
        prepare_patterns(rules)
    assert [path.name.partition("-")[0] for path in folder.iterdir()] == ["patterns", "patterns"]
    monkeypatch.setenv(FOLDER, "")
    monkeypatch.setattr("kg.entities.prepared.codes_of_all", refused)
    prepare_patterns("new")


def test_only_the_last_versions_stay(folder: Path) -> None:
    folder.mkdir()
    for n in range(5):
        (folder / f"thing-{n}.bin").write_bytes(b"")
        os.utime(folder / f"thing-{n}.bin", (n, n))
    prepared("thing", made)
    assert len(list(folder.iterdir())) == VERSIONS
