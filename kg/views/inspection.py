"""A document as it was understood → text for the terminal, JSON, or a page: its parts, and in its place what was left out and why."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from kg.model import Document, Part
from kg.views.from_readings import left_out_report, part_report
from kg.views.page import escape, fill
from kg.views.report import decided_table, file_changes, file_doubts, part_facts
from kg.views.report_records import FileReport, PartReport
from kg.views.tables import inert
from kg.views.words import DECISIONS, GENRES, GIVEN, LEFT_OUT, REPAIRS


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the document in its order: clean text of a part, or original text that was left out (then with a reason)."""

    text: str
    part: int = 0  # from 1; 0 for what is left out or lies outside the parts
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Inspection:
    """One document for a reader who wants to trust or correct it."""

    file: FileReport
    given: tuple[tuple[str, str], ...]
    pieces: tuple[Piece, ...]


def inspection(document: Document, parts: tuple[Part, ...]) -> Inspection:
    """The document with its parts, whose places are decided."""
    report = FileReport(
        file=document.file,
        encoding=document.encoding,
        characters=len(document.text),
        sentences=0,
        mentions=0,
        unlinked=0,
        claims=0,
        parts=tuple(map(part_report, parts)),
        form=document.form,
        left_out=left_out_report(document),
        repairs=document.repairs,
        doubts=document.doubts,
    )
    given = {GIVEN[name]: str(value) for name, value in asdict(document.given).items() if value}
    return Inspection(report, tuple(given.items()), tuple(_pieces(document, parts)))


def _pieces(document: Document, parts: tuple[Part, ...]) -> Iterator[Piece]:
    """Clean text cut where parts begin and end and where something was left out, which stands there too."""
    clean, text, origin = document.clean, document.text, document.origin
    events = [(bisect_left(origin, span.start), 0, text[slice(*span)], reason) for span, reason in document.left_out]
    edges = sorted({edge for part in parts for edge in part.span})
    events += [(edge, 1, "", "") for edge in edges]
    done = 0
    for at, _, words, reason in [*sorted(events, key=lambda e: e[:2]), (len(clean), 1, "", "")]:
        if at > done:
            number = next((n for n, part in enumerate(parts, 1) if part.span.start <= done < part.span.end), 0)
            if shown := clean[done:at].strip("\n"):
                yield Piece(shown, number)
            done = at
        if reason and words.strip():
            yield Piece(words.strip(), reason=reason)


def inspection_text(seen: Inspection) -> str:
    """For the terminal; every text of the document is made inert."""
    return "\n".join(_lines(seen))


def _lines(seen: Inspection) -> Iterator[str]:
    file = seen.file
    left_out = sum(one.characters for one in file.left_out)
    yield f"{inert(file.file)}"
    yield f"  {file.form} {file.encoding}  {file.characters:,} 字，{len(file.parts)} 个部分，略去 {left_out:,} 字"
    if seen.given:
        yield "  用户给定：" + "，".join(f"{name} {inert(value)}" for name, value in seen.given)
    if file.repairs:
        yield "  已还原：" + "，".join(f"{REPAIRS.get(what, what)} {n} 字" for what, n in file.repairs)
    for part, doubt in file_doubts(file):
        yield f"  存疑：{inert(doubt)}" + (f"（{inert(part)}）" if part else "")
    shown = 0
    for piece in seen.pieces:
        if piece.part > shown:
            shown = piece.part
            yield ""
            yield from _part_head(file.parts[shown - 1], shown, len(file.parts))
        if piece.reason:
            yield f"  [略去·{LEFT_OUT.get(piece.reason, piece.reason)}] {_shortened(piece.text)}"
        elif not piece.part and seen.file.parts:
            yield f"  [部分之外] {_shortened(piece.text)}"
        else:
            yield from (inert(line) for line in piece.text.split("\n"))


def _part_head(part: PartReport, number: int, parts: int) -> Iterator[str]:
    yield f"── 第 {number} 部分，共 {parts} 部分 " + "─" * 40
    for decided in part.decided:
        value = GENRES.get(decided.value, decided.value) if decided.what == "genre" else decided.value
        words = f"「{_shortened(decided.words)}」" if decided.words else ""
        what = DECISIONS.get(decided.what, decided.what)
        yield f"  {what}：{inert(value) or '不详'}   {decided.rule} {words} {decided.confidence}".rstrip()
    yield "─" * 60


def _shortened(text: str, width: int = 60) -> str:
    text = inert(" ".join(text.split()))
    return text if len(text) <= width else f"{text[:width]}…（共 {len(text)} 字）"


def inspection_html(seen: Iterable[Inspection]) -> str:
    """A page with all documents; what was left out is struck through where it stood."""
    return fill("inspect.html", texts={"title": "阅读检查"}, markup={"documents": "".join(map(_document, seen))})


def _document(seen: Inspection) -> str:
    file = seen.file
    given = "，".join(f"{escape(name)} {escape(value)}" for name, value in seen.given)
    doubts = "".join(f"<li>{escape(part)} {escape(doubt)}</li>" for part, doubt in file_doubts(file))
    return (
        f'<section class="document"><h2>{escape(file.file)}</h2>'
        f'<p class="quiet">{escape(f"{file.form} {file.encoding}")}，{file.characters:,} 字</p>'
        + (f'<p class="quiet">用户给定：{given}</p>' if given else "")
        + file_changes(file)
        + (f'<h3>存疑</h3><ul class="open">{doubts}</ul>' if doubts else "")
        + "".join(_pieces_html(seen))
        + "</section>"
    )


def _pieces_html(seen: Inspection) -> Iterator[str]:
    shown = 0
    for piece in seen.pieces:
        if piece.part > shown:
            shown = piece.part
            part = seen.file.parts[shown - 1]
            yield f"<h3>{escape(part.title or '（无标题）')}</h3><p>{part_facts(part)}</p>{decided_table(part)}"
        if piece.reason:
            reason = escape(LEFT_OUT.get(piece.reason, piece.reason))
            yield f'<p class="left-out"><small>{reason}</small> <s>{escape(piece.text)}</s></p>'
        else:
            yield "".join(f"<p>{escape(line)}</p>" for line in piece.text.split("\n"))


def inspection_json(seen: Inspection) -> dict[str, object]:
    """Everything as plain values, less what only a build counts."""
    told = asdict(seen)
    for name in ("sentences", "too_long", "mentions", "unlinked", "claims", "text_file"):
        del told["file"][name]
    return told
