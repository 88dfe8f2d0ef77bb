"""Mentions → claims: one relater per claim class, each a table of rules; `claims_of` runs them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from kg.entities.programs import IN_TITLE
from kg.model import Claim, Entity, Kind, Mention, Sentence, Span
from kg.patterns import regex
from kg.relations.adoption import adoptions
from kg.relations.diffusion import diffusions
from kg.relations.goals import goals
from kg.relations.implementation import implementations
from kg.relations.issuance import issuances
from kg.relations.membership import headed_memberships, memberships
from kg.relations.recognition import recognitions
from kg.relations.scene import Context, Land, Relater, Scene
from kg.relations.sections import Heading, heading_within, is_heading, outlook_under, turned, under, year_under
from kg.relations.succession import successions
from kg.relations.targeting import targetings

__all__ = ["RELATERS", "ClaimReader", "Named", "Relater", "claims_of", "claims_of_part", "relinked", "role_mentions"]

Named = Sequence[tuple[Sentence, tuple[Mention, ...]]]  # the sentences of a part with what they name
ClaimReader = Callable[[Named, Land], Iterator[Claim]]

RELATERS: tuple[Relater, ...] = (
    adoptions,
    issuances,
    implementations,
    targetings,
    goals,
    successions,
    memberships,
    recognitions,
    diffusions,
)


def claims_of_part(named: Named, land: Land) -> Iterator[Claim]:
    """The claims of a part's sentences in order, each read with what its paragraph and the heading above it speak of.

    `land` knows which place lies in which.
    """
    topic: Entity | None = None
    framed: int | None = None
    deadline: int | None = None
    above: tuple[Heading, ...] = ()
    paragraph = -1
    named = [(sentence, tuple(m for m in mentions if m.found_by != IN_TITLE)) for sentence, mentions in named]
    for at, (sentence, mentions) in enumerate(named):
        if (not mentions and sentence.too_long) or _EXPLAINS_A_TERM.match(sentence.text):
            continue
        if sentence.paragraph != paragraph:
            paragraph, topic, deadline = sentence.paragraph, None, None
            framed = _year_framing(sentence)
            above = turned(above, sentence.text, sentence.part.year)
        if inline := heading_within(sentence.text):
            above = under(above, inline, None)
        section = above[-1].program if above else None
        yield from claims_of(
            sentence,
            mentions,
            land,
            Context(topic, section, outlook_under(above), framed or year_under(above), deadline),
        )
        topic = _only_program(mentions, topic)
        deadline = _deadline_set(sentence.text) or deadline
        alone = at + 1 == len(named) or named[at + 1][0].paragraph != paragraph
        if alone and is_heading(sentence.text) and (at == 0 or named[at - 1][0].paragraph != paragraph):
            above = under(above, sentence.text, _only_program(mentions, None))
    yield from headed_memberships(named)


def claims_of(
    sentence: Sentence,
    mentions: Iterable[Mention],
    land: Land,
    context: Context,
    relaters: tuple[Relater, ...] = RELATERS,
) -> Iterator[Claim]:
    """The claims of one sentence; the same claim found by two rules is given once, by the first rule."""
    base = sentence.span.start
    relative = tuple(
        Mention(m.kind, Span(m.span.start - base, m.span.end - base), m.text, m.entity, m.found_by) for m in mentions
    )
    scene = Scene(sentence, relative, land, context)
    seen = set()
    for relater in relaters:
        for claim in relater(scene):
            key = (claim.relation, claim.roles, claim.values, claim.year, claim.status)
            if key not in seen:
                seen.add(key)
                yield claim


_EXPLAINS_A_TERM = regex(  # 12.“15+N”：…, at the end of a report
    r"(?:\d{1,3}[.、．]?|[（(]\d{1,3}[)）]|\[\d{1,3}\])“[^”]{1,40}”(?:：|:|是指|，?指的?是|即(?!将))|“[^”]{1,40}”，?是?指(?:的是)?"
)
_FRAME = regex(r"(?:\d{1,2}[、.．])?(?:截[至止]到?)?(?P<year>(?:19|20)\d\d)年(?:底|末|年底)?，")


def _year_framing(sentence: Sentence) -> int | None:
    """2015 of a paragraph that opens with 截至2015年底，…: what follows without a year of its own is of that one."""
    found = _FRAME.match(sentence.text)
    own = sentence.part.year
    return int(found["year"]) if found and (own is None or int(found["year"]) < own) else None


_SETS_A_DEADLINE = regex(r"(?:.{0,12}[。：]|\d{1,2}[、.．]|[（(].[）)])?到(20\d\d)年(?:底|末|年底)?，")


def _deadline_set(text: str) -> int | None:
    """2020 of a sentence that opens with 到2020年，…: what follows in its paragraph is to be reached by then."""
    found = _SETS_A_DEADLINE.match(text)
    return int(found[1]) if found else None


def _only_program(mentions: Iterable[Mention], before: Entity | None) -> Entity | None:
    """The programme that what follows may leave unnamed: the only one here, or the one before where there is none."""
    programs = {m.entity for m in mentions if m.kind is Kind.PROGRAM and m.entity is not None}
    if not programs:
        return before
    return programs.pop() if len(programs) == 1 else None


def relinked(claim: Claim, known: Callable[[Entity], Entity]) -> Claim:
    """The claim with every role's entity as the lexicons know it: a relater may have inferred 第二期… from 第三期…."""
    return replace(claim, roles=tuple((role, known(entity)) for role, entity in claim.roles))


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
