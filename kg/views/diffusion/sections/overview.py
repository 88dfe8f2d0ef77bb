"""A study of all programmes → one line for each, and the pictures that set them side by side."""

from __future__ import annotations

from collections.abc import Iterator

from kg.diffusion.ways.direction import direction
from kg.diffusion.ways.firsts import firsts
from kg.pictures.alluvial import alluvial
from kg.pictures.choosing import dated
from kg.pictures.heat import heat
from kg.pictures.multiples import multiples
from kg.pictures.space import space
from kg.pictures.strip import cascades
from kg.views.diffusion.sections.basis import who
from kg.views.diffusion.sections.study import Study, drawn, paragraph, section, table, year_text
from kg.views.diffusion.sections.words import TYPES

SHOWN = 60  # programmes in the table


def overview(study: Study) -> str:
    """Programmes with most adopters first, then strips, heat map, streams, small curves and points in space."""
    if study.program is not None or not study.history.adoptions:
        return ""
    pictures = (cascades, heat, alluvial, multiples, space)
    return section("overview", "全部项目", _table(study), *(drawn(draw(study.history)) for draw in pictures))


def _table(study: Study) -> str:
    history = study.history
    ranked = sorted(history.programs, key=lambda p: (-len(history.by_program[p.id]), p.id))
    shown = [p.id for p in ranked if len(history.by_program[p.id]) > 1][:SHOWN] or [p.id for p in ranked[:SHOWN]]
    columns = ("项目", "地方", "首年", "末年", "可能最先者", "方向")
    left_out = [a for program in ranked[len(shown) :] for a in history.by_program[program.id]]
    more = len(ranked) - len(shown)
    rest = f"其余{study.on(more, left_out)}个项目采纳者更少或只见于一地，见数据表。" if more else ""
    return table("各项目，按采纳者多少", columns, _rows(study, shown), (1, 2, 3)) + paragraph(rest)


def _rows(study: Study, programs: list[str]) -> Iterator[tuple[str, ...]]:
    for program in programs:
        adoptions = study.history.by_program[program]
        known = dated(adoptions)
        ends = [(year_text(a.upper), [a]) for a in (known[:1] + known[-1:])] or [("—", [*adoptions])] * 2
        possible = [placing.adoption for placing in firsts(study.history, program).candidates]
        yield (
            who(study.history.program[program].name),
            study.count(adoptions),
            *(study.on(year, some) for year, some in ends),
            study.names(possible, 3) or "—",
            TYPES[direction(study.history, program, study.origins.get(program)).type],
        )
