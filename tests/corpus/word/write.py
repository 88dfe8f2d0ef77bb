"""Writes the Word files of this folder: `python tests/corpus/word/write.py`. The same bytes every time.

They are put together by hand, since no library writes text boxes, printed numbers, fields and tracked changes, or .doc.
"""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PARTS = {
    "numbering": "numbering",
    "styles": "styles",
    "footnotes": "footnotes",
    "header1": "header",
    "footer1": "footer",
}
ROOTS = {"numbering": "numbering", "styles": "styles", "footnotes": "footnotes", "header1": "hdr", "footer1": "ftr"}


# .docx


def docx(body: str, **parts: str) -> bytes:
    """A .docx file with this XML in its body and in its parts numbering, styles, footnotes, header1, footer1."""
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{WORD}.{PARTS[name]}+xml"/>' for name in parts
    )
    related = "".join(
        f'<Relationship Id="r{number}" Type="{OFFICE}/{PARTS[name]}" Target="{name}.xml"/>'
        for number, name in enumerate(parts)
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}<w:sectPr/></w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>',
    }
    for name, content in parts.items():
        files[f"word/{name}.xml"] = f"<w:{ROOTS[name]} {NAMESPACES}>{content}</w:{ROOTS[name]}>"
    return zipped(files)


def zipped(files: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, '<?xml version="1.0" encoding="UTF-8"?>' + content)
    return buffer.getvalue()


