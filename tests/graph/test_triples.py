"""From a reading to the lines of its named graph."""

from __future__ import annotations

import dataclasses
import random
import re
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.claim_lines import ROLES, VALUES
from kg.graph.iris import BASE, POL, SKOS, checked_base, segment, thing_iri
from kg.graph.ontology import edge_labels
from kg.graph.store import PolicyGraph, open_graph
from kg.graph.terms import decimal_literal, text_literal
from kg.graph.triples import (
    claim_iri,
    copy_quads,
    document_graph,
    kept_lines,
    quads_of,
    reference_quads,
    used_ids,
    write_nquads,
)
from kg.graph.turtle import write_turtle_of
from kg.lexicons import Lexicons
from kg.model import Claim, Entity, Kind, Mention, Reading, Relation, Span

from .conftest import DALIAN, GROUPS, ROTATION, SECOND, SUINING, entity

SOURCE = f"{BASE}source/00000000000000aa"


def parsed(lines: list[str]) -> list[ox.Quad]:
    return list(ox.parse("\n".join(lines), format=ox.RdfFormat.N_QUADS))


def about(lines: list[str], subject: str, property_: str) -> set[str]:
    return {
        quad.object.value
        for quad in parsed(lines)
        if quad.subject.value == subject and quad.predicate.value == property_  # type: ignore[union-attr]
    }


@pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")  # rdflib warns of its own code
def test_every_line_is_read_alike_by_two_engines(lines: list[str]) -> None:
    """pyoxigraph and rdflib see the same quads, each line is one, and there is no blank node."""
    quads = parsed(lines)
    assert len(quads) == len(lines)
    assert not any(isinstance(term, ox.BlankNode) for quad in quads for term in (quad.subject, quad.object))
    dataset = rdflib.Dataset()
    dataset.parse(data="\n".join(lines), format="nquads")
    theirs = {(s.n3(), p.n3(), str(o), str(g)) for s, p, o, g in dataset.quads()}
    ours = {(str(q.subject), str(q.predicate), q.object.value, q.graph_name.value) for q in quads}  # type: ignore[union-attr]
    assert theirs == ours


def test_literals_are_canonical(lines: list[str], graph: PolicyGraph) -> None:
    """An engine that rewrites literals finds nothing to rewrite."""
    written = {(str(q.subject), str(q.predicate), str(q.object), str(q.graph_name)) for q in parsed(lines)}
    stored = (quad for quad in graph.store if not isinstance(quad.graph_name, ox.DefaultGraph))
    assert {(str(q.subject), str(q.predicate), str(q.object), str(q.graph_name)) for q in stored} == written


def test_one_named_graph_per_file(dalian: Reading, lexicons: Lexicons) -> None:
    """A file's graph is named like its node, so that forgetting a file is dropping a graph."""
    assert {q.graph_name.value for q in parsed(list(quads_of(dalian)))} == {SOURCE}  # type: ignore[union-attr]
    reference = parsed(list(reference_quads(lexicons, set())))
    assert {q.graph_name.value for q in reference} == {f"{BASE}reference"}  # type: ignore[union-attr]


def test_parts_of_a_file(dalian: Reading, suining: Reading) -> None:
    """Several parts have nodes of their own; the only part of a file is the file."""
    two, one = list(quads_of(dalian)), list(quads_of(suining))
    assert about(two, SOURCE, POL + "file") == {"辽宁/dalian.txt"}
    assert about(two, SOURCE, POL + "part") == set()
    for number, year, genre in ((1, "2014", "Summary"), (2, "2015", "Plan")):
        part = f"{SOURCE}/part-{number}"
        assert about(two, part, POL + "file") == {"辽宁/dalian.txt"}
        assert about(two, part, POL + "part") == {str(number)}
        assert about(two, part, POL + "reportYear") == {year}
        assert about(two, part, POL + "genre") == {POL + genre}
        assert about(two, part, POL + "jurisdiction") == {f"{BASE}place/210200"}
        assert about(two, part, "http://purl.org/dc/terms/isPartOf") == {SOURCE}
    assert about(two, f"{SOURCE}/part-1", POL + "decided") == {
        "year 2014: title-names-year (2014)",
        "agency open: no-agency-named",
    }
    whole = f"{BASE}source/00000000000000bb"
    assert about(one, whole, POL + "part") == {"1"}
    assert about(one, whole, POL + "reportYear") == {"2018"}
    assert about(one, whole, "http://purl.org/dc/terms/title") == {"suining.txt"}


