"""A graph and shapes → what pySHACL finds against them: the verdict that the compiled way is held to."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from kg.errors import GraphError
from kg.graph.shacl import SH
from kg.graph.shape_words import prefixed

if TYPE_CHECKING:
    from kg.graph.shapes import Violation
    from kg.graph.store import PolicyGraph


def reference_violations(graph: PolicyGraph, shapes: str) -> list[Violation]:
    """The results of pySHACL with its own messages; GraphError where it is not installed."""
    try:
        import pyshacl
    except ImportError:
        raise GraphError("--reference needs pySHACL; install it with: pip install 'policy-kg[validate]'") from None
    import rdflib

    from kg.graph.rdf import merged_of

    stated = rdflib.Graph().parse(data=shapes, format="turtle")
    try:
        with _quiet():
            _, results, _ = pyshacl.validate(merged_of(graph), shacl_graph=stated, inference="none", advanced=False)
    except pyshacl.errors.ReportableRuntimeError as fault:
        raise GraphError(f"pySHACL cannot check this graph: {fault.message}; check it without --reference") from None
    return [_violation(results, node) for node in results.objects(None, rdflib.URIRef(SH + "result"))]


@contextmanager
def _quiet() -> Iterator[None]:
    """rdflib would print a traceback for every literal that is not what its datatype says."""
    log = logging.getLogger("rdflib.term")
    before, log.disabled = log.disabled, True
    try:
        yield
    finally:
        log.disabled = before


def _violation(results: Any, node: Any) -> Violation:
    import rdflib

    from kg.graph.shapes import Violation

    def said(name: str) -> Any:
        return results.value(node, rdflib.URIRef(SH + name))

    messages = sorted(str(value) for value in results.objects(node, rdflib.URIRef(SH + "resultMessage")))
    component = str(said("sourceConstraintComponent")).removeprefix(SH).removesuffix("ConstraintComponent")
    path = _path(results, said("resultPath"))
    about = f"{path}: " if path else ""
    return Violation(str(said("focusNode")), path, component, str(said("value") or ""), about + "; ".join(messages))


def _path(results: Any, path: Any) -> str:
    import rdflib

    if path is None:
        return ""
    steps = [path] if isinstance(path, rdflib.URIRef) else results.items(path)
    return "/".join(prefixed(str(step)) for step in steps)
