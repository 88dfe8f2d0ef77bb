"""Graphs of two short texts, one of them with hostile names, written for these tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.pipeline import build

TEXTS = {
    "yichang.txt": """宜昌市教育局2014年工作总结
2014年，全市教育系统认真落实各项部署，现将工作情况总结如下。
1.全面推进“三通两平台”建设，全市学校宽带接入率达到85%。
2.启动县管校聘改革，印发了《宜昌市中小学教师交流办法》。
3.学习潍坊市经验，推行校长职级制。
4.实施“江豚小先生”计划，面向农村留守儿童。
""",
    "enshi.txt": """恩施市教育局2016年工作计划
1.启动县管校聘改革。
2.到2018年新建公办幼儿园24所，义务教育巩固率达到98%以上。
3.实施第二期学前教育三年行动计划。
""",
}
HOSTILE = '=HYPERLINK(\\"x\\")<b>&"江豚\\u0001\\u000B\\u202E;|\\n小先生\\\\'.replace('&"', "&\\u0022")
NAMED = '"江豚小先生计划"@zh'


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph folder."""
    folder: Path = tmp_path_factory.mktemp("exports")
    (folder / "texts").mkdir()
    for name, text in TEXTS.items():
        (folder / "texts" / name).write_text(text, encoding="utf-8")
    build([folder / "texts"], folder / "graph")
    return folder / "graph"


@pytest.fixture(scope="session")
def hostile(graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with a programme whose name would be a formula, markup and control characters."""
    text = (graph / "graph.nq").read_text("utf-8")
    named = next(line for line in text.splitlines() if "江豚小先生" in line and "prefLabel" in line)
    name = named.partition('prefLabel> "')[2].partition('"@zh')[0]
    file: Path = tmp_path_factory.mktemp("hostile") / "hostile.nq"
    file.write_text(text.replace(f'prefLabel> "{name}"@zh', f'prefLabel> "{HOSTILE}"@zh'), encoding="utf-8")
    return file
