"""The whole way in one place: files and folders → a graph folder with graph.nq, graph.ttl, mentions.csv and report.html."""

from kg.pipeline.building import MOST_TOLD, build, second_reading_cost
from kg.pipeline.collecting import collecting_seldom
from kg.pipeline.engines import LOCAL, Engine
from kg.pipeline.files import Progress
from kg.pipeline.keys import status
from kg.pipeline.merging import merge
from kg.pipeline.reading import documents_in, placed_parts, read_document, read_file
from kg.pipeline.settings import Settings, reader_of, reviewed_of, reviewer_of

__all__ = [
    "LOCAL",
    "MOST_TOLD",
    "Engine",
    "Progress",
    "Settings",
    "build",
    "collecting_seldom",
    "documents_in",
    "merge",
    "placed_parts",
    "read_document",
    "read_file",
    "reader_of",
    "reviewed_of",
    "reviewer_of",
    "second_reading_cost",
    "status",
]