def test_mentions_stand_on_their_part(dalian: Reading) -> None:
    """A thing is mentioned by the part that names it; what is not linked is not in the graph."""
    lines = list(quads_of(dalian))
    assert f"{BASE}{SECOND.id}" in about(lines, f"{SOURCE}/part-2", POL + "mentions")
    assert f"{BASE}{SECOND.id}" not in about(lines, f"{SOURCE}/part-1", POL + "mentions")
    assert not any("其中" in line and "mentions" in line for line in lines)
    assert not any('"其中"' in line for line in lines)


def test_labels(lines: list[str]) -> None:
    """Names from the lexicon and from the texts: one preferred label in the union, English beside it."""
    rotation = f"{BASE}{ROTATION.id}"
    assert about(lines, rotation, SKOS + "prefLabel") == {"县管校聘"}
    alternatives = about(lines, rotation, SKOS + "altLabel")
    assert {"县管校聘改革", "county-managed, school-hired teachers"} <= alternatives
    assert about(lines, f"{BASE}{DALIAN.id}", SKOS + "altLabel") == set()  # 我市 is no name
    preferred = Counter(
        q.subject for q in {(q.triple) for q in parsed(lines)} if q.predicate.value == SKOS + "prefLabel"
    )
    assert set(preferred.values()) == {1}


def test_evidence_reads_back(graph: PolicyGraph, dalian: Reading, suining: Reading, nameless: Reading) -> None:
    """The position selects the quotation in the decoded file, garbling included, with what stands around it."""
    texts = {r.document.file: r.document.text for r in (dalian, suining, nameless)}
    rows = graph.query("""
        SELECT ?file ?start ?end ?exact ?prefix ?suffix ?target WHERE {
          ?claim pol:source/pol:file ?file ; pol:evidence ?e .
          ?e oa:hasTarget/pol:file ?target ; oa:hasSelector [ oa:start ?start ; oa:end ?end ] .
          ?e oa:hasSelector [ oa:exact ?exact ; oa:prefix ?prefix ; oa:suffix ?suffix ] }""")
    assert len(rows) == sum(len(r.claims) for r in (dalian, suining, nameless))
    for row in rows.typed():
        text, start, end = texts[str(row["file"])], int(str(row["start"])), int(str(row["end"]))
        assert row["target"] == row["file"]
        assert text[start:end] == row["exact"]
        assert text[max(0, start - 24) : start] == row["prefix"]
        assert text[end : end + 24] == row["suffix"]
    assert any("（xiàn）" in str(row["exact"]) for row in rows.typed())


def test_properties_have_names_of_letters() -> None:
    """A claim's IRI is a hash of its properties in order of their names; what is ordered are the quoted names with their
    values, which is the same only where no sign in a name comes before the quotation mark."""
    assert all(name.isascii() and name.isalpha() for name in ROLES | VALUES)


def test_claim_iris_do_not_depend_on_order_or_base(dalian: Reading) -> None:
    """The same claims in any order, with roles and values in any order, give the same lines."""
    shuffled = random.Random(7).sample(dalian.claims, len(dalian.claims))
    turned = tuple(dataclasses.replace(c, roles=c.roles[::-1], values=c.values[::-1]) for c in shuffled)
    other = dataclasses.replace(dalian, claims=turned, mentions=dalian.mentions[::-1])
    assert sorted(set(quads_of(other))) == sorted(set(quads_of(dalian)))
    elsewhere = "https://example.org/things/"
    moved = [line.replace(elsewhere, BASE) for line in quads_of(dalian, elsewhere)]
    assert sorted(moved) == sorted(quads_of(dalian))


def test_a_known_claim_iri(dalian: Reading) -> None:
    """IRIs are the same on every machine and in every version that does not say so in its changelog."""
    assert claim_iri(dalian.claims[0], "source/00000000000000aa/part-1") == f"{BASE}claim/723301845696f181"


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({"confidence": Decimal("0.1")}, True),
        ({"year": 2013}, False),
        ({"status": None}, False),
        ({"found_by": "another-rule"}, False),
        ({"relation": Relation.IMPLEMENTS}, False),
        ({"roles": (("place", SUINING), ("program", ROTATION))}, False),
        ({"roles": (("program", ROTATION),)}, False),
        ({"values": (("date", "2014-09-01"),)}, False),
    ],
)
def test_what_makes_another_claim(dalian: Reading, change: dict[str, object], same: bool) -> None:
    """Everything that a claim says is in its IRI, except how sure we are."""
    before: Claim = dalian.claims[0]
    after = dataclasses.replace(before, **change)  # type: ignore[arg-type]
    assert (claim_iri(after, "source/x") == claim_iri(before, "source/x")) is same


