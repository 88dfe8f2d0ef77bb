"""An answer and a format → what `kg query` prints or writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.output import FORMATS, print_table, write_page

if TYPE_CHECKING:
    from kg.graph.asking import Answer
    from kg.graph.rows import Row
    from kg.views.tables import Table

ROW_FORMATS = (*FORMATS, "tsv", "xml", "sparql-json", "parquet")
TRIPLE_FORMATS = ("ttl", "nt", "jsonld")


def write_answer(answer: Answer, form: str, out: Path | None) -> None:
    """Prints the answer, or writes it into the file `out`; UsageError where it cannot be had in this format."""
    is_triples = answer.rows.form == "CONSTRUCT"
    if form in TRIPLE_FORMATS and not is_triples:
        raise click.UsageError(f"--format {form} is for CONSTRUCT and DESCRIBE queries; choose table, csv or json")
    if form in ("xml", "sparql-json") and is_triples:
        raise click.UsageError(f"--format {form} is for SELECT and ASK queries; choose ttl, nt or jsonld")
    if form == "parquet":
        _write_parquet(answer, out)
    elif form in FORMATS and out is None and not (is_triples and form == "table"):
        print_table(_table(answer, form), form)
    else:
        write_page(out or Path("-"), _text(answer, form))


def _text(answer: Answer, form: str) -> str:
    from kg.graph.results import results_json, results_tsv, results_xml
    from kg.views.tables import escaped, table_csv, table_json, table_text

    if form == "ttl" or (form == "table" and answer.rows.form == "CONSTRUCT"):
        from kg.graph.turtle import triples_lines

        return escaped("".join(triples_lines(answer.rows.triples, answer.base, answer.prefixes)))
    if form in TRIPLE_FORMATS:
        from kg.graph.results import triples_text

        return escaped(triples_text(answer.rows, form))
    if form == "sparql-json":
        return escaped(results_json(answer.rows))
    if form in FORMATS:
        write = {"csv": table_csv, "json": table_json}.get(form, table_text)
        return write(_table(answer, form))
    return results_tsv(answer.rows) if form == "tsv" else results_xml(answer.rows)


def _write_parquet(answer: Answer, out: Path | None) -> None:
    from kg.graph.frames import write_parquet

    if out is None:
        raise click.UsageError("--format parquet needs a file: --out answer.parquet")
    write_parquet(answer.rows, out)


def _table(answer: Answer, form: str) -> Table:
    from kg.views.tables import Table

    rows = answer.rows.rows if form != "table" else _shortened(answer.rows.rows, answer.prefixes)
    return Table(answer.rows.columns, rows)


def _shortened(rows: Iterable[Row], prefixes: Mapping[str, str]) -> tuple[Row, ...]:
    """IRIs with their prefixes: pol:Ongoing, id:claim/…; the longest start wins."""
    starts = sorted(prefixes.items(), key=lambda item: -len(item[1]))

    def short(cell: str | None) -> str | None:
        name = next((n for n, start in starts if cell is not None and cell.startswith(start)), None)
        return cell if cell is None or name is None else f"{name}:{cell.removeprefix(prefixes[name])}"

    return tuple(tuple(map(short, row)) for row in rows)
