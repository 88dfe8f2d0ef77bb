"""The questions that a diffusion researcher asks next, with the rows that a small made-up corpus must give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib

from graph.diffusion import diffusion_lines
from kg.graph.iris import BASE, POL, PREFIXES
from kg.graph.questions import Question, question, questions
from kg.graph.store import PolicyGraph, open_graph
from kg.graph.triples import write_nquads

NAIVE = Path(__file__).parents[2] / "benchmarks/queries/naive"
WEIFANG = "id:place/370700"  # named by its code: some names have belonged to two places
Row = tuple[str | None, ...]
ROWS: dict[str, tuple[dict[str, str], str, list[Row]]] = {
    "spread": (
        {"program": "县管校聘"},
        "year newPlaces places begun read",
        [("2015", "1", "1", "1", "2"), ("2016", "2", "3", "2", "3"), ("2017", "1", "4", "2", "4")],
    ),
    "levels-by-year": (
        {"program": "县管校聘"},
        "year level places dated",
        [
            ("2015", "Province", "1", "0"),
            ("2016", "County", "1", "1"),
            ("2016", "Prefecture", "1", "0"),
            ("2017", "Prefecture", "1", "1"),
        ],
    ),
    "founding-lag": (
        {},
        "programName founded placeName year yearsAfter provinceYear afterProvince",
        [
            ("县管校聘", "2014", "山东省", "2015", "1", "2015", "0"),
            ("县管校聘", "2014", "潍坊市", "2016", "2", "2015", "1"),
            ("县管校聘", "2014", "诸城市", "2016", "2", "2015", "1"),
            ("县管校聘", "2014", "烟台市", "2017", "3", "2015", "2"),
            ("课后服务", "2017", "五图街道", "2016", "-1", None, None),
            ("课后服务", "2017", "潍坊市", "2018", "1", None, None),
        ],
    ),
    "neighbours": (
        {"program": "县管校聘", "place": "烟台市"},
        "year neighbourName neighbourYear yearsBefore provinceName",
        [("2017", "潍坊市", "2016", "1", "山东省")],
    ),
    "rising": (
        {},
        "programName places recent before first lastNew lastNamed readUntil",
        [
            ("课后服务", "2", "1", "1", "2016", "2018", "2020", "2020"),
            ("县管校聘", "4", "0", "4", "2015", "2017", "2018", "2020"),
        ],
    ),
    "no-longer-named": (
        {},
        "placeName programName first lastNamed laterDocuments lastRead ended",
        [("潍坊市", "县管校聘", "2016", "2018", "1", "2020", None)],
    ),
    "status-by-year": (
        {"place": WEIFANG},
        "programName year status sentences dated",
        [
            ("县管校聘", "2016", "Planned", "1", "0"),
            ("县管校聘", "2018", "Completed", "1", "0"),
            ("课后服务", "2018", "Started", "1", "0"),
            ("课后服务", "2020", "Ongoing", "1", "0"),
        ],
    ),
    "plan-to-completion": (
        {"program": "县管校聘"},
        "placeName planned started completed years lastRead",
        [("潍坊市", "2016", "2018", "2018", "2", "2020"), ("烟台市", "2017", None, None, None, "2017")],
    ),
    "learned-from-most": (
        {},
        "fromName learners programs sentences first last",
        [("潍坊市", "2", "1", "2", "2017", "2019")],
    ),
    "leaders": (
        {"other": WEIFANG},
        "placeName shared earlier later",
        [("五图街道", "1", "1", "0"), ("山东省", "1", "1", "0")],
    ),
    "in-charge": (
        {"program": "县管校聘"},
        "agencyName ground places first last",
        [("教育部", "lexicon", None, None, None), ("潍坊市教育局", "document", "2", "2016", "2018")],
    ),
    "groups-by-year": (
        {"program": "县管校聘"},
        "groupName year sentences places",
        [("农村教师", "2016", "1", "1")],
    ),
    "indicator": (
        {"indicator": "学前三年毛入园率"},
        "year placeName level kind value unit file",
        [
            ("2014", "潍坊市", "Prefecture", "Achieved", "90", "%", "潍坊市2014.txt"),
            ("2020", "烟台市", "Prefecture", "Planned", "95", "%", "烟台市2017.txt"),
        ],
    ),
    "most-carried-out": (
        {"object": "关于推进教师交流轮岗的意见"},
        "kind places sentences issued first last",
        [("PolicyDocument", "2", "2", "2014", "2015", "2017")],
    ),
    "events": (
        {"program": "县管校聘"},
        "placeName level provinceName event year dateKind begun after firstRead lastRead documents named",
        [
            ("山东省", "Province", "山东省", "1", "2015", "Document", "2015", None, "2015", "2015", "1", "1"),
            ("潍坊市", "Prefecture", "山东省", "1", "2016", "Document", "2018", "2014", "2014", "2020", "4", "2"),
            ("诸城市", "County", "山东省", "1", "2016", "Stated", "2016", None, None, None, "0", "0"),
            ("烟台市", "Prefecture", "山东省", "1", "2017", "Stated", None, None, "2017", "2017", "1", "1"),
            ("昌乐县", "County", "山东省", "0", None, None, None, None, "2016", "2016", "1", "0"),
            ("芜湖市", "Prefecture", "安徽省", "0", None, None, None, None, "2019", "2019", "1", "1"),
        ],
    ),
    "early-places": (
        {},
        "placeName programs pioneered meanLag",
        [
            ("五图街道", "1", "1", "0"),
            ("山东省", "1", "1", "0"),
            ("诸城市", "1", "0", "1"),
            ("潍坊市", "2", "0", "1.5"),
            ("烟台市", "1", "0", "2"),
        ],
    ),
}  # fmt: skip


@pytest.fixture(scope="session")
def spreading(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph folder of the corpus."""
    folder = tmp_path_factory.mktemp("spreading")
    write_nquads(diffusion_lines(), folder / "graph.nq")
    return folder


