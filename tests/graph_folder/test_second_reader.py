"""A graph that grows with a second reader: what it said of files that are not read again still counts."""

from __future__ import annotations

from pathlib import Path

import pytest
from second_reader.server import says, sends, serving
from second_reader.test_reader import CLAIM, INVENTED, TERMS, TEXT

from graph_folder.made_up import made, notes, write
from kg.graph_folder import Built
from kg.pipeline import Settings, build, status
from kg.second_reader import SecondReading
from kg.second_reader.endpoint import endpoint_at


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    return write(tmp_path / "docs", {"a.txt": TEXT, "b.txt": TEXT.replace("2016", "2012")})


def built(docs: Path, folder: Path, url: str) -> Built:
    return build([docs], folder, settings=Settings(second_reader=SecondReading(endpoint_at(url, "made-up"), TERMS)))


def test_notes_and_claims_of_earlier_builds(docs: Path, tmp_path: Path) -> None:
    """Both are those of one build of all files, and no file is asked about twice."""
    with serving(says(CLAIM, INVENTED)) as server:
        built(docs, tmp_path / "graph", server.url)
        write(docs, {"c.txt": TEXT.replace("2016", "2011")})
        grown = built(docs, tmp_path / "graph", server.url)
        assert (grown.read, len(server.bodies)) == (1, 3)
        again = built(docs, tmp_path / "graph", server.url)
        once = built(docs, tmp_path / "once", server.url)
    assert notes(grown) == notes(again) == notes(once)
    assert made(grown.folder) == made(once.folder)
    assert build([docs], tmp_path / "graph").read == 3  # without it what it said goes
    assert made(tmp_path / "graph") == made(build([docs], tmp_path / "without").folder)


def test_what_was_not_answered_is_asked_again(docs: Path, tmp_path: Path) -> None:
    """Files whose answers failed are read again by the next build, the others are not; kg status names them."""
    with serving(says(CLAIM), sends(b"{}", 500)) as server:
        first = built(docs, tmp_path / "graph", server.url)
        assert "requests failed" in "".join(notes(first))
        assert [(file.file, file.stale) for file in status(first.folder).stale] == [
            ("b.txt", "reading it was cut short")
        ]
    with serving(says(CLAIM)) as again:
        mended = built(docs, tmp_path / "graph", server.url.replace(server.url, again.url))
        once = built(docs, tmp_path / "once", again.url)
    assert made(mended.folder) == made(once.folder)
    assert notes(mended) == notes(once)
    assert status(mended.folder).stale == ()
