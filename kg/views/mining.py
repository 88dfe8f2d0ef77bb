"""A graph → the programmes that no lexicon knows, those first that have spread furthest, with sentences that show them.

Names that differ only by their place, phase, quotation marks or a generic ending are counted together: a key is made of
each name by taking these off. The graph is asked in whole columns, never per programme, so that large graphs take seconds.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from kg.lexicons import FORBIDDEN, Program, load_lexicons
from kg.views.tables import Table
from kg.views.words import LEVELS

if TYPE_CHECKING:
    from kg.graph.several import Columns

POL = "https://w3id.org/policy-kg/ontology#"
RECENT = 2  # the last years of the graph; a place that begins in them counts as new
CHUNK = 400  # claims per question
SHORTEST_REST = 5  # characters that must be left when a generic ending is taken off, unless the rest is a name itself

_NAMES = "SELECT ?program ?name ?known WHERE { ?program a pol:Program ; pol:inLexicon ?known ; skos:prefLabel ?name }"
_ALIASES = "SELECT ?name WHERE { ?program a pol:Program ; pol:inLexicon true ; skos:altLabel ?name }"
_PLACES = """
SELECT ?place ?name ?level ?above WHERE {
  ?place a pol:Place ; skos:prefLabel ?name . OPTIONAL { ?place pol:level ?level } OPTIONAL { ?place pol:within ?above }
}
"""
_ADOPTIONS = """
SELECT ?claim ?program ?place ?year ?status WHERE {
  ?claim a pol:Adoption ; pol:program ?program . { SELECT ?program WHERE { ?program a pol:Program ; pol:inLexicon false } }
  OPTIONAL { ?claim pol:place ?place } OPTIONAL { ?claim pol:year ?year } OPTIONAL { ?claim pol:status ?status }
}
"""
_MENTIONS = """
SELECT ?source ?program ?place WHERE {
  ?source pol:mentions ?program . { SELECT ?program WHERE { ?program a pol:Program ; pol:inLexicon false } }
  OPTIONAL { ?source pol:jurisdiction ?place }
}
"""
_YEARS = "SELECT DISTINCT ?year WHERE { ?source pol:reportYear ?year }"
_SENTENCES = """
SELECT ?claim ?sentence ?file WHERE {
  VALUES ?claim { %s }
  ?claim pol:source/pol:file ?file ; pol:evidence/pol:cleaned ?sentence .
} ORDER BY ?claim ?file
"""

_MARKS = re.compile(r"[\s“”‘’\"'《》〈〉「」『』（）()·・]")
_NUMERAL = r"(?:[一二三四五六七八九十]+|\d{1,2})"
_PHASE = re.compile(
    rf"(?:20\d\d年?(?:[-—－–~～至]+20\d\d)?年?|“?十[一二三四五]五”?(?:期间)?|第{_NUMERAL}[期轮批]|{_NUMERAL}[期轮]|首[期轮批])"
)
_PASSING = re.compile(rf"新一轮|{_NUMERAL}年(?=行动|计划|攻坚|规划|工程)")  # tells no phase from another
_ENDING = re.compile(
    "(?:专项(?:行动|治理|整治)|(?:三年)?行动(?:计划)?|计划|工程|项目|改革|试点|政策|新?机制|制度|活动|战略|新?模式|创建|建设|体系|工作)$"
)
_PLACE_ENDING = tuple("省市县区州盟旗")


class Sentence(NamedTuple):
    """Where a programme is adopted, in the words of a file."""

    text: str
    file: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A programme that no lexicon knows, under its commonest name, and how far it has come."""

    name: str
    variants: tuple[str, ...]  # other names with the same key, commonest first
    score: int
    places: tuple[str, ...]  # names, in order of their first year
    levels: tuple[str, ...]  # tiers of the places, commonest first
    first_levels: frozenset[str]  # tiers of those that began in the first year
    years: tuple[int, ...]
    adoptions: int  # claims
    mentions: int  # parts of documents that name it
    first_of: tuple[tuple[str, int | None], ...] = ()  # the first year of each name
    examples: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Mined:
    """The candidates, and how many names were left out because they only vary a programme of the lexicon."""

    candidates: tuple[Candidate, ...]
    near_known: int


@dataclass(slots=True)
class _Adoption:
    claim: str
    program: str
    place: str
    year: int | None


@dataclass(slots=True)
class _Group:
    """The names of one key with what is said of them."""

    names: list[str] = field(default_factory=list)  # IRIs
    adoptions: list[_Adoption] = field(default_factory=list)
    sources: set[str] = field(default_factory=set)


