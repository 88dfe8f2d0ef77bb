"""BuildReport → one HTML page: what was read, how each part's place and year were decided, what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.views.page import escape, fill
from kg.views.records import BuildReport, Decided, FileReport, PartReport
from kg.views.words import CLAIMS, DECISIONS, GENRES, KINDS, LEFT_OUT, REPAIRS, TWINS

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
            "doubtful": _doubtful(report),
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
        f"读入 {len(report.files)} 个文件、{parts} 个部分；得到 {entities} 个实体、{claims} 条论断；"
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
        '<p class="quiet">文中不能确定的地方和年份留空，不作猜测；这些部分的论断因此没有地方或年份。</p>'
        "<table><thead><tr><th>文件</th><th>部分</th><th>地方</th><th>年份</th></tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _doubtful(report: BuildReport) -> str:
    """What a user should look at: doubts of reading, evidence against what was taken, parts with the text of another."""
    rows = [
        f"<tr><td>{escape(file.file)}</td><td>{escape(part)}</td><td>{escape(what)}</td></tr>"
        for file in report.files
        for part, what in file_doubts(file)
    ]
    if not rows:
        return '<p class="quiet">没有存疑之处。</p>'
    head = "<thead><tr><th>文件</th><th>部分</th><th>疑点</th></tr></thead>"
    return f"<table>{head}<tbody>{''.join(rows)}</tbody></table>"


def file_doubts(file: FileReport) -> Iterator[tuple[str, str]]:
    """Part and doubt, in the order of the text."""
    yield from (("", doubt) for doubt in file.doubts)
    for part in file.parts:
        for decided in part.decided:
            if decided.is_doubt:
                words = f"（{decided.words}）" if decided.words else ""
                what = DECISIONS.get(decided.what, decided.what)
                yield part.title, f"{what}：{decided.value or '不详'}，{decided.rule}{words}"
        if part.twin:
            said = f"（{part.twin_said}）" if part.twin_said else ""
            yield part.title, f"{TWINS.get(part.twin, part.twin)}：{part.twin_of}{said}"


def _summary_row(file: FileReport) -> str:
    numbers = (
        file.characters,
        sum(left_out.characters for left_out in file.left_out),
        len(file.parts),
        file.sentences,
        file.too_long,
        file.mentions,
        file.unlinked,
        file.claims,
    )
    cells = "".join(f'<td class="number">{n:,}</td>' for n in numbers)
    form = f"{file.form} {file.encoding}".strip()
    name = escape(file.file)
    if file.text_file:
        name += f'<br><span class="quiet">文本：{escape(file.text_file)}</span>'
    return f"<tr><td>{name}</td><td>{escape(form)}</td>{cells}</tr>"


def _file(file: FileReport) -> str:
    parts = "".join(map(_part, file.parts)) or '<p class="quiet">没有可归属的部分。</p>'
    return f"<h3>{escape(file.file)}</h3>{file_changes(file)}{parts}"


def file_changes(file: FileReport) -> str:
    """What was undone and left out, in one line each."""
    undone = "，".join(f"{escape(REPAIRS.get(what, what))} {n} 字" for what, n in file.repairs)
    left_out = "；".join(
        f"{escape(LEFT_OUT.get(one.reason, one.reason))} {one.times} 处 {one.characters} 字（{escape(one.words)}…）"
        for one in file.left_out
    )
    return "".join(
        f'<p class="quiet">{label}：{text}。</p>' for label, text in (("已还原", undone), ("略去", left_out)) if text
    )


def _part(part: PartReport) -> str:
    title = escape(part.title or "（无标题）")
    return f"<p><strong>{title}</strong><br>{part_facts(part)}</p>{decided_table(part)}"


def part_facts(part: PartReport) -> str:
    """Place, year, genre, agency and twin, as markup."""
    known = [text for text in (GENRES.get(part.genre, part.genre), part.agency) if text]
    place = escape(part.place) if part.place else f"地方{OPEN}"
    year = f"{part.year}年" if part.year is not None else f"年份{OPEN}"
    twin = f" · {escape(TWINS.get(part.twin, part.twin))}：{escape(part.twin_of)}" if part.twin else ""
    return "，".join([place, year, *map(escape, known)]) + twin


def decided_table(part: PartReport) -> str:
    """What was decided, by which rule, from which words, how surely."""
    if not part.decided:
        return ""
    heads = "".join(f"<th>{head}</th>" for head in ("什么", "值", "规则", "依据的文字"))
    rows = "".join(map(_decided, part.decided))
    return f'<table class="decided"><thead><tr>{heads}<th class="number">把握</th></tr></thead><tbody>{rows}</tbody></table>'


def _decided(decided: Decided) -> str:
    value = GENRES.get(decided.value, decided.value) if decided.what == "genre" else decided.value
    return (
        f"<tr><td>{escape(DECISIONS.get(decided.what, decided.what))}</td><td>{escape(value) if value else OPEN}</td>"
        f"<td><code>{escape(decided.rule)}</code></td><td>{escape(decided.words)}</td>"
        f'<td class="number">{escape(decided.confidence)}</td></tr>'
    )
