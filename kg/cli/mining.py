"""A graph → programmes that no lexicon knows, and a first draft of a lexicon of them: the command mine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.output import FORMATS, print_table, speaks
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.views.mining import Mined

DRAFT = "programmes.csv"
IN_THE_TERMINAL = ("rank", "name", "score", "places", "first", "last", "mentions", "levels", "variants", "sentence")


@click.command()
@click.argument("graphs", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--since", type=click.IntRange(1949, 2100), default=None, help="Only those first adopted in or after it.")
@click.option(
    "--min-places", type=click.IntRange(0), default=2, show_default=True, help="Only those of so many places."
)
@click.option("--place", default="", help="Count this place only.")
@click.option("--within", default="", help="Count the places that lie in this one only, e.g. 山东省.")
@click.option("--limit", type=click.IntRange(1), default=40, show_default=True, help="At most so many.")
@click.option("--examples", type=click.IntRange(0, 20), default=1, show_default=True, help="Sentences for each.")
@click.option("--format", "-f", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@click.option(
    "--lexicon-out",
    "folder",
    default=None,
    type=click.Path(path_type=Path),
    help=f"Also write them to this folder as a {DRAFT} to edit.",
)
@speaks
def mine(
    graphs: tuple[Path, ...],
    since: int | None,
    min_places: int,
    place: str,
    within: str,
    limit: int,
    examples: int,
    form: str,
    folder: Path | None,
) -> None:
    """Programmes that no lexicon knows, those first that have spread furthest: what is beginning to travel.

    \b
    score = 3 × places that adopt it
          + 2 × places that began in the last two years the graph reports on
          + 1 × years in which it is adopted
    Of equal scores the name decides. What a text ends (取消) and years after the last report do not count.

    Names that differ only by place, phase (第二期, 2021-2023年, 新一轮), quotation marks or a generic ending (行动, 工程,
    改革试点 …) are counted together and listed as variants. Variants of programmes that a lexicon knows are left out.

    \b
    kg mine graph/                                   the forty that spread furthest
    kg mine graph/ --since 2019 --within 浙江省       young ones in one province
    kg mine zhejiang/ shandong/                      of several graphs together
    kg mine graph/ --min-places 1 --format csv > candidates.csv
    kg mine graph/ --lexicon-out mine/               a draft: edit it, then
    kg check mine/ && kg build DOCS --lexicon mine/ --out graph2/

    mentions counts the parts of documents that name it; adoptions, the sentences that say who carries it out.
    """
    from kg.graph.several import open_graphs
    from kg.views.mining import mined, mined_table

    if place and within:
        raise click.UsageError("give --place or --within, not both")
    target = folder / DRAFT if folder is not None else None
    if target is not None and target.exists():
        raise KgError(f"{target} is there already and may hold your work; choose another folder or move it away")
    found = mined(
        open_graphs(graphs),
        since=since,
        min_places=min_places,
        place=place,
        within=within,
        limit=limit,
        examples=examples,
    )
    table = mined_table(found, examples)
    shown = [name for name in IN_THE_TERMINAL if name in table.columns]
    print_table(table.only(*shown) if form == "table" else table, form)
    if not found.candidates:
        click.echo("no programme matches; try --min-places 1 or a larger graph", err=True)
    if found.near_known:
        click.echo(f"{found.near_known} names left out: they vary programmes that a lexicon knows", err=True)
    if target is not None:
        _write_draft(target, found, graphs)


def _write_draft(target: Path, found: Mined, graphs: tuple[Path, ...]) -> None:
    from kg.lexicons import lexicon_csv
    from kg.views.mining import draft_lexicon

    rows = draft_lexicon(found, ", ".join(graph.resolve().name for graph in graphs))
    if not rows:
        click.echo(f"nothing to write to {target}", err=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(lexicon_csv(rows), encoding="utf-8-sig", newline="\n")
    click.echo(f"{len(rows)} rows → {target}; edit them, then: kg check {target.parent}", err=True)
