"""Several processes read the files of a build: the graph is that of one, and who is lost costs the time of a file only."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from graph_folder.made_up import archive, drafts, made, notes, page, report, short, table, write
from kg.errors import GraphError
from kg.pipeline import Settings, build, status, workers
from kg.pipeline.workers import Workers
from kg.texts.opening import Limits

ALL = ("graph.nq", "graphs.csv", "graph.json", "mentions.csv", "graph.ttl", "report.html")
# A worker to which something happens with the file 坏.txt, as often as there are files in a folder of omens.
UNLUCKY = """
import os, sys, time
from pathlib import Path
from kg.pipeline import worker
from kg.pipeline.files import FileReader

read, omens = FileReader.__call__, Path(sys.argv[1])

def unlucky(self, item):
    for omen in sorted(omens.iterdir()) if item.file == "坏.txt" else ():
        omen.unlink()
        {what}
    return read(self, item)

FileReader.__call__ = unlucky
worker.main()
"""
KILLED = "os.kill(os.getpid(), 9)" if os.name != "nt" else "os._exit(9)"
HANGS = "time.sleep(600)"
CANNOT = "raise OSError(28, 'No space left on device')"


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """Files of several formats, with copies among them, under names in Chinese and with spaces."""
    folder = tmp_path / "政策 文件"
    texts = {f"工作 总结/{year}年.txt": short(year=year, number=year) for year in range(2001, 2013)}
    texts |= {"坏.txt": short("昌乐县", 2015), "副本.txt": short(year=2003, number=2003), "p.html": page(report())}
    texts |= {"t.csv": table(short(year=1999), short(year=1998), short(year=2003, number=2003), short(year=1998))}
    archive(write(folder, texts) / "a.zip", {"1.txt": report("大连市"), "2.txt": short(year=1997)})
    (folder / "空.pdf").write_bytes(b"%PDF-1.4 nothing")
    return folder


def unlucky(monkeypatch: pytest.MonkeyPatch, folder: Path, what: str, times: int) -> None:
    """From now on this happens to workers, so many times."""
    write(folder, {str(n): "" for n in range(times)})
    monkeypatch.setattr(Workers, "command", ("-P", "-c", UNLUCKY.format(what=what), str(folder)))


def shards(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "shards").rglob("*.*")}


@pytest.mark.parametrize("number", [2, 3])
def test_any_number_of_workers_makes_the_same_graph(number: int, docs: Path, tmp_path: Path) -> None:
    """Also the shards are the same, byte for byte."""
    alone = build([docs], tmp_path / "one", workers=1)
    many = build([docs], tmp_path / "many", workers=number)
    assert made(many.folder, ALL) == made(alone.folder, ALL)
    assert shards(many.folder) == shards(alone.folder)
    assert notes(many) == notes(alone) != []
    assert drafts(many.folder) == []


def test_a_killed_worker_costs_time_only(docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its file is read by another."""
    unlucky(monkeypatch, tmp_path / "omens", KILLED, 1)
    built = build([docs], tmp_path / "graph", workers=2)
    assert not any((tmp_path / "omens").iterdir())
    assert made(built.folder, ALL) == made(build([docs], tmp_path / "one", workers=1).folder, ALL)
    assert drafts(built.folder) == []


