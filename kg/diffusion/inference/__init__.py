"""Cascades → the network over which they probably ran, with the strength and the significance of each edge.

```
records, delays       what is inferred, and how long an adoption takes to be followed
kernel, pairs         the likelihood of two events, of all pairs of events
rules, peers          what an edge is worth: ours and the peers' rules
greedy, trees         the search, and the way of each programme that it found
vuong                 the significance of each edge
estimates, likelihood the delay estimated, and a network held against cascades that it has not seen
netinf                the door: infer, prepare, edges_of
```
"""
