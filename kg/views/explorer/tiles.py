"""The 34 units of the first level → their tiles: one equal square each, where a reader of a map would look for it.

A scheme, not a map: neighbours stay neighbours or touch at a corner as far as a grid allows, and nothing is drawn to scale.
The arrangement is our own; like the usual Chinese tile grids it has 黑龙江 top right, 新疆 left above 西藏, 海南 at the bottom,
台湾 right of 福建, 香港 and 澳门 below 广东. Codes are those of GB/T 2260, names those that the law asks for on maps.
"""

from __future__ import annotations

from typing import NamedTuple


class Tile(NamedTuple):
    """One unit; a line break in a name is where it may be broken."""

    code: str  # GB/T 2260
    column: int  # from the left, from 0
    row: int  # from the top, from 0
    full: str  # 广西壮族自治区
    zh: str  # as printed in the tile: 广西
    en: str  # Guangxi
    brief: str  # where an English name has no room: ISO 3166-2:CN


TILES = tuple(
    Tile(*row)
    for row in (
        ("110000", 6, 2, "北京市", "北京", "Beijing", "BJ"),
        ("120000", 6, 3, "天津市", "天津", "Tianjin", "TJ"),
        ("130000", 5, 2, "河北省", "河北", "Hebei", "HE"),
        ("140000", 4, 2, "山西省", "山西", "Shanxi", "SX"),
        ("150000", 4, 1, "内蒙古自治区", "内蒙古", "Inner\nMongolia", "NM"),
        ("210000", 7, 2, "辽宁省", "辽宁", "Liaoning", "LN"),
        ("220000", 7, 1, "吉林省", "吉林", "Jilin", "JL"),
        ("230000", 7, 0, "黑龙江省", "黑龙江", "Heilongjiang", "HL"),
        ("310000", 7, 4, "上海市", "上海", "Shanghai", "SH"),
        ("320000", 6, 4, "江苏省", "江苏", "Jiangsu", "JS"),
        ("330000", 6, 5, "浙江省", "浙江", "Zhejiang", "ZJ"),
        ("340000", 5, 4, "安徽省", "安徽", "Anhui", "AH"),
        ("350000", 6, 6, "福建省", "福建", "Fujian", "FJ"),
        ("360000", 5, 5, "江西省", "江西", "Jiangxi", "JX"),
        ("370000", 5, 3, "山东省", "山东", "Shandong", "SD"),
        ("410000", 4, 3, "河南省", "河南", "Henan", "HA"),
        ("420000", 4, 4, "湖北省", "湖北", "Hubei", "HB"),
        ("430000", 4, 5, "湖南省", "湖南", "Hunan", "HN"),
        ("440000", 5, 6, "广东省", "广东", "Guangdong", "GD"),
        ("450000", 4, 6, "广西壮族自治区", "广西", "Guangxi", "GX"),
        ("460000", 4, 7, "海南省", "海南", "Hainan", "HI"),
        ("500000", 3, 4, "重庆市", "重庆", "Chongqing", "CQ"),
        ("510000", 2, 4, "四川省", "四川", "Sichuan", "SC"),
        ("520000", 3, 5, "贵州省", "贵州", "Guizhou", "GZ"),
        ("530000", 2, 5, "云南省", "云南", "Yunnan", "YN"),
        ("540000", 0, 3, "西藏自治区", "西藏", "Xizang", "XZ"),
        ("610000", 3, 3, "陕西省", "陕西", "Shaanxi", "SN"),
        ("620000", 2, 3, "甘肃省", "甘肃", "Gansu", "GS"),
        ("630000", 1, 3, "青海省", "青海", "Qinghai", "QH"),
        ("640000", 3, 2, "宁夏回族自治区", "宁夏", "Ningxia", "NX"),
        ("650000", 0, 2, "新疆维吾尔自治区", "新疆", "Xinjiang", "XJ"),
        ("710000", 7, 6, "台湾省", "台湾省", "Taiwan\nProvince", "Taiwan\nProvince"),
        ("810000", 6, 7, "香港特别行政区", "香港特别\n行政区", "Hong Kong\nSAR", "HK\nSAR"),
        ("820000", 5, 7, "澳门特别行政区", "澳门特别\n行政区", "Macao\nSAR", "Macao\nSAR"),
    )
)
