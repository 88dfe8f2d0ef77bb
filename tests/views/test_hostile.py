"""Documents are hostile: whatever a name, a sentence or a file name holds, a page shows it and does nothing else."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest

from kg.resources import shipped
from kg.views.comparison_page import place_html, plan_html
from kg.views.network import network_html
from kg.views.page import data_block, escape
from kg.views.records import NetworkView
from kg.views.report import report_html
from kg.views.trace import trace_html, trace_svg

from . import made_up

# What is known to run in a page that pyvis writes by itself, named by what let it, and what else breaks out of pages.
KNOWN_OF_PYVIS = {
    "script in a label": "<script>document.documentElement.dataset.pwned=1</script>",
    "event in a tooltip": '<img src=x onerror="document.documentElement.dataset.pwned=1">',
    "one href makes every tooltip markup": '<b href="x"><img src=x onerror="document.documentElement.dataset.pwned=1"></b>',
    "quote in an id": "');document.documentElement.dataset.pwned=1;('\"+(document.documentElement.dataset.pwned=1)+\"",
    "event in the label of an edge": "\"'><svg onload=document.documentElement.dataset.pwned=1>",
    "markup in the heading": "</h1></center><iframe srcdoc='<script>parent.document.documentElement.dataset.pwned=1</script>'>",
    "end of the script": "</script><script>document.documentElement.dataset.pwned=1</script>",
    "link to a script": '<a href="javascript:document.documentElement.dataset.pwned=1">href</a>',
    "template syntax": "{{ nodes }}{% for n in nodes %}{{ n|safe }}{% endfor %}{{cycler.__init__.__globals__.os}}",
}
PAYLOADS = (
    *KNOWN_OF_PYVIS.values(),
    "<!--<script>",
    "]]>\u2028\u2029{{data}}{{scripts}}",
    "</style><link rel=stylesheet href=https://example.org/x.css>",
    "\"'`); document.documentElement.dataset.pwned=1; //{% raw %}\\",
)


def poisoned(record: Any, payload: str) -> Any:
    """The record with the payload appended to every text in it but the words of the ontology."""
    if isinstance(record, tuple):
        return tuple(poisoned(part, payload) for part in record)
    if type(record) is str:
        return record + payload
    if dataclasses.is_dataclass(record) and not isinstance(record, type):
        kept = {"level", "status", "date_kind", "genre", "relation", "kind", "source", "target", "iri", "link"}
        changed = {
            f.name: poisoned(getattr(record, f.name), payload)
            for f in dataclasses.fields(record)
            if f.name not in kept or not isinstance(getattr(record, f.name), str)
        }
        return dataclasses.replace(record, **changed)
    return record


class Page(HTMLParser):
    """The elements and attributes of a page, and the text of its scripts."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script":
            self.scripts[-1] += data


PAGES: dict[str, tuple[Callable[[], Any], Callable[[Any], str]]] = {
    "network": (made_up.network, network_html),
    "trace": (made_up.trace, trace_html),
    "picture": (made_up.trace, trace_svg),
    "report": (made_up.report, report_html),
    "plan": (made_up.plan, plan_html),
    "places": (made_up.two_places, place_html),
}


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("name", PAGES)
def test_a_payload_adds_no_element_no_attribute_and_no_script(name: str, payload: str) -> None:
    record, write = PAGES[name]
    clean, dirty = Page(write(record())), Page(write(poisoned(record(), payload)))
    assert {tag for tag, _ in dirty.elements} <= {tag for tag, _ in clean.elements}
    assert sum(tag == "script" for tag, _ in dirty.elements) == sum(tag == "script" for tag, _ in clean.elements)
    assert {key for _, attrs in dirty.elements for key in attrs} <= {
        key for _, attrs in clean.elements for key in attrs
    }
    assert not any(key.startswith("on") for _, attrs in dirty.elements for key in attrs)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_the_data_block_of_the_network_still_reads_back(payload: str) -> None:
    page = Page(network_html(poisoned(made_up.network(), payload)))
    data = json.loads(page.scripts[0])
    assert all(node["name"].endswith(payload) for node in data["info"]["nodes"])
    assert not set(page.scripts[0]) & set("<>&\u2028\u2029")


def poisoned_ids(view: NetworkView, payload: str) -> NetworkView:
    """The network with the payload at the end of the IRI of every node."""
    return dataclasses.replace(
        view,
        nodes=tuple(dataclasses.replace(node, iri=node.iri + payload) for node in view.nodes),
        edges=tuple(
            dataclasses.replace(edge, source=edge.source + payload, target=edge.target + payload) for edge in view.edges
        ),
    )


@pytest.mark.parametrize("payload", PAYLOADS)
def test_the_id_of_a_node_is_a_number_whatever_its_iri_holds(payload: str) -> None:
    page = Page(network_html(poisoned_ids(made_up.network(), payload)))
    data = json.loads(page.scripts[0])
    assert [node["id"] for node in data["nodes"]] == list(range(len(data["nodes"])))
    assert {edge["from"] for edge in data["edges"]} | {edge["to"] for edge in data["edges"]} <= set(
        range(len(data["nodes"]))
    )
    assert not set(page.scripts[0]) & set("<>&\u2028\u2029")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_the_network_for_nothing(name: str) -> None:
    record, write = PAGES[name]
    html = write(record())
    for tag, attrs in Page(html).elements:
        assert not {"src", "href", "srcset", "action", "data", "poster", "background"} & set(attrs), tag
        assert tag != "link"
    assert not re.search(r"url\(\s*['\"]?(?!data:|#)", re.sub(r"<script>.*?</script>", "", html, flags=re.S))
    assert "@import" not in re.sub(r"<script>.*?</script>", "", html, flags=re.S)
    assert "sourceMappingURL" not in html


@pytest.mark.parametrize("name", ["network", "trace", "report", "plan", "places"])
def test_the_policy_of_a_page_allows_our_scripts_by_hash_and_no_address(name: str) -> None:
    record, write = PAGES[name]
    page = Page(write(record()))
    policy = next(attrs["content"] or "" for tag, attrs in page.elements if attrs.get("http-equiv"))
    assert policy.startswith("default-src 'none'")
    assert "unsafe-inline" not in policy.split("script-src")[1].split(";")[0]
    assert "http" not in policy


@pytest.mark.parametrize("name", PAGES)
def test_the_same_records_give_the_same_bytes(name: str) -> None:
    record, write = PAGES[name]
    assert write(record()) == write(record())


def test_control_and_direction_characters_become_visible() -> None:
    assert escape("\x1b[31m\u202e&<'\"") == "\ufffd[31m\ufffd&amp;&lt;&#x27;&quot;"
    assert data_block("</\u2028") == '"\\u003c/\\u2028"'


def test_the_vendored_library_is_the_one_that_its_readme_names() -> None:
    library = shipped("viz", "vendor", "vis-network.min.js").read_bytes()
    assert hashlib.sha256(library).hexdigest() in shipped("viz", "vendor", "README.md").read_text("utf-8")
    assert b"</script" not in library
