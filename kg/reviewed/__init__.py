"""reviewed.csv, the user's decisions on merges and on single claims → lexicons, mentions and claims as they are to be read."""

from kg.reviewed.decisions import NOTHING_REVIEWED, Reviewed
from kg.reviewed.lexicon import lexicons_with
from kg.reviewed.reviewer import Reviewer
from kg.reviewed.rows import read_reviewed
from kg.reviewed.table import REVIEWED_FILE

__all__ = ["NOTHING_REVIEWED", "REVIEWED_FILE", "Reviewed", "Reviewer", "lexicons_with", "read_reviewed"]
