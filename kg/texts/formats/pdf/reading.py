"""The bytes of a PDF file → its text, or in one line why it gives none, and what a user should look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import ModuleType

from kg.errors import UnreadableFile
from kg.texts.formats.extract import Extract, library
from kg.texts.formats.pdf.furniture import parted_pages
from kg.texts.formats.pdf.page import Page, Unread, read_page
from kg.texts.formats.pdf.paragraphs import assembled

MOST_PAGES = 3000  # a yearbook has 1500
FEW_SIGNS = 30  # a scan with fewer characters on it carries a stamp or a page number, not a text
MOST_NAMED = 10  # pages named in a doubt
END_WITHIN = 2048  # bytes at the end of a whole file that hold its end mark


def read_pdf(data: bytes) -> Extract:
    """The text: paragraphs on lines of their own, cells of a table's row parted by tabs, pages by form feeds.

    Raises UnreadableFile for a file that is damaged, locked, scanned, or whose fonts do not say what their shapes mean.
    """
    pages = _pages(library("pypdfium2", "pdf", "PDF files"), data)
    _check(pages)
    whole = [page if isinstance(page, Page) else Page() for page in pages]
    text, left_out = assembled(tuple(parted_pages(whole)), whole)
    return Extract(text, form="pdf", left_out=left_out, doubts=tuple(_doubts(pages, data)))


def _pages(pdfium: ModuleType, data: bytes) -> tuple[Page | Unread, ...]:
    """The pages of the file."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code in (pdfium.raw.FPDF_ERR_PASSWORD, pdfium.raw.FPDF_ERR_SECURITY):
            raise UnreadableFile("PDF locked with a password: save a copy without the password and give that") from None
        raise UnreadableFile("damaged PDF, it cannot be opened: download it again or save it anew") from None
    with document:
        if len(document) > MOST_PAGES:
            raise UnreadableFile(
                f"PDF of {len(document)} pages, more than the {MOST_PAGES} that are read: split it into parts"
            )
        return tuple(read_page(pdfium, document, number) for number in range(len(document)))


def _check(pages: Sequence[Page | Unread]) -> None:
    """Raises UnreadableFile where the pages together give no text."""
    read = [page for page in pages if isinstance(page, Page)]
    if not read:
        if Unread.FULL in pages:
            raise UnreadableFile("PDF with more characters on a page than a text has: save it anew or split it")
        raise UnreadableFile("damaged PDF, none of its pages can be opened: download it again or save it anew")
    if not any(_has_text(page) for page in read):
        pictures = sum(page.picture for page in read)
        if not pictures:
            raise UnreadableFile(
                "PDF without text: its pages are empty or drawn; run OCR over it (for example ocrmypdf)"
            )
        raise UnreadableFile(
            f"scanned PDF without text: {pictures} {'page' if pictures == 1 else 'pages'} of pictures; "
            "run OCR over it first (for example ocrmypdf) and give the result"
        )
    if sum(page.lost for page in read) > sum(page.signs for page in read) / 2:
        raise UnreadableFile(
            "PDF whose fonts do not say which characters their shapes mean, its text is garbage; "
            "run OCR over it first (for example ocrmypdf --force-ocr) and give the result"
        )


def _has_text(page: Page) -> bool:
    return page.signs > (FEW_SIGNS if page.picture else 0)


def _doubts(pages: Sequence[Page | Unread], data: bytes) -> Iterator[str]:
    """What a user should look at: pages without text, pages of garbage, a file that was cut off."""
    read = [(number, page) for number, page in enumerate(pages, 1) if isinstance(page, Page)]
    for numbers, what in (
        (
            [number for number, page in read if page.picture and not _has_text(page)],
            "pictures without text, not read (run OCR over the file)",
        ),
        (_places(pages, Unread.DAMAGED), "damaged and not read"),
        (_places(pages, Unread.FULL), "more characters than a page of text has, not read"),
        (
            [number for number, page in read if page.lost > page.signs / 10],
            "many signs of unknown meaning (the fonts do not say which characters they are)",
        ),
    ):
        if numbers:
            yield f"{what}: {_named(numbers)} of {len(pages)}"
    if b"%%EOF" not in data[-END_WITHIN:]:
        yield "the file has no proper end: it may have been cut off, and pages may be missing"


def _places(pages: Sequence[Page | Unread], reason: Unread) -> list[int]:
    return [number for number, page in enumerate(pages, 1) if page is reason]


def _named(numbers: Sequence[int]) -> str:
    """page 4; pages 1, 2, 3 … and 20 more."""
    more = f" and {len(numbers) - MOST_NAMED} more" if len(numbers) > MOST_NAMED else ""
    return ("page " if len(numbers) == 1 else "pages ") + ", ".join(map(str, numbers[:MOST_NAMED])) + more
