"""Annotations → a model for each kind, evaluated on documents that it was not trained on."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from kg.entities import EntityReader
from kg.entities.spans import Found
from kg.entities.trained import EXTRA, SURE_ENOUGH, TrainedFinder, features, labels_of, write_model
from kg.errors import TooFewExamples
from kg.model import Kind, Span
from kg.pipeline import read_document
from kg.texts.formats.extract import library
from kg.training.annotations import Annotation, Name
from kg.training.apart import Group, folds, groups_of, held_out
from kg.training.examples import Example, Line, bare, example, names_in
from kg.training.scores import Score, relaxed, strict

MIN_NAMES = 20  # names of a kind below which no model of it is made
TELLING = 30  # held-out names of a kind below which figures mean little
FINDERS = ("rules", "model", "both")
PARAMETERS = {"c1": 0.1, "c2": 0.05, "max_iterations": 100}

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Figures:
    """What one finder found of one kind in the held-out texts."""

    kind: Kind
    finder: str  # rules, model, both
    strict: Score
    relaxed: Score

    @property
    def telling(self) -> bool:
        return self.strict.annotated >= TELLING


@dataclass(frozen=True, slots=True)
class Trained:
    """Models, and how they and the rules did on held-out texts."""

    models: dict[Kind, bytes]
    figures: tuple[Figures, ...]
    fitted_on: tuple[Annotation, ...]
    held_out: int  # texts
    held_out_groups: int  # of texts that share a document or their wording
    groups: int
    folds: int
    untrained: tuple[tuple[Kind, int], ...]  # kinds with too few names, and how many these are
    lost: int  # names that no sentence holds whole after cleaning

    @property
    def repeats_the_rules(self) -> bool:
        """Whether the held-out annotations are what the built-in rules find, to the last name: nobody corrected them."""
        by_rules = [figures.strict for figures in self.figures if figures.finder == "rules"]
        return bool(by_rules) and all(score.annotated == score.found == score.right for score in by_rules)

    def write(self, folder: Path) -> None:
        """The model folder; the same annotations always give the same bytes."""
        about = {
            "policy_kg": version("policy-kg"),
            "sure_enough": SURE_ENOUGH,
            "parameters": PARAMETERS,
            "fitted_on": {
                "texts": len(self.fitted_on),
                "characters": sum(len(annotation.text) for annotation in self.fitted_on),
                "names": Counter(name.kind for annotation in self.fitted_on for name in annotation.names),
                "sha256": _digest(self.fitted_on),
            },
            "held_out": {
                "texts": self.held_out,
                "documents": self.held_out_groups,
                "folds": self.folds,
                "figures": [_told(figures) for figures in self.figures],
            },
        }
        write_model(folder, self.models, about)


def train(
    annotations: Iterable[Annotation],
    reader: EntityReader,
    share: float = 0.2,
    fold_number: int = 0,
    on_all: bool = False,
    progress: Progress = lambda doing: None,
) -> Trained:
    """Fits a model on what is not held out and measures it on what is; raises TooFewExamples.

    With folds every text is held out once, and the model that is kept is fitted on all of them, as with `on_all`.
    """
    ordered = sorted(annotations, key=lambda a: (a.text, a.names, a.source))
    examples = [made for annotation in ordered if (made := example(annotation, reader))]
    groups = groups_of(examples)
    _check_enough(examples, groups, fold_number)
    parts = folds(groups, fold_number) if fold_number else (held_out(groups, share),)
    scores: dict[tuple[Kind, str, str], Score] = {}
    models: dict[Kind, bytes] = {}
    for number, part in enumerate(parts, 1):
        progress(f"held-out part {number} of {len(parts)}" if fold_number else "fitting and measuring")
        kept_apart, fitted_on = _divided(groups, part)
        models = fitted(fitted_on)
        for key, score in _measured(kept_apart, reader, TrainedFinder(models)):
            scores[key] = scores.get(key, Score()) + score
    if fold_number or on_all:
        progress("fitting on everything")
        fitted_on = examples
        models = fitted(fitted_on)
    counts = _counts(fitted_on)
    return Trained(
        models,
        tuple(
            Figures(kind, finder, scores[kind, finder, "strict"], scores[kind, finder, "relaxed"])
            for kind in Kind
            for finder in FINDERS
            if (scores[kind, finder, "strict"].annotated and finder == "rules") or kind in models
        ),
        tuple(made.annotation for made in fitted_on),
        sum(len(groups[n]) for part in parts for n in part),
        sum(map(len, parts)),
        len(groups),
        fold_number,
        tuple((kind, counts[kind]) for kind in Kind if 0 < counts[kind] < MIN_NAMES),
        sum(made.lost for made in examples),
    )


def fitted(examples: Sequence[Example]) -> dict[Kind, bytes]:
    """A model for every kind of which there are enough names; raises TooFewExamples where there is none."""
    lines = [line for made in examples for line in made.lines]
    counts = _counts(examples)
    kinds = [kind for kind in Kind if counts[kind] >= MIN_NAMES]
    if not kinds:
        told = ", ".join(f"{counts[kind]} {kind}" for kind in Kind if counts[kind]) or "no names"
        raise TooFewExamples(
            f"too few examples to learn from: {told} beside the held-out part; annotate at least {MIN_NAMES} names of a kind"
        )
    return {kind: _model(lines, kind) for kind in kinds}


def _model(lines: Iterable[Line], kind: Kind) -> bytes:
    """The file that CRFsuite writes for one kind."""
    pycrfsuite = library(*EXTRA)
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", params=PARAMETERS, verbose=False)
    for line in lines:
        spans = [name.span for name in line.names if name.kind is kind]
        trainer.append(pycrfsuite.ItemSequence(features(line.text, line.found)), labels_of(spans, len(line.text)))
    with tempfile.TemporaryDirectory(prefix="policy-kg.") as folder:
        path = Path(folder) / "model"
        trainer.train(str(path))
        return path.read_bytes()


def _check_enough(examples: Sequence[Example], groups: Sequence[Group], fold_number: int) -> None:
    if len(groups) < 2:
        what = "one document, or its repetitions" if examples else "texts without content"
        raise TooFewExamples(
            f"the annotations are of {what}, so that nothing can be held out to measure a model; annotate a second document"
        )
    if fold_number > len(groups):
        raise TooFewExamples(f"--folds {fold_number}: there are only {len(groups)} documents to hold out in turn")


def _divided(groups: Sequence[Group], part: Collection[int]) -> tuple[list[Example], list[Example]]:
    """The examples of these groups, and all others."""
    inside = [made for n, group in enumerate(groups) if n in part for made in group]
    outside = [made for n, group in enumerate(groups) if n not in part for made in group]
    return inside, outside


def _counts(examples: Iterable[Example]) -> Counter[Kind]:
    return Counter(name.kind for made in examples for line in made.lines for name in line.names)


def _measured(
    examples: Iterable[Example], reader: EntityReader, finder: TrainedFinder
) -> Iterable[tuple[tuple[Kind, str, str], Score]]:
    """What the rules, the model and a build with both find in each text, against what was annotated."""
    with_model = reader.with_model(finder)
    for made in examples:
        clean = made.document.clean
        found = {
            "rules": names_in(read_document(made.document, reader).mentions, clean),
            "model": frozenset(_names_by(finder, made)),
            "both": names_in(read_document(made.document, with_model).mentions, clean),
        }
        for kind in Kind:
            for by, names in found.items():
                yield (kind, by, "strict"), strict(made.names, names, kind)
                yield (kind, by, "relaxed"), relaxed(made.names, names, kind)


def _names_by(finder: TrainedFinder, made: Example) -> Iterable[Name]:
    for line in made.lines:
        for one in finder(line.text, line.found):
            yield Name(bare(_placed(one, line.span.start), made.document.clean), one.kind)


def _placed(found: Found, base: int) -> Span:
    return Span(found.span.start + base, found.span.end + base)


def _digest(annotations: Iterable[Annotation]) -> str:
    told = sorted([a.text, *([*name.span, name.kind] for name in a.names)] for a in annotations)
    return sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def _told(figures: Figures) -> dict[str, object]:
    return {
        "kind": figures.kind,
        "finder": figures.finder,
        "annotated": figures.strict.annotated,
        **{name: _rounded(score) for name, score in (("strict", figures.strict), ("relaxed", figures.relaxed))},
    }


def _rounded(score: Score) -> dict[str, float | None]:
    shares = {"precision": score.precision, "recall": score.recall, "f1": score.f1}
    return {name: None if value is None else round(value, 3) for name, value in shares.items()}
