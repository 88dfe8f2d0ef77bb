"""From whom to whom a programme went, and how sure that is: said in a text, implied by a document, or inferred."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch

from kg.pictures.palette import ACCENT, INFERRED, SAID

Sureness = Literal["said", "implied", "inferred"]
MOST_ARROWS = 200
LOOKS: dict[Sureness, tuple[str, str, object, float]] = {
    "said": ("文中明言", SAID, "-", 1.8),
    "implied": ("由文件推知（落实上级）", ACCENT, (0, (5, 2)), 1.1),
    "inferred": ("由先后次序推断", INFERRED, (0, (1.5, 1.5)), 1.1),
}


class Arrow(NamedTuple):
    """From the unit with the id `origin` to the one with the id `destination`; the heavier are drawn first."""

    origin: str
    destination: str
    sureness: Sureness
    weight: float = 1.0


def heaviest(arrows: tuple[Arrow, ...], known: set[str]) -> tuple[list[Arrow], str]:
    """At most 200 of those whose ends are both drawn: what is said before what is inferred; and a note on the rest."""
    order = list(LOOKS)
    usable = [a for a in arrows if a.origin in known and a.destination in known and a.origin != a.destination]
    kept = sorted(usable, key=lambda a: (order.index(a.sureness), -a.weight, a.origin, a.destination))[:MOST_ARROWS]
    notes = [f"只画{MOST_ARROWS}条箭头，其余{len(usable) - MOST_ARROWS}条未画。" if len(usable) > MOST_ARROWS else ""]
    notes += [f"{len(arrows) - len(usable)}条箭头的一端不在图上，未画。" if len(arrows) > len(usable) else ""]
    return kept, "".join(notes)


def draw(axes: Axes, arrows: list[Arrow], places: dict[str, tuple[float, float]], radius: float = 5.0) -> None:
    """Slightly bent, so that there and back are two lines."""
    for arrow in reversed(arrows):
        _, color, dashes, thick = LOOKS[arrow.sureness]
        axes.add_patch(
            FancyArrowPatch(
                places[arrow.origin],
                places[arrow.destination],
                arrowstyle="-|>,head_length=4,head_width=2.2",
                connectionstyle="arc3,rad=0.12",
                color=color,
                linestyle=dashes,
                linewidth=thick,
                shrinkA=radius,
                shrinkB=radius + 1,
                mutation_scale=1,
                zorder=2,
                alpha=0.9,
            )
        )


def legend(arrows: list[Arrow]) -> list[tuple[str, dict[str, Any]]]:
    """The kinds of arrows that are there."""
    present = {arrow.sureness for arrow in arrows}
    return [
        (words, {"linestyle": dashes, "color": color, "linewidth": thick})
        for sureness, (words, color, dashes, thick) in LOOKS.items()
        if sureness in present
    ]
