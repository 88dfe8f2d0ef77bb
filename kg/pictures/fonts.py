"""The fonts of this machine → one that has Chinese characters, or the hint what to install."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FAMILIES = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimHei",
    "Heiti SC",
    "STHeiti",
    "Noto Sans CJK JP",  # what older matplotlib calls the collection of all Noto Sans CJK
    "Noto Sans CJK TC",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Songti SC",
    "SimSun",
    "Arial Unicode MS",
)
FILES = ("notosanscjk", "notosanssc", "sourcehan", "msyh", "pingfang", "hiragino", "wqy", "simhei", "heiti", "simsun")
BESIDE = "DejaVu Sans"  # comes with matplotlib; has the letters that a Chinese font may lack
BROWSER = (*FAMILIES[:12], "sans-serif")  # for an SVG, whose text the reader's own machine draws
HINT = (
    "no font with Chinese characters is installed, so a PNG shows boxes instead of names; install one "
    "(Debian, Ubuntu: sudo apt install fonts-noto-cjk; Fedora: sudo dnf install google-noto-sans-cjk-fonts; "
    "macOS and Windows have one), or write an SVG, which a browser shows rightly"
)


@cache
def chinese_family() -> str:
    """The first of FAMILIES that this machine has; empty where there is none.

    A font that was installed after matplotlib last looked is found by the name of its file.
    """
    from matplotlib import font_manager

    found = _first_known()
    if found:
        return found
    for path in sorted(font_manager.findSystemFonts()):
        if Path(path).name.lower().replace("-", "").startswith(FILES):
            font_manager.fontManager.addfont(path)
    return _first_known()


def _first_known() -> str:
    from matplotlib import font_manager

    known = {font.name for font in font_manager.fontManager.ttflist}
    return next((family for family in FAMILIES if family in known), "")


def families() -> list[str]:
    """What matplotlib draws and measures with."""
    found = chinese_family()
    return [found, BESIDE] if found else [BESIDE]
