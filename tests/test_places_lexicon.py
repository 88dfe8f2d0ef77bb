"""places.csv, townships.csv and agencies.csv, and the rules by which the first two are built."""

from __future__ import annotations

import csv
import importlib.util
import re
import sys
from collections import Counter
from dataclasses import fields
from pathlib import Path
from types import ModuleType

import pytest

from kg.errors import LexiconError
from kg.lexicons import FILES, Agency, Lexicons, Place, read_lexicons
from kg.model import Level

ROOT = Path(__file__).resolve().parent.parent
LEXICONS = ROOT / "data" / "lexicons"
MINE = ("places.csv", "agencies.csv")


def folder_of(lexicons: Path, only: tuple[str, ...], target: Path) -> Path:
    """A folder with `only` these lexicons and empty ones of the other kinds."""
    for name, kind in FILES.items():
        empty = ",".join(field.name for field in fields(kind)) + "\n"
        (target / name).write_text((lexicons / name).read_text("utf-8") if name in only else empty, "utf-8")
    return target


@pytest.fixture(scope="module")
def lexicons(tmp_path_factory: pytest.TempPathFactory) -> Lexicons:
    return read_lexicons(folder_of(LEXICONS, MINE, tmp_path_factory.mktemp("lexicons")))


@pytest.fixture(scope="module")
def places(lexicons: Lexicons) -> dict[str, Place]:
    return {place.id: place for place in lexicons.places}


