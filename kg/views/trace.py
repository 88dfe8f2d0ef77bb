"""Trace → a table in order of time, an SVG picture, and one HTML page with both, the sentences and a caveat."""

from __future__ import annotations

from kg.views.page import escape, fill
from kg.views.records import ClaimView, Somewhere, Trace
from kg.views.tables import Table
from kg.views.trace_picture import (
    MARK,
    SIZE,
    TOP,
    Arrow,
    Box,
    Mark,
    Picture,
    Point,
    Track,
    by_time_and_weight,
    curve,
    first_adopters,
    picture,
)
from kg.views.words import DATE_KINDS, DIFFUSIONS, LEVELS, STATUSES, year_text

COLUMNS = (
    "年份",
    "地方",
    "层级",
    "上级",
    "行为",
    "对象或来源",
    "进展",
    "年份依据",
    "句子",
    "文件",
    "部分",
    "置信度",
    "规则",
    "编号",
)
MAIN_COLUMNS = ("年份", "地方", "层级", "行为", "对象或来源", "进展", "句子", "文件")  # what a terminal has room for
ACTS = ("采纳", "落实", *DIFFUSIONS.values())
INK, QUIET, RULE, ADOPTED, SAID = "#1A1A1A", "#595959", "#E4E4E4", "#0072B2", "#D55E00"
FONT = "'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif"


def trace_rows(trace: Trace) -> Table:
    """Adoptions, acts that carry out a higher level's word, and said diffusion, in order of time; undated ones last."""
    rows = [_row(a.place, "采纳", "", a.claim) for a in trace.adoptions]
    rows += [_row(f.place, "落实", "·".join(filter(None, [f.by.name, f.object])), f.claim) for f in trace.following]
    for said in trace.said:
        rows.append(
            _row(said.receiver, DIFFUSIONS.get(said.kind, said.kind), said.source.name or "来源不详", said.claim)
        )
    rows.sort(key=lambda row: (row[0], row[1]))
    return Table(COLUMNS, tuple(cells for _, _, cells in rows))


def _row(
    place: Somewhere, act: str, other: str, claim: ClaimView
) -> tuple[tuple[bool, int, int], str, tuple[str, ...]]:
    order = (claim.year is None, claim.year or 0, ACTS.index(act) if act in ACTS else len(ACTS))
    cells = (
        year_text(claim),
        place.name,
        LEVELS.get(place.level, place.level) if place.name else "",
        place.parent,
        act,
        other,
        STATUSES.get(claim.status, claim.status) if claim.status or act == "采纳" else "",
        DATE_KINDS.get(claim.date_kind, claim.date_kind) if claim.year is not None else "",
        claim.sentence,
        claim.file,
        claim.part,
        claim.confidence,
        claim.found_by,
        claim.iri,
    )
    return order, place.name + claim.iri, cells


def trace_svg(trace: Trace) -> str:
    """The picture alone, with its own fonts and colours, for a page or a paper."""
    drawn = picture(trace)
    body = [
        *_ground(drawn),
        *(_thread(t.start, t.end) for t in drawn.threads),
        *map(_arrow, drawn.arrows),
        *(part for track in drawn.tracks for part in _track(track)),
        *(_arrow_label(a.label_box, a.label) for a in drawn.arrows if a.label_box),
        *_legend(drawn),
    ]
    height = drawn.height + 56
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{drawn.width:g}" height="{height:g}" '
        f'viewBox="0 0 {drawn.width:g} {height:g}" font-family="{FONT}" font-size="{SIZE}" role="img">'
        f"<title>{escape(trace.program)}：各级采纳的时间</title>"
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        f'<path d="M0,0 8,4 0,8z" fill="{SAID}"/></marker></defs>' + "".join(body) + "</svg>"
    )