def test_two_goals_in_one_sentence_are_two_claims(dalian: Reading) -> None:
    goal = dalian.claims[3]
    other = dataclasses.replace(goal, values=(*goal.values[:2], ("value", Decimal("92.5")), ("unit", "个百分点")))
    assert claim_iri(goal, "source/x") != claim_iri(other, "source/x")
    printed = dataclasses.replace(goal, values=(*goal.values[:2], ("value", Decimal("92.500")), *goal.values[3:]))
    assert claim_iri(goal, "source/x") == claim_iri(printed, "source/x")


def test_the_same_claim_twice_keeps_one_confidence(dalian: Reading) -> None:
    """The surer of two readings of the same claim stands, in whatever order they come."""
    sure = dalian.claims[0]
    unsure = dataclasses.replace(sure, confidence=Decimal("0.5"))
    for claims in ((sure, unsure), (unsure, sure)):
        lines = list(quads_of(dataclasses.replace(dalian, claims=claims)))
        iri = claim_iri(sure, "source/00000000000000aa/part-1")
        assert about(lines, iri, POL + "confidence") == {"0.95"}


def test_ranges_of_years(dalian: Reading) -> None:
    """A range has its first year as pol:year too."""
    lines = list(quads_of(dalian))
    iri = claim_iri(dalian.claims[4], "source/00000000000000aa/part-2")
    assert [about(lines, iri, POL + name) for name in ("year", "yearFrom", "yearTo")] == [{"2015"}, {"2015"}, {"2017"}]


def shortcuts(graph: PolicyGraph) -> set[tuple[str, str, str]]:
    drawn = ", ".join(f"pol:{name}" for name in edge_labels())
    rows = graph.query(
        f"SELECT ?s ?p ?o WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != id:reference && ?p IN ({drawn})) }}"
    )
    return {(tail(s), tail(p), "goal" if "claim/" in str(o) else tail(o)) for s, p, o in rows}


def tail(iri: str | None) -> str:
    return re.sub(r".*[/#]", "", str(iri))


def test_shortcuts_stand_only_where_both_roles_are_linked(graph: PolicyGraph) -> None:
    """The table of the contract; a claim whose place is open, and a recognition, have none."""
    assert shortcuts(graph) == {
        ("210200", "adopts", "县管校聘"),
        ("210200", "adopts", SECOND.name),
        ("510900", "adopts", "县管校聘"),
        ("县管校聘", "targets", "农村教师"),
        ("210200", "issues", "大连市幼儿园收费管理细则"),
        ("大连市教育局", "issues", "大连市幼儿园收费管理细则"),
        ("210200", "targets", "goal"),
        (SECOND.name, "succeeds", "第一期学前教育三年行动计划"),
        (GROUPS.name, "partOf", SECOND.name),
        ("510900", "implements", "关于推进教师交流轮岗的意见"),
        ("510900", "learnsFrom", "510923"),
    }


def test_unknown_property_names_are_refused(dalian: Reading) -> None:
    """A rule that misspells a role is found at once, not by a user whose query finds nothing."""
    first = dalian.claims[0]
    for wrong in ({"roles": (("programme", ROTATION),)}, {"values": (("amount", 1),)}):
        claims = (dataclasses.replace(first, **wrong),)  # type: ignore[arg-type]
        with pytest.raises(ValueError, match="adoption-by-hand: the ontology has no"):
            list(quads_of(dataclasses.replace(dalian, claims=claims)))


