"""Made-up reports, and what the tests of growing graphs do with folders of them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from kg.graph_folder import Built
from kg.pipeline import Settings, build

MADE = ("graph.nq", "graphs.csv", "mentions.csv")  # that depend on the documents only
REPORT = """{place}教育局{year}年工作总结
一、主要成效
{year}年，{place}推行校长职级制，新建公办幼儿园{number}所，群众满意度进一步提高。
完成薄弱学校改造二十六所，消除大班额一百四十二个，义务教育巩固率保持在百分之九十九以上。
招聘中小学教师二百一十五名，交流轮岗教师一百八十九名，培训校长和骨干教师六百人次。
举办校园文化艺术节和中小学生运动会，参加学生达到三万人次，获省级奖励十七项。
二、存在问题
城区学位供给不足，乡村教师结构性缺编，家校协同育人机制有待健全。
部分学校办学条件较差，信息化设备老化，教研活动形式单一。
"""
SHORT = """{place}教育局{year}年工作总结
{place}推行校长职级制，新建公办幼儿园{number}所，改造农村学校食堂十二个，群众满意度进一步提高。
印发《{place}校车安全管理办法》，实施农村教师安居工程。
"""
NAMELESS = "工作总结\n全市推行校长职级制，新建公办幼儿园{number}所，改造农村学校食堂十二个，群众满意度进一步提高。\n"


def report(place: str = "宜昌市", year: int = 2016, number: int = 21) -> str:
    """Long enough to be recognised when it comes again, altered."""
    return REPORT.format(place=place, year=year, number=number)


def short(place: str = "宜昌市", year: int = 2016, number: int = 21) -> str:
    return SHORT.format(place=place, year=year, number=number)


def altered(year: int, printed: int) -> str:
    """The report of a year under the title of another."""
    return report(year=year).replace(f"教育局{year}年", f"教育局{printed}年", 1)


def page(text: str) -> str:
    """Its text lies in texts/."""
    return "<html><body>" + "".join(f"<p>{line}</p>" for line in text.splitlines()) + "</body></html>"


def table(*texts: str) -> str:
    rows = "".join('"{}","{}"\n'.format(*text.split("\n", 1)) for text in texts)
    return f"title,text\n{rows}"


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """The folder, with these files in it."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def archive(path: Path, files: Mapping[str, str]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as out:
        for name, text in files.items():
            out.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), text)
    return path


def made(folder: Path, names: Sequence[str] = MADE) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in names}


def everything(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file below a folder with its content and the time it was written."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != ".lock"]
    return {str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def drafts(folder: Path) -> list[str]:
    """What a build must not leave."""
    left = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if "draft" in path.name]
    return left + [path.name for path in folder.glob(".*") if path.name != ".lock" and "draft" not in path.name]


def notes(built: Built) -> list[str]:
    return sorted(f"{one.file}: {one.reason}" for one in built.skipped)


def anew(paths: Sequence[Path], settings: Settings | None = None) -> dict[str, bytes]:
    """What one build of these paths makes."""
    folder = Path(paths[0]).parent / "anew"
    number = len(list(folder.glob("*"))) if folder.exists() else 0
    return made(build(paths, folder / f"graph-{number}", settings=settings).folder)