def _ground(drawn: Picture) -> list[str]:
    bottom = drawn.lanes[-1][2]
    step = next(s for s in (1, 2, 5, 10) if len(drawn.years) / s <= 40)
    out = []
    for name, top, low in drawn.lanes:
        out.append(f'<line x1="0" x2="{drawn.width:g}" y1="{low:g}" y2="{low:g}" stroke="#BDBDBD"/>')
        out.append(_label(0, (top + low) / 2 + 5, name, fill=INK, weight=600))
    for year, x in drawn.years:
        out.append(f'<line x1="{x:g}" x2="{x:g}" y1="{TOP}" y2="{bottom:g}" stroke="{RULE}"/>')
        if year % step == 0:
            out.append(_label(x, TOP - 14, str(year), fill=QUIET, anchor="middle"))
            out.append(_label(x, bottom + 18, str(year), fill=QUIET, anchor="middle"))
    if drawn.undated_x is not None:
        out.append(_label(drawn.undated_x, TOP - 14, "年份不详", fill=QUIET, anchor="middle"))
        x = drawn.undated_x - 34
        out.append(f'<line x1="{x:g}" x2="{x:g}" y1="{TOP}" y2="{bottom:g}" stroke="#BDBDBD" stroke-dasharray="2 4"/>')
    out.append(f'<line x1="0" x2="{drawn.width:g}" y1="{TOP}" y2="{TOP}" stroke="{INK}"/>')
    return out


def _label(x: float, y: float, text: str, fill: str, anchor: str = "start", weight: int = 400, size: int = SIZE) -> str:
    """Text with a white rim, so that a line that passes behind it does not hurt."""
    return (
        f'<text x="{x:g}" y="{y:g}" fill="{fill}" font-size="{size}" font-weight="{weight}" text-anchor="{anchor}" '
        f'stroke="#FFF" stroke-width="3" stroke-linejoin="round" paint-order="stroke">{escape(text)}</text>'
    )


def _track(track: Track) -> list[str]:
    color = ADOPTED if track.adopter else QUIET
    out = []
    if len(track.marks) > 1:
        x1, x2 = track.marks[0].x, track.marks[-1].x
        out.append(
            f'<line x1="{x1:g}" x2="{x2:g}" y1="{track.y:g}" y2="{track.y:g}" stroke="{ADOPTED}" stroke-width="1.5"/>'
        )
    if track.first:
        out.append(
            f'<circle cx="{track.marks[0].x:g}" cy="{track.y:g}" r="{MARK + 4.5:g}" '
            f'fill="none" stroke="{INK}" stroke-width="2"/>'
        )
    out += [_mark(mark, color) for mark in track.marks]
    weight = 700 if track.first else 400
    return [
        *out,
        _label(track.label_x, track.y + 4.7, track.label, fill=INK if track.adopter else QUIET, weight=weight),
    ]


DOT = "M-3,0 A3,3 0 1 1 3,0 A3,3 0 1 1 -3,0z"
SHAPES = {
    "Completed": "M-6,0 A6,6 0 1 1 6,0 A6,6 0 1 1 -6,0z",
    "Ongoing": "M-5.4,-5.4 5.4,-5.4 5.4,5.4 -5.4,5.4z",
    "Started": "M0,-6.5 6.5,5.5 -6.5,5.5z",
    "Planned": "M0,-7 7,0 0,7 -7,0z",
    "Ended": "M-5,-5 5,5 M5,-5 -5,5",
    "": DOT,
    "source": "M-4,0 A4,4 0 1 1 4,0 A4,4 0 1 1 -4,0z",
    "origin": "M0,-7.5 2,-2.3 7.2,-2.3 3,1 4.6,6.2 0,3 -4.6,6.2 -3,1 -7.2,-2.3 -2,-2.3z",
}


def _mark(mark: Mark, color: str) -> str:
    said = f"{year_text(mark.claim)} {STATUSES.get(mark.claim.status, '')}：{mark.claim.sentence}" if mark.claim else ""
    title = f"<title>{escape(said)}</title>" if said else ""
    return (
        f'<path d="{SHAPES.get(mark.status, DOT)}" transform="translate({mark.x:g} {mark.y:g})" '
        f'fill="{"#FFF" if mark.hollow else color}" stroke="{color}" stroke-width="2">{title}</path>'
    )


