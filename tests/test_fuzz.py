"""Spoilt files cost themselves and nothing else; `make soak` runs thousands more of them through the same checks."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType
from typing import NamedTuple

import fuzz
import pytest

from kg.graph_folder import Built
from kg.pipeline import Settings, build
from kg.texts import opening
from kg.texts.formats.archives import ArchiveLimits
from kg.texts.inputs import find_inputs
from kg.texts.opening import Limits

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes and alarms are needed")

SETTINGS = Settings(limits=Limits(seconds=4))


class Box(NamedTuple):
    """A home, a working folder, a folder for temporary files and one of inputs, which a build must leave as they are."""

    inputs: Path
    out: Path
    watched: tuple[Path, ...]


@pytest.fixture
def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Box:
    inputs, home, here, temporary = (tmp_path / name for name in ("inputs", "home", "here", "tmp"))
    for folder in (inputs, home, here, temporary):
        folder.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.chdir(here)
    (inputs / "好.txt").write_text(fuzz.SENTENCE * 3, encoding="utf-8")
    return Box(inputs, tmp_path / "out", (inputs, home, here, temporary))


def checked(box: Box) -> Built:
    """The build of the inputs, after what must hold of any."""
    before = fuzz.snapshot(*box.watched)
    built = build([box.inputs], box.out, settings=SETTINGS)
    assert not before.changes(fuzz.snapshot(*box.watched))
    assert not fuzz.lost(built, box.inputs)
    assert not fuzz.unforeseen(built)
    return built


def reasons(built: Built) -> dict[str, str]:
    return {skipped.file: skipped.reason for skipped in built.skipped}


def test_spoilt_files(box: Box) -> None:
    """150 files of all formats, spoilt in all ways: none stops the build, none is passed over in silence."""
    fuzz.write_mutants(box.inputs, fuzz.mutants(150, seed=7))
    built = checked(box)
    assert len(built.skipped) > 20
    assert len(built.files) + len(built.copies) > 20


def test_files_made_to_harm(box: Box, tmp_path: Path) -> None:
    """Bombs, endless nesting and laughing entities; what is read from the good file beside them stays the same."""
    alone = tmp_path / "alone"
    build([box.inputs], alone)
    for name, data in fuzz.small_specials().items():
        (box.inputs / name).write_bytes(data)
    (box.inputs / "炸弹.zip").write_bytes(fuzz.zip_bomb(2, 60))
    (box.inputs / "炸弹.gz").write_bytes(fuzz.gzip_bomb(60))
    built = checked(box)
    told = reasons(built)
    for name, part in REFUSED.items():
        assert part in told.get(name, ""), f"{name}: {told.get(name)}"
    before, after = ((folder / "graph.nq").read_text("utf-8").splitlines() for folder in (alone, box.out))
    assert set(before) <= set(after)


REFUSED = {
    "空.txt": "empty file",
    "空的包.zip": "no files in this archive",
    "只有杂物.zip": "no files in this archive",
    "只有表头.csv": "no rows",
    "只有表头.xlsx": "no rows",
    "套娃.zip/0.zip/0.zip/0.zip": "an archive inside 3 archives",
    "深.json": "not valid JSON",
    "深表.docx": "without end",
    "炸弹.zip/通知0.txt": "hundreds of times its size",
    "炸弹.gz/炸弹": "hundreds of times its size",
    "控制符.txt": "control characters",
}


def test_odd_entries(box: Box) -> None:
    """Any name is read; links in circles, pipes and devices are named, also where they are called index.csv."""
    fuzz.write_odd_entries(box.inputs)
    with _ends_within(60):
        built = checked(box)
    told = reasons(built)
    for name, part in ODD.items():
        assert part in told.get(name, ""), f"{name}: {told.get(name)}"
    read = {report.file for report in built.files}
    assert set(fuzz.ODD_NAMES) <= read
    assert "文件夹.txt/里面.txt" in read
    (indexed,) = (report for report in built.files if report.file == "索引/文.txt")
    assert "南京" in indexed.parts[0].place


ODD = {
    "环": "a link to a folder",
    "自环.txt": "cannot be opened",
    "断链.txt": "leads nowhere",
    "无尽.txt": "no ordinary file",
    "管道.txt": "no ordinary file",
    "索引是管道/index.csv": "no ordinary file",
    "索引是无尽/index.csv": "no ordinary file",
    "索引是断链/index.csv": "leads nowhere",
}


def test_one_name_in_two_folders(tmp_path: Path) -> None:
    """The folders above tell the files apart; what is alone keeps its short name."""
    for n, name in enumerate(("甲/年/通知.txt", "乙/年/通知.txt", "乙/年/意见.txt")):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"第{n}号。{fuzz.SENTENCE}", encoding="utf-8")
    inputs, skipped = find_inputs([tmp_path / "甲", tmp_path / "乙", tmp_path / "乙"])
    assert [item.file for item in inputs] == ["乙/年/通知.txt", "年/意见.txt", "甲/年/通知.txt"]
    assert not skipped


@pytest.mark.skipif(fuzz.is_root(), reason="root may read everything")
def test_what_may_not_be_read(box: Box) -> None:
    """A locked file and a locked folder are named; the rest is read."""
    fuzz.lock_some(box.inputs)
    try:
        told = reasons(build([box.inputs], box.out, settings=SETTINGS))
    finally:
        fuzz.unlock(box.inputs)
    assert "cannot be read" in told["锁.txt"]
    assert "may not be opened" in told["锁着的"]


def test_files_too_large(box: Box) -> None:
    """A file beyond the limit is not read at all; in a table, the row that is too long is left out."""
    with (box.inputs / "一行.txt").open("wb") as stream:
        stream.write(fuzz.SENTENCE.encode() * 2000)
        stream.truncate(200 * fuzz.MB)
    (box.inputs / "巨行.csv").write_bytes(("正文\n" + "教" * 17_000_000).encode())
    told = reasons(checked(box))
    assert "larger than the limit" in told["一行.txt"]
    assert "larger than the limit" in told["巨行.csv#2"]


def test_a_file_that_vanishes(box: Box) -> None:
    """Between the listing and the reading."""
    (box.inputs / "将逝.txt").write_text(fuzz.SENTENCE, encoding="utf-8")

    def remove(done: int, all_: int, file: str) -> None:
        (box.inputs / "将逝.txt").unlink(missing_ok=True)

    built = build([box.inputs], box.out, progress=remove, settings=SETTINGS)
    assert "No such file" in reasons(built)["将逝.txt"]


def test_archives_that_multiply(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each archive keeps to the limits; together they do not, and the file ends there."""
    monkeypatch.setattr(opening, "ArchiveLimits", partial(ArchiveLimits, members=20))
    (box.inputs / "套装.zip").write_bytes(fuzz.nested_zip(2, 10))
    (box.inputs / "次.zip").write_bytes(fuzz.nested_zip(2, 3))
    told = reasons(checked(box))
    assert "unpack to more than 20 files" in told["套装.zip"]
    assert not [name for name in told if name.startswith("次.zip")]


@contextmanager
def _ends_within(seconds: int) -> Iterator[None]:
    """A read that waits for ever fails the test in place of stopping the suite."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"not done after {seconds} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
