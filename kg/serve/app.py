"""A service → the web application: which address does what, and the headers that every answer carries."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from kg.serve import media
from kg.serve.access import refuse_change
from kg.serve.description import description
from kg.serve.graph_store import Target, documents, target
from kg.serve.negotiation import best
from kg.serve.problem import Answer, Problem, document
from kg.serve.protocol import Describe, Query, Update, operation
from kg.serve.service import Service
from kg.serve.static import static_file

METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"]
SLOWEST_BODY = 60.0  # seconds within which a body must have come in
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Vary": "Accept",
}
_HOST = re.compile(r"[A-Za-z0-9._-]+(?::\d{1,5})?|\[[0-9A-Fa-f:.]+\](?::\d{1,5})?")
GONE = 499  # the client did not wait; nobody reads this
Endpoint = Callable[[Request], Awaitable[Response]]


def application(service: Service) -> Starlette:
    """The ASGI application; its lifespan is that of the service's processes."""
    site = Site(service)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        try:
            yield
        finally:
            await service.close()

    routes = [
        Route("/sparql", site.sparql, methods=METHODS),
        Route("/store", site.store, methods=METHODS),
        Route("/store/{below:path}", site.store, methods=METHODS),
        Route("/health", site.health),
        Route("/vendor/{name}", site.static),
        Route("/pages/{name}", site.static),
        Route("/", site.page("home")),
        Route("/explorer", site.explorer),
        Route("/query", site.page("query")),
        Route("/network", site.page("network")),
        Route("/search", site.page("search")),
        Route("/id/{path:path}", site.page("thing")),
    ]
    faults: dict[Any, Any] = {Problem: _problem, HTTPException: _http_problem, ClientDisconnect: _gone}
    app = Starlette(routes=routes, lifespan=lifespan, exception_handlers={**faults, Exception: _fault})
    app.router.redirect_slashes = False
    return app


