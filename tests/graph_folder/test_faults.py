"""What is damaged, taken away or written at the same time: nothing is lost, nothing is half, and the words are clear."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph_folder.made_up import anew, drafts, everything, made, notes, page, report, short, table, write
from kg.cli import main
from kg.errors import GraphError
from kg.graph.store import open_graph
from kg.graph_folder import Shards
from kg.pipeline import build, status

ROOT = Path(__file__).parents[2]
FILES = {"a.txt": short(year=2014), "b.html": page(report()), "t.csv": table(short("昌乐县", 2015), short(year=2003))}


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    return write(tmp_path / "docs", FILES)


@pytest.fixture
def graph(docs: Path) -> Path:
    return build([docs], docs.parent / "graph").folder


def shard(graph: Path, file: str, ending: str) -> Path:
    """A file of the shard of a document."""
    facts = next(f for f in graph.glob("shards/*/*.jsonl") if f'"file":"{file}","path"' in f.read_text())
    return facts if ending == "jsonl" else next(facts.parent.glob(f"{facts.stem}-*.nq"))


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size * 2 // 3)


def spoil(path: Path) -> None:
    """Changes a byte."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def text_of(graph: Path) -> Path:
    return next((graph / "texts").glob("*.txt"))


DAMAGES: dict[str, Callable[[Path], object]] = {
    "facts cut": lambda graph: cut(shard(graph, "t.csv", "jsonl")),
    "facts cut to nothing": lambda graph: os.truncate(shard(graph, "b.html", "jsonl"), 0),
    "facts cut by a line": lambda graph: cut_line(shard(graph, "t.csv", "jsonl")),
    "facts garbage": lambda graph: shard(graph, "a.txt", "jsonl").write_text("[1, {}]\n"),
    "facts of another shape": lambda graph: shard(graph, "a.txt", "jsonl").write_text('{"format": 1, "body": 3}\n'),
    "facts no text": lambda graph: shard(graph, "a.txt", "jsonl").write_bytes(b"\xff\xfe\x00"),
    "facts gone": lambda graph: shard(graph, "a.txt", "jsonl").unlink(),
    "quads cut": lambda graph: cut(shard(graph, "b.html", "nq")),
    "quads changed by a byte": lambda graph: spoil(shard(graph, "b.html", "nq")),
    "quads gone": lambda graph: shard(graph, "b.html", "nq").unlink(),
    "text gone": lambda graph: text_of(graph).unlink(),
    "text cut": lambda graph: cut(text_of(graph)),
    "all texts gone": lambda graph: shutil.rmtree(graph / "texts"),
    "graph cut": lambda graph: cut(graph / "graph.nq"),
    "graph changed by a byte": lambda graph: spoil(graph / "graph.nq"),
    "graph gone": lambda graph: (graph / "graph.nq").unlink(),
    "mark gone": lambda graph: (graph / "graph.json").unlink(),
    "mark cut": lambda graph: cut(graph / "graph.json"),
    "mark of another shape": lambda graph: (graph / "graph.json").write_text("[]"),
    "list of graphs cut": lambda graph: cut(graph / "graphs.csv"),
    "list of graphs changed": lambda graph: spoil(graph / "graphs.csv"),
    "mentions cut": lambda graph: cut(graph / "mentions.csv"),
    "report changed": lambda graph: spoil(graph / "report.html"),
    "Turtle gone": lambda graph: (graph / "graph.ttl").unlink(),
}


def cut_line(path: Path) -> None:
    path.write_text("\n".join(path.read_text().splitlines()[:-1]) + "\n")


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_told_and_mended(damage: str, docs: Path, graph: Path) -> None:
    """kg status tells of it; the next build reads at most that file again, and everything stands as it was."""
    before = {name: content for name, (content, _) in everything(graph).items()}
    DAMAGES[damage](graph)
    found = status(graph)
    assert found.faults or found.stale
    built = build([docs], graph)
    assert built.read <= (2 if damage == "all texts gone" else 1)
    assert {name: content for name, (content, _) in everything(graph).items()} == before
    assert (status(graph).faults, status(graph).stale) == ((), ())


