"""How well and how fast copied passages are found: python benchmarks/reuse.py [DOCUMENTS] [SEED]

Makes documents of 10 kB (default 1,000) of 250 places out of words and phrases at random, plants passages of 40 to 240
characters from an earlier text of one place in later ones of others, with no, 5 % or 10 % of the characters changed and
places and years exchanged, and strews 40 sentences of boilerplate over a quarter of all documents. Prints recall by length
and rate of edits, precision, pairs of pure boilerplate, CPU seconds, seconds per MB and memory; then what MinHash over
whole documents (rensa) and difflib give on the same documents. Compare lines of one run.
"""

from __future__ import annotations

import difflib
import random
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))

from rensa import RMinHash, RMinHashLSH

from kg.diffusion.adoptions import Unit
from kg.diffusion.reuse.finding import reused
from kg.diffusion.reuse.records import Corpus, Passage, Reuse, Text, Written
from kg.lexicons import load_lexicons
from kg.model import Span
from kg.texts import read_document

BYTES = 10_000
PLACES = 250
LENGTHS = (40, 60, 100, 240)  # of planted passages, up to the next
RATES = (0.0, 0.05, 0.10)
BOILERPLATE, EVERYWHERE = 40, 0.25  # sentences, and the share of documents in which each stands
OVERLAP = 0.5  # of a planted passage that must be found
VERBS = "推进 加强 深化 落实 完善 健全 实施 开展 组织 规范 优化 提升 强化 建立 推动 探索 创新 统筹 保障 启动".split()
THINGS = (
    "学前教育普惠发展 义务教育均衡发展 教师队伍建设 集团化办学 学校章程建设 校园安全管理 家庭教育指导 课程改革 教育督导 信息化建设 "
    "职业教育 特殊教育 体育美育 劳动教育 心理健康教育 学籍管理 招生制度改革 经费保障 营养改善 布局调整 教研工作 党建工作 乡村学校 "
    "民办教育 语言文字工作 对外交流 社区教育 终身学习 综合素质评价 师德师风"
).split()
FRAMES = (
    "进一步{v}{t}，{w}", "{v}{t}和{t}，{w}", "围绕{t}，{v}{w}", "{n}年，{p}教育局{v}{t}，{w}", "以{w}为重点，{v}{t}",
    "（{n}）{v}{w}，{v}{t}", "全{p}{n}所学校{w}，{v}{t}",
)  # fmt: skip


class Planted(NamedTuple):
    """A passage that one document has from another, with where it begins and ends in both."""

    source: int
    copy: int
    in_source: Span
    in_copy: Span
    length: int
    rate: float


class Made(NamedTuple):
    """The documents, what was planted, and where the boilerplate stands in each."""

    texts: tuple[Text, ...]
    planted: tuple[Planted, ...]
    boilerplate: dict[str, list[Span]]


