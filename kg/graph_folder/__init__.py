"""What was read from files → a graph folder that grows: a shard for each file, and everything that is made of the shards.

```
shards/      what was read from each file: the one source of truth, written as the reading goes on
texts/       the texts taken out of other files, to which offsets refer
graph.nq     the graph;  graphs.csv  where in it each named graph lies;  graph.json  the mark of a whole graph
graph.ttl  mentions.csv  report.html  store/        made of the shards, and made again where they are gone
```
"""

from kg.graph_folder.building import Builder, Built, building
from kg.graph_folder.plan import Work, plan
from kg.graph_folder.read_with import ReadWith, digest_of, folder_digest, rules_digest
from kg.graph_folder.shards import Shard, Shards

__all__ = [
    "Builder",
    "Built",
    "ReadWith",
    "Shard",
    "Shards",
    "Work",
    "building",
    "digest_of",
    "folder_digest",
    "plan",
    "rules_digest",
]
