"""Documents and gold annotations → how good the reading is: the command evaluate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.building import reading_options, settings_of
from kg.cli.output import FORMATS, print_table, speaks
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.evaluation import Evaluation, Score
    from kg.pipeline import Settings
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
@click.option("--format", "-f", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@reading_options
@speaks
def evaluate(docs: Path, gold: Path, form: str, floor: float, *, by_rule: bool, errors: bool, **said: Any) -> None:
    """Read DOCS and compare with annotations: how much is found, and how much of what is found is right.

    GOLD is a folder with parts.jsonl, entities.jsonl and facts.jsonl, one JSON object per line. A line with "core": true
    must be found; one with "core": false is neither rewarded nor punished; what matches no line is wrong. Names are
    equal (strict), or one holds the other and is at most twice as long (relaxed; facts are compared so). year, status …
    are the shares of found facts that agree.

    \b
    kg evaluate seeds/ gold/
    kg evaluate seeds/ gold/ --by-rule
    kg evaluate seeds/ gold/ --errors -f csv > errors.csv
    kg evaluate seeds/ gold/ --lexicon mine/        is my lexicon a gain?

    \b
    --by-rule counts each thing of a file, or each claim, once per rule that finds it:
      right, neutral, wrong   it is a core line, another line, or no line of the gold
      precision, strict       right among right and wrong, with relaxed and with equal names
      conflicts, lost         what it proposes that shares characters with another rule's proposal in the
                              sentence, and how often the other was kept; for claims: another rule says
                              something else of the same thing in the same sentence
      alone                   core lines that no other rule finds
    """
    from kg.views.tables import Table

    if by_rule and errors and form != "table":
        raise click.UsageError("--by-rule and --errors are two tables; ask for one of them at a time")
    evaluation = _evaluated(docs, gold, settings_of(said))
    tables = [_scores(evaluation)] if form == "table" or not (by_rule or errors) else []
    if by_rule:
        tables.append(Table(RULE_COLUMNS, tuple(_rule_row(row, floor) for row in evaluation.rules())))
    if errors:
        columns = ("error", "what", "name", "rule", "file", "sentence")
        tables.append(Table(columns, tuple(tuple(error) for error in evaluation.errors())))
    for number, table in enumerate(tables):
        if number:
            click.echo()
        print_table(table, form)
    for file in evaluation.missing:
        click.echo(f"{file} is in the gold and was not read; all its lines count as missed", err=True)


def _evaluated(docs: Path, gold: Path, settings: Settings) -> Evaluation:
    from kg.evaluation import Evaluation
    from kg.gold import Gold
    from kg.pipeline import documents_in, read_document, reader_of
    from kg.texts.inputs import Skipped

    wanted = Gold(gold)
    reader = reader_of(settings)
    found = [one for one in documents_in([docs], settings, reader) if not isinstance(one, Skipped)]
    evaluation = Evaluation((read_document(document, reader) for document in found), wanted, reader.lexicons)
    if not evaluation.readings:
        raise KgError(
            f"{docs} has no document that {gold} speaks of; parts.jsonl names {', '.join(wanted.files[:3])} …"
        )
    return evaluation


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
