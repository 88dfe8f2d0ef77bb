"""Annotations → a model with figures: every form and fault of the files, what is held out, the two commands."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

import annotated
import pytest
import spacy
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import DocBin

from kg.cli import main
from kg.entities import entity_reader
from kg.errors import AnnotationError, TooFewExamples
from kg.model import Kind, Span
from kg.training import Annotation, Trained, read_annotations, train
from kg.training.annotations import LABELS, Name
from kg.training.apart import folds, groups_of, held_out
from kg.training.examples import Example, example
from kg.training.scores import Score, relaxed, strict

ROOT = Path(__file__).resolve().parent.parent
TEXT = "全市启动晨光阅读工程。"
PROGRAM = Name(Span(4, 10), Kind.PROGRAM)


@cache
def trained() -> Trained:
    return train(annotated.sentences(), entity_reader())


def kg(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def written(tmp_path: Path, *lines: object) -> Path:
    path = tmp_path / "a.jsonl"
    told = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    path.write_text("\n".join(told), "utf-8")
    return path


# --- files -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        {"text": TEXT, "spans": [{"start": 4, "end": 10, "label": "Program"}]},
        {
            "text": TEXT,
            "spans": [{"start": 4, "end": 10, "label": "PROGRAM", "text": "晨光阅读工程"}],
            "answer": "accept",
        },
        {"text": TEXT, "label": [[4, 10, "Program"]]},
        {"text": TEXT, "labels": [[4, 10, "项目"]]},
        {"text": TEXT, "entities": [{"id": 1, "label": "program", "start_offset": 4, "end_offset": 10}]},
        {"text": TEXT, "entities": [[4, 10, "政策项目"]]},
        [TEXT, {"entities": [[4, 10, "Program"]]}],
        "\ufeff" + json.dumps({"text": TEXT, "spans": [{"start": 4, "end": 10, "label": "Program"}]}) + "\r\n",
    ],
)
def test_forms_of_a_line(tmp_path: Path, line: object) -> None:
    """What Prodigy, doccano and spaCy write means the same."""
    (found,) = read_annotations([written(tmp_path, line)])
    assert (found.text, found.names) == (TEXT, (PROGRAM,))


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("policy_document", Kind.POLICY_DOCUMENT),
        ("Policy Document", Kind.POLICY_DOCUMENT),
        ("政策文件", Kind.POLICY_DOCUMENT),
        ("机构", Kind.AGENCY),
        ("地方", Kind.PLACE),
        ("组织", Kind.ORGANIZATION),
        ("TARGETGROUP", Kind.TARGET_GROUP),
        ("对象", Kind.TARGET_GROUP),
    ],
)
def test_labels(tmp_path: Path, label: str, kind: Kind) -> None:
    """Our names in any case, and Chinese ones."""
    (found,) = read_annotations([written(tmp_path, {"text": TEXT, "label": [[4, 10, label]]})])
    assert [name.kind for name in found.names] == [kind]


def test_names_of_different_kinds_may_nest(tmp_path: Path) -> None:
    """And a text without names is an example, too; a refused one is none; blanks at the borders do not count."""
    lines = (
        {"text": TEXT, "label": [[4, 10, "Program"], [6, 8, "TargetGroup"]]},
        {"text": "召开会议。", "spans": []},
        {"text": TEXT, "spans": [], "answer": "reject"},
        "",
        {"text": "启动 晨光工程 。", "label": [[2, 8, "Program"]]},
    )
    found = read_annotations([written(tmp_path, *lines)])
    assert [len(one.names) for one in found] == [2, 0, 1]
    assert found[2].names == (Name(Span(3, 7), Kind.PROGRAM),)


def test_meta(tmp_path: Path) -> None:
    """The document, its place and its year; what cannot be one is left aside."""
    lines = (
        {"text": TEXT, "spans": [], "meta": {"source": "a.txt", "place": "大连市", "year": 2016}},
        {"text": TEXT, "spans": [], "meta": {"source": 3, "place": ["x"], "year": "2016"}},
    )
    found = read_annotations([written(tmp_path, *lines)])
    assert [(one.source, one.place, one.year) for one in found] == [("a.txt", "大连市", 2016), ("", "", None)]


FAULTS = [
    ("{", "is no JSON object"),
    ("[" * 100_000, "is no JSON object"),
    ("3", "is no JSON object"),
    ({"spans": []}, "it has no text"),
    ({"text": "  ", "spans": []}, "it has no text"),
    ({"text": TEXT}, 'a text without names has "spans": []'),
    ({"text": TEXT, "label": "Program"}, "its names are no list"),
    ({"text": TEXT, "label": ["Program"]}, "a name must read"),
    ({"text": TEXT, "label": [[4, 40, "Program"]]}, "4 to 40 is no stretch of its 11 characters"),
    ({"text": TEXT, "label": [[6, 6, "Program"]]}, "6 to 6 is no stretch"),
    ({"text": TEXT, "label": [[-4, 6, "Program"]]}, "-4 to 6 is no stretch"),
    ({"text": TEXT, "label": [[True, 6, "Program"]]}, "True to 6 is no stretch"),
    ({"text": TEXT, "label": [["4", 6, "Program"]]}, "'4' to 6 is no stretch"),
    ({"text": TEXT, "spans": [{"start": 4, "label": "Program"}]}, "4 to None is no stretch"),
    (
        {"text": TEXT, "spans": [{"start": 5, "end": 10, "label": "Program", "text": "晨光阅读工程"}]},
        "cuts “光阅读工程”, not “晨光阅读工程”; offsets must count characters, not bytes",
    ),
    ({"text": TEXT, "label": [[4, 10, "Fish"]]}, "the label 'Fish' of “晨光阅读工程” is none of Program, "),
    ({"text": TEXT, "label": [[4, 10, None]]}, "the label 'None'"),
    ({"text": TEXT, "label": [[4, 10, "Program"], [8, 11, "program"]]}, "“晨光阅读工程” and “工程。” overlap"),
    ({"text": TEXT, "label": [[4, 10, "Program"], [4, 10, "Program"]]}, "overlap and are both Program; keep one"),
    ({"text": "启动   工程", "label": [[2, 5, "Program"]]}, "2 to 5 marks blanks only"),
    ('{"text": "\\ud800", "spans": []}', "half a character"),
]


@pytest.mark.parametrize(("line", "message"), FAULTS)
def test_faults(tmp_path: Path, line: object, message: str) -> None:
    """Each is told with its file and line."""
    path = written(tmp_path, {"text": TEXT, "spans": []}, line)
    with pytest.raises(AnnotationError) as raised:
        read_annotations([path])
    (problem,) = raised.value.problems
    assert problem.startswith(f"{path}:2: ")
    assert message in problem


def test_all_faults_at_once(tmp_path: Path) -> None:
    """Of all lines, of all files, and several of one line; from the forty-first on they are counted."""
    many = written(tmp_path, {"text": TEXT, "label": [[0, 99, "Program"], [4, 10, "Fish"]]}, *["{"] * 50)
    latin = tmp_path / "latin.jsonl"
    latin.write_bytes('{"text": "é"}'.encode("latin-1"))
    broken = tmp_path / "broken.spacy"
    broken.write_bytes(b"no DocBin")
    with pytest.raises(AnnotationError) as raised:
        read_annotations([many, latin, tmp_path / "missing.jsonl", broken])
    assert len(raised.value.problems) == 52 + 3
    assert str(raised.value).endswith("and 15 more faults")
    for end in (
        "save the annotations as UTF-8",
        "there is no such file",
        "write it again with DocBin.to_disk",
    ):
        assert any(end in problem for problem in raised.value.problems)


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    """Whatever stands in a file, it is read or refused."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("a.jsonl", "a.spacy"):
            path = Path(folder) / name
            path.write_bytes(data)
            with suppress(AnnotationError):
                read_annotations([path])


