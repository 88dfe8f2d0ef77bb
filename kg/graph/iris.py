"""Ids and names → IRIs and prefixes: what every module of this room must spell alike (imports nothing heavy)."""

from __future__ import annotations

import re

from kg.patterns import regex

POL = "https://w3id.org/policy-kg/ontology#"
BASE = "https://w3id.org/policy-kg/id/"  # of the things; a build may set another
REFERENCE = "reference"  # the graph of what is known before any file is read

XSD = "http://www.w3.org/2001/XMLSchema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
OA = "http://www.w3.org/ns/oa#"
GEO = "http://www.w3.org/2003/01/geo/wgs84_pos#"

PREFIXES: dict[str, str] = {
    "pol": POL,
    "id": BASE,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "oa": OA,
    "xsd": XSD,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "geo": GEO,
    "schema": "https://schema.org/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
}

# What RFC 3987 lets stand in no path segment, and "%", "/" that would change its meaning.
_FORBIDDEN = regex(
    r'[\x00-\x20<>"{}|\\^`%#?/\[\]\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufff0-\uffff'
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)


def segment(name: str) -> str:
    """`name` as the last segment of an IRI: Chinese stays readable, only what an IRI cannot hold is percent-encoded."""
    return _FORBIDDEN.sub(_percent, name)


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "surrogatepass"))


def thing_iri(base: str, entity_id: str) -> str:
    """`program/县管校聘` → `https://w3id.org/policy-kg/id/program/县管校聘`; only the name is escaped."""
    kind, slash, name = entity_id.partition("/")
    if not (kind and slash and name):
        raise ValueError(f"an entity id reads kind/name, not {entity_id!r}")
    return f"{base}{kind}/{segment(name)}"


def source_path(document_id: str, part: int | None = None) -> str:
    """The path of a file's node, or of its part N (from 1), below the base."""
    return f"source/{segment(document_id)}" + (f"/part-{part}" if part else "")


def checked_base(base: str) -> str:
    """`base` if IRIs can be made by appending to it; raises ValueError with the cure."""
    if not re.fullmatch(r'[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|\\^`#?]+/', base):
        raise ValueError(f"the base {base!r} must be an absolute IRI that ends in '/': https://example.org/id/")
    return base