def mined(
    graph: Columns,
    *,
    since: int | None = None,
    min_places: int = 2,
    place: str = "",
    within: str = "",
    limit: int = 40,
    examples: int = 1,
) -> Mined:
    """The candidates by score, then name.

    `since` asks for those first adopted in that year or later, `place` for those of one place, `within` for those of the
    places that lie in it. Raises QueryError for a place that the graph does not know.
    """
    places = _Places(graph)
    only = places.inside(graph, place, within)
    named = [(str(iri), str(name), known == "true") for iri, name, known in graph.query(_NAMES)]
    known = [name for _, name, in_lexicon in named if in_lexicon] + [str(row[0]) for row in graph.query(_ALIASES)]
    known += [name for program in load_lexicons().programs for name in (program.name, *program.aliases)]
    fresh = {iri: name for iri, name, in_lexicon in named if not in_lexicon}
    keys = Keys([*fresh.values(), *known], places.names)
    known_keys = {keys(name) for name in known}
    groups: dict[str, _Group] = defaultdict(_Group)
    key_of = {iri: key for iri, name in fresh.items() if (key := keys(name)) not in known_keys}
    for iri, key in key_of.items():
        groups[key].names.append(iri)
    last = max((int(year) for (year,) in graph.query(_YEARS) if year), default=9999)
    for adoption in _adoptions(graph, only):
        if adoption.program in key_of:
            groups[key_of[adoption.program]].adoptions.append(adoption)
    times: Counter[str] = Counter()
    for source, program, speaker in graph.query(_MENTIONS):
        if program in key_of and (only is None or speaker in only):
            groups[key_of[program]].sources.add(str(source))
            times[program] += 1
    found = [(_candidate(group, fresh, times, places, last), group) for group in groups.values()]
    wanted = [
        (candidate, group)
        for candidate, group in found
        if len(candidate.places) >= min_places
        and candidate.mentions
        and (since is None or (candidate.years and candidate.years[0] >= since))
    ]
    wanted.sort(key=lambda pair: (-pair[0].score, pair[0].name))
    shown = _with_examples(graph, wanted[:limit], examples)
    return Mined(shown, len(fresh) - len(key_of))


class Keys:
    """Name → what is left without place, phase, marks and generic ending: 大连市“阳光午休”第二期工程 → 阳光午休."""

    def __init__(self, names: Iterable[str], places: Collection[str]) -> None:
        self._places = places
        self._longest = max(map(len, places), default=0)
        self._names = {self._bare(name) for name in names}

    def __call__(self, name: str) -> str:
        bare = self._bare(name)
        while (end := _ENDING.search(bare)) and end.start() >= 2:
            rest = bare[: end.start()]
            if len(rest) < SHORTEST_REST and rest not in self._names:
                break
            bare = rest
        return bare

    def _bare(self, name: str) -> str:
        bare = _MARKS.sub("", unicodedata.normalize("NFKC", name))
        for end in range(min(self._longest, len(bare) - 4), 1, -1):
            if bare[:end] in self._places:
                bare = bare[end:]
                break
        without = _PHASE.sub("", _PASSING.sub("", bare))
        return without if len(without) >= 4 else bare


class _Places:
    """The places of the graph: names, tiers, and which lies in which."""

    def __init__(self, graph: Columns) -> None:
        self._name: dict[str, str] = {}
        self._level: dict[str, str] = {}
        self._above: dict[str, str] = {}
        for iri, name, level, above in graph.query(_PLACES):
            self._name[str(iri)] = str(name)
            self._level[str(iri)] = (level or "").removeprefix(POL)
            self._above[str(iri)] = above or ""
        self.names = {name for name in self._name.values() if name.endswith(_PLACE_ENDING)}

    def name(self, iri: str) -> str:
        return self._name.get(iri, iri.rpartition("/")[2])

    def level(self, iri: str) -> str:
        return self._level.get(iri, "")

    def inside(self, graph: Columns, place: str, within: str) -> frozenset[str] | None:
        """The places that are asked for; None for all."""
        if not place and not within:
            return None
        if place:
            return frozenset({graph.thing(place, "Place").value})
        top = graph.thing(within, "Place").value
        return frozenset(iri for iri in self._name if top in self._way_up(iri))

    def _way_up(self, iri: str) -> set[str]:
        way: set[str] = set()
        while iri and iri not in way:
            way.add(iri)
            iri = self._above.get(iri, "")
        return way


def _adoptions(graph: Columns, only: frozenset[str] | None) -> Iterator[_Adoption]:
    """The acts of taking programmes up, without those that end them."""
    for claim, program, place, year, status in graph.query(_ADOPTIONS):
        if status != f"{POL}Ended" and (only is None or place in only):
            yield _Adoption(str(claim), str(program), place or "", int(year) if year else None)


