"""The network shows what matters within its budget, says what it hides, and lets no two nodes stand on one spot."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from kg.errors import QueryError
from kg.model import Kind
from kg.views.budget import around, within_budget
from kg.views.layout import positions
from kg.views.network import network_html
from kg.views.records import ClaimView, Edge, Link, NetworkView, Node

from . import made_up


def data_of(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.S)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


def note_of(html: str) -> str:
    found = re.search(r'<div class="note" id="note">(.*?)</div>', html)
    assert found is not None
    return found[1]


def node(name: str, kind: Kind) -> Node:
    return Node(made_up.iri(kind, name), kind, name)


def adopts(place: Node, program: Node, *claims: ClaimView) -> Edge:
    return Edge(place.iri, program.iri, Link.ADOPTS, claims)


def said(year: int | None, number: int = 1, **more: Any) -> ClaimView:
    return made_up.claim(number, "Adoption", "", "实施。", year=year, **more)


def test_every_claim_of_the_records_is_in_the_page_once() -> None:
    view = made_up.network()
    data = data_of(network_html(view))
    assert sorted(c["iri"] for c in data["info"]["claims"]) == sorted(
        [c.iri for e in view.edges for c in e.claims] + [c.iri for n in view.nodes for c in n.claims]
    )
    assert len(data["nodes"]) == len(view.nodes)
    assert len(data["edges"]) == len(view.edges)


@pytest.mark.parametrize(
    ("claims", "label"),
    [
        ([said(2013)], "采纳 2013"),
        ([said(2013, date_kind="Document")], "采纳 ≤2013"),
        ([said(2014, 2), said(2013, 1)], "采纳 2013、2014"),
        ([said(2013, 1), said(2015, 2), said(2019, 3)], "采纳 2013…2019"),
        ([said(2014, year_to=2020)], "采纳 2014–2020"),
        ([said(None)], "采纳"),
    ],
)
def test_an_edge_says_in_chinese_what_and_when(claims: list[ClaimView], label: str) -> None:
    place, program = node("大连市", Kind.PLACE), node("三通两平台", Kind.PROGRAM)
    data = data_of(network_html(NetworkView((place, program), (adopts(place, program, *claims),))))
    (edge,) = data["edges"]
    assert edge["label"] == label
    names = [n["name"] for n in data["info"]["nodes"]]
    assert (names[edge["from"]], names[edge["to"]]) == ("大连市", "三通两平台")


@pytest.mark.parametrize(
    ("status", "dashed"), [("Planned", True), ("Completed", False), ("Ongoing", False), ("", False)]
)
def test_a_planned_act_is_dashed_and_a_completed_one_is_solid(status: str, dashed: bool) -> None:
    place, program = node("大连市", Kind.PLACE), node("三通两平台", Kind.PROGRAM)
    view = NetworkView((place, program), (adopts(place, program, said(2013, status=status)),))
    (edge,) = data_of(network_html(view))["edges"]
    assert bool(edge["dashes"]) is dashed


def test_said_diffusion_stands_out() -> None:
    data = data_of(network_html(made_up.network()))
    links = [e["link"] for e in data["info"]["edges"]]
    colors = {
        link: {e["color"]["color"] for e, of in zip(data["edges"], links, strict=True) if of == link} for link in links
    }
    assert colors["learnsFrom"] == colors["promotes"] == {"#D55E00"}
    assert all(e["width"] == 3.0 for e, link in zip(data["edges"], links, strict=True) if link == "learnsFrom")
    assert "#D55E00" not in colors["adopts"] | colors["issues"] | colors["implements"]


def large() -> NetworkView:
    """Two places that share three programmes, and four hundred programmes of one place alone."""
    places = [node(name, Kind.PLACE) for name in ("大连市", "青岛市")]
    shared = [node(f"共享{i}", Kind.PROGRAM) for i in range(3)]
    single = [node(f"单独{i}", Kind.PROGRAM) for i in range(400)]
    edges = [adopts(place, program, said(2013)) for place in places for program in shared]
    edges += [adopts(places[0], program, said(2014)) for program in single]
    return NetworkView((*places, *shared, *single), tuple(edges))


def test_beyond_the_budget_the_page_says_how_many_are_hidden_and_how_to_see_them() -> None:
    html = network_html(large(), budget=300)
    assert note_of(html).startswith("显示 300 / 405 个节点")
    assert "105 个未画出" in note_of(html)
    assert "--focus" in note_of(html)
    assert "--nodes 405" in note_of(html)
    assert note_of(network_html(large(), budget=405)) == ""


def test_what_several_share_is_kept_first_and_nothing_hangs_in_the_air() -> None:
    kept = within_budget(large(), 6)
    names = {n.name for n in kept.nodes}
    assert {"大连市", "青岛市", "共享0", "共享1", "共享2"} <= names
    assert len(names) == 6
    assert kept.total_nodes == 405
    tied = {end for e in kept.edges for end in (e.source, e.target)}
    assert all(n.iri in tied for n in kept.nodes)


def test_a_focus_keeps_what_lies_within_its_depth_and_an_alias_finds_it() -> None:
    assert {n.name for n in around(large(), "青岛市").nodes} == {"青岛市", "共享0", "共享1", "共享2"}
    assert "大连市" in {n.name for n in around(large(), "青岛市", depth=2).nodes}
    assert "体育艺术2+1项目" in {n.name for n in around(made_up.network(), "2+1项目").nodes}


def test_an_unknown_focus_names_what_is_near_and_an_ambiguous_one_all_it_could_be() -> None:
    with pytest.raises(QueryError, match="县管校聘"):
        around(made_up.network(), "县管校骋")
    two = (Node("…/1", Kind.PLACE, "朝阳区"), Node("…/2", Kind.PLACE, "朝阳区"))
    with pytest.raises(QueryError, match=r"…/1\n.*…/2"):
        around(NetworkView(two, ()), "朝阳区")


@pytest.mark.parametrize("n", [1, 2, 7, 60, 300])
def test_no_two_nodes_stand_on_one_spot(n: int) -> None:
    sizes = [(60.0 + 12 * (i % 7), 50.0) for i in range(n)]
    edges = [(i, i // 5) for i in range(1, n)] + [(i, (i * 7) % n) for i in range(0, n, 9)]
    spots = positions(sizes, edges)
    share = max(0.45, min(1.0, 70 / n))
    for i, (x, y) in enumerate(spots):
        for j, (u, v) in enumerate(spots[:i]):
            apart_x = abs(x - u) + 1.5 >= share * (sizes[i][0] + sizes[j][0]) / 2
            apart_y = abs(y - v) + 1.5 >= share * (sizes[i][1] + sizes[j][1]) / 2
            assert apart_x or apart_y, (i, j)
    assert spots == positions(sizes, edges)


def test_an_empty_graph_still_gives_a_page() -> None:
    assert "图中没有内容" in network_html(NetworkView((), ()))
