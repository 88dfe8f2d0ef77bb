"""BuildReport → one HTML page: what was read, how each part's place and year were decided, what was left out."""

from __future__ import annotations

from collections.abc import Iterable

from kg.views.page import escape, fill
from kg.views.records import BuildReport, Decided, FileReport, PartReport
from kg.views.words import CLAIMS, DECISIONS, GENRES, KINDS

OPEN = '<span class="open">不详</span>'


def report_html(report: BuildReport) -> str:
    """The page; files in the order of the report."""
    return fill(
        "report.html",
        texts={"title": report.title, "counts": _counts(report)},
        markup={
            "entities": _numbers((KINDS_BY_NAME.get(name, name), n) for name, n in report.entities),
            "claims": _numbers((CLAIMS.get(name, name), n) for name, n in report.claims),
            "open": _open_parts(report),
            "skipped": _pairs(report.skipped, "没有跳过的文件。", ("文件", "原因")),
            "copies": _pairs(report.copies, "没有重复的文件。", ("文件", "与之相同")),
            "summary": "".join(map(_summary_row, report.files)),
            "files": "".join(map(_file, report.files)),
        },
    )


KINDS_BY_NAME = {str(kind): word for kind, word in KINDS.items()}


def _counts(report: BuildReport) -> str:
    parts = sum(len(f.parts) for f in report.files)
    claims = sum(n for _, n in report.claims)
    entities = sum(n for _, n in report.entities)
    return (
        f"读入 {len(report.files)} 个文件、{parts} 个部分；得到 {entities} 个实体、{claims} 条主张；"
        f"跳过 {len(report.skipped)} 个文件，重复 {len(report.copies)} 个。"
    )


def _numbers(pairs: Iterable[tuple[str, int]]) -> str:
    return "".join(f'<tr><td>{escape(name)}</td><td class="number">{n}</td></tr>' for name, n in pairs)


def _pairs(pairs: tuple[tuple[str, str], ...], none: str, heads: tuple[str, str]) -> str:
    if not pairs:
        return f'<p class="quiet">{none}</p>'
    rows = "".join(f"<tr><td>{escape(a)}</td><td>{escape(b)}</td></tr>" for a, b in pairs)
    return f"<table><thead><tr><th>{heads[0]}</th><th>{heads[1]}</th></tr></thead><tbody>{rows}</tbody></table>"


def _open_parts(report: BuildReport) -> str:
    rows = [
        f"<tr><td>{escape(file.file)}</td><td>{escape(part.title or '（无标题）')}</td>"
        f"<td>{escape(part.place) if part.place else OPEN}</td><td>{OPEN if part.year is None else part.year}</td></tr>"
        for file in report.files
        for part in file.parts
        if not part.place or part.year is None
    ]
    if not rows:
        return '<p class="quiet">每个部分都有地方和年份。</p>'
    return (
        '<p class="quiet">文中不能确定的地方和年份留空，不作猜测；这些部分的主张因此没有地方或年份。</p>'
        "<table><thead><tr><th>文件</th><th>部分</th><th>地方</th><th>年份</th></tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _summary_row(file: FileReport) -> str:
    numbers = (
        file.characters,
        len(file.parts),
        file.sentences,
        file.too_long,
        file.mentions,
        file.unlinked,
        file.claims,
    )
    cells = "".join(f'<td class="number">{n:,}</td>' for n in numbers)
    return f"<tr><td>{escape(file.file)}</td><td>{escape(file.encoding)}</td>{cells}</tr>"


def _file(file: FileReport) -> str:
    if not file.parts:
        return f'<h3>{escape(file.file)}</h3><p class="quiet">没有可归属的部分。</p>'
    return f"<h3>{escape(file.file)}</h3>{''.join(map(_part, file.parts))}"


def _part(part: PartReport) -> str:
    facts = "，".join(
        [
            escape(part.place) if part.place else f"地方{OPEN}",
            f"{part.year}年" if part.year is not None else f"年份{OPEN}",
            *[escape(text) for text in (GENRES.get(part.genre, part.genre), part.agency) if text],
        ]
    )
    rows = "".join(map(_decided, part.decided))
    return (
        f"<p><strong>{escape(part.title or '（无标题）')}</strong><br>{facts}</p>"
        + '<table class="decided"><thead><tr><th>什么</th><th>值</th><th>规则</th><th>依据的文字</th></tr></thead>'
        * bool(rows)
        + f"<tbody>{rows}</tbody></table>" * bool(rows)
    )


def _decided(decided: Decided) -> str:
    value = GENRES.get(decided.value, decided.value) if decided.what == "genre" else decided.value
    return (
        f"<tr><td>{escape(DECISIONS.get(decided.what, decided.what))}</td><td>{escape(value) if value else OPEN}</td>"
        f"<td><code>{escape(decided.rule)}</code></td><td>{escape(decided.words)}</td></tr>"
    )
