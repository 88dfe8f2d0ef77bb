"""An exploration → the pages that are compared: ours, and what plain pyvis makes of the same things, ties and sentences."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from pyvis.network import Network

from kg.views.explorer.page import explorer_html
from kg.views.explorer.records import Exploration
from kg.views.network import MARKS
from kg.views.words import KINDS, LINKS

MADE = "network = new vis.Network(container, data, options);"
STABLE = "document.documentElement.dataset.drawn = 'yes'"
# pyvis shows nothing until its physics has come to rest; with given places the first drawing is the picture.
RESTS = f"network.once('stabilizationIterationsDone', () => network.once('afterDrawing', () => {{ {STABLE} }}));"
DRAWS = f"network.once('afterDrawing', () => {{ {STABLE} }});"


def write_ours(shown: Exploration, file: Path) -> None:
    """The explorer."""
    file.write_text(explorer_html(shown), "utf-8", newline="\n")


def write_pyvis(shown: Exploration, file: Path, *, physics: bool) -> None:
    """Names as labels, sentences as tooltips, all else as pyvis has it; without physics at the places of `shown`.

    The lists are filled directly, for add_edge would take 17 s at 20,000 nodes, and that is not what is measured.
    """
    net = Network(height="900px", width="100%", directed=True, cdn_resources="in_line")
    net.nodes = [_node(i, shown, physics=physics) for i in range(len(shown.things))]
    net.edges = [
        {
            "from": tie.source,
            "to": tie.target,
            "arrows": "to",
            "title": "\n".join(shown.quotes[shown.claims[claim].quote].text for claim in tie.claims),
            "label": LINKS[tie.link],
        }
        for tie in shown.ties
    ]
    if not physics:
        net.toggle_physics(False)
    before, made, after = net.generate_html().rpartition(MADE)
    file.write_text(before + made + (RESTS if physics else DRAWS) + after, "utf-8")


def _node(number: int, shown: Exploration, *, physics: bool) -> dict[str, object]:
    thing = shown.things[number]
    mark = MARKS[thing.kind]
    node: dict[str, object] = {"id": number, "label": thing.name, "title": f"{thing.name}，{KINDS[thing.kind]}"}
    node |= {"shape": mark.shape, "color": mark.color, "size": 8}
    return node if physics else node | dict(zip("xy", shown.places[number], strict=True))
