"""Documents and gold annotations → how good the reading is: the command evaluate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.output import FORMATS, print_table, speaks, write_page
from kg.cli.reading import reading_options, settings_of

if TYPE_CHECKING:
    from kg.evaluation import Evaluation, GoldSet, Score
    from kg.pipeline import Settings
    from kg.relations.rule_counts import RuleCount
    from kg.rule_quality import RuleRow
    from kg.views.tables import Table

AGREED = ("year", "status", "op", "kind")
SCORE_COLUMNS = ("what", "names", "precision", "recall", "f1", "core", "found", "missed", "wrong", "optional", *AGREED)
RULE_COLUMNS = (
    *("sort", "what", "rule", "hits", "right", "neutral", "wrong", "precision", "strict"),
    *("conflicts", "lost", "alone", "mark"),
)


@click.command()
@click.argument("docs", type=click.Path(path_type=Path))
@click.argument("gold", type=click.Path(path_type=Path))
@click.option("--by-rule", is_flag=True, help="One line per rule: hits, precision, conflicts.")
@click.option(
    "--floor", type=click.FloatRange(0, 1), default=0.5, show_default=True, help="Mark rules of lower precision."
)
@click.option("--errors", is_flag=True, help="List what was missed or wrong, with its sentence and rule.")
@click.option("--ablations", is_flag=True, help="The scores without lexicon, without patterns, without genre.")
@click.option(
    "--report",
    "page",
    default=None,
    type=click.Path(path_type=Path, allow_dash=True),
    help="Write a page (.md) of all figures with 95 % intervals, ablations, errors; - for standard output.",
)
@click.option(
    "--calibrate",
    "counts_file",
    default=None,
    type=click.Path(path_type=Path),
    help="Count right and wrong claims by rule into this file, from which confidence is computed.",
)
@click.option("--outside", is_flag=True, help="With --calibrate: count for testing only, no confidence rests on it.")
@click.option(
    "--also",
    "others",
    nargs=2,
    multiple=True,
    metavar="DOCS GOLD",
    type=click.Path(path_type=Path),
    help="A further set for --report and --calibrate; of it the page shows figures and no sentence.",
)
@click.option("--format", "-f", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@reading_options
@speaks
def evaluate(
    docs: Path,
    gold: Path,
    form: str,
    floor: float,
    page: Path | None,
    counts_file: Path | None,
    others: tuple[tuple[Path, Path], ...],
    *,
    by_rule: bool,
    errors: bool,
    ablations: bool,
    outside: bool,
    **said: Any,
) -> None:
    """Read DOCS and compare with annotations: how much is found, and how much of what is found is right.

    GOLD is a folder with parts.jsonl, entities.jsonl and facts.jsonl, one JSON object per line. A line with "core": true
    must be found; one with "core": false is neither rewarded nor punished; what matches no line is wrong. Names are
    equal (strict), or one holds the other and is at most twice as long (relaxed; facts are compared so). year, status …
    are the shares of found facts that agree.

    \b
    kg evaluate seeds/ gold/
    kg evaluate seeds/ gold/ --by-rule
    kg evaluate seeds/ gold/ --errors -f csv > errors.csv
    kg evaluate seeds/ gold/ --ablations        what do lexicon, patterns and genre contribute?
    kg evaluate seeds/ gold/ --lexicon mine/    is my lexicon a gain?
    kg evaluate seeds/ gold/ --report accuracy.md

    \b
    --by-rule counts each thing of a file, or each claim, once per rule that finds it:
      right, neutral, wrong   it is a core line, another line, or no line of the gold
      precision, strict       right among right and wrong, with relaxed and with equal names
      conflicts, lost         what it proposes that shares characters with another rule's proposal in the
                              sentence, and how often the other was kept; for claims: another rule says
                              something else of the same thing in the same sentence
      alone                   core lines that no other rule finds

    \b
    --report and --calibrate write files instead of printing tables. A set has the name of its gold folder; in the file
    of counts it takes the place of an earlier one of that name, and the other sets stay. A file of counts that does not
    exist begins as a copy of the shipped one. Is the confidence right for documents like mine?

    \b
    kg evaluate seeds/ gold/ --outside --calibrate counts.csv --report accuracy.md
    """
    asked = [name for name, yes in (("by-rule", by_rule), ("errors", errors), ("ablations", ablations)) if yes]
    if len(asked) > 1 and form != "table":
        raise click.UsageError(f"--{' and --'.join(asked)} are different tables; ask for one of them at a time")
    if (others or outside) and not (page or counts_file):
        raise click.UsageError("--also and --outside go with --report or --calibrate")
    evaluated = _evaluated(((docs, gold), *others), settings_of(said))
    if page or counts_file:
        _write(evaluated, page, counts_file, outside=outside)
        return
    if form == "table" or not asked:
        asked.insert(0, "scores")
    for number, name in enumerate(asked):
        if number:
            click.echo()
        print_table(_table(name, *evaluated[0], floor), form)


def _evaluated(pairs: Sequence[tuple[Path, Path]], settings: Settings) -> list[tuple[GoldSet, Evaluation]]:
    """The sets, read; says which files of the gold are not there."""
    from kg.evaluation import gold_sets
    from kg.pipeline import reader_of

    reader = reader_of(settings)
    evaluated = [(one, one.evaluated(reader)) for one in gold_sets(pairs, settings, reader)]
    for _, evaluation in evaluated:
        for file in evaluation.missing:
            click.echo(f"{file} is in the gold and was not read; all its lines count as missed", err=True)
    return evaluated


def _table(name: str, one: GoldSet, evaluation: Evaluation, floor: float) -> Table:
    if name == "by-rule":
        return _rules(evaluation, floor)
    if name == "errors":
        return _errors(evaluation)
    return _ablations(one, evaluation) if name == "ablations" else _scores(evaluation)


def _write(
    evaluated: Sequence[tuple[GoldSet, Evaluation]], page: Path | None, counts_file: Path | None, *, outside: bool
) -> None:
    """The file of counts first, as the page shows what it holds then."""
    from kg.evaluation.calibration import counts_of, updated
    from kg.evaluation.page import accuracy_page
    from kg.relations.rule_counts import FIT, TEST, counts_csv, read_counts, shipped_counts

    counts: Sequence[RuleCount] = shipped_counts()
    if counts_file is not None:
        before = read_counts(counts_file.read_bytes(), str(counts_file)) if counts_file.exists() else counts
        use = TEST if outside else FIT
        counts = updated(before, (count for one, e in evaluated for count in counts_of(e, one.name, use)))
        write_page(counts_file, counts_csv(counts))
    if page is not None:
        write_page(page, accuracy_page(evaluated, counts))


def _scores(evaluation: Evaluation) -> Table:
    from kg.evaluation import QUESTIONS, agreement
    from kg.model import Kind
    from kg.views.tables import Table

    rows = [
        _score_row(str(kind), names, evaluation.things(kind, relaxed=names == "relaxed"), {})
        for kind in Kind
        for names in ("strict", "relaxed")
    ]
    for question in QUESTIONS:
        score = evaluation.facts(question)
        rows.append(_score_row(question.fact, "relaxed", score, agreement(question, score)))
    return Table(SCORE_COLUMNS, tuple(rows))


def _rules(evaluation: Evaluation, floor: float) -> Table:
    from kg.views.tables import Table

    return Table(RULE_COLUMNS, tuple(_rule_row(row, floor) for row in evaluation.rules()))


def _errors(evaluation: Evaluation) -> Table:
    from kg.views.tables import Table

    columns = ("error", "what", "name", "rule", "file", "sentence")
    return Table(columns, tuple(tuple(error) for error in evaluation.errors()))


def _ablations(one: GoldSet, evaluation: Evaluation) -> Table:
    """The scores of the whole reader and of each that lacks something."""
    from kg.evaluation.ablations import ABLATIONS, ablated
    from kg.views.tables import Table

    tables = {"whole": _scores(evaluation)} | {a.name: _scores(ablated(one, a)) for a in ABLATIONS}
    rows = tuple((name, *row) for name, table in tables.items() for row in table.rows)
    return Table(("reader", *SCORE_COLUMNS), rows)


def _score_row(
    what: str, names: str, score: Score[Any, Any], agreed: Mapping[str, float | None]
) -> tuple[str | None, ...]:
    shares = (score.precision, score.recall, score.f1)
    counts = (score.core, len(score.pairs), len(score.missed), len(score.wrong), score.optional)
    return (what, names, *map(_share, shares), *map(str, counts), *(_share(agreed.get(name)) for name in AGREED))


def _rule_row(row: RuleRow, floor: float) -> tuple[str | None, ...]:
    low = row.precision is not None and row.precision < floor
    return (row.sort, row.what, row.rule, *_cells(row), f"below {floor:g}" if low else None)


def _cells(row: RuleRow) -> Iterator[str | None]:
    yield from map(str, (row.hits, row.right, row.neutral, row.wrong))
    yield from (_share(row.precision), _share(row.strict_precision))
    yield from (str(row.conflicts), str(row.lost) if row.sort == "mention" else None, str(row.alone))


def _share(value: float | None) -> str | None:
    return None if value is None else f"{value:.3f}"
