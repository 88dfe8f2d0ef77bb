"""ontology/rules.csv → what the name of a rule means, in Chinese and English; `kg explain` and docs/how-it-reads.md say it."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from kg.resources import shipped

MODEL = "llm"  # a rule named llm:<model>


class Words(NamedTuple):
    """One sentence on a rule or finder, without a full stop."""

    zh: str
    en: str


@cache
def rule_words() -> Mapping[str, Words]:
    """The words of every rule, of every family of rules (`named-place-`) and of every finder of programmes and documents."""
    lines = shipped("ontology", "rules.csv").read_text("utf-8").splitlines()
    return {row["rule"]: Words(row["zh"], row["en"]) for row in csv.DictReader(lines)}


def words_of(name: str) -> Words | None:
    """The words of a rule or finder: of `named-place-does-program` those of the family and of the rule; None where unknown."""
    known = rule_words()
    if name in known:
        return known[name]
    if name.startswith(f"{MODEL}:"):
        return known[MODEL]
    family = next((family for family in known if family.endswith("-") and name.startswith(family)), None)
    rule = known.get(name.removeprefix(family)) if family else None
    if family is None or rule is None:
        return None
    return Words(f"{rule.zh}；{known[family].zh}", f"{rule.en}; {known[family].en}")


def words_of_claim(found_by: str) -> tuple[tuple[str, Words], ...]:
    """Of `place-does-program/quoted-program` the rule and the finder, each with its words; what is unknown is left out."""
    named = [(name, words_of(name)) for name in found_by.split("/")]
    return tuple((name, words) for name, words in named if words is not None)
