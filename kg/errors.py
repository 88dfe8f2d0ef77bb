"""What can go wrong, said so that the person who can mend it knows what to do.

```
KgError                 everything this package raises on purpose
├── LexiconError        a line of data/lexicons cannot be used
├── ReviewError         a line of reviewed.csv cannot be used
├── UnreadableFile      one input file gives no text (the run goes on with the others)
├── NothingToBuild      no input file could be read
├── GraphError          a graph folder is missing or damaged
└── QueryError          a SPARQL query, a question name or a parameter is wrong
```
"""


class KgError(Exception):
    """A message for the user: the place, the fault, the cure."""


class LexiconError(KgError):
    """All bad lines of the lexicons at once, each as `file:line: what is wrong`."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class ReviewError(KgError):
    """All bad lines of a file of decisions at once, each as `file:line: what is wrong`."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class UnreadableFile(KgError):
    """This file gives no text; `str(error)` says why."""


class NothingToBuild(KgError):
    """No file could be read, so no graph was written."""


class GraphError(KgError):
    """The folder holds no graph, or one that cannot be opened."""


class QueryError(KgError):
    """The query cannot be answered as written."""