def test_docbin(tmp_path: Path) -> None:
    """Entities and the spans of every group, once each."""
    doc = spacy.blank("zh")(TEXT)
    doc.spans["policy"] = [doc.char_span(4, 10, label="Program"), doc.char_span(6, 8, label="对象")]
    doc.ents = [doc.char_span(4, 10, label="Program")]
    DocBin(docs=[doc]).to_disk(tmp_path / "a.spacy")
    (found,) = read_annotations([tmp_path / "a.spacy"])
    assert found.names == (PROGRAM, Name(Span(6, 8), Kind.TARGET_GROUP))


# --- from annotations to examples -----------------------------------------------------------------------------------


def made(text: str, *names: tuple[int, int], source: str = "") -> Example:
    marked = tuple(Name(Span(*name), Kind.PROGRAM) for name in names)
    found = example(Annotation(text, marked, "made-up:1", source), entity_reader())
    assert found is not None
    return found


def test_offsets_move_with_cleaning() -> None:
    """The annotator marked the text as it was; the model learns from what a build reads: straight quotes become curled."""
    raw = '全市启动"晨光\u200b阅读"工程,各校参加.'
    (name,) = made(raw, (4, 13)).names
    clean = made(raw, (4, 13)).document.clean
    assert clean[name.span.start : name.span.end] == "“晨光阅读”工程"


