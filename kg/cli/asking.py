"""A graph → answers: the commands query, view, trace, explain and validate."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import astuple
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.answers import ROW_FORMATS, TRIPLE_FORMATS, write_answer
from kg.cli.endpoint import Login, signs_in, told
from kg.cli.output import FORMATS, GRAPH, PAGE, print_table, speaks, write_page
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.views.tables import Table

MOST_PROBLEMS = 100  # that `kg validate` shows on the terminal


@click.command()
@click.argument("graph", required=False)
@click.argument("query", required=False)
@click.option("--endpoint", default="", metavar="URL", help="Ask this SPARQL endpoint; then there is no GRAPH.")
@click.option("--list", "list_", is_flag=True, help="List the shipped questions and stop.")
@click.option(
    "--param", "-p", "params", multiple=True, metavar="NAME=VALUE", help="Fix a variable, e.g. -p program=县管校聘."
)
@click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice([*ROW_FORMATS, *TRIPLE_FORMATS]),
    default="table",
    show_default=True,
    help="tsv, xml and sparql-json are the W3C's; ttl, nt and jsonld are for CONSTRUCT and DESCRIBE.",
)
@click.option("--limit", "--max-rows", "limit", type=click.IntRange(1), default=None, help="At most so many rows.")
@click.option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    default=None,
    help="Stop a query that takes longer than so many seconds; opening the graph is not counted.",
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=None, help="Write into this file.")
@signs_in
@speaks
def query(
    graph: str | None,
    query: str | None,
    endpoint: str,
    params: tuple[str, ...],
    form: str,
    limit: int | None,
    timeout: float | None,
    out: Path | None,
    login: Login,
    *,
    list_: bool,
) -> None:
    """Ask the graph, or a SPARQL endpoint that holds it.

    QUERY is the name or number of a shipped question (kg query GRAPH --list), a file ending in .rq, SPARQL text, or -
    to read SPARQL from standard input. The prefixes pol, skos, dcterms, oa, xsd, rdfs, prov and id need no declaration.

    \b
    kg query graph/ who-adopted -p program=县管校聘
    kg query graph/ "SELECT ?name WHERE { ?p a pol:Program ; skos:prefLabel ?name }" --format csv
    kg query --endpoint http://localhost:8890/sparql who-adopted -p program=县管校聘
    """
    if list_:
        print_table(_listed(), form)
        return
    asked = _asked(graph, query, endpoint)
    from kg.graph.slow_shapes import slow_shapes

    text, given = _text_of(asked), _parameters(params)
    for note in slow_shapes(text, given):
        told(note)
    if endpoint:
        from kg.graph.remote import ask_endpoint
        from kg.remote.address import checked_address

        with login.client(timeout) as client:
            answer = ask_endpoint(client, checked_address(endpoint), text, given, limit)
    else:
        from kg.graph.asking import ask
        from kg.graph.store import takes_long

        folder = Path(graph or "")
        if takes_long(folder, text):
            told("the named graphs are made ready, once; about half a minute for a million statements")
        answer = ask(folder, text, given, limit, timeout)
    for note in answer.notes:
        told(note)
    write_answer(answer, form, out)
    if answer.is_cut:
        click.echo(f"stopped after {limit} rows (--limit); there are more", err=True)


@click.command()
@GRAPH
@PAGE
@click.option("--focus", default=None, help="Only what lies around this programme, place or document.")
@click.option("--depth", type=click.IntRange(1, 4), default=1, show_default=True, help="How far around the focus.")
@click.option(
    "--nodes", type=click.IntRange(10, 3000), default=300, show_default=True, help="Draw at most so many nodes."
)
@speaks
def view(graph: Path, page: Path, focus: str | None, depth: int, nodes: int) -> None:
    """Write the network as one HTML page that opens offline: search, filters, and the sentence behind every edge."""
    from kg.graph.store import open_graph
    from kg.views.from_graph import network_view
    from kg.views.network import network_html

    write_page(page, network_html(network_view(open_graph(graph), focus, depth, nodes), focus, depth, nodes))


@click.command()
@GRAPH
@click.argument("program")
@click.option(
    "--out",
    "page",
    default=None,
    type=click.Path(path_type=Path),
    help="Also write a picture: .html (with table) or .svg.",
)
@click.option("--format", "-f", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@speaks
def trace(graph: Path, program: str, page: Path | None, form: str) -> None:
    """Who adopted a programme, in time order, by which sentence; who was first; who is said to have learned from whom.

    PROGRAM is a name or alias: 县管校聘, 2+1项目. A year with ≤ is only the document's year, an upper bound.
    """
    from kg.graph.store import open_graph
    from kg.views.from_graph import trace_of
    from kg.views.trace import MAIN_COLUMNS, origin, summary, trace_html, trace_rows, trace_svg

    found = trace_of(open_graph(graph), program)
    if page is not None:
        if page.suffix not in (".html", ".svg"):
            raise click.BadParameter(f"{page} must end in .html or .svg", param_hint="--out")
        write_page(page, trace_svg(found) if page.suffix == ".svg" else trace_html(found))
    rows = trace_rows(found)
    if form != "table":
        print_table(rows, form)
        return
    for line in (origin(found), *summary(found)):
        click.echo(line)
    click.echo()
    print_table(rows.only(*MAIN_COLUMNS), form)


@click.command()
@GRAPH
@click.argument("what")
@click.option("--format", "-f", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@speaks
def explain(graph: Path, what: str, form: str) -> None:
    """Why a claim or an edge stands in the graph: its sentence with the roles marked, rule, confidence, what was not taken.

    WHAT is a claim's IRI (or the beginning of its number), or two names that an edge joins.

    \b
    kg explain graph/ "大连市 三通两平台"
    kg explain graph/ cc82ddad --format json
    """
    import json
    from dataclasses import asdict

    from kg.explain import explain as explanations
    from kg.graph.ontology import labels
    from kg.graph.store import open_graph
    from kg.views.explanation import explanation_text
    from kg.views.tables import escaped

    found = explanations(open_graph(graph), graph, what)
    if form == "json":
        click.echo(escaped(json.dumps([asdict(e) for e in found], ensure_ascii=False, indent=1)))
    else:
        click.echo("\n\n".join(explanation_text(e, labels()) for e in found))


@click.command()
@click.argument("graph", required=False, type=click.Path(path_type=Path))
@click.option("--ontology", is_flag=True, help="Check ontology/policy.ttl, with the shapes and queries that use it.")
@click.option("--reference", is_flag=True, help="Check with pySHACL, the reference; slower, the same verdicts.")
@click.option("--format", "-f", "form", type=click.Choice(["text", "csv", "json"]), default="text", show_default=True)
@speaks
def validate(graph: Path | None, form: str, *, ontology: bool, reference: bool) -> None:
    """Check the graph against the SHACL shapes in ontology/shapes.ttl. Exit code 1 where it does not conform.

    Each line names the file, the claim or thing, and what is wrong with it. The ontology itself is checked for words in
    both languages, domains and ranges, terms that nothing uses or declares, and the rules of OWL 2 RL.

    \b
    kg validate graph/
    kg validate graph/ -f csv > problems.csv
    kg validate --ontology
    """
    if (graph is None) != ontology:
        raise click.UsageError("say what to check: a graph folder, or --ontology")
    conforms = _ontology_is_right(form) if graph is None else _graph_conforms(graph, form, reference=reference)
    if not conforms:
        raise SystemExit(1)


def _graph_conforms(graph: Path, form: str, *, reference: bool) -> bool:
    from kg.graph.shapes import COLUMNS
    from kg.graph.shapes import validate as validated

    report = validated(graph, reference=reference)
    _tell(COLUMNS, [astuple(problem) for problem in report.problems], map(str, report.problems), form)
    if report.conforms and form == "text":
        click.echo(str(report))
    return report.conforms


def _ontology_is_right(form: str) -> bool:
    from kg.graph.ontology import terms
    from kg.graph.ontology_check import check_ontology

    faults = check_ontology()
    _tell(("term", "fault"), faults, map(str, faults), form)
    if not faults and form == "text":
        click.echo(f"{len(terms())} terms, each declared, explained in zh and en, and used; OWL 2 RL")
    return not faults


def _tell(columns: tuple[str, ...], rows: Sequence[tuple[str, ...]], lines: Iterable[str], form: str) -> None:
    """All of it as a table for programs, or the first lines for people."""
    from kg.views.tables import Table, inert

    if form != "text":
        print_table(Table(columns, tuple(rows)), form)
        return
    for line in islice(lines, MOST_PROBLEMS):
        click.echo(inert(line))
    if (more := len(rows) - MOST_PROBLEMS) > 0:
        click.echo(f"{more} more problems; -f csv lists all", err=True)


def _asked(graph: str | None, query: str | None, endpoint: str) -> str:
    """The question among the arguments: the second, or with an endpoint the only one."""
    asked = graph if endpoint else query
    if endpoint and query is not None:
        raise click.UsageError("--endpoint stands in the place of GRAPH; give the question only")
    if graph is None and not endpoint:
        raise click.UsageError("say whom to ask, a graph folder or --endpoint, and what; --list shows the questions")
    if asked is None:
        raise click.UsageError("say what to ask: a question's name, a .rq file or SPARQL; --list shows the questions")
    return asked


def _text_of(query: str) -> str:
    if query == "-":
        return sys.stdin.read()
    if query.endswith(".rq"):
        try:
            return Path(query).read_text("utf-8")
        except FileNotFoundError:
            raise KgError(f"{query}: there is no such file") from None
        except UnicodeDecodeError:
            raise KgError(f"{query} is no UTF-8 text; save the query as UTF-8") from None
    from kg.graph.questions import sparql_of

    return sparql_of(query)


def _parameters(params: tuple[str, ...]) -> dict[str, str]:
    pairs = [param.partition("=") for param in params]
    for name, equals, _ in pairs:
        if not equals or not name:
            raise click.BadParameter(f"{name!r} must read NAME=VALUE", param_hint="--param")
    return {name: value for name, _, value in pairs}


def _listed() -> Table:
    from kg.graph.questions import questions
    from kg.views.tables import Table

    listed = [(str(q.number), q.name, q.asks, " ".join(p.name for p in q.parameters)) for q in questions()]
    return Table(("no.", "name", "question", "parameters"), tuple(listed))
