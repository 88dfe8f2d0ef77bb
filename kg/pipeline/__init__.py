"""The whole way in one place: files and folders → a graph folder with graph.nq, graph.ttl, mentions.csv and report.html."""

from kg.pipeline.building import MOST_TOLD, build, collecting_seldom, second_reading_cost
from kg.pipeline.keys import status
from kg.pipeline.reading import documents_in, placed_parts, read_document, read_file
from kg.pipeline.run import Progress
from kg.pipeline.settings import Settings, reader_of, reviewed_of, reviewer_of

__all__ = [
    "MOST_TOLD",
    "Progress",
    "Settings",
    "build",
    "collecting_seldom",
    "documents_in",
    "placed_parts",
    "read_document",
    "read_file",
    "reader_of",
    "reviewed_of",
    "reviewer_of",
    "second_reading_cost",
    "status",
]
