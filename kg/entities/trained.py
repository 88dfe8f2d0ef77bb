"""A model folder of `kg train` → one more finder: stretches that read like the names a user annotated.

One linear-chain model per kind labels the characters of a sentence B, I or O, so that names of different kinds may nest.
It sees the characters around, the marks they stand in, and what the other finders found there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from kg.entities.spans import Found, unwrapped
from kg.errors import ModelError
from kg.model import Kind, Span
from kg.patterns import regex
from kg.texts.formats.extract import library

MODEL_FILE = "model.json"
FORMAT = "policy-kg model"
VERSION = 1  # of the folder and of what the model is shown of a text; another needs another training
SURE_ENOUGH = 0.5  # probability from which a stretch is a mention
RULE = "trained-model"
EXTRA = ("pycrfsuite", "train", "Trained models")

_MAGIC = b"lCRF"  # opens every file of CRFsuite
_SORTS = (
    ("n", regex("[一二三四五六七八九十百千两]")),
    ("h", regex("[\u3400-\u9fff]")),
    ("d", regex(r"\d")),
    ("l", regex("[A-Za-z]")),
)
_PAIRS = {"“": "”", "《": "》", "（": "）"}
_ENDING = regex(
    "工程|计划|行动|战略|试点|制度|机制|政策|模式|项目|改革|活动|创建|评选|意见|办法|方案|规划|规定|条例|通知|学校|中学|小学|大学|学院|"
    "幼儿园|教师|学生|儿童|子女|校长|家庭"
)
_CLAUSE_END = regex("[，。；：！？、“”《》（）]")
_AHEAD = 12  # characters within which the ending of a name is looked for


class Listed(NamedTuple):
    """What `model.json` says of the model of one kind."""

    file: str
    sha256: str


class TrainedFinder:
    """Finds names with a model for each kind; raises ModelError where one cannot be used."""

    def __init__(self, models: Mapping[Kind, bytes]) -> None:
        pycrfsuite = library(*EXTRA)
        self._models = dict(models)  # CRFsuite reads from these bytes as long as it is used
        self._taggers: dict[Kind, Any] = {}
        for kind, data in models.items():
            tagger = self._taggers[kind] = pycrfsuite.Tagger()
            try:
                tagger.open_inmemory(data)
            except (ValueError, RuntimeError):
                raise ModelError(f"the model of {kind} cannot be opened; train it again") from None

    def __call__(self, text: str, found: Sequence[Found] = ()) -> Iterator[Found]:
        """The names of a sentence in which the other finders found these, each kind in order of the text."""
        if not text:
            return
        from pycrfsuite import ItemSequence

        items = ItemSequence(features(text, found))
        for kind, tagger in self._taggers.items():
            spans = spans_of(tagger.tag(items))
            sure = [span for span in spans if _probability(tagger, span, len(text)) >= SURE_ENOUGH]
            yield from (Found(kind, span, unwrapped(text[span.start : span.end]), RULE) for span in sure)


def _probability(tagger: Any, span: Span, length: int) -> float:
    """How likely the least likely of its characters is, and that it ends where it ends; of the sentence tagged last."""
    inside = (tagger.marginal("I", at) for at in range(span.start + 1, span.end))
    goes_on = tagger.marginal("I", span.end) if span.end < length and "I" in tagger.labels() else 0.0
    return float(min(tagger.marginal("B", span.start), *inside, 1.0 - goes_on))


def spans_of(labels: Sequence[str]) -> Iterator[Span]:
    """B I I O → the stretch of three.

    >>> [tuple(span) for span in spans_of("OBIIBO")]
    [(1, 4), (4, 5)]
    """
    starts = [at for at, label in enumerate(labels) if label == "B"]
    for start, following in pairwise((*starts, len(labels))):
        end = start + 1
        while end < following and labels[end] == "I":
            end += 1
        yield Span(start, end)


def labels_of(spans: Sequence[Span], length: int) -> list[str]:
    """The labels of a sentence whose names stand at these spans."""
    labels = ["O"] * length
    for span in spans:
        labels[span.start : span.end] = ["B", *"I" * (span.end - span.start - 1)]
    return labels


# --- what a model is shown of a sentence -------------------------------------------------------------------------------


def features(text: str, found: Sequence[Found]) -> list[list[str]]:
    """For each character what stands around it: characters, their sorts, open marks, the ending ahead, what was found."""
    padded = f"^^^{text}$$$"
    sorts = "".join(map(_sort, padded))
    marks, ahead = _open_marks(text), _endings_ahead(text)
    columns = [
        *(_windows("", padded, step, size) for size, last in ((1, 4), (2, 3), (3, 2)) for step in range(-3, last)),
        _windows("s", sorts, -1, 3),
        [f"m{mark}" for mark in marks],
        [f"e{ending}" for ending in ahead],
        [f"em{ending}{mark}" for ending, mark in zip(ahead, marks, strict=True)],
    ]
    shown = [["b", *column] for column in zip(*columns, strict=True)]
    for at, hints in _hints(len(text), found).items():
        for neighbour, sign in ((at - 1, ">"), (at, ""), (at + 1, "<")):
            if 0 <= neighbour < len(text):
                shown[neighbour] += [sign + hint for hint in hints]
    return shown


def _windows(name: str, padded: str, step: int, size: int) -> list[str]:
    """For each character the `size` characters that begin `step` from it."""
    first = 3 + step
    return [f"{name}{step}{padded[at : at + size]}" for at in range(first, first + len(padded) - 6)]


@cache
def _sort(char: str) -> str:
    """h for a Chinese character, n for a numeral among them, d for a digit, l for a letter; others are their own sort."""
    return next((sort for sort, pattern in _SORTS if pattern.match(char)), char)


def _open_marks(text: str) -> list[str]:
    """The quotes, titles and brackets that stand open at each character, each opening mark outside itself."""
    state, states = "", []
    for char in text:
        if state and char == _PAIRS[state[-1]]:
            state = state[:-1]
        states.append(state)
        if char in _PAIRS:
            state = (state + char)[-3:]
    return states


def _endings_ahead(text: str) -> list[str]:
    """For each character the first ending of a programme's name in its clause, and how far it is."""
    ahead = [""] * len(text)
    start = 0
    for ending in _ENDING.finditer(text):
        begin = max(start, ending.start() - _AHEAD, _clause_start(text, ending.start()))
        for at in range(begin, ending.end()):
            ahead[at] = f"{ending[0]}{min(ending.end() - at, 8)}"
        start = ending.end()
    return ahead


