"""What the service can do → its description in N-Triples (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from collections.abc import Iterator

from kg.serve.media import FORMATS, INPUT_FORMATS, RESULT_FORMATS

SD = "http://www.w3.org/ns/sparql-service-description#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
SERVICE, DATASET, GRAPH = "_:service", "_:dataset", "_:graph"


def description(endpoint: str, *, is_union: bool, is_updatable: bool) -> str:
    """The description of the service at this address; `is_updatable`: it takes SPARQL Update, too."""
    return "".join(f"{s} <{p}> {o} .\n" for s, p, o in _triples(endpoint, is_union=is_union, is_updatable=is_updatable))


def _triples(endpoint: str, *, is_union: bool, is_updatable: bool) -> Iterator[tuple[str, str, str]]:
    yield SERVICE, TYPE, _sd("Service")
    yield SERVICE, SD + "endpoint", f"<{endpoint}>"
    yield SERVICE, SD + "supportedLanguage", _sd("SPARQL11Query")
    if is_updatable:
        yield SERVICE, SD + "supportedLanguage", _sd("SPARQL11Update")
    if is_union:
        yield SERVICE, SD + "feature", _sd("UnionDefaultGraph")
    for name in RESULT_FORMATS:
        yield SERVICE, SD + "resultFormat", f"<{FORMATS}{name}>"
    for name in INPUT_FORMATS:
        yield SERVICE, SD + "inputFormat", f"<{FORMATS}{name}>"
    yield SERVICE, SD + "defaultDataset", DATASET
    yield DATASET, TYPE, _sd("Dataset")
    yield DATASET, SD + "defaultGraph", GRAPH
    yield GRAPH, TYPE, _sd("Graph")


def _sd(name: str) -> str:
    return f"<{SD}{name}>"