def _thread(start: Point, end: Point) -> str:
    return f'<path d="{_path(start, end)}" fill="none" stroke="#8C8C8C" stroke-width="1" stroke-dasharray="3 3"/>'


def _arrow(arrow: Arrow) -> str:
    return (
        f'<path d="{_path(arrow.start, arrow.end)}" fill="none" stroke="{SAID}" stroke-width="2" '
        f'marker-end="url(#tip)"><title>{escape(arrow.said.claim.sentence)}</title></path>'
    )


def _arrow_label(box: Box, text: str) -> str:
    return _label(box.left + 1, box.bottom - 4, text, fill="#B34700", size=12)


def _path(start: Point, end: Point) -> str:
    (x1, y1), *rest = curve(start, end)
    return f"M{x1:g},{y1:g} C" + " ".join(f"{x:g},{y:g}" for x, y in rest)


def _legend(drawn: Picture) -> list[str]:
    y, x = drawn.height + 16.0, float(0)
    out = []
    for status in ("Planned", "Started", "Ongoing", "Completed", "Ended", ""):
        out.append(_mark(Mark(x + 8, y, status, False, None), ADOPTED))
        out.append(_label(x + 20, y + 4.5, STATUSES[status], fill=QUIET, size=12))
        x += 34 + 12.5 * len(STATUSES[status])
    out.append(_mark(Mark(x + 8, y, "Completed", True, None), ADOPTED))
    out.append(_label(x + 20, y + 4.5, "空心或≤：仅知文件年份", fill=QUIET, size=12))
    y += 24
    out.append(f'<circle cx="8" cy="{y:g}" r="7" fill="none" stroke="{INK}" stroke-width="2"/>')
    out.append(_label(20, y + 4.5, "首个已知采纳者", fill=QUIET, size=12))
    out.append(
        _mark(Mark(136, y, "origin", False, None), QUIET) + _label(148, y + 4.5, "词典所载创始", fill=QUIET, size=12)
    )
    out.append(f'<path d="M244,{y:g} h28" stroke="{SAID}" stroke-width="2" marker-end="url(#tip)"/>')
    out.append(_label(280, y + 4.5, "文中明言的传播（由来源指向接受者）", fill=QUIET, size=12))
    out.append(f'<path d="M500,{y:g} h28" stroke="#8C8C8C" stroke-dasharray="3 3"/>')
    out.append(_label(536, y + 4.5, "落实上级", fill=QUIET, size=12))
    return out


def trace_html(trace: Trace) -> str:
    """The page: what is known of the origin, who came first, the picture, every sentence, and what silence means."""
    return fill(
        "trace.html",
        texts={"title": f"{trace.program}：谁在何时采纳", "program": trace.program},
        markup={
            "origin": escape(origin(trace)),
            "summary": "".join(f"<p>{escape(text)}</p>" for text in summary(trace)),
            "picture": trace_svg(trace),
            "unplaced": _unplaced(trace),
            "rows": _table(trace),
        },
    )


def origin(trace: Trace) -> str:
    """Other names, founding year, agency and document, as far as the lexicon knows them."""
    facts = [
        f"又称：{'、'.join(trace.aliases[:6])}{' 等' * (len(trace.aliases) > 6)}" if trace.aliases else "",
        f"创始：{trace.since}年" if trace.since is not None else "",
        trace.issuer,
        f"《{trace.document.strip('《》')}》" if trace.document else "",
        trace.number,
    ]
    return "　".join(filter(None, facts))


def summary(trace: Trace) -> list[str]:
    """What the page and the terminal say in words: first adopter, order, said sources, and the caveat."""
    return [text for text in (_first(trace), _order(trace), _sources(trace), _open(trace), _caveat(trace)) if text]


def _first(trace: Trace) -> str:
    firsts = first_adopters(trace)
    if not firsts:
        return "已读文件中没有带年份的采纳记录，无从判断先后。" if trace.adoptions else "已读文件中没有采纳记录。"
    names = "、".join(dict.fromkeys(a.place.name or "一个名称不详的地方" for a in firsts))
    status = "，当时尚在计划中" if all(a.claim.status == "Planned" for a in firsts) else ""
    bound = "；年份取自文件，实际可能更早" if all(a.claim.date_kind == "Document" for a in firsts) else ""
    label = "首个已知采纳者" if len({a.place.name for a in firsts}) == 1 else "最早的已知采纳者（同年，先后不明）"
    return f"{label}：{names}（{year_text(firsts[0].claim)}{status}{bound}）。"