def _clause_start(text: str, before: int) -> int:
    last = 0
    for mark in _CLAUSE_END.finditer(text, max(0, before - _AHEAD), before):
        last = mark.end()
    return last


def _hints(length: int, found: Sequence[Found]) -> dict[int, list[str]]:
    """The characters in names that others found: their kind and rule, and whether one begins, goes on or ends there."""
    hints: dict[int, list[str]] = {}
    for one in found:
        for at in range(max(0, one.span.start), min(one.span.end, length)):
            where = "B" if at == one.span.start else "E" if at + 1 == one.span.end else "I"
            hints.setdefault(at, []).extend((f"{where}{one.kind}", f"{where}{one.kind}/{one.rule}"))
    return hints


# --- the folder ------------------------------------------------------------------------------------------------------


def write_model(folder: Path, models: Mapping[Kind, bytes], about: Mapping[str, object]) -> None:
    """A folder with one file for each kind, and `model.json` that names them and says what they were made from."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind in Kind:
        (folder / f"{kind}.crfsuite").unlink(missing_ok=True)
    for kind, data in models.items():
        (folder / f"{kind}.crfsuite").write_bytes(data)
    known = {
        kind: {"file": f"{kind}.crfsuite", "sha256": hashlib.sha256(data).hexdigest()} for kind, data in models.items()
    }
    told = {"format": FORMAT, "version": VERSION, "models": known, **about}
    (folder / MODEL_FILE).write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n")


def read_model(folder: Path) -> TrainedFinder:
    """The finder of a model folder; raises ModelError where it is not the very one that a training wrote."""
    models: dict[Kind, bytes] = {}
    for kind, known in _described(folder).items():
        try:
            data = (folder / known.file).read_bytes()
        except OSError:
            raise ModelError(f"{folder / known.file} is missing or cannot be read; train the model again") from None
        if not data.startswith(_MAGIC) or hashlib.sha256(data).hexdigest() != known.sha256:
            raise ModelError(f"{folder / known.file} is damaged or was changed; train the model again")
        models[kind] = data
    return TrainedFinder(models)


def _described(folder: Path) -> dict[Kind, Listed]:
    path = folder / MODEL_FILE
    try:
        told = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise ModelError(f"{folder} holds no model: {MODEL_FILE} is missing; make one with: kg train") from None
    except (OSError, ValueError, RecursionError):
        raise ModelError(f"{path} is damaged; train the model again") from None
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise ModelError(f"{path} is not of a model of kg train")
    if told.get("version") != VERSION:
        raise ModelError(f"{path} is of another version of policy-kg; train the model again")
    try:
        known = {Kind(kind): Listed(said["file"], said["sha256"]) for kind, said in told["models"].items()}
        named = all(known[kind].file == f"{kind}.crfsuite" for kind in known)  # no path leads out of the folder
    except (AttributeError, KeyError, TypeError, ValueError):
        named = False
    if not named or not known:
        raise ModelError(f"{path} is damaged; train the model again")
    return known
