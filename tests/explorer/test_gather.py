"""A graph → the explorer's records: every claim once, every sentence where it stands, every role's words marked."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from graph.diffusion import diffusion_lines

from kg import build
from kg.diffusion.history.intervals import adoption_of, said_of
from kg.errors import GraphError
from kg.graph.iris import POL
from kg.graph.store import PolicyGraph, open_graph
from kg.graph.triples import write_nquads
from kg.model import DateKind, Kind, Relation
from kg.resources import shipped
from kg.texts.decoding import decode
from kg.views.explorer.diffusion_tables import dating
from kg.views.explorer.from_graph import exploration_of
from kg.views.explorer.initials import initials, misread
from kg.views.explorer.records import ClaimRow, Exploration
from kg.views.explorer.tables import MARKED, ROLES, meta_of, tables_of
from kg.views.explorer.traditional import traditional

PLAN = """长海县教育局2016年工作要点
2016年，我县全面推行县管校聘改革，学习大连市经验，学前三年毛入园率达到95%以上。
落实大连市教育局《关于推进县管校聘改革的实施意见》，我县被评为“国家义务教育发展基本均衡县”。
"""
TWO_NAMES = "实施“家校同心”工程。\n启动“阳光护苗”行动。\n"
XSD = "^^<http://www.w3.org/2001/XMLSchema#integer>"


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Exploration:
    """What a short plan of a county says."""
    folder = tmp_path_factory.mktemp("plan")
    (folder / "plan.txt").write_text(PLAN, "utf-8")
    build([str(folder / "plan.txt")], folder / "graph")
    return exploration_of(open_graph(folder / "graph"))


@pytest.fixture(scope="module")
def lines() -> list[str]:
    """The lines of the made-up corpus of tests/graph/diffusion.py."""
    return list(diffusion_lines())


def shown(lines: Iterable[str], folder: Path) -> Exploration:
    write_nquads(lines, folder / "graph.nq")
    return exploration_of(open_graph(folder / "graph.nq"))


def instead(lines: Iterable[str], old: str, new: str, times: int = 1) -> list[str]:
    """The lines with `old` replaced in the first so many of those that have it."""
    found = []
    for line in lines:
        if times and old in line:
            line, times = line.replace(old, new), times - 1
        found.append(line)
    assert not times
    return found


@pytest.mark.parametrize("relation", Relation)
def test_every_claim_once(example: PolicyGraph, exploration: Exploration, relation: Relation) -> None:
    """The explorer holds as many claims of each class as the graph does."""
    ((count,),) = example.query(f"SELECT (COUNT(DISTINCT ?c) AS ?n) WHERE {{ ?c a pol:{relation} }}")
    assert Counter(claim.relation for claim in exploration.claims)[relation] == int(str(count)) > 0
    assert len({claim.iri for claim in exploration.claims}) == len(exploration.claims)


def test_every_property_is_shown(example: PolicyGraph, exploration: Exploration) -> None:
    """All that the graph says of a claim stands in its row: as a role, a value or a column."""
    said: Counter[str] = Counter()
    for property_, count in example.query(
        "SELECT ?p (COUNT(*) AS ?n) WHERE { ?c pol:evidence ?e ; ?p ?v } GROUP BY ?p"
    ):
        said[str(property_).removeprefix(POL)] = int(str(count))
    rows = exploration.claims
    for name in ROLES:
        filled = sum(name in dict(row.roles) or name in dict(row.values) for row in rows)
        assert filled == said[name], name
    for name in ("indicator", "value", "valueTo", "baseline", "date", "operator", "baseValue"):
        assert sum(name in dict(row.values) for row in rows) == said[name], name
    columns = {"year": "year", "yearTo": "year_to", "status": "status", "dateKind": "date_kind", "kind": "kind"}
    for name, column in columns.items():
        assert sum(bool(getattr(row, column)) for row in rows) == said[name], name
    ((inferred,),) = example.query("SELECT (COUNT(*) AS ?n) WHERE { ?c pol:inferred true }")
    assert sum(row.inferred for row in rows) == int(str(inferred)) > 0
    assert exploration.left_out == ()


def test_every_quote_reads_back(exploration: Exploration) -> None:
    """The printed sentence is what the file has at its offsets, and what stands around it is around it."""
    folder = Path(str(shipped("data", "examples")))
    for quote in exploration.quotes:
        text = decode((folder / exploration.sources[quote.source].file).read_bytes()).text
        assert text[quote.start : quote.end] == quote.printed
        assert text[: quote.start].endswith(quote.before)
        assert text[quote.end :].startswith(quote.after)


def test_all_refers_to_something(exploration: Exploration) -> None:
    """Roles, ties, adoptions and steps lead to things that are there; every tie that a claim makes has it."""
    things = {thing.iri: i for i, thing in enumerate(exploration.things)}
    assert all(iri in things for claim in exploration.claims for _, iri in claim.roles)
    assert all(unit.id in things for unit in exploration.history.units)
    for tie in exploration.ties:
        ends = {exploration.things[tie.source].iri, exploration.things[tie.target].iri}
        assert all(ends <= {iri for _, iri in exploration.claims[claim].roles} for claim in tie.claims)
    tied = Counter(claim for tie in exploration.ties for claim in tie.claims)
    assert set(tied.values()) == {1}
    goals = {i for i, claim in enumerate(exploration.claims) if claim.relation == Relation.GOAL}
    assert not goals & set(tied)


def test_an_adoption_knows_the_claim_that_dates_it(exploration: Exploration) -> None:
    """What that claim alone says is what the adoption says."""
    claims = {claim.iri: claim for claim in exploration.claims}
    for adoption in exploration.history.adoptions:
        claim = claims[dating(adoption)]
        (evidence,) = (one for one in adoption.evidence if one.claim == claim.iri)
        kind = DateKind(claim.date_kind) if claim.date_kind else None
        alone = adoption_of([said_of(adoption.unit, adoption.program, evidence, kind, claim.year_to)])
        assert alone is not None
        told = [(one.lower, one.upper, one.dated, one.status) for one in (alone, adoption)]
        assert told[0] == told[1]


def words(plan: Exploration, claim: ClaimRow) -> list[tuple[str, str]]:
    """(role, the marked words) of a claim."""
    text = plan.quotes[claim.quote].printed
    return [(mark.role, text[mark.start : mark.end]) for mark in claim.marks]


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        (Relation.ADOPTS, [("year", "2016年"), ("place", "我县"), ("program", "县管校聘改革")]),
        (Relation.GOAL, [("year", "2016年"), ("place", "我县"), ("indicator", "学前三年毛入园率"), ("value", "95%")]),
        (Relation.RECOGNIZES, [("place", "我县"), ("title", "国家义务教育发展基本均衡县"), ("by", "国家")]),
    ],
)
def test_marks(plan: Exploration, relation: Relation, expected: list[tuple[str, str]]) -> None:
    """The words of each role are marked, words that only the context explains as well, and figures with their unit."""
    (claim,) = (claim for claim in plan.claims if claim.relation == relation)
    assert [(role, word.strip("“”")) for role, word in words(plan, claim)] == expected


def test_marks_without_mentions(lines: list[str], tmp_path: Path) -> None:
    """Where a graph has no table of mentions, names and aliases are found in the sentence."""
    found = shown(lines, tmp_path)
    (claim,) = (c for c in found.claims if "诸城市率先" in found.quotes[c.quote].text)
    assert words(found, claim) == [("year", "2016年"), ("place", "诸城市"), ("program", "县（xiàn）管校 (xiào)聘")]


def test_marks_lie_in_their_sentence(exploration: Exploration) -> None:
    for claim in exploration.claims:
        length = len(exploration.quotes[claim.quote].printed)
        assert all(0 <= mark.start < mark.end <= length for mark in claim.marks)
        assert {mark.role for mark in claim.marks} <= set(MARKED)
    programs = [claim for claim in exploration.claims if "program" in dict(claim.roles)]
    assert sum("program" in {mark.role for mark in claim.marks} for claim in programs) > 0.9 * len(programs)


def test_things(exploration: Exploration) -> None:
    """A thing has its level, province, code and place; what no claim speaks of is not there."""
    by_name = {thing.name: thing for thing in exploration.things}
    county, bureau = by_name["昌乐县"], by_name["山东省教育厅"]
    assert (county.kind, county.level, county.code) == (Kind.PLACE, "County", "370725")
    assert county.province == bureau.province == by_name["山东省"].iri
    assert (bureau.level, bureau.jurisdiction) == ("Province", bureau.province)
    program = by_name["县管校聘"]
    assert (program.since, program.in_lexicon, bool(program.founding)) == (2014, True, True)
    assert program.founding in {thing.iri for thing in exploration.things}


@pytest.mark.parametrize(
    ("old", "new", "left_out", "claims"),
    [
        (f"<{POL}Adoption>", f"<{POL}Piloting>", "claim of the class Piloting", -1),
        (f"<{POL}status> <{POL}Planned>", f"<{POL}status> <{POL}Paused>", "status Paused", 0),
        (f"<{POL}genre> <{POL}", f"<{POL}genre> <{POL}New", "genre New", 0),
        (f"<{POL}dateKind> <{POL}Document>", f"<{POL}dateKind> <{POL}Rumour>", "kind of date Rumour", 0),
        (f"<{POL}kind> <{POL}LearnsFrom>", f"<{POL}kind> <{POL}Copies>", "kind of claim Copies", 0),
        (f"<{POL}group>", f"<{POL}audience>", "property audience of a claim", 0),
        (f'<{POL}year> "2016"', f'<{POL}year> "99999"', "year that is none", 0),
        (f'<{POL}year> "2016"', f'<{POL}year> "0"', "year that is none", 0),
        (f'<{POL}year> "2016"', f'<{POL}year> "-1"', "year that is none", 0),
    ],
)
def test_what_is_not_known(lines: list[str], tmp_path: Path, old: str, new: str, left_out: str, claims: int) -> None:
    """A graph of a newer version is shown as far as this one understands it, and what is left out is told."""
    (tmp_path / "whole").mkdir()
    whole = shown(lines, tmp_path / "whole")
    found = shown(instead(lines, old, new), tmp_path)
    assert [what for what, _ in found.left_out if what.startswith(left_out)]
    assert len(found.claims) == len(whole.claims) + claims
    tables_of(found)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (f'<{POL}year> "2016"{XSD}', f'<{POL}year> "kǎo"', "'kǎo' where a number must stand"),
        (f'<{POL}confidence> "0.9"', f'<{POL}confidence> "much"', "'much' where a number must stand"),
        ('#start> "', '#start> "-', r"'-\d+' where a number must stand"),
    ],
)
def test_damaged_numbers(lines: list[str], tmp_path: Path, old: str, new: str, fault: str) -> None:
    """What must be a number and is none is named with its claim."""
    with pytest.raises(GraphError, match=fault):
        shown(instead(lines, old, new), tmp_path)


def test_confidence_stays_between_0_and_1(lines: list[str], tmp_path: Path) -> None:
    found = shown(instead(lines, f'<{POL}confidence> "0.9"', f'<{POL}confidence> "7"'), tmp_path)
    assert max(claim.confidence for claim in found.claims) == 1


def test_a_graph_without_claims(tmp_path: Path) -> None:
    """An empty graph gives an empty exploration."""
    found = shown([], tmp_path)
    assert (found.things, found.claims, found.ties) == ((), (), ())
    assert meta_of(found)["counts"] == {"files": 0, "parts": 0, "copies": 0, "claims": 0}
    assert meta_of(found)["years"] == (0, 0)


def test_copies_are_counted_and_not_shown(tmp_path: Path) -> None:
    """A copy says nothing itself."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(PLAN, "utf-8")
    build([str(tmp_path / "a.txt"), str(tmp_path / "b.txt")], tmp_path / "graph")
    found = exploration_of(open_graph(tmp_path / "graph"))
    assert meta_of(found)["counts"] == {"files": 1, "parts": 1, "copies": 1, "claims": len(found.claims)}
    assert meta_of(found)["years"] == (2016, 2016)