@pytest.mark.parametrize("marked", [(2, 8), (3, 7)])
def test_quotes_around_a_name_do_not_count(marked: tuple[int, int]) -> None:
    """Some annotators mark them, some do not."""
    assert {name.span for name in made("启动“晨光工程”。", marked).names} == {Span(3, 7)}


def test_a_name_over_the_end_of_a_sentence_is_lost() -> None:
    """It is counted as wanted, but cannot be learned."""
    found = made("启动晨光；阅读工程。", (2, 9))
    assert (len(found.names), found.lost) == (1, 1)


def test_nothing_left() -> None:
    """Blanks and page furniture make no example."""
    assert example(Annotation("\u200b", (), "made-up:1"), entity_reader()) is None


# --- what is held out ------------------------------------------------------------------------------------------------


def grouped(examples: Iterable[Example]) -> set[frozenset[str]]:
    return {frozenset(found.annotation.text for found in group) for group in groups_of([*examples])}


A, B = (
    "各校开展了丰富多彩的读书节活动，教师指导学生写下读书笔记。",
    "加强校车安全管理工作检查，严格落实值班制度和报告制度。",
)


@pytest.mark.parametrize(
    ("examples", "groups"),
    [
        ((made(A), made(B)), 2),
        ((made(A), made(A)), 1),
        ((made(A), made(A.replace("，", "；"))), 1),
        ((made(A), made(f"2016年，{A}")), 1),
        ((made(A), made(A + B)), 1),  # a document and a paragraph of it
        ((made(A, source="a"), made(B, source="a")), 1),
        ((made(A, source="a"), made(B, source="b")), 2),
        ((made(A), made(A + B), made(B)), 1),
        ((made("12"), made("13")), 2),
    ],
)
def test_groups(examples: tuple[Example, ...], groups: int) -> None:
    """One document, one text, or two that share most of their clauses are never divided."""
    assert len(groups_of(examples)) == groups


@given(st.permutations(range(12)), st.floats(0.05, 0.5))
def test_held_out(order: list[int], share: float) -> None:
    """Never all and never nothing; the order of the lines does not matter."""
    examples = examples_of_sentences()
    groups = groups_of([examples[n] for n in order])
    taken = held_out(groups, share)
    assert 0 < len(taken) < len(groups)
    assert {groups[n][0].annotation.text for n in taken} == {
        groups_of(examples)[n][0].annotation.text for n in held_out(groups_of(examples), share)
    }


def test_every_group_is_in_one_fold() -> None:
    """And no fold is empty."""
    groups = groups_of(examples_of_sentences())
    dealt = folds(groups, 5)
    assert sorted(n for fold in dealt for n in fold) == [*range(len(groups))]
    assert all(dealt)


@cache
def examples_of_sentences() -> tuple[Example, ...]:
    return tuple(found for one in annotated.sentences()[:12] if (found := example(one, entity_reader())))


