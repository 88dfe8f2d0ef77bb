"""The search box finds things by name, alias and initials, and sentences by their words, with keys alone."""

from __future__ import annotations

import pytest

from kg.views.explorer.records import Exploration

from .conftest import Opened

FIND = "(query) => searchThings.find(query).map(({thing}) => data.things.iri.at(thing))"
INITIALS = """(of) => {
  const texts = Array.from({length: data.things.rows}, (_, i) => new TextEncoder().encode(of[data.things.iri.at(i)] ?? ""));
  const ends = Uint32Array.from([0, ...texts.map((sum => (text) => (sum += text.length))(0))]);
  const bytes = new Uint8Array(ends.at(-1));
  texts.forEach((text, i) => bytes.set(text, ends[i]));
  data.things.initials = {ends, bytes};
}"""


def _typed(opened: Opened, text: str) -> None:
    opened.page.focus("#search-box")
    opened.page.keyboard.insert_text(text)
    opened.page.wait_for_selector("#search-list[aria-busy=false]:not([hidden])")


def test_keys_alone_find_and_open(opened: Opened) -> None:
    """“/” comes to the box, the arrows move, Enter opens; the programme stands in the panel and on the stage."""
    opened.page.keyboard.press("/")
    opened.page.keyboard.insert_text("县管校聘")
    opened.page.wait_for_selector("#search-list[aria-busy=false]:not([hidden])")
    opened.page.keyboard.press("ArrowDown")
    active = opened.page.get_attribute("#search-box", "aria-activedescendant")
    assert opened.page.get_attribute(f"#{active}", "aria-selected") == "true"
    opened.page.keyboard.press("End")
    opened.page.keyboard.press("Home")
    assert opened.page.get_attribute("#search-box", "aria-activedescendant") == active
    opened.page.keyboard.press("Enter")
    assert opened.hash == {"chosen": "program/县管校聘", "program": "program/县管校聘"}
    assert opened.page.get_attribute("#search-box", "aria-expanded") == "false"
    opened.page.press("#search-box", "Escape")
    assert opened.page.input_value("#search-box") == ""


def test_enter_opens_the_best_without_waiting(opened: Opened) -> None:
    opened.page.focus("#search-box")
    opened.page.keyboard.insert_text("三通两平台")
    opened.page.keyboard.press("Enter")
    assert opened.hash["chosen"] == "program/三通两平台"


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("县管校聘", "program/县管校聘"),
        ("二免一补", "program/两免一补"),  # alias
        ("三通两", "program/三通两平台"),  # beginning
        ("不忘初心 主题教育", "program/不忘初心、牢记使命主题教育"),  # two words
        ("９＋３免费教育", "program/9+3免费教育计划"),  # full width
        ("SCHOOL BUILDING", "program/中小学校舍安全工程"),  # Latin letters in either case
        ("xgxp", "program/县管校聘"),
        ("XGX", "program/县管校聘"),
        ("縣管校聘", "program/县管校聘"),  # Traditional characters
        ("二免一補", "program/两免一补"),
        ("瀋陽", "organization/沈阳师范大学"),
        ("没有这样的名字", None),
    ],
)
def test_names_aliases_and_initials(opened: Opened, query: str, first: str | None) -> None:
    opened.page.evaluate(INITIALS, {"program/县管校聘": "xgxpgg\nxgxp"})
    assert next(iter(opened.page.evaluate(FIND, query)), None) == first


@pytest.mark.parametrize("words", ["教师", "教师 培训", "幼儿园 %", "2012年 教育"])
def test_words_of_a_sentence(opened: Opened, exploration: Exploration, words: str) -> None:
    """All of the words stand in it; no sentence is missed."""
    expected = [i for i, quote in enumerate(exploration.quotes) if all(word in quote.text for word in words.split())]
    assert opened.page.evaluate("query => [...searchSentences.find(query)]", words) == expected
    assert expected


@pytest.mark.parametrize(("typed", "meant"), [("縣管校聘", "县管校聘"), ("教師 培訓", "教师 培训"), ("學校", "学校")])
def test_traditional_characters_find_simplified_sentences(opened: Opened, typed: str, meant: str) -> None:
    """Every sentence that the Simplified words find, with those words marked."""
    opened.go(f"lang=en&panel.words={typed}")
    find = "query => [...searchSentences.find(query)]"
    assert opened.page.evaluate(find, typed) == opened.page.evaluate(find, meant)
    assert set(opened.page.locator("#panel .found mark").all_text_contents()) == set(meant.split())


def test_every_field_knows_traditional_characters(opened: Opened) -> None:
    """The list of programmes, the words of the table, the sides of a comparison, the ends of a way."""
    opened.go("diffusion.q=縣管校聘")
    assert "program/县管校聘" in opened.page.eval_on_selector_all(
        "#stage tr", "all => all.map((row) => row.dataset.program)"
    )
    opened.go("view=table&table.of=things&table.words=縣管校聘")
    assert all("县管校聘" in row for row in opened.page.locator("#stage tbody tr.opens").all_inner_texts())
    assert opened.page.locator("#stage tbody tr.opens").count() > 0
    assert opened.page.evaluate("comparePicker.suggested('Program', '縣管校聘', -1)[0].name") == "县管校聘"
    opened.go("view=network")
    opened.page.fill("#net-from", "縣管校聘")
    assert opened.page.inner_text("#net-from-list [role=option]").strip() == "县管校聘"


def test_all_sentences_are_listed_in_the_panel(opened: Opened, exploration: Exploration) -> None:
    """The last hit opens the list; a sentence of it opens the evidence, and from there a way leads back."""
    n = sum("教育" in quote.text and "建设" in quote.text for quote in exploration.quotes)
    _typed(opened, "教育 建设")
    opened.page.keyboard.press("ArrowUp")
    opened.page.keyboard.press("Enter")
    assert opened.hash == {"panel.words": "教育 建设"}
    assert f"句子（{n}）" in opened.page.text_content("#panel")
    assert set(opened.page.locator("#panel .found mark").all_text_contents()) == {"教育", "建设"}
    first = opened.page.locator("#panel .found").first
    first.click()
    assert "教育" in opened.page.text_content("#panel .printed")
    opened.page.click("#panel .back")
    assert opened.hash == {"panel.words": "教育 建设"}


def test_half_typed_pinyin_is_not_looked_for(opened: Opened) -> None:
    """Between compositionstart and compositionend the letters are not yet words."""
    opened.page.focus("#search-box")
    box = opened.page.locator("#search-box")
    box.dispatch_event("compositionstart")
    opened.page.keyboard.insert_text("xian")
    opened.page.wait_for_timeout(150)
    assert opened.page.is_hidden("#search-list")
    box.dispatch_event("compositionend")
    opened.page.wait_for_selector("#search-list:not([hidden])")


def test_a_click_opens_and_hostile_words_stay_words(opened: Opened, exploration: Exploration) -> None:
    _typed(opened, "<img src=x onerror=alert(1)>")
    assert opened.page.text_content("#search-list") == "什么也没有找到。"
    opened.page.fill("#search-box", "大连")
    place = opened.page.locator("#search-list [role=option]", has_text="大连").first
    place.click()
    assert opened.hash["chosen"].partition("/")[0] in {"place", "program", "agency", "policy-document"}
