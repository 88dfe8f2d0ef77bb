"""Graphs that lie apart, asked as one, answer like the merged graph: for mining, and for the history of adoptions."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.diffusion.history.opening import open_history
from kg.errors import GraphError, QueryError
from kg.graph.several import SeveralGraphs, open_graphs
from kg.graph.store import open_graph
from kg.pipeline import build, merge
from kg.views.mining import mined

TEXT = """{place}教育局{year}年工作总结
全市实施“向日葵午休”工程，首批确定{number}所学校，群众满意度进一步提高。
全面推行县管校聘管理改革，交流教师{number}人。
"""
CITIES = {"芜湖市": (2016, 2017), "嘉兴市": (2018, 2019), "宜昌市": (2015, 2018)}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A graph for each city, and the one of them all."""
    here = tmp_path_factory.mktemp("cities")
    graphs = {}
    for number, (place, years) in enumerate(CITIES.items(), 3):
        docs = here / "docs" / place
        docs.mkdir(parents=True)
        for year in years:
            (docs / f"{place}{year}.txt").write_text(TEXT.format(place=place, year=year, number=number * year), "utf-8")
        graphs[place] = build([docs], here / "apart" / place).folder
    return graphs | {"all": merge([*graphs.values()], here / "all").folder, "apart": here / "apart"}


def test_mining(folders: dict[str, Path]) -> None:
    """In whatever order the graphs come, and if one comes twice."""
    one = mined(open_graph(folders["all"]), min_places=1)
    assert [(found.name, found.places) for found in one.candidates] == [("向日葵午休", ("宜昌市", "芜湖市", "嘉兴市"))]
    for order in permutations(CITIES):
        assert mined(open_graphs([folders[name] for name in (*order, order[0])]), min_places=1) == one
    within = mined(open_graphs([folders[name] for name in CITIES]), min_places=1, within="浙江省")
    assert [found.places for found in within.candidates] == [("嘉兴市",)]


def test_history(folders: dict[str, Path]) -> None:
    """A folder of graph folders is asked as one; first adopters and all events are those of the merged graph."""
    apart, one = open_history(folders["apart"]), open_history(folders["all"])
    assert apart == one
    assert {adoption.unit for adoption in one.adoptions} == {unit.id for unit in one.units if unit.name in CITIES}


def test_commands(folders: dict[str, Path]) -> None:
    graphs = [str(folders[name]) for name in CITIES]
    for apart, one in (
        (["mine", *graphs], ["mine", str(folders["all"])]),
        (
            ["diffuse", "first", str(folders["apart"]), "县管校聘"],
            ["diffuse", "first", str(folders["all"]), "县管校聘"],
        ),
        (["diffuse", "events", str(folders["apart"])], ["diffuse", "events", str(folders["all"])]),
    ):
        answers = [CliRunner().invoke(main, command) for command in (apart, one)]
        assert [answer.exit_code for answer in answers] == [0, 0], [answer.output for answer in answers]
        assert answers[0].output == answers[1].output != ""


def test_a_thing_that_no_graph_knows(folders: dict[str, Path]) -> None:
    several = SeveralGraphs([open_graph(folders[name]) for name in CITIES])
    assert several.thing("嘉兴市", "Place") == open_graph(folders["all"]).thing("嘉兴市", "Place")
    with pytest.raises(QueryError):
        several.thing("不存在市", "Place")
    with pytest.raises(GraphError, match="build a graph first"):
        open_graphs([folders["apart"] / "docs"])


def test_what_joins_graphs_needs_one(folders: dict[str, Path]) -> None:
    """A question that several graphs cannot answer apart says how they become one."""
    told = CliRunner().invoke(main, ["diffuse", "way", str(folders["apart"]), "县管校聘"])
    assert (told.exit_code, "make one of all: kg merge" in told.stderr) == (1, True)


def test_the_draft_of_a_killed_build_is_no_graph(tmp_path: Path) -> None:
    """A first build that was ended while it wrote leaves its draft in the folder: there is no graph yet, and none beside."""
    (tmp_path / "graph" / ".draft").mkdir(parents=True)
    (tmp_path / "graph" / ".draft" / "graph.nq").touch()
    with pytest.raises(GraphError, match="build a graph first"):
        open_graphs([tmp_path / "graph"])
