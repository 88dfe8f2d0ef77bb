"""The `kg` command: each subcommand is one library call, options in, a table or a file out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.errors import KgError

if TYPE_CHECKING:
    from kg.graph.rows import Row, Rows
    from kg.graph.store import PolicyGraph
    from kg.graph_folder import Built
    from kg.pipeline import Settings
    from kg.views.tables import Table

GRAPH = click.argument("graph", type=click.Path(path_type=Path))
FORMATS = ("table", "csv", "json")


def _speaks(command: Callable[..., None]) -> Callable[..., None]:
    """Turns our own errors into one clear message and exit code 1."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except KgError as fault:
            from kg.views.tables import inert

            lines = "\n".join(inert(line) for line in str(fault).splitlines())
            raise click.ClickException(lines) from None
        except OSError as fault:
            raise click.ClickException(f"{fault.filename or 'output'}: {fault.strerror or fault}") from None

    return run


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="policy-kg", prog_name="kg")
def main() -> None:
    """From Chinese policy documents to a graph that shows how policies travel.

    \b
    kg demo                               the bundled example: graph, trace and network in one go
    kg inspect FILE                       how a document is understood, before anything is built
    kg build DOCS --out graph/            read documents, write the graph
    kg trace graph/ 县管校聘               who adopted a programme, when, by which sentence
    kg view graph/ --out network.html     the network as a web page that opens offline
    kg query graph/ who-adopted           a shipped question, a .rq file or SPARQL
    kg explain graph/ "大连市 三通两平台"   which rule made an edge, from which words

    Every command has its own --help.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _reading_options(command: Callable[..., None]) -> Callable[..., None]:
    """What a user may say about the documents, the same for build and inspect."""
    for option in reversed(READING):
        command = option(command)
    return command


READING = (
    click.option("--place", default="", help="The place all documents speak for, e.g. 大连市 or 南京市鼓楼区."),
    click.option("--year", type=click.IntRange(1949, 2100), default=None, help="The year all documents are of."),
    click.option("--text-column", default="", help="Tables: the column that holds the text of a document."),
    click.option("--title-column", default="", help="Tables: the column of titles."),
    click.option("--date-column", default="", help="Tables: the column of dates of publication."),
    click.option("--place-column", default="", help="Tables: the column of places."),
    click.option("--year-column", default="", help="Tables: the column of years."),
    click.option("--url-column", default="", help="Tables: the column of web addresses."),
    click.option(
        "--max-mb", type=click.FloatRange(0.001), default=50, show_default=True, help="Leave out larger documents."
    ),
    click.option(
        "--max-seconds", type=click.FloatRange(0.1), default=60, show_default=True, help="Give up on slower documents."
    ),
)


def _settings(said: Mapping[str, Any]) -> Settings:
    from kg.model import Given
    from kg.pipeline import Settings
    from kg.texts.formats.columns import Columns
    from kg.texts.opening import Limits

    columns = Columns(**{name: said[f"{name}_column"] for name in ("text", "title", "date", "place", "year", "url")})
    by = ", ".join(f"--{name}" for name in ("place", "year") if said[name])
    return Settings(
        limits=Limits(seconds=said["max_seconds"], megabytes=said["max_mb"]),
        columns=columns,
        given=Given(place=said["place"], year=said["year"], by=by),
    )


def _paths(docs: tuple[Path, ...]) -> list[Path]:
    """The paths given, or for - those on standard input, one per line."""
    if docs == (Path("-"),):
        return [Path(line) for line in (line.strip().lstrip("\ufeff") for line in sys.stdin) if line]
    if Path("-") in docs:
        raise click.UsageError("- stands for a list of paths on standard input and goes with no other path")
    return list(docs)


@main.command()
@click.argument("docs", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--out", "folder", required=True, type=click.Path(path_type=Path), help="Folder for the graph; made if missing."
)
@click.option("--base", default=None, help="Start of all IRIs, if the graph is to live under your own address.")
@click.option("--strict", is_flag=True, help="Exit with code 3 when any file had to be left out.")
@click.option("--quiet", "-q", is_flag=True, help="No progress bar and no summary, only errors.")
@_reading_options
@_speaks
def build(docs: tuple[Path, ...], folder: Path, base: str | None, *, strict: bool, quiet: bool, **said: Any) -> None:
    """Read documents (files or folders) and write the graph.

    \b
    Reads .txt .md .html .mht .pdf .docx .doc .wps .rtf, tables with one document per row
    (.csv .tsv .jsonl .json .xlsx .parquet), and .zip .tar.gz archives of all these.
    An index.csv in a folder (columns file, place, year, date, title, url) says what you know
    of its files; that, the columns of a table, --place and --year win over what a text says.

    \b
    Writes into the folder:
      graph.nq       the graph, one named graph per file (N-Quads)
      graph.ttl      the same, merged and easy to read (Turtle)
      report.html    what was understood of every file, and what was left out
      mentions.csv   every name found, with its place in the file and the rule that found it
      texts/         the texts taken out of pages, PDF and Word files, tables and archives

    DOCS may be - : then a list of paths is read from standard input, one per line.

    \b
    Exit code: 0 when a graph was built (files left out are named), 1 when none could be built,
    2 for a wrong command line, 3 with --strict when a file was left out.
    """
    from kg.graph.iris import BASE

    built = _built(_paths(docs), folder, base or BASE, _settings(said), quiet=quiet)
    _tell(built, quiet=quiet)
    if strict and any(not left_out.note for left_out in built.skipped):
        raise SystemExit(3)


@main.command()
@click.argument("docs", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--format", "-f", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--out", "page", default=None, type=click.Path(path_type=Path), help="Write a page (.html) to look at.")
@click.option("--raw", is_flag=True, help="Only the text to which the offsets in the graph refer.")
@_reading_options
@_speaks
def inspect(docs: tuple[Path, ...], form: str, page: Path | None, *, raw: bool, **said: Any) -> None:
    """Show how documents are understood: the cleaned text with its parts, what is left out and why, and where place,
    year and genre come from.

    \b
    kg inspect 通知.pdf
    kg inspect pages/ --out look.html
    kg inspect 总结.txt --place 大连市 --year 2013
    """
    import json

    from kg.pipeline import documents_in, placed_parts
    from kg.texts.inputs import Skipped
    from kg.views.inspection import inspection, inspection_html, inspection_json, inspection_text
    from kg.views.tables import escaped, inert

    if page is not None and page.suffix != ".html":
        raise click.BadParameter(f"{page} must end in .html", param_hint="--out")
    if raw and (page is not None or form == "json"):
        raise click.UsageError("--raw prints the bare text; leave out --out and --format")
    if page is not None and form == "json":
        raise click.UsageError("--out writes a page; leave out --format json, or write its output to a file")
    seen = []
    shown = 0
    for found in documents_in(_paths(docs), _settings(said)):
        if isinstance(found, Skipped):
            click.echo(f"{'note' if found.note else 'left out'}: {inert(found.file)}: {inert(found.reason)}", err=True)
            continue
        shown += 1
        if raw and shown > 1:
            raise click.UsageError("--raw prints one document; give a file that holds one")
        if raw:
            click.echo(escaped(found.text) if sys.stdout.isatty() else found.text, nl=False)
        else:
            seen.append(inspection(found, placed_parts(found)))
            if form == "text" and page is None:
                click.echo(inspection_text(seen.pop()))
    if not shown:
        raise SystemExit(1)
    if page is not None:
        _write(page, inspection_html(seen))
    elif form == "json" and not raw:
        click.echo(escaped(json.dumps([inspection_json(one) for one in seen], ensure_ascii=False, indent=1)))


@main.command()
@GRAPH
@click.argument("query", required=False)
@click.option("--list", "list_", is_flag=True, help="List the shipped questions and stop.")
@click.option(
    "--param", "-p", "params", multiple=True, metavar="NAME=VALUE", help="Fix a variable, e.g. -p program=县管校聘."
)
@click.option("--format", "-f", "form", type=click.Choice([*FORMATS, "ttl"]), default="table", show_default=True)
@click.option("--limit", type=click.IntRange(1), default=None, help="At most so many rows.")
@_speaks
def query(
    graph: Path, query: str | None, params: tuple[str, ...], form: str, limit: int | None, *, list_: bool
) -> None:
    """Ask the graph.

    QUERY is the name or number of a shipped question (kg query GRAPH --list), a file ending in .rq, SPARQL text, or -
    to read SPARQL from standard input. The prefixes pol, skos, dcterms, oa, xsd, rdfs, prov and id need no declaration.

    \b
    kg query graph/ who-adopted -p program=县管校聘
    kg query graph/ "SELECT ?name WHERE { ?p a pol:Program ; skos:prefLabel ?name }" --format csv
    """
    from kg.graph.store import open_graph
    from kg.views.tables import Table

    if list_:
        from kg.graph.questions import questions

        listed = [(str(q.number), q.name, q.asks, " ".join(p.name for p in q.parameters)) for q in questions()]
        _print(Table(("no.", "name", "question", "parameters"), tuple(listed)), form)
        return
    if query is None:
        raise click.UsageError("say what to ask: a question's name, a .rq file or SPARQL; --list shows the questions")
    opened = open_graph(graph)
    answer = opened.query(_text_of(query), _parameters(params), limit)
    if answer.form == "CONSTRUCT" or form == "ttl":
        _print_triples(answer, opened, form)
        return
    rows = answer.rows if form != "table" else _shortened(answer.rows, opened.prefixes)
    _print(Table(answer.columns, rows), form)
    if limit is not None and len(answer) == limit:
        click.echo(f"stopped after {limit} rows (--limit); there may be more", err=True)


@main.command()
@GRAPH
@click.option(
    "--out",
    "page",
    required=True,
    type=click.Path(path_type=Path, allow_dash=True),
    help="The HTML file; - for standard output.",
)
@click.option("--focus", default=None, help="Only what lies around this programme, place or document.")
@click.option("--depth", type=click.IntRange(1, 4), default=1, show_default=True, help="How far around the focus.")
@click.option(
    "--nodes", type=click.IntRange(10, 3000), default=300, show_default=True, help="Draw at most so many nodes."
)
@_speaks
def view(graph: Path, page: Path, focus: str | None, depth: int, nodes: int) -> None:
    """Write the network as one HTML page that opens offline: search, filters, and the sentence behind every edge."""
    from kg.graph.store import open_graph
    from kg.views.from_graph import network_view
    from kg.views.network import network_html

    _write(page, network_html(network_view(open_graph(graph), focus, depth, nodes), focus, depth, nodes))


@main.command()
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
@_speaks
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
        _write(page, trace_svg(found) if page.suffix == ".svg" else trace_html(found))
    rows = trace_rows(found)
    if form != "table":
        _print(rows, form)
        return
    for line in (origin(found), *summary(found)):
        click.echo(line)
    click.echo()
    _print(rows.only(*MAIN_COLUMNS), form)


@main.command()
@GRAPH
@click.argument("what")
@click.option("--format", "-f", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@_speaks
def explain(graph: Path, what: str, form: str) -> None:
    """Which rule made a claim or an edge, from which words of which file.

    WHAT is a claim's IRI (or the beginning of its number), or two names that an edge joins: "大连市 三通两平台".
    """
    import json
    from dataclasses import asdict

    from kg.explain import explain as explanations
    from kg.graph.store import open_graph
    from kg.views.explanation import explanation_text
    from kg.views.tables import escaped

    found = explanations(open_graph(graph), graph, what)
    if form == "json":
        click.echo(escaped(json.dumps([asdict(e) for e in found], ensure_ascii=False, indent=1)))
    else:
        click.echo("\n\n".join(explanation_text(asdict(e)) for e in found))


@main.command()
@GRAPH
@_speaks
def validate(graph: Path) -> None:
    """Check the graph against the SHACL shapes in ontology/shapes.ttl. Exit code 1 where it does not conform."""
    from kg.graph.shapes import validate as validated

    report = validated(graph)
    click.echo(str(report))
    if not report.conforms:
        raise SystemExit(1)


@main.command()
@click.option("--out", "folder", default=Path("example-graph"), show_default=True, type=click.Path(path_type=Path))
@_speaks
def demo(folder: Path) -> None:
    """Build the bundled example, trace 县管校聘 through it, and leave pages to look at."""
    from importlib.resources import as_file

    from kg.graph.iris import BASE
    from kg.graph.store import open_graph
    from kg.resources import shipped
    from kg.views.from_graph import network_view, trace_of
    from kg.views.network import network_html
    from kg.views.trace import MAIN_COLUMNS, origin, summary, trace_html, trace_rows

    with as_file(shipped("data", "examples")) as examples:
        built = _built([examples], folder, BASE, None, quiet=False)
    graph = open_graph(folder)
    traced = trace_of(graph, "县管校聘")
    _write(folder / "network.html", network_html(network_view(graph)))
    _write(folder / "trace.html", trace_html(traced))
    for line in (origin(traced), *summary(traced)):
        click.echo(line)
    click.echo()
    _print(trace_rows(traced).only(*MAIN_COLUMNS), "table")
    _tell(built, quiet=False)
    click.echo("\nLook at these in a browser (no network needed):")
    for page in ("trace.html", "network.html", "report.html"):
        click.echo(f"  {folder / page}")


def _built(paths: list[Path], folder: Path, base: str, settings: Settings | None, *, quiet: bool) -> Built:
    from kg.pipeline import build as build_graph

    if quiet or not sys.stderr.isatty():
        return build_graph(paths, folder, base, settings=settings)
    with click.progressbar(length=1, label="Reading", file=sys.stderr, show_pos=True) as bar:

        def step(done: int, all_: int, file: str) -> None:
            bar.length = max(all_, 1)
            bar.update(done - bar.pos)

        return build_graph(paths, folder, base, progress=step, settings=settings)


def _tell(built: Built, *, quiet: bool) -> None:
    from kg.pipeline import MOST_TOLD
    from kg.views.tables import inert

    notes = [f"note: {inert(one.file)}: {inert(one.reason)}" for one in built.skipped if one.note]
    lines = [f"left out: {inert(one.file)}: {inert(one.reason)}" for one in built.skipped if not one.note]
    copies = [f"copy, counted once: {inert(copy)} has the text of {inert(of)}" for copy, of in built.copies]
    for told in (notes, lines, copies):
        for line in told[:MOST_TOLD]:
            click.echo(line, err=True)
        if len(told) > MOST_TOLD:
            what = told[0].partition(":")[0]
            click.echo(f"{what}: {len(told) - MOST_TOLD} more, all named in {built.folder / 'report.html'}", err=True)
    if not quiet:
        files = len(built.files)
        click.echo(
            f"{files} files, {built.parts} parts, {built.claims} claims, {built.quads} quads → {built.folder}", err=True
        )
        if not (built.folder / "graph.ttl").exists():
            click.echo("the graph is too large to be written as graph.ttl, too; graph.nq holds all of it", err=True)


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
    if "{" in query:
        return query
    from kg.graph.questions import question

    return question(query).text


def _parameters(params: tuple[str, ...]) -> dict[str, str]:
    pairs = [param.partition("=") for param in params]
    for name, equals, _ in pairs:
        if not equals or not name:
            raise click.BadParameter(f"{name!r} must read NAME=VALUE", param_hint="--param")
    return {name: value for name, _, value in pairs}


def _print(table: Table, form: str) -> None:
    import shutil

    from kg.views.tables import table_csv, table_json, table_text

    if form == "csv":
        click.echo(table_csv(table), nl=False)
    elif form == "json":
        click.echo(table_json(table), nl=False)
    else:
        width = shutil.get_terminal_size((160, 40)).columns if sys.stdout.isatty() else None
        click.echo(table_text(table, width), nl=False)


def _shortened(rows: Iterable[Row], prefixes: Mapping[str, str]) -> tuple[Row, ...]:
    """IRIs with their prefixes: pol:Ongoing, id:claim/…; the longest start wins."""
    starts = sorted(prefixes.items(), key=lambda item: -len(item[1]))

    def short(cell: str | None) -> str | None:
        name = next((n for n, start in starts if cell is not None and cell.startswith(start)), None)
        return cell if cell is None or name is None else f"{name}:{cell.removeprefix(prefixes[name])}"

    return tuple(tuple(map(short, row)) for row in rows)


def _print_triples(answer: Rows, graph: PolicyGraph, form: str) -> None:
    if answer.form != "CONSTRUCT":
        raise click.UsageError("--format ttl is for CONSTRUCT and DESCRIBE queries; choose table, csv or json")
    if form in ("csv", "json"):
        from kg.views.tables import Table

        _print(Table(answer.columns, answer.rows), form)
        return
    from kg.graph.turtle import triples_lines
    from kg.views.tables import escaped

    click.echo(escaped("".join(triples_lines(answer.triples, graph.base, graph.prefixes))), nl=False)


def _write(path: Path, text: str) -> None:
    if path == Path("-"):
        click.echo(text, nl=False)
        return
    if not path.parent.is_dir():
        raise KgError(f"{path}: the folder {path.parent} does not exist; make it first")
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
