"""The header of somebody's own table → what each column holds: Chinese and English names, and those of the field's data sets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.model import Level, Status

NEEDED = ("unit", "program")
# In the order in which a table that has several of them is read.
NAMES: Mapping[str, tuple[str, ...]] = {
    "unit": (
        *(
            "unit",
            "单位",
            "采纳单位",
            "采纳者",
            "政府",
            "地方",
            "城市",
            "市县",
            "区县",
            "place",
            "city",
            "county",
            "adopter",
        ),
        *(
            "node_name",
            "node",
            "statenam",
            "state",
            "unit_name",
            "placename",
            "地区",
            "行政区",
            "地名",
            "省市",
            "节点",
            "id",
        ),
    ),
    "program": (
        *(
            "program",
            "programme",
            "项目",
            "政策",
            "政策项目",
            "政策名称",
            "项目名称",
            "创新",
            "policy",
            "cascade_id",
            "cascade",
        ),
        *("innovation", "event", "programname", "program_name"),
    ),
    "year": (
        *("year", "年份", "年", "采纳年份", "采纳年", "采用年份", "时间", "adopt_year", "event_time", "time", "toa"),
        *("adoption_year", "year_adopted", "实施年份", "开始年份", "发布年份"),
    ),
    "lower": ("lower", "下界", "晚于", "after", "left", "year_from_excluded", "time1"),
    "upper": ("upper", "上界", "不晚于", "by", "right", "time2"),
    "level": ("level", "层级", "级别", "行政级别"),
    "province": ("province", "省份", "省", "所属省份", "所在省", "provincename"),
    "superior": ("superior", "上级", "上级政府", "上级单位", "parent"),
    "topic": ("topic", "主题", "领域", "类别", "政策领域", "majortopic"),
    "status": ("status", "状态", "进展"),
    "ended": ("ended", "终止年份", "停止年份", "终止"),
    "source": ("source", "来源", "文件", "出处", "file"),
    "evidence": ("evidence", "证据", "原文", "句子", "依据", "sentence", "quote"),
    "code": ("code", "代码", "行政区划代码", "区划代码", "adcode"),
    "lon": ("lon", "经度", "lng", "longitude", "long"),
    "lat": ("lat", "纬度", "latitude"),
    "document": ("document", "创始文件", "founding_document"),
    "document_year": ("document_year", "创始年份", "文件年份", "founding_year"),
}
ALL_NAMES = frozenset(name for names in NAMES.values() for name in names)

LEVELS: Mapping[str, Level] = {
    **{level.lower(): level for level in Level},
    **dict.fromkeys(
        ("国家", "国家级", "中央", "全国", "nation", "national", "centre", "center", "central"), Level.NATION
    ),
    **dict.fromkeys(("省", "省级", "自治区", "直辖市", "provincial", "state"), Level.PROVINCE),
    **dict.fromkeys(
        ("市", "市级", "地级", "地级市", "地市", "地市级", "city", "municipal", "副省级"), Level.PREFECTURE
    ),
    **dict.fromkeys(("县", "区", "县级", "区县", "县区", "县（区）", "县级市", "区级", "district"), Level.COUNTY),
    **dict.fromkeys(("乡镇", "乡", "镇", "街道", "乡镇级", "town"), Level.TOWNSHIP),
    **dict.fromkeys(("功能区", "开发区", "新区", "高新区"), Level.ZONE),
    **dict.fromkeys(("国外", "境外"), Level.FOREIGN),
}
STATUSES: Mapping[str, Status] = {
    **{status.lower(): status for status in Status},
    **dict.fromkeys(("计划", "拟", "规划", "plan"), Status.PLANNED),
    **dict.fromkeys(("启动", "开始", "试点", "started", "pilot"), Status.STARTED),
    **dict.fromkeys(("持续推进", "持续", "继续", "进行中", "在建"), Status.ONGOING),
    **dict.fromkeys(("已完成", "完成", "建成", "实施"), Status.COMPLETED),
    **dict.fromkeys(("已终止", "终止", "停止", "取消"), Status.ENDED),
}


def named(columns: Iterable[str], given: Mapping[str, str] | None = None) -> dict[str, str]:
    """What a column holds → its name in the table: {"unit": "城市", "year": "年份"}; `given` names columns that no list has."""
    has = {*columns}
    found = {role: next((name for name in names if name in has), "") for role, names in NAMES.items()}
    found |= {role: name.lower() for role, name in (given or {}).items()}
    if not found["unit"]:  # a table of provinces
        found["unit"], found["province"] = found["province"], ""
    return {role: name for role, name in found.items() if name}
