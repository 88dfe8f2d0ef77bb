"""A study → the network that the years of all programmes suggest, each edge against chance, with the sentences behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.diffusion.adoptions import Adoption, History
from kg.diffusion.cascades import Cascades, cascades_from
from kg.diffusion.inference.classes import edge_class
from kg.diffusion.inference.permutation import Significance, TestedEdge, significant_edges
from kg.diffusion.ways.order import Order, Years
from kg.pictures.arrows import Arrow
from kg.pictures.choosing import dated
from kg.pictures.time import time
from kg.views.diffusion.sections.basis import figure, term, who
from kg.views.diffusion.sections.study import Study, drawn, paragraph, section, table
from kg.views.diffusion.sections.words import CLASSES

CASCADES, ADOPTERS = 20, 2  # fewer programmes with so many dated adopters say nothing of a network
SHOWN, PROGRAMS, SENTENCES = 60, 4, 2
HEADING = "推断的网络"


@dataclass(frozen=True, slots=True)
class Step:
    """One programme in which an edge may have been the way."""

    origin: Adoption
    destination: Adoption


def inferred(study: Study) -> str:
    """Of the whole source; on the page of one programme only the edges between its adopters. Or why there is none."""
    if not study.history.adoptions or not study.network:
        return ""
    cascades = usable(study.whole)
    if len(cascades) < CASCADES:
        return section("inferred", HEADING, paragraph(_too_few(len(cascades))))
    found = tested(study.whole, study.seed)
    edges = [edge for edge in found.reported if study.program is None or _here(study, found, edge)]
    told = paragraph(_told(study, found, len(cascades), edges))
    return section("inferred", HEADING, told, _picture(study, found, edges), _table(study, found, edges))


def usable(history: History) -> Cascades:
    """The programmes that at least two units adopted in a known year."""
    cascades = cascades_from(history)
    sizes = cascades.starts[1:] - cascades.starts[:-1]
    return cascades.only([number for number, size in enumerate(sizes.tolist()) if size >= ADOPTERS])


def tested(history: History, seed: int) -> Significance:
    """The edges of a history against the permutations of its years."""
    return significant_edges(usable(history), seed=seed)


def network_arrows(history: History, seed: int = 0) -> tuple[Arrow, ...]:
    """The significant edges of all programmes for a picture; none where there are too few programmes."""
    if len(usable(history)) < CASCADES:
        return ()
    found = tested(history, seed)
    return _arrows(found, found.reported)


def behind(history: History, origin: str, destination: str) -> list[Step]:
    """The programmes that both adopted, the origin not surely later; the shortest lag first."""
    of = {a.program: a for a in history.adoptions if a.unit == origin}
    pairs = [Step(of[a.program], a) for a in history.adoptions if a.unit == destination and a.program in of]
    allowed = [s for s in pairs if Years.of(s.origin).order(Years.of(s.destination)) is not Order.AFTER]
    return sorted(allowed, key=_lag)


def _lag(step: Step) -> tuple[bool, float, str]:
    one, other = step.origin.upper, step.destination.upper
    return one is None or other is None, (other or 0.0) - (one or 0.0), step.origin.program


def _too_few(cascades: int) -> str:
    has = f"这里只有{figure(cascades, 'data')}个" if cascades else "这里一个也没有"
    return (
        f"没有推断网络：至少要有{term(str(CASCADES))}个由{term(str(ADOPTERS))}个以上地方在已知年份采纳的项目，{has}。"
        "从少数项目推断出的网络多半是偶然。"
    )


def _here(study: Study, found: Significance, edge: TestedEdge) -> bool:
    """Whether the edge may have been the way of the programme that the study is on."""
    ends = found.units[edge.origin], found.units[edge.destination]
    return any(step.origin.program == study.history.programs[0].id for step in behind(study.history, *ends))


def _told(study: Study, found: Significance, cascades: int, edges: list[TestedEdge]) -> str:
    rows = "edges" if edges else "inferred"
    told = f"由{figure(cascades, 'data')}个项目的先后推断（NetInf，年份为区间，同年可有边），"
    told += f"以项目内置换年份为零假设：试过的{figure(len(found.edges), rows)}条边中，"
    told += f"q值不高于{term(f'{found.level:g}')}的有{figure(len(found.reported), rows)}条"
    if not found.reported:
        return told + "。没有一条边超出偶然，所以不列边；项目或带年份的采纳再多一些，结果可能不同。"
    told += f"，其中预期的假边不超过{figure(f'{found.expected_false:.1f}', rows)}条。"
    if study.program is not None:
        told += f"两端都采纳了本项目、年份也允许的有{figure(len(edges), rows)}条；"
        told += "网络来自所有项目，某一项目是否沿某条边传播只是推测。"
    return told + "边只说后者比偶然更常跟在前者之后，不说明影响。"


def _picture(study: Study, found: Significance, edges: list[TestedEdge]) -> str:
    if not edges:
        return ""
    program = study.program.id if study.program else ""
    return drawn(time(study.history, program, _arrows(found, edges)))


def _arrows(found: Significance, edges: Iterable[TestedEdge]) -> tuple[Arrow, ...]:
    return tuple(Arrow(found.units[e.origin], found.units[e.destination], "inferred", e.excess) for e in edges)


def _table(study: Study, found: Significance, edges: list[TestedEdge]) -> str:
    columns = ("号", "来源", "去向", "关系", "项目数", "超出偶然的对数似然", "z", "p", "q", "所依据的项目与句子")
    rows = (_cells(study, found, number, edge) for number, edge in enumerate(edges[:SHOWN], 1))
    more = f"其余{figure(len(edges) - SHOWN, 'edges')}条未列。" if len(edges) > SHOWN else ""
    made = table("推断的边，按超出偶然的程度", columns, rows, (0, 4, 5, 6, 7, 8))
    return f'<div id="edges">{made}{paragraph(more)}</div>' if made else ""


def _cells(study: Study, found: Significance, number: int, edge: TestedEdge) -> tuple[str, ...]:
    ends = found.units[edge.origin], found.units[edge.destination]
    anchor = f"edge-{number}"
    small = (f"{value:.3f}" if value >= 0.0005 else "<0.001" for value in (edge.p_value, edge.q_value))
    numbers = (number, edge.cascades, f"{edge.excess:.2f}", f"{edge.z:.2f}", *small)
    first, *rest = (figure(value, anchor) for value in numbers)
    kind = CLASSES[edge_class(study.whole.unit[ends[0]], study.whole.unit[ends[1]], study.whole.unit)]
    sentences = _evidence(study, behind(study.whole, *ends))
    return first, *(who(study.name(end)) for end in ends), kind, *rest, f'<span id="{anchor}">{sentences}</span>'


def _evidence(study: Study, steps: list[Step]) -> str:
    told = []
    for step in steps[:PROGRAMS]:
        name = who(study.whole.program[step.origin.program].name)
        links = "、".join(_sentences(study, (step.origin, step.destination)))
        told.append(f"{name}（{links}）" if links else name)
    more = f"等{figure(len(steps), 'data')}个项目" if len(steps) > PROGRAMS else ""
    return "；".join(told) + more


def _sentences(study: Study, adoptions: Iterable[Adoption]) -> Iterator[str]:
    for adoption in dated(adoptions):
        for evidence in adoption.evidence[:SENTENCES]:
            anchor = study.basis.sentence(evidence)
            yield figure(anchor[1:], anchor)
