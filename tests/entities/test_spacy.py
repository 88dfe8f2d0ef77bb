"""The spaCy step: found by its name alone, the same after saving and loading, for any tokens, safe to print with displaCy."""

from __future__ import annotations

import doctest
import pickle
import re
import subprocess
import sys
from pathlib import Path

import annotated
import pytest
import spacy
from reading import mentions
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.entities import entity_reader
from kg.entities.spacy_component import DISPLACY, GROUP, PolicyEntities
from kg.graph.iris import BASE, thing_iri
from kg.model import Kind
from kg.training import train

TEXT = '为落实教育部要求,我市启动"三通两平台"工程。市教育局印发《大连市中小学管理办法》。'
FOUND = [
    ("教育部", "Agency", "agency/教育部", "central-agency"),
    ("我市", "Place", "place/210200", "context-word"),
    ('"三通两平台"工程', "Program", "program/三通两平台", "lexicon-program"),
    ("市教育局", "Agency", "agency/大连市教育局", "tier-with-organ"),
    ("大连市中小学管理办法", "PolicyDocument", "policy-document/大连市中小学管理办法", "titled-document"),
    ("大连市", "Place", "place/210200", "full-name"),
]
DALIAN: dict[str, object] = {"place": "大连市", "year": 2013}


def pipeline(**config: object) -> Language:
    nlp = spacy.blank("zh")
    nlp.add_pipe("policy_entities", config=config)
    return nlp


def spans(doc: Doc) -> list[tuple[str, str, str, str]]:
    return [(s.text, s.label_, s.kb_id_, s.id_) for s in doc.spans[GROUP]]


def lexicon(folder: Path) -> Path:
    """A user's own lexicon with one programme."""
    (folder / "own").mkdir()
    (folder / "own" / "programmes.csv").write_text("name,source\n晨光书屋,own notes\n", "utf-8")
    return folder / "own"


def model(folder: Path) -> Path:
    train(annotated.sentences(), entity_reader()).write(folder / "model")
    return folder / "model"


def test_reads_what_a_build_reads() -> None:
    """Straight quotes and half-width commas are no obstacle; the spans are those of the user's own text."""
    assert spans(pipeline(**DALIAN)(TEXT)) == FOUND


def test_found_by_name_alone() -> None:
    """spaCy finds the step through the package's entry point: nobody needs to import this package."""
    script = """
import spacy
nlp = spacy.blank("zh")
nlp.add_pipe("policy_entities", config={"place": "大连市"})
doc = nlp("我市启动三通两平台工程。")
print(ascii([span.kb_id_ for span in doc.spans["policy"]]))
"""
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, encoding="utf-8", check=True)
    assert told.stdout.strip() == ascii(["place/210200", "program/三通两平台"])


def test_saved_and_loaded(tmp_path: Path) -> None:
    """Place, year, lexicons and model are settings of the pipeline and come back with it, from disk and from bytes."""
    settings = DALIAN | {"lexicons": [str(lexicon(tmp_path))], "model": str(model(tmp_path))}
    nlp = pipeline(**settings)
    text = TEXT + "推广晨光书屋，与云川教育研究会合作。"
    own = [("晨光书屋", "Program"), ("云川教育研究会", "Organization")]
    assert [s[:2] for s in spans(nlp(text))] == [*(s[:2] for s in FOUND), *own]
    nlp.to_disk(tmp_path / "saved")
    loaded = spacy.load(tmp_path / "saved")
    assert loaded.config["components"]["policy_entities"] == {"factory": "policy_entities", **settings}
    assert spans(loaded(text)) == spans(nlp(text))
    assert spans(pipeline(**settings).from_bytes(nlp.to_bytes())(text)) == spans(nlp(text))
    again = pickle.loads(pickle.dumps(nlp.get_pipe("policy_entities")))
    assert spans(again(loaded.make_doc(text))) == spans(nlp(text))


