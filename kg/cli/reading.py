"""What a user says about documents that are to be read, the same for every command that reads them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.second_reading import second_reading_of

if TYPE_CHECKING:
    from kg.pipeline import Settings
    from kg.remote.files import RemoteFile


def reading_options(command: Callable[..., None]) -> Callable[..., None]:
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
        "--lexicon",
        "lexicons",
        multiple=True,
        type=click.Path(path_type=Path),
        help="A folder with your own programmes.csv, documents.csv …; see kg check.",
    ),
    click.option(
        "--model",
        default=None,
        type=click.Path(path_type=Path),
        help="A folder made by kg train: also take the names that only its model finds.",
    ),
    click.option(
        "--max-mb", type=click.FloatRange(0.001), default=50, show_default=True, help="Leave out larger documents."
    ),
    click.option(
        "--max-seconds", type=click.FloatRange(0.1), default=60, show_default=True, help="Give up on slower documents."
    ),
)


def settings_of(said: Mapping[str, Any]) -> Settings:
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
        lexicons=said["lexicons"],
        model=said["model"],
        reviewed=said.get("reviewed"),
        second_reader=second_reading_of(said) if "llm_url" in said else None,
    )


def paths_of(docs: tuple[str, ...]) -> list[Path | RemoteFile]:
    """The paths and URLs given, or for - those on standard input, one per line."""
    if docs == ("-",):
        return [place_given(line) for line in (line.strip().lstrip("\ufeff") for line in sys.stdin) if line]
    if "-" in docs:
        raise click.UsageError("- stands for a list of paths on standard input and goes with no other path")
    return [place_given(doc) for doc in docs]


def place_given(text: str) -> Path | RemoteFile:
    """A path of this machine, or a URL of other storage."""
    from kg.remote.files import RemoteFile, is_url

    return RemoteFile(text) if is_url(text) else Path(text)