class Writer:
    """Writes sentences of the genre that mean nothing."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        rows = [line.split(",") for line in _shipped_words()]
        self._words = [word for word, _ in rows if 2 <= len(word) <= 4]
        self._counts = list(accumulate(int(count) for word, count in rows if 2 <= len(word) <= 4))
        self._places = [place.name for place in load_lexicons().places if place.level in ("Prefecture", "County")]

    def sentence(self) -> str:
        """One sentence of 15 to 60 characters."""
        chance = self._chance
        frame = chance.choice(FRAMES)
        while "{" in frame:
            frame = (
                frame.replace("{v}", chance.choice(VERBS), 1)
                .replace("{t}", chance.choice(THINGS), 1)
                .replace("{n}", str(chance.randint(1, 2020)), 1)
                .replace("{p}", chance.choice((chance.choice(self._places), "市", "县")), 1)
                .replace("{w}", self.words(chance.randint(3, 9)), 1)
            )
        return frame + chance.choice("。。；")

    def words(self, count: int) -> str:
        """So many words, the frequent ones more often."""
        return "".join(self._chance.choices(self._words, cum_weights=self._counts, k=count))

    def passage(self, length: int) -> str:
        """A passage of the given length."""
        text = ""
        while len(text) < length:
            text += self.sentence()
        return text[: length - 1] + "。"

    def edited(self, text: str, rate: float) -> str:
        """The text with so many of its characters changed, left out or put in."""
        chance, signs = self._chance, list(text)
        for at in sorted(chance.sample(range(len(signs)), round(rate * len(signs))), reverse=True):
            new = chance.choice(chance.choice(self._words))
            way = chance.random()
            signs[at : at + 1] = [new] if way < 0.5 else [] if way < 0.75 else [signs[at], new]
        return "".join(signs)


def _shipped_words() -> Iterator[str]:
    path = Path(__file__).parent.parent / "data" / "lexicons" / "words.csv"
    return iter(path.read_text("utf-8").splitlines()[1:])


def make(documents: int, seed: int) -> Made:
    """The documents of one seed: always the same."""
    chance = random.Random(seed)
    writer = Writer(chance)
    bodies: list[list[str]] = []
    for _ in range(documents):
        body: list[str] = []
        while sum(map(len, body)) < BYTES / 3:
            body.append(writer.sentence())
        bodies.append(body)
    everywhere = [writer.passage(chance.randint(40, 120)) for _ in range(BOILERPLATE)]
    marked: list[dict[int, str]] = [{} for _ in range(documents)]  # number of the sentence → what it is
    for sentence in everywhere:
        for number in chance.sample(range(documents), int(EVERYWHERE * documents)):
            _put(bodies[number], marked[number], writer.edited(sentence, chance.choice((0.0, 0.02))), "", chance)
    plan: list[tuple[int, int, int, float, str]] = []
    for key in range(documents // 2):
        length, rate = chance.randint(LENGTHS[0], LENGTHS[-1] - 1), chance.choice(RATES)
        passage, source = writer.passage(length), chance.randrange(documents // 2)
        _put(bodies[source], marked[source], passage, f"{key}", chance)
        for copy in chance.sample(range(documents // 2, documents), chance.choice((1, 1, 2, 3))):
            if copy % PLACES != source % PLACES:
                _put(bodies[copy], marked[copy], writer.edited(passage, rate), f"{key}", chance)
                plan.append((source, copy, length, rate, f"{key}"))
    texts = tuple(_text(number, "".join(body), documents) for number, body in enumerate(bodies))
    places = [_places(body, of_body) for body, of_body in zip(bodies, marked, strict=True)]
    planted = tuple(
        Planted(source, copy, places[source][key][0], places[copy][key][0], length, rate)
        for source, copy, length, rate, key in plan
    )
    return Made(texts, planted, {text.iri: of_text.get("", []) for text, of_text in zip(texts, places, strict=True)})


def _put(body: list[str], marked: dict[int, str], sentence: str, key: str, chance: random.Random) -> None:
    """Puts a sentence behind one of the text's own, and remembers what it is."""
    free = [at for at in range(1, len(body)) if at not in marked and at - 1 not in marked]
    at = chance.choice(free)
    body.insert(at, sentence)
    moved = {number + (number >= at): what for number, what in marked.items()}
    marked.clear()
    marked.update(moved)
    marked[at] = key


def _places(body: Sequence[str], marked: dict[int, str]) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = {}
    start = 0
    for number, sentence in enumerate(body):
        if number in marked:
            found.setdefault(marked[number], []).append(Span(start, start + len(sentence)))
        start += len(sentence)
    return found