@pytest.mark.parametrize(
    "processes", [1, pytest.param(2, marks=pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning"))]
)
def test_many_texts(processes: int) -> None:
    """`nlp.pipe` gives the same in one process and in two."""
    texts = [TEXT, "", "推进校车安全工作。"] * 6
    found = [spans(doc) for doc in pipeline(**DALIAN).pipe(texts, n_process=processes, batch_size=3)]
    assert found == [FOUND, [], []] * 6


def test_tokens_that_cut_a_name() -> None:
    """A name that begins or ends inside a token takes the whole token."""
    nlp = pipeline(**DALIAN)
    words = ["各地落实", "三通两", "平台", "工程", "。"]
    assert [s[0] for s in spans(nlp(Doc(nlp.vocab, words=words, spaces=[False] * 5)))] == ["三通两平台工程"]
    words = ["各地落实三", "通两平台工程啊", "。"]
    assert [s[0] for s in spans(nlp(Doc(nlp.vocab, words=words, spaces=[False] * 3)))] == ["各地落实三通两平台工程啊"]


def test_word_segmenter() -> None:
    """The names do not depend on where a segmenter sees words."""
    pytest.importorskip("jieba")
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    nlp.add_pipe("policy_entities", config=DALIAN)
    assert {s[2] for s in spans(nlp(TEXT))} == {s[2] for s in FOUND}


def test_beside_other_steps() -> None:
    """It touches neither entities nor sentences of other steps."""
    nlp = pipeline(**DALIAN)
    nlp.add_pipe("sentencizer", config={"punct_chars": ["。"]})
    ruler = nlp.add_pipe("entity_ruler", first=True)
    ruler.add_patterns([{"label": "GPE", "pattern": "大"}])
    doc = nlp(TEXT)
    assert [ent.label_ for ent in doc.ents] == ["GPE"]
    assert len([*doc.sents]) == 2
    assert spans(doc) == FOUND


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u200b", "abc", "。"])
def test_texts_without_names(text: str) -> None:
    """Always a group, though an empty one."""
    assert spans(pipeline()(text)) == []


@pytest.mark.parametrize("place", ["鼓楼区", "梦之市", "朝阳"])
def test_place_that_is_none_or_several(place: str) -> None:
    """It is told when the step is made."""
    with pytest.raises(ValueError, match="give its full official name"):
        pipeline(place=place)


def test_without_a_place_the_text_decides() -> None:
    """The heading says whose text it is."""
    doc = pipeline()("大连市教育局2013年工作总结\n一年来，市教育局启动“三通两平台”工程。")
    assert "agency/大连市教育局" in [s[2] for s in spans(doc)]


def test_settings() -> None:
    """Defaults leave everything to the text; the reader of one set of settings is prepared once."""
    assert PolicyEntities()._reader is PolicyEntities("大连市")._reader is entity_reader()


def test_page_for_readers() -> None:
    """What docs/spacy.md shows is what comes."""
    page = Path(__file__).parents[2] / "docs" / "spacy.md"
    results = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert (results.attempted, results.failed) == (8, 0)


# --- displaCy --------------------------------------------------------------------------------------------------------


def shown(text: str) -> str:
    return displacy.render(pipeline(**DALIAN)(text), style="span", options=DISPLACY, jupyter=False)


def test_displacy_shows_every_kind_in_its_colour() -> None:
    """The options name the group, and a colour for each kind."""
    colours = DISPLACY["colors"]
    assert isinstance(colours, dict)
    assert set(colours) == set(Kind)
    page = shown(TEXT)
    assert all(colours[label] in page and label in page for _, label, _, _ in FOUND)
    assert "program/三通两平台" in page


@pytest.mark.parametrize(
    "text",
    [
        "实施“<img src=x onerror=alert(1)>晨光阅读”工程<script>alert(1)</script>。",
        "实施“晨光<b\"onclick=x'>&amp;阅读”工程。",
        "印发《大连市<svg/onload=alert(1)>管理办法》。",
        "实施“晨光<阅读&lt;”工程。",
    ],
)
def test_displacy_runs_nothing_of_the_text(text: str) -> None:
    """Text is escaped by displaCy, ids are not: they hold nothing that could be markup."""
    doc = pipeline(**DALIAN)(text)
    assert spans(doc)
    page = displacy.render(doc, style="span", options=DISPLACY, jupyter=False)
    assert set(re.findall(r"<(/?\w+)", page)) == {"div", "/div", "span", "/span", "a", "/a"}
    assert not any(set(span[2]) & set('<>"') for span in spans(doc))


def test_ids_are_the_paths_of_iris() -> None:
    """What a Doc and a graph call one thing is the same, up to the base."""
    text = "印发《大连市<甲>^乙管理办法》。"
    (found,) = (m for m in mentions(Kind.POLICY_DOCUMENT, text, "大连市") if m.entity)
    assert found.entity is not None
    ids = [s[2] for s in spans(pipeline(**DALIAN)(text)) if s[1] == "PolicyDocument"]
    assert ids == [thing_iri(BASE, found.entity.id).removeprefix(BASE)]
