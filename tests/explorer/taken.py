"""The page → what its menu saves: the files as a user gets them."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

from browsers import until

SVG = "{http://www.w3.org/2000/svg}"
GEXF = "{http://gexf.net/1.3}"


class Taken(NamedTuple):
    """A file that the page saved, and what it told the live region."""

    name: str
    data: bytes
    told: str

    @property
    def text(self) -> str:
        return self.data.decode("utf-8")

    @property
    def xml(self) -> ElementTree.Element:
        return ElementTree.fromstring(self.data)

    @property
    def rows(self) -> list[list[str]]:
        """Of a CSV file, with its heading."""
        assert self.data.startswith(b"\xef\xbb\xbf")
        return list(csv.reader(io.StringIO(self.data.decode("utf-8-sig"), newline=""), strict=True))


def take(page: Any, item: str) -> Taken:
    """Opens the menu, chooses the item and waits for the file."""
    page.click("#tools .taking > button")
    with page.expect_download() as started:
        page.click(f"#tools [data-item={item}]")
    download = started.value
    until(page, "name => document.getElementById('live').textContent.includes(name)", download.suggested_filename)
    return Taken(download.suggested_filename, Path(download.path()).read_bytes(), page.inner_text("#live"))


def offered(page: Any) -> set[str]:
    """The items that can be chosen now; the menu is closed again."""
    page.click("#tools .taking > button")
    found = page.eval_on_selector_all(
        "#tools [role=menuitem]:not([aria-disabled])", "all => all.map((one) => one.dataset.item)"
    )
    page.keyboard.press("Escape")
    return set(found)
