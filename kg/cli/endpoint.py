"""The options of commands that speak with a SPARQL server: who asks, and how long it may take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

if TYPE_CHECKING:
    from kg.remote.client import Client

SECONDS = 300.0  # for one request
_FILE = click.Path(path_type=Path, dir_okay=False)
_OPTIONS = (
    click.option("--user", default="", metavar="NAME", help="Sign in to the endpoint under this name."),
    click.option(
        "--password-file",
        type=_FILE,
        default=None,
        help="A file whose first line is the password; else POLICY_KG_PASSWORD.",
    ),
    click.option(
        "--token-file",
        type=_FILE,
        default=None,
        help="A file whose first line is a token (Bearer); else POLICY_KG_TOKEN.",
    ),
    click.option("--plain-http", is_flag=True, help="Let password or token go over http to another computer."),
)


class Login(NamedTuple):
    """What these options say."""

    user: str
    password_file: Path | None
    token_file: Path | None
    plain_http: bool

    def client(self, seconds: float | None, pauses: Sequence[float] = ()) -> Client:
        """A client that signs in so; notes on a second try go to the terminal. RemoteError where half a login is given."""
        from kg.remote.client import Client
        from kg.remote.login import login_from

        login = login_from(self.user, self.password_file, self.token_file)
        return Client(login, seconds or SECONDS, pauses, plain_http=self.plain_http, tell=told)


def signs_in(command: Callable[..., None]) -> Callable[..., None]:
    """Adds --user, --password-file, --token-file and --plain-http, which reach the command as `login`."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        command(*args, login=Login(*(kwargs.pop(name) for name in Login._fields)), **kwargs)

    for option in reversed(_OPTIONS):
        option(run)
    return run


def told(note: str) -> None:
    """Shows a note, which may quote a server."""
    from kg.views.tables import inert

    click.echo(f"note: {inert(note)}", err=True)
