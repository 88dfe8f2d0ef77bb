"""A graph that grows: in whatever steps it was built, it is the graph of one build, and only what is new is read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from graph_folder.made_up import (
    NAMELESS,
    altered,
    anew,
    archive,
    drafts,
    everything,
    made,
    notes,
    page,
    report,
    short,
    table,
    write,
)
from kg.errors import GraphError, NothingToBuild
from kg.graph.store import open_graph
from kg.model import Given
from kg.pipeline import Settings, build, status
from kg.texts.opening import Limits


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    return tmp_path / "graph"


def files_of(folder: Path) -> list[str]:
    """The names of the files in a graph, as its readers see them."""
    asked = "SELECT DISTINCT ?file WHERE { ?source pol:file ?file } ORDER BY ?file"
    return [str(row[0]) for row in open_graph(folder).query(asked)]


def reasons(folder: Path) -> dict[str, str]:
    return {file.file: file.stale for file in status(folder).stale}


# ── In steps or at once ────────────────────────────────────────────────────────────────────────────────────────────

ONE, TWO = short(year=2014), short("昌乐县", 2015)
STEPS: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "different texts": ({"a.txt": ONE}, {"b.txt": TWO}),
    "the first name comes last": ({"b.txt": ONE}, {"a.txt": TWO}),
    "one text, its first name first": ({"a.txt": ONE}, {"b.txt": ONE}),
    "one text, its first name last": ({"b.txt": ONE}, {"a.txt": ONE}),
    "one text of an open year, told by the second name": (
        {"1.txt": NAMELESS.format(number=3)},
        {"宜昌市教育局2016年工作总结.txt": NAMELESS.format(number=3)},
    ),
    "the same, the name that tells first": (
        {"宜昌市教育局2016年工作总结.txt": NAMELESS.format(number=3)},
        {"1.txt": NAMELESS.format(number=3), "2.txt": NAMELESS.format(number=3)},
    ),
    "an altered copy comes later": ({"a.txt": report(year=2013)}, {"b.txt": altered(2013, 2016)}),
    "an altered copy comes first": ({"a.txt": altered(2013, 2016)}, {"b.txt": report(year=2013)}),
    "a copy with a word changed": ({"a.txt": report()}, {"b.txt": report().replace("十七项", "十七个")}),
    "borrowed text": ({"b.txt": report(year=2013)}, {"a.txt": report(year=2014, number=7)}),
    "pages": ({"b.html": page(report())}, {"a.html": page(report()), "c.html": page(TWO)}),
    "a page and its text": ({"b.txt": report()}, {"a.html": page(report())}),
    "a table repeats a file": ({"a.txt": report()}, {"t.csv": table(report(), ONE, TWO, TWO, ONE)}),
    "a file repeats a table": ({"t.csv": table(report(), ONE, TWO, TWO, ONE)}, {"a.txt": ONE, "z.txt": TWO}),
    "two tables": ({"t.csv": table(ONE, TWO, report())}, {"s.csv": table(TWO, ONE, short(year=2001))}),
    "folders": ({"x/a.txt": ONE, "y/a.txt": TWO}, {"x/b.txt": report(), "a.txt": ONE}),
}


@pytest.mark.parametrize("name", STEPS)
def test_in_steps_or_at_once(name: str, tmp_path: Path, graph: Path) -> None:
    """Files that come in a second build give the graph of one build of all, whichever name and text come first."""
    first, second = STEPS[name]
    docs = write(tmp_path / "docs", first)
    build([docs], graph)
    write(docs, second)
    built = build([docs], graph)
    assert made(graph) == anew([docs])
    assert built.read == len(second) or "one text" in name or "repeats" in name
    assert not status(graph).faults


def test_archives(tmp_path: Path, graph: Path) -> None:
    """The members of an archive are documents as others are; equal texts count once across archives and files."""
    docs = tmp_path / "docs"
    archive(docs / "b.zip", {"1.txt": report(), "2.html": page(ONE), "twice.txt": TWO, "again.txt": TWO})
    build([docs], graph)
    archive(docs / "a.zip", {"1.txt": report(), "x/t.csv": table(ONE, TWO)})
    write(docs, {"c.txt": ONE})
    build([docs], graph)
    assert made(graph) == anew([docs])
    (docs / "a.zip").unlink()
    build([docs], graph, prune=True)
    assert made(graph) == anew([docs])


def test_given_apart(tmp_path: Path, graph: Path) -> None:
    """Each build needs to be given the new files only."""
    docs = write(tmp_path / "docs", {"a.txt": ONE, "b.txt": TWO, "c.txt": report()})
    for name, elsewhere in (("c.txt", 0), ("a.txt", 1), ("b.txt", 2)):
        built = build([docs / name], graph)
        assert (built.read, built.kept, built.elsewhere) == (1, elsewhere, elsewhere)
    assert made(graph) == anew([docs])


def test_a_second_run_changes_nothing(tmp_path: Path, graph: Path) -> None:
    """Nothing is read, no file is written, not even with the same bytes."""
    docs = write(tmp_path / "docs", {"a.txt": ONE, "b.html": page(report()), "t.csv": table(ONE, TWO)})
    first = build([docs], graph)
    before = everything(graph)
    again = build([docs], graph)
    assert everything(graph) == before
    assert (again.read, again.kept) == (0, 3)
    assert (again.files, again.copies, again.quads) == (first.files, first.copies, first.quads)
    assert notes(again) == notes(first)


# ── What changes ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_changed_file(tmp_path: Path, graph: Path) -> None:
    """Its named graph is replaced, and no other but those that say what is known beforehand."""
    docs = write(tmp_path / "docs", {"a.txt": ONE, "b.txt": TWO, "c.html": page(report())})
    build([docs], graph)
    before = {row.split(",")[0]: row.split(",")[-1] for row in (graph / "graphs.csv").read_text("utf-8").splitlines()}
    write(docs, {"b.txt": TWO.replace("2015", "2011")})
    assert reasons(graph) == {"b.txt": "the file has changed"}
    built = build([docs], graph)
    assert (built.read, built.kept) == (1, 2)
    after = {row.split(",")[0]: row.split(",")[-1] for row in (graph / "graphs.csv").read_text("utf-8").splitlines()}
    assert len(before.keys() - after.keys()) == len(after.keys() - before.keys()) == 1
    assert sum(after[name] != digest for name, digest in before.items() if name in after) <= 1
    assert made(graph) == anew([docs])


def test_what_is_deleted_stays_until_it_is_pruned(tmp_path: Path, graph: Path) -> None:
    """kg status names it; --prune takes it out, with its shard and its text."""
    docs = write(tmp_path / "docs", {"a.txt": ONE, "b.html": page(TWO)})
    build([docs], graph)
    (docs / "b.html").unlink()
    assert build([docs], graph).elsewhere == 1
    assert files_of(graph) == ["a.txt", "b.html"]
    assert reasons(graph) == {"b.html": "not found any more at ../docs/b.html"}
    build([docs], graph, prune=True)
    assert (files_of(graph), reasons(graph)) == (["a.txt"], {})
    assert made(graph) == anew([docs])
    assert not (graph / "texts").exists()
    assert len(list(graph.glob("shards/*/*"))) == 2


def test_the_original_of_a_copy_goes(tmp_path: Path, graph: Path) -> None:
    """Then its copy counts, which was read by itself: a shard does not depend on what was read before."""
    docs = write(tmp_path / "docs", {"a.txt": ONE, "b.txt": ONE, "c.txt": TWO})
    build([docs], graph)
    write(docs, {"a.txt": short(year=2002)})
    assert build([docs], graph).read == 1
    assert made(graph) == anew([docs])
    (docs / "a.txt").unlink()
    build([docs], graph, prune=True)
    assert made(graph) == anew([docs])


def test_a_file_that_is_moved(tmp_path: Path, graph: Path) -> None:
    """Under its name in another place it is not read again, and the graph stays as it is; the same for the whole tree."""
    docs = write(tmp_path / "docs", {"a.txt": ONE, "b.txt": TWO})
    build([docs], graph)
    before = made(graph)
    docs.rename(tmp_path / "moved")
    built = build([tmp_path / "moved"], graph)
    assert (built.read, made(graph), reasons(graph)) == (0, before, {})
    (tmp_path / "tree").mkdir()
    for name in ("moved", "graph"):
        (tmp_path / name).rename(tmp_path / "tree" / name)
    assert reasons(tmp_path / "tree" / "graph") == {}
    assert build([tmp_path / "tree" / "moved"], tmp_path / "tree" / "graph").read == 0


def test_two_files_of_one_name(tmp_path: Path, graph: Path) -> None:
    """Given in two builds both stay, under names that the next builds keep."""
    for n, folder in enumerate(("甲", "乙", "丙/乙")):
        docs = write(tmp_path / folder, {"a.txt": short(year=2001 + n)})
        build([docs], graph)
    names = ["a.txt", "丙/乙/a.txt", "乙/a.txt"]
    assert files_of(graph) == sorted(names)
    before = made(graph)
    for folder in ("丙/乙", "甲", "乙"):
        assert build([tmp_path / folder / "a.txt"], graph).read == 0
    assert made(graph) == before
    assert sorted(reasons(graph)) == []
    at_once = build([tmp_path / "甲", tmp_path / "乙", tmp_path / "丙" / "乙"], graph)
    assert len(at_once.files) == 3


def test_a_longer_name_takes_no_other_files_name(tmp_path: Path, graph: Path) -> None:
    """A file that must be told from an earlier one is not given the name of a third."""
    build([write(tmp_path / "first", {"x.txt": short(year=2001)})], graph)
    write(tmp_path / "z", {"x.txt": short(year=2002)})
    write(tmp_path / "root", {"z/x.txt": short(year=2003)})
    assert len(build([tmp_path / "z", tmp_path / "root"], graph).files) == 3


# ── What a file is read with ───────────────────────────────────────────────────────────────────────────────────────


def test_another_line_in_the_index(tmp_path: Path, graph: Path) -> None:
    """Only the file of that line is read again."""
    docs = write(tmp_path / "docs", {"a.txt": NAMELESS.format(number=3), "b.txt": TWO, "c.txt": ONE})
    for year, read in ((2010, 3), (2010, 0), (2011, 1)):
        write(docs, {"index.csv": f"file,place,year\na.txt,大连市,{year}\nb.txt,昌乐县,2015\n"})
        assert build([docs], graph).read == read
    assert made(graph) == anew([docs])


VERDICT = "wrong,{file},{quote},Adoption,program=校长职级制,,,,,\n"
HEAD = "decision,file,quote,relation,roles,set,kind,name,other,note\n"


def quote_of(text: str) -> str:
    return next(line for line in text.splitlines() if "推行校长职级制" in line)


@pytest.mark.parametrize(
    ("rows", "read"),
    [
        (VERDICT.format(file="a.txt", quote=quote_of(ONE)), 1),
        (VERDICT.format(file="t.csv#2", quote=quote_of(ONE)), 1),
        (VERDICT.format(file="", quote=quote_of(ONE)), 4),
        ("same,,,,,,,校长职级制,中小学校长职级制改革,\n", 4),
        ("apart,,,,,,,无人知晓计划,农村教师安居工程,\n", 4),
    ],
)
def test_decisions(rows: str, read: int, tmp_path: Path, graph: Path) -> None:
    """A decision reads again the files that it may concern; its graph and its notes are those of one build with it."""
    files = {"a.txt": ONE, "b.txt": TWO, "c.html": page(report()), "t.csv": table(TWO, short(year=2003))}
    docs = write(tmp_path / "docs", files)
    build([docs], graph)
    write(graph, {"reviewed.csv": HEAD + rows})
    assert len(reasons(graph)) == read
    assert set(reasons(graph).values()) <= {"read with other decisions in reviewed.csv"}
    once = build([docs], write(tmp_path / "once", {"reviewed.csv": HEAD + rows}))
    built = build([docs], graph)
    assert (built.read, notes(built)) == (read, notes(once))
    assert made(graph) == made(once.folder)


def test_decisions_are_remembered(tmp_path: Path, graph: Path) -> None:
    """What was refused and merged in files that are not read again still stands; and it goes with the decisions."""
    docs = write(tmp_path / "docs", {"a.txt": ONE, "b.txt": TWO})
    rows = HEAD + VERDICT.format(file="a.txt", quote=quote_of(ONE)) + "same,,,,,,,农村教师安居工程,安居工程,\n"
    rows += VERDICT.format(file="b.txt", quote="无此一句。")
    build([docs], write(graph, {"reviewed.csv": rows}))
    write(docs, {"d.txt": short(year=2004)})
    built, once = build([docs / "d.txt"], graph), build([docs], write(tmp_path / "once", {"reviewed.csv": rows}))
    assert (built.read, notes(built), made(graph)) == (1, notes(once), made(once.folder))
    assert len(notes(built)) == 1
    assert b"refused" in (graph / "graph.nq").read_bytes()
    (graph / "reviewed.csv").unlink()
    assert build([docs], graph).read == 3
    assert made(graph) == anew([docs])


def test_own_lexicon_and_settings(tmp_path: Path, graph: Path) -> None:
    """Each change reads everything again, and the way back too."""
    docs = write(tmp_path / "docs", {"a.txt": ONE, "b.txt": TWO})
    own = write(tmp_path / "own", {"programmes.csv": "name,aliases\n农村学校食堂改造计划,\n"})
    other = Settings(given=Given(place="大连市"))
    build([docs], graph)
    for settings in (Settings(lexicons=(own,)), None, other, Settings(limits=Limits(seconds=50)), None):
        assert build([docs], graph, settings=settings).read == 2
        assert made(graph) == anew([docs], settings)
        assert build([docs], graph, settings=settings).read == 0
    build([docs], graph, settings=Settings(lexicons=(own,)))
    (own / "programmes.csv").write_text("name,aliases\n农村学校食堂改造工程,\n", "utf-8")
    assert build([docs], graph, settings=Settings(lexicons=(own,))).read == 2


def test_another_base(tmp_path: Path, graph: Path) -> None:
    """Files that are not given are read again as well: no graph has two bases."""
    docs = write(tmp_path / "docs", {"a.txt": ONE, "b.txt": TWO})
    build([docs], graph)
    base = "https://example.org/id/"
    assert build([docs / "a.txt"], graph, base).read == 2
    assert b"w3id.org/policy-kg/id/" not in (graph / "graph.nq").read_bytes()
    assert open_graph(graph).base == base
    (docs / "b.txt").unlink()
    built = build([docs / "a.txt"], graph)
    assert files_of(graph) == ["a.txt"]
    assert [one.file for one in built.skipped] == ["b.txt"]


def test_what_a_time_limit_cut_short_is_read_again(
    tmp_path: Path, graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What came of it stays until then; kg status says so."""
    import kg.pipeline.files
    from kg.errors import TooSlow

    docs = write(tmp_path / "docs", {"a.txt": ONE, "t.csv": table(TWO, report())})
    read_document = kg.pipeline.files.read_document

    def slow(document, *rest):  # type: ignore[no-untyped-def]
        if document.file == "t.csv#2":
            raise TooSlow("reading took longer than 60 seconds; split the file, or raise --max-seconds")
        return read_document(document, *rest)

    monkeypatch.setattr(kg.pipeline.files, "read_document", slow)
    assert notes(build([docs], graph)) == [
        "t.csv#2: reading took longer than 60 seconds; split the file, or raise --max-seconds"
    ]
    assert reasons(graph) == {"t.csv": "reading it was cut short"}
    monkeypatch.undo()
    assert build([docs], graph).read == 1
    assert made(graph) == anew([docs])
    assert reasons(graph) == {}


