"""Why a claim stands in the graph, as a text for the terminal: the marked sentence, the roles, the rule, what was not taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.views.explained import Explanation, Record
from kg.views.tables import Table, inert, table_text


def explanation_text(told: Explanation, labels: Mapping[str, str]) -> str:
    """`labels` are the ontology's Chinese words for its terms; every text of the document is made inert for the terminal."""
    lines = [
        f"{labels.get(told.relation, told.relation)} ({told.relation})  {told.claim}",
        f"  {inert(told.marked)}",
        *_roles(told),
        *(f"  {name}: {inert(value)}" for name, value in told.properties),
        *_rule(told),
        *_confidence(told),
        *_refused(told, labels),
        *_beside(told),
        *_source(told),
        *_words(told),
    ]
    return "\n".join(lines)


def _roles(told: Explanation) -> Iterator[str]:
    for role in told.roles:
        whence = f"  ← {inert(role.whence)}" if role.whence else ""
        yield f"  {role.name}: {inert(role.value)}{whence}"


def _rule(told: Explanation) -> Iterator[str]:
    yield f"  rule: {inert(told.rule)}"
    for rule in told.rule_words:
        yield f"    {inert(rule.name)}: {rule.zh}"
        yield f"      {rule.en}"


def _confidence(told: Explanation) -> Iterator[str]:
    by = "from the record of the rule; the fewer its claims, the more that of the lines below it counts"
    yield f"  confidence: {told.confidence}{f' ({by})' if told.records else ''}"
    yield from (f"    {record_text(record)}" for record in told.records)


def record_text(record: Record) -> str:
    """`place-does-program: of 120 claims on annotated texts 112 were right`"""
    if not record.claims:
        return f"{record.of}: no claim of it on annotated texts"
    claims = "1 claim" if record.claims == 1 else f"{record.claims} claims"
    return f"{record.of}: of {claims} on annotated texts {record.right} {'was' if record.right == 1 else 'were'} right"


def _refused(told: Explanation, labels: Mapping[str, str]) -> Iterator[str]:
    if told.refused:
        yield "  not taken:"
    roles: dict[tuple[str, str], list[str]] = {}
    for one in told.refused:
        roles.setdefault((one.what, one.why), []).append(f"{one.role} {labels.get(one.role, '')}".rstrip())
    for (what, why), names in roles.items():
        yield f"    {', '.join(names)}: {inert(what)} – {inert(why)}"


def _beside(told: Explanation) -> Iterator[str]:
    if told.beside:
        yield "  the same sentence also says:"
    for other in told.beside:
        yield f"    {other.number}  {inert(other.summary)}"


def _source(told: Explanation) -> Iterator[str]:
    page = f", page {told.page}" if told.page else ""
    of = told.text or "the decoded file"
    yield f"  file: {inert(told.file)}, part {told.part}{page}, characters {told.start}–{told.end} of {of}"
    for decided in told.part_decided:
        words = f" ({inert(decided.words)})" if decided.words else ""
        yield f"    {decided.what} of the part: {inert(decided.value or 'open')}, by {decided.rule}{words}"
    if told.quote != told.sentence:
        yield f"  as printed: {inert(told.quote)}"


def _words(told: Explanation) -> Iterator[str]:
    rows = tuple(
        (str(word.start), str(word.end), word.kind, word.words, word.entity or "(left open)", word.found_by)
        for word in told.words
    )
    yield "  words recognised in it:"
    table = table_text(Table(("start", "end", "kind", "words", "entity", "found by"), rows))
    yield from (f"    {line}" for line in table.splitlines())
