"""A graph, or a user's own table of adoptions → the analysis of how programmes spread: events, curves, networks, models."""
