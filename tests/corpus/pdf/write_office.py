"""An invented notice of four pages → office.pdf beside this script, as LibreOffice prints it.

Run it again (it needs python-docx, LibreOffice and Noto Serif CJK SC) to rewrite the file.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

FOLDER = Path(__file__).resolve().parent
FONT = "Noto Serif CJK SC"
HEAD = "某某市教育局文件"
TITLE = "关于改善乡村小学办学条件的通知"
RULE = (
    "各县教育局要改善乡村小学办学条件，配好“乡村教师”，每年按时上报办学经费和教师工作情况，"
    "市教育局按《乡村小学办学条件》每年通报。"
)
SHORT = "市教育局每年通报各县工作情况。"
TASK = "改善乡村小学办学条件，配好乡村教师，每年上报"
SIGNED = ("某某市教育局", "2016年12月9日")
CENTRE, RIGHT, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY


def paragraph(document: Any, text: str, align: Any = JUSTIFY, indent: float = 2, size: float = 16) -> None:
    made = document.add_paragraph()
    made.add_run(text).font.size = Pt(size)
    made.alignment = align
    made.paragraph_format.first_line_indent = Pt(indent * size)
    made.paragraph_format.line_spacing = Pt(28 if size >= 16 else 20)
    made.paragraph_format.space_after = Pt(0)


def page_setup(document: Any) -> None:
    style = document.styles["Normal"]
    style.font.name = FONT
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.7)
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    head.text = HEAD
    foot.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    foot._p.append(field)
    foot.add_run(" —")
    head.alignment = foot.alignment = CENTRE


def table(document: Any) -> None:
    made = document.add_table(rows=0, cols=3)
    made.style = "Table Grid"
    rows = (("", "工作", "时"), *((str(number), TASK, f"201{number}年") for number in range(1, 10)))
    for texts in rows:
        for cell, text, width in zip(made.add_row().cells, texts, (1.5, 7, 4), strict=True):
            cell.width = Cm(width)
            cell.text = text


def columns(document: Any, number: int) -> None:
    section = document.add_section(WD_SECTION.CONTINUOUS)
    section._sectPr.xpath("./w:cols")[0].set(qn("w:num"), str(number))


def main() -> None:
    document = Document()
    page_setup(document)
    paragraph(document, TITLE, CENTRE, 0, 22)
    for number in range(20):
        paragraph(document, RULE if number % 4 else SHORT)
    table(document)
    paragraph(document, SHORT)
    columns(document, 2)
    for _ in range(14):
        paragraph(document, RULE, size=12)
    columns(document, 1)
    for line in SIGNED:
        paragraph(document, line, RIGHT, 0)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "office.docx"
        document.save(str(source))
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(FOLDER), str(source)]
        subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    main()
