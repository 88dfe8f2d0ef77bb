"""Parts → mentions: all finders over every sentence, the longest span per kind kept, each linked or left open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from functools import cache

from kg.entities import documents, groups, organizations, program_names, programs, signs
from kg.entities.agencies import AgencyFinder, FoundAgency
from kg.entities.counted_programs import DIGITS, counted_sort
from kg.entities.gazetteer import NATION, Gazetteer, tier_place
from kg.entities.given import given_place, of_given_place
from kg.entities.jurisdiction import JurisdictionFinder
from kg.entities.linking import Line, Linker, group_mention, moved
from kg.entities.organizations import OrganizationFinder
from kg.entities.overlap import crosses, fits, inside, longest, touches
from kg.entities.places import FoundPlace, PlaceFinder
from kg.entities.prepared import prepared
from kg.entities.programs import LexiconPrograms
from kg.entities.quoted_programs import quoted_programs
from kg.entities.signs import Signs
from kg.entities.spans import WRAPPING, Finder, Found, SignedFinder, unwrapped
from kg.entities.trained import TrainedFinder
from kg.lexicons import Lexicons, load_lexicons, load_townships
from kg.model import Entity, Kind, Mention, Part, Sentence, Span
from kg.patterns import regex
from kg.texts.names import Names
from kg.texts.parts import same_document

_GENERIC_ENDING = regex(
    r"(?:改革|工作|机制|制度|建设|模式|创建|试点|项目|工程|计划|行动|政策|管理|活动|教师|学校|义务教育|中小学|教育|推进|一批|名优|队伍|我[省市县区]|[省市县区]级?|省|市)"
)


_NAME_SIGNS = (*program_names.SIGNS, *WRAPPING)
PROGRAM_FINDERS: tuple[Finder, ...] = (
    SignedFinder(quoted_programs, ("“",)),
    SignedFinder(programs.object_programs, (_NAME_SIGNS,)),
    SignedFinder(programs.reported_programs, (_NAME_SIGNS, programs.PREDICATES)),
    SignedFinder(programs.conferred_programs, (_NAME_SIGNS, programs.CONFERS)),
)
DOCUMENT_FINDERS: tuple[Finder, ...] = (
    SignedFinder(documents.titled, ("《",)),
    SignedFinder(documents.announced, (documents.ISSUING, documents.RULES)),
    SignedFinder(documents.cited, (documents.CITED_RULES,)),
    SignedFinder(documents.handed_down, (documents.HANDED_DOWN,)),
    SignedFinder(documents.quoted_rules, ("“", documents.QUOTED_RULES)),
)


@cache
def entity_reader() -> EntityReader:
    """The finders with the shipped lexicons, prepared once per process, and kept for the next one."""
    return prepared("reader", lambda: EntityReader(load_lexicons()))


class EntityReader:
    """Prepared once from the lexicons; `place_parts` decides who speaks, `mentions_of_part` reads its sentences."""

    def __init__(
        self,
        lexicons: Lexicons,
        program_finders: tuple[Finder, ...] = PROGRAM_FINDERS,
        document_finders: tuple[Finder, ...] = DOCUMENT_FINDERS,
        apart: frozenset[frozenset[str]] = frozenset(),
    ) -> None:
        """`apart` holds pairs of programme names that a reviewer wants never to be taken for one."""
        townships = load_townships()
        self.lexicons = lexicons
        self.apart = apart
        self.gazetteer = Gazetteer(lexicons.places)
        self._agencies = AgencyFinder(lexicons.organs, lexicons.agencies, self.gazetteer)
        self._places = PlaceFinder(self.gazetteer, townships)
        self._organizations = OrganizationFinder(self.gazetteer.certain, townships)
        self._known_programs = LexiconPrograms(lexicons.programs)
        self._jurisdictions = JurisdictionFinder(self.gazetteer, self._agencies, townships)
        self._documents = {name: record for record in lexicons.documents for name in (record.name, *record.aliases)}
        self._document_names = Names(name for name in self._documents if len(name) >= 5)
        self._link = Linker(self.gazetteer, self._agencies, self._known_programs, self._documents, apart)
        words: dict[int, Iterable[str]] = {
            **self._places.signs,
            **self._agencies.signs,
            signs.ORGANIZATION: organizations.SIGNS,
            signs.PEOPLE: groups.SIGNS,
            signs.NEED: groups.NEEDS,
            signs.KNOWN_PROGRAM: (*self._known_programs.signs, *WRAPPING),
            signs.KNOWN_DOCUMENT: [name for name in self._documents if len(name) >= 5],
        }
        self._program_finders = _shown(program_finders, words)
        self._document_finders = _shown(document_finders, words)
        self._model: TrainedFinder | None = None
        finders = (*self._program_finders, *self._document_finders)
        self._reads_all = not all(needed for needed, _ in finders)
        self.signs = Signs(words, (*signs.TOGETHER, *(needed for needed, _ in finders)))

    def with_model(self, model: TrainedFinder) -> EntityReader:
        """The same reader, which also takes the names that a trained model finds and nobody else."""
        reader = copy(self)
        reader._model = model
        return reader

    def place_parts(self, parts: Iterable[Part]) -> tuple[Part, ...]:
        """The parts with place and agency decided. Stretches under one title share their evidence."""
        parts = tuple(parts)
        decided = (self._jurisdictions(part, group) for group in same_document(parts) for part in group)
        return tuple(of_given_place(part, self.gazetteer) for part in decided)

    def knows_place(self, name: str) -> bool:
        """Whether a user's name of a place means one place and no other."""
        return given_place(self.gazetteer, name) is not None

    def _mentions(self, sentences: Sequence[Sentence]) -> list[tuple[Mention, ...]]:
        """Everything named in each sentence, by span; spans of different kinds may nest.

        One finder reads all the sentences before the next does: so its tables stay in the cache of the processor.
        """
        mentions: list[tuple[Mention, ...]] = [()] * len(sentences)
        lines, numbers = self._lines(sentences)
        titles = self._titles(lines)
        named = self._programs(lines, titles)
        schools = [
            longest(self._organizations(text)) if held & signs.ORGANIZATION else [] for text, _, _, held in lines
        ]
        places = [self._places(text, part, held) if held & signs.PLACE else [] for text, part, _, held in lines]
        agencies = [list(self._agencies(text, held)) if held & signs.AGENCY else [] for text, _, _, held in lines]
        people = [
            _groups(text, of_line) if held & signs.GROUP == signs.GROUP else []
            for (text, _, _, held), of_line in zip(lines, titles, strict=True)
        ]
        found = zip(numbers, lines, titles, named, schools, people, places, agencies, strict=True)
        for n, line, t, p, s, g, at, by in found:
            if t or p or s or g or at or by:
                mentions[n] = self._linked(line, t, p, s, g, at, by)
        return mentions

    def _linked(
        self,
        line: Line,
        titles: list[Found],
        named: list[Found],
        schools: list[Found],
        people: list[Found],
        places: list[FoundPlace],
        agencies: list[FoundAgency],
    ) -> tuple[Mention, ...]:
        """The mentions of a sentence, in order, each linked or left open."""
        mentions = [self._link.document(found, line) for found in titles]
        if named:
            mentions += [self._link.program(found, line) for found in named]
        if schools:
            mentions += [self._link.organization(found, line) for found in schools]
        if people:
            mentions += [group_mention(found, line) for found in people]
        if places:
            if schools or named:
                places = [found for found in places if not _is_inside_word(found, schools, named)]
            mentions += [self._link.place(found, line) for found in places]
        if agencies:
            mentions += [self._link.agency(found, line) for found in agencies]
        return _in_order(mentions)

    def _lines(self, sentences: Sequence[Sentence]) -> tuple[list[Line], list[int]]:
        """The sentences that hold signs, with their numbers; none that is too long to be one."""
        lines: list[Line] = []
        numbers: list[int] = []
        for n, (sentence, held) in enumerate(zip(sentences, self.signs(sentences), strict=True)):
            if (held or self._reads_all) and not sentence.too_long:
                part, start = sentence.part, sentence.span.start
                lines.append(Line(part.document.clean[start : sentence.span.end], part, start, held))
                numbers.append(n)
        return lines, numbers

    def mentions_of_part(self, sentences: Sequence[Sentence]) -> list[tuple[Mention, ...]]:
        """The mentions of each sentence of a part; “十大工程” makes ten numbered headings that end in 工程 its ten programmes."""
        found = self._mentions(sentences)
        headings_of: dict[str, list[tuple[int, Found]]] = {}
        for at, mentions in enumerate(found):
            for whole in mentions:
                if whole.kind is not Kind.PROGRAM or (counted := counted_sort(whole.text)) is None:
                    continue
                sort = counted["sort"]
                if sort not in headings_of:
                    headings_of[sort] = programs.numbered_headings([s.text for s in sentences], sort)
                headings = [(n, heading) for n, heading in headings_of[sort] if n > at]
                if len(headings) == DIGITS.index(counted["n"]):
                    for n, heading in headings:
                        found[n] = self._with_heading(sentences[n], found[n], heading)
        if self._model is not None:
            return [self._with_trained(*each, self._model) for each in zip(sentences, found, strict=True)]
        return found

    def _with_heading(self, sentence: Sentence, mentions: tuple[Mention, ...], heading: Found) -> tuple[Mention, ...]:
        mention = self._link.program(heading, Line(sentence.text, sentence.part, sentence.span.start, signs.ALL))
        span = mention.span
        others = [
            m for m in mentions if m.kind is not Kind.PROGRAM or m.span.end <= span.start or span.end <= m.span.start
        ]
        return _in_order([*others, mention])

    def _with_trained(
        self, sentence: Sentence, mentions: tuple[Mention, ...], model: TrainedFinder
    ) -> tuple[Mention, ...]:
        """Also what the model finds, where it neither overlaps a name of its kind nor cuts through another."""
        if sentence.too_long:
            return mentions
        line = Line(sentence.text, sentence.part, sentence.span.start, signs.ALL)
        known = [Found(m.kind, moved(m.span, -line.at), m.text, m.found_by) for m in mentions]
        fresh = [found for found in model(line.text, known) if fits(found, known)]
        return _in_order([*mentions, *(self._link.of_model(found, line) for found in fresh)])

    def lies_within(self, inner: Entity, outer_id: str) -> bool:
        """Whether a place lies in the place of this id (`place/210200`), or is it; a township lies where its county does."""
        start = inner.id if inner.id.removeprefix("place/") in self.gazetteer.by_id else inner.jurisdiction or ""
        start, outer = start.removeprefix("place/"), outer_id.removeprefix("place/")
        return start in self.gazetteer.by_id and self.gazetteer.within(start, outer)

    def tier_above(self, place: Entity, tier: str) -> Entity | None:
        """The 省, 市, 县 or 区 in which a place lies, or that it is; 国 is the nation."""
        if tier == "国":
            return self.gazetteer.by_id[NATION].entity
        above = tier_place(self.gazetteer, place.id.removeprefix("place/"), tier)
        return above.entity if above else None

    def known(self, entity: Entity) -> Entity:
        """The lexicon's entity of this name or alias, else the entity itself: for names that a relater made up."""
        if entity.kind is Kind.PROGRAM:
            return self._known_programs.by_name.get(self._known_programs.canonical(entity.name), entity)
        record = self._documents.get(entity.name) if entity.kind is Kind.POLICY_DOCUMENT else None
        return record.entity if record is not None else entity

    # --- documents ---------------------------------------------------------------------------------------------------

    def _titles(self, lines: Sequence[Line]) -> list[list[Found]]:
        """The documents that each sentence names."""
        found = _found_by(self._document_finders, lines)
        for n, (text, _, _, held) in enumerate(lines):
            if held & signs.KNOWN_DOCUMENT:
                taken = [f.span for f in found[n]]
                known = [named for named in self._document_names(text) if not touches(named[0], taken)]
                found[n] += [Found(Kind.POLICY_DOCUMENT, span, name, "lexicon-document") for span, name in known]
        return [longest(of_line) if of_line else of_line for of_line in found]

    # --- programmes --------------------------------------------------------------------------------------------------

    def _programs(self, lines: Sequence[Line], titles: list[list[Found]]) -> list[list[Found]]:
        """The programmes that each sentence names outside the titles of documents, and the known inside them."""
        patterns = _found_by(self._program_finders, lines)
        return [
            self._known_or_new(line, new, [title.span for title in of_line])
            if new or line.held & signs.KNOWN_PROGRAM
            else []
            for line, new, of_line in zip(lines, patterns, titles, strict=True)
        ]

    def _known_or_new(self, line: Line, new: list[Found], taken: list[Span]) -> list[Found]:
        """The programmes of the lexicon and, where they name others, those that the patterns found."""
        listed = list(self._known_programs(line.text)) if line.held & signs.KNOWN_PROGRAM else []
        if not (listed or taken):
            return longest(new)
        titled = [found for found in listed if taken and inside(found.span, taken)]
        known = [found for found in listed if found not in titled]
        fresh = [found for found in longest(new) if not touches(found.span, taken)]
        in_titles = [found._replace(rule=programs.IN_TITLE) for found in titled]
        return [*in_titles, *known, *(found for found in fresh if not known or not _is_known(line.text, found, known))]


