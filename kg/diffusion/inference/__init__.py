"""Cascades → the network over which they probably ran, with the strength and the significance of each edge."""