def p(*runs: str, style: str = "", number: tuple[int, int] | None = None, end: str = "") -> str:
    """A paragraph; a run that is no XML becomes a text run. `number` is the list's id and level."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number:
        properties += f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>'
    properties += f"<w:rPr>{end}</w:rPr>" if end else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(map(r, runs))}</w:p>"


def r(text: str) -> str:
    return text if text.startswith("<") else f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(*blocks: str, merged: str = "", wide: int = 1) -> str:
    properties = f'<w:gridSpan w:val="{wide}"/>' if wide > 1 else ""
    if merged:
        properties += '<w:vMerge w:val="restart"/>' if merged == "first" else "<w:vMerge/>"
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(b if b.startswith('<') else p(b) for b in blocks)}</w:tc>"


def box(*blocks: str) -> str:
    """A text box, written twice as Word does: for itself and for its predecessors."""
    content = f"<w:txbxContent>{''.join(map(p, blocks))}</w:txbxContent>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{content}</wps:txbx></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def code(text: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve">{text}</w:instrText></w:r>'


def link(address: str, *shown: str) -> str:
    """A field as Word writes it: begin, code, separator, what is shown, end."""
    return mark("begin") + code(f' HYPERLINK "{address}" ') + mark("separate") + "".join(map(r, shown)) + mark("end")


def levels(*forms: tuple[str, str], key: int = 1) -> str:
    """A list definition: for each level its number format and its text."""
    return (
        f'<w:abstractNum w:abstractNumId="{key}">'
        + "".join(
            f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
            for index, (form, text) in enumerate(forms)
        )
        + "</w:abstractNum>"
    )


def num(key: int, abstract: int, restart: bool = False) -> str:
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>' if restart else ""
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{abstract}"/>{again}</w:num>'


POLICY_LIST = levels(
    ("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."), ("decimal", "%1.%4")
) + num(1, 1)


def notice() -> bytes:
    """A notice as an education bureau sends it round: red heading in a text box, printed numbers, a table, a note."""
    body = (
        p(box("靖远县教育局文件"), "靖教发〔2016〕27号")
        + p("靖远县教育局关于做好2016年义务教育学校招生工作的通知")
        + p(mark("begin"), code(' TOC \\o "1-2" '), mark("separate"), "目录")
        + p("一、总体要求", "<w:r><w:tab/></w:r>", "1")
        + p("二、工作安排2", mark("end"))
        + p("各学区，县直各学校：")
        + p("总体要求", number=(1, 0))
        + p(
            "坚持免试就近入学",
            "<w:ins><w:r><w:t>，做到应入尽入</w:t></w:r></w:ins>",
            "<w:del><w:r><w:delText>不得择校</w:delText></w:r></w:del>",
            "。",
        )
        + p("工作安排", number=(1, 0))
        + p("划定学区。", "<w:r><w:footnoteReference w:id='2'/></w:r>", number=(1, 1))
        + p("公布范围；", number=(1, 2))
        + p("办理登记。", number=(1, 2))
        + p("组织报名", "<w:r><w:br/></w:r>", "详见", link("http://jyj.example.cn/zs", "招生平台"), "。", number=(1, 1))
        + p("日程表")
        + table(
            cell("阶段", wide=1) + cell("时间") + cell("学校"),
            cell("报名", merged="first") + cell("7月1日") + cell("第一小学"),
            cell("", merged="more") + cell("7月2日") + cell("第二小学", table(cell("东校区") + cell("西校区")), p("")),
            cell("以上时间如有变动另行通知", wide=3),
        )
        + "<w:sdt><w:sdtContent>"
        + p("靖远县教育局")
        + "</w:sdtContent></w:sdt>"
        + p("2016年5月12日")
    )
    return docx(
        body,
        numbering=POLICY_LIST,
        footnotes='<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        f'<w:footnote w:id="2">{p("学区划分以2015年为准。")}</w:footnote>',
        header1=p("靖远县教育局"),
        footer1=p("— ", mark("begin"), code(" PAGE "), mark("separate"), "3", mark("end"), " —"),
    )


# .doc

Numbers = tuple[tuple[int, int], ...]
LEVELS = ((39, "\0、"), (37, "（\1）"), (0, "\2."))  # of a Word 97 list: form and text, with the level for its number


def doc(
    body: str,
    notes: str = "",
    heads: str = "",
    boxes: str = "",
    encrypted: bool = False,
    compressed: str = "",
    numbers: Numbers = (),
) -> bytes:
    """A Word 97 file with these stories; `compressed` opens the body as a piece of one byte per character.

    `numbers` are list and level of each paragraph of the body; list 1 has the LEVELS.
    """
    pieces = [compressed.encode("cp1252"), (body + notes + heads + boxes).encode("utf-16-le")]
    start = 0x400
    bounds = [0, len(compressed), len(compressed) + len(pieces[1]) // 2]
    where = [(start * 2) | 0x40000000, start + len(pieces[0])]
    table_pieces = struct.pack("<3I", *bounds) + b"".join(struct.pack("<HIH", 0, at, 0) for at in where)
    formatting = struct.pack("<BH", 1, 4) + b"\2\0\0\0"  # a formatting record that stands before the piece table
    table_stream = formatting + struct.pack("<BI", 2, len(table_pieces)) + table_pieces
    main = bytearray(start)
    struct.pack_into("<HH", main, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", main, 0x0A, 0x0200 | (0x0100 if encrypted else 0))
    struct.pack_into("<II", main, 0x18, start, start + sum(map(len, pieces)))
    counts = [len(compressed) + units(body), units(notes), units(heads), 0, 0, 0, units(boxes), 0]
    struct.pack_into("<8i", main, 0x4C, *counts)
    struct.pack_into("<II", main, 0x1A2, 0, len(table_stream))
    content = bytes(main) + b"".join(pieces)
    if numbers:
        content, table_stream = with_lists(content, table_stream, body, start + len(pieces[0]), numbers)
    return compound({"WordDocument": content, "1Table": table_stream})


def with_lists(main: bytes, table: bytes, body: str, start: int, numbers: Numbers) -> tuple[bytes, bytes]:
    """Adds a page of paragraph properties and the list tables."""
    bounds = [start]
    for paragraph in body.split("\r")[:-1]:
        bounds.append(bounds[-1] + 2 * units(paragraph + "\r"))
    page, places, where = bytearray(512), b"", 510
    for number, level in numbers:
        where -= 10
        page[where : where + 10] = struct.pack("<BHHBHH", 5, 0, 0x260A, level, 0x460B, number)
        places += bytes([where // 2]) + bytes(12)
    count = len(numbers)
    offsets = struct.pack(f"<{count + 1}I", *bounds[: count + 1])
    page[: len(offsets + places)] = offsets + places
    page[511] = count
    main = bytearray(main + bytes(-len(main) % 512) + page)
    properties = struct.pack("<3I", start, bounds[-1], len(main) // 512 - 1)
    definition = struct.pack("<H", 1) + struct.pack("<ii18xBB", 7, 0, 0, 0)
    entries = b"".join(level_entry(form, text) for form, text in (*LEVELS, *[(23, "\uf06c")] * (9 - len(LEVELS))))
    overrides = struct.pack("<I", 2) + struct.pack("<i8xBBBx", 7, 0, 0, 0) + struct.pack("<i8xBBBx", 7, 1, 0, 0)
    overrides += struct.pack("<I", 0xFFFFFFFF) + struct.pack("<I", 0xFFFFFFFF) + struct.pack("<iI", 1, 0x10)
    for field, content in ((0x102, properties), (0x2E2, definition + entries), (0x2EA, overrides)):
        struct.pack_into("<II", main, field, len(table), len(content))
        table += content
    return bytes(main), table


def level_entry(form: int, text: str) -> bytes:
    return (
        struct.pack("<iBB9xB8xBBBB", 1, form, 0, 0, 0, 0, 0, 0)
        + struct.pack("<H", len(text))
        + text.encode("utf-16-le")
    )


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def compound(streams: dict[str, bytes]) -> bytes:
    """An OLE compound file; every stream is filled up to 4,096 bytes, so that none goes into the mini stream."""
    sector, end, free = 512, 0xFFFFFFFE, 0xFFFFFFFF
    fat = [0xFFFFFFFD, end]  # the FAT itself, then the directory
    content, entries = b"", [_entry("Root Entry", 5, end, 0, 1)]
    for number, (name, data) in enumerate(streams.items(), 1):
        data = data.ljust(4096, b"\0")
        padded = data + bytes(-len(data) % sector)
        first, count = len(fat), len(padded) // sector
        fat += [*range(first + 1, first + count), end]
        content += padded
        entries.append(_entry(name, 2, first, len(data), free, number + 1 if number < len(streams) else free))
    assert len(fat) <= 128
    assert len(entries) <= 4
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0, 0,
    )  # fmt: skip
    header += struct.pack("<108I", *[free] * 108)
    directory = b"".join(entries).ljust(sector, b"\0")
    return header + struct.pack("<128I", *fat, *[free] * (128 - len(fat))) + directory + content


def _entry(name: str, kind: int, first: int, size: int, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF) -> bytes:
    raw = name.encode("utf-16-le")
    return struct.pack("<64sHBBIII16xI16xIQ", raw, len(raw) + 2, kind, 1, 0xFFFFFFFF, right, child, 0, first, size)


def old_notice() -> bytes:
    """The same genre as a Word 97 file, with fields, a table, a text box, a note and a page number in the footer."""
    return doc(
        "古蔺县教育局关于印发2009年工作要点的通知\r\x08\r各学校：\r"
        '详见\x13 HYPERLINK "http://edu.example.cn" \x14县教育网\x15。\r'
        "序号\x07任务\x07责任股室\x07\x071\x07新建幼儿园2所\x07计财股\x07\x07"
        "一、深化课程改革\x0b推进“三段式”教学。\x02\r二〇〇九年二月十日\r",
        notes="\x02任务分解另行印发。\r",
        heads="古蔺县教育局\r\x13 PAGE \x142\x15\r",
        boxes="古蔺县教育局文件\r",
        compressed="2009.2\r",
    )


def numbered_plan() -> bytes:
    """A Word 97 file whose headings are numbered by Word; the second list starts anew."""
    return doc(
        "睢宁县2011年教育工作计划\r指导思想\r主要任务\r普及学前教育\r新建幼儿园5所\r改造教学点8个\r保障教育公平\r附件任务\r",
        numbers=((0, 0), (1, 0), (1, 0), (1, 1), (1, 2), (1, 2), (1, 1), (2, 0)),
    )


# .rtf


def rtf(*paragraphs: str) -> bytes:
    written = "\\par ".join(
        "".join(sign if sign.isascii() else f"\\u{ord(sign) - (65536 if ord(sign) > 32767 else 0)}?" for sign in text)
        for text in paragraphs
    )
    return f"{{\\rtf1\\ansi\\ansicpg936\\uc1\\deff0{{\\fonttbl{{\\f0 SimSun;}}}}\\pard {written}\\par}}".encode("ascii")


FILES = {
    "notice.docx": notice(),
    "notice-2009.doc": old_notice(),
    "numbered.doc": numbered_plan(),
    "kingsoft.wps": old_notice(),
    "plan.rtf": rtf("阿鲁科尔沁旗教育局2012年工作计划", "一、巩固义务教育成果。", "二、加强教师队伍建设。"),
    "protected.doc": doc("密", encrypted=True),
    "pictures-only.docx": docx(p("<w:r><w:drawing/></w:r>")),
}

if __name__ == "__main__":
    for name, data in FILES.items():
        (HERE / name).write_bytes(data)