def test_verdicts(tmp_path: Path) -> None:
    """What a person decided holds: a refused claim is gone, a confirmed one says so, two names of one thing are one."""
    (tmp_path / "a.txt").write_text(PLAN + TWO_NAMES, "utf-8")
    out = tmp_path / "graph"
    build([str(tmp_path / "a.txt")], out)
    before = exploration_of(open_graph(out))
    wrong, right = (next(c for c in before.claims if c.relation == r) for r in (Relation.GOAL, Relation.ADOPTS))
    for verdict, claim in (("wrong", wrong), ("right", right)):
        _kg("review", verdict, str(out), claim.iri.rpartition("/")[2])
    _kg("review", "same", str(out), "家校同心", "阳光护苗")
    build([str(tmp_path / "a.txt")], out)
    after = exploration_of(open_graph(out))
    assert wrong.iri not in {c.iri for c in after.claims}
    (program,) = (thing for thing in after.things if thing.name in ("家校同心", "阳光护苗"))
    assert program.name == "阳光护苗"
    assert "家校同心" in program.aliases
    assert sum(program.iri in dict(c.roles).values() for c in after.claims) == 2
    assert [c.iri for c in after.claims if ("reviewed", "Confirmed") in c.values] == [right.iri]


def _kg(*args: str) -> None:
    from click.testing import CliRunner

    from kg.cli import main

    result = CliRunner().invoke(main, list(args))
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("体育艺术2+1项目", "tyys21xm"),
        ("县管校聘", "xgxp"),
        ("长春市", "ccs"),
        ("校长培训", "xzpx"),
        ("重庆市", "cqs"),
        ("厦门市", "xms"),
        ("六安市", "las"),
        ("单县", "sx"),
        ("菏泽市单县教育局", "hzssxjyj"),
        ("蔚县", "yx"),
        ("乐亭县", "ltx"),
        ("浚县", "xx"),
        ("荥阳市", "xys"),
        ("荥经县", "yjx"),
        ("长垣市", "cys"),
        ("朝阳区", "cyq"),
        ("ＳＴＥＭ教育", "stemjy"),
        ("County-managed", "countymanaged"),
        ("《》……", ""),
        ("🎓教育", "jy"),
    ],
)
def test_initials(name: str, expected: str) -> None:
    assert initials([name]) == (expected,)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("单县", {"dx"}), ("蔚县", {"wx"}), ("浚县", {"jx"}), ("番禺区", {"fyq"}), ("乐亭县", set()), ("长春市", set())],
)
def test_misread(name: str, wrong: set[str]) -> None:
    """What the characters would say elsewhere; nothing for names that are no rare ones."""
    assert set(misread([name])) == wrong


