"""A person's decisions on names and claims → reviewed.csv: the commands of `kg review`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.output import FORMATS, GRAPH, print_table, speaks

if TYPE_CHECKING:
    from kg.graph.reviewing import Change

NOTE = click.option("--note", default="", help="Why; it is kept in the file and in the graph.")
FILE = click.option(
    "--reviewed", "file", default=None, type=click.Path(path_type=Path), help="The file; reviewed.csv of the graph."
)
KIND = click.option(
    "--kind",
    type=click.Choice(["Program", "PolicyDocument", "Organization"]),
    default=None,
    help="What the names name, where a programme and a document share one.",
)
STATUSES = ("planned", "started", "ongoing", "completed", "ended")


@click.group()
def review() -> None:
    """Decide which names are one thing and which claims are right; every build keeps to it.

    \b
    kg review candidates graph/                         names that may be one thing
    kg review same graph/ 县管校聘改革 县管校聘            the first is the second, whose name stays
    kg review apart graph/ 智慧校园 数字校园              never take them for one
    kg review wrong graph/ 346bb57af7d1                 no such claim, whatever the rules say
    kg review correct graph/ 346bb57af7d1 --year 2014
    kg review right graph/ 346bb57af7d1
    kg review show graph/                               all decisions, and what became of them
    kg review undo graph/ 4

    The decisions stand in reviewed.csv in the graph folder, one per line; it opens in a spreadsheet, and a build never
    changes it. They show in the graph after the next kg build.
    """


def _changing(command: Callable[..., None]) -> Callable[..., None]:
    return speaks(FILE(NOTE(command)))


@review.command()
@GRAPH
@click.option("--limit", type=click.IntRange(1), default=30, show_default=True, help="At most so many pairs.")
@click.option("--format", "-f", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@FILE
@speaks
def candidates(graph: Path, limit: int, form: str, file: Path | None) -> None:
    """Pairs of programme names that may be one thing, likeliest first, without those decided already.

    OTHER is the name that would stay: of the lexicon, or of more claims. Names that differ in a number, phase, tier or
    stage of schooling are never proposed. csv and json also give the counts of places and a sentence of each.

    \b
    kg review candidates graph/ --limit 10
    kg review candidates graph/ --format csv > pairs.csv
    """
    from kg.graph.store import open_graph
    from kg.reviewed import read_reviewed
    from kg.views.candidates import candidates as likely

    table = likely(open_graph(graph), read_reviewed(_file(graph, file)), limit)
    if form != "table":
        print_table(table, form)
        return
    print_table(table.only("score", "name", "nameClaims", "other", "otherClaims", "why", "nameSentence"), form)
    if table.rows:
        _, name, other, *_ = table.rows[0]
        click.echo(f"\ndecide with: kg review same {graph} {name} {other}   or: kg review apart …", err=True)


@review.command()
@GRAPH
@click.argument("name")
@click.argument("other")
@KIND
@_changing
def same(graph: Path, name: str, other: str, kind: str | None, note: str, file: Path | None) -> None:
    """NAME is the same thing as OTHER, and OTHER is the name that stays.

    \b
    kg review same graph/ 县管校聘改革 县管校聘 --note "岗位聘任办法一致"
    """
    _decide_pair(graph, file, "same", (name, other), kind, note)


@review.command()
@GRAPH
@click.argument("name")
@click.argument("other")
@KIND
@_changing
def apart(graph: Path, name: str, other: str, kind: str | None, note: str, file: Path | None) -> None:
    """NAME and OTHER are two things: never merge them, even where a lexicon has one as an alias of the other.

    \b
    kg review apart graph/ 智慧校园 数字校园
    """
    _decide_pair(graph, file, "apart", (name, other), kind, note)


@review.command()
@GRAPH
@click.argument("claim")
@_changing
def wrong(graph: Path, claim: str, note: str, file: Path | None) -> None:
    """The sentence does not say so: the claim, and the edge that only it made, leave the graph.

    CLAIM is the claim's IRI or the beginning of its number, as kg explain shows it.

    \b
    kg review wrong graph/ 346bb57af7d1 --note "只是考察学习"
    """
    _decide_claim(graph, file, "wrong", claim, {}, note)


@review.command()
@GRAPH
@click.argument("claim")
@_changing
def right(graph: Path, claim: str, note: str, file: Path | None) -> None:
    """A person has read the sentence, and it says so: the claim gets confidence 1 and the mark pol:Confirmed.

    \b
    kg review right graph/ 346bb57af7d1
    """
    _decide_claim(graph, file, "right", claim, {}, note)


@review.command()
@GRAPH
@click.argument("claim")
@click.option("--year", default=None, help="The year of the act, such as 2014; '' for none.")
@click.option("--status", type=click.Choice(STATUSES, case_sensitive=False), default=None, help="How far it has come.")
@click.option(
    "--place", default=None, help="Who acts, such as 大连市 or 南京市鼓楼区; '' where the text leaves it open."
)
@click.option("--program", default=None, help="The programme.")
@click.option("--set", "more", multiple=True, metavar="NAME=VALUE", help="Any other property: --set value=92.5")
@_changing
def correct(graph: Path, claim: str, more: tuple[str, ...], note: str, file: Path | None, **said: str | None) -> None:
    """The sentence says something else: change roles or values of the claim. What is not named stays.

    A year counts as stated in the sentence; for another basis add --set dateKind=Document or Effective.

    \b
    kg review correct graph/ 346bb57af7d1 --year 2014 --status started
    kg review correct graph/ 346bb57af7d1 --place 大连市 --program 县管校聘
    kg review correct graph/ 5d11a2 --set indicator=学前三年毛入园率 --set value=92.5 --set unit=%
    """
    change = {name: said[name] or "" for name in ("year", "status", "place", "program") if said[name] is not None}
    for name, equals, value in (pair.partition("=") for pair in more):
        if not equals or not name:
            raise click.BadParameter(f"{name!r} must read NAME=VALUE", param_hint="--set")
        change[name] = value
    if not change:
        raise click.UsageError("say what is right: --year, --status, --place, --program or --set NAME=VALUE")
    _decide_claim(graph, file, "corrected", claim, change, note)


@review.command()
@GRAPH
@click.option("--format", "-f", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@FILE
@speaks
def show(graph: Path, form: str, file: Path | None) -> None:
    """All decisions with their lines, and what became of each in the graph as it was last built.

    \b
    in force        the graph holds it
    build again     it was made, or the file changed, after the last build
    meets nothing   no document has such a name or claim (any more); kg review undo takes it away

    \b
    kg review show graph/
    kg review show graph/ --format csv
    """
    from kg.graph.reviewing import states_of
    from kg.graph.store import open_graph
    from kg.reviewed import read_reviewed
    from kg.reviewed.decisions import cells_of
    from kg.views.tables import Table

    where = _file(graph, file)
    reviewed = read_reviewed(where)
    states = states_of(reviewed, open_graph(graph))
    columns = ("decision", "kind", "name", "other", "file", "quote", "relation", "roles", "set", "note")
    cells = ((decision, cells_of(decision)) for decision in reviewed.all)
    rows = tuple((str(d.line), str(states[d.line]), *(cell[column] for column in columns)) for d, cell in cells)
    table = Table(("line", "state", *columns), rows)
    if form != "table":
        print_table(table, form)
    elif not rows:
        click.echo(f"{where} holds no decisions; kg review candidates {graph} proposes some")
    else:
        print_table(Table(("line", "state", "decision", "what", "note"), _told(table)), form)


@review.command()
@GRAPH
@click.argument("line", type=click.IntRange(1))
@FILE
@speaks
def undo(graph: Path, line: int, file: Path | None) -> None:
    """Take the decision of a LINE out of the file; kg review show has the lines.

    \b
    kg review undo graph/ 4
    """
    from kg.reviewed.table import read_table, save_table, without_row
    from kg.views.tables import inert

    where = _file(graph, file)
    table = read_table(where)
    changed = without_row(table, line)
    save_table(changed, where)
    said = next(row.cells for row in table.rows if row.line == line)
    words = " ".join(said.get(c, "") for c in ("decision", "name", "other", "relation", "roles", "quote")).split()
    click.echo(f"{where}: taken out: {inert(' '.join(words))}", err=True)
    _say_next(graph, file)


def _told(table: Any) -> tuple[tuple[str, ...], ...]:
    """Each decision in few columns, for the terminal."""
    rows = []
    for row in table.rows:
        cell = dict(zip(table.columns, row, strict=True))
        claim = " ".join(cell[c] for c in ("relation", "roles", "quote", "file") if cell[c])
        what = f"{cell['name']} · {cell['other']}" if cell["name"] else f"{cell['set']} ← {claim}" * bool(cell["set"])
        rows.append((cell["line"], cell["state"], cell["decision"], what or claim, cell["note"]))
    return tuple(rows)


def _decide_pair(
    graph: Path, file: Path | None, says: str, names: tuple[str, str], kind: str | None, note: str
) -> None:
    from kg.graph.reviewing import decided_pair
    from kg.graph.store import open_graph
    from kg.model import Kind
    from kg.reviewed.decisions import MERGED_KINDS, Says
    from kg.reviewed.table import read_table

    kinds = MERGED_KINDS if kind is None else (Kind(kind),)
    table = read_table(_file(graph, file))
    _save(graph, file, decided_pair(table, open_graph(graph), Says(says), names, note, kinds))


def _decide_claim(graph: Path, file: Path | None, says: str, claim: str, change: dict[str, str], note: str) -> None:
    from kg.graph.reviewing import decided_claim
    from kg.graph.store import open_graph
    from kg.reviewed.decisions import Says
    from kg.reviewed.table import read_table

    where = _file(graph, file)
    _save(graph, file, decided_claim(read_table(where), open_graph(graph), Says(says), claim, change, note))


def _save(graph: Path, file: Path | None, change: Change) -> None:
    from kg.reviewed.table import save_table
    from kg.views.tables import inert

    where = _file(graph, file)
    save_table(change.table, where)
    how = "replaced" if change.replaced else "written"
    click.echo(f"{where} line {change.decision.line}, {how}: {inert(str(change.decision))}", err=True)
    _say_next(graph, file)


def _say_next(graph: Path, file: Path | None) -> None:
    other = "" if file is None else f" --reviewed {file}"
    click.echo(f"to see it in the graph, build again: kg build DOCS --out {graph}{other}", err=True)


def _file(graph: Path, file: Path | None) -> Path:
    """The file of decisions: the one said, else reviewed.csv beside the graph."""
    from kg.reviewed import REVIEWED_FILE

    if file is not None:
        return file
    return graph.with_name(REVIEWED_FILE) if graph.suffix == ".nq" else graph / REVIEWED_FILE
