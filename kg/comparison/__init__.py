"""A graph → what was promised against what was reported, and one place against another."""
