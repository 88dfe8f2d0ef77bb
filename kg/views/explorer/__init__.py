"""A graph → the explorer: one page that holds the whole graph and needs no network."""
