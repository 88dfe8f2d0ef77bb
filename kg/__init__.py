"""policy-kg: from Chinese policy documents to a graph that shows how policies travel.

```python
import kg
kg.build(["docs/"], "graph/")              # the same as `kg build docs/ --out graph/`
graph = kg.open_graph("graph/")
for row in graph.query("SELECT ?name WHERE { ?p a pol:Program ; skos:prefLabel ?name }"): ...
graph.records("who-adopted", program="县管校聘"); graph.dataframe("first-adopters")
graph.networkx(); graph.rdflib_dataset()
history = kg.open_history("graph/")        # who adopted what, between which years: the start of kg.diffusion
```
"""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.diffusion.adoptions import History
    from kg.graph.store import PolicyGraph
    from kg.graph_folder import Built

__all__ = ["build", "open_graph", "open_history"]


def build(docs: Iterable[str | PathLike[str]], folder: str | PathLike[str]) -> Built:
    """Reads files and folders and writes the graph into `folder`; raises NothingToBuild when nothing could be read."""
    from kg.pipeline import build as built

    return built([Path(doc) for doc in docs], Path(folder))


def open_graph(path: str | PathLike[str]) -> PolicyGraph:
    """The graph of a folder that `build` wrote, or of an .nq file; raises GraphError without one."""
    from kg.graph.store import open_graph as opened

    return opened(Path(path))


def open_history(path: str | PathLike[str]) -> History:
    """All adoptions of a graph, or of a CSV table with the columns unit, program and year; raises DiffusionError, GraphError."""
    from kg.diffusion.history.opening import open_history as opened

    return opened(Path(path))