def test_damage_of_a_file_that_is_gone(docs: Path, graph: Path) -> None:
    """What cannot be read again is named; everything else stays."""
    spoil(shard(graph, "a.txt", "nq"))
    (docs / "a.txt").unlink()
    built = build([docs / "t.csv"], graph)
    assert notes(built) == [
        "a.txt: it must be read once more, for what was read from it cannot be used; but it is not where it was: "
        "give it again"
    ]
    assert made(graph) == anew([docs])
    write(docs, {"a.txt": FILES["a.txt"]})
    build([docs], graph)
    assert made(graph) == anew([docs])


def test_facts_that_cannot_be_read_are_forgotten_with_prune(docs: Path, graph: Path) -> None:
    """Until then every build tells of them."""
    shard(graph, "a.txt", "jsonl").write_text("garbage")
    (docs / "a.txt").unlink()
    for _ in range(2):
        assert "damaged here" in notes(build([docs], graph))[0]
        assert "must be given once more" in status(graph).faults[0]
    build([docs], graph, prune=True)
    assert notes(build([docs], graph)) == []
    assert made(graph) == anew([docs])


def test_newer_versions(docs: Path, graph: Path) -> None:
    """What a newer version wrote is neither read nor changed."""
    for name, old, new in (("graph.json", '"format": 1', '"format": 2'), ("shards/README.txt", "format 2", "format 3")):
        (graph / name).write_text((graph / name).read_text().replace(old, new))
        before = everything(graph)
        with pytest.raises(GraphError, match=r"written by a newer version of policy-kg"):
            status(graph)
        with pytest.raises(GraphError, match=r"written by a newer version of policy-kg"):
            build([docs], graph)
        assert everything(graph) == before
        (graph / name).write_text((graph / name).read_text().replace(new, old))


def test_leftovers_go(docs: Path, graph: Path) -> None:
    """Of every draft that a killed build may leave."""
    before = made(graph)
    for folder in (".draft", "shards/.draft.x", "store/.draft.x", "shards/00"):
        (graph / folder).mkdir(parents=True)
        (graph / folder / "x").write_text("half")
    (graph / "shards" / "00" / "x").rename(graph / "shards" / "00" / "0123456789abcdef-0123456789abcdef.nq")
    for file in (
        ".graph.json.draft",
        "texts/.0123456789abcdef.txt.draft",
        "texts/0123456789abcdef.txt",
        "store/README.txt",
    ):
        (graph / file).write_text("policy-kg store")
    facts = shard(graph, "a.txt", "jsonl")
    facts.with_name(f".{facts.name}.draft").write_text("half")
    build([docs], graph)
    assert (drafts(graph), made(graph)) == ([], before)
    assert not (graph / "store").exists()
    assert not (graph / "shards" / "00").exists()
    assert not (graph / "texts" / "0123456789abcdef.txt").exists()


# ── At the same time ───────────────────────────────────────────────────────────────────────────────────────────────

WAITS = """
import sys, time
from pathlib import Path
from kg.pipeline import build

def wait(done, all_, file):
    if done == 1:
        print("reading", flush=True)
        time.sleep(60)

build([Path(sys.argv[1])], Path(sys.argv[2]), progress=wait)
"""


def test_two_builds_at_once(docs: Path, tmp_path: Path) -> None:
    """The second gets a message; after the first was killed it goes on with what that one had read."""
    graph = tmp_path / "graph"
    words = [sys.executable, "-c", WAITS, str(docs), str(graph)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}) as first:
        assert first.stdout
        assert first.stdout.readline() == b"reading\n"
        told = CliRunner().invoke(main, ["build", str(docs), "--out", str(graph)])
        assert told.exit_code == 1
        assert f"another kg build is writing into {graph}; wait for its end, or choose another --out" in told.stderr
        first.send_signal(signal.SIGKILL)
    assert (graph / "shards").is_dir()
    built = build([docs], graph)
    assert (built.read, built.kept, drafts(graph)) == (2, 1, [])
    assert made(graph) == anew([docs])