# --- figures ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "strictly", "loosely"),
    [
        ([(4, 10)], 1, 1),
        ([(4, 9)], 0, 1),
        ([(4, 7)], 0, 1),
        ([(4, 6)], 0, 0),
        ([(0, 12)], 0, 1),
        ([(4, 10), (5, 10)], 1, 1),
        ([(4, 7), (7, 10)], 0, 1),
        ([(10, 16)], 0, 0),
        ([], 0, 0),
    ],
)
def test_scores(found: list[tuple[int, int]], strictly: int, loosely: int) -> None:
    """Strict: the same borders. Relaxed: half of the longer stretch, and one name answers to one name."""
    names = [Name(Span(*span), Kind.PROGRAM) for span in found]
    assert strict([PROGRAM], names, Kind.PROGRAM) == Score(1, len(found), strictly)
    assert relaxed([PROGRAM], names, Kind.PROGRAM) == Score(1, len(found), loosely)
    assert strict([PROGRAM], names, Kind.PLACE) == Score()


def test_shares() -> None:
    """Nothing found has no precision, nothing annotated no recall."""
    assert (Score(4, 2, 1).precision, Score(4, 2, 1).recall, Score(4, 2, 1).f1) == (0.5, 0.25, pytest.approx(1 / 3))
    assert (Score(4, 0, 0).precision, Score(0, 4, 0).recall, Score().f1) == (None, None, None)


# --- training --------------------------------------------------------------------------------------------------------


def test_learns_what_the_rules_do_not_know() -> None:
    """On sentences that it has not seen; figures of the held-out part, too few of them to mean much."""
    figures = {f.finder: f for f in trained().figures if f.kind is Kind.ORGANIZATION}
    assert figures["rules"].strict.right == 0
    assert figures["model"].strict.recall == figures["both"].strict.recall == 1
    assert not figures["rules"].telling
    assert trained().held_out + len(trained().fitted_on) == 64


