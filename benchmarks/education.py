"""A number and a seed → education documents as local governments write them, made up, one text file each.

    python benchmarks/education.py 50_000 FOLDER [SEED]

Work summaries, work plans, implementation plans and notices of 1,500 to 6,000 characters. Places and programmes are those
of the lexicons, some far more often than others, as in life; the sentences are drawn from pools of pieces, so that hardly
one stands twice; one document in fifty is a copy of an earlier one or almost one. A document depends on its number and
the seed alone. Cite nothing from them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from string import Formatter
from typing import NamedTuple, TypeVar

sys.path.insert(0, str(Path(__file__).parents[1]))

from education_sentences import POOLS

from kg.lexicons import Place, load_lexicons

T = TypeVar("T")
SHARES = {
    "plain": 45,
    "adopt": 40,
    "goal": 14,
    "issue": 6,
    "learn_from": 2,
    "recognize": 2,
    "other_claim": 2,
}  # how often each kind of sentence is drawn
NUMERALS = "一二三四五六七八九十"
UNITS = {"Province": "省", "Prefecture": "市", "County": "县"}
YEARS = range(2010, 2025)
SECTIONS = range(3, 9)
SHORT = range(1, 2)  # documents of some 800 characters
COUNTED = 3_200  # characters of a document on average
COPIES = 50  # one document of so many has the text of another, or most of it
IN_A_FOLDER = 1000
Draw = Callable[["Scene"], str]


class Made(NamedTuple):
    """A made-up document, and what its name tells."""

    place: str
    genre: str
    year: int
    text: str


@dataclass(frozen=True, slots=True)
class Scene:
    """What the sentences of one document draw from."""

    dice: Random
    place: str
    parent: str
    children: tuple[str, ...]
    unit: str  # 市, 县, 区
    year: int
    sections: int


def documents(count: int, seed: int = 0, sections: range = SECTIONS) -> Iterator[tuple[str, str]]:
    """The name and the text of each document."""
    for number in range(count):
        made = document(number, seed, sections)
        yield f"{number // IN_A_FOLDER:03}/{number:06}-{made.place}{made.year}年{made.genre}.txt", made.text


def write_documents(folder: Path, count: int, seed: int = 0, sections: range = SECTIONS) -> int:
    """Writes the documents below a folder, a thousand in each of its folders; returns their characters."""
    characters = 0
    for name, text in documents(count, seed, sections):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        characters += len(text)
    return characters


def document(number: int, seed: int = 0, sections: range = SECTIONS) -> Made:
    """The document of a number, whatever others are made; with so many sections before the last."""
    dice = Random(f"{seed} {number}")
    if number and not dice.randrange(COPIES):
        earlier = document(dice.randrange(number), seed, sections)
        return earlier if dice.random() < 0.5 else earlier._replace(text=_altered(earlier.text, dice))
    place = _often(dice, _places())
    scene = Scene(dice, place.name, *_around(place), dice.choice(YEARS), dice.choice(sections))
    genre = dice.choice([*GENRES])
    return Made(place.name, genre, scene.year, "\n".join(GENRES[genre](scene)))


def _altered(text: str, dice: Random) -> str:
    """The text with a twentieth of its paragraphs left out, as a later version has it."""
    first, *rest = text.split("\n")
    return "\n".join([first, *(line for line in rest if dice.randrange(20))])


# ── Genres ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _summary(scene: Scene) -> Iterator[str]:
    yield f"{scene.place}教育局{scene.year}年工作总结"
    yield f"　　{drawn('summary_opening', scene)}"
    yield from _sections(scene, "存在的问题和下一步打算")


def _plan(scene: Scene) -> Iterator[str]:
    yield f"{scene.place}教育局{scene.year}年工作要点"
    yield f"　　{drawn('plan_opening', scene)}"
    yield from _sections(scene, "加强党的建设，提供坚强保证")


def _implementation(scene: Scene) -> Iterator[str]:
    subject = drawn("subject", scene)
    yield f"{scene.place}{subject}实施方案"
    yield f"　　{drawn('implementation_opening', scene)}"
    yield from _sections(scene, "组织保障")
    yield from _signed(scene)


def _notice(scene: Scene) -> Iterator[str]:
    yield f"{scene.place}教育局关于做好{scene.year}年{drawn('theme', scene)}的通知"
    yield f"{scene.place[0]}教发〔{scene.year}〕{scene.dice.randrange(1, 200)}号"
    yield "各中心校，局直属各学校、幼儿园："
    yield f"　　{drawn('notice_opening', scene)}"
    yield from _sections(scene, "有关要求")
    yield from _signed(scene)


GENRES = {"工作总结": _summary, "工作要点": _plan, "实施方案": _implementation, "通知": _notice}


def _signed(scene: Scene) -> Iterator[str]:
    yield f"{scene.place}教育局"
    yield f"{scene.year}年{scene.dice.randrange(1, 13)}月{scene.dice.randrange(1, 29)}日"


def _sections(scene: Scene, last: str) -> Iterator[str]:
    """Sections with subsections of a few sentences; the last one is of plain sentences."""
    for section in range(scene.sections):
        yield f"　　{NUMERALS[section]}、{drawn('heading', scene)}"
        for subsection in range(scene.dice.randrange(2, 5)):
            kinds = scene.dice.choices([*SHARES], [*SHARES.values()], k=scene.dice.randrange(2, 6))
            yield f"　　（{NUMERALS[subsection]}）{drawn('heading', scene)}。" + _sentences(scene, kinds)
    yield f"　　{NUMERALS[scene.sections]}、{last}"
    yield "　　" + _sentences(scene, ["plain"] * scene.dice.randrange(3, 9))


def _sentences(scene: Scene, kinds: Sequence[str]) -> str:
    return "".join(drawn(kind, scene) for kind in kinds)


# ── The lexicons ───────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def _places() -> tuple[Place, ...]:
    """Prefectures and counties of today in an order that has nothing to do with where they lie."""
    places = [one for one in load_lexicons().places if one.level in ("Prefecture", "County") and one.valid_to is None]
    Random(0).shuffle(places)
    return tuple(places)


@cache
def _programs() -> tuple[str, ...]:
    return tuple(name for program in load_lexicons().programs for name in (program.name, *program.aliases[:2]))


@cache
def _policies() -> tuple[str, ...]:
    return tuple(policy.name for policy in load_lexicons().documents)


@cache
def _children() -> dict[str, tuple[str, ...]]:
    below: dict[str, list[str]] = {}
    for place in _places():
        below.setdefault(place.parent, []).append(place.name)
    return {parent: tuple(names) for parent, names in below.items()}


@cache
def _around(place: Place) -> tuple[str, tuple[str, ...], str]:
    """The place above, the places below (of a county, made-up townships), and what it calls itself."""
    above = {one.id: one.name for one in load_lexicons().places}
    below = _children().get(place.id) or ("城关镇", "东郊镇", "河西街道", "新华街道", "大湾乡")
    return above.get(place.parent, "省"), below, place.name[-1] if place.name[-1] in "市县区" else UNITS[place.level]


def _often(dice: Random, things: Sequence[T]) -> T:
    """One of them, the first ones more often."""
    return things[int(len(things) * dice.random() ** 2)]


# ── Pools ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def drawn(pool: str, scene: Scene) -> str:
    """An entry of a pool, with all that stands in it drawn too."""
    return _drawing(pool)(scene)


@cache
def _drawing(pool: str) -> Draw:
    """What draws from a pool; quickly where nothing stands in its entries."""
    entries = POOLS[pool]
    size = len(entries)
    if not any("{" in entry for entry in entries):
        return lambda scene: entries[int(size * scene.dice.random())]
    parsed = [_parsed(entry) for entry in entries]

    def draw(scene: Scene) -> str:
        words, slots = parsed[int(size * scene.dice.random())]
        return words % tuple([slot(scene) for slot in slots])

    return draw


def _parsed(entry: str) -> tuple[str, tuple[Draw, ...]]:
    """The words of an entry with %s for each slot, and what draws the slots."""
    pieces = [(words.replace("%", "%%"), slot) for words, slot, _, _ in Formatter().parse(entry)]
    slots = [slot for _, slot in pieces if slot]
    return "".join(words + "%s" * bool(slot) for words, slot in pieces), tuple(
        KNOWN.get(slot) or _drawing(slot) for slot in slots
    )


KNOWN: dict[str, Draw] = {
    "place": lambda scene: scene.place,
    "bureau": lambda scene: f"{scene.place}教育局",
    "parent": lambda scene: scene.parent,
    "unit": lambda scene: scene.unit,
    "all": lambda scene: f"全{scene.unit}",
    "child": lambda scene: scene.dice.choice(scene.children),
    "other": lambda scene: _often(scene.dice, _places()).name,
    "year": lambda scene: str(scene.year),
    "later": lambda scene: str(scene.year + 1 + int(5 * scene.dice.random())),
    "month": lambda scene: str(1 + int(12 * scene.dice.random())),
    "few": lambda scene: "二三四五六"[int(5 * scene.dice.random())],
    "n": lambda scene: str(2 + int(60 * scene.dice.random())),
    "big": lambda scene: str(60 + int(9000 * scene.dice.random())),
    "pct": lambda scene: f"{80 + 20 * scene.dice.random():.1f}",
    "low": lambda scene: f"{50 + 30 * scene.dice.random():.1f}",
    "program": lambda scene: _often(scene.dice, _programs()),
    "document": lambda scene: _often(scene.dice, _policies()),
}


if __name__ == "__main__":
    count, target = int(sys.argv[1]), Path(sys.argv[2])
    written = write_documents(target, count, int(sys.argv[3]) if len(sys.argv) > 3 else 0)
    print(f"{count:,} documents, {written:,} characters → {target}")
