"""A study of diffusion → one HTML page, every number of which leads to the sentences behind it; it opens without a network."""

from __future__ import annotations

import re

from kg.views.diffusion.sections.appendix import appendix
from kg.views.diffusion.sections.coverage import coverage, limits, ties
from kg.views.diffusion.sections.curve import curve
from kg.views.diffusion.sections.first import direction_section, first
from kg.views.diffusion.sections.inferred import inferred
from kg.views.diffusion.sections.methods import methods
from kg.views.diffusion.sections.overview import overview
from kg.views.diffusion.sections.path import path
from kg.views.diffusion.sections.places import places
from kg.views.diffusion.sections.study import Section, Study
from kg.views.diffusion.sections.summary import summary
from kg.views.page import fill

SECTIONS: tuple[Section, ...] = (
    overview,
    curve,
    first,
    direction_section,
    path,
    inferred,
    places,
    ties,
    coverage,
    limits,
    methods,
    appendix,  # last: it prints what the others have asked for
)
HEADING = re.compile(r'<section id="([\w-]+)"[^>]*><h2>(.*?)</h2>')


def report_html(study: Study) -> str:
    """The report on one programme, or on all programmes of the source."""
    title = f"{study.program.name}：扩散报告" if study.program else f"政策扩散报告：{study.source}"
    told = summary(study)
    sections = "\n".join(write(study) for write in SECTIONS)
    return fill(
        "diffusion.html", {"title": title}, {"summary": told, "contents": _contents(sections), "sections": sections}
    )


def _contents(sections: str) -> str:
    links = "".join(f'<li><a href="#{anchor}">{heading}</a></li>' for anchor, heading in HEADING.findall(sections))
    return f'<nav aria-label="目录"><ul>{links}</ul></nav>'
