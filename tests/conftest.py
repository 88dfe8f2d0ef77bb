"""Hypothesis profiles: `default` keeps the suite short and repeatable, `soak` (make soak) searches for long."""

from hypothesis import settings

settings.register_profile("default", max_examples=60, deadline=None, derandomize=True)
settings.register_profile("soak", max_examples=5000, deadline=None)
settings.load_profile("default")