def test_a_file_that_kills_all_who_read_it(docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is left out, with a reason; the others are read, and the next build tries it again."""
    unlucky(monkeypatch, tmp_path / "omens", KILLED, workers.TRIES)
    built = build([docs], tmp_path / "graph", workers=2)
    assert [note for note in notes(built) if note.startswith("坏.txt")] == [
        "坏.txt: the program that read it was ended from outside, perhaps for lack of memory, 2 times; "
        "look at the file, split it or leave it out"
    ]
    assert {file.file: file.stale for file in status(built.folder).stale} == {"坏.txt": "reading it was cut short"}
    assert "坏.txt" not in {file.file for file in built.files}
    assert len(built.files) == len(build([docs], tmp_path / "one", workers=1).files) - 1
    again = build([docs], tmp_path / "graph", workers=2)
    assert (again.read, made(again.folder)) == (1, made(tmp_path / "one"))


def test_a_worker_that_hangs(docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is ended when no sign of life has come for longer than a document may take."""
    monkeypatch.setattr(workers, "_GRACE", 4.0)
    unlucky(monkeypatch, tmp_path / "omens", HANGS, 1)
    settings = Settings(limits=Limits(seconds=5))
    built = build([docs], tmp_path / "graph", settings=settings, workers=2)
    assert made(built.folder) == made(build([docs], tmp_path / "one", settings=settings, workers=1).folder)


def test_a_worker_that_is_killed_before_it_begins(docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another is begun in its place; no file is to blame."""
    omens = write(tmp_path / "omens", {"1": "", "2": ""})
    begins = f"import os, pathlib\nfor omen in sorted(pathlib.Path({str(omens)!r}).iterdir()):\n    omen.unlink()\n    {KILLED}"
    monkeypatch.setattr(Workers, "command", ("-P", "-c", f"{begins}\nfrom kg.pipeline import worker\nworker.main()"))
    built = build([docs], tmp_path / "graph", workers=2)
    assert not any(omens.iterdir())
    assert made(built.folder, ALL) == made(build([docs], tmp_path / "one", workers=1).folder, ALL)


def test_workers_that_cannot_begin(docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Workers, "command", ("-c", "raise SystemExit"))
    with pytest.raises(GraphError, match="say --workers 1"):
        build([docs], tmp_path / "graph", workers=2)
    assert not (tmp_path / "graph").exists()


def test_what_no_file_is_to_blame_for_ends_the_build(
    docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the words of a build without workers; the next one goes on with what was read."""
    unlucky(monkeypatch, tmp_path / "omens", CANNOT, 1)
    with pytest.raises(GraphError, match="is full"):
        build([docs], tmp_path / "graph", workers=2)
    built = build([docs], tmp_path / "graph", workers=2)
    assert made(built.folder) == made(build([docs], tmp_path / "one", workers=1).folder)


def test_few_files_are_read_without_workers(docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless the user says so: each worker takes a second to begin."""
    monkeypatch.setattr(Workers, "command", ("-c", "raise SystemExit"))
    assert build([docs], tmp_path / "graph").read


@pytest.mark.skipif(os.name == "nt", reason="a signal from the keyboard cannot be sent there")
def test_a_build_that_is_stopped_goes_on(docs: Path, tmp_path: Path) -> None:
    """Ctrl-C: a clear word, no worker left, and what was read has not to be read again."""
    write(docs, {f"m/{year}-{n}.txt": short(year=year, number=n) for year in range(1950, 2000) for n in range(8)})
    graph = tmp_path / "graph"
    command = [sys.executable, "-m", "kg", "build", str(docs), "--out", str(graph), "--workers", "2"]
    usual = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # a shell has what runs behind it ignore the signal
    with subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True, preexec_fn=usual) as running:
        while running.poll() is None and len(list(graph.glob("shards/*/*.jsonl"))) < 20:
            time.sleep(0.02)
        os.killpg(running.pid, signal.SIGINT)
        _, said = running.communicate()
    assert (running.returncode, b"the same command goes on" in said) == (130, True)
    with pytest.raises(ProcessLookupError):
        os.killpg(running.pid, 0)
    built = build([docs], graph, workers=2)
    assert built.kept >= 20
    assert made(built.folder) == made(build([docs], tmp_path / "one", workers=1).folder)
    assert drafts(graph) == []


@pytest.mark.parametrize("coding", ["gbk", "utf-8", "ascii"])
def test_a_console_of_another_encoding(coding: str, docs: Path, tmp_path: Path) -> None:
    """Chinese names on a console of Windows or of an old server: what it cannot show is escaped, and nothing fails."""
    command = [sys.executable, "-X", "utf8=0", "-m", "kg", "build", str(docs), "--out", str(tmp_path / "图")]
    env = os.environ | {"PYTHONIOENCODING": coding, "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run([*command, "--workers", "2"], env=env, capture_output=True, check=True)
    assert b"left out" in done.stderr
    assert made(tmp_path / "图") == made(build([docs], tmp_path / "one", workers=1).folder)