@pytest.fixture(scope="session")
def spread(spreading: Path) -> PolicyGraph:
    return open_graph(spreading)


@pytest.mark.parametrize("name", ROWS)
def test_answers(spread: PolicyGraph, name: str) -> None:
    """Each question gives exactly these rows in this order, and its answer for everything holds them."""
    params, columns, expected = ROWS[name]
    rows = spread.query(question(name).text, params)
    assert [tuple(_short(row[column]) for column in columns.split()) for row in rows.dicts()] == expected
    assert set(rows) <= set(spread.query(question(name).text))


def _short(value: str | None) -> str | None:
    return value.removeprefix(POL) if value else value


def test_all_are_expected() -> None:
    """Every question after those of the contract has its rows above."""
    assert [q.name for q in questions()][13:] == list(ROWS)


def test_event_of_an_ending(spread: PolicyGraph) -> None:
    """A place of which only the end is told had the programme: an event without a year, not a place that never had it."""
    rows = spread.query(question("events").text, {"program": "课后服务"}).dicts()
    (wuhu,) = [row for row in rows if row["placeName"] == "芜湖市"]
    assert (wuhu["event"], wuhu["year"], wuhu["ended"]) == ("1", None, "2019")


@pytest.mark.parametrize("corpus", ["folder", "spreading"])
@pytest.mark.parametrize("asked", questions(), ids=lambda q: q.name)
def test_triples_in_several_graphs(corpus: str, asked: Question, request: pytest.FixtureRequest) -> None:
    """An engine that sees a label as often as files carry it gives the same rows as one that sees it once."""
    file = request.getfixturevalue(corpus) / "graph.nq"
    store = ox.Store()
    store.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
    prefixes = {**PREFIXES, "id": BASE}
    labels = store.query("SELECT * { ?x skos:prefLabel ?n }", prefixes=prefixes, use_default_graph_as_union=True)
    assert max(Counter(str(row["x"]) for row in labels).values()) > 1  # type: ignore[union-attr]
    found = store.query(asked.text, prefixes=prefixes, use_default_graph_as_union=True)
    once = open_graph(file).query(asked.text)
    assert _bag(tuple(row) for row in found) == _bag(once.terms)  # type: ignore[union-attr]


@pytest.mark.parametrize("asked", questions(), ids=lambda q: q.name)
def test_rdflib(spreading: Path, asked: Question) -> None:
    """The questions are plain SPARQL 1.1: rdflib gives the same rows."""
    data = _rdflib(spreading)
    found = data.query(asked.text, initNs={**PREFIXES, "id": BASE})
    assert _bag(tuple(row) for row in found) == _bag(open_graph(spreading).query(asked.text).terms)  # type: ignore[arg-type]


def _rdflib(folder: Path, known: dict[Path, rdflib.Graph] = {}) -> rdflib.Graph:  # noqa: B006 a cache
    if folder not in known:
        known[folder] = rdflib.Graph()
        lines = (folder / "graph.nq").read_text("utf-8").splitlines()
        known[folder].parse(data="".join(f"{line.rsplit(' ', 2)[0]} .\n" for line in lines), format="nt")
    return known[folder]


def _bag(rows: Iterable[tuple[Any, ...]]) -> Mapping[tuple[str | None, ...], int]:
    return Counter(tuple(_plain(term) for term in row) for row in rows)


def _plain(term: Any) -> str | None:
    if term is None:
        return None
    text = str(term.value if isinstance(term, ox.NamedNode | ox.Literal) else term)
    datatype = str(getattr(term, "datatype", "")).strip("<>")
    return str(Decimal(text).normalize()) if datatype.endswith("#decimal") else text


@pytest.mark.parametrize("file", sorted(NAIVE.glob("*.rq")), ids=lambda file: file.stem)
def test_naive_texts(folder: Path, spreading: Path, file: Path) -> None:
    """The text that a beginner would write for a question, which benchmarks measure, asks the same."""
    answered = 0
    for graph in map(open_graph, (folder, spreading)):
        naive, shipped = graph.query(file.read_text("utf-8")), graph.query(question(file.stem).text)
        assert naive.columns == shipped.columns
        assert Counter(naive) == Counter(shipped)
        answered += len(shipped)
    assert answered
