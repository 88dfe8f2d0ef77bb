"""A server's answer is whole or an error in one line, and no secret leaves for another address or a message."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import RemoteError
from kg.remote.address import checked_address
from kg.remote.client import Client
from kg.remote.login import Login, Signature, login_from
from push.fake import Fake

ASK = {"query": "ASK { ?s ?p ?o }"}


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("cut", "breaks off"),
        ("drop", "closed the connection"),
        ("slow", r"within 0.5 seconds \(--timeout\)"),
    ],
)
def test_no_whole_answer(fault: str, said: str, server: Fake) -> None:
    """An answer that is cut, slow or missing is an error; one that drips in does not outlast the limit."""
    server.faults = [fault] * 3
    with Client(seconds=0.5) as client, pytest.raises(RemoteError, match=said):
        client.form(server.address, ASK, "*/*")


@pytest.mark.parametrize("fault", [502, 503, 504, 429, "cut", "drop"])
def test_what_passes_is_tried_again(fault: int | str, server: Fake) -> None:
    """A fault that may pass costs a pause, and the user is told."""
    server.faults = [fault]
    told: list[str] = []
    with Client(seconds=5, pauses=(0.0,), tell=told.append) as client:
        assert client.form(server.address, ASK, "*/*").is_good
    assert len(told) == 1
    assert "trying again in 0 s" in told[0]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 413, 500, 501])
def test_what_does_not_pass_is_tried_once(status: int, server: Fake, client: Client) -> None:
    """The reply says what to do; nothing is sent again."""
    server.faults = [status]
    reply = client.form(server.address, ASK, "*/*")
    assert f"answered {status}: " in str(reply.fault)
    assert len(server.asked) == 1


def test_patience_ends(server: Fake) -> None:
    """After the last pause the answer is what it is."""
    server.faults = [503] * 9
    with Client(seconds=5, pauses=(0.0, 0.0)) as client:
        assert client.form(server.address, ASK, "*/*").status == 503
    assert len(server.asked) == 3


def test_nobody_there() -> None:
    """The cure is named."""
    with Client(seconds=5) as client, pytest.raises(RemoteError, match="nobody listens there; is the server running"):
        client("GET", "http://127.0.0.1:1/")


def test_redirects_are_not_followed(server: Fake, client: Client) -> None:
    """A password that was meant for one address is sent to no other."""
    server.faults = ["moved"]
    reply = client.form(server.address, ASK, "*/*")
    assert "sends on to http://elsewhere.example.org/; give that address" in str(reply.fault)
    assert len(server.asked) == 1


def test_large_answers(server: Fake) -> None:
    """An answer without end would fill the memory."""
    with Client(seconds=5, largest=10) as client, pytest.raises(RemoteError, match="larger than"):
        client.form(server.address, ASK, "*/*")


def test_pages_are_told_without_markup(server: Fake, client: Client) -> None:
    """What a gateway says in HTML is shown as one line."""
    server.faults = ["html"]
    assert client.form(server.address, ASK, "*/*").said == "Bad & sad"


def test_connections_are_kept(server: Fake, client: Client) -> None:
    """And where the server closed one meanwhile, a new one is opened without a word."""
    for _ in range(3):
        assert client.form(server.address, ASK, "*/*").is_good
    server.faults = ["drop"]
    with Client(seconds=5) as impatient:
        server.faults = []
        assert impatient.form(server.address, ASK, "*/*").is_good
        server.faults = ["drop"]
        assert impatient.form(server.address, ASK, "*/*").is_good


def test_a_password_is_sent_where_it_is_asked_for(server: Fake) -> None:
    """First nothing; after a challenge with every request."""
    server.signed = "Basic a2c6Z2VoZWlt"
    with Client(Login("kg", "geheim"), seconds=5) as client:
        assert client.form(server.address, ASK, "*/*").is_good
        assert client.form(server.address, ASK, "*/*").is_good
    assert ["Authorization" in headers for _, _, headers in server.asked] == [False, True, True]


def test_a_wrong_password_is_sent_once(server: Fake) -> None:
    """Servers lock accounts; and no message shows it."""
    server.signed = "Basic x"
    with Client(Login("kg", "geheim"), seconds=5) as client:
        fault = str(client.form(server.address, ASK, "*/*").fault)
    assert len(server.asked) == 2
    assert "geheim" not in fault
    assert "geheim" not in repr(Login("kg", "geheim", "geheim"))


def test_digest() -> None:
    """The example of RFC 2617, section 3.5, but for the client's own nonce."""
    signature = Signature(Login("Mufasa", "Circle Of Life"))
    assert signature.challenged(
        [
            'Basic realm="no"',
            'Digest realm="testrealm@host.com", qop="auth", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"',
        ]
    )
    header = signature.header("GET", "http://www.nowhere.org/dir/index.html?x=1") or ""
    assert header.startswith(
        'Digest username="Mufasa", realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb'
    )
    assert 'uri="/dir/index.html?x=1"' in header
    assert not signature.challenged(['Digest realm="testrealm@host.com", qop="auth", nonce="b"'])
    assert signature.challenged(['Digest realm="testrealm@host.com", qop="auth", nonce="c", stale=TRUE'])


