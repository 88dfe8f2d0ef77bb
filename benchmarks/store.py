"""How fast a graph is loaded, asked and changed: python benchmarks/store.py [QUADS] [--rdflib] [--asking] [--folder FOLDER]

Makes up a policy graph of QUADS quads (default: 100,000) and prints, for policy-kg, for the bare engine (pyoxigraph) and
with --rdflib for rdflib's memory store: seconds of CPU time and memory to load it, milliseconds per question, and what it
takes to exchange one document; with --asking only the questions. With --folder the graph is made there, or taken from
there. rdflib takes minutes and gigabytes at a million quads; a question that takes it longer than a minute is given up
and counted as a minute. Every step has a process of its own. Compare lines of one run.
"""

from __future__ import annotations

import math
import multiprocessing
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph as ox

sys.path.insert(0, str(Path(__file__).parent))

from generated import write_generated

from kg.graph.disk import change_union
from kg.graph.iris import PREFIXES
from kg.graph.large import LARGE
from kg.graph.published import GRAPH_FILE, GRAPHS_FILE, NamedGraph, read_graphs, read_mark
from kg.graph.questions import question
from kg.graph.store import PolicyGraph, open_graph

PATIENCE = 60.0  # seconds that rdflib is given for a question
REPEATS, FEW = 9, 2  # of a question, up to MANY quads and beyond
ROUNDS = 3  # of loading, up to MANY quads; once beyond
MANY = 2_000_000
HELD: list[Any] = []  # what a forked step finds in memory: too large to be handed over
EXCHANGED = 20  # documents
UNION = "INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"
# Twelve questions as people ask them: of one programme, of one place, of two.
ASKED = {
    "who-adopted": ("program",),
    "adopted-in": ("place", "year"),
    "first-adopters": ("program",),
    "shared-programmes": ("place", "other"),
    "succession": ("program",),
    "components": ("program",),
    "target-groups": ("program",),
    "goals": ("place",),
    "carried-out": ("place",),
    "learned-from": ("from",),
    "first-level": ("program",),
    "coverage": ("place",),
}
SHAPES = ASKED | {"spread": ("program",), "neighbours": ("program",)}
BUSIEST = """
SELECT ?name WHERE {{
  {{ SELECT ?thing (COUNT(?claim) AS ?claims) WHERE {{ ?claim a pol:Adoption ; pol:{role} ?thing }} GROUP BY ?thing }}
  ?thing skos:prefLabel ?name
}} ORDER BY DESC(?claims) ?name LIMIT 2"""


class Measured(NamedTuple):
    """Seconds of CPU time, seconds by the clock, megabytes at most, and what the step gives."""

    cpu: float
    wall: float
    memory: float
    gives: Any


def main() -> None:
    numbers = [int(word) for word in sys.argv[1:] if word.replace("_", "").isdigit()]
    kept = Path(sys.argv[sys.argv.index("--folder") + 1]) if "--folder" in sys.argv else None
    with tempfile.TemporaryDirectory() as made:
        folder = kept or Path(made)
        if not (folder / GRAPH_FILE).exists():
            write_generated(numbers[0] if numbers else 100_000, folder)
        mark = read_mark(folder)
        assert mark is not None
        print(f"{mark.quads:,} quads, {mark.size / 1e6:.0f} MB; CPU seconds, clock seconds, peak MB")
        with_rdflib = "--rdflib" in sys.argv
        if "--asking" not in sys.argv:
            loading(folder, Path(made), with_rdflib=with_rdflib)
            exchanging(folder, Path(made))
        asking(folder, Path(made), with_rdflib=with_rdflib)
        shapes(folder)
        cold(folder)


