"""Files come, go, change, are renamed and copied, with builds between: in the end stands the graph of one fresh build."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_folder.made_up import MADE, NAMELESS, altered, archive, made, page, report, short, table, write
from kg.errors import NothingToBuild
from kg.pipeline import build, status

NAMES = ("a.txt", "b.txt", "宜昌市教育局2016年工作总结.txt", "x/a.txt", "x/t.csv", "p.html", "z.zip")
TEXTS = (report(year=2013), altered(2013, 2016), short(year=2014), short("昌乐县", 2015), NAMELESS.format(number=3))
MEMBERS = st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3)
STEPS = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(NAMES), MEMBERS),
    st.tuples(st.just("delete"), st.sampled_from(NAMES), st.none()),
    st.tuples(st.just("rename"), st.sampled_from(NAMES), st.sampled_from(NAMES)),
    st.tuples(st.just("copy"), st.sampled_from(NAMES), st.sampled_from(NAMES)),
    st.tuples(st.just("build"), st.booleans(), st.none()),
)


def written(path: Path, texts: list[str]) -> None:
    """One text, or several where the form of the file holds several."""
    if path.suffix == ".zip":
        archive(path, {f"{n}.txt": text for n, text in enumerate(texts)})
    elif path.suffix == ".csv":
        write(path.parent, {path.name: table(*texts)})
    else:
        write(path.parent, {path.name: page(texts[0]) if path.suffix == ".html" else texts[0]})


def done(docs: Path, step: tuple[str, str, object]) -> None:
    what, name, more = step
    if what == "write":
        assert isinstance(more, list)
        written(docs / name, more)
    elif what == "delete":
        (docs / name).unlink(missing_ok=True)
    elif isinstance(more, str) and (docs / name).is_file() and Path(name).suffix == Path(more).suffix and name != more:
        (docs / more).parent.mkdir(exist_ok=True)
        (shutil.copyfile if what == "copy" else shutil.move)(docs / name, docs / more)  # type: ignore[operator]


@settings(max_examples=settings.default.max_examples // 3)
@given(st.lists(MEMBERS, min_size=2, max_size=4), st.lists(STEPS, max_size=9))
def test_any_sequence_ends_in_the_graph_of_one_build(
    begin: list[list[str]], steps: list[tuple[str, str, object]]
) -> None:
    with tempfile.TemporaryDirectory() as here, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules["kg.graph_folder.building"], "TURTLE_LIMIT", 0)
        docs, graph = Path(here) / "docs", Path(here) / "graph"
        docs.mkdir()
        for name, texts in zip(NAMES, begin, strict=False):
            written(docs / name, texts)
        for step in steps:
            if step[0] == "build" and any(path.is_file() for path in docs.rglob("*")):
                build([docs], graph, prune=bool(step[1]))
            else:
                done(docs, step)
        try:
            built = build([docs], graph, prune=True)
        except NothingToBuild:
            return
        fresh = build([docs], Path(here) / "fresh")
        names = (*MADE, "report.html")
        assert made(graph, names) == made(fresh.folder, names)
        assert (built.files, built.copies, built.quads) == (fresh.files, fresh.copies, fresh.quads)
        assert (status(graph).faults, status(graph).stale) == ((), ())
        assert build([docs], graph).read == 0