def test_same_annotations_same_bytes(tmp_path: Path) -> None:
    """Whatever the order of the lines."""
    trained().write(tmp_path / "one")
    train(annotated.sentences()[::-1], entity_reader()).write(tmp_path / "other")
    one, other = ({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in ("one", "other"))
    assert one == other
    assert set(one) == {"model.json", "Organization.crfsuite"}


def test_folds_hold_out_every_text() -> None:
    """And the model that is kept has seen them all; so has the one of --all, with the figures of the held-out part."""
    rounds = train(annotated.sentences(), entity_reader(), fold_number=3)
    assert (rounds.held_out, len(rounds.fitted_on)) == (64, 64)
    on_all = train(annotated.sentences(), entity_reader(), on_all=True)
    assert on_all.figures == trained().figures
    assert on_all.models == rounds.models != trained().models


@pytest.mark.parametrize(
    ("annotations", "fold_number", "message"),
    [
        ((), 0, "texts without content"),
        (annotated.sentences()[:1], 0, "annotate a second document"),
        ([Annotation(a.text, a.names, a.where, "one.txt") for a in annotated.sentences()], 0, "are of one document"),
        (annotated.sentences()[:8], 0, "too few examples to learn from: . Organization beside"),
        ([Annotation(a.text, (), a.where) for a in annotated.sentences()], 0, "no names beside the held-out part"),
        (annotated.sentences()[:8], 9, "--folds 9: there are only 8 documents"),
    ],
)
def test_too_few(annotations: Iterable[Annotation], fold_number: int, message: str) -> None:
    """It says what is there and what is needed."""
    with pytest.raises(TooFewExamples, match=message):
        train(annotations, entity_reader(), fold_number=fold_number)


# --- the commands ----------------------------------------------------------------------------------------------------


def test_from_annotations_to_a_graph(tmp_path: Path) -> None:
    """kg train, then kg build --model: the new name is in the graph's table of mentions, and without the model it is not."""
    told = kg("train", annotated.jsonl(tmp_path / "a.jsonl"), "--out", tmp_path / "model")
    assert told.exit_code == 0
    assert "Organization  both" in told.output
    assert "fewer than 30 held-out names of Organization" in told.output
    (tmp_path / "a.txt").write_text(
        "大连市教育局2016年工作总结\n一年来，我市与云川教育研究会合作开展教研活动。", "utf-8"
    )
    assert kg("build", tmp_path / "a.txt", "--out", tmp_path / "with", "--model", tmp_path / "model").exit_code == 0
    assert kg("build", tmp_path / "a.txt", "--out", tmp_path / "without").exit_code == 0
    row = "Organization,云川教育研究会,organization/云川教育研究会,trained-model"
    assert row in (tmp_path / "with" / "mentions.csv").read_text("utf-8")
    assert "研究会" not in (tmp_path / "without" / "mentions.csv").read_text("utf-8")


def test_mentions_can_be_reviewed(tmp_path: Path) -> None:
    """kg mentions writes what kg train reads: of documents every sentence, of a graph those that claims rest on."""
    text = "大连市教育局2016年工作总结\n全市实施“晨光阅读”工程,面向农村教师开展培训。\n召开安全工作会议。"
    (tmp_path / "a.txt").write_text(text, "utf-8")
    assert kg("build", tmp_path / "a.txt", "--out", tmp_path / "graph").exit_code == 0
    assert kg("mentions", tmp_path / "a.txt", "--out", tmp_path / "docs.jsonl").exit_code == 0
    assert kg("mentions", tmp_path / "graph", "--out", tmp_path / "graph.jsonl").exit_code == 0
    docs = read_annotations([tmp_path / "docs.jsonl"])
    assert [one.text for one in docs] == text.replace(",", "，").split("\n")
    assert {(one.source, one.place, one.year) for one in docs} == {("a.txt", "大连市", 2016)}
    (evidence,) = read_annotations([tmp_path / "graph.jsonl"])
    assert evidence.text == text.split("\n")[1]
    found = {(evidence.text[name.span.start : name.span.end], name.kind) for name in evidence.names}
    assert {("“晨光阅读”工程", Kind.PROGRAM), ("农村教师", Kind.TARGET_GROUP)} <= found


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("train", "a.jsonl", "--out", "a.jsonl"), "a.jsonl is a file"),
        (("train", "nothing.jsonl", "--out", "model"), "nothing.jsonl: there is no such file"),
        (("build", "a.txt", "--out", "graph", "--model", "nowhere"), "nowhere holds no model"),
        (("mentions", "empty", "--out", "b.jsonl"), "no sentence was found"),
    ],
)
def test_errors_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], message: str
) -> None:
    """Exit code 1 and the cure."""
    monkeypatch.chdir(tmp_path)
    annotated.jsonl(tmp_path / "a.jsonl")
    (tmp_path / "a.txt").write_text("召开会议。", "utf-8")
    (tmp_path / "empty").mkdir()
    told = kg(*arguments)
    assert told.exit_code == 1
    last = told.output.splitlines()[-1]
    assert last.startswith("Error: ")
    assert message in last


def test_page_for_readers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands of docs/training.md work in their order, its labels are known, its example cuts a name."""
    page = (ROOT / "docs" / "training.md").read_text("utf-8")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").mkdir()
    for path in sorted((ROOT / "data" / "examples").glob("0[1-4]*")):
        shutil.copy(path, tmp_path / "docs")
    commands = re.findall(r"^\$ kg (.*)$", page, re.M)
    assert [command.split()[0] for command in commands] == ["mentions", "train", "build"]
    told = [kg(*shlex.split(command)) for command in commands]
    assert [one.exit_code for one in told] == [0, 0, 0]
    assert "the annotations are exactly what the rules find" in told[1].output
    for label, also in re.findall(r"^\| `(\w+)` \| (\w+) \|", page, re.M):
        assert LABELS[also] == Kind(label)
    (example_line,) = re.findall(r'^\{"text".*\}$', page, re.M)
    (shown,) = read_annotations([written(tmp_path, example_line)])
    assert [shown.text[name.span.start : name.span.end] for name in shown.names] == ["农村教师"]