# ── The user's own ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("out", [".", "graph", "deep/graph"])
def test_a_graph_among_its_documents(out: str, tmp_path: Path) -> None:
    """What the build writes is no document: the second run reads nothing, and finds nothing new."""
    docs = write(tmp_path, {"a.txt": ONE, "b.html": page(TWO), "sub/t.csv": table(report())})
    first = build([docs], docs / out)
    before = everything(docs / out)
    again = build([docs], docs / out)
    assert (again.read, [file.file for file in again.files]) == (0, [file.file for file in first.files])
    assert everything(docs / out) == before or out != "."
    assert made(docs / out) == {name: content for name, (content, _) in before.items() if name in made(docs / out)}


OWN = ("store", "texts", "pushed", "store/2014", "texts/0123456789abcdef")


@pytest.mark.parametrize("folder", OWN)
def test_a_folder_of_the_users_is_read_and_kept(folder: str, tmp_path: Path) -> None:
    """Its name is one that a build uses; what lies in it are documents."""
    docs = write(tmp_path, {f"{folder}/a.txt": ONE, f"{folder}/README.txt": "Reports of 2014", "b.txt": TWO})
    before = everything(docs)
    for _ in range(2):
        built = build([docs], docs)
        assert [file.file for file in built.files] == sorted(["b.txt", f"{folder}/a.txt"])
        assert {name: content for name, content in everything(docs).items() if name in before} == before


