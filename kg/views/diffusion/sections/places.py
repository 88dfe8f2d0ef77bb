"""A study of all programmes → how innovative the places are, with intervals."""

from __future__ import annotations

from kg.diffusion.innovativeness.bootstrap import Score
from kg.diffusion.innovativeness.scores import Innovativeness, innovativeness
from kg.pictures.palette import LEVEL_NAMES
from kg.views.diffusion.sections.basis import who
from kg.views.diffusion.sections.study import Study, paragraph, section, table

LEAST = 5  # programmes in which a place was seen; below, a score says little
SHOWN = 30


def places(study: Study) -> str:
    """Walker's score and the adoption rate (Boehmke and Skinner), the most innovative by rate first."""
    if study.program is not None or not study.history.adoptions:
        return ""
    found = [one for one in innovativeness(study.history, least=LEAST, seed=study.seed) if one.rate.rank is not None]
    heading = "地方的创新性"
    if not found:
        return section("places", heading, paragraph("没有哪个地方在足够多的项目中可以观察，不作排名。"))
    columns = ("名次", "地方", "层级", "可观察的项目", "采纳", "采纳率", "95%区间", "Walker得分", "95%区间")
    caption = "创新性：采纳率（Boehmke与Skinner）和Walker得分，区间由项目的自助法得出"
    more = f"其余{study.on(len(found) - SHOWN, study.history.adoptions)}个地方未列。" if len(found) > SHOWN else ""
    rows = (_cells(study, one) for one in found[:SHOWN])
    return section("places", heading, table(caption, columns, rows, (0, 3, 4, 5, 6, 7, 8)), paragraph(more))


def _cells(study: Study, one: Innovativeness) -> tuple[str, ...]:
    mine = [a for a in study.history.adoptions if a.unit == one.unit] or list(study.history.adoptions)
    numbers = (one.programs, one.adopted, *_score(one.rate), *_score(one.walker))
    return (
        study.on(one.rate.rank, mine),
        who(study.name(one.unit)),
        LEVEL_NAMES[study.history.unit[one.unit].level],
        *(study.on(number, mine) for number in numbers),
    )


def _score(score: Score) -> tuple[str, str]:
    if score.value is None:
        return "—", "—"
    between = "—" if score.lower is None or score.upper is None else f"{score.lower:.3f}–{score.upper:.3f}"
    return f"{score.value:.3f}", between
