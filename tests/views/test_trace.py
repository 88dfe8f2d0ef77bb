"""A trace tells who came first as far as the files say, in a picture whose names never lie on each other."""

from __future__ import annotations

import itertools
import random
import re

import pytest

from kg.views.records import Adoption, ClaimView, SaidDiffusion, Somewhere, Trace
from kg.views.trace import COLUMNS, summary, trace_html, trace_rows, trace_svg
from kg.views.trace_picture import first_adopters, picture, pixels

from . import made_up


def act(name: str, year: int | None, level: str = "Prefecture", number: int = 0, **more: str) -> Adoption:
    claim: ClaimView = made_up.claim(number, "Adoption", "", f"{name}推行。", year=year, **more)
    return Adoption(made_up.place(name, level) if name else Somewhere(), claim)


def crowded(seed: int) -> Trace:
    """Sixty places on all tiers, many in the same year, thirty of them said to learn from another."""
    dice = random.Random(seed)
    levels = ["Province", "Prefecture", "County", "Zone"]
    names = [f"第{i}苗族侗族自治县"[: dice.randint(3, 10)] + str(i) for i in range(60)]
    acts = [act(n, dice.randint(2010, 2020), dice.choice(levels), i) for i, n in enumerate(names)]
    said = []
    for i in range(30):
        source, receiver = dice.sample(acts, 2)
        claim = made_up.claim(900 + i, "Diffusion", "", "学习经验。", year=dice.randint(2010, 2020))
        said.append(SaidDiffusion(source.place, receiver.place, "LearnsFrom", claim))
    return Trace("县管校聘", adoptions=tuple(acts), said=tuple(said))


@pytest.mark.parametrize("trace", [made_up.trace(), crowded(1), crowded(2), crowded(3)], ids=["made up", "1", "2", "3"])
def test_no_name_touches_another_name_or_mark(trace: Trace) -> None:
    drawn = picture(trace)
    boxes = [t.box for t in drawn.tracks] + [a.label_box for a in drawn.arrows if a.label_box]
    for one, other in itertools.combinations(boxes, 2):
        assert not one.touches(other)
    assert all(
        box.left >= 0 and box.right <= drawn.width and box.top >= 0 and box.bottom <= drawn.height for box in boxes
    )


@pytest.mark.parametrize("trace", [made_up.trace(), crowded(4)], ids=["made up", "crowded"])
def test_every_mark_stands_in_its_lane_and_over_its_year(trace: Trace) -> None:
    drawn = picture(trace)
    columns = dict(drawn.years)
    for track in drawn.tracks:
        name, top, bottom = drawn.lanes[min(track.lane, len(drawn.lanes) - 1)]
        assert top < track.y < bottom, name
        for mark in track.marks:
            if mark.claim is not None:
                assert mark.x == (drawn.undated_x if mark.claim.year is None else columns[mark.claim.year])


def test_an_unknown_year_or_place_has_a_column_or_lane_of_its_own() -> None:
    drawn = picture(made_up.trace())
    assert [name for name, _, _ in drawn.lanes] == ["中央", "省", "市", "县（区）", "不详或其他"]
    (undated,) = [t for t in drawn.tracks if t.place.name == "沈阳市"]
    assert drawn.undated_x == undated.marks[0].x > max(x for _, x in drawn.years)
    assert picture(Trace("x", adoptions=(act("大连市", 2013),))).undated_x is None


@pytest.mark.parametrize(
    ("acts", "first"),
    [
        ([act("青岛市", 2017), act("大连市", 2013)], ["大连市"]),
        ([act("青岛市", 2013), act("大连市", 2013)], ["青岛市", "大连市"]),
        ([act("中国", 2012, "Nation"), act("大连市", 2013)], ["大连市"]),
        ([act("中国", 2012, "Nation")], ["中国"]),
        ([act("大连市", None), act("青岛市", 2017)], ["青岛市"]),
        ([act("大连市", None)], []),
    ],
)
def test_the_first_adopter_is_the_earliest_dated_one_below_the_centre(acts: list[Adoption], first: list[str]) -> None:
    assert [a.place.name for a in first_adopters(Trace("x", adoptions=tuple(acts)))] == first


