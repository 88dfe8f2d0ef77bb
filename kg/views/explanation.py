"""Why a claim stands in the graph, as a text for the terminal: what it says, the rule, the sentence, the recognised words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.views.tables import Table, inert, table_text

RELATIONS = {
    "Adoption": "采纳",
    "Issuance": "印发",
    "Implementation": "落实",
    "Targeting": "面向",
    "Goal": "目标",
    "Succession": "承接",
    "Membership": "属于",
    "Recognition": "授予",
    "Diffusion": "传播",
}


def explanation_text(told: Mapping[str, Any]) -> str:
    """`told` holds the fields of an Explanation; every text of the document is made inert for the terminal."""
    relation = told["relation"]
    page = f", page {told['page']}" if told["page"] else ""
    of = told["text"] or "the decoded file"
    head = [
        f"{RELATIONS.get(relation, relation)} ({relation})  {told['claim']}",
        *(f"  {name}: {inert(value)}" for name, value in told["properties"]),
        f"  rule: {told['rule']}   confidence: {told['confidence']}",
        f"  file: {inert(told['file'])}, part {told['part']}{page}, characters {told['start']}–{told['end']} of {of}",
        f"  sentence: {inert(told['sentence'])}",
    ]
    if told["quote"] != told["sentence"]:
        head.append(f"  as printed: {inert(told['quote'])}")
    rows = tuple(
        (str(w["start"]), str(w["end"]), w["kind"], w["words"], w["entity"] or "(left open)", w["found_by"])
        for w in told["words"]
    )
    words = table_text(Table(("start", "end", "kind", "words", "entity", "found by"), rows))
    return "\n".join([*head, "  words recognised in it:", *(f"    {line}" for line in words.splitlines())])
