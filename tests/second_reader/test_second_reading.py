"""A build with a second reader on loopback: what it adds, what it costs, and that it can spoil nothing."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.cli.second_reading import cost_lines
from kg.explain import explain
from kg.graph.shapes import validate_graph
from kg.graph.store import open_graph
from kg.graph_folder import Built
from kg.pipeline import Settings, build, second_reading_cost
from kg.second_reader import Cost, SecondReading
from kg.second_reader.cache import CACHE_FILE
from kg.second_reader.endpoint import Terms, endpoint_at
from kg.second_reader.prompt import tokens_of
from kg.second_reader.stretches import LONGEST
from kg.texts.inputs import OWN
from second_reader.server import Exchange, Server, says, sends, serving
from second_reader.test_reader import CLAIM, INVENTED, KEY, TERMS, TEXT


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").write_text(TEXT, "utf-8")
    return tmp_path / "docs"


def many(folder: Path, number: int) -> Path:
    """Documents of other years, a request each."""
    for n in range(number):
        (folder / f"b{n}.txt").write_text(TEXT.replace("2016", str(2001 + n)), "utf-8")
    return folder


def built(docs: Path, server: Server | str, terms: Terms = TERMS, model: str = "made-up") -> Built:
    """The graph of these documents beside them."""
    url = server if isinstance(server, str) else server.url
    wanted = SecondReading(endpoint_at(url, model, KEY), terms)
    return build([docs], docs.parent / "graph", settings=Settings(second_reader=wanted))


def notes(result: Built) -> str:
    return "\n".join(skipped.reason for skipped in result.skipped)


def marks(folder: Path) -> set[str]:
    asked = open_graph(folder).query("SELECT DISTINCT ?by WHERE { ?claim pol:foundBy ?by }")
    return {str(row[0]) for row in asked if str(row[0]).startswith("llm:")}


def everything(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


# ── Well ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_good_reader_adds_its_claim(docs: Path) -> None:
    """With its mark, a low confidence and evidence; the graph keeps its form, and kg explain shows who said it."""
    with serving(says(CLAIM, INVENTED)) as server:
        result = built(docs, server, model="qwen/qwen2.5")
    assert marks(result.folder) == {"llm:qwen%2Fqwen2.5"}
    assert notes(result).splitlines() == [
        "read 1 of 1 stretches: 1 claims added, 0 known already",
        "1 proposals were refused: name not recognised in the sentence (1)",
    ]
    graph = open_graph(result.folder)
    (told,) = explain(graph, result.folder, "夷陵区 晨读伙伴")
    assert (told.rule, told.confidence) == ("llm:qwen%2Fqwen2.5", "0.5")
    assert told.sentence in TEXT
    assert not validate_graph(graph).problems
    assert "百城千校" not in "".join(map(str, everything(result.folder).values()))


def test_a_claim_marked_as_wrong_stays_away(docs: Path) -> None:
    """The reviewer has the last word; and marks a claim as right, which is then sure."""
    with serving(says(CLAIM)) as server:
        first = built(docs, server)
        (claim,) = explain(open_graph(first.folder), first.folder, "夷陵区 晨读伙伴")
        kg("review", "right", first.folder, claim.claim)
        assert marks(built(docs, server).folder)
        (claim,) = explain(open_graph(first.folder), first.folder, "夷陵区 晨读伙伴")
        assert claim.confidence == "1"
        kg("review", "undo", first.folder, "2")
        kg("review", "wrong", first.folder, claim.claim)
        assert marks(built(docs, server).folder) == set()


# ── Determinism and the cache ──────────────────────────────────────────────────────────────────────────────────────


def test_a_rebuild_costs_nothing_and_gives_the_same_bytes(docs: Path) -> None:
    """Even without a server; the report says the same of what was refused."""
    with serving(says(CLAIM, INVENTED)) as server:
        first = built(docs, server)
    before = everything(first.folder)
    assert CACHE_FILE in before
    again = built(docs, server)
    assert everything(again.folder) == before
    assert notes(again) == notes(first)
    assert len(server.bodies) == 1


def test_the_cache_is_no_document(docs: Path) -> None:
    """A graph that lies among the documents is not read as one of them."""
    assert CACHE_FILE in OWN
    wanted = SecondReading
    with serving(says(CLAIM)) as server:
        settings = Settings(second_reader=wanted(endpoint_at(server.url), TERMS))
        for _ in range(2):
            assert [file.file for file in build([docs], docs, settings=settings).files] == ["a.txt"]


# ── Badly ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_bad_reader_spoils_nothing(docs: Path) -> None:
    """The graph is that of the rules, byte for byte, and the report says what happened."""
    alone = build([docs], docs.parent / "alone")
    with serving(sends(b"{}", 500)) as server:
        result = built(docs, server)
    assert (result.folder / "graph.nq").read_bytes() == (alone.folder / "graph.nq").read_bytes()
    for note in notes(result).splitlines():
        assert note in (result.folder / "report.html").read_text("utf-8")
    assert "1 requests failed: it answered 500 (1)" in notes(result)


def test_waiting_for_an_answer_is_not_reading(docs: Path) -> None:
    """--max-seconds limits the reading of a document, not its second reader."""

    def late(exchange: Exchange) -> None:
        time.sleep(0.7)
        says(CLAIM)(exchange)

    with serving(late) as server:
        wanted = SecondReading(endpoint_at(server.url, "other"), TERMS)
        limits = replace(Settings().limits, seconds=0.5)
        result = build([docs], docs.parent / "graph", settings=Settings(limits=limits, second_reader=wanted))
    assert "1 claims added" in notes(result)


# ── What it costs ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_cost_is_what_is_sent(docs: Path) -> None:
    """Characters are those of the messages; nothing is sent to learn it; the cache and the limit count."""
    many(docs, 3)
    (docs / "copy.txt").write_text(TEXT, "utf-8")
    folder = docs.parent / "graph"
    with serving(says(CLAIM)) as server:
        terms = replace(TERMS, requests=3, price_in=Decimal(1), price_out=Decimal(2))
        settings = Settings(second_reader=SecondReading(endpoint_at(server.url, "made-up"), terms))
        cost = second_reading_cost([docs], folder, settings)
        assert server.bodies == []
        build([docs], folder, settings=settings)
        messages = [json.loads(body)["messages"] for body in server.bodies]
        assert cost.characters == sum(len(m["content"]) for pair in messages for m in pair)
        assert (cost.requests, cost.known, cost.beyond, cost.tokens_out) == (3, 0, 1, 9000)
        assert cost.price == (cost.tokens_in + 2 * Decimal(9000)) / 1_000_000
        after = second_reading_cost([docs], folder, settings)
        assert (after.requests, after.known, after.beyond) == (1, 3, 0)
    assert cost.tokens_in == sum(tokens_of(m["content"]) for pair in messages for m in pair)


@pytest.mark.parametrize(("text", "tokens"), [("", 0), ("教育", 2), ("abcd", 1), ("abcde", 2), ("教育abc", 3)])
def test_tokens(text: str, tokens: int) -> None:
    """One for a character that is not ASCII, one for four that are, rounded up."""
    assert tokens_of(text) == tokens


def test_the_cost_is_told_in_words() -> None:
    cost = Cost(1200, 3_000_000, 2_000_000, 3_600_000, Decimal("6.1"), 7, 20)
    wanted = SecondReading(endpoint_at("https://api.example.org/v1", "m"), Terms(requests=1200))
    told = "\n".join(cost_lines(cost, wanted))
    for words in (
        "llm:m",
        "sent to api.example.org",
        "1,200 requests, 3,000,000 characters, about 2,000,000 tokens, at most 3,600,000 tokens in answers",
        "estimated: one token for each character",
        "at most about 6.10",
        "7 more are answered by llm-cache.jsonl",
        "20 more are not sent: --llm-max-requests is 1,200",
    ):
        assert words in told


# ── The command ────────────────────────────────────────────────────────────────────────────────────────────────────


def kg(*arguments: object, answer: str | None = None) -> Result:
    """What the command prints, as a user types it; everything in it keeps the key to itself."""
    said = CliRunner().invoke(main, list(map(str, arguments)), input=answer, env={"POLICY_KG_LLM_KEY": f"{KEY}\n"})
    assert KEY not in said.output
    assert said.exception is None or isinstance(said.exception, SystemExit), said.exception
    return said


@contextmanager
def terminal(monkeypatch: pytest.MonkeyPatch, is_there: bool) -> Iterator[None]:
    """Whether somebody sits at a terminal who can be asked."""
    with monkeypatch.context() as here:
        here.setattr("kg.cli.second_reading._somebody_is_there", lambda: is_there)
        yield


@pytest.mark.parametrize(
    ("is_there", "options", "answer", "code", "says_so", "requests"),
    [
        (False, ["--yes"], None, 0, "1 requests", 1),
        (False, [], None, 1, "there is no terminal to ask on", 0),
        (True, [], "y\n", 0, "Send them?", 1),
        (True, [], "n\n", 1, "nothing was sent or built", 0),
        (True, ["--llm-price-in", "2", "--llm-price-out", "8"], "y\n", 0, "price: at most about 0.03", 1),
    ],
)
def test_consent(
    docs: Path,
    monkeypatch: pytest.MonkeyPatch,
    is_there: bool,
    options: list[str],
    answer: str | None,
    code: int,
    says_so: str,
    requests: int,
) -> None:
    """The cost is shown first; without a yes nothing is sent, and nothing built or changed."""
    folder = docs.parent / "graph"
    with serving(says(CLAIM)) as server, terminal(monkeypatch, is_there):
        told = kg("build", docs, "--out", folder, "--llm-url", server.url, *options, answer=answer)
        assert told.exit_code == code, told.output
        assert re.search(r"second reader llm:default \(on this computer\): 1 requests, [\d,]+ characters", told.output)
        assert says_so in told.output
        assert server.keys == [f"Bearer {KEY}"] * requests
        assert folder.exists() is bool(requests)


def test_nothing_to_ask_needs_no_consent(docs: Path) -> None:
    """A rebuild is answered by the cache."""
    with serving(says(CLAIM)) as server:
        command = ("build", docs, "--out", docs.parent / "graph", "--llm-url", server.url)
        assert kg(*command, "--yes").exit_code == 0
        again = kg(*command)
    assert again.exit_code == 0
    assert "0 requests" in again.output
    assert "1 more are answered by llm-cache.jsonl" in again.output
    assert "note: second reader llm:default: read 1 of 1 stretches: 1 claims added" in again.output


@pytest.mark.parametrize(
    ("options", "code", "why"),
    [
        (["--llm-url", "http://example.org/v1", "--yes"], 1, "--llm-plain-http"),
        (["--llm-url", "example.org", "--yes"], 1, "must be an address"),
        (["--llm-model", "m"], 2, "--llm-model goes with --llm-url"),
        (["--llm-url", "https://example.org", "--llm-confidence", "nan"], 2, "is no price, time or confidence"),
        (["--llm-url", "https://example.org", "--llm-seconds", "0"], 2, "not in the range"),
    ],
)
def test_what_cannot_be_asked(docs: Path, options: list[str], code: int, why: str) -> None:
    """One clear line before anything is read."""
    told = kg("build", docs, "--out", docs.parent / "graph", *options)
    assert told.exit_code == code
    assert why in told.output
    assert not (docs.parent / "graph").exists()


def test_the_confidence_is_the_users_to_set(docs: Path) -> None:
    with serving(says(CLAIM)) as server:
        kg("build", docs, "--out", docs.parent / "g", "--llm-url", server.url, "--llm-confidence", "0.65", "--yes")
    (told,) = explain(open_graph(docs.parent / "g"), docs.parent / "g", "夷陵区 晨读伙伴")
    assert told.confidence == "0.65"


def test_the_page_says_what_is_true() -> None:
    """docs/llm.md gives the figures of the program."""
    page = (Path(__file__).resolve().parents[2] / "docs" / "llm.md").read_text("utf-8")
    terms = Terms()
    for words in (
        f"about {LONGEST:,} characters at a time",
        f"`--llm-max-requests` ({terms.requests:,})",
        f"has {terms.seconds:g} seconds",
        f"After {terms.failures} failures",
        f"within {terms.patience:g} seconds",
        f"claims is {terms.confidence}",
        CACHE_FILE,
    ):
        assert words in page