def test_reference(lexicons: Lexicons, lines: list[str]) -> None:
    """All programmes and documents; of places and agencies the used ones with those above, before and after them."""
    places = {q.subject.value for q in parsed(lines) if q.object == ox.NamedNode(POL + "Place")}  # type: ignore[union-attr]
    wanted = ("中国", "210000", "210200", "210200-1953", "510000", "510900", "510923")
    assert places == {f"{BASE}place/{id_}" for id_ in wanted}
    dalian = f"{BASE}place/210200"
    assert about(lines, dalian, POL + "succeeds") == {f"{BASE}place/210200-1953"}
    assert about(lines, dalian, POL + "within") == {f"{BASE}place/210000"}
    assert about(lines, dalian, POL + "level") == {POL + "Prefecture"}
    assert about(lines, dalian, "http://www.w3.org/2003/01/geo/wgs84_pos#lat") == {"38.9"}
    assert about(lines, dalian, SKOS + "notation") == {"210200"}
    assert about(lines, dalian, POL + "validFrom") == {"1981"}
    assert about(lines, f"{BASE}agency/教育部", POL + "succeeds") == {f"{BASE}agency/国家教育委员会"}
    rotation = f"{BASE}{ROTATION.id}"
    assert about(lines, rotation, POL + "since") == {"2014"}
    assert about(lines, rotation, POL + "inLexicon") == {"true"}
    assert about(lines, rotation, POL + "issuer") == {f"{BASE}agency/教育部"}
    assert about(lines, rotation, POL + "foundingDocument") == {f"{BASE}policy-document/关于推进教师交流轮岗的意见"}
    assert about(lines, rotation, POL + "partOf") == set()  # only a sentence can say that
    assert about(lines, rotation, "http://purl.org/dc/terms/isPartOf") == {f"{BASE}program/教师交流轮岗"}
    assert about(lines, f"{BASE}policy-document/关于城镇教师支援农村的意见", POL + "number") == {"教人〔2006〕2号"}
    unused = "\n".join(reference_quads(lexicons, set()))
    assert "大连市" not in unused
    assert "教师交流轮岗" in unused


def test_a_graph_is_in_order(dalian: Reading, suining: Reading, nameless: Reading) -> None:
    """A build copies it as it is: each line once, by its characters; the parts can be told apart."""
    for reading in (dalian, suining, nameless):
        graph = document_graph(reading)
        lines = graph.text.splitlines(keepends=True)
        assert lines == sorted(set(lines))
        assert list(kept_lines(lines, graph.stretches, range(1, len(reading.parts) + 1))) == lines
        for number, part in enumerate(reading.parts, 1):
            claims = tuple(claim for claim in reading.claims if claim.sentence.part is part)
            kept = set(kept_lines(lines, graph.stretches, [number]))
            assert sum(b"TextQuoteSelector" in line for line in kept) == len({id(claim) for claim in claims})


def test_used_ids(dalian: Reading) -> None:
    """The place that an agency serves is used too."""
    assert {"place/210200", "agency/大连市教育局", "program/县管校聘"} <= used_ids(dalian)


def test_copies() -> None:
    """A copy is listed with its name and points to the file that was read."""
    quads = parsed(list(copy_quads("副本/b.txt", "00000000000000bb", "00000000000000aa")))
    node = f"{BASE}source/00000000000000bb"
    assert {q.graph_name.value for q in quads} == {q.subject.value for q in quads} == {node}  # type: ignore[union-attr]
    assert {(q.predicate.value.rpartition("#")[2], q.object.value) for q in quads} >= {  # type: ignore[union-attr]
        ("file", "副本/b.txt"),
        ("copyOf", SOURCE),
    }