def test_no_secret_over_plain_http() -> None:
    """To another computer, unless the user allows it; the name does not exist, so nothing is sent here."""
    with Client(Login("kg", "geheim"), seconds=5) as client, pytest.raises(RemoteError, match="--plain-http"):
        client("GET", "http://kg.invalid/sparql")
    with (
        Client(Login("kg", "geheim"), seconds=5, plain_http=True) as client,
        pytest.raises(RemoteError, match="reached"),
    ):
        client("GET", "http://kg.invalid/sparql")


@pytest.mark.parametrize(
    ("user", "password", "token", "said"),
    [
        ("kg", None, None, "needs a password"),
        ("", "geheim\n", None, "needs --user"),
        ("kg", "\n", None, "is empty"),
        ("kg", "ge\x07heim\n", None, "control character"),
        ("k:g", "geheim\n", None, "no colon"),
        ("kg", None, "t\n", "not both"),
    ],
)
def test_half_a_login(user: str, password: str | None, token: str | None, said: str, tmp_path: Path) -> None:
    """What is missing is named, the secret never."""
    files = [tmp_path / name if text is not None else None for name, text in (("p", password), ("t", token))]
    for file, text in zip(files, (password, token), strict=True):
        if file and text is not None:
            file.write_text(text, "utf-8")
    with pytest.raises(RemoteError, match=said) as fault:
        login_from(user, *files)
    assert "geheim" not in str(fault.value)


def test_secrets_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """For machines that have them there."""
    monkeypatch.setenv("POLICY_KG_PASSWORD", "geheim")
    assert login_from("kg") == Login("kg", "geheim")
    monkeypatch.setenv("POLICY_KG_TOKEN", "t")
    assert login_from() == Login(token="t")


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("http://localhost:3030/ds/sparql", "http://localhost:3030/ds/sparql"),
        ("https://例子.测试/图", "https://xn--fsqu00a.xn--0zwm56d/%E5%9B%BE"),
        ("http://h/s?default-graph-uri=urn:x-arq:UnionGraph", "http://h/s?default-graph-uri=urn:x-arq:UnionGraph"),
        ("http://kg:geheim@h/s", None),
        ("ftp://h/s", None),
        ("h/s", None),
        ("http://h/s\nX: y", None),
        ("http://h:99999/", None),
        ("http://[::1/", None),
    ],
)
def test_addresses(given: str, address: str | None) -> None:
    """A user name in an address would be shown in messages, a line break would become a header."""
    if address is None:
        with pytest.raises(RemoteError) as fault:
            checked_address(given)
        assert "geheim" not in str(fault.value)
    else:
        assert checked_address(given) == address
