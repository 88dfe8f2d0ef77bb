"""Decisions on merges + lexicons → the lexicons that hold them: a merged entry lives on as an alias, a refused alias alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from kg.lexicons import Lexicons, PolicyDocument, Program
from kg.model import Kind
from kg.reviewed.decisions import Reviewed, Thing, ends_of, thing_named

Entry = TypeVar("Entry", bound=Program | PolicyDocument)


def lexicons_with(reviewed: Reviewed, lexicons: Lexicons) -> Lexicons:
    """The lexicons with the reviewer's merges in them, and without the aliases that the reviewer refused.

    They are the very same object where no decision is about what they hold.
    """
    programs, moved = _decided(Kind.PROGRAM, lexicons.programs, reviewed)
    documents, moved_documents = _decided(Kind.POLICY_DOCUMENT, lexicons.documents, reviewed)
    if programs == lexicons.programs and documents == lexicons.documents:
        return lexicons
    programs = tuple(
        replace(
            program,
            predecessor=_moved(program.predecessor, moved, program.name),
            whole=_moved(program.whole, moved, program.name),
            document=moved_documents.get(program.document, program.document),
        )
        for program in programs
    )
    documents = tuple(replace(d, predecessor=_moved(d.predecessor, moved_documents, d.name)) for d in documents)
    return replace(lexicons, programs=programs, documents=documents)


def _decided(kind: Kind, entries: Sequence[Entry], reviewed: Reviewed) -> tuple[tuple[Entry, ...], dict[str, str]]:
    """The entries of one kind, and where the names of those went that are entries no more."""
    by_name = {entry.name: entry for entry in entries}
    owners = _owners(by_name, kind)
    ends = ends_of(reviewed.same)
    for pair in reviewed.apart:
        first, second = (ends.get(thing, thing) for thing in (pair.first, pair.second))
        if first in owners and owners[first] == owners.get(second):
            alone = second if first == thing_named(kind, owners[first]) else first
            _part(by_name, kind, owners[first], alone)
            owners = _owners(by_name, kind)
    moved: dict[str, str] = {}
    for first, last in ends.items():
        gone, kept = owners.get(first, ""), owners.get(last, "")
        if gone and gone != kept:
            _join(by_name, gone, kept or last.name)
            owners = _owners(by_name, kind)
            moved[gone] = owners[last]
    return tuple(by_name.values()), moved


def _owners(by_name: dict[str, Entry], kind: Kind) -> dict[Thing, str]:
    """Name or alias → the name of its entry."""
    return {thing_named(kind, form): e.name for e in by_name.values() for form in (e.name, *e.aliases)}


def _part(by_name: dict[str, Entry], kind: Kind, name: str, alone: Thing) -> None:
    """Takes an alias, in all its spellings, out of its entry and makes it an entry of its own."""
    entry = by_name[name]
    forms = [alias for alias in entry.aliases if thing_named(kind, alias) == alone]
    by_name[name] = replace(entry, aliases=tuple(alias for alias in entry.aliases if alias not in forms))
    by_name[alone.name] = type(entry)(name=alone.name, aliases=tuple(form for form in forms if form != alone.name))


def _join(by_name: dict[str, Entry], gone: str, kept: str) -> None:
    """Puts an entry with all its names into another, or renames it where there is no other."""
    entry, other = by_name[gone], by_name.get(kept)
    forms = (entry.name, *entry.aliases)
    if other is not None:
        never = tuple(name for name in dict.fromkeys((*other.never, *entry.never)) if name not in forms)
        by_name[kept] = replace(other, aliases=tuple(dict.fromkeys((*other.aliases, *forms))), never=never)
        del by_name[gone]
        return
    renamed = replace(entry, name=kept, aliases=tuple(form for form in forms if form != kept))
    items = [renamed if name == gone else one for name, one in by_name.items()]
    by_name.clear()
    by_name.update((one.name, one) for one in items)


def _moved(name: str, moved: dict[str, str], own: str) -> str:
    """The name that a reference has now; none where it would point to its own entry."""
    end = moved.get(name, name)
    return "" if end == own else end
