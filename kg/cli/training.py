"""A user's own annotations → a model: the commands mentions and train."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.output import FORMATS, print_table, speaks, write_page
from kg.cli.reading import paths_of, reading_options, settings_of
from kg.errors import KgError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.remote.files import RemoteFile
    from kg.training import Trained
    from kg.views.tables import Table


@click.command()
@click.argument("docs", nargs=-1, required=True)
@click.option(
    "--out",
    "page",
    required=True,
    type=click.Path(path_type=Path, allow_dash=True),
    help="The JSONL file; - for standard output.",
)
@reading_options
@speaks
def mentions(docs: tuple[str, ...], page: Path, **said: Any) -> None:
    """Write the sentences with the names found in them as JSONL, to be corrected in an annotation tool.

    DOCS are files and folders as for kg build; then all their sentences are written. DOCS may also be graph folders;
    then only the sentences that claims rest on are. Each line reads

    \b
    {"text": "…", "spans": [{"start": 2, "end": 6, "label": "Program"}], "meta": {"source": "a.txt"}}

    with offsets in characters, as Prodigy writes them (doccano imports the same with its JSONL format). Correct the
    spans in your tool, keep meta, and hand the result to kg train.

    \b
    kg mentions docs/ --out to-review.jsonl
    kg mentions graph/ --out to-review.jsonl
    """
    from kg.views.tables import escaped

    lines = list(_lines(paths_of(docs), said))
    if not lines:
        raise KgError("no sentence was found in these documents")
    write_page(page, escaped("".join(f"{line}\n" for line in lines)))


def _lines(paths: Sequence[Path | RemoteFile], said: dict[str, Any]) -> Iterator[str]:
    from kg.graph.published import GRAPH_FILE
    from kg.graph.store import open_graph
    from kg.pipeline import documents_in, read_document, reader_of
    from kg.texts.inputs import Skipped
    from kg.training.reviewable import reviewable_evidence, reviewable_sentences
    from kg.views.tables import inert

    graphs = [path for path in paths if isinstance(path, Path) and (path / GRAPH_FILE).is_file()]
    for path in graphs:
        yield from reviewable_evidence(open_graph(path), path)
    documents = [path for path in paths if path not in graphs]
    if not documents:
        return
    settings = settings_of(said)
    reader = reader_of(settings)
    for found in documents_in(documents, settings, reader):
        if isinstance(found, Skipped):
            click.echo(f"{'note' if found.note else 'left out'}: {inert(found.file)}: {inert(found.reason)}", err=True)
        else:
            yield from reviewable_sentences(read_document(found, reader))


@click.command()
@click.argument("annotations", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--out", "folder", required=True, type=click.Path(path_type=Path), help="Folder for the model; made if missing."
)
@click.option(
    "--hold-out",
    "percent",
    type=click.IntRange(5, 50),
    default=20,
    show_default=True,
    help="Per cent of the text that the model is measured on and does not see.",
)
@click.option(
    "--folds", type=click.IntRange(2, 20), default=None, help="Hold out every document once, in so many rounds."
)
@click.option("--all", "on_all", is_flag=True, help="After measuring, fit the model that is kept on everything.")
@click.option(
    "--lexicon",
    "lexicons",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A folder with your own programmes.csv …, as for kg build.",
)
@click.option("--format", "-f", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@speaks
def train(
    annotations: tuple[Path, ...],
    folder: Path,
    percent: int,
    folds: int | None,
    lexicons: tuple[Path, ...],
    form: str,
    *,
    on_all: bool,
) -> None:
    """Make a model of your reviewed annotations, one more finder for kg build --model.

    ANNOTATIONS are JSONL files with character offsets, one text per line, or spaCy's .spacy files (DocBin):

    \b
    {"text": "…", "spans": [{"start": 2, "end": 6, "label": "Program"}]}     Prodigy, kg mentions
    {"text": "…", "label": [[2, 6, "Program"]]}                              doccano
    {"text": "…", "entities": [{"start_offset": 2, "end_offset": 6, "label": "项目"}]}

    Labels: Program 项目, PolicyDocument 政策文件, Agency 机构, Place 地方, Organization 组织, TargetGroup 对象.
    Lines with one "source" in "meta" are of one document. Every fault is named with its line before anything is made.

    The table shows, for texts that the model has not seen, how many of the annotated names the built-in rules find,
    the model, and a build with both: strict where the borders agree, relaxed where most of the name is covered. No text
    or document is on both sides. The model that is kept is the measured one; with --folds or --all it is fitted on
    everything afterwards. The same annotations give the same model.

    \b
    kg train reviewed.jsonl --out model/
    kg train a.jsonl b.spacy --out model/ --folds 5
    kg build docs/ --out graph/ --model model/
    """
    from kg.pipeline import Settings, reader_of
    from kg.training import read_annotations
    from kg.training import train as trained_on

    if folder.exists() and not folder.is_dir():
        raise KgError(f"{folder} is a file, so no model can be put there; choose another --out")
    read = read_annotations(annotations)
    reader = reader_of(Settings(lexicons=lexicons))
    made = trained_on(
        read, reader, percent / 100, folds or 0, on_all, progress=lambda doing: click.echo(f"{doing} …", err=True)
    )
    made.write(folder)
    print_table(_table(made), form)
    for line in _notes(made, folder):
        click.echo(line, err=True)


def _table(made: Trained) -> Table:
    from kg.views.tables import Table

    columns = (
        "kind",
        "finder",
        "names",
        "precision",
        "recall",
        "F1",
        "relaxed precision",
        "relaxed recall",
        "relaxed F1",
    )
    rows = []
    for figures in made.figures:
        shares = [
            share for score in (figures.strict, figures.relaxed) for share in (score.precision, score.recall, score.f1)
        ]
        count = str(figures.strict.annotated) + ("" if figures.telling else " (few)")
        rows.append((figures.kind.value, figures.finder, count, *map(_share, shares)))
    return Table(columns, tuple(rows))


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _notes(made: Trained, folder: Path) -> Iterator[str]:
    from kg.training.training import MIN_NAMES, TELLING

    few = list(dict.fromkeys(figures.kind.value for figures in made.figures if not figures.telling))
    if few:
        yield (
            f"(few): fewer than {TELLING} held-out names of {', '.join(few)}; these figures mean little, annotate more"
        )
    for kind, count in made.untrained:
        yield f"no model of {kind}: {count} names to learn from, {MIN_NAMES} are needed"
    if made.lost:
        yield f"{made.lost} annotated names could not be learned: they reach over the end of a sentence, or cleaning drops them"
    if made.repeats_the_rules:
        yield "the annotations are exactly what the rules find: correct them first, else the model only repeats the rules"
    how = (
        f"held out in {made.folds} rounds"
        if made.folds
        else f"held out, {made.held_out_groups} of {made.groups} documents"
    )
    yield f"{made.held_out} texts {how}; the model is fitted on {len(made.fitted_on)} texts → {folder}"
