"""kg diffuse first, lags, direction, way, places: on a user's own table and on the bundled example."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from diffusion.example import example_graph
from kg.cli import main

TABLE = """unit,program,year,level,superior,topic
甲省,课后服务,2014,province,,学校
甲一市,课后服务,2015,prefecture,甲省,学校
甲二市,课后服务,2016,prefecture,甲省,学校
甲一市,县管校聘,2016,prefecture,甲省,教师
甲二市,县管校聘,2016,prefecture,甲省,教师
甲省,县管校聘,2018,province,,教师
"""


@pytest.fixture
def table(tmp_path: Path) -> str:
    """A researcher's own table."""
    path = tmp_path / "adoptions.csv"
    path.write_text(TABLE, encoding="utf-8")
    return str(path)


def ran(*args: str) -> Result:
    return CliRunner().invoke(main, ["diffuse", *args])


def rows(*args: str) -> list[dict[str, Any]]:
    result = ran(*args, "--format", "json")
    assert result.exit_code == 0, result.output
    return list(json.loads(result.stdout))


def test_first(table: str) -> None:
    """Two cities share the first place."""
    found = rows("first", table, "县管校聘")
    assert [(r["rank"], r["unit"], r["p_first"]) for r in found] == [
        ("1", "甲一市", "0.5"),
        ("1", "甲二市", "0.5"),
        ("3", "甲省", "0"),
    ]


def test_lags(table: str) -> None:
    """Lags of one programme, and of all by level."""
    found = {r["unit"]: r for r in rows("lags", table, "--program", "课后服务")}
    assert (found["甲二市"]["first"], found["甲二市"]["superior_name"], found["甲二市"]["superior_low"]) == (
        "2",
        "甲省",
        "1",
    )
    levels = {(r["level"], r["event"]): r for r in rows("lags", table, "--by-level")}
    assert (levels["prefecture", "superior"]["before"], levels["prefecture", "superior"]["after"]) == ("2", "2")


def test_superiors_of_a_chosen_level(table: str) -> None:
    """Asked for the cities alone, their province is still known."""
    found = rows("lags", table, "--program", "课后服务", "--level", "prefecture")
    assert [r["superior_name"] for r in found] == ["甲省", "甲省"]


def test_direction(table: str) -> None:
    """One programme from the top down, one from below; the pairs carry years."""
    assert {r["program"]: r["direction"] for r in rows("direction", table)} == {
        "课后服务": "top-down",
        "县管校聘": "bottom-up",
    }
    pairs = rows("direction", table, "--pairs", "--program", "县管校聘")
    assert [(r["unit"], r["until"], r["superior"], r["superior_until"], r["order"]) for r in pairs] == [
        ("甲一市", "2016", "甲省", "2018", "before"),
        ("甲二市", "2016", "甲省", "2018", "before"),
    ]


def test_way_of_a_table(table: str) -> None:
    """A table tells no sentence of diffusion: only inferred steps, and they are marked."""
    text = ran("way", table, "课后服务").stdout
    assert "┄┄> 甲一市 2015  superior earlier" in text
    assert {r["grade"] for r in rows("way", table, "课后服务")} == {"inferred"}
    assert "no step known: 甲省 2014" in ran("way", table, "课后服务", "--no-plain").stdout


def test_way_along_a_network(table: str, tmp_path: Path) -> None:
    """An inferred network's edges are inferred steps, before the plain rule, with their figures; never against the years."""
    edges = tmp_path / "edges.csv"
    edges.write_text(
        "origin,destination,p_value\n甲一市,甲二市,0.01\n甲二市,甲一市,0.02\n某地,甲一市,0.03\n", encoding="utf-8"
    )
    text = ran("way", table, "课后服务", "--network", str(edges)).stdout
    assert "      ┄┄> 甲二市 2016  inferred network (p_value 0.01)" in text
    assert "0.02" not in text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("a,b\n甲一市,甲二市\n", "no column holds the origin"),
        ("origin,destination\n某地,甲二市\n", "no edge is between two units"),
    ],
)
def test_bad_networks(table: str, tmp_path: Path, content: str, said: str) -> None:
    """One line with the file and the cure."""
    edges = tmp_path / "edges.csv"
    edges.write_text(content, encoding="utf-8")
    result = ran("way", table, "课后服务", "--network", str(edges))
    assert result.exit_code == 1
    assert said in result.output
    assert "edges.csv" in result.output


def test_places(table: str) -> None:
    """The places of each topic."""
    found = rows("places", table, "--by", "topic", "--level", "prefecture", "--replicates", "20")
    assert [(r["group"], r["unit"], r["rate_rank"]) for r in found if r["group"] == "学校"] == [
        ("学校", "甲一市", "1"),
        ("学校", "甲二市", "2"),
    ]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("first", "县管校聘用"), "县管校聘"),  # a near name is offered
        (("direction", "--least", "9"), "--least"),
        (("places", "--since", "2030"), "no adoption is left"),
    ],
)
def test_errors(table: str, args: tuple[str, ...], said: str) -> None:
    """One clear line, no traceback."""
    result = ran(args[0], table, *args[1:])
    assert result.exit_code == 1
    assert said in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize("name", ["first", "lags", "direction", "way", "places"])
def test_help(name: str) -> None:
    """Every command says what it does, with examples."""
    text = ran(name, "--help").output
    assert f"kg diffuse {name} " in text


def test_on_the_example() -> None:
    """The bundled example: what is assumed and what is unread is said beside the table."""
    graph = str(example_graph())
    result = ran("first", graph, "县管校聘", "--format", "csv")
    assert "not before 2014, the year of the founding document" in result.stderr
    assert "an earlier adopter may be unread" in result.stderr
    assert "昌乐县,county,2014,2015,stated" in result.stdout
    directions = {r["program"]: (r["direction"], r["by_recorded_years"]) for r in rows("direction", graph)}
    assert directions["县管校聘"] == ("undetermined", "hybrid")
    text = ran("way", graph, "县管校聘").stdout
    assert "━━▶ 株洲市 ≤2018  learns from" in text
    assert "──▷ 寿光市 ≤2015  planned by the superior" in text
    assert "in 2019, after the adoption" in text
    assert ran("places", graph, "--level", "county", "--seen-in", "5", "--replicates", "20").exit_code == 0