def test_what_was_read_is_damaged_at_once(docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shard that cannot be used a moment after it was written is told; a file must not be missing in silence."""
    documents = Shards.documents
    monkeypatch.setattr(
        Shards, "documents", lambda self, shard: None if shard.origin.file == "a.txt" else documents(self, shard)
    )
    with pytest.raises(GraphError, match=r"what was read from a\.txt is damaged or gone"):
        build([docs], tmp_path / "graph")


READS = """
import sys, time
from pathlib import Path
from kg.graph.mentions import read_mentions
from kg.graph.store import open_graph

print("ready", flush=True)
seen = 0
while not Path(sys.argv[2]).exists():
    graph = open_graph(Path(sys.argv[1]))
    time.sleep(0.02)
    names = {graph.value for graph in graph.dataset.named_graphs()}
    said = {str(row[0]) for row in graph.query("SELECT ?n WHERE { ?p a pol:Place ; skos:prefLabel ?n }")}
    quads = sum(1 for _ in graph.dataset.quads_for_pattern(None, None, None)) - len(graph)
    rows = sum(map(len, read_mentions(Path(sys.argv[1]) / "mentions.csv").values()))
    print(quads, len(graph), len(names), len(said), rows > 0)
    seen += 1
"""


@pytest.mark.parametrize("large", [1_000_000, 1000])
def test_a_reader_sees_whole_graphs(large: int, docs: Path, graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While builds follow one another it counts only what one of them wrote, with the named graphs of the same one."""
    monkeypatch.setattr("kg.graph.large.LARGE", large)
    whole = set()
    words = [sys.executable, "-c", READS, str(graph), str(docs / "end")]
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    ) as reader:
        assert reader.stdout
        assert reader.stdout.readline() == "ready\n"
        for n in range(12):
            if n:
                write(docs, {"a.txt": short(year=1990 + n), f"n{n % 3}.txt": short(year=1970 + n) * (n % 3)})
                build([docs / "a.txt", docs / f"n{n % 3}.txt"], graph)
            quads = len((graph / "graph.nq").read_bytes().splitlines())
            there = open_graph(graph)
            whole.add(f"{quads} {len(there)} {len(list(there.dataset.named_graphs()))}")
        write(docs, {"end": ""})
        told = reader.communicate(timeout=60)[0].splitlines()
    assert reader.returncode == 0
    assert len(told) > 3
    assert {" ".join(line.split()[:3]) for line in told} <= whole
    assert all(line.endswith("True") for line in told)


def test_a_graph_that_is_open_stays_what_it_was(docs: Path, graph: Path) -> None:
    """Also where its named graphs are asked for only after the next build."""
    there = open_graph(graph)
    count = len(there)
    (docs / "b.html").unlink()
    build([docs], graph, prune=True)
    assert len(there) == count
    asked = "SELECT (COUNT(DISTINCT ?g) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert str(there.query(asked).rows[0][0]) == "5"
    assert str(open_graph(graph).query(asked).rows[0][0]) == "4"


def test_status_as_a_command(docs: Path, graph: Path) -> None:
    """Exit code 0 where all is well or a file is stale, 1 where the graph is not whole; machines get every file."""
    done = CliRunner().invoke(main, ["status", str(graph)])
    assert (done.exit_code, "everything is as it was read" in done.stdout) == (0, True)
    write(docs, {"a.txt": "x"})
    done = CliRunner().invoke(main, ["status", str(graph), "-f", "csv", "--stale"])
    assert (done.exit_code, done.stdout.splitlines()[1].endswith("the file has changed")) == (0, True)
    cut(graph / "graph.nq")
    done = CliRunner().invoke(main, ["status", str(graph)])
    assert (done.exit_code, "is damaged" in done.stderr) == (1, True)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="builds are killed in forked processes")
def test_a_small_share_of_the_soak() -> None:
    """Kills, cuts, full and read-only disks: scripts/soak_build.py has the rest."""
    before = time.monotonic()
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "soak_build.py", "4", "2"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert time.monotonic() - before < 600


def test_shards_of_an_earlier_version_are_read_again(docs: Path, graph: Path) -> None:
    """Also where their files are not given now; they are not called damaged."""
    expected = made(graph)
    for facts in graph.glob("shards/*/*.jsonl"):
        facts.write_text(facts.read_text("utf-8").replace('{"format":2,', '{"format":1,', 1), "utf-8")
    assert {file.stale for file in status(graph).stale} == {"read by an earlier version of policy-kg"}
    built = build([docs / "a.txt"], graph)
    assert (built.read, built.kept) == (3, 0)
    assert made(graph) == expected
    assert status(graph).stale == ()
