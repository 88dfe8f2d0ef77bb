"""A study → the sentences at its head, such as a paper could take over."""

from __future__ import annotations

from kg.diffusion.adoptions import Adoption
from kg.model import Status
from kg.pictures.choosing import dated
from kg.views.diffusion.sections.basis import figure, who
from kg.views.diffusion.sections.first import headline
from kg.views.diffusion.sections.study import Study, paragraph, share_text, year_text


def summary(study: Study) -> str:
    """How much was read, how many adopted, from when to when, and how well the years are known."""
    if not study.history.adoptions:
        return paragraph("没有读到采纳记录。")
    return paragraph(_found(study)) + paragraph(_years(study), _reached(study)) + paragraph(headline(study))


def _found(study: Study) -> str:
    adoptions, history = study.history.adoptions, study.history
    what = f"“{who(study.program.name)}”" if study.program else f"{figure(len(history.programs), 'data')}个政策项目"
    places = len({a.unit for a in adoptions})
    planned = [a for a in adoptions if a.status is Status.PLANNED]
    told = f"关于{what}，共有{figure(places, 'data')}个地方的{study.count(adoptions)}条采纳记录"
    told += f"，其中{study.count(planned)}条只见于计划" if planned else ""
    return f"{_read(study)}{told}。"


def _read(study: Study) -> str:
    """What was read, linked to the table of coverage."""
    documents = sum(study.history.read.values())
    if not documents:
        return f"依据数据表{who(study.source)}（没有阅读记录），"
    years = [year for _, year in study.history.read]
    units = len({unit for unit, _ in study.history.read})
    span = f"{figure(min(years), 'coverage')}—{figure(max(years), 'coverage')}年"
    return f"在已读的{figure(units, 'coverage')}个地方、{figure(documents, 'coverage')}份文件（{span}）中，"


def _years(study: Study) -> str:
    known = dated(study.history.adoptions)
    exact = [a for a in known if a.is_exact]
    bounds = [a for a in known if not a.is_exact]
    open_ = [a for a in study.history.adoptions if a.upper is None]
    parts = [
        f"{study.count(exact)}条的年份确知" if exact else "",
        f"{study.count(bounds)}条只知年份的区间或上限" if bounds else "",
    ]
    parts += [f"{study.count(open_)}条没有年份" if open_ else ""]
    told = "、".join(filter(None, parts)) + "。"
    if not known:
        return told
    first, last = _at(known, known[0].upper), _at(known, known[-1].upper)
    span = f"最早的记录在{study.on(year_text(known[0].upper), first)}年"
    if study.program:
        span += f"（{study.names(first)}）"
    return f"{told}{span}，最晚的在{study.on(year_text(known[-1].upper), last)}年。"


def _at(known: list[Adoption], year: float | None) -> list[Adoption]:
    return [a for a in known if a.upper == year]


def _reached(study: Study) -> str:
    """The share, only of a programme and only of the places that speak for themselves."""
    read = {unit for (unit, _), number in study.history.read.items() if number}
    if study.program is None or not read:
        return ""
    adopted = [a for a in study.history.adoptions if a.unit in read]
    share = study.on(share_text(len(adopted) / len(read)), adopted)
    return (
        f"自身有文件可读的{figure(len(read), 'coverage')}个地方中，{study.count(adopted)}个有采纳记录（{share}）；"
        "文件并非随机抽取，未见也不等于未采纳，此比例不能当作全国的采纳率。"
    )