def _order(trace: Trace) -> str:
    first: dict[str, ClaimView] = {}
    for adoption in sorted(trace.adoptions, key=by_time_and_weight):
        if adoption.claim.year is not None and adoption.place.name:
            first.setdefault(adoption.place.name, adoption.claim)
    years: dict[int, list[str]] = {}
    for name, claim in first.items():
        years.setdefault(claim.year or 0, []).append(name + "（计划）" * (claim.status == "Planned"))
    listed = "；".join(f"{year}年 {'、'.join(names)}" for year, names in sorted(years.items()))
    return f"按首次见于文件的年份：{listed}。" if len(first) > 1 else ""


def _sources(trace: Trace) -> str:
    words = {"Promotes": "{0}的做法推广至{1}", "LearnsFrom": "{1}学习{0}", "Cooperates": "{1}与{0}合作"}
    said = [
        words.get(s.kind, "{0}→{1}").format(s.source.name or "（来源不详）", s.receiver.name or "（对象不详）")
        + (f"（{year_text(s.claim)}）" if s.claim.year is not None else "")
        for s in sorted(trace.said, key=lambda s: (s.claim.year is None, s.claim.year or 0, s.claim.iri))
    ]
    return f"文中明言的来源：{'；'.join(dict.fromkeys(said))}。" if said else "没有文件明言从何处学来。"


def _open(trace: Trace) -> str:
    undated = dict.fromkeys(a.place.name for a in trace.adoptions if a.claim.year is None and a.place.name)
    nameless = sum(not a.place.name for a in trace.adoptions)
    parts = [f"年份不详：{'、'.join(undated)}" if undated else "", f"地方不详：{nameless} 处" if nameless else ""]
    known = "；".join(filter(None, parts))
    return f"{known}。" if known else ""


def _caveat(trace: Trace) -> str:
    files = f"（{trace.files_read} 份）" if trace.files_read is not None else ""
    return f"未见不等于未采纳：这里只反映已读文件{files}所写的内容，没有文件的地方和年份是空白，不是“没有”。"


def _unplaced(trace: Trace) -> str:
    said = picture(trace).unplaced
    if not said:
        return ""
    items = "".join(
        f"<li>{escape(s.claim.says or s.claim.sentence)}"
        f"（{escape(year_text(s.claim) or '年份不详')}，{escape(s.claim.file)}）</li>"
        for s in said
    )
    return f'<p class="quiet">文中提到传播，但来源或对象不明，图中未画：</p><ul class="quiet">{items}</ul>'


def _table(trace: Trace) -> str:
    firsts = {a.claim.iri for a in first_adopters(trace)}
    rows = (dict(zip(COLUMNS, row, strict=True)) for row in trace_rows(trace).rows)
    return "".join(_table_row({name: cell or "" for name, cell in row.items()}, row["编号"] in firsts) for row in rows)


def _table_row(cell: dict[str, str], first: bool) -> str:
    told = {name: escape(text) for name, text in cell.items()}
    place = told["地方"] or '<span class="open">地方不详</span>'
    year = told["年份"] or '<span class="open">不详</span>'
    claim = escape(cell["编号"].rsplit("/", 1)[-1])
    return (
        f'<tr class="{"first" if first else ""}"><td class="year">{year}</td>'
        f'<td class="name">{place}<br><small>{told["层级"]} {told["上级"]}</small></td>'
        f"<td>{told['行为']} {told['对象或来源']}<br><small>{told['进展']}</small></td>"
        f'<td class="said">{told["句子"]}</td>'
        f"<td>{told['文件']}<br><small>{told['部分']}</small></td>"
        f"<td><small>{told['规则']} {told['置信度']}</small><br><code>{claim}</code></td></tr>"
    )