@pytest.fixture(scope="module")
def build_places() -> ModuleType:
    path = ROOT / "scripts" / "build_places.py"
    spec = importlib.util.spec_from_file_location("build_places", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


# ── What the shipped lexicons say ──────────────────────────────────────────────────────────────────────────────────


def test_read_lexicons_finds_no_fault(lexicons: Lexicons) -> None:
    """The check that users run on their own lexicons passes on ours, and ids are unique (it reports doubles)."""
    assert len(lexicons.places) > 6000
    assert len(lexicons.agencies) > 60


def test_a_broken_parent_would_be_found(tmp_path: Path) -> None:
    """The check above can fail: a county whose prefecture is missing is reported with its id."""
    folder = folder_of(LEXICONS, ("agencies.csv",), tmp_path)
    header = (folder / "places.csv").read_text("utf-8")
    (folder / "places.csv").write_text(f"{header}210211,甘井子区,,210211,210200,County,,,1983,,,areacodes\n", "utf-8")
    with pytest.raises(LexiconError, match="210211"):
        read_lexicons(folder)


@pytest.mark.parametrize(
    ("id_", "name", "parent", "years", "successors"),
    [
        ("420600-1981", "襄樊市", "420000", (1981, 2010), ("420600",)),  # renamed
        ("420600", "襄阳市", "420000", (2010, None), ()),
        ("510922", "射洪县", "510900", (1985, 2019), ("510981",)),  # 县 became 市
        ("510981", "射洪市", "510900", (2019, None), ()),
        ("210282", "普兰店市", "210200", (1991, 2015), ("210214",)),  # 市 became 区
        ("110103", "崇文区", "110000", (1981, 2010), ("110101",)),  # merged
        ("371200", "莱芜市", "370000", (1992, 2018), ("370100",)),  # a prefecture merged into another
        ("142100", "雁北地区", "140000", (1981, 1993), ("140200", "140600")),  # a prefecture divided
        ("210211", "甘井子区", "210200", (1983, None), ()),
        ("310115", "浦东新区", "310000", (1992, None), ()),  # a 新区 with a code is a county
        ("659001", "石河子市", "650000", (1985, None), ()),  # directly under its province
        ("431229", "靖州苗族侗族自治县", "431200", (1997, None), ()),
    ],
)
def test_history(
    places: dict[str, Place],
    id_: str,
    name: str,
    parent: str,
    years: tuple[int, int | None],
    successors: tuple[str, ...],
) -> None:
    """Each holder of a code is one place with its years, its parent, and what it became."""
    place = places[id_]
    assert (place.name, place.parent, place.successors) == (name, parent, successors)
    assert (place.valid_from, place.valid_to) == years


def test_every_chain_of_parents_ends_at_the_nation(places: dict[str, Place]) -> None:
    """Who climbs from any place reaches 中国 in at most four steps, province next to last."""
    for place in places.values():
        chain = [place]
        while chain[-1].parent:
            chain.append(places[chain[-1].parent])
            assert len(chain) <= 4, place
        assert chain[-1].id == "中国", place
        if len(chain) > 1:
            assert chain[-2].level == Level.PROVINCE, place


def test_levels_and_years_are_sound(places: dict[str, Place]) -> None:
    """A place ends no earlier than it begins, has successors only once it has ended, and they are there by then."""
    for place in places.values():
        assert place.level in {Level.NATION, Level.PROVINCE, Level.PREFECTURE, Level.COUNTY, Level.ZONE}, place
        assert (place.valid_to or 9999) >= (place.valid_from or 0), place
        assert place.valid_to or not place.successors, place
        for heir in place.successors:
            assert (places[heir].valid_from or 0) <= (place.valid_to or 0) <= (places[heir].valid_to or 9999), place
            assert heir != place.id


def test_no_two_places_in_force_share_name_and_parent(places: dict[str, Place]) -> None:
    """The name and the parent tell two places of one time apart."""
    bearers = Counter((place.name, place.parent) for place in places.values() if place.valid_to is None)
    assert [pair for pair, count in bearers.items() if count > 1] == []


@pytest.mark.parametrize(
    ("id_", "aliases"),
    [
        ("150000", ("内蒙古",)),
        ("431229", ("靖州县", "靖州")),
        ("222400", ("延边", "延边州")),
        ("422800", ("恩施州",)),  # 恩施 is 恩施市
        ("433100", ("湘西", "湘西州")),
        ("532900", ("大理州",)),
        ("431230", ("通道县",)),  # 通道 is an ordinary word
        ("632321", ()),  # 同仁县 needs none: readers cut off 县 themselves
        ("632324", ("河南县",)),  # 河南 is the province
        ("510726", ("北川县", "北川")),  # the county that it was itself may lend its name
    ],
)
def test_short_forms(places: dict[str, Place], id_: str, aliases: tuple[str, ...]) -> None:
    """Aliases are the short forms that no suffix rule gives; none that means another place."""
    assert places[id_].aliases == aliases


def test_no_abbreviation_of_one_character_is_an_alias(places: dict[str, Place]) -> None:
    """辽 and 川 stand inside too many words."""
    assert [place.name for place in places.values() if any(len(alias) < 2 for alias in place.aliases)] == []


@pytest.mark.parametrize(
    ("name", "parent", "alias"),
    [
        ("大连高新技术产业园区", "大连市", "大连高新园区"),
        ("大连保税区", "大连市", "大连市保税区"),
        ("大连长兴岛经济技术开发区", "大连市", "长兴岛"),
        ("金州新区", "大连市", "大连金州新区"),
        ("普湾新区", "大连市", "大连普湾新区"),
        ("西咸新区", "陕西省", "陕西西咸新区"),
        ("遂宁经济技术开发区", "遂宁市", "遂宁经开区"),
        ("武汉东湖新技术开发区", "武汉市", "东湖高新区"),
    ],
)
def test_zones(places: dict[str, Place], name: str, parent: str, alias: str) -> None:
    """A zone has no code; its id is its name at its province or prefecture."""
    zone = places[f"{name}@{parent}"]
    assert (zone.level, zone.code, places[zone.parent].name) == (Level.ZONE, "", parent)
    assert alias in zone.aliases


def test_zone_names_mean_one_zone(places: dict[str, Place]) -> None:
    """开发区 or 高新区 alone is no alias, and no name or alias of a zone belongs to a second one."""
    zones = [place for place in places.values() if place.level == Level.ZONE]
    forms = Counter(form for zone in zones for form in {zone.name, *zone.aliases})
    generic = re.compile("国家级?|(?:经济|高新)?技术?(?:产业)?(?:开发区|园区)|高新区|经开区|保税区|新区")
    assert [form for form, count in forms.items() if count > 1 or generic.fullmatch(form)] == []


def test_coordinates(places: dict[str, Place]) -> None:
    """Points come in pairs, lie where China lies, and are there for every province and prefecture in force."""
    for place in places.values():
        assert (place.lon is None) == (place.lat is None), place
        if place.lon is not None and place.lat is not None:
            assert 73 < place.lon < 136, place
            assert 3 < place.lat < 54, place
        if place.level in {Level.PROVINCE, Level.PREFECTURE} and place.valid_to is None:
            assert place.lon is not None, place


@pytest.mark.parametrize(
    ("townships", "county"),
    [
        (("太阳坪乡", "甘棠镇", "新厂镇", "大堡子镇", "藕团乡"), "431229"),
        (("龙王塘街道", "凌水街道"), None),  # 代管 by a zone: they name no county together
    ],
)
def test_townships_of_one_document_tell_its_county(
    places: dict[str, Place], townships: tuple[str, ...], county: str | None
) -> None:
    """甘棠镇 lies in several counties, but only one has all the townships of a county's document."""
    with (LEXICONS / "townships.csv").open(encoding="utf-8", newline="") as lines:
        rows = [(row["name"], row["county"]) for row in csv.DictReader(lines)]
    assert {id_ for _, id_ in rows} <= {id_ for id_, place in places.items() if place.valid_to is None}
    common = set.intersection(*({id_ for name, id_ in rows if name == township} for township in townships))
    assert common == ({county} if county else set())


# ── Agencies ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def agencies(lexicons: Lexicons) -> dict[str, Agency]:
    return {agency.name: agency for agency in lexicons.agencies}


def test_predecessors_are_agencies_that_ended_first(agencies: dict[str, Agency]) -> None:
    """教育部 follows 国家教育委员会 in the year in which that ended."""
    assert agencies["教育部"].predecessor == "国家教育委员会"
    for agency in agencies.values():
        if agency.predecessor:
            former = agencies[agency.predecessor]
            assert former.valid_to is not None, agency
            assert agency.valid_from is not None, agency
            assert former.valid_to <= agency.valid_from, agency


def test_look_alikes_hold_a_name_and_are_none(agencies: dict[str, Agency]) -> None:
    """A look-alike is a longer word around a name (教育部门); a name itself would hide its agency for good."""
    names = Counter(form for agency in agencies.values() for form in (agency.name, *agency.aliases))
    assert [name for name, count in names.items() if count > 1] == []
    assert "中央" not in names
    for agency in agencies.values():
        for look_alike in agency.never:
            assert look_alike not in names, agency
            assert any(form in look_alike for form in (agency.name, *agency.aliases)), (agency.name, look_alike)


@pytest.mark.parametrize("agency", ["教育部", "财政部", "公安部", "民政部", "卫生部", "文化部", "农业部", "人事部"])
def test_a_ministry_is_not_the_departments_of_its_field(agencies: dict[str, Agency], agency: str) -> None:
    """各级教育部门 are the education offices of every tier, not the ministry."""
    assert f"{agency}门" in agencies[agency].never


# ── The rules of scripts/build_places.py ───────────────────────────────────────────────────────────────────────────

HEADER = "代码,一级行政区,二级行政区,名称,级别,状态,启用时间,变更/弃用时间,新代码\n"
DIVISIONS = """\
510000,四川省,,四川省,省级,在用,1981,,
510100,四川省,甲川市,甲川市,地级,在用,1983,,
510200,四川省,乙川市,乙川市,地级,在用,2002,,
510200,四川省,丙川市,丙川市,地级,变更,1983,2002,
512000,四川省,丁川地区,丁川地区,地级,弃用,1981,1990,
510102,四川省,甲川市,东城区,县级,在用,1983,,510103[1995]
510103,四川省,甲川市,西城区,县级,在用,1995,,
510121,四川省,甲川市,子山县,县级,弃用,1990,2005,510102;510104
510104,四川省,甲川市,子山区,县级,在用,2005,,
510202,四川省,乙川市,中城区,县级,在用,2002,,
510202,四川省,丙川市,中城区,县级,变更,1983,2002,510202
512021,四川省,丁川地区,子山县,县级,弃用,1981,1990,510121
519001,四川省,直辖,丑山市,县级,在用,1990,,
510105,四川省,甲川市,市辖区,县级,在用,1990,,
"""


@pytest.fixture
def built(build_places: ModuleType, tmp_path: Path) -> dict[str, tuple[str, str, str]]:
    """id → name, parent, successors, of a small province."""
    path = tmp_path / "divisions.csv"
    path.write_text(HEADER + DIVISIONS, "utf-8-sig")
    lineage = build_places.Lineage(build_places.read_divisions(path))
    return {row.id: (row.name, row.parent, row.successors) for row in build_places.division_rows(lineage, {})}


@pytest.mark.parametrize(
    ("id_", "expected"),
    [
        ("中国", ("中国", "", "")),
        ("510200-1983", ("丙川市", "510000", "510200")),  # no code named: the next holder of its own
        ("512000", ("丁川地区", "510000", "510100")),  # no code named: the prefecture its counties went to
        ("510102", ("东城区", "510100", "")),  # gave territory away, still there
        ("510121", ("子山县", "510100", "510104|510102")),  # its namesake first
        ("512021", ("子山县", "512000", "510121")),
        ("510202", ("中城区", "510200", "")),  # only its prefecture was renamed: one holder
        ("519001", ("丑山市", "510000", "")),
    ],
)
def test_lineage_rules(built: dict[str, tuple[str, str, str]], id_: str, expected: tuple[str, str, str]) -> None:
    """Successors, parents and ids of every sort of change."""
    assert built[id_] == expected


def test_placeholders_are_no_places(built: dict[str, tuple[str, str, str]]) -> None:
    """市辖区 is a heading of the lists."""
    assert "510105" not in built
    assert len(built) == 13


def test_a_namesake_far_away_gives_no_coordinates(build_places: ModuleType, tmp_path: Path) -> None:
    """A district lies near its city, and a village that shares its short name is another place."""
    path = tmp_path / "divisions.csv"
    path.write_text(HEADER + DIVISIONS, "utf-8-sig")
    lineage = build_places.Lineage(build_places.read_divisions(path))
    here, there = (104.0, 30.6), (107.0, 30.6)
    towns = {
        ("四川省", "甲川"): [build_places.Town(here, 9_000_000, False)],
        ("四川省", "东城"): [build_places.Town(there, 0, False)],
        ("四川省", "西城"): [build_places.Town(here, 0, True)],
        ("四川省", "子山区"): [build_places.Town((104.1, 30.7), 0, False)],
    }
    located = {division.name: point for division, point in build_places.locate(lineage, towns, {}).items()}
    assert located == {"甲川市": here, "子山区": (104.1, 30.7), "子山县": (104.1, 30.7), "丁川地区": here}