def _text(number: int, body: str, documents: int) -> Text:
    document = read_document(body.encode(), f"{number:05}.txt")
    assert document.text == body
    year = 2010.0 + 5 * (number >= documents // 2)
    span = Span(0, len(document.clean))
    return Text(document.id, f"{number % PLACES}", document, span, year=int(year), written=Written(year, year + 1))


def score(made: Made, found: Reuse) -> tuple[dict[tuple[int, float], list[bool]], list[bool], list[Passage]]:
    """Whether each planted passage was found, by length and rate; whether each found one was planted; pure boilerplate.

    Planted is found where the passages of the two texts have half of it, on both sides. A passage is right where half of it
    was planted in both texts, from one to the other or from a third one to both.
    """
    by_pair: dict[tuple[str, str], list[Passage]] = {}
    for passage in found.passages:
        by_pair.setdefault((passage.earlier, passage.later), []).append(passage)
    recall: dict[tuple[int, float], list[bool]] = {}
    for one in made.planted:
        some = by_pair.get((made.texts[one.source].iri, made.texts[one.copy].iri), ())
        hit = all(
            sum(_overlap(side, planted) for side in sides) >= OVERLAP * (planted.end - planted.start)
            for sides, planted in (
                ([p.later_span for p in some], one.in_copy),
                ([p.earlier_span for p in some], one.in_source),
            )
        )
        length = max(length for length in LENGTHS if length <= one.length)
        recall.setdefault((length, one.rate), []).append(hit)
    where = _where(made)
    right = [
        bool(_keys(where[p.earlier], p.earlier_span) & _keys(where[p.later], p.later_span)) for p in found.passages
    ]
    everywhere = [
        p
        for p in found.passages
        if any(_covers(span, p.later_span) for span in made.boilerplate[p.later])
        and any(_covers(span, p.earlier_span) for span in made.boilerplate[p.earlier])
    ]
    return recall, right, everywhere


def _where(made: Made) -> dict[str, set[tuple[Span, tuple[int, Span]]]]:
    """Text → where it has planted passages, each called by its source."""
    found: dict[str, set[tuple[Span, tuple[int, Span]]]] = {text.iri: set() for text in made.texts}
    for one in made.planted:
        key = one.source, one.in_source
        found[made.texts[one.source].iri].add((one.in_source, key))
        found[made.texts[one.copy].iri].add((one.in_copy, key))
    return found


def _keys(where: set[tuple[Span, tuple[int, Span]]], span: Span) -> set[tuple[int, Span]]:
    return {key for planted, key in where if _covers(planted, span)}


def _covers(found: Span, wanted: Span) -> bool:
    return _overlap(found, wanted) >= OVERLAP * (wanted.end - wanted.start)


def _overlap(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def main() -> None:
    documents = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    made = make(documents, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    size = sum(len(text.document.text.encode()) for text in made.texts) / 1e6
    units = {text.unit: Unit(text.unit, text.unit) for text in made.texts}
    print(f"{documents} documents, {size:.1f} MB, {len(made.planted)} planted passages")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    found = reused(Corpus(made.texts, units))
    seconds = time.process_time() - started
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1e3
    recall, right, everywhere = score(made, found)
    hits = [hit for some in recall.values() for hit in some]
    print(f"kg: {seconds:.1f} CPU-s, {seconds / size:.2f} s/MB, {memory:.0f} MB more memory")
    print(f"  recall {sum(hits) / len(hits):.3f}, precision {sum(right) / max(len(right), 1):.3f} of {len(right)}")
    print(f"  pairs of pure boilerplate {len(everywhere)}; left out as boilerplate {found.boilerplate}")
    for (length, rate), some in sorted(recall.items()):
        print(f"  from {length:3} characters, {rate:4.0%} edits: {sum(some) / len(some):.3f} of {len(some)}")
    for passage in everywhere[:3]:
        print(f"    {found.text[passage.later].document.text[slice(*passage.later_span)]}")
    _minhash(made)
    _difflib(made)


def _minhash(made: Made) -> None:
    """Whole documents by MinHash of runs of five characters, as one would look for near-duplicates."""
    started = time.process_time()
    index, sketches = RMinHashLSH(threshold=0.1, num_perm=128, num_bands=64), []
    for number, text in enumerate(made.texts):
        sketch = RMinHash(num_perm=128, seed=1)
        sketch.update([text.clean[at : at + 5] for at in range(len(text.clean) - 4)])
        index.insert(number, sketch)
        sketches.append(sketch)
    pairs = {(min(n, m), max(n, m)) for n, one in enumerate(sketches) for m in index.query(one) if n != m}
    seconds = time.process_time() - started
    true = {(one.source, one.copy) for one in made.planted}
    precision = len(pairs & true) / max(len(pairs), 1)
    print(
        f"MinHash of whole documents: {seconds:.1f} CPU-s, {len(pairs)} pairs of documents, "
        f"recall {len(pairs & true) / len(true):.3f}, precision {precision:.3f}; it shows no passage"
    )


def _difflib(made: Made, pairs: int = 20) -> None:
    """difflib on some pairs with a planted passage; all pairs would take that long."""
    hits, started = 0, time.process_time()
    for one in made.planted[:pairs]:
        left, right = made.texts[one.source].clean, made.texts[one.copy].clean
        blocks = difflib.SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
        same = sum(
            max(0, min(b.b + b.size, one.in_copy.end) - max(b.b, one.in_copy.start)) for b in blocks if b.size >= 6
        )
        hits += same >= OVERLAP * one.length
    seconds = (time.process_time() - started) / pairs
    every = len(made.texts) ** 2 / 2
    print(
        f"difflib: {seconds:.3f} CPU-s for a pair, {seconds * every / 3600:.1f} hours for all; recall {hits / pairs:.2f} of {pairs}"
    )


if __name__ == "__main__":
    main()
