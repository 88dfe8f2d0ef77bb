"""Tables → bytes and back, read as viz/explorer/base/data.js reads them: in place, at multiples of their size."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.views.explorer.packing import TYPES, Lists, Numbers, Table, Texts, packed
from kg.views.explorer.records import Exploration
from kg.views.explorer.tables import meta_of, tables_of

INTEGERS = {
    "u8": (0, 255),
    "u16": (0, 65535),
    "i16": (-32768, 32767),
    "u32": (0, 2**32 - 1),
    "i32": (-(2**31), 2**31 - 1),
}


def unpacked(data: bytes) -> tuple[dict[str, Any], dict[str, dict[str, list[Any]]]]:
    """What `packed` was given; fails where a column does not begin at a multiple of 8."""
    assert data[:4] == b"KGX1"
    (length,) = np.frombuffer(data, "<u4", 1, 4)
    head = json.loads(data[8 : 8 + int(length)])
    body = data[-(-(8 + int(length)) // 8) * 8 :]

    def numbers(type_: str, at: int, count: int) -> list[float]:
        assert at % 8 == 0
        return np.frombuffer(body, type_, count, at).tolist()

    def column(told: list[Any], rows: int) -> list[Any]:
        type_, at, *more = told
        if type_ in TYPES:
            return numbers(TYPES[type_], at, rows)
        ends = [int(end) for end in numbers("<u4", at, rows + 1)]
        start, length = more
        values = body[start : start + length] if type_ == "text" else numbers("<u4", start, length)
        pieces = [values[ends[i] : ends[i + 1]] for i in range(rows)]
        return [piece.decode() for piece in pieces] if type_ == "text" else pieces

    return head["meta"], {
        name: {key: column(told, table["rows"]) for key, told in table["columns"].items()}
        for name, table in head["tables"].items()
    }


@pytest.mark.parametrize(
    "table",
    [
        {},
        {"name": Texts([])},
        {"name": Texts([""]), "of": Lists([[]])},
        {"name": Texts(["", "乡", "𠮷野家🎓", "\u202e</script>", "\x00", "e\u0301"]), "n": Numbers("u8", range(6))},
        {"of": Lists([[], [1], [], [2, 3, 2**32 - 1], []]), "n": Numbers("i16", (-1, 0, 1, 9999, -32768))},
        {"a": Numbers("u8", [7]), "b": Numbers("f32", [0.5]), "c": Numbers("u16", [1]), "d": Numbers("i32", [-1])},
        {"name": Texts(["教" * 100_000])},
    ],
)
def test_round_trip(table: Table) -> None:
    """Empty tables, columns of every type beside each other, characters beyond the basic plane, names without end."""
    expected = {key: list(column.values) for key, column in table.items()}
    assert unpacked(packed({"a": "𠮷"}, {"t": table})) == ({"a": "𠮷"}, {"t": expected})


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))), st.sampled_from(sorted(INTEGERS)), st.data())
def test_any_table(texts: list[str], type_: str, data: st.DataObject) -> None:
    low, high = INTEGERS[type_]
    numbers = data.draw(st.lists(st.integers(low, high), min_size=len(texts), max_size=len(texts)))
    lists = data.draw(st.lists(st.lists(st.integers(0, 2**32 - 1)), min_size=len(texts), max_size=len(texts)))
    table = {"t": Texts(texts), "n": Numbers(type_, numbers), "l": Lists(lists)}
    assert unpacked(packed({}, {"x": table}))[1] == {"x": {"t": texts, "n": numbers, "l": lists}}


def test_half_a_character_becomes_a_question_mark() -> None:
    """A lone surrogate has no bytes; neither the page nor its neighbours suffer from it."""
    assert unpacked(packed({}, {"t": {"a": Texts(["甲\ud800", "乙"])}}))[1] == {"t": {"a": ["甲?", "乙"]}}


def test_not_a_number() -> None:
    """An unknown coordinate is NaN."""
    (_, tables) = unpacked(packed({}, {"t": {"a": Numbers("f32", [math.nan, 1.5])}}))
    assert math.isnan(tables["t"]["a"][0])
    assert tables["t"]["a"][1] == 1.5


@pytest.mark.parametrize(("type_", "value"), [("u8", 256), ("u8", -1), ("i16", 40_000), ("u32", -1)])
def test_overflow(type_: str, value: int) -> None:
    """A number that does not fit is never cut."""
    with pytest.raises(OverflowError):
        packed({}, {"t": {"a": Numbers(type_, [value])}})


def test_columns_of_different_length() -> None:
    with pytest.raises(ValueError, match="columns of different length"):
        packed({}, {"t": {"a": Texts(["x"]), "b": Texts([])}})


def test_the_tables_of_the_example(exploration: Exploration) -> None:
    """What the page reads is what was gathered."""
    meta, tables = unpacked(packed(meta_of(exploration), tables_of(exploration)))
    assert meta["counts"] == {"files": 18, "parts": 22, "copies": 0, "claims": len(exploration.claims)}
    assert meta["years"][0] < 2013 < 2020 <= meta["years"][1]
    assert tables["things"]["name"] == [thing.name for thing in exploration.things]
    claims, quotes = tables["claims"], tables["quotes"]
    for i, claim in enumerate(exploration.claims):
        said = {meta["roles"][role]: tables["things"]["iri"][thing] for role, thing in _by(claims["roles"][i], 2)}
        assert said == {role: iri.removeprefix(meta["base"]) for role, iri in claim.roles}
        text = quotes["printed"][claim.quote] or quotes["text"][claim.quote]
        assert text == exploration.quotes[claim.quote].printed
        assert [(meta["roles"][role], start, end) for role, start, end in _by(claims["marks"][i], 3)] == list(
            claim.marks
        )
    number = tables["things"]["name"].index("体育艺术2+1项目") if "体育艺术2+1项目" in tables["things"]["name"] else 0
    assert len(tables["things"]["initials"][number].split("\n")) == 1 + len(exploration.things[number].aliases)
    assert sum(tables["read"]["documents"]) == sum(exploration.history.read.values())


def test_numbers_beyond_their_columns(exploration: Exploration) -> None:
    """More documents of a year than 65,535 are counted; a year that no column holds is an unknown one."""
    history = exploration.history
    unit = history.units[0].id
    far = replace(history.adoptions[0], lower=None, upper=123_456.0)
    shown = replace(
        exploration, history=replace(history, adoptions=(far,), read={(unit, 2014): 70_000, (unit, 99_999): 1})
    )
    tables = unpacked(packed({}, tables_of(shown)))[1]
    assert tables["read"]["documents"] == [70_000, 1]
    assert tables["read"]["year"] == [2014, 0]
    assert (tables["adoptions"]["lower"], tables["adoptions"]["upper"]) == ([0], [0])


def test_what_would_break_a_line(exploration: Exploration) -> None:
    """Aliases and values stand on lines; a name that has line ends or tabs itself has none on the page."""
    thing = exploration.things[0]._replace(aliases=("甲\n乙", "丙"))
    claim = exploration.claims[0]._replace(values=(("indicator", "入园\n率\t高"), ("unit", "%")))
    tables = unpacked(
        packed(
            {}, tables_of(replace(exploration, things=(thing,), claims=(claim,), ties=(), places=(), communities=()))
        )
    )[1]
    assert tables["things"]["aliases"] == ["甲 乙\n丙"]
    assert tables["claims"]["values"] == ["indicator\t入园 率 高\nunit\t%"]


def _by(values: list[int], size: int) -> list[tuple[int, ...]]:
    return [tuple(values[i : i + size]) for i in range(0, len(values), size)]
