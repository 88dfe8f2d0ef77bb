"""What a file is, and its bytes → the documents in it, each by the reader of its format."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping

from kg.texts.formats.archives import Fault
from kg.texts.formats.columns import Columns
from kg.texts.formats.extract import Extract
from kg.texts.formats.html import read_html, read_mht
from kg.texts.formats.kinds import FOREIGN_TABLES, Form
from kg.texts.formats.pdf import read_pdf
from kg.texts.formats.tables import read_rows
from kg.texts.formats.word import read_doc, read_docx, read_with_libreoffice

# One document each, by libraries that are kept in a process of their own.
READERS: Mapping[Form, Callable[[bytes], Extract]] = {
    Form.HTML: read_html,
    Form.MHT: read_mht,
    Form.PDF: read_pdf,
    Form.DOCX: read_docx,
    Form.DOC: read_doc,
    Form.WPS: lambda data: read_doc(data, Form.WPS),
    Form.RTF: lambda data: read_with_libreoffice(data, ".rtf"),
}


def read(form: Form, data: bytes, columns: Columns) -> Iterator[Extract | Fault]:
    """The documents of a file in one of READERS or FOREIGN_TABLES; raises UnreadableFile."""
    if form in FOREIGN_TABLES:
        yield from read_rows(io.BytesIO(data), form, columns)
    else:
        yield READERS[form](data)