@pytest.mark.parametrize(
    ("acts", "says", "not_says"),
    [
        ([act("大连市", 2013)], "首个已知采纳者：大连市（2013）", "更早"),
        (
            [act("大连市", 2013, date_kind="Document")],
            "首个已知采纳者：大连市（≤2013；年份取自文件，实际可能更早）",
            "计划",
        ),
        ([act("锦州市", 2019, status="Planned")], "当时尚在计划中", "更早"),
        ([act("甲市", 2013), act("乙市", 2013)], "同年，先后不明", "首个已知采纳者："),
        ([act("甲市", None)], "无从判断先后", "首个已知采纳者："),
        ([], "没有采纳记录", "首个已知采纳者："),
    ],
)
def test_the_summary_claims_no_more_than_the_files_say(acts: list[Adoption], says: str, not_says: str) -> None:
    text = "".join(summary(Trace("x", adoptions=tuple(acts))))
    assert says in text
    assert not_says not in text
    assert "未见不等于未采纳" in text


def test_the_table_runs_in_order_of_time_with_the_undated_last() -> None:
    table = trace_rows(made_up.trace())
    years = [row[COLUMNS.index("年份")] or "" for row in table.rows]
    numbers = [int(y.strip("≤")[:4]) for y in years if y]
    assert numbers == sorted(numbers)
    assert years[-1] == ""
    assert len(table.rows) == len(made_up.trace().adoptions) + len(made_up.trace().following) + len(
        made_up.trace().said
    )


def test_a_mark_is_hollow_when_only_the_year_of_the_document_is_known() -> None:
    tracks = picture(Trace("x", adoptions=(act("甲市", 2013, date_kind="Document"), act("乙市", 2013)))).tracks
    assert {t.place.name: (t.marks[0].hollow, t.label) for t in tracks} == {
        "甲市": (True, "甲市 ≤2013"),
        "乙市": (False, "乙市 2013"),
    }


def test_acts_of_one_place_form_one_track_from_the_first_year_on() -> None:
    (track,) = picture(Trace("x", adoptions=(act("甲市", 2015, number=2), act("甲市", 2013, number=1)))).tracks
    assert track.label == "甲市 2013起"
    assert len(track.marks) == 2
    assert track.marks[0].x < track.marks[1].x


def test_diffusion_with_an_open_end_is_told_below_the_picture_not_drawn() -> None:
    drawn = picture(made_up.trace())
    assert [s.source.name for s in drawn.unplaced] == ["青岛市"]
    assert {(a.said.source.name, a.said.receiver.name) for a in drawn.arrows} >= {
        ("大英县", "遂宁市"),
        ("上海市", "大连市"),
    }
    assert "图中未画" in trace_html(made_up.trace())


def test_a_place_that_is_only_a_source_is_no_adopter() -> None:
    (shanghai,) = [t for t in picture(made_up.trace()).tracks if t.place.name == "上海市"]
    assert not shanghai.adopter
    assert not shanghai.first
    assert shanghai.label == "上海市"


def test_the_picture_stands_alone_and_marks_the_first_adopter() -> None:
    svg = trace_svg(made_up.trace())
    assert svg.startswith("<svg xmlns=")
    assert svg.endswith("</svg>")
    assert re.search(r'font-weight="700"[^>]*>大英县·遂宁市 2013<', svg)
    assert svg.count('font-weight="700"') == 1


def test_the_estimated_width_grows_with_the_text() -> None:
    assert pixels("大连市 2013") > pixels("大连市") > pixels("大连") > 0


def test_a_programme_without_any_claim_still_gives_a_page() -> None:
    assert "没有采纳记录" in trace_html(Trace("无人采纳的项目"))
