"""Status: whether a text looks back or ahead, by its genre or by how often it says 了 and 已."""

import pytest
from reading import claims, part

from kg.model import Genre, Relation
from kg.relations.status import TELLING, looks_ahead, looks_back

TOLD = "改造了食堂，配齐了教师，新校已投入使用。"  # three in twenty characters
QUIET = "各校切实加强领导，健全组织，抓好落实。"


@pytest.mark.parametrize(
    ("genre", "text", "back", "ahead"),
    [
        (Genre.SUMMARY, QUIET, True, False),
        (Genre.PLAN, TOLD, False, True),
        (Genre.SCHEME, TOLD, False, True),
        (Genre.NOTICE, TOLD, False, True),
        (Genre.REGULATION, TOLD, False, True),
        (Genre.NEWS, TOLD, True, False),
        (Genre.NEWS, QUIET, False, True),
        (Genre.OTHER, TOLD, True, False),
        (Genre.OTHER, QUIET, False, False),
        (Genre.REPORT, TOLD, True, False),
        (Genre.REPORT, QUIET, False, False),
        (Genre.SPEECH, QUIET, False, False),
    ],
)
def test_back_or_ahead(genre: Genre, text: str, back: bool, ahead: bool) -> None:
    """Summaries look back, plans ahead whatever they tell; news and texts of no known sort by their 了 and 已."""
    whole = part(text, genre=genre)
    assert (looks_back(whole), looks_ahead(whole)) == (back, ahead)


@pytest.mark.parametrize(("length", "back"), [(2 * TELLING - 10, True), (2 * TELLING + 10, False)])
def test_again_and_again(length: int, back: bool) -> None:
    """Two of them are enough for twice so many characters, not for more."""
    text = "改造了食堂。新建了食堂。" + QUIET * 80
    assert looks_back(part(text[:length], genre=Genre.OTHER)) is back


@pytest.mark.parametrize(
    ("genre", "told", "quiet"),
    [
        (Genre.NEWS, "Completed", "Planned"),
        (Genre.OTHER, "Completed", None),
        (Genre.REPORT, "Completed", None),
        (Genre.SUMMARY, "Completed", "Completed"),
        (Genre.PLAN, "Planned", "Planned"),
    ],
)
def test_bare_verb(genre: Genre, told: str, quiet: str | None) -> None:
    """推行X is done in a text that looks back, still to do in one that looks ahead, else open."""
    for text, status in ((f"推行校长职级制。{TOLD}", told), (f"推行校长职级制。{QUIET}", quiet)):
        assert claims(Relation.ADOPTS, "status", text, genre=genre) == [(status,)]


def test_still_to_do() -> None:
    """将推行X stays planned in news that looks back."""
    assert claims(Relation.ADOPTS, "status", f"将推行校长职级制。{TOLD}", genre=Genre.NEWS) == [("Planned",)]


@pytest.mark.parametrize(("text", "kind"), [(TOLD, "Achieved"), (QUIET, "Achieved"), ("将继续努力。", "Achieved")])
@pytest.mark.parametrize("genre", [Genre.NEWS, Genre.OTHER])
def test_numbers(genre: Genre, text: str, kind: str) -> None:
    """What is counted in news is achieved, unless its own sentence says that it shall be."""
    assert claims(Relation.GOAL, "value kind", f"新建公办幼儿园8所。{text}", genre=genre) == [("8", kind)]


@pytest.mark.parametrize(("text", "count"), [(TOLD, 1), (QUIET, 0)])
def test_assessment_in_news(text: str, count: int) -> None:
    """通过…验收 is a title held where the news looks back."""
    text = f"枝江市通过湖北省教育强市验收。{text}"
    assert len(claims(Relation.RECOGNIZES, "title", text, genre=Genre.NEWS)) == count


@pytest.mark.parametrize("text", ["为了孩子，除了校长，了解校情。", "改造了食堂。"])
def test_too_little_told(text: str) -> None:
    """为了, 除了, 了解 tell nothing, and one word is not again and again."""
    assert not looks_back(part(text, genre=Genre.OTHER))