def _shown(finders: Iterable[Finder], words: dict[int, Iterable[str]]) -> tuple[tuple[int, Finder], ...]:
    """Each finder with the signs that a sentence must hold to be shown to it, which become `words` to look for."""
    shown: list[tuple[int, Finder]] = []
    for finder in finders:
        needed = 0
        find, groups = (finder.find, finder.signs) if isinstance(finder, SignedFinder) else (finder, ())
        for group in groups:
            sign = 1 << max(words).bit_length()
            words[sign] = group
            needed |= sign
        shown.append((needed, find))
    return tuple(shown)


def _found_by(finders: Iterable[tuple[int, Finder]], lines: Sequence[Line]) -> list[list[Found]]:
    """What the finders find in each sentence that holds the signs which they need."""
    found: list[list[Found]] = [[] for _ in lines]
    held_by = [line.held for line in lines]
    for needed, find in finders:
        for n in [n for n, held in enumerate(held_by) if held & needed == needed]:
            found[n] += find(lines[n].text)
    return found


def _groups(text: str, titles: list[Found]) -> list[Found]:
    """The target groups outside the titles of documents."""
    spans = [title.span for title in titles]
    return [found for found in groups.target_groups(text) if not inside(found.span, spans)]


def _is_inside_word(place: FoundPlace, schools: list[Found], named: list[Found]) -> bool:
    """A short form in the name of a school, or across the border of a known programme: 推开|县管校聘 names no 开县."""
    if schools and place.rule == "short-name" and inside(place.span, [school.span for school in schools]):
        return True
    known = [program.span for program in named if program.rule == "lexicon-program"]
    return bool(known) and crosses(place.span, known)


def _in_order(mentions: list[Mention]) -> tuple[Mention, ...]:
    if len(mentions) > 1:
        mentions.sort(key=lambda m: (m.span.start, -m.span.end, m.kind))
    return tuple(mentions)


def _is_known(text: str, candidate: Found, known: list[Found]) -> bool:
    """Whether a known programme lies around what a pattern found, or is all that it says."""
    start, end = candidate.span
    inner = [k for k in known if start <= k.span.start and k.span.end <= end]
    quoted = any(text[k.span.start] == "“" for k in inner)  # the quoted words are the name
    if inner and (quoted or _says_no_more(text, candidate, inner)):
        return True
    return any(k.span.start <= start and end <= k.span.end for k in known)


def _says_no_more(text: str, candidate: Found, known: list[Found]) -> bool:
    """Whether the pattern only wraps a known programme in ordinary words: 义务教育学校教师县管校聘改革."""
    rest = text[candidate.span.start : candidate.span.end]
    for inner in known:
        rest = rest.replace(text[inner.span.start : inner.span.end], "")
    return len(_GENERIC_ENDING.sub("", unwrapped(rest))) <= 2
