"""Names of places in somebody's own table → their level, superior, province and code, where they mean one place."""

from __future__ import annotations

import pytest

from kg.diffusion.adoptions import Unit
from kg.diffusion.history.gazetteer import placed
from kg.model import Level


@pytest.mark.parametrize(
    ("unit", "level", "superior", "province", "code"),
    [
        (Unit("大连市", "大连市"), "Prefecture", "辽宁省", "辽宁省", "210200"),
        (Unit("大连", "大连"), "Prefecture", "辽宁省", "辽宁省", "210200"),
        (Unit("山东省", "山东省"), "Province", "中国", "山东省", "370000"),
        (Unit("浦东新区", "浦东新区"), "County", "上海市", "上海市", "310115"),
        (Unit("南京市鼓楼区", "南京市鼓楼区"), "County", "南京市", "江苏省", "320106"),
        (Unit("鼓楼区", "鼓楼区", province="福建省"), "County", "福州市", "福建省", "350102"),
        (Unit("鼓楼区（320302）", "鼓楼区（320302）"), "County", "徐州市", "江苏省", "320302"),
        (Unit("鼓楼区", "鼓楼区", code="320106"), "County", "南京市", "江苏省", "320106"),
        (Unit("鼓楼区", "鼓楼区"), "None", "", "", ""),  # of four cities
        (Unit("吉林", "吉林"), "None", "", "", ""),  # province or city
        (Unit("吉林", "吉林", Level.PREFECTURE), "Prefecture", "吉林省", "吉林省", "220200"),
        (Unit("大连市", "大连市", province="山东省"), "None", "", "山东省", ""),  # the table means another one
        (Unit("大连市", "大连市", superior="国家"), "None", "", "", ""),
        (Unit("Ohio", "Ohio"), "None", "", "", ""),
    ],
)
def test_placed(unit: Unit, level: str, superior: str, province: str, code: str) -> None:
    """Only what is beyond doubt is filled in, and nothing that the table says is changed."""
    (found,) = placed([unit])
    assert (str(found.level), found.province, found.code) == (level, province, code)
    assert found.superior == (unit.superior or superior)
    assert (found.id, found.name) == (unit.id, unit.name)


def test_spelled_as_the_table_does() -> None:
    """A superior or province that is a unit of the table is called as it is there."""
    found = {unit.id: unit for unit in placed([Unit("辽宁", "辽宁"), Unit("大连", "大连"), Unit("沈阳市", "沈阳市")])}
    assert {found[id_].superior for id_ in ("大连", "沈阳市")} == {"辽宁"}
    assert {unit.province for unit in found.values()} == {"辽宁"}
    mixed = placed([Unit("a", "大连市", province="辽宁"), Unit("b", "沈阳市")])
    assert [unit.province for unit in mixed] == ["辽宁", "辽宁"]
