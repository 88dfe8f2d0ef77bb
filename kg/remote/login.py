"""A user's name and a file with a password or token → the Authorization header that a server asks for.

Digest (RFC 7616) is computed by the standard library's handler; a password is sent only to a server that asked for it.
"""

from __future__ import annotations

import base64
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import (
    AbstractDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    Request,
    parse_http_list,
    parse_keqv_list,
)

from kg.errors import RemoteError

PASSWORD_VARIABLE = "POLICY_KG_PASSWORD"
TOKEN_VARIABLE = "POLICY_KG_TOKEN"
_CHALLENGE = re.compile(r"(basic|digest)\s+(.+)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Login:
    """Who asks. What is secret stands in no message and no representation."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    def __bool__(self) -> bool:
        return bool(self.user or self.token)


NOBODY = Login()


def login_from(user: str = "", password_file: Path | None = None, token_file: Path | None = None) -> Login:
    """The login that options and environment name; RemoteError where they name half of one.

    A file holds the secret in its first line; without one, POLICY_KG_PASSWORD and POLICY_KG_TOKEN are read.
    """
    token = _secret(token_file, TOKEN_VARIABLE)
    if token_file and user:
        raise RemoteError("give --user with a password or --token-file, not both")
    if not user:
        if password_file:
            raise RemoteError("--password-file needs --user, the name that the password belongs to")
        return Login(token=token)
    if ":" in user or not user.isprintable():
        raise RemoteError("--user may hold no colon and no line break")
    password = _secret(password_file, PASSWORD_VARIABLE)
    if not password:
        raise RemoteError(f"--user needs a password: in a file (--password-file) or in {PASSWORD_VARIABLE}")
    return Login(user, password)


def _secret(file: Path | None, variable: str) -> str:
    if file is None:
        secret = os.environ.get(variable, "").strip()
        where = variable
    else:
        where = str(file)
        try:
            secret = file.read_text("utf-8").partition("\n")[0].strip()
        except UnicodeDecodeError:
            raise RemoteError(f"{file} is no UTF-8 text; its first line must be the password or token") from None
        if not secret:
            raise RemoteError(f"{file} is empty; its first line must be the password or token")
    if not secret.isprintable():
        raise RemoteError(f"{where} holds a line break or a control character, which no password or token has")
    return secret


class Signature:
    """Signs requests to one server, in the way it last asked for."""

    def __init__(self, login: Login) -> None:
        self._login = login
        self._challenge: tuple[str, str] | None = None
        passwords = HTTPPasswordMgrWithDefaultRealm()
        self._passwords = passwords
        self._digest = AbstractDigestAuthHandler(passwords)

    def challenged(self, challenges: list[str]) -> bool:
        """Takes the WWW-Authenticate headers of a 401; whether signing again may help."""
        found = [match for said in challenges if (match := _CHALLENGE.match(said.strip()))]
        found.sort(key=lambda match: match[1].lower() != "digest")
        if not self._login.user or not found:
            return False
        challenge = (found[0][1].lower(), found[0][2])
        is_new = self._challenge is None or "stale=true" in challenge[1].lower().replace('"', "").replace(" ", "")
        self._challenge = challenge
        return is_new

    def header(self, method: str, url: str) -> str | None:
        """The value of Authorization for a request, or None where nothing is to be said yet."""
        if self._login.token:
            return f"Bearer {self._login.token}"
        if self._challenge is None:
            return None
        scheme, said = self._challenge
        if scheme == "basic":
            pair = f"{self._login.user}:{self._login.password}".encode()
            return f"Basic {base64.b64encode(pair).decode('ascii')}"
        self._passwords.add_password(None, url, self._login.user, self._login.password)
        try:
            header = self._digest.get_authorization(Request(url, method=method), parse_keqv_list(parse_http_list(said)))
        except (ValueError, KeyError):
            header = None
        if not header:
            raise RemoteError(
                "the server asks for a way to sign in that is not known here; Basic, Digest and Bearer are"
            )
        return f"Digest {header}"
