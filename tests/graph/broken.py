"""A graph that conforms → the same graph damaged in the ways that shapes know, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pyoxigraph as ox

from kg.graph.iris import BASE, OA, POL, RDF, RDFS, XSD

TYPE = ox.NamedNode(RDF + "type")
BELOW = ox.NamedNode(RDFS + "subClassOf")
SPECIAL = ox.NamedNode(POL + "SpecialProgram")  # below pol:Program, in the graph itself


def typed(text: str, datatype: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + datatype))


VALUES: tuple[ox.NamedNode | ox.BlankNode | ox.Literal, ...] = (
    ox.Literal(""),
    ox.Literal("字" * 30),
    ox.Literal("县管校聘", language="zh"),
    ox.Literal("county", language="en"),
    ox.Literal("comté", language="fr"),
    ox.Literal("≥"),
    ox.Literal(">="),
    typed("1999", "gYear"),
    typed("1999", "string"),
    typed("1799", "integer"),
    typed("2101", "integer"),
    typed("0", "integer"),
    typed("-1", "integer"),
    typed("二〇一五", "integer"),
    typed("1.5", "decimal"),
    typed("-0.1", "decimal"),
    typed("181", "decimal"),
    typed("many", "decimal"),
    typed("0.5", "double"),
    typed("true", "boolean"),
    typed("2015-06-30", "date"),
    typed("2015-06-31", "date"),
    typed("2015", "date"),
    *(ox.NamedNode(POL + name) for name in ("Planned", "Achieved", "Summary", "Someday", "Program")),
    *(ox.NamedNode(BASE + name) for name in ("program/县管校聘", "place/210200", "agency/教育部", "place/none")),
    ox.BlankNode("nobody"),
)
COMPARED = ("year", "valid", "start", "end")  # pySHACL stops at a blank node here
NAMES = ("year", "yearFrom", "title", "place", "program", "by", "unit", "kind", "level", "within", "validTo", "unknown")
PROPERTIES = (
    *(ox.NamedNode(POL + name) for name in NAMES),
    *(ox.NamedNode(OA + name) for name in ("exact", "start", "end", "hasSelector")),
    TYPE,
)
CLASSES = tuple(
    ox.NamedNode(POL + name) for name in ("Program", "Place", "Adoption", "Goal", "SourceDocument", "Agency")
)


def broken(quads: Sequence[ox.Quad], seed: int, damages: int) -> list[ox.Quad]:
    """The quads after so many damages: things missing, said twice, replaced, added, of another class."""
    chance = random.Random(seed)
    damaged = list(dict.fromkeys(quads))
    for _ in range(damages):
        at = chance.randrange(len(damaged))
        damage(chance, damaged, at)
    return damaged


def value(chance: random.Random, predicate: ox.NamedNode) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """Something that is seldom right for the property."""
    name = predicate.value.rpartition("#")[2]
    return chance.choice(VALUES[:-1] if name.startswith(COMPARED) else VALUES)


def damage(chance: random.Random, quads: list[ox.Quad], at: int) -> None:
    """One damage at the quad with this number."""
    subject, predicate, object_, graph = quads[at]
    match chance.choice(("drop", "second", "other", "like", "extra", "class", "below", "everything")):
        case "drop":
            quads.pop(at)
        case "second":
            quads.append(ox.Quad(subject, predicate, value(chance, predicate), graph))
        case "other":
            quads[at] = ox.Quad(subject, predicate, value(chance, predicate), graph)
        case "like":  # the value of another property
            quads.append(ox.Quad(subject, chance.choice(PROPERTIES), object_, graph))
        case "extra":
            added = chance.choice(PROPERTIES)
            quads.append(ox.Quad(subject, added, value(chance, added), graph))
        case "class":
            quads.append(ox.Quad(subject, TYPE, chance.choice(CLASSES), graph))
        case "below":
            quads.append(ox.Quad(subject, TYPE, SPECIAL, graph))
            quads.append(ox.Quad(SPECIAL, BELOW, ox.NamedNode(POL + "Program"), graph))
        case _:
            quads.append(ox.Quad(subject, TYPE, ox.NamedNode(RDFS + "Resource"), graph))
