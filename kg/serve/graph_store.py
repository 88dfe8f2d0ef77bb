"""A request below /store → the graph that it means and the documents that it brings (SPARQL 1.1 Graph Store Protocol)."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message
from pathlib import PurePosixPath
from typing import NamedTuple

from kg.serve.media import PARTS, SENT
from kg.serve.problem import Problem
from kg.serve.protocol import media_type, parsed

BY_ENDING = {
    ".ttl": "text/turtle",
    ".nt": "application/n-triples",
    ".rdf": "application/rdf+xml",
    ".xml": "application/rdf+xml",
    ".jsonld": "application/ld+json",
    ".nq": "application/n-quads",
    ".trig": "application/trig",
    ".n3": "text/n3",
}


class Target(NamedTuple):
    """The graph of a request: its name, None for the default graph; or the store itself."""

    name: str | None
    is_store: bool = False


class Document(NamedTuple):
    """RDF that came in."""

    data: bytes
    media: str


def target(query_string: str, address: str, below: str) -> Target:
    """?graph=IRI, ?default, or the address itself where it lies below the store; Problem 400 for anything else."""
    parameters = parsed(query_string)
    graphs = [value for name, value in parameters if name == "graph"]
    is_default = any(name == "default" for name, _ in parameters)
    if len(graphs) + is_default > 1:
        raise Problem(400, "name one graph: ?default or ?graph=IRI, once")
    if graphs:
        return Target(graphs[0])
    if is_default:
        return Target(None)
    return Target(address) if below else Target(None, is_store=True)


def documents(content_type: str | None, body: bytes) -> list[Document]:
    """The documents of a body: one, or the files of a form; Problem 415 where their type is none that is read here."""
    media, _ = media_type(content_type)
    if media == PARTS:
        return _parts(content_type or "", body)
    if media not in SENT:
        raise Problem(415, f"the body must be RDF ({', '.join(SENT)}), not {media or 'without Content-Type'}")
    return [Document(body, media)]


def _parts(content_type: str, body: bytes) -> list[Document]:
    header = content_type.encode("latin-1", "replace").replace(b"\r", b" ").replace(b"\n", b" ")
    message = message_from_bytes(b"Content-Type: " + header + b"\r\n\r\n" + body)
    parts = message.get_payload() if message.is_multipart() else []
    found = [_part(part) for part in parts if isinstance(part, Message)]
    if not found:
        raise Problem(400, "the form has no parts, or its boundary is not the one of the header")
    return found


def _part(part: Message) -> Document:
    told = part.get_content_type() if part["content-type"] else ""
    named = BY_ENDING.get(PurePosixPath(part.get_filename() or "").suffix.lower(), "")
    media = told if told in SENT else named
    if not media:
        raise Problem(415, f"a part of the form must be RDF ({', '.join(SENT)}), not {told or 'without Content-Type'}")
    data = part.get_payload(decode=True)
    return Document(data if isinstance(data, bytes) else b"", media)
