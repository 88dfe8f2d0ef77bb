"""A user's own base map: read with care, drawn only together with its approval number, which is printed as it is."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kg.cli.exploring import explore
from kg.errors import BasemapError
from kg.views.explorer import basemap as room
from kg.views.explorer.basemap import STEPS, basemap_of
from kg.views.explorer.page import explorer_html
from kg.views.explorer.records import Exploration

from .conftest import in_browser

NUMBER = "GS(2024)0650号"
SQUARE = [[110.0, 30.0], [120.0, 30.0], [120.0, 38.0], [110.0, 38.0], [110.0, 30.0]]
ISLET = [[115.0, 20.0], [115.0001, 20.0], [115.0001, 20.0001], [115.0, 20.0]]
MAP = {
    "type": "FeatureCollection",
    "features": [
        {"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": [[SQUARE], [ISLET]]}},
        {"type": "Feature", "geometry": {"type": "LineString", "coordinates": [[111.0, 31.0], [112.0, 32.0]]}},
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [111.0, 31.0]}},
        {"type": "Feature", "geometry": None},
    ],
}


def written(folder: Path, content: Any) -> Path:
    file = folder / "map.geojson"
    file.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return file


def geometry(kind: str, coordinates: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": {"type": kind, "coordinates": coordinates}}


def test_lines_and_areas_lie_on_a_grid(tmp_path: Path) -> None:
    """Ten thousand steps along the longer side; within half a step of where they were; no island is lost."""
    below = basemap_of(written(tmp_path, MAP), NUMBER)
    assert below is not None
    assert (below.west, below.south, below.east, below.north) == (110, 20, 120, 38)
    assert below.step == 18 / STEPS
    assert [(line.feature, line.area, len(line.points) // 2) for line in below.lines] == [
        (0, True, 5),
        (0, True, 1),
        (1, False, 2),
    ]
    x, y = below.lines[2].points[:2]
    assert (below.west + x * below.step, below.north - y * below.step) == pytest.approx((111, 31), abs=below.step)


def test_without_both_there_is_none(tmp_path: Path) -> None:
    assert basemap_of(None, None) is None


@pytest.mark.parametrize(("with_file", "number"), [(True, None), (True, "  "), (False, NUMBER)])
def test_the_map_and_its_number_come_together(tmp_path: Path, *, with_file: bool, number: str | None) -> None:
    """A map without its number may not be shown; the message names the law."""
    file = written(tmp_path, MAP) if with_file else None
    with pytest.raises(BasemapError, match="地图审核管理规定" if with_file else "--basemap FILE"):
        basemap_of(file, number)


@pytest.mark.parametrize("number", ["yes", "1" * 61])
def test_what_is_no_number_is_refused(tmp_path: Path, number: str) -> None:
    with pytest.raises(BasemapError, match="--map-approval-no"):
        basemap_of(written(tmp_path, MAP), number)


@pytest.mark.parametrize(
    ("content", "place", "cure"),
    [
        ("<svg/>", r"map\.geojson:1: is not JSON", "save the map as GeoJSON"),
        ("[" * 100_000, "nested too deeply|is not JSON", "save the map as GeoJSON"),
        ("1" * 5000, "is not JSON", "save the map as GeoJSON"),
        ([], "the whole: is no geometry", "save the map as GeoJSON"),
        ({"type": "Topology"}, "the whole: is no geometry", "save the map as GeoJSON"),
        ({"type": "FeatureCollection"}, "features: is no list", "save the map as GeoJSON"),
        ({"type": "FeatureCollection", "features": []}, "no line and no area", "LineStrings or Polygons"),
        ({"type": "FeatureCollection", "features": [MAP, 7]}, r"features\[0\]: is no Feature", "GeoJSON"),
        (geometry("Polygon", [SQUARE, [[1, 2], ["3", 4]]]), r"coordinates\[1\]\[1\]: is no position", "GeoJSON"),
        (geometry("Polygon", 5), "geometry.coordinates: is no list", "GeoJSON"),
        (geometry("LineString", [[12_900_000, 4_800_000]]), r"coordinates\[0\]: \[12900000", "EPSG:4326"),
        ('{"type": "LineString", "coordinates": [[NaN, 3]]}', r"coordinates\[0\]: \[nan", "EPSG:4326"),
        (geometry("MultiPolygon", [[[[110, 91]]]]), r"coordinates\[0\]\[0\]\[0\]: \[110, 91\]", "EPSG:4326"),
    ],
)
def test_a_bad_file_is_named_with_its_place_and_cure(tmp_path: Path, content: Any, place: str, cure: str) -> None:
    with pytest.raises(BasemapError, match=place) as caught:
        basemap_of(written(tmp_path, content), NUMBER)
    assert cure in str(caught.value)
    assert "map.geojson" in str(caught.value)


def test_other_bytes_large_files_and_none_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "map.geojson"
    with pytest.raises(BasemapError, match="no such file"):
        basemap_of(file, NUMBER)
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BasemapError, match="not UTF-8"):
        basemap_of(file, NUMBER)
    monkeypatch.setattr(room, "MOST_BYTES", 2)
    with pytest.raises(BasemapError, match="simplify it first"):
        basemap_of(file, NUMBER)


def test_the_command_says_it_in_one_line(tmp_path: Path) -> None:
    """Before the graph is opened: nothing is written."""
    out = tmp_path / "page.html"
    asked = CliRunner().invoke(explore, [str(tmp_path), "--out", str(out), "--basemap", str(written(tmp_path, MAP))])
    assert asked.exit_code == 1
    assert asked.output.startswith("Error: ")
    assert "地图审核管理规定" in asked.output
    assert not out.exists()


HOSTILE = "GS(2024)1<script>alert(1)</script>\u202e"


@pytest.mark.parametrize("number", [NUMBER, HOSTILE])
def test_the_picture_prints_the_number(browser: Any, exploration: Exploration, tmp_path: Path, number: str) -> None:
    """As text, whatever it is; the note that it is no map gives way to it. The tiles stay a scheme."""
    below = basemap_of(written(tmp_path, MAP), number)
    file = tmp_path / "page.html"
    file.write_text(explorer_html(replace(exploration, basemap=below)), "utf-8")
    for opened in in_browser(browser, file):
        opened.go("view=places&places.mode=scatter")
        texts = opened.page.evaluate("[...placesView.picture().querySelectorAll('text')].map(t => t.textContent)")
        assert f"审图号：{number.replace(chr(0x202E), chr(0xFFFD))}" in texts
        assert "示意图，非地图" not in texts
        assert opened.page.locator(".basemap path").count() == 2
        assert opened.page.get_attribute(".basemap path", "d").endswith("h0")
        opened.go("view=places")
        assert opened.page.locator(".basemap").count() == 0
        assert opened.page.locator("text=示意图，非地图").count() == 1


def test_without_a_map_nothing_is_drawn_below(browser: Any, page_file: Path) -> None:
    for opened in in_browser(browser, page_file):
        opened.go("view=places&places.mode=scatter")
        assert opened.page.locator(".basemap path").count() == 0
        assert opened.page.locator("text=示意图，非地图").count() == 1
