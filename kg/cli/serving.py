"""A graph or a store → a SPARQL service: the command serve."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from kg.cli.output import GRAPH, speaks

if TYPE_CHECKING:
    from kg.serve.settings import Kind

MB = 1 << 20


@click.command()
@GRAPH
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen at; only this machine by default."
)
@click.option("--port", type=click.IntRange(0, 65535), default=7878, show_default=True, help="0 takes a free one.")
@click.option("--workers", type=click.IntRange(1, 256), default=4, show_default=True, help="Queries that run at once.")
@click.option(
    "--timeout",
    type=click.FloatRange(0.1, 3600),
    default=30.0,
    show_default=True,
    help="Seconds after which a query is ended.",
)
@click.option(
    "--memory-mb",
    type=click.IntRange(0),
    default=2048,
    show_default=True,
    help="What a query may take beyond the graph; 0 for no limit (POSIX).",
)
@click.option("--max-result-mb", type=click.IntRange(1), default=64, show_default=True, help="Largest answer.")
@click.option("--max-body-mb", type=click.IntRange(1), default=10, show_default=True, help="Largest request.")
@click.option(
    "--default-graph",
    "kind",
    type=click.Choice(["union", "standard"]),
    default=None,
    help="union (the default): all named graphs together; standard: a graph of its own, with SPARQL Update.",
)
@click.option("--updates", is_flag=True, help="GRAPH is a store of this service's own, which may be changed.")
@click.option(
    "--token-file",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="File with the token that changes need.",
)
@click.option("--no-token", is_flag=True, help="Take changes from this machine without a token.")
@click.option(
    "--log",
    "log",
    type=click.Path(path_type=Path, allow_dash=True),
    default=None,
    help="Access log; - for standard output.",
)
@speaks
def serve(
    graph: Path,
    host: str,
    port: int,
    workers: int,
    timeout: float,
    memory_mb: int,
    max_result_mb: int,
    max_body_mb: int,
    kind: Kind | None,
    token_file: Path | None,
    log: Path | None,
    *,
    updates: bool,
    no_token: bool,
) -> None:
    """Serve the graph: SPARQL at /sparql, its named graphs at /store, pages at /.

    GRAPH is a folder made by kg build (or an .nq file), which is only read and opened again when it is built anew. With
    --updates it is an empty folder, or one that was served so before.

    \b
    kg serve graph/
    kg serve graph/ --port 8000 --timeout 10 --log access.log
    kg serve store/ --updates --token-file token.txt
    """
    _check_updates(host, token_file, updates=updates, no_token=no_token)
    from kg.serve.access import token_of
    from kg.serve.server import serve as run
    from kg.serve.settings import Settings, is_loopback

    settings = Settings(
        graph=graph,
        host=host,
        port=port,
        workers=workers,
        seconds=timeout,
        memory=memory_mb * MB,
        most_result=max_result_mb * MB,
        most_body=max_body_mb * MB,
        kind=kind,
        updates=updates,
        token=None if token_file is None else token_of(token_file),
    )
    if not is_loopback(host):
        click.echo(f"warning: everybody who can reach {host} can ask this graph; kg serve has no users", err=True)
    with ExitStack() as stack:
        run(
            settings,
            _log(log, stack),
            lambda address: click.echo(f"Serving {graph} at {address} (SPARQL: {address}sparql)"),
        )


def _check_updates(host: str, token_file: Path | None, *, updates: bool, no_token: bool) -> None:
    from kg.serve.settings import is_loopback

    if not updates and (token_file is not None or no_token):
        raise click.UsageError("--token-file and --no-token go with --updates")
    if updates and (token_file is None) != no_token:
        raise click.UsageError("with --updates say who may change the store: --token-file FILE, or --no-token")
    if no_token and not is_loopback(host):
        raise click.UsageError(f"--no-token is only for this machine, and {host} can be reached by others")


def _log(path: Path | None, stack: ExitStack) -> IO[str] | None:
    if path is None:
        return None
    if path == Path("-"):
        return sys.stdout
    return stack.enter_context(path.open("a", encoding="utf-8", newline="\n"))