def test_a_folder_of_the_users_is_not_written_into(tmp_path: Path) -> None:
    """Where shards would go among documents, the build says so before it reads."""
    docs = write(tmp_path, {"shards/a.txt": ONE, "shards/README.txt": "Reports of 2014", "b.txt": TWO})
    before = everything(docs)
    with pytest.raises(GraphError, match="shards was not made by kg build, which keeps there what it reads"):
        build([docs], docs)
    assert everything(docs) == before
    assert [file.file for file in build([docs], tmp_path / "graph").files] == ["b.txt", "shards/a.txt"]


def test_nothing_to_build_leaves_nothing(tmp_path: Path, graph: Path) -> None:
    """A folder made for nothing goes; one that was there stays as it was."""
    docs = write(tmp_path / "docs", {"empty.txt": "", "a.txt": ONE})
    with pytest.raises(NothingToBuild):
        build([docs / "empty.txt"], graph)
    assert not graph.exists()
    build([docs], graph)
    before = made(graph)
    with pytest.raises(NothingToBuild):
        build([docs / "empty.txt"], graph, prune=True)
    assert made(graph) == before
    assert files_of(graph) == ["a.txt"]


def test_what_was_read_stays_when_a_first_build_is_interrupted(tmp_path: Path, graph: Path) -> None:
    """By Ctrl-C, or by a fault: the next build goes on."""
    docs = write(tmp_path / "docs", {"a.txt": ONE, "b.txt": TWO, "c.txt": report()})

    def stop(done: int, all_: int, file: str) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build([docs], graph, progress=stop)
    assert "there is no graph.nq" in status(graph).faults[0]
    built = build([docs], graph)
    assert (built.read, built.kept, drafts(graph)) == (1, 2, [])
    assert made(graph) == anew([docs])


def test_a_copied_folder_is_a_graph_of_its_own(tmp_path: Path, graph: Path) -> None:
    """Next to the first, it grows without it."""
    docs = write(tmp_path / "docs", {"a.txt": ONE})
    build([docs], graph)
    shutil.copytree(graph, tmp_path / "copy")
    write(docs, {"b.txt": TWO})
    assert build([docs], tmp_path / "copy").read == 1
    assert files_of(graph) == ["a.txt"]