@pytest.mark.parametrize(
    ("names", "sentences", "pairs"),
    [
        (["学区"], [], "區区學学"),
        (["县管校聘"], ["学校"], "學学縣县"),
        (["乾县", "干部"], [], "幹干榦干縣县"),  # 乾 is itself a character of a name
        (["縣管校聘", "长海县"], [], "縣县長长"),  # of a Traditional name it is not
        (["《》A"], [], ""),
    ],
)
def test_traditional(names: list[str], sentences: list[str], pairs: str) -> None:
    """Only the characters that stand on the page, in the order of their codes."""
    assert traditional(names, sentences) == pairs


def test_the_same_bytes(lines: list[str], tmp_path: Path) -> None:
    """The page is the same whatever the seed of Python's hashes and the order of the lines."""
    write_nquads(lines, tmp_path / "graph.nq")
    write_nquads(reversed(lines), tmp_path / "other.nq")
    asked = (
        "import sys, hashlib; from pathlib import Path; from kg.graph.store import open_graph;"
        "from kg.views.explorer.from_graph import exploration_of; from kg.views.explorer.page import explorer_html;"
        "print(hashlib.sha256(explorer_html(exploration_of(open_graph(Path(sys.argv[1])))).encode()).hexdigest())"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", asked, str(tmp_path / name)],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for name, seed in (("graph.nq", "1"), ("other.nq", "2"))
    }
    assert len(told) == 1
