"""Documents → a graph: the commands build, merge, status and demo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.output import GRAPH, print_table, progress_bar, speaks, write_page
from kg.cli.reading import paths_of, reading_options, settings_of
from kg.cli.second_reading import agree, second_reading_options

if TYPE_CHECKING:
    from kg.graph_folder import Built
    from kg.pipeline import Engine, Settings
    from kg.remote.files import RemoteFile


INTERRUPTED = 130  # the exit code that shells give to what was stopped from the keyboard
MOST_STALE = 20  # files that `kg status` names on the terminal


@click.command()
@click.argument("docs", nargs=-1, required=True)
@click.option(
    "--out", "folder", required=True, type=click.Path(path_type=Path), help="Folder for the graph; made if missing."
)
@click.option("--base", default=None, help="Start of all IRIs, if the graph is to live under your own address.")
@click.option(
    "--reviewed",
    default=None,
    type=click.Path(path_type=Path),
    help="Your decisions (kg review); without it reviewed.csv in the graph folder.",
)
@click.option("--prune", is_flag=True, help="Forget the files of earlier builds that are not among DOCS.")
@click.option("--strict", is_flag=True, help="Exit with code 3 when any file had to be left out.")
@click.option(
    "--workers",
    default=None,
    type=click.IntRange(1, 1024),
    help="Processes that read at once, and cores used at the end; default: all cores, if there is enough to read.",
)
@click.option(
    "--engine",
    type=click.Choice(["local", "dask", "spark"]),
    default="local",
    show_default=True,
    help="Who reads: processes of this machine, or a cluster (docs/scale.md).",
)
@click.option("--scheduler", default="", help="Dask: tcp://host:8786; without it a cluster of this machine is started.")
@click.option("--master", default="", help="Spark: spark://host:7077, yarn, local[4].")
@click.option(
    "--shards", default="", help="Cluster: URL where its workers put what they read, if they do not see --out."
)
@click.option("--quiet", "-q", is_flag=True, help="No progress bar and no summary, only errors.")
@reading_options
@second_reading_options
@speaks
def build(
    docs: tuple[str, ...],
    folder: Path,
    base: str | None,
    *,
    prune: bool,
    strict: bool,
    quiet: bool,
    workers: int | None,
    **said: Any,
) -> None:
    """Read documents (files or folders) and write the graph.

    A graph grows: only files that are new or changed are read; files of earlier builds stay, unless you say --prune. A
    build that was ended, however suddenly, goes on where it was when you start it again. kg status shows what is there.

    \b
    Reads .txt .md .html .mht .pdf .docx .doc .wps .rtf, tables with one document per row
    (.csv .tsv .jsonl .json .xlsx .parquet), and .zip .tar.gz archives of all these.
    An index.csv in a folder (columns file, place, year, date, title, url) says what you know
    of its files; that, the columns of a table, --place and --year win over what a text says.

    \b
    Writes into the folder:
      graph.nq       the graph, one named graph per file (N-Quads)
      graph.ttl      the same, merged and easy to read (Turtle), up to 100,000 quads
      report.html    what was understood of every file, and what was left out
      mentions.csv   every name found, with its place in the file and the rule that found it
      texts/         the texts taken out of pages, PDF and Word files, tables and archives
      shards/        what was read from each file; everything else is made of it

    \b
    A language model may propose more claims, each checked against its sentence (docs/llm.md):
      kg build docs/ --out graph/ --llm-url http://127.0.0.1:11434/v1 --llm-model qwen2.5:14b
    What it costs is shown, and asked for, before anything is sent.

    DOCS may be - : then a list of paths is read from standard input, one per line; and URLs of other storage
    (s3://bucket/docs), with the package that it needs, such as s3fs.

    \b
    Exit code: 0 when a graph was built (files left out are named), 1 when none could be built,
    2 for a wrong command line, 3 with --strict when a file was left out, 130 when it was stopped (Ctrl-C).
    """
    from kg.graph.iris import BASE
    from kg.pipeline import second_reading_cost

    paths, settings = paths_of(docs), settings_of(said)
    if settings.second_reader is not None:
        with progress_bar("Counting", quiet=quiet) as step:
            cost = second_reading_cost(paths, folder, settings, step)
        agree(cost, settings.second_reader, yes=said["yes"])
    built = _built(
        paths, folder, base or BASE, settings, quiet=quiet, prune=prune, workers=workers, engine=engine_of(said)
    )
    _tell(built, quiet=quiet)
    if strict and any(not left_out.note for left_out in built.skipped):
        raise SystemExit(3)


@click.command()
@click.argument("graphs", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--out", "folder", required=True, type=click.Path(path_type=Path), help="Folder for the graph; it may hold one."
)
@click.option(
    "--lexicon",
    "lexicons",
    multiple=True,
    type=click.Path(path_type=Path),
    help="The folders of your own lexicons that the graphs were built with.",
)
@click.option("--quiet", "-q", is_flag=True, help="No progress bar and no summary, only errors.")
@speaks
def merge(graphs: tuple[Path, ...], folder: Path, lexicons: tuple[Path, ...], *, quiet: bool) -> None:
    """Make one graph of several, without reading their documents again.

    The graph is that of one build of all the documents, byte for byte: copies and near-copies that stand in different
    graphs are found as well. In whatever order, in one step or in several.

    \b
    kg merge zhejiang/ shandong/ --out china/
    kg merge hunan/ --out china/                 one more, later
    """
    from kg.pipeline import merge as merge_graphs

    with progress_bar("Merging", quiet=quiet) as step:
        built = merge_graphs(graphs, folder, step, lexicons)
    _tell(built, quiet=quiet)


@click.command()
@GRAPH
@click.option("--stale", "only_stale", is_flag=True, help="Only the files that are to be read again.")
@click.option("--format", "-f", "form", type=click.Choice(["text", "csv", "json"]), default="text", show_default=True)
@speaks
def status(graph: Path, form: str, *, only_stale: bool) -> None:
    """What stands in a graph folder: files, parts, claims, and which files the next build will read again, and why.

    -f csv and -f json list every file. Exit code 1 where the graph is damaged or a build was cut short.
    """
    from kg.pipeline import status as status_of
    from kg.views.tables import Table, inert

    found = status_of(graph)
    files = found.stale if only_stale else found.files
    if form != "text":
        rows = (tuple(map(str, astuple(file))) for file in files)
        print_table(Table(("file", "documents", "parts", "claims", "leftOut", "stale"), tuple(rows)), form)
    else:
        counts = (sum(getattr(file, name) for file in found.files) for name in ("documents", "parts", "claims"))
        documents, parts, claims = counts
        click.echo(f"{len(found.files)} files, {documents} documents, {parts} parts, {claims} claims")
        where = "on disk, ready for queries" if found.on_disk else "loaded into memory by each query"
        click.echo(f"{found.quads} quads, {found.size / 1e6:.1f} MB in graph.nq, {where}")
        click.echo(f"{len(found.stale)} files are to be read again" if found.stale else "everything is as it was read")
        for file in found.stale[:MOST_STALE]:
            click.echo(f"  {inert(file.file)}: {inert(file.stale)}")
        if len(found.stale) > MOST_STALE:
            click.echo(f"  and {len(found.stale) - MOST_STALE} more; -f csv --stale lists all")
    for fault in found.faults:
        click.echo(inert(fault), err=True)
    if found.faults:
        raise SystemExit(1)


@click.command()
@click.option("--out", "folder", default=Path("example-graph"), show_default=True, type=click.Path(path_type=Path))
@speaks
def demo(folder: Path) -> None:
    """Build the bundled example, trace 县管校聘 through it, and leave pages to look at."""
    from importlib.resources import as_file

    from kg.graph.iris import BASE
    from kg.graph.store import open_graph
    from kg.resources import shipped
    from kg.views.diffusion.page import report_html
    from kg.views.diffusion.study import study_of
    from kg.views.explorer.from_graph import exploration_of
    from kg.views.explorer.page import explorer_html
    from kg.views.from_graph import network_view, trace_of
    from kg.views.network import network_html
    from kg.views.trace import MAIN_COLUMNS, origin, summary, trace_html, trace_rows

    with as_file(shipped("data", "examples")) as examples:
        built = _built([examples], folder, BASE, None, quiet=False, prune=True)
    graph = open_graph(folder)
    traced = trace_of(graph, "县管校聘")
    write_page(folder / "explorer.html", explorer_html(exploration_of(graph)))
    write_page(folder / "network.html", network_html(network_view(graph)))
    write_page(folder / "trace.html", trace_html(traced))
    write_page(folder / "diffusion.html", report_html(study_of(folder, "县管校聘")))
    for line in (origin(traced), *summary(traced)):
        click.echo(line)
    click.echo()
    print_table(trace_rows(traced).only(*MAIN_COLUMNS), "table")
    _tell(built, quiet=False)
    click.echo("\nLook at these in a browser (no network needed):")
    for page in ("explorer.html", "trace.html", "diffusion.html", "network.html", "report.html"):
        click.echo(f"  {folder / page}")


def engine_of(said: Mapping[str, Any]) -> Engine:
    """Who is to read."""
    from kg.pipeline import Engine
    from kg.remote.files import RemoteFile

    shards = RemoteFile(said["shards"]) if said["shards"] else None
    return Engine(said["engine"], said["scheduler"], said["master"], shards)


def _built(
    paths: Sequence[Path | RemoteFile],
    folder: Path,
    base: str,
    settings: Settings | None,
    *,
    quiet: bool,
    prune: bool = False,
    workers: int | None = None,
    engine: Engine | None = None,
) -> Built:
    from kg.pipeline import LOCAL
    from kg.pipeline import build as build_graph

    wanted = engine or LOCAL
    try:
        with progress_bar("Reading", quiet=quiet) as step:
            return build_graph(paths, folder, base, step, settings, prune=prune, workers=workers, engine=wanted)
    except KeyboardInterrupt:
        click.echo(f"\nstopped; what was read is kept in {folder}: the same command goes on from there", err=True)
        raise SystemExit(INTERRUPTED) from None


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
        if built.kept:
            elsewhere = f", {built.elsewhere} of them not given now" if built.elsewhere else ""
            click.echo(f"{built.read} files read, {built.kept} unchanged{elsewhere}", err=True)
