"""Documents → how they are understood: the command inspect."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from kg.cli.output import speaks, write_page
from kg.cli.reading import paths_of, reading_options, settings_of


@click.command()
@click.argument("docs", nargs=-1, required=True)
@click.option("--format", "-f", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--out", "page", default=None, type=click.Path(path_type=Path), help="Write a page (.html) to look at.")
@click.option("--raw", is_flag=True, help="Only the text to which the offsets in the graph refer.")
@reading_options
@speaks
def inspect(docs: tuple[str, ...], form: str, page: Path | None, *, raw: bool, **said: Any) -> None:
    """Show how documents are understood: the cleaned text with its parts, what is left out and why, and where place,
    year and genre come from.

    \b
    kg inspect 通知.pdf
    kg inspect pages/ --out look.html
    kg inspect 总结.txt --place 大连市 --year 2013
    """
    import json

    from kg.pipeline import documents_in, placed_parts, reader_of
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
    settings = settings_of(said)
    reader = reader_of(settings)
    for found in documents_in(paths_of(docs), settings, reader):
        if isinstance(found, Skipped):
            click.echo(f"{'note' if found.note else 'left out'}: {inert(found.file)}: {inert(found.reason)}", err=True)
            continue
        shown += 1
        if raw and shown > 1:
            raise click.UsageError("--raw prints one document; give a file that holds one")
        if raw:
            click.echo(escaped(found.text) if sys.stdout.isatty() else found.text, nl=False)
        else:
            seen.append(inspection(found, placed_parts(found, reader)))
            if form == "text" and page is None:
                click.echo(inspection_text(seen.pop()))
    if not shown:
        raise SystemExit(1)
    if page is not None:
        write_page(page, inspection_html(seen))
    elif form == "json" and not raw:
        click.echo(escaped(json.dumps([inspection_json(one) for one in seen], ensure_ascii=False, indent=1)))
