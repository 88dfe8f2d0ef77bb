"""Hypothesis profiles: `default` keeps the suite short and repeatable, `soak` (make soak) searches for long.

The prepared reader is kept beside other temporary files, not among those of the account.
"""

import os
import tempfile

from hypothesis import settings

from kg.entities.prepared import FOLDER

settings.register_profile("default", max_examples=60, deadline=None, derandomize=True)
settings.register_profile("soak", max_examples=5000, deadline=None)
settings.load_profile("default")

os.environ.setdefault(FOLDER, os.path.join(tempfile.gettempdir(), f"policy-kg-tests-{getattr(os, 'getuid', int)()}"))
