"""A user's own base map (GeoJSON) and its approval number → lines and areas to draw below the places.

No outline of a country or province comes with this package: a map that is shown or published in China needs the approval of
the authority for maps and must print its number (审图号; 地图审核管理规定). Whoever has such a map may lay it under the places.
Positions are degrees (WGS 84, RFC 7946), snapped to a grid of 10,000 steps: a tenth of a pixel in a picture 1,000 wide.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from kg.errors import BasemapError
from kg.views.explorer.packing import Lists, Numbers, Table

MOST_BYTES = 20_000_000
LONGEST_NUMBER = 60
STEPS = 10_000  # of the longer side
LAW = "a map needs the approval of the authority for maps and must print its number (地图审核管理规定)"
_DEGREES = "write it in degrees of WGS 84 (ogr2ogr -t_srs EPSG:4326 out.geojson in.geojson)"
# How many lists lie around a position, and whether the lines are the edges of areas.
_GEOMETRIES = {"LineString": (1, False), "MultiLineString": (2, False), "Polygon": (2, True), "MultiPolygon": (3, True)}
_POINTS = ("Point", "MultiPoint")

Position = tuple[float, float]


class Line(NamedTuple):
    """A line, or the edge of an area or of a hole in one."""

    feature: int  # number of the feature it belongs to
    area: bool
    points: tuple[int, ...]  # x, y, x, y, … in steps to the east of `west` and to the south of `north`


class Basemap(NamedTuple):
    """What lies below the places. Degrees; one step is `step` degrees in both directions."""

    approval: str  # 审图号
    west: float
    south: float
    east: float
    north: float
    step: float
    lines: tuple[Line, ...]


class _Drawn(NamedTuple):
    """A line as the file has it."""

    feature: int
    area: bool
    positions: list[Position]


def basemap_of(file: Path | None, approval: str | None) -> Basemap | None:
    """The base map, if one is asked for; BasemapError if it cannot be used, or has no approval number."""
    number = (approval or "").strip()
    if file is None and not number:
        return None
    if file is None:
        raise BasemapError("--map-approval-no belongs to a base map: give the map too, --basemap FILE.geojson")
    if not number:
        raise BasemapError(f'{file}: {LAW}; give it: --map-approval-no "GS(2024)0650号"')
    if len(number) > LONGEST_NUMBER or not any(sign.isdigit() for sign in number):
        as_is = number[:LONGEST_NUMBER]
        raise BasemapError(f"--map-approval-no {as_is}: write the number as on the map: GS(2024)0650号")
    drawn = list(_drawn(file, _json(file)))
    if not drawn:
        raise BasemapError(f"{file}: holds no line and no area; a base map is made of LineStrings or Polygons")
    return _snapped(drawn, number)


def lines_of(below: Basemap | None) -> Table:
    """The lines as a table of the page; where they lie it has from the rest of the base map."""
    lines = below.lines if below else ()
    return {
        "feature": Numbers("u32", (line.feature for line in lines)),
        "area": Numbers("u8", (line.area for line in lines)),
        "points": Lists(line.points for line in lines),
    }


def _json(file: Path) -> Any:
    if not file.is_file():
        raise BasemapError(f"{file}: no such file")
    if (size := file.stat().st_size) > MOST_BYTES:
        cure = "simplify it first (mapshaper -simplify 10% -o format=geojson)"
        raise BasemapError(f"{file}: {size / 1e6:.0f} MB, more than {MOST_BYTES // 1_000_000} MB; {cure}")
    try:
        return json.loads(file.read_text("utf-8-sig"))
    except UnicodeDecodeError:
        raise BasemapError(f"{file}: is not UTF-8; save it as GeoJSON in UTF-8") from None
    except json.JSONDecodeError as fault:
        raise BasemapError(f"{file}:{fault.lineno}: is not JSON ({fault.msg}); save the map as GeoJSON") from None
    except ValueError as fault:
        raise BasemapError(f"{file}: is not JSON ({fault}); save the map as GeoJSON") from None
    except RecursionError:
        raise BasemapError(f"{file}: is nested too deeply for a map; save the map as GeoJSON") from None


def _drawn(file: Path, whole: Any) -> Iterator[_Drawn]:
    kind = whole.get("type") if isinstance(whole, dict) else None
    if kind == "FeatureCollection":
        features = whole.get("features")
        if not isinstance(features, list):
            raise BasemapError(f"{file}: features: is no list; save the map as GeoJSON")
        for n, feature in enumerate(features):
            if not isinstance(feature, dict) or feature.get("type") != "Feature":
                raise BasemapError(f"{file}: features[{n}]: is no Feature; save the map as GeoJSON")
            yield from _lines(feature.get("geometry"), n, f"{file}: features[{n}].geometry")
    elif kind == "Feature":
        yield from _lines(whole.get("geometry"), 0, f"{file}: geometry")
    else:
        yield from _lines(whole, 0, f"{file}: the whole")


def _lines(geometry: Any, feature: int, where: str) -> Iterator[_Drawn]:
    if geometry is None:
        return
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind in _POINTS:
        return
    if kind == "GeometryCollection" and isinstance(parts := geometry.get("geometries"), list):
        for n, part in enumerate(parts):
            yield from _lines(part, feature, f"{where}.geometries[{n}]")
        return
    if kind not in _GEOMETRIES:
        raise BasemapError(f"{where}: is no geometry of GeoJSON (Polygon, LineString …); save the map as GeoJSON")
    depth, area = _GEOMETRIES[kind]
    for at, line in _deep(geometry.get("coordinates"), depth - 1, f"{where}.coordinates"):
        positions = [_position(one, f"{at}[{n}]") for n, one in enumerate(_list(line, at))]
        if positions:
            yield _Drawn(feature, area, positions)


def _deep(value: Any, depth: int, where: str) -> Iterator[tuple[str, Any]]:
    if depth == 0:
        yield where, value
        return
    for n, inside in enumerate(_list(value, where)):
        yield from _deep(inside, depth - 1, f"{where}[{n}]")


def _list(value: Any, where: str) -> Sequence[Any]:
    if not isinstance(value, list):
        raise BasemapError(f"{where}: is no list of positions [longitude, latitude]; save the map as GeoJSON")
    return value


def _position(value: Any, where: str) -> Position:
    if not isinstance(value, list) or len(value) < 2 or not all(type(one) in (int, float) for one in value[:2]):
        raise BasemapError(f"{where}: is no position [longitude, latitude]; save the map as GeoJSON")
    lon, lat = value[:2]
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise BasemapError(f"{where}: [{str(lon)[:20]}, {str(lat)[:20]}] lies outside ±180°, ±90°; {_DEGREES}")
    return float(lon), float(lat)


def _snapped(drawn: Sequence[_Drawn], approval: str) -> Basemap:
    """On the grid, without repetitions. A ring that shrinks to one point stays as that point: no island is lost."""
    west, east = _range([lon for line in drawn for lon, _ in line.positions])
    south, north = _range([lat for line in drawn for _, lat in line.positions])
    step = max(east - west, north - south) / STEPS or 1 / STEPS
    lines = []
    for line in drawn:
        cells = [(round((lon - west) / step), round((north - lat) / step)) for lon, lat in line.positions]
        kept = cells[:1] + [cell for before, cell in pairwise(cells) if cell != before]
        lines.append(Line(line.feature, line.area, tuple(number for cell in kept for number in cell)))
    return Basemap(approval, west, south, east, north, step, tuple(lines))


def _range(values: Sequence[float]) -> tuple[float, float]:
    return min(values), max(values)
