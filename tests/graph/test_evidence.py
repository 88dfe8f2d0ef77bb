"""What of a graph is searched."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import GraphError
from kg.graph.evidence import passages


def test_passages(folder: Path) -> None:
    """Each sentence once with all its claims, in the order of year, file and place; then titles; then all names."""
    with (folder / "graph.nq").open("rb") as nquads:
        found = passages(nquads, "graph.nq")
    assert list(dict.fromkeys(passage.kind for passage in found)) == ["sentence", "title", "programme"]
    sentences = [(p.year, p.file, p.text[:6], len(p.about)) for p in found if p.kind == "sentence"]
    assert sentences == [
        (2014, "辽宁/dalian.txt", "我市全面完成", 2),
        (2014, "辽宁/dalian.txt", "市教育局印发", 1),
        (2014, "辽宁/dalian.txt", "学前三年毛入", 1),
        (2015, "辽宁/dalian.txt", "启动第二期学", 3),
        (2015, "辽宁/dalian.txt", "到2016年", 1),
        (2018, "suining.txt", "推广大英县经", 2),
        (2018, "suining.txt", "落实教育部《", 1),
        (2018, "suining.txt", "大连海滨实验", 1),
        (None, "nameless.txt", "我区推行县管", 2),
        (None, "nameless.txt", "义务教育巩固", 1),
    ]
    assert [p.text for p in found if p.kind == "title"] == ["大连市教育局2014年工作总结", "2015年工作计划"]
    names = [p.text for p in found if p.kind == "programme"]
    assert names.index("县管校聘") < names.index("县管校聘改革")


def test_damaged(tmp_path: Path) -> None:
    (tmp_path / "graph.nq").write_text("<a:b> <a:c> nonsense .\n", "utf-8")
    with (tmp_path / "graph.nq").open("rb") as nquads, pytest.raises(GraphError, match=r"graph\.nq is damaged"):
        passages(nquads, "graph.nq")