def loading(folder: Path, made: Path, *, with_rdflib: bool) -> None:
    """Memory and disk, ours and the bare engine's."""
    ways: dict[str, tuple[Callable[..., Any], tuple[Any, ...]]] = {
        "memory: policy-kg, the union": (load_ours, (folder,)),
        "memory: policy-kg, with named graphs": (load_ours_named, (folder,)),
        "memory: bare engine, named graphs": (load_raw, (folder, False)),
        "memory: bare engine, with their union": (load_raw, (folder, True)),
        "disk: policy-kg, the union": (prepare_ours, (folder, made / "ours")),
        "disk: bare engine, named graphs": (prepare_raw, (folder, made / "raw")),
    }
    for name, found in best_of(ways, folder).items():
        told(name, found)
    if with_rdflib:
        told("memory: rdflib, named graphs", alone(load_rdflib, folder))


def best_of(ways: dict[str, tuple[Callable[..., Any], tuple[Any, ...]]], folder: Path) -> dict[str, Measured]:
    """Each way in turns, and of each the round that took least: what else the machine does falls on all of them."""
    mark = read_mark(folder)
    assert mark is not None
    rounds = ROUNDS if mark.quads <= MANY else 1
    found: dict[str, list[Measured]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, (way, given) in ways.items():
            found[name].append(alone(way, *given))
    return {name: min(some, key=lambda measured: measured.cpu) for name, some in found.items()}


def asking(folder: Path, made: Path, *, with_rdflib: bool) -> None:
    """Milliseconds for each question, the best of some; the engine with the same kind of store and the same text, in turns."""
    times: dict[str, dict[str, float]] = alone(ask_both, folder, made).gives
    if with_rdflib:
        times["rdflib"] = alone(ask_rdflib, folder, made).gives
    print(f"\n{'milliseconds':24}" + "".join(f"{name:>14}" for name in times))
    for asked in ASKED:
        print(f"{asked:24}" + "".join(f"{of[asked]:14.2f}" for of in times.values()))
    means = {name: geometric_mean(of.values()) for name, of in times.items()}
    print(f"{'geometric mean':24}" + "".join(f"{mean:14.2f}" for mean in means.values()), flush=True)


def shapes(folder: Path) -> None:
    """The shipped questions whose first, plain text engines plan badly, beside that text (queries/naive)."""
    print(f"\n{'seconds':24}{'shipped':>10}{'naive':>10}{'ratio':>10}")
    ratios = []
    for file in sorted((Path(__file__).parent / "queries" / "naive").glob("*.rq")):
        name = file.stem.partition("-")[2]
        given = chosen(folder, SHAPES[name])
        safe = alone(ask_once, folder, question(name).text, given).gives
        naive = limited(ask_once, folder, file.read_text("utf-8"), given)
        ratios.append((PATIENCE if naive is None else naive) / safe)
        shown = f">{PATIENCE:.0f}" if naive is None else f"{naive:.2f}"
        print(f"{name:24}{safe:10.3f}{shown:>10}{'>' if naive is None else ' '}{ratios[-1]:9.0f}", flush=True)
    print(f"{'geometric mean':44}{geometric_mean(ratios):10.0f}")


def exchanging(folder: Path, made: Path) -> None:
    """Some documents taken out and put in again, one after the other, on disk: the median, for now and then one of them
    pays for sorting the whole store anew (compaction), which a store that was just filled still has before it."""
    ours, raw = (alone(way, folder, made) for way in (exchange_ours, exchange_raw))
    print(
        f"\nexchange one document: policy-kg {ours.gives * 1000:.1f} ms, bare engine {raw.gives * 1000:.1f} ms of CPU time"
    )


def cold(folder: Path) -> None:
    """The kg command from its start, and the query alone."""
    text = "SELECT ?name WHERE { ?p a pol:Program ; skos:prefLabel ?name } ORDER BY ?name LIMIT 5"
    graph = open_graph(folder)
    alone_ = min(timed(lambda: graph.query(text)) for _ in range(REPEATS))
    command = [sys.executable, "-m", "kg", "query", str(folder), text]
    whole = min(timed(lambda: subprocess.run(command, check=True, capture_output=True)) for _ in range(REPEATS))
    print(f"\nkg query from its start: {whole:.3f} s by the clock, of which the query {alone_:.3f} s")


# ── One step each, in a process of its own ─────────────────────────────────────────────────────────────────────────


def load_ours(folder: Path) -> None:
    open_graph(folder, in_memory=True)


def load_ours_named(folder: Path) -> None:
    _ = open_graph(folder, in_memory=True).dataset


def load_raw(folder: Path, union: bool) -> None:
    store = ox.Store()
    store.bulk_load(path=str(folder / GRAPH_FILE), format=ox.RdfFormat.N_QUADS)
    if union:
        store.update(UNION)


def load_rdflib(folder: Path) -> None:
    import rdflib

    rdflib.Dataset(default_union=True).parse(folder / GRAPH_FILE, format="nquads")


def prepare_ours(folder: Path, into: Path) -> None:
    from kg.graph.loading import load_union

    shutil.rmtree(into, ignore_errors=True)
    mark = read_mark(folder)
    assert mark is not None
    load_union(ox.Store(str(into)), folder / GRAPH_FILE, mark)


def prepare_raw(folder: Path, into: Path) -> None:
    shutil.rmtree(into, ignore_errors=True)
    ox.Store(str(into)).bulk_load(path=str(folder / GRAPH_FILE), format=ox.RdfFormat.N_QUADS)


def exchange_ours(folder: Path, made: Path) -> float:
    store = ox.Store(str(made / "ours"))
    chosen = documents(folder)
    own = re.compile(rb"<[^>]*/(?:claim|source)/")
    with (folder / GRAPH_FILE).open("rb") as quads:
        shared, took = shared_lines(folder), []
        for graph in chosen:
            start = time.process_time()
            quads.seek(graph.start)
            lines = quads.read(graph.size).replace(f" <{graph.iri}> .\n".encode(), b" .\n").splitlines(keepends=True)
            gone = [line for line in lines if own.match(line) or line not in shared]
            change_union(store, gone, ())
            change_union(store, (), lines)
            took.append(time.process_time() - start)
    return statistics.median(took)


def shared_lines(folder: Path) -> set[bytes]:
    """The triples about things: another document may say them too. A build finds them while it writes the graph."""
    own = re.compile(rb"<[^>]*/(?:claim|source)/")
    with (folder / GRAPH_FILE).open("rb") as quads:
        return {re.sub(rb" <[^<>]*> \.\n$", b" .\n", line) for line in quads if not own.match(line)}


def exchange_raw(folder: Path, made: Path) -> float:
    store = ox.Store(str(made / "raw"))
    chosen = documents(folder)
    quads = {graph.iri: list(store.quads_for_pattern(None, None, None, ox.NamedNode(graph.iri))) for graph in chosen}
    took = []
    for graph in chosen:
        start = time.process_time()
        store.remove_graph(ox.NamedNode(graph.iri))
        store.extend(quads[graph.iri])
        took.append(time.process_time() - start)
    return statistics.median(took)


def documents(folder: Path) -> list[NamedGraph]:
    return [graph for graph in read_graphs(folder / GRAPHS_FILE) if graph.file][10 : 10 + EXCHANGED]


def ask_once(folder: Path, text: str, given: dict[str, str]) -> float:
    graph = open_graph(folder)
    return timed(lambda: graph.query(text, given), time.process_time)


def ask_both(folder: Path, made: Path) -> dict[str, dict[str, float]]:
    """policy-kg, and the engine on a store of the same kind that was filled for it alone."""
    graph = open_graph(folder)
    mark = read_mark(folder)
    assert mark is not None
    repeats = REPEATS if mark.quads <= MANY else FEW
    if mark.quads >= LARGE:
        prepare_ours(folder, made / "asked")
        store = ox.Store.read_only(str(made / "asked"))
    else:
        store = ox.Store()
        store.bulk_load(path=str(folder / GRAPH_FILE), format=ox.RdfFormat.N_QUADS)
        store.update(UNION)
    ours, raw = {}, {}
    for name, asked in ASKED.items():
        given = chosen(folder, asked)
        text, values = question(name).text, terms(graph, name, given)
        works = partial(graph.query, text, given), partial(rows_of, store, text, values)
        ours[name], raw[name] = best_in_turns(works, repeats)
        print(f"  {name}: {ours[name]:.0f} and {raw[name]:.0f} ms", file=sys.stderr, flush=True)
    return {"policy-kg": ours, "bare engine": raw}


def chosen(folder: Path, parameters: tuple[str, ...]) -> dict[str, str]:
    """Names for the parameters of a question: those of which the graph says most."""
    place, other = busiest(folder, "place")
    names = {"program": busiest(folder, "program")[0], "place": place, "from": place, "other": other, "year": "2015"}
    return {parameter: names[parameter] for parameter in parameters}


@cache
def busiest(folder: Path, role: str) -> tuple[str, ...]:
    return tuple(str(name) for (name,) in open_graph(folder).query(BUSIEST.format(role=role)))


def rows_of(store: ox.Store, text: str, values: dict[ox.Variable, Any]) -> list[Any]:
    return list(store.query(text, prefixes=PREFIXES, substitutions=values or None))


def terms(graph: PolicyGraph, name: str, given: dict[str, str]) -> dict[ox.Variable, Any]:
    """The values as terms, looked up beforehand."""
    kinds = {parameter.name: parameter.kind for parameter in question(name).parameters}
    return {
        ox.Variable(key): ox.Literal(int(value)) if kinds[key] == "integer" else graph.thing(value, kinds[key])
        for key, value in given.items()
    }


def ask_rdflib(folder: Path, made: Path) -> dict[str, float]:
    import rdflib

    graph = open_graph(folder)
    values = {name: terms(graph, name, chosen(folder, asked)) for name, asked in ASKED.items()}
    asked = {name: {str(k.value): str(v) for k, v in of.items()} for name, of in values.items()}
    merged = rdflib.Graph()
    with (folder / GRAPH_FILE).open(encoding="utf-8") as quads:
        merged.parse(data="".join(sorted({re.sub(r" <[^<>]*> \.\n$", " .\n", line) for line in quads})), format="nt")
    for prefix, start in PREFIXES.items():
        merged.bind(prefix, start)
    HELD.append(merged)
    times = {}
    for name, values in asked.items():
        bindings = {key: rdflib.util.from_n3(value) for key, value in values.items()}
        took = limited(timed_rdflib, question(name).text, bindings, context="fork")
        times[name] = 1000 * (PATIENCE if took is None else took)
    return times


def timed_rdflib(text: str, bindings: dict[str, Any]) -> float:
    (merged,) = HELD
    return timed(lambda: list(merged.query(text, initBindings=bindings)), time.process_time)


# ── How ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def alone(way: Callable[..., Any], *given: Any) -> Measured:
    """A step in a fresh process."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(measured, way, *given).result()


def limited(way: Callable[..., float], *given: Any, context: str = "spawn") -> float | None:
    """What a step gives, in a process of its own; None where it takes too long and is ended."""
    with ProcessPoolExecutor(1, multiprocessing.get_context(context)) as pool:
        running = pool.submit(way, *given)
        try:
            return running.result(PATIENCE)
        except TimeoutError:
            for process in pool._processes.values():
                process.kill()
            return None


def measured(way: Callable[..., Any], *given: Any) -> Measured:
    cpu, wall = time.process_time(), time.monotonic()
    gives = way(*given)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return Measured(time.process_time() - cpu, time.monotonic() - wall, memory, gives)


def told(name: str, found: Measured) -> None:
    print(f"{name:42} {found.cpu:8.2f} {found.wall:8.2f} {found.memory:8.0f}", flush=True)


def best_in_turns(works: Iterable[Callable[[], Any]], repeats: int) -> list[float]:
    """Milliseconds of CPU time for each, the best of some, so that all have the same good and bad moments."""
    works = tuple(works)
    turns = [[timed(work, time.process_time) for work in works] for _ in range(repeats)]
    return [1000 * min(times) for times in zip(*turns, strict=True)]


def timed(work: Callable[[], Any], clock: Callable[[], float] = time.monotonic) -> float:
    start = clock()
    work()
    return clock() - start


def geometric_mean(times: Any) -> float:
    values = list(times)
    return math.exp(sum(map(math.log, values)) / len(values))


if __name__ == "__main__":
    main()
