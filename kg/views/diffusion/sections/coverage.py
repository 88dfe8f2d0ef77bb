"""A study → what was read and what was not, which years are only bounds, which adopters are tied, and what follows from it."""

from __future__ import annotations

from collections import Counter, defaultdict

from kg.diffusion.adoptions import Adoption
from kg.model import Status
from kg.pictures.choosing import dated
from kg.pictures.palette import DATED_NAMES
from kg.views.diffusion.sections.basis import figure, who
from kg.views.diffusion.sections.study import Study, paragraph, section, share_text, table

SHOWN = 20  # ties


def coverage(study: Study) -> str:
    """Documents read by year: a number here rests on files, not on sentences, and leads to the rows of their places."""
    history = study.history
    if not history.read:
        return section("coverage", "覆盖", paragraph("来源是数据表，没有阅读记录：不在表中的地方是否采纳，无从得知。"))
    rows = []
    for year in sorted({year for _, year in history.read} | {year for _, year in history.missing}):
        units = [unit for (unit, of), number in history.read.items() if of == year and number]
        documents = sum(number for (_, of), number in history.read.items() if of == year)
        gone = sum(number for (_, of), number in history.missing.items() if of == year)
        new = [a for a in history.adoptions if a.upper is not None and round(a.upper) == year]
        cells = [figure(year, f"read-{year}"), figure(len(units), f"read-{year}"), figure(documents, f"read-{year}")]
        rows.append(
            (*cells, figure(gone, f"read-{year}") if history.missing else "—", study.count(new) if new else "—")
        )
    columns = ("年份", "读到文件的地方", "文件", "应有而未读到", "该年的采纳")
    return section("coverage", "覆盖", table("各年读到的文件", columns, rows, range(5)))


def ties(study: Study) -> str:
    """Adopters of one programme in one year, whose order nobody knows."""
    groups: dict[tuple[str, float], list[Adoption]] = defaultdict(list)
    known = dated(study.history.adoptions)
    for adoption in known:
        groups[adoption.program, adoption.upper or 0.0].append(adoption)
    tied = sorted((some for some in groups.values() if len(some) > 1), key=lambda some: (-len(some), some[0].program))
    if not tied:
        return ""
    every = [a for some in tied for a in some]
    share = share_text(len(every) / len(known))
    told = f"{study.count(every)}条采纳（占有年份者的{study.on(share, every)}）与同一项目的另一条同年，先后不明。"
    rows = (
        (
            who(study.history.program[some[0].program].name),
            study.on(f"{some[0].upper:g}", some),
            study.count(some),
            study.names(some, 8),
        )
        for some in tied[:SHOWN]
    )
    more = f"另有{study.on(len(tied) - SHOWN, every)}组。" if len(tied) > SHOWN else ""
    columns = ("项目", "年份", "同年者", "地方")
    return section(
        "ties", "同年的采纳", paragraph(told), table("同年采纳最多的", columns, rows, (1, 2)), paragraph(more)
    )


def limits(study: Study) -> str:
    """What the reader must not conclude, with the numbers that say so."""
    history, adoptions = study.history, study.history.adoptions
    if not adoptions:
        return ""
    bounds = [a for a in adoptions if a.upper is not None and not a.is_exact]
    undated = [a for a in adoptions if a.upper is None]
    planned = [a for a in adoptions if a.status is Status.PLANNED]
    ended = [a for a in adoptions if a.ended is not None]
    read = {unit for unit, _ in history.read}
    unread = [a for a in adoptions if read and a.unit not in read]
    items = [
        "未见不等于未采纳：这里只反映读到的文件所写的内容。",
        f"左删失：{study.count(bounds)}条的年份只是上限或区间，实际可能更早。" if bounds else "",
        f"{study.count(undated)}条没有年份，不在曲线和次序中。" if undated else "",
        "右删失：未见采纳的地方，只知道到其最后一份已读文件为止没有提到。" if history.read else "",
        f"{study.count(planned)}条只见于计划，也计为采纳；不要计入时用 --begun-only。" if planned else "",
        f"{study.count(unread)}条采纳的地方自身没有读到文件，是别处的文件提到的。" if unread else "",
        f"{study.count(ended)}条后来有终止的记载，仍计为曾经采纳。" if ended else "",
        "由规则从文字中读出，会漏读，也可能读错；引用前请点开数字核对句子。",
        "先后次序和推断的网络都不证明谁影响了谁。",
    ]
    return section("limits", "局限", f"<ul>{''.join(f'<li>{item}</li>' for item in items if item)}</ul>", _dated(study))


def _dated(study: Study) -> str:
    kinds = Counter(a.dated for a in study.history.adoptions)
    rows = []
    for kind in DATED_NAMES:
        if kinds[kind]:
            some = [a for a in study.history.adoptions if a.dated is kind]
            share = share_text(len(some) / len(study.history.adoptions))
            rows.append((DATED_NAMES[kind], study.count(some), study.on(share, some)))
    return table("年份的依据", ("依据", "采纳", "占比"), rows, (1, 2))