HOSTILE = [
    'a"b\\c',
    "<script>alert('x')</script>",
    "{a}|b^c`d",
    "100%#1?x=/y[z]",
    "tab\tline\nreturn\rform\fback\bbell\x07del\x7f",
    "\u200b\u202e\ue000\uffff𠀀",
    "“引号”《书名》",
    " . <x> <y> <z> .",
    "..",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_round_trip(name: str, dalian: Reading, tmp_path: Path) -> None:
    """Whatever a name holds, it comes back as it was, and its IRI is read by both engines."""
    thing = entity(Kind.PROGRAM, name, known=False)
    mention = Mention(Kind.PROGRAM, Span(0, 1), f"x{name}", thing, "by-hand")
    reading = dataclasses.replace(dalian, mentions=(mention,), claims=())
    write_nquads(quads_of(reading), tmp_path / "graph.nq")
    graph = open_graph(tmp_path)
    rows = graph.query("SELECT ?p ?name WHERE { ?p a pol:Program ; skos:prefLabel ?name }").rows
    assert rows == ((thing_iri(BASE, thing.id), name),)
    graph.turtle(tmp_path / "graph.ttl")
    write_turtle_of(tmp_path / "graph.nq", tmp_path / "of-lines.ttl", BASE)
    assert (tmp_path / "of-lines.ttl").read_bytes() == (tmp_path / "graph.ttl").read_bytes()
    merged = rdflib.Graph().parse(tmp_path / "graph.ttl")
    label = rdflib.URIRef(SKOS + "prefLabel")
    assert str(merged.value(rdflib.URIRef(rows[0][0] or ""), label)) == name


@given(st.text(min_size=1))
def test_segments_are_legal_and_distinct(name: str) -> None:
    """Any name makes an IRI that the engine takes, and escaping loses nothing."""
    from urllib.parse import unquote_to_bytes

    iri = ox.NamedNode(BASE + "program/" + segment(name)).value
    assert unquote_to_bytes(iri.rpartition("/")[2]).decode("utf-8", "surrogatepass") == name
    assert segment("县管校聘（试行）“2+1”·@:") == "县管校聘（试行）“2+1”·@:"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_makes_a_literal(text: str) -> None:
    line = f"<a:s> <a:p> {text_literal(text)} <a:g> ."
    assert parsed([line])[0].object == ox.Literal(text)


@pytest.mark.parametrize(
    ("number", "canonical"),
    [
        ("0.950", "0.95"),
        ("1.0", "1"),
        ("100", "100"),
        ("1E+3", "1000"),
        ("1E-7", "0.0000001"),
        ("-0.0", "0"),
        ("-12.50", "-12.5"),
        ("0", "0"),
    ],
)
def test_decimals(number: str, canonical: str) -> None:
    """No exponent, no trailing zero, no minus zero."""
    assert decimal_literal(Decimal(number)).startswith(f'"{canonical}"^^')


@pytest.mark.parametrize("base", ["", "id/", "https://example.org/id", "https://example.org/a b/", "https://e.org/x#"])
def test_a_base_that_makes_no_iris_is_refused(base: str) -> None:
    with pytest.raises(ValueError, match="must be an absolute IRI that ends in '/'"):
        checked_base(base)


@pytest.mark.parametrize("id_", ["", "program", "program/", "/x"])
def test_an_id_without_kind_or_name_is_refused(id_: str) -> None:
    with pytest.raises(ValueError, match="reads kind/name"):
        thing_iri(BASE, id_)


def test_writing_is_sorted_and_whole(lines: list[str], tmp_path: Path) -> None:
    """Any order, any repetition: the same bytes; a failure leaves the old file and no draft."""
    a, b = tmp_path / "a.nq", tmp_path / "b.nq"
    count = write_nquads(lines, a)
    shuffled = random.Random(3).sample(lines, len(lines))
    assert write_nquads([*shuffled, *(f"{line}\n" for line in lines)], b) == count == len(set(lines))
    assert a.read_bytes() == b.read_bytes()
    written = a.read_text("utf-8").splitlines()
    assert written == sorted(written)

    def broken() -> object:
        yield lines[0]
        raise RuntimeError("the disk is on fire")

    with pytest.raises(RuntimeError):
        write_nquads(broken(), a)  # type: ignore[arg-type]
    assert a.read_bytes() == b.read_bytes()
    assert {p.name for p in tmp_path.iterdir()} == {"a.nq", "b.nq"}


def test_no_rdf_library_is_loaded_to_write() -> None:
    """A worker that reads files must not pay for engines that it does not use."""
    code = "import sys, kg.graph.triples; print([m for m in ('rdflib', 'pyoxigraph', 'networkx') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_entities_with_the_same_id_are_one_thing(dalian: Reading) -> None:
    """Two finders may make entities of their own; labels are gathered over all, and what one knows holds."""
    twin = Entity(Kind.PROGRAM, ROTATION.id, ROTATION.name, in_lexicon=False)
    more = Mention(Kind.PROGRAM, Span(20, 24), "县管校聘制度", twin, "other")
    lines = list(quads_of(dataclasses.replace(dalian, mentions=(*dalian.mentions, more))))
    assert about(lines, f"{BASE}{ROTATION.id}", POL + "inLexicon") == {"true"}
    assert "县管校聘制度" in about(lines, f"{BASE}{ROTATION.id}", SKOS + "altLabel")
    assert about(lines, f"{BASE}{ROTATION.id}", SKOS + "prefLabel") == {"县管校聘"}


def test_what_a_text_would_call_it(dalian: Reading) -> None:
    """The form of an inferred name that a text would write is another label, beside the shared one."""
    inferred = dataclasses.replace(ROTATION, written="县管校聘一期")
    claim = dalian.claims[0]
    roles = tuple((name, inferred if thing == ROTATION else thing) for name, thing in claim.roles)
    before = about(list(quads_of(dalian)), f"{BASE}{ROTATION.id}", SKOS + "altLabel")
    lines = list(
        quads_of(dataclasses.replace(dalian, claims=(dataclasses.replace(claim, roles=roles), *dalian.claims[1:])))
    )
    assert any(thing is inferred for _, thing in roles)
    assert about(lines, f"{BASE}{ROTATION.id}", SKOS + "altLabel") == before | {"县管校聘一期"}
