"""A seed → requests as they should not be: spoilt HTTP, SPARQL that wants to break out, addresses that climb."""

from __future__ import annotations

import random
import socket
from collections.abc import Iterator
from urllib.parse import quote

PATIENCE = 1.0  # seconds until a silent service is told that nothing more will come
LONGEST = 30.0  # seconds that it may then take
QUERIES = (
    "SELECT * WHERE { ?s ?p ?o } LIMIT 3",
    "ASK { ?s a pol:Program }",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 2",
    "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    'SELECT * WHERE { ?s skos:prefLabel "县管校聘" }',
)
PATHS = (
    "/",
    "/query",
    "/network",
    "/health",
    "/sparql",
    "/store?default",
    "/store?graph=http://example.org/g",
    "/store/..%2f..%2fetc%2fpasswd",
    "/vendor/../../../etc/passwd",
    "/vendor/..%2f..%2fpyproject.toml",
    "/vendor/%2e%2e/%2e%2e/kg/__init__.py",
    "/vendor/%00",
    "/id/%E5%8E%BF%E7%AE%A1%E6%A0%A1%E8%81%98",
    "/id/../../../../etc/shadow",
    "/id/<script>alert(1)</script>",
    "//example.org/",
    "/network?focus=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
)
TYPES = (
    "application/sparql-query",
    "application/sparql-update",
    "application/x-www-form-urlencoded",
    "text/turtle",
    "multipart/form-data; boundary=x",
    "text/plain; charset=utf-16",
    "/",
    ";;;",
)
ACCEPTS = (
    "*/*",
    "text/turtle;q=2",
    "q=1",
    "text/csv;q=0.3, */*;q=0",
    ",,,,",
    "a/b",
    "text/*;q=0.5,\x7f",
    "application/json",
)
ODD = ("\u202e", "\u0000", "\x1b[2J", "<>\"'`", "%00%ff%fe", "\ud7ff", "\U0001f600", "}" * 50, "{" * 3000, "a:" * 2000)


def requests(seed: int, host: str) -> Iterator[bytes]:
    """Requests without end; the same for the same seed."""
    chance = random.Random(seed)
    kinds = (_noise, _spoilt, _sparql, _path, _form, _headers, _store)
    while True:
        yield chance.choice(kinds)(chance, host)


def answered(address: tuple[str, int], request: bytes) -> bytes:
    """What comes back until the other side closes; where it waits for more, it is told that there is none."""
    with socket.create_connection(address, timeout=PATIENCE) as connection:
        told = b""
        try:
            connection.sendall(request)
            while chunk := _received(connection, is_answering=bool(told)):
                told += chunk
        except ConnectionError:
            return told
        return told


def _received(connection: socket.socket, *, is_answering: bool) -> bytes:
    try:
        return connection.recv(1 << 16)
    except TimeoutError:
        if is_answering:
            return b""
        connection.shutdown(socket.SHUT_WR)
        connection.settimeout(LONGEST)
        return connection.recv(1 << 16)


def _noise(chance: random.Random, host: str) -> bytes:
    return chance.randbytes(chance.randint(1, 2000))


def _spoilt(chance: random.Random, host: str) -> bytes:
    """A right request with some bytes changed, lost or doubled."""
    whole = bytearray(_sparql(chance, host))
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(whole))
        match chance.randrange(3):
            case 0:
                whole[at] = chance.randrange(256)
            case 1:
                del whole[at : at + chance.randint(1, 9)]
            case _:
                whole[at:at] = whole[at : at + chance.randint(1, 40)]
        if not whole:
            break
    return bytes(whole)


def _sparql(chance: random.Random, host: str) -> bytes:
    """Right HTTP; the text of the query may be spoilt."""
    text = chance.choice(QUERIES)
    for _ in range(chance.choice((0, 0, 1, 2, 5))):
        at = chance.randrange(len(text) + 1)
        text = (
            text[:at]
            + chance.choice((*ODD, "", "SERVICE", "'", '"""', "#", "\\u0022"))
            + text[at + chance.randint(0, 4) :]
        )
    body = text.encode("utf-8", "surrogatepass")
    if chance.random() < 0.5:
        return _http("GET", f"/sparql?query={quote(body)}", host, chance.choice(ACCEPTS))
    return _http("POST", "/sparql", host, chance.choice(ACCEPTS), "application/sparql-query", body)


def _path(chance: random.Random, host: str) -> bytes:
    path = chance.choice(PATHS) + chance.choice(
        ("", "", "?", "/..", "%", "%zz", "?a=" + "b" * 3000, chance.choice(ODD))
    )
    return _http(chance.choice(("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "BREW")), path, host, chance.choice(ACCEPTS))


def _form(chance: random.Random, host: str) -> bytes:
    names = ("query", "update", "default-graph-uri", "named-graph-uri", "using-graph-uri", "", "q")
    values = (*QUERIES, "DROP ALL", "INSERT DATA { <u:a> <u:b> 1 }", "u:g", "relative", "u:g> } #", *ODD)
    pairs = [f"{chance.choice(names)}={quote(chance.choice(values))}" for _ in range(chance.randint(0, 5))]
    return _http("POST", "/sparql", host, "*/*", chance.choice(TYPES), "&".join(pairs).encode())


def _headers(chance: random.Random, host: str) -> bytes:
    line = chance.choice(
        (
            "Host: evil\"><script>",
            "Host:",
            f"X-Long: {'a' * 70000}",
            "Content-Length: -1",
            "Content-Length: 99999999999999999999",
            "Content-Length: 5\r\nContent-Length: 6",
            "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
            "Transfer-Encoding: chunked\r\n\r\nfffffffffffffff1\r\na",
            "Authorization: Bearer \xff",
            "Origin: null",
            "If-None-Match: *",
            "Accept: " + "text/turtle," * 3000,
            "Content-Encoding: gzip",
            "Expect: 100-continue",
            "Upgrade: websocket\r\nConnection: Upgrade",
            ": nothing",
        )
    )  # fmt: skip
    head = f"{chance.choice(('GET', 'POST'))} {chance.choice(PATHS)} HTTP/1.1\r\n{line}\r\nHost: {host}\r\n\r\n"
    return head.encode("latin-1", "replace") + chance.randbytes(chance.choice((0, 10)))


def _store(chance: random.Random, host: str) -> bytes:
    """Writing where only reading is allowed, and reading what is no graph."""
    name = quote(chance.choice(("http://example.org/g", "relative", "urn:x", "http://a/<b>", "http://a/ b", *ODD)))
    body = chance.choice((b"<u:a> <u:b> <u:c> .", b"@prefix", b"\xff\xfe", b"--x\r\n\r\n<u:a> <u:b> 1 .\r\n--x--\r\n"))
    method = chance.choice(("GET", "HEAD", "PUT", "POST", "DELETE"))
    return _http(method, f"/store?graph={name}", host, chance.choice(ACCEPTS), chance.choice(TYPES), body)


def _http(method: str, path: str, host: str, accept: str, kind: str = "", body: bytes = b"") -> bytes:
    head = f"{method} {path} HTTP/1.1\r\nHost: {host}\r\nAccept: {accept}\r\nConnection: close\r\n"
    if body:
        head += f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
    return head.encode("utf-8", "surrogatepass") + b"\r\n" + body
