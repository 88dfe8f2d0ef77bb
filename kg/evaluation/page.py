"""Gold sets and counts of rules → the page docs/accuracy.md, section by section; the same input gives the same text.

The prose stands in viz/accuracy.md. Sentences are shown of the first set only: those of other sets may belong to others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from kg.evaluation.ablations import ABLATIONS, ablated
from kg.evaluation.calibration import Reliability, held_out, outside, reliability
from kg.evaluation.comparison import QUESTIONS, Question
from kg.evaluation.evaluation import Error, Evaluation
from kg.evaluation.figures import Tallies, agreeing, facts_found, names_found, sorts
from kg.evaluation.gold_set import GoldSet
from kg.evaluation.intervals import Tally, by_document, estimates, summed
from kg.evaluation.markdown import in_short, number, plain, table, with_interval
from kg.model import Kind
from kg.relations.confidence import Confidence
from kg.relations.rule_counts import FIT, RuleCount
from kg.resources import shipped
from kg.views.page import SLOT
from kg.views.words import shorten

AGREED = ("year", "status", "op", "kind")
SHOWN_ERRORS = 2  # of each sort
SHOWN_RULES = 15
_WIDTH = 160  # columns of a sentence


def accuracy_page(sets: Sequence[tuple[GoldSet, Evaluation]], counts: Sequence[RuleCount]) -> str:
    """The whole page."""
    slots = {
        "sets": "\n".join(set_section(one, evaluation) for one, evaluation in sets),
        "ablations": "\n".join(ablation_section(one, evaluation) for one, evaluation in sets),
        "confidence": confidence_section(counts),
        "errors": error_section(*sets[0]),
    }
    template = shipped("viz", "accuracy.md").read_text("utf-8")
    return SLOT.sub(lambda slot: slots[slot[1]].strip(), template)


# --- figures ---------------------------------------------------------------------------------------------------------


def set_section(one: GoldSet, evaluation: Evaluation) -> str:
    """The figures of a set: names, facts, and both by sort of document."""
    files = evaluation.gold.files
    drawn = "documents" if by_document(files) else "lines within each document, as there are fewer than ten"
    names = ("names", "to find", *(f"{how} {figure}" for how in ("strict", "relaxed") for figure in ("P", "R", "F1")))
    by_sort = ("sort of document", "documents", "names P / R / F1", "facts P / R / F1", "adopts P / R / F1")
    return "\n".join(
        (
            f"### {plain(one.name)}: {len(files)} documents\n",
            f"Intervals by drawing {drawn}.\n",
            table(names, _name_rows(evaluation)),
            table(("facts", "to find", "P", "R", "F1", *AGREED), _fact_rows(evaluation)),
            table(by_sort, _sort_rows(evaluation)),
        )
    )


def _name_rows(evaluation: Evaluation) -> Iterator[tuple[str, ...]]:
    for kind in Kind:
        strict, relaxed = (names_found(evaluation, kind, relaxed=relaxed) for relaxed in (False, True))
        yield (kind, _to_find(strict), *_figures(strict), *_figures(relaxed))


def _fact_rows(evaluation: Evaluation) -> Iterator[tuple[str, ...]]:
    for question in QUESTIONS:
        found = facts_found(evaluation, question)
        same = (_agreement(evaluation, question, name) for name in AGREED)
        yield (question.fact, _to_find(found), *_figures(found), *same)


def _agreement(evaluation: Evaluation, question: Question, name: str) -> str:
    if name not in question.agree:
        return ""
    return with_interval(estimates(tuple(agreeing(evaluation, question, name).values())).precision)


def _sort_rows(evaluation: Evaluation) -> Iterator[tuple[str, ...]]:
    names = [names_found(evaluation, kind, relaxed=True) for kind in Kind]
    facts = [facts_found(evaluation, question) for question in QUESTIONS]
    for sort, files in sorts(evaluation).items():
        tallies = (summed(of[file] for of in some for file in files) for some in (names, facts, facts[:1]))
        yield (plain(sort), str(len(files)), *(f"{in_short(t)} ({t.found + t.missed})" for t in tallies))


def _to_find(found: Tallies) -> str:
    whole = summed(found.values())
    return str(whole.found + whole.missed)


def _figures(found: Tallies) -> tuple[str, str, str]:
    figures = estimates(tuple(found.values()))
    return with_interval(figures.precision), with_interval(figures.recall), with_interval(figures.f1)


# --- ablations -------------------------------------------------------------------------------------------------------


def ablation_section(one: GoldSet, evaluation: Evaluation) -> str:
    """Precision, recall and F1 of the whole reader and of those that lack something."""
    readers = {"whole": evaluation, **{ablation.name: ablated(one, ablation) for ablation in ABLATIONS}}
    figures = [_ablated(of_reader) for of_reader in readers.values()]
    rows = [(what, *(of_reader[what] for of_reader in figures)) for what in figures[0]]
    return f"### {plain(one.name)}, without what\n\n" + table(("P / R / F1", *readers), rows)


def _ablated(evaluation: Evaluation) -> dict[str, str]:
    figures: dict[str, str] = {}
    for kind in (Kind.PROGRAM, Kind.POLICY_DOCUMENT, Kind.AGENCY):
        figures[kind] = in_short(_all(names_found(evaluation, kind, relaxed=True)))
    for question in QUESTIONS:
        figures[question.fact] = in_short(_all(facts_found(evaluation, question)))
        for name in question.agree:
            figures[f"{question.fact}: {name}"] = number(_all(agreeing(evaluation, question, name)).precision)
    return figures


def _all(found: Tallies) -> Tally:
    return summed(found.values())


# --- confidence ------------------------------------------------------------------------------------------------------


def confidence_section(counts: Sequence[RuleCount]) -> str:
    """How reliable the confidence is, and which rules are the least certain."""
    strength = Confidence(counts).strength
    sections = [
        f"Documents with claims to judge: {_sets_of(counts)}. A level is drawn towards the one above it as by {strength:g} cases.\n",
        "### Each document with the confidence that the others give it\n",
        _reliability_table(reliability(held_out(counts))),
    ]
    if (tested := reliability(outside(counts))) is not None:
        sections += ["### Documents on which neither rules nor counts rest\n", _reliability_table(tested)]
    return "\n".join((*sections, "### The least certain rules\n", _rule_table(counts)))


def _sets_of(counts: Iterable[RuleCount]) -> str:
    documents = sorted({(count.set, count.use, count.document) for count in counts})
    return ", ".join(
        f"{len(list(group))} of {plain(name)}{'' if use == FIT else ' (for testing only)'}"
        for (name, use), group in groupby(documents, lambda document: document[:2])
    )


def _reliability_table(found: Reliability | None) -> str:
    if found is None:
        return "No claims.\n"
    rows = [(f"{b.low:g} to {b.high:g}", str(b.claims), f"{b.confidence:.3f}", f"{b.right:.3f}") for b in found.bins]
    rows.append(("all", str(found.claims), f"{found.confidence:.3f}", with_interval(found.right)))
    return table(("confidence", "claims", "mean confidence", "share right"), rows) + (
        f"\nBrier score {found.brier:.4f}; expected calibration error {found.calibration_error:.3f}.\n"
    )


def _rule_table(counts: Iterable[RuleCount]) -> str:
    fitted = [count for count in counts if count.use == FIT]
    confidence = Confidence(fitted)
    rules = {(count.relation, count.rule) for count in fitted}
    surest_last = sorted(rules, key=lambda rule: (confidence.probability(*rule), rule))
    return table(
        ("relation", "rule", "right", "wrong", "confidence"),
        [
            (relation, f"`{rule}`", *_cases(fitted, relation, rule), f"{confidence.probability(relation, rule):.2f}")
            for relation, rule in surest_last[:SHOWN_RULES]
        ],
    )


def _cases(counts: Iterable[RuleCount], relation: str, rule: str) -> tuple[str, str]:
    of_rule = [count for count in counts if (count.relation, count.rule) == (relation, rule)]
    return str(sum(count.right for count in of_rule)), str(sum(count.wrong for count in of_rule))


# --- errors ----------------------------------------------------------------------------------------------------------


def error_section(one: GoldSet, evaluation: Evaluation) -> str:
    """A few misses and false alarms of each kind and relation, with their sentences."""
    lines = [f"From {plain(one.name)}; the number behind each sort says how many there are.\n"]
    errors = sorted(evaluation.errors(), key=lambda error: (error.what, error.error))  # stable: in order of the files
    for (what, sort), group in groupby(errors, lambda error: (error.what, error.error)):
        of_sort = list(group)
        lines += [f"- **{what}, {sort}** ({len(of_sort)})", *map(_error_line, of_sort[:SHOWN_ERRORS])]
    return "\n".join(lines) + "\n"


def _error_line(error: Error) -> str:
    rule = f" ← {plain(error.rule)}" if error.rule else ""
    return f"    - {plain(error.name)}{rule}: {plain(shorten(error.sentence, _WIDTH))} ({plain(error.file)})"