class Site:
    """The endpoints of one service."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def sparql(self, request: Request) -> Response:
        """SPARQL 1.1 Protocol: a query, an update, or neither, which asks what this service is."""
        body = await self._body(request)
        asked = operation(request.method, _query_string(request), request.headers.get("content-type"), body)
        match asked:
            case Query():
                return await self._while_connected(request, self._query(request, asked))
            case Update():
                return await self._update(request, asked)
            case Describe():
                return await self._describe(request)

    async def store(self, request: Request) -> Response:
        """SPARQL 1.1 Graph Store Protocol."""
        meant = target(_query_string(request), address(request), request.path_params.get("below", ""))
        if request.method in ("GET", "HEAD"):
            return await self._while_connected(request, self._graph(request, meant))
        if request.method not in ("PUT", "POST", "DELETE"):
            raise Problem(405, f"{request.method} is not used here", Allow="GET, HEAD, PUT, POST, DELETE")
        self._may_change(request)
        if not meant.is_store:
            return await self._write(request, meant.name)
        if request.method != "POST":
            raise Problem(400, "name the graph: ?default, ?graph=IRI, or an address below /store/")
        created = f"{address(request).rstrip('/')}/{_fresh_name()}"
        answer = await self._write(request, created)
        answer.headers["Location"] = created
        return answer

    async def health(self, request: Request) -> Response:
        """Whether it works, for monitors."""
        text = json.dumps(self._service.health(), indent=1) + "\n"
        return _response(Answer(200, "application/json", text.encode(), (("Cache-Control", "no-store"),)))

    async def static(self, request: Request) -> Response:
        """A script or style sheet from a fixed list."""
        return _response(static_file(request.url.path, request.headers.get("if-none-match")))

    async def explorer(self, request: Request) -> Response:
        """The whole graph on one page, which a process of its own makes."""
        known = request.headers.get("if-none-match")
        return await self._while_connected(request, self._explorer(known))

    async def _explorer(self, known: str | None) -> Response:
        return _response(await self._service.explorer(known))

    def page(self, name: str) -> Endpoint:
        """The endpoint of a page that a reading process draws."""

        async def endpoint(request: Request) -> Response:
            wanted = (
                best(request.headers.get("accept"), (media.HTML, *media.TRIPLES)) if name == "thing" else media.HTML
            )
            if wanted is None:
                raise Problem(406, f"this can be had as {', '.join((media.HTML, *media.TRIPLES))}")
            args = {**request.query_params, **request.path_params, "accept": wanted}
            asked = {"ask": "page", "name": name, "args": args}
            return await self._while_connected(request, self._answered(asked))

        return endpoint

    async def _query(self, request: Request, asked: Query) -> Response:
        accept = request.headers.get("accept")
        head = {
            "ask": "query",
            "default": asked.default_graphs,
            "named": asked.named_graphs,
            "rows": best(accept, media.ROWS),
            "triples": best(accept, media.TRIPLES),
            "base": address(request),
        }
        if head["rows"] is None and head["triples"] is None:
            raise Problem(406, f"an answer can be had as {', '.join(dict.fromkeys(media.ROWS + media.TRIPLES))}")
        return await self._answered(head, asked.text.encode())

    async def _update(self, request: Request, asked: Update) -> Response:
        self._may_change(request)
        head = {"ask": "update", "default": asked.default_graphs, "named": asked.named_graphs, "base": address(request)}
        return _response(await self._service.change(head, asked.text.encode()))

    async def _describe(self, request: Request) -> Response:
        wanted = best(request.headers.get("accept"), (*media.TRIPLES, media.HTML))
        if wanted is None:
            raise Problem(406, f"the description can be had as {', '.join((*media.TRIPLES, media.HTML))}")
        if wanted == media.HTML:
            return await self.page("query")(request)
        service = self._service
        told = description(address(request), is_union=service.is_union, is_updatable=service.takes_updates)
        return await self._answered({"ask": "triples", "media": wanted}, told.encode())

    async def _graph(self, request: Request, meant: Target) -> Response:
        if meant.is_store:
            raise Problem(400, "name the graph: ?default, ?graph=IRI, or an address below /store/")
        wanted = best(request.headers.get("accept"), media.TRIPLES)
        if wanted is None:
            raise Problem(406, f"a graph can be had as {', '.join(media.TRIPLES)}")
        return await self._answered({"ask": "graph", "name": meant.name, "media": wanted})

    async def _write(self, request: Request, name: str | None) -> Response:
        if request.method == "DELETE":
            return _response(await self._service.change({"ask": "delete", "name": name}, b""))
        sent = documents(request.headers.get("content-type"), await self._body(request))
        head = {
            "ask": request.method.lower(),
            "name": name,
            "base": name or address(request),
            "documents": [(one.media, len(one.data)) for one in sent],
        }
        return _response(await self._service.change(head, b"".join(one.data for one in sent)))

    async def _answered(self, head: dict[str, Any], body: bytes = b"") -> Response:
        return _response(await self._service.ask(head, body))

    def _may_change(self, request: Request) -> None:
        headers = request.headers
        refuse_change(
            self._service.settings, headers.get("authorization"), headers.get("origin"), headers.get("host", "")
        )

    async def _body(self, request: Request) -> bytes:
        """The body, within its size and time; Problem 413, 408 or 415."""
        most = self._service.settings.most_body
        told = request.headers.get("content-length", "0")
        if request.headers.get("content-encoding", "identity").lower() != "identity":
            raise Problem(415, "the body must come without Content-Encoding", Accept_Encoding="identity")
        body = bytearray()
        try:
            async with asyncio.timeout(SLOWEST_BODY):
                async for chunk in request.stream():
                    body += chunk
                    if len(body) > most or (told.isdigit() and int(told[:20]) > most):
                        raise Problem(
                            413, f"the body is larger than {most / 1e6:g} MB (--max-body-mb)", Connection="close"
                        )
        except TimeoutError:
            raise Problem(408, "the body did not come in in time", Connection="close") from None
        return bytes(body)

    async def _while_connected(self, request: Request, work: Coroutine[Any, Any, Response]) -> Response:
        """The response, unless the client goes away first: then the work is stopped."""
        answer = asyncio.create_task(work)
        gone = asyncio.create_task(_disconnected(request))
        try:
            await asyncio.wait({answer, gone}, return_when=asyncio.FIRST_COMPLETED)
            if answer.done():
                return answer.result()
            return Response(status_code=GONE)
        finally:
            gone.cancel()
            answer.cancel()


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def address(request: Request) -> str:
    """The address that was asked, without its query; Problem 400 for a Host that is none."""
    host = request.headers.get("host", "")
    if not _HOST.fullmatch(host):
        raise Problem(400, "the Host header is no host")
    path = request.scope.get("raw_path", b"").partition(b"?")[0].decode("ascii", "replace")
    return f"{request.url.scheme}://{host}{path}"


def _query_string(request: Request) -> str:
    return str(request.scope["query_string"].decode("ascii", "replace"))


def _fresh_name() -> str:
    from uuid import uuid4

    return uuid4().hex


def _response(answer: Answer) -> Response:
    kind = answer.media
    if kind.startswith("text/") and "charset" not in kind:
        kind += "; charset=utf-8"
    response = Response(answer.data, answer.status, headers=dict(answer.headers))
    if kind:
        response.headers["Content-Type"] = kind
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


async def _problem(request: Request, fault: Problem) -> Response:
    return _response(document(fault))


async def _http_problem(request: Request, fault: HTTPException) -> Response:
    detail = {404: "there is nothing at this address", 405: f"{request.method} is not used here"}
    told = document(Problem(fault.status_code, detail.get(fault.status_code, str(fault.detail))))
    return _response(told._replace(headers=tuple((fault.headers or {}).items())))


async def _fault(request: Request, fault: Exception) -> Response:
    return _response(document(Problem(500, "the service failed; its report stands on its standard error")))


async def _gone(request: Request, fault: ClientDisconnect) -> Response:
    return Response(status_code=GONE)
