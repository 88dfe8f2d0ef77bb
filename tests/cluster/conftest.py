"""A folder of documents and what one process makes of it, for all tests of clusters."""

from __future__ import annotations

from pathlib import Path

import pytest
from graph_folder.made_up import archive, page, report, short, table, write

from kg.pipeline import build
from kg.remote.files import RemoteFile

ALL = ("graph.nq", "graphs.csv", "graph.json", "manifest.csv", "mentions.csv", "graph.ttl", "report.html")


def storage(folder: Path) -> RemoteFile:
    """A folder as if it lay on other storage; fsspec takes spaces and Chinese names in a URL as they are."""
    return RemoteFile(f"file://{folder.as_posix()}")


@pytest.fixture(scope="session")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files of several formats, with copies among them, under names in Chinese and with spaces, and an index."""
    folder = tmp_path_factory.mktemp("cluster") / "政策 文件"
    texts = {f"工作 总结/{year}年.txt": short(year=year, number=year) for year in range(2001, 2013)}
    texts |= {"副本.txt": short(year=2003, number=2003), "p.html": page(report())}
    texts |= {"t.csv": table(short(year=1999), short(year=1998), short(year=2003, number=2003))}
    texts |= {
        "无名.txt": "推行校长职级制，新建公办幼儿园三所。\n",
        "index.csv": "file,place,year\n无名.txt,大连市,2014\n",
    }
    archive(write(folder, texts) / "a.zip", {"1.txt": report("大连市"), "2.txt": short(year=1997)})
    (folder / "空.pdf").write_bytes(b"%PDF-1.4 nothing")
    return folder


@pytest.fixture(scope="session")
def alone(docs: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What a build by one process makes of it."""
    folder = tmp_path_factory.mktemp("alone") / "graph"
    build([docs], folder, workers=1)
    return {name: (folder / name).read_bytes() for name in ALL}
