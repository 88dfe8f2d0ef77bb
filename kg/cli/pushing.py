"""A graph → a SPARQL server: the command push."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.endpoint import SECONDS, Login, signs_in, told
from kg.cli.output import GRAPH, speaks

if TYPE_CHECKING:
    from kg.push.pushing import Progress, Pushed

_MOST_TOLD = 20  # graphs that a dry run names


@click.command()
@GRAPH
@click.option("--endpoint", required=True, metavar="URL", help="Where the server answers SPARQL queries.")
@click.option("--update-endpoint", default="", metavar="URL", help="Where it takes updates, if elsewhere.")
@click.option("--graph-store", default="", metavar="URL", help="Where it takes whole graphs (Graph Store Protocol).")
@click.option("--prune", is_flag=True, help="Drop graphs of files that this graph does not have any more.")
@click.option("--dry-run", is_flag=True, help="Say what would be sent and dropped, and do nothing.")
@click.option(
    "--batch",
    type=click.IntRange(1, 10_000),
    default=1000,
    show_default=True,
    help="Triples of one update, where whole graphs are not taken.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    default=SECONDS,
    show_default=True,
    help="Seconds for one request.",
)
@click.option("--quiet", "-q", is_flag=True, help="No progress bar and no summary, only errors.")
@signs_in
@speaks
def push(
    graph: Path,
    endpoint: str,
    update_endpoint: str,
    graph_store: str,
    batch: int,
    timeout: float,
    login: Login,
    *,
    prune: bool,
    dry_run: bool,
    quiet: bool,
) -> None:
    """Send the graph to a SPARQL 1.1 server: Virtuoso, Fuseki, GraphDB, Oxigraph, another kg serve.

    Each file's graph is sent as a whole; where the server does not take that, in small updates. What is there already
    is not sent again, so push after every build, and again when a push was stopped. docs/push.md tells how to set up
    a server.

    \b
    kg push graph/ --endpoint http://localhost:3030/policy/sparql
    kg push graph/ --endpoint http://localhost:8890/sparql --user dba --password-file dba.txt
    kg push graph/ --endpoint https://data.example.org/sparql --graph-store https://data.example.org/data --prune
    """
    from kg.push import push as pushed
    from kg.push import target_at
    from kg.remote.client import PAUSES

    target = target_at(endpoint, update_endpoint, graph_store)
    with login.client(timeout, PAUSES) as client, _progress(quiet=quiet or dry_run) as step:
        done = pushed(graph, target, client, prune=prune, dry_run=dry_run, most=batch, progress=step, tell=told)
    if dry_run:
        _tell_plan(done)
    elif not quiet:
        _tell_summary(done, target.endpoint)


def _tell_plan(plan: Pushed) -> None:
    from kg.views.tables import inert

    listed = [(f"would send <{iri}>") for iri in plan.sent]
    listed += [f"would drop <{iri}>" for iri in plan.strange] if plan.dropped else []
    for line in listed[:_MOST_TOLD]:
        click.echo(inert(line))
    if len(listed) > _MOST_TOLD:
        click.echo(f"and {len(listed) - _MOST_TOLD} more")
    click.echo(
        f"{len(plan.sent)} of {plan.graphs} graphs would be sent, {plan.quads} quads; {_strange(plan, 'would be ')}"
    )


def _tell_summary(done: Pushed, endpoint: str) -> None:
    click.echo(
        f"{len(done.sent)} graphs sent, {done.quads} quads; {done.unchanged} unchanged; {_strange(done, '')} → {endpoint}"
    )


def _strange(done: Pushed, would: str) -> str:
    if done.dropped or not done.strange:
        return f"{len(done.strange)} {would}dropped"
    return f"{len(done.strange)} on the server that this graph does not have (--prune drops them)"


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Progress]:
    """A bar on the terminal, for a person who waits."""
    if quiet or not sys.stderr.isatty():
        yield lambda done, all_, graph: None
        return
    with click.progressbar(length=1, label="Sending", file=sys.stderr, show_pos=True) as bar:

        def step(done: int, all_: int, graph: str) -> None:
            bar.length = max(all_, 1)
            bar.update(done - bar.pos)

        yield step
