"""BuildReport → one HTML page: what was read, how each part's place and year were decided, what was left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import ParamSpec

from kg.views.page import escape, fill
from kg.views.report_records import BuildReport, Decided, FileReport, PartReport
from kg.views.words import CLAIMS, DECISIONS, GENRES, KINDS, LEFT_OUT, REPAIRS, TWINS

MOST = 2_000  # rows of a list, and files that are all listed
OPEN = '<span class="open">不详</span>'
GUESSED_NOT = '<p class="quiet">文中不能确定的地方和年份留空，不作猜测；这些部分的论断因此没有地方或年份。</p>'
P = ParamSpec("P")


def report_html(report: BuildReport) -> str:
    """The page; files in the order of the report."""
    page = ReportPage(len(report.files))
    for file in report.files:
        page.add(file)
    return page.html(report)


class ReportPage:
    """Takes one file after the other, and keeps of each no more than the page shows.

    A page of very many files lists only those that a user should look at, and no list has more than MOST rows.
    """

    def __init__(self, files: int) -> None:
        """`files` is how many will come."""
        self._all = files
        self._parts = 0
        self._open, self._doubtful, self._summary = _Rows(), _Rows(), _Rows()
        self._files = _Rows('<p class="quiet">另有 {:,} 个文件</p>')

    def add(self, file: FileReport) -> None:
        self._parts += len(file.parts)
        doubts = list(file_doubts(file))
        still_open = [part for part in file.parts if not part.place or part.year is None]
        for part in still_open:
            self._open.add(_open_part, file, part)
        for title, what in doubts:
            self._doubtful.add(_doubt, file, title, what)
        if self._all <= MOST or doubts or still_open:
            self._summary.add(_summary_row, file)
            self._files.add(_file, file)

    def html(self, report: BuildReport) -> str:
        """The page; of the report, only what is no file."""
        return fill(
            "report.html",
            texts={"title": report.title, "counts": self._counts(report)},
            markup={
                "entities": _numbers((KINDS_BY_NAME.get(name, name), n) for name, n in report.entities),
                "claims": _numbers((CLAIMS.get(name, name), n) for name, n in report.claims),
                "open": _table(GUESSED_NOT, ("文件", "部分", "地方", "年份"), self._open)
                or '<p class="quiet">每个部分都有地方和年份。</p>',
                "doubtful": _table("", ("文件", "部分", "疑点"), self._doubtful)
                or '<p class="quiet">没有存疑之处。</p>',
                "skipped": _pairs(report.skipped, "没有跳过的文件。", ("文件", "原因")),
                "copies": _pairs(report.copies, "没有重复的文件。", ("文件", "与之相同")),
                "few": self._few(),
                "summary": self._summary.markup,
                "files": self._files.markup,
            },
        )

    def _counts(self, report: BuildReport) -> str:
        claims = sum(n for _, n in report.claims)
        entities = sum(n for _, n in report.entities)
        return (
            f"读入 {self._all} 个文件、{self._parts} 个部分；得到 {entities} 个实体、{claims} 条论断；"
            f"跳过 {len(report.skipped)} 个文件，重复 {len(report.copies)} 个。"
        )

    def _few(self) -> str:
        """What a page says that does not list all files."""
        if self._all <= MOST:
            return ""
        return (
            f'<p class="quiet">文件超过 {MOST:,} 个：以下只列地方或年份不详、或存疑的文件，'
            f"每表至多 {MOST:,} 行；全部文件见 kg status -f csv。</p>"
        )


class _Rows:
    """The first rows of a list, and how many more there were."""

    def __init__(self, more: str = '<tr><td class="quiet">另有 {:,} 行</td></tr>') -> None:
        self._rows: list[str] = []
        self._left_out = 0
        self._more = more

    def add(self, row: Callable[P, str], *args: P.args, **named: P.kwargs) -> None:
        """Adds the row that this call makes, if there is room."""
        if len(self._rows) < MOST:
            self._rows.append(row(*args, **named))
        else:
            self._left_out += 1

    @property
    def markup(self) -> str:
        return "".join(self._rows) + (self._more.format(self._left_out) if self._left_out else "")


KINDS_BY_NAME = {str(kind): word for kind, word in KINDS.items()}


def _numbers(pairs: Iterable[tuple[str, int]]) -> str:
    return "".join(f'<tr><td>{escape(name)}</td><td class="number">{n}</td></tr>' for name, n in pairs)


def _pairs(pairs: tuple[tuple[str, str], ...], none: str, heads: tuple[str, str]) -> str:
    rows = _Rows()
    for one, other in pairs:
        rows.add(_pair, one, other)
    return _table("", heads, rows) or f'<p class="quiet">{none}</p>'


def _pair(one: str, other: str) -> str:
    return f"<tr><td>{escape(one)}</td><td>{escape(other)}</td></tr>"


def _table(before: str, heads: tuple[str, ...], rows: _Rows) -> str:
    """The rows under their heads; empty where there are none."""
    if not rows.markup:
        return ""
    head = "".join(f"<th>{head}</th>" for head in heads)
    return f"{before}<table><thead><tr>{head}</tr></thead><tbody>{rows.markup}</tbody></table>"


def _open_part(file: FileReport, part: PartReport) -> str:
    return (
        f"<tr><td>{escape(file.file)}</td><td>{escape(part.title or '（无标题）')}</td>"
        f"<td>{escape(part.place) if part.place else OPEN}</td><td>{OPEN if part.year is None else part.year}</td></tr>"
    )


def _doubt(file: FileReport, part: str, what: str) -> str:
    return f"<tr><td>{escape(file.file)}</td><td>{escape(part)}</td><td>{escape(what)}</td></tr>"


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
