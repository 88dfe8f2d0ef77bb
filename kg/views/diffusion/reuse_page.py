"""Text reuse → one HTML page with both texts of every passage side by side; it opens without a network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from kg.diffusion.reuse.records import Kind, Passage, Reuse, Text
from kg.diffusion.reuse.side_by_side import Piece, Same, side_by_side
from kg.views.diffusion.reuse_table import unit_name
from kg.views.page import escape, fill

MOST = 200  # passages on a page
MOST_MISSING = 20  # files that are named
KINDS = {
    Kind.SIBLING: "两地互不隶属",
    Kind.SUPERIOR: "下级沿用上级文字",
    Kind.SUBORDINATE: "上级采用下级文字",
    Kind.COMMON: "两地同出一源",
}


def reuse_html(found: Reuse) -> str:
    """The page: what was compared, then every passage, the strongest first."""
    lines = "".join(f"<p>{escape(line)}</p>" for line in _summary(found))
    sections = "\n".join(_section(found, passage) for passage in found.passages[:MOST])
    return fill("sections.html", {"title": "文本沿用：哪些段落先见于别处"}, {"summary": lines, "sections": sections})


def _summary(found: Reuse) -> Iterator[str]:
    texts = found.corpus.texts
    yield f"比对了 {len({text.unit for text in texts})} 地的 {len(texts)} 篇，共同段落 {len(found.passages)} 处。"
    kinds = Counter(passage.kind for passage in found.passages)
    if kinds:
        yield "；".join(f"{KINDS[kind]} {kinds[kind]} 处" for kind in Kind if kinds[kind]) + "。"
    if len(found.passages) > MOST:
        yield f"本页只列分值最高的 {MOST} 处，其余见表格（--format csv）。"
    if found.boilerplate or found.repeated:
        yield f"另有 {found.boilerplate} 处是各地通用的套话，{found.repeated} 处是本地旧文重复，未列。"
    yield "地名、数字不计入比对；文字相同只说明沿用，不说明是谁的主意：两篇都可能抄自未读到的第三篇。"
    missing = dict.fromkeys(one.file for one in found.corpus.missing)
    if missing:
        more = " 等" if len(missing) > MOST_MISSING else ""
        yield f"未能比对的文件 {len(missing)} 个：{'、'.join([*missing][:MOST_MISSING])}{more}。"


def _section(found: Reuse, passage: Passage) -> str:
    earlier, later = found.text[passage.earlier], found.text[passage.later]
    pieces = side_by_side(found, passage)
    arrow = "→" if passage.directed else "—"
    heading = f"{_named(found, earlier)} {arrow} {_named(found, later)}"
    head = (
        _head(earlier, passage.earlier_span.start, "先" if passage.directed else ""),
        _head(later, passage.later_span.start, "后" if passage.directed else ""),
    )
    return (
        f"<h2>{escape(heading)}</h2><p><small>{escape('；'.join(_told(found, passage)))}</small></p>"
        f'<div class="wide"><table class="compared reused"><thead><tr><th>{head[0]}</th><th>{head[1]}</th></tr></thead>'
        f"<tbody><tr><td>{_side(pieces, left=True)}</td><td>{_side(pieces, left=False)}</td></tr></tbody></table></div>"
    )


def _named(found: Reuse, text: Text) -> str:
    return f"{unit_name(found, text.unit)}{f' {text.year}' if text.year is not None else ''}"


def _head(text: Text, start: int, when: str) -> str:
    told = f"{when}：{text.title or text.document.file}" if when else text.title or text.document.file
    return f"{escape(told)}<br><span>{escape(text.document.file)}，第 {start + 1} 字起</span>"


def _told(found: Reuse, passage: Passage) -> Iterator[str]:
    yield KINDS[passage.kind]
    if not passage.directed:
        yield "日期不足以判断先后"
    yield f"{passage.length} 字，相同 {passage.similarity:.0%}，罕见程度 {passage.rarity:.2f}，分值 {passage.score:.1f}"
    if passage.units > 2:
        yield f"约 {passage.units} 地有此文字"
    if passage.source:
        source = found.text[passage.source]
        yield f"更早见于{_named(found, source)}《{source.title or source.document.file}》"
    if passage.cited:
        yield "后文引用了前文标题"
    if passage.programs:
        yield f"提到{'、'.join(iri.rpartition('/')[2] for iri in passage.programs)}"


def _side(pieces: Iterable[Piece], *, left: bool) -> str:
    """One side, with what the other has not or has otherwise marked."""
    return "".join(_marked(piece.left if left else piece.right, piece.same) for piece in pieces)


def _marked(words: str, same: Same) -> str:
    shown = escape(words).replace("\n", "<br>")
    return shown if same is Same.EQUAL or not words else f"<mark>{shown}</mark>"
