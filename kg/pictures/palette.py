"""What the pictures share with the pages (viz/style.css): colours after Okabe and Ito, and the words for levels and dates."""

from __future__ import annotations

from kg.diffusion.adoptions import Dated
from kg.model import Level

INK, QUIET, FAINT, LINE, WASH = "#1A1A1A", "#595959", "#8C8C8C", "#D9D9D9", "#F6F6F4"
ACCENT, SAID, INFERRED = "#0072B2", "#D55E00", "#CC79A7"
UNREAD = "#E4E4E0"  # always hatched as well: not read is never the same as not adopted

LEVEL_NAMES: dict[Level | None, str] = {
    Level.NATION: "中央",
    Level.PROVINCE: "省",
    Level.PREFECTURE: "市",
    Level.COUNTY: "县（区）",
    Level.ZONE: "功能区",
    Level.TOWNSHIP: "乡镇",
    Level.FOREIGN: "国外",
    None: "层级不详",
}
LEVEL_COLORS: dict[Level | None, str] = {
    Level.NATION: "#D55E00",
    Level.PROVINCE: "#0072B2",
    Level.PREFECTURE: "#009E73",
    Level.COUNTY: "#E69F00",
    Level.ZONE: "#CC79A7",
    Level.TOWNSHIP: "#56B4E9",
    Level.FOREIGN: "#1A1A1A",
    None: "#8C8C8C",
}
DATED_NAMES: dict[Dated, str] = {
    Dated.STATED: "句中写明",
    Dated.EFFECTIVE: "生效日期",
    Dated.GIVEN: "用户所给",
    Dated.DOCUMENT: "仅文件年份",
    Dated.CONTINUED: "此前已有",
    Dated.OPEN: "年份不详",
}
DATED_COLORS: dict[Dated, str] = {
    Dated.STATED: "#0072B2",
    Dated.EFFECTIVE: "#56B4E9",
    Dated.GIVEN: "#009E73",
    Dated.DOCUMENT: "#E69F00",
    Dated.CONTINUED: "#CC79A7",
    Dated.OPEN: "#8C8C8C",
}
