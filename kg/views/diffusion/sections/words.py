"""Chinese words for what the analysis of diffusion finds."""

from __future__ import annotations

from kg.diffusion.adoptions import Adoption
from kg.diffusion.inference.classes import EdgeClass
from kg.diffusion.ways.direction import Type
from kg.diffusion.ways.way import By, Grade
from kg.model import Status

TYPES: dict[Type, str] = {
    Type.TOP_DOWN: "自上而下",
    Type.BOTTOM_UP: "自下而上",
    Type.HYBRID: "上下结合",
    Type.HORIZONTAL: "同级之间",
    Type.UNDETERMINED: "无法判定",
}
GRADES: dict[Grade, str] = {
    Grade.SAID: "文中明言",
    Grade.DOCUMENT: "由文件推知",
    Grade.INFERRED: "仅由年份推断",
}
BYS: dict[By, str] = {
    By.LEARNS: "学习借鉴",
    By.PROMOTED: "推广",
    By.IMPLEMENTS: "贯彻落实",
    By.COOPERATES: "合作",
    By.NAMES: "文中引用其文件",
    By.PLANNED: "上级文件作出安排",
    By.NETWORK: "推断的网络",
    By.SUPERIOR: "上级在先",
    By.PIONEER: "同省同级的先行者",
}
CLASSES: dict[EdgeClass, str] = {
    EdgeClass.DOWN: "上级到下级",
    EdgeClass.SKIP_DOWN: "越级向下",
    EdgeClass.UP: "下级到上级",
    EdgeClass.SKIP_UP: "越级向上",
    EdgeClass.SIBLINGS: "同一上级",
    EdgeClass.SAME_LEVEL: "同级，不同上级",
    EdgeClass.LOWER: "到他处较低层级",
    EdgeClass.HIGHER: "到他处较高层级",
    EdgeClass.UNKNOWN: "不详",
}
STATES: dict[Status | None, str] = {
    Status.PLANNED: "计划",
    Status.STARTED: "启动",
    Status.ONGOING: "推进",
    Status.COMPLETED: "完成",
    Status.ENDED: "终止",
    None: "",
}


def interval_text(adoption: Adoption) -> str:
    """2014 where the year is known, 2012–2014 or ≤2014 where it is an interval, 不详 where there is none."""
    if adoption.upper is None:
        return "不详" if adoption.lower is None else f">{adoption.lower:g}"
    if adoption.lower is None:
        return f"≤{adoption.upper:g}"
    return f"{adoption.upper:g}" if adoption.is_exact else f"{adoption.lower + 1:g}–{adoption.upper:g}"
