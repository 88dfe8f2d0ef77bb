"""Documents of a graph → the passages that a later one shares with an earlier one of another place: evidence of copying.

```
sources    a graph and its files          → texts with place, date and programmes
masking    a text                         → the stream that is compared: names, numbers and signs masked
winnowing  all streams                    → pairs of equal fingerprints; in how many places wording stands
chains     pairs                          → stretches that may be one passage
aligning   a stretch                      → passages, aligned
judging    passages of all texts          → between which places, which way, from which common source
finding    a corpus                       → all of it
```
"""
