"""The body of a page → the whole page, with its door to the other pages, its styles and its scripts."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from kg.resources import shipped
from kg.serve.pages.rendered import HTML, Rendered
from kg.views.page import SLOT, escape

MOST_SIGNS = 1000
THINGS = "/id/"  # where the server answers for the IRIs below the base of the graph
DOORS = (  # path, words, what it is in English; a new page is a line here
    ("/explorer", "浏览", "Explorer"),
    ("/query", "提问", "Ask in SPARQL"),
    ("/network", "网络图", "Network"),
)
STYLES = ("/pages/style.css", "/pages/served.css")


def page(
    title: str,
    body: str,
    styles: tuple[str, ...] = (),
    scripts: tuple[str, ...] = (),
    asked: str = "",
    status: int = 200,
) -> Rendered:
    """The page; `title` and `asked`, the words in the search field, are escaped, `body` is ours and goes in as it is."""
    files = [f'<link rel="stylesheet" href="{path}">' for path in (*styles, *STYLES)]  # ours last: they override
    files += [f'<script src="{path}" defer></script>' for path in scripts]
    slots = {
        "title": escape(cut(title)),
        "asked": escape(asked[:MOST_SIGNS]),
        "files": "\n".join(files),
        "doors": "\n".join(f'<a href="{path}" title="{english}">{words}</a>' for path, words, english in DOORS),
        "body": body,
    }
    return Rendered(HTML, filled("served.html", slots), status)


def filled(template: str, slots: Mapping[str, str]) -> str:
    """A template of viz/ with its slots filled; what fills them must be markup."""
    return SLOT.sub(lambda slot: slots[slot[1]], shipped("viz", template).read_text("utf-8"))


def fault(title: str, message: str, status: int) -> Rendered:
    """A page that says in a few words why there is no other."""
    body = (
        f'<main class="page"><header><h1>{escape(title)}</h1></header><p class="lead said">{named(message)}</p></main>'
    )
    return page(title, body, status=status)


def link(href: str, words: str) -> str:
    """A link; both are escaped."""
    return f'<a href="{escape(href)}">{named(words)}</a>'


def named(words: str) -> str:
    """A text of the graph, escaped, kept apart from the direction of the text around it, and cut where it is endless."""
    return f"<bdi>{escape(cut(words))}</bdi>"


def cut(words: str) -> str:
    """At most 1,000 signs, with the full number said behind."""
    return words if len(words) <= MOST_SIGNS else f"{words[:MOST_SIGNS]}…（共 {len(words):,} 字）"


def local_path(base: str, iri: str) -> str:
    """Where this server shows a thing: `/id/place/210200`, in ASCII; an IRI that is not below the base stays itself."""
    return THINGS + in_ascii(iri.removeprefix(base)) if iri.startswith(base) else iri


def in_ascii(path: str) -> str:
    """The path of an IRI as a URL writes it: what is percent-encoded stays so."""
    return quote(path, safe="/%:@!$&'()*+,;=-._~")


def asking(question: str, **params: str) -> str:
    """The address of the query page with a shipped question filled in."""
    return f"/query?{urlencode({'question': question, **params})}"


def asking_text(sparql: str) -> str:
    """The address of the query page with this text in the editor."""
    return f"/query?{urlencode({'query': sparql})}"
