"""A graph or somebody's own table → its history of adoptions, checked, cut to a part, and written for other software."""
