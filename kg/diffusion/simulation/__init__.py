"""A user's own number of units, cascades and ties → data with a known network, and what an analysis finds of it."""
