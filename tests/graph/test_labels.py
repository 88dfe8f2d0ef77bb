"""Which of the strings that name a thing in one file may stand as its label for all."""

from __future__ import annotations

import pytest

from kg.graph.labels import lasting_forms, without_outer_quotes
from kg.model import Kind

from .conftest import BUREAU, DALIAN, GUIDANCE, ROTATION, SCHOOL, TEACHERS, entity

QUANJIAO = entity(Kind.PLACE, "全椒县", id="341124")
CONGRESS = entity(Kind.AGENCY, "全国人民代表大会")
READING = entity(Kind.PROGRAM, "全民阅读活动")
SPORT = entity(Kind.PROGRAM, "体育艺术2+1项目")
DEGREE = entity(Kind.PROGRAM, "本科教学工程")
OUTLINE = entity(Kind.POLICY_DOCUMENT, "教育发展规划")


@pytest.mark.parametrize(
    ("thing", "forms", "labels"),
    [
        (DALIAN, ["大连", "大连市", "我市", "全市", "本市", "市"], ["大连"]),
        (QUANJIAO, ["全椒", "全县", "我县"], ["全椒"]),
        (BUREAU, ["市教育局", "大连教育局", "我局", "中共市委", "该局"], ["大连教育局"]),
        (CONGRESS, ["全国人大", "省人大"], ["全国人大"]),
        (SCHOOL, ["海滨实验学校", "该校", "我校", "市实验学校"], ["海滨实验学校"]),
        (ROTATION, ["“县管校聘”", "县管校聘改革", "该计划", "本项目", "其试点", "我市县管校聘"], ["县管校聘改革"]),
        (READING, ["全民阅读", "全市阅读活动"], ["全民阅读"]),
        (SPORT, ["体艺“2+1”", "“2+1项目”", "“2+1”项目"], ["2+1项目", "“2+1”项目", "体艺“2+1”"]),
        (DEGREE, ["本科工程", "本工程"], ["本科工程"]),
        (OUTLINE, ["市教育发展规划", "《教育发展规划》", "教育规划"], ["教育规划"]),
        (GUIDANCE, ["《意见》", "《实施意见》", "教师〔2014〕4号", "该意见", "轮岗意见"], ["轮岗意见"]),
        (TEACHERS, ["全市教师", "乡村教师"], ["乡村教师"]),
    ],
)
def test_lasting_forms(thing: object, forms: list[str], labels: list[str]) -> None:
    """Quotes come off; the name, the number, and words that point (我市, 市教育局, 该计划, 《意见》) are no labels."""
    assert lasting_forms(thing, forms) == labels  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("form", "bare"),
    [
        ("《民办教育促进法》", "民办教育促进法"),
        ("《“十三五”规划》", "“十三五”规划"),
        ("“三通两平台”", "三通两平台"),
        ("《“双减”》", "双减"),
        ("“2+1”项目", "“2+1”项目"),
        ("《甲》和《乙》", "《甲》和《乙》"),
        ('"双减"', "双减"),
        ("“”", "“”"),
        ("》", "》"),
    ],
)
def test_without_outer_quotes(form: str, bare: str) -> None:
    """Only a pair that encloses the whole is taken off."""
    assert without_outer_quotes(form) == bare
