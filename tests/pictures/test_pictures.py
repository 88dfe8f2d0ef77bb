"""Pictures say what they leave out, are the same bytes every time, and bear any name."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import re
import subprocess
import sys
import warnings
import xml.etree.ElementTree as Xml
from itertools import combinations
from pathlib import Path

import matplotlib as mpl
import pytest

from kg.cli.diffusing import picturing
from kg.diffusion.adoptions import Adoption, Dated, History, Program, Unit
from kg.errors import DiffusionError
from kg.pictures import fonts
from kg.pictures.arrows import Arrow
from kg.pictures.choosing import the_one
from kg.pictures.curve import Band, Fit, s_curve
from kg.pictures.heat import heat
from kg.pictures.kinds import KINDS
from kg.pictures.labels import Granted, Wish, granted
from kg.pictures.sheet import SIZE, Picture
from kg.pictures.space import space
from kg.pictures.time import time
from kg.pictures.widths import text_width

from . import made_up

SVG = "{http://www.w3.org/2000/svg}"
SOME = made_up.history(14, 3)
ONE = History((Unit("u", "甲市"),), (Program("p", "试点"),), (Adoption("u", "p", 2013.0, 2014.0, Dated.STATED),))
UNDATED = dataclasses.replace(ONE, adoptions=(Adoption("u", "p", None, None, Dated.OPEN),))
NOBODY = dataclasses.replace(ONE, adoptions=())
HOSTILE = '$\\frac$<script>1</script>&"\x1b[31m\u202e\n\ud800]]>'


def drawn(kind: str, history: History) -> Picture:
    """The picture, of the first programme where it shows only one."""
    return KINDS[kind](history, history.programs[0].id if kind == "curve" else "")


def texts(picture: Picture) -> list[str]:
    """Everything that is written in it."""
    return [element.text or "" for element in Xml.fromstring(picture.svg()).iter(f"{SVG}text")]


def digests() -> dict[str, str]:
    """Of every kind of picture, and of one of them in dots."""
    svg = {kind: hashlib.sha256(drawn(kind, SOME).svg()).hexdigest() for kind in KINDS}
    return svg | {"png": hashlib.sha256(drawn("strip", SOME).png(1)).hexdigest()}


def test_the_same_bytes_every_time_whatever_the_user_s_settings() -> None:
    """Twice in one program, in one with another order of its sets, and whatever matplotlibrc says."""
    first = digests()
    with mpl.rc_context({"font.size": 30, "svg.hashsalt": None, "text.parse_math": True, "axes.facecolor": "red"}):
        assert digests() == first
    root = Path(__file__).parents[2]
    asked = "from pictures.test_pictures import digests; print(digests())"
    environment = {
        **os.environ,
        "PYTHONHASHSEED": "271",
        "SOURCE_DATE_EPOCH": "1",
        "PYTHONPATH": f"{root}{os.pathsep}{root / 'tests'}",
    }
    told = subprocess.run(
        [sys.executable, "-c", asked], env=environment, cwd=root, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == str(first)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("history", [ONE, UNDATED, NOBODY], ids=["one", "undated", "nobody"])
def test_little_data_is_drawn_too(kind: str, history: History) -> None:
    """One unit, no year, nobody: a picture that says so, no crash."""
    picture = drawn(kind, history)
    assert Xml.fromstring(picture.svg()).find(f"{SVG}title") is not None
    assert picture.description


def test_without_programmes_the_message_says_so() -> None:
    with pytest.raises(DiffusionError, match="no adoptions"):
        the_one(History((), (), ()), "")
    with pytest.raises(DiffusionError, match="--program"):
        the_one(SOME, "")


@pytest.mark.parametrize("kind", KINDS)
def test_a_hostile_name_is_only_a_name(kind: str) -> None:
    """No markup, no mathematics, no control characters; the file stays XML."""
    history = dataclasses.replace(
        SOME,
        units=tuple(dataclasses.replace(u, name=HOSTILE + u.name) for u in SOME.units),
        programs=tuple(dataclasses.replace(p, name=HOSTILE + p.name) for p in SOME.programs),
    )
    picture = drawn(kind, history)
    root = Xml.fromstring(picture.svg())
    assert not [element for element in root.iter() if element.tag.removeprefix(SVG) in ("script", "a", "foreignObject")]
    assert not re.search("[\x00-\x08\x0b-\x1f\u202e]", "".join(root.itertext()))
    assert picture.png(1)[:4] == b"\x89PNG"


@pytest.mark.parametrize("kind", KINDS)
def test_it_can_be_read_aloud_and_asks_for_nothing(kind: str) -> None:
    """Title and description; no date, no outside address, no name or rule that reaches into a page around it."""
    svg = drawn(kind, SOME).svg().decode()
    root = Xml.fromstring(svg)
    assert root.get("role") == "img"
    title, described = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert title.text
    assert described is not None
    assert described.text
    assert "Matplotlib" not in svg
    assert not root.findall(f".//{SVG}style")
    used = set(re.findall(r"#([\w-]+)", svg))
    assert {element.get("id") for element in root.iter()} - {None} <= used


def test_without_a_chinese_font(monkeypatch: pytest.MonkeyPatch) -> None:
    """An SVG is right all the same, for a browser has fonts of its own; a PNG comes with a hint what to install."""
    for module in ("fonts", "sheet"):
        monkeypatch.setattr(f"kg.pictures.{module}.chinese_family", lambda: "")
    monkeypatch.setattr("kg.pictures.sheet.families", lambda: [fonts.BESIDE])
    picture = drawn("strip", SOME)
    svg = picture.svg().decode()
    assert "Noto Sans CJK SC" in svg
    assert "sans-serif" in svg
    assert "DejaVu" not in svg
    assert any("改革试点" in text for text in texts(picture))
    with pytest.warns(UserWarning, match="fonts-noto-cjk"):
        picture.png(1)


@pytest.mark.skipif(not fonts.chinese_family(), reason="needs a Chinese font")
def test_with_a_chinese_font_nobody_is_warned() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert drawn("strip", SOME).png(1)


@pytest.mark.parametrize(
    ("kind", "units", "programs", "said"),
    [
        ("strip", 12, 60, r"只画采纳者最多的40个项目，其余\d+个未画"),
        ("heat", 200, 2, r"只画采纳最多的80个地方，其余\d+个未画"),
        ("multiples", 12, 60, r"其余\d+个未画.*只见于一地的\d+个项目未画"),
        ("map", 90, 2, "只标写得下的"),
        ("network", 90, 2, "只标写得下的"),
    ],
)
def test_what_has_no_room_is_said(kind: str, units: int, programs: int, said: str) -> None:
    assert re.search(said, drawn(kind, made_up.history(units, programs)).note)


def box(label: Granted) -> tuple[float, float, float, float]:
    long = text_width(label.text) * SIZE * 0.54
    left = label.x - long if label.ha == "right" else label.x
    return left, label.y - SIZE * 0.6, left + long, label.y + SIZE * 0.6


@pytest.mark.parametrize("number", [5, 200])
def test_labels_do_not_touch(number: int) -> None:
    """However many places there are; at 5, all have one."""
    wishes = [Wish(40 + n * 7919 % 600, 30 + n * 104729 % 400, f"甲乙市{n}") for n in range(number)]
    boxes = [box(label) for label in granted(wishes, [(w.x, w.y, 4.0) for w in wishes], 700)]
    assert not [1 for a, b in combinations(boxes, 2) if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]]
    assert len(boxes) == 5 if number == 5 else len(boxes) > 30


def test_not_read_is_hatched_and_never_looks_like_not_adopted() -> None:
    """A cell of a place of which nothing was read is hatched; of one that was read it is white."""
    every = {(unit.id, year): 1 for unit in SOME.units for year in range(2005, 2025)}
    all_read = heat(dataclasses.replace(SOME, read=every)).svg().count(b"url(#h")
    none_read = heat(dataclasses.replace(SOME, read={})).svg().count(b"url(#h")
    assert all_read == 1  # the key
    assert none_read > 10


def test_curve_shows_band_and_fits_and_who_was_not_read() -> None:
    """Shares of those at risk; adopters outside are a curve of their own."""
    band = Band([2012, 2015], [0.2, 0.5], [0.1, 0.3], [0.4, 0.7])
    picture = s_curve(
        SOME, "p/001", band, [Fit("logistic曲线", [2012, 2015], [0.1, 0.5])], [u.id for u in SOME.units[:6]]
    )
    written = texts(picture)
    assert {"logistic曲线", "连同自身没有读到文件的采纳者", "占6个单位的比例"} <= set(written)


def test_arrows_are_told_apart_by_how_sure_they_are() -> None:
    """Said, by document, inferred: three words in the key; an end that is not drawn is said."""
    first, second = (a.unit for a in SOME.by_program["p/001"][:2])
    arrows = (Arrow(first, second, "said"), Arrow(second, first, "implied"), Arrow(first, second, "inferred"))
    picture = time(SOME, "p/001", (*arrows, Arrow(first, "nobody", "said")))
    assert {"文中明言", "由文件推知（落实上级）", "由先后次序推断"} <= set(texts(picture))
    assert "1条箭头的一端不在图上" in picture.note


def test_points_without_borders_or_tiles_without_coordinates() -> None:
    assert "不画任何界线" in space(SOME, "p/001").note
    assert "按省排成方格" in space(made_up.history(30, 5, located=False), "p/001").note


def test_the_command_knows_all_kinds() -> None:
    assert tuple(KINDS) == picturing.KINDS
