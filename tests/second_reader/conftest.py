"""No test of this folder speaks TLS: the trusted certificates are loaded once for all clients, not for each."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from functools import cache

import pytest


@pytest.fixture(scope="session", autouse=True)
def trust() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as here:
        here.setattr(ssl, "create_default_context", cache(ssl.create_default_context))
        yield
