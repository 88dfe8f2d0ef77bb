"""A study → what its numbers lead to: the table of adoptions, groups of them, documents read by year, the sentences."""

from __future__ import annotations

from kg.diffusion.adoptions import Adoption
from kg.pictures.palette import DATED_NAMES, LEVEL_NAMES
from kg.views.diffusion.sections.study import Study
from kg.views.diffusion.sections.words import STATES, interval_text
from kg.views.page import escape


def appendix(study: Study) -> str:
    """Written last, when every number of the page has asked for its anchor."""
    body = _adoptions(study) + _groups(study) + _read(study) + _sentences(study)
    return f'<section id="data" class="basis"><h2>附：数据与依据</h2>{body}</section>'


def _adoptions(study: Study) -> str:
    history = study.history
    tables = []
    for number, program in enumerate(history.programs, 1):
        rows = "".join(_row(study, adoption) for adoption in history.by_program[program.id])
        if rows:
            head = "".join(f"<th>{name}</th>" for name in ("号", "地方", "层级", "年份", "依据", "进展", "句子"))
            caption = f'<caption id="p{number}">{escape(program.name)}：采纳记录</caption>'
            tables.append(
                f'<div class="wide"><table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
            )
    return "".join(tables)


def _row(study: Study, adoption: Adoption) -> str:
    number = study.basis.number(adoption)
    names = [study.basis.sentence(evidence) for evidence in adoption.evidence]
    links = "、".join(f'<a href="#{name}">{name[1:]}</a>' for name in names) or "—"
    unit = study.history.unit[adoption.unit]
    above = study.name(unit.province) if unit.province and unit.province != unit.id else ""
    cells = (
        str(number),
        f"{escape(study.name(unit.id))}<br><small>{escape(above)}</small>" if above else escape(study.name(unit.id)),
        LEVEL_NAMES[unit.level],
        escape(interval_text(adoption)),
        DATED_NAMES[adoption.dated],
        STATES[adoption.status],
        links,
    )
    return f'<tr id="a{number}">{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'


def _groups(study: Study) -> str:
    items = "".join(
        f'<li id="g{number}">第{number}组，{len(members)}条：'
        + "、".join(f'<a href="#a{member}">{member}</a>' for member in members)
        + "</li>"
        for members, number in study.basis.groups.items()
    )
    return f"<h3>数字所依据的各组采纳</h3><ul>{items}</ul>" if items else ""


def _read(study: Study) -> str:
    """Of each year the places with the number of their documents."""
    years = sorted({year for _, year in study.history.read} | {year for _, year in study.history.missing})
    items = []
    for year in years:
        read = sorted((unit, n) for (unit, of), n in study.history.read.items() if of == year and n)
        gone = sorted((unit, n) for (unit, of), n in study.history.missing.items() if of == year and n)
        told = "、".join(f"{escape(study.name(unit))} {n}" for unit, n in read) or "无"
        told += "；应有而未读到：" + "、".join(f"{escape(study.name(unit))} {n}" for unit, n in gone) if gone else ""
        items.append(f'<li id="read-{year}">{year}年：{told}</li>')
    return f"<h3>各年读到的文件数</h3><ul>{''.join(items)}</ul>" if items else ""


def _sentences(study: Study) -> str:
    items = []
    for number, evidence in study.basis.sentences.values():
        year = "" if evidence.year is None else f"{evidence.year:g}年"
        claim = evidence.claim.rpartition("/")[2]
        where = "，".join(filter(None, (evidence.file, year, STATES[evidence.status])))
        code = f' <code title="{escape(evidence.claim)}">{escape(claim)}</code>' if claim else ""
        said = f"<blockquote>{escape(evidence.sentence)}</blockquote>" if evidence.sentence else ""
        items.append(f'<li id="e{number}" value="{number}">{said}<small>{escape(where)}</small>{code}</li>')
    return f'<h3>句子</h3><ol class="sentences">{"".join(items)}</ol>' if items else ""
