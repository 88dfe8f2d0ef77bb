"""What the pages show is what the graph says: claims with sentence, file, year and roles, fetched by SPARQL."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import QueryError
from kg.graph.store import PolicyGraph, open_graph
from kg.model import Kind
from kg.views.from_graph import network_view, trace_of
from kg.views.records import Link, NetworkView

PREFIXES = {
    "pol:": "https://w3id.org/policy-kg/ontology#",
    "id:": "https://w3id.org/policy-kg/id/",
    "rdf:": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "skos:": "http://www.w3.org/2004/02/skos/core#",
    "dcterms:": "http://purl.org/dc/terms/",
    "oa:": "http://www.w3.org/ns/oa#",
}
THINGS = """
id:place/中国 rdf:type pol:Place | id:place/中国 skos:prefLabel "中国"@zh | id:place/中国 pol:level pol:Nation
id:place/1 rdf:type pol:Place | id:place/1 skos:prefLabel "遂宁市"@zh | id:place/1 pol:level pol:Prefecture
id:place/2 rdf:type pol:Place | id:place/2 skos:prefLabel "大英县"@zh | id:place/2 pol:level pol:County
id:place/2 pol:within id:place/1
id:agency/教育部 rdf:type pol:Agency | id:agency/教育部 skos:prefLabel "教育部"@zh
id:agency/教育部 pol:jurisdiction id:place/中国
id:program/县管校聘 rdf:type pol:Program | id:program/县管校聘 skos:prefLabel "县管校聘"@zh
id:program/县管校聘 skos:altLabel "县管校用"@zh | id:program/县管校聘 pol:since "2014"^^int
id:program/县管校聘 pol:issuer id:agency/教育部
id:program/县管校聘 pol:foundingDocument id:policy-document/轮岗意见
id:policy-document/轮岗意见 rdf:type pol:PolicyDocument
id:policy-document/轮岗意见 skos:prefLabel "轮岗意见"@zh
id:policy-document/轮岗意见 pol:number "教师〔2014〕4号"
id:target-group/农村教师 rdf:type pol:TargetGroup | id:target-group/农村教师 skos:prefLabel "农村教师"@zh
id:source/a rdf:type pol:SourceDocument | id:source/a pol:file "甲/总结.txt" | id:source/a pol:part "1"^^int
id:source/a dcterms:title "2018年总结"
"""
CLAIMS = {
    "adopts": 'rdf:type pol:Adoption | pol:place id:place/1 | pol:program id:program/县管校聘 | pol:year "2018"^^int'
    " | pol:status pol:Started | pol:dateKind pol:Document",
    "nowhere": 'rdf:type pol:Adoption | pol:program id:program/县管校聘 | pol:year "2013"^^int',
    "learns": "rdf:type pol:Diffusion | pol:kind pol:LearnsFrom | pol:from id:place/2 | pol:to id:place/1"
    " | pol:program id:program/县管校聘",
    "promotes": "rdf:type pol:Diffusion | pol:kind pol:Promotes | pol:from id:place/2"
    " | pol:program id:program/县管校聘",
    "follows": "rdf:type pol:Implementation | pol:place id:place/1 | pol:object id:policy-document/轮岗意见"
    " | pol:by id:agency/教育部",
    "goal": 'rdf:type pol:Goal | pol:place id:place/1 | pol:indicator "毛入园率" | pol:operator ">="'
    ' | pol:value "85.0"^^dec | pol:unit "%" | pol:kind pol:Planned',
    "targets": "rdf:type pol:Targeting | pol:program id:program/县管校聘 | pol:group id:target-group/农村教师",
    "honour": 'rdf:type pol:Recognition | pol:place id:place/2 | pol:title "示范县" | pol:by "省政府"',
}


def term(text: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if text.startswith(prefix):
            return f"<{namespace}{text.removeprefix(prefix)}>"
    return text.replace("^^int", "^^<http://www.w3.org/2001/XMLSchema#integer>").replace(
        "^^dec", "^^<http://www.w3.org/2001/XMLSchema#decimal>"
    )


def quad(subject: str, predicate: str, value: str) -> str:
    return f"{term(subject)} {term(predicate)} {term(value)} <{PREFIXES['id:']}source/a> ."


@pytest.fixture
def graph(tmp_path: Path) -> PolicyGraph:
    """Eight claims of one file about one programme, two places and the ministry."""
    triples = [line.split(" ", 2) for row in THINGS.strip().splitlines() for line in row.split(" | ")]
    for name, said in CLAIMS.items():
        claim = f"id:claim/{name}"
        triples += [[claim, *part.split(" ", 1)] for part in said.split(" | ")]
        triples += [
            [claim, "pol:source", "id:source/a"],
            [claim, "pol:evidence", f"{claim}/evidence"],
            [claim, "pol:foundBy", f'"rule-{name}"'],
            [claim, "pol:confidence", '"0.9"^^dec'],
            [f"{claim}/evidence", "pol:cleaned", f'"这句话说明{name}。"'],
            [f"{claim}/evidence", "oa:hasSelector", f"{claim}/quote"],
            [f"{claim}/quote", "oa:exact", f'"这句話説明{name}。"'],
        ]
    (tmp_path / "graph.nq").write_text("\n".join(quad(*triple) for triple in triples) + "\n", "utf-8")
    return open_graph(tmp_path)


def joined(view: NetworkView) -> set[tuple[str, Link, str]]:
    name = {n.iri: n.name for n in view.nodes}
    return {(name[e.source], e.link, name[e.target]) for e in view.edges}


def test_each_claim_becomes_an_edge_in_the_direction_that_the_sentence_reads(graph: PolicyGraph) -> None:
    assert joined(network_view(graph)) == {
        ("遂宁市", Link.ADOPTS, "县管校聘"),
        ("遂宁市", Link.LEARNS_FROM, "大英县"),
        ("大英县", Link.PROMOTES, "县管校聘"),
        ("遂宁市", Link.IMPLEMENTS, "轮岗意见"),
        ("县管校聘", Link.TARGETS, "农村教师"),
        ("大英县", Link.WITHIN, "遂宁市"),
    }


def test_a_claim_of_one_thing_alone_stays_with_its_node(graph: PolicyGraph) -> None:
    alone = {n.name: {c.says for c in n.claims} for n in network_view(graph).nodes if n.claims}
    assert alone == {
        "遂宁市": {"遂宁市 毛入园率 ≥ 85%"},
        "大英县": {"大英县 获 示范县"},
        "县管校聘": {"（不详） 采纳 县管校聘"},
    }


def test_an_edge_knows_sentence_file_part_year_status_and_rule(graph: PolicyGraph) -> None:
    (edge,) = [e for e in network_view(graph).edges if e.link is Link.ADOPTS]
    (claim,) = edge.claims
    assert (claim.sentence, claim.file, claim.part) == ("这句话说明adopts。", "甲/总结.txt", "2018年总结")
    assert (claim.year, claim.status, claim.date_kind, claim.found_by) == (2018, "Started", "Document", "rule-adopts")
    assert (claim.says, claim.confidence, claim.relation) == ("遂宁市 采纳 县管校聘", "0.9", "Adoption")
    assert claim.iri.endswith("/claim/adopts")


def test_a_node_knows_kind_aliases_and_facts(graph: PolicyGraph) -> None:
    nodes = {n.name: n for n in network_view(graph).nodes}
    assert nodes["县管校聘"].kind is Kind.PROGRAM
    assert nodes["县管校聘"].aliases == ("县管校用",)
    assert ("发布", "教育部") in nodes["县管校聘"].facts
    assert ("上级", "遂宁市") in nodes["大英县"].facts
    assert ("文号", "教师〔2014〕4号") in nodes["轮岗意见"].facts


def test_the_budget_and_the_focus_hold_before_sentences_are_fetched(graph: PolicyGraph) -> None:
    assert network_view(graph, budget=2).total_nodes == 5
    assert len(network_view(graph, budget=2).nodes) == 2
    assert {n.name for n in network_view(graph, focus="县管校用").nodes} == {"县管校聘", "遂宁市", "大英县", "农村教师"}


def test_a_trace_holds_adoptions_following_and_said_diffusion(graph: PolicyGraph) -> None:
    trace = trace_of(graph, "县管校用")
    assert (trace.program, trace.since, trace.issuer) == ("县管校聘", 2014, "教育部")
    assert (trace.document, trace.number, trace.files_read) == ("轮岗意见", "教师〔2014〕4号", 1)
    assert {(a.place.name, a.place.level, a.claim.year) for a in trace.adoptions} == {
        ("遂宁市", "Prefecture", 2018),
        ("", "", 2013),
    }
    (follows,) = trace.following
    assert (follows.place.name, follows.object, follows.by.name) == ("遂宁市", "轮岗意见", "教育部")
    assert (follows.by.level, follows.by.serves) == ("Nation", "中国")
    said = {(s.source.name, s.kind, s.receiver.name) for s in trace.said}
    assert said == {("大英县", "LearnsFrom", "遂宁市"), ("大英县", "Promotes", "")}
    assert {s.source.parent for s in trace.said} == {"遂宁市"}


def test_an_unknown_programme_is_an_error_that_names_it(graph: PolicyGraph) -> None:
    with pytest.raises(QueryError, match="县管校骋"):
        trace_of(graph, "县管校骋")
