"""What can go wrong, said so that the person who can mend it knows what to do.

```
KgError                 everything this package raises on purpose
├── LexiconError        a line of data/lexicons cannot be used
├── ReviewError         a line of reviewed.csv cannot be used
├── CountsError         a line of confidence.csv cannot be used
├── AnnotationError     a line of the annotations to learn from cannot be used
├── TooFewExamples      there is not enough to learn from, or to measure on
├── ModelError          a folder holds no model that can be used
├── UnreadableFile      one input file gives no text (the run goes on with the others)
│   └── TooSlow         not within the time limit
├── NothingToBuild      no input file could be read
├── EndpointError       a second reader cannot be asked as it is given
├── RemoteError         a server cannot be asked, or does not take what it is sent
├── ExportError         an export cannot be written where and as it is asked for
├── DiffusionError      adoptions cannot be read or analysed as asked
├── BasemapError        a user's base map cannot be drawn below the places
├── GraphError          a graph folder is missing or damaged
└── QueryError          a SPARQL query, a question name or a parameter is wrong
```
"""

from collections.abc import Sequence

MOST_TOLD = 40  # faults of annotations that a message names


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


class CountsError(KgError):
    """All bad lines of a file of counts at once, each as `file:line: what is wrong`."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class AnnotationError(KgError):
    """All faults of all annotation files at once, each as `file:line: what is wrong`; the message names the first 40."""

    def __init__(self, problems: Sequence[str]) -> None:
        more = [f"and {len(problems) - MOST_TOLD} more faults"] if len(problems) > MOST_TOLD else []
        super().__init__("\n".join([*problems[:MOST_TOLD], *more]))
        self.problems = tuple(problems)


class TooFewExamples(KgError):
    """No model can be made of so few annotations, or none evaluated."""


class ModelError(KgError):
    """The folder holds no model that can be used."""


class UnreadableFile(KgError):
    """This file gives no text; `str(error)` says why."""


class TooSlow(UnreadableFile):
    """Reading this file took longer than it may; another time it may not."""


class NothingToBuild(KgError):
    """No file could be read, so no graph was written."""


class EndpointError(KgError):
    """A second reader's address, model or key cannot be used; the message never shows the key."""


class RemoteError(KgError):
    """A server cannot be reached or refuses; the message never shows a password or token."""


class ExportError(KgError):
    """Nothing was written; the message names what stands in the way."""


class DiffusionError(KgError):
    """Adoptions cannot be read or analysed as asked; where a table is at fault, all its bad lines at once."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class BasemapError(KgError):
    """The base map cannot be drawn as it is, or may not be shown without its approval number."""


class GraphError(KgError):
    """The folder holds no graph, or one that cannot be opened."""


class QueryError(KgError):
    """The query cannot be answered as written."""
