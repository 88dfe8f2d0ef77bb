"""What a format reader gives: the text of one document, as the file has it, before any cleaning."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from types import ModuleType

from kg.errors import UnreadableFile
from kg.model import NOTHING_GIVEN, Given, LeftOut


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of one document. `left_out` are stretches around the document proper, such as the menus of a page."""

    text: str
    form: str = "text"  # for the report: text, html, pdf, docx, csv …
    encoding: str = ""
    name: str = ""  # within the file: a row's number, a member's path; empty for a file that is one document
    given: Given = NOTHING_GIVEN
    left_out: tuple[LeftOut, ...] = ()
    doubts: tuple[str, ...] = ()


def library(module: str, extra: str, what: str) -> ModuleType:
    """The module of an optional package; raises UnreadableFile that says how to install it.

    >>> library("json", "pdf", "PDF files").__name__
    'json'
    """
    try:
        return import_module(module)
    except ImportError:
        raise UnreadableFile(
            f"{what} need one more package; install it with: pip install 'policy-kg[{extra}]'"
        ) from None