def _candidate(
    group: _Group, names: Mapping[str, str], times: Mapping[str, int], places: _Places, last: int
) -> Candidate:
    began: dict[str, int] = {}  # place → first year; 9999 where no year is known
    first_of: dict[str, int] = {}
    used: Counter[str] = Counter()
    for adoption in group.adoptions:
        year = adoption.year if adoption.year is not None and adoption.year <= last else 9999
        used[adoption.program] += 1
        first_of[adoption.program] = min(first_of.get(adoption.program, 9999), year)
        if adoption.place:
            began[adoption.place] = min(began.get(adoption.place, 9999), year)
    years = tuple(sorted({a.year for a in group.adoptions if a.year is not None and a.year <= last}))
    order = sorted(group.names, key=lambda iri: (-used[iri], -times.get(iri, 0), len(names[iri]), names[iri]))
    in_order = sorted(began, key=lambda iri: (began[iri], places.name(iri)))
    new = sum(last - RECENT < year <= last for year in began.values())
    return Candidate(
        name=names[order[0]],
        variants=tuple(names[iri] for iri in order[1:]),
        score=score(len(began), new, len(years)),
        places=tuple(map(places.name, in_order)),
        levels=tuple(level for level, _ in Counter(map(places.level, in_order)).most_common() if level),
        first_levels=frozenset(places.level(iri) for iri, year in began.items() if years and year == years[0]),
        years=years,
        adoptions=len(group.adoptions),
        mentions=len(group.sources),
        first_of=tuple((names[iri], None if first_of.get(iri, 9999) == 9999 else first_of[iri]) for iri in order),
    )


def score(places: int, new_places: int, years: int) -> int:
    """How far a programme has come: its places count most, then those that began of late, then its years."""
    return 3 * places + 2 * new_places + years


def _with_examples(graph: Columns, wanted: Sequence[tuple[Candidate, _Group]], number: int) -> tuple[Candidate, ...]:
    """The candidates with sentences of different places, the earliest first."""
    chosen = [_chosen(group.adoptions, number) for _, group in wanted]
    claims = [claim for of_one in chosen for claim in of_one]
    said: dict[str, Sentence] = {}
    for start in range(0, len(claims), CHUNK):
        values = " ".join(f"<{claim}>" for claim in claims[start : start + CHUNK])
        for claim, sentence, file in graph.query(_SENTENCES % values):
            said.setdefault(str(claim), Sentence(sentence or "", file or ""))
    return tuple(
        replace(candidate, examples=tuple(said[claim] for claim in of_one if claim in said))
        for (candidate, _), of_one in zip(wanted, chosen, strict=True)
    )


def _chosen(adoptions: Iterable[_Adoption], number: int) -> list[str]:
    of_place: dict[str, str] = {}
    for adoption in sorted(adoptions, key=lambda a: (a.year or 9999, not a.place, a.place, a.claim)):
        of_place.setdefault(adoption.place, adoption.claim)
    return list(of_place.values())[:number]


def mined_table(found: Mined, examples: int = 1) -> Table:
    """One row per candidate; lists are joined with 、."""
    sentences = [name for n in range(1, examples + 1) for name in (_numbered("sentence", n), _numbered("file", n))]
    columns = (*COLUMNS, *sentences)
    return Table(columns, tuple(_row(rank, one, examples) for rank, one in enumerate(found.candidates, 1)))


COLUMNS = (
    *("rank", "name", "score", "places", "place_names", "levels", "years", "first", "last", "adoptions", "mentions"),
    "variants",
)


def _numbered(name: str, n: int) -> str:
    return name if n == 1 else f"{name}_{n}"


def _row(rank: int, one: Candidate, examples: int) -> tuple[str | None, ...]:
    said = [part for n in range(examples) for part in (one.examples[n] if n < len(one.examples) else (None, None))]
    return (
        str(rank),
        one.name,
        str(one.score),
        str(len(one.places)),
        "、".join(one.places),
        "、".join(LEVELS.get(level, level) for level in one.levels),
        str(len(one.years)),
        str(one.years[0]) if one.years else None,
        str(one.years[-1]) if one.years else None,
        str(one.adoptions),
        str(one.mentions),
        "、".join(one.variants),
        *said,
    )


def draft_lexicon(found: Mined, source: str) -> tuple[Program, ...]:
    """Rows for a programmes.csv: the variants of a candidate are its aliases; those of another phase get a row of their own.

    Names that a lexicon gives to something else, or that no cleaned text can hold, are left out.
    """
    lexicons = load_lexicons()
    records = (lexicons.programs, lexicons.documents, lexicons.agencies, lexicons.organs, lexicons.places)
    taken = {name for of_kind in records for record in of_kind for name in (record.name, *record.aliases)}
    rows = [row for one in found.candidates for row in _draft_rows(one, source, taken)]
    return tuple(rows)


def _draft_rows(one: Candidate, source: str, taken: Collection[str]) -> Iterator[Program]:
    phases: dict[str, list[str]] = defaultdict(list)
    for name in (one.name, *one.variants):
        if name not in taken and not FORBIDDEN & set(name):
            phases["".join(_PHASE.findall(_PASSING.sub("", name)))].append(name)
    first = dict(one.first_of)
    level = next(iter(one.first_levels)) if len(one.first_levels) == 1 else ""
    for name, *aliases in phases.values():
        known = [year for each in (name, *aliases) if (year := first[each]) is not None]
        yield Program(
            name,
            aliases=tuple(aliases),
            level=level,
            since=min(known, default=None),
            source=f"mined from {source} ({_spread(one)})",
        )


def _spread(one: Candidate) -> str:
    """30 places, 2024–2026."""
    years = "–".join(map(str, dict.fromkeys((one.years[0], one.years[-1])))) if one.years else "year unknown"
    return f"{len(one.places)} places, {years}"
