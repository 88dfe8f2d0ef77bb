"""What the commands of `kg diffuse` read and which part of it: SOURCE, --program, --level, --province, --since, --until."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.errors import DiffusionError
from kg.model import Level

if TYPE_CHECKING:
    from kg.diffusion.adoptions import History
    from kg.diffusion.history.subsets import Subset

SOURCE = click.argument("source", type=click.Path(path_type=Path))
LEVELS = {level.lower(): level for level in Level}


@dataclass(frozen=True, slots=True)
class Chosen:
    """A source, and which part of it a user has asked for."""

    source: Path
    subset: Subset
    plans: bool = True
    expected: Path | None = None

    def whole(self) -> History:
        """All adoptions of the source."""
        from kg.diffusion.history.opening import open_history

        return open_history(self.source, plans=self.plans, expected=self.expected)

    def history(self) -> History:
        """The adoptions that were asked for; DiffusionError where there is none."""
        from kg.diffusion.history.subsets import subset

        found = subset(self.whole(), self.subset)
        if not found.adoptions:
            raise DiffusionError(
                f"{self.source}: no adoption is left; ask for fewer conditions (--program, --level, --province, --since …)"
                if self.subset
                else f"{self.source} holds no adoption of a program by a place"
            )
        return found


_OPTIONS = (
    click.option("--program", "-p", "programs", multiple=True, help="Only this program; may be given several times."),
    click.option(
        "--level",
        "levels",
        multiple=True,
        type=click.Choice(tuple(LEVELS), case_sensitive=False),
        help="Only units of this level; may be given several times.",
    ),
    click.option(
        "--province", "provinces", multiple=True, help="Only units of this province; may be given several times."
    ),
    click.option(
        "--topic", "topics", multiple=True, help="Only programs of this topic, where a table has a column topic."
    ),
    click.option(
        "--since",
        type=float,
        default=None,
        metavar="YEAR",
        help="Only adoptions from this year on (earlier ones are left out).",
    ),
    click.option("--until", type=float, default=None, metavar="YEAR", help="Only adoptions up to this year."),
    click.option("--begun-only", is_flag=True, help="What is only planned is no adoption."),
    click.option(
        "--expected",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        default=None,
        help="A list of the documents that should exist (CSV: unit, year, title), to tell what is missing.",
    ),
)


def subset_options(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command SOURCE and the options of a subset, as one argument `chosen`: chosen.history() reads it.

    ```
    @click.command()
    @subset_options
    @speaks
    def curve(chosen: Chosen) -> None: ...
    ```
    """

    @wraps(command)
    def run(
        *args: Any,
        source: Path,
        programs: tuple[str, ...],
        levels: tuple[str, ...],
        provinces: tuple[str, ...],
        topics: tuple[str, ...],
        since: float | None,
        until: float | None,
        begun_only: bool,
        expected: Path | None,
        **kwargs: Any,
    ) -> None:
        from kg.diffusion.history.subsets import Subset

        wanted = Subset(programs, tuple(LEVELS[level] for level in levels), provinces, topics, since, until)
        command(*args, chosen=Chosen(source, wanted, not begun_only, expected), **kwargs)

    with_options: Callable[..., None] = run
    for option in reversed(_OPTIONS):
        with_options = option(with_options)
    return SOURCE(with_options)
