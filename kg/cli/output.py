"""What all commands share: errors in one line, tables and pages out."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.errors import KgError

if TYPE_CHECKING:
    from kg.views.tables import Table

GRAPH = click.argument("graph", type=click.Path(path_type=Path))
PAGE = click.option(
    "--out",
    "page",
    required=True,
    type=click.Path(path_type=Path, allow_dash=True),
    help="The HTML file; - for standard output.",
)
FORMATS = ("table", "csv", "json")


def speaks(command: Callable[..., None]) -> Callable[..., None]:
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


def print_table(table: Table, form: str) -> None:
    import shutil

    from kg.views.tables import table_csv, table_json, table_text

    if form == "csv":
        click.echo(table_csv(table), nl=False)
    elif form == "json":
        click.echo(table_json(table), nl=False)
    else:
        width = shutil.get_terminal_size((160, 40)).columns if sys.stdout.isatty() else None
        click.echo(table_text(table, width), nl=False)


@contextmanager
def progress_bar(label: str, unit: str = "files", *, quiet: bool = False) -> Iterator[Callable[[int, int, str], None]]:
    """A bar on the terminal, if there is one; what it gives takes how much is done, of how much, and what comes next."""
    if quiet or not sys.stderr.isatty():
        yield lambda done, all_, what: None
        return
    start = time.monotonic()

    def told(done: int | None) -> str:
        return pace(done, bar.length or 0, time.monotonic() - start, unit) if done else ""

    with click.progressbar(
        length=1, label=label, file=sys.stderr, show_pos=True, show_eta=False, show_percent=False, item_show_func=told
    ) as bar:

        def step(done: int, all_: int, what: str) -> None:
            bar.length = max(all_, 1)
            bar.update(done - bar.pos, done)

        yield step


def pace(done: int, all_: int, seconds: float, unit: str) -> str:
    """`12.5 files/s, 0:01:20 left`, in signs that every console has; of nothing done nothing is told."""
    if not done or seconds <= 0:
        return ""
    rate = done / seconds
    left = timedelta(seconds=round(max(0, all_ - done) / rate))
    return f"{rate:,.1f} {unit}/s, {left} left"


def write_page(path: Path, text: str) -> None:
    if path == Path("-"):
        click.echo(text, nl=False)
        return
    if not path.parent.is_dir():
        raise KgError(f"{path}: the folder {path.parent} does not exist; make it first")
    path.write_text(text, encoding="utf-8", newline="\n")
