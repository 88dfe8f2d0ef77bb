"""A study of one programme → its way from place to place, in pictures and with the sentences behind each step."""

from __future__ import annotations

from kg.diffusion.adoptions import Adoption
from kg.diffusion.ways.way import Grade, Step, Way
from kg.pictures.arrows import Arrow, Sureness
from kg.pictures.space import space
from kg.pictures.time import time
from kg.views.diffusion.sections.basis import figure, who
from kg.views.diffusion.sections.study import Study, drawn, paragraph, section, table
from kg.views.diffusion.sections.words import BYS, GRADES

SURENESS: dict[Grade, Sureness] = {Grade.SAID: "said", Grade.DOCUMENT: "implied", Grade.INFERRED: "inferred"}
MOST_SENTENCES = 6  # of one step


def arrows_of(way: Way) -> tuple[Arrow, ...]:
    """The steps of a way as arrows of a picture."""
    return tuple(Arrow(s.origin, s.destination, SURENESS[s.grade], len(s.evidence)) for s in way.steps)


def path(study: Study) -> str:
    """The network in time, the points in space, and the steps, what is said and what is inferred kept apart."""
    if study.program is None or not study.history.adoptions:
        return ""
    way = study.ways.get(study.program.id)
    arrows = arrows_of(way) if way else ()
    return section(
        "path",
        "从谁到谁",
        drawn(time(study.history, study.program.id, arrows)),
        drawn(space(study.history, study.program.id, tuple(a for a in arrows if a.sureness != "inferred"))),
        _steps(study, way) if way else paragraph("资料没有说明从何处学来；下图只有年份。"),
    )


def _steps(study: Study, way: Way) -> str:
    if not way.steps:
        return paragraph("没有哪份文件说明从何处学来，年份也不足以推断。")
    tables = [_of_grade(study, way, grade, [s for s in way.steps if s.grade is grade]) for grade in Grade]
    more = _of_grade(study, way, None, [*way.further, *way.contradicted])
    return (
        paragraph("三种依据分别列出，不可混为一谈：文中明言的，由文件推知的，仅由年份推断的。") + "".join(tables) + more
    )


def _of_grade(study: Study, way: Way, grade: Grade | None, steps: list[Step]) -> str:
    def cells(step: Step) -> tuple[str, ...]:
        contradicted = "（与年份不符）" if step in way.contradicted else ""
        links = "、".join(figure(name[1:], name) for name in map(study.basis.sentence, step.evidence[:MOST_SENTENCES]))
        return (
            who(way.names.get(step.origin, step.origin)),
            who(way.names.get(step.destination, step.destination)),
            BYS[step.by] + contradicted,
            who(step.note),
            links or _adoptions(study, step),
        )

    caption = f"{GRADES[grade]}的传播" if grade else "另有说法，未列为路径"
    return table(caption, ("来源", "去向", "依据", "文件", "句子"), map(cells, steps))


def _adoptions(study: Study, step: Step) -> str:
    ends = (step.origin, step.destination)
    mine: list[Adoption] = [a for a in study.history.adoptions if a.unit in ends]
    return study.count(mine)
