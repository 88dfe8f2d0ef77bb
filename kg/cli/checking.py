"""A user's lexicon folders → what must be mended in them: the command check."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.output import speaks

if TYPE_CHECKING:
    from kg.lexicon_check import Checked

MOST_NOTES = 40


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FOLDER...")
@speaks
def check(folders: tuple[Path, ...]) -> None:
    """Check your own lexicon folders, alone and together with the shipped lexicons.

    \b
    A folder holds any of programmes.csv, documents.csv, places.csv, agencies.csv, organs.csv.
    The first line names the columns; only name (places: id and name) must be there. In a cell,
    | stands between several values. A row with the name of a shipped one takes its place.

    \b
    kg check my-lexicon/
    kg build DOCS --lexicon my-lexicon/ --out graph/

    \b
    Each line says file:line, how much it matters, what is wrong and what to do:
      fault     must be mended: the build refuses it, or the name can never be found
      warning   is worth a look
      note      tells what will happen, such as which shipped row is replaced

    Exit code: 0 without faults, 1 with any. docs/lexicons.md shows how to make a lexicon.
    """
    from kg.lexicon_check import check_lexicons
    from kg.views.tables import inert

    checked = check_lexicons(folders)
    for line in (*_told(checked), *_summary(checked)):
        click.echo(inert(line))
    if not checked.is_usable:
        raise SystemExit(1)


def _told(checked: Checked) -> Iterator[str]:
    """All faults and warnings, and the first notes."""
    from kg.lexicon_check import Weight

    notes = [found for found in checked.findings if found.weight is Weight.NOTE]
    left_out = {*notes[MOST_NOTES:]}
    yield from (str(found) for found in checked.findings if found not in left_out)
    if left_out:
        yield f"{len(left_out)} more notes"


def _summary(checked: Checked) -> Iterator[str]:
    from kg.lexicon_check import Weight

    for file, rows in checked.rows:
        yield f"{file}: {_counted(rows, 'row')}"
    faults, warnings = checked.count(Weight.FAULT), checked.count(Weight.WARNING)
    if faults:
        yield f"{_counted(faults, 'fault')} to mend, {_counted(warnings, 'warning')}"
    else:
        yield f"no faults, {_counted(warnings, 'warning')}: ready for kg build --lexicon"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
