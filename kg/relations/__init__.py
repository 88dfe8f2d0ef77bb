"""Mentions → claims: one relater per claim class, each a table of rules; `claims_of` runs those that may say something."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from kg.entities.programs import IN_TITLE
from kg.model import Claim, Entity, Kind, Mention, Sentence, Span
from kg.patterns import regex
from kg.relations.membership import headed_memberships
from kg.relations.relaters import awake
from kg.relations.scene import Context, Land, Relater, Scene
from kg.relations.sections import Heading, Outlook, heading_within, is_heading, outlook_under, turned, under, year_under

__all__ = ["ClaimReader", "Named", "claims_of", "claims_of_part", "relinked", "role_mentions"]

Named = Sequence[tuple[Sentence, tuple[Mention, ...]]]  # the sentences of a part with what they name
ClaimReader = Callable[[Named, Land], Iterator[Claim]]


class _Above(NamedTuple):
    """The headings that stand above a sentence, and what they say together."""

    headings: tuple[Heading, ...] = ()
    section: Entity | None = None
    outlook: Outlook | None = None
    year: int | None = None


def claims_of_part(named: Named, land: Land) -> Iterator[Claim]:
    """The claims of a part's sentences in order, each read with what its paragraph and the heading above it speak of.

    `land` knows which place lies in which.
    """
    topic: Entity | None = None
    framed: int | None = None
    deadline: int | None = None
    above = _Above()
    paragraph = -1
    named = [(sentence, _outside_titles(mentions)) for sentence, mentions in named]
    for at, (sentence, mentions) in enumerate(named):
        text = sentence.text
        if (not mentions and sentence.too_long) or _EXPLAINS_A_TERM.match(text):
            continue
        opens = sentence.paragraph != paragraph
        if opens:
            paragraph, topic, deadline = sentence.paragraph, None, None
            framed = _year_framing(text, sentence.part.year)
            above = _read_under(above, turned(above.headings, text, sentence.part.year))
        if inline := heading_within(text):
            above = _read_under(above, under(above.headings, inline, None))
        if relaters := awake(text, mentions, sentence.part.genre, topic=topic is not None):
            context = Context(topic, above.section, above.outlook, framed or above.year, deadline)
            yield from claims_of(sentence, mentions, land, context, relaters)
        topic = _only_program(mentions, topic)
        deadline = _deadline_set(text) or deadline
        alone = at + 1 == len(named) or named[at + 1][0].paragraph != paragraph
        if alone and (at == 0 or named[at - 1][0].paragraph != paragraph) and is_heading(text):
            above = _read_under(above, under(above.headings, text, _only_program(mentions, None)))
    yield from headed_memberships(named)


def claims_of(
    sentence: Sentence,
    mentions: Iterable[Mention],
    land: Land,
    context: Context,
    relaters: Iterable[Relater],
) -> Iterable[Claim]:
    """The claims that these relaters find in one sentence; the same claim found by two rules is given once, by the first rule."""
    base = sentence.span.start
    relative = tuple(
        [Mention(m.kind, Span(m.span.start - base, m.span.end - base), m.text, m.entity, m.found_by) for m in mentions]
    )
    scene = Scene(sentence, relative, land, context)
    claims = [claim for relater in relaters for claim in relater(scene)]
    return claims if len(claims) < 2 else _distinct(claims)


def _distinct(claims: Iterable[Claim]) -> Iterable[Claim]:
    """Of claims that say the same the first."""
    first: dict[Hashable, Claim] = {}
    for claim in claims:
        first.setdefault((claim.relation, claim.roles, claim.values, claim.year, claim.status), claim)
    return first.values()


def _outside_titles(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Without the programmes in the titles of documents: what is done there is done to the document."""
    return tuple([m for m in mentions if m.found_by != IN_TITLE]) if mentions else ()


def _read_under(before: _Above, headings: tuple[Heading, ...]) -> _Above:
    """The same where the headings are."""
    if headings is before.headings:
        return before
    section = headings[-1].program if headings else None
    return _Above(headings, section, outlook_under(headings), year_under(headings))


_EXPLAINS_A_TERM = regex(  # 12.“15+N”：…, at the end of a report
    r"(?:\d{1,3}[.、．]?|[（(]\d{1,3}[)）]|\[\d{1,3}\])“[^”]{1,40}”(?:：|:|是指|，?指的?是|即(?!将))|“[^”]{1,40}”，?是?指(?:的是)?"
)
_FRAME = regex(r"(?:\d{1,2}[、.．])?(?:截[至止]到?)?(?P<year>(?:19|20)\d\d)年(?:底|末|年底)?，")


def _year_framing(text: str, own: int | None) -> int | None:
    """2015 of a paragraph that opens with 截至2015年底，…: what follows without a year of its own is of that one."""
    found = _FRAME.match(text)
    return int(found["year"]) if found and (own is None or int(found["year"]) < own) else None


_SETS_A_DEADLINE = regex(r"(?:.{0,12}[。：]|\d{1,2}[、.．]|[（(].[）)])?到(20\d\d)年(?:底|末|年底)?，")


def _deadline_set(text: str) -> int | None:
    """2020 of a sentence that opens with 到2020年，…: what follows in its paragraph is to be reached by then."""
    found = _SETS_A_DEADLINE.match(text) if "到20" in text else None
    return int(found[1]) if found else None


def _only_program(mentions: Iterable[Mention], before: Entity | None) -> Entity | None:
    """The programme that what follows may leave unnamed: the only one here, or the one before where there is none."""
    only: Entity | None = None
    for mention in mentions:
        if mention.kind is Kind.PROGRAM and mention.entity is not None:
            if only is not None and mention.entity != only:
                return None
            only = mention.entity
    return before if only is None else only


def relinked(claim: Claim, known: Callable[[Entity], Entity]) -> Claim:
    """The claim with every role's entity as the lexicons know it: a relater may have inferred 第二期… from 第三期…."""
    for _, entity in claim.roles:
        if known(entity) is not entity:
            return replace(claim, roles=tuple([(role, known(entity)) for role, entity in claim.roles]))
    return claim


def role_mentions(claims: Iterable[Claim], mentions: Iterable[Mention]) -> Iterator[Mention]:
    """The target groups and spelt-out components of these claims as mentions: names that only their claim makes a thing."""
    known = {mention.entity for mention in mentions}
    for claim in claims:
        for role, entity in claim.roles:
            at = claim.sentence.text.find(entity.name) if role in ("group", "member") and entity not in known else -1
            if at >= 0:
                known.add(entity)
                start = claim.sentence.span.start + at
                yield Mention(entity.kind, Span(start, start + len(entity.name)), entity.name, entity, claim.found_by)
