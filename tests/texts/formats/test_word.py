"""Word files to text."""

from __future__ import annotations

import contextlib
import io
import os
import random
import re
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from corpus.word.write import (
    FILES,
    POLICY_LIST,
    box,
    cell,
    code,
    compound,
    doc,
    docx,
    levels,
    link,
    mark,
    num,
    p,
    rtf,
    table,
    zipped,
)

from kg.errors import UnreadableFile
from kg.texts.formats import office, word
from kg.texts.formats.extract import Extract
from kg.texts.formats.kinds import Form
from kg.texts.formats.word import read_doc, read_docx, read_with_libreoffice
from kg.texts.formats.word_numbers import written

CORPUS = Path(__file__).parents[2] / "corpus" / "word"
needs_libreoffice = pytest.mark.skipif(office.libreoffice() is None, reason="LibreOffice is not installed")


@pytest.fixture
def no_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(office, "ELSEWHERE", ())


def text_of(body: str, **parts: str) -> str:
    return read_docx(docx(body, **parts)).text


def left_out(extract: Extract) -> list[tuple[str, str]]:
    return [(each.reason, extract.text[slice(*each.span)]) for each in extract.left_out]


def test_files_are_as_written() -> None:
    """What is committed is what write.py writes."""
    assert {path.name: path.read_bytes() for path in CORPUS.iterdir() if path.suffix not in (".py", "")} == FILES


def test_notice() -> None:
    """A whole notice: red heading from its text box, printed numbers, table rows, no field codes, asides at the end."""
    extract = read_docx((CORPUS / "notice.docx").read_bytes())
    assert extract.text == (
        "靖远县教育局文件\n靖教发〔2016〕27号\n靖远县教育局关于做好2016年义务教育学校招生工作的通知\n"
        "目录\n一、总体要求\t1\n二、工作安排2\n"
        "各学区，县直各学校：\n一、总体要求\n坚持免试就近入学，做到应入尽入。\n"
        "二、工作安排\n（一）划定学区。\n1.公布范围；\n2.办理登记。\n（二）组织报名\n详见招生平台。\n"
        "日程表\n阶段\t时间\t学校\n报名\t7月1日\t第一小学\n\t7月2日\t第二小学 东校区\t西校区\n以上时间如有变动另行通知\n"
        "靖远县教育局\n2016年5月12日\n学区划分以2015年为准。\n靖远县教育局\n"
    )
    assert left_out(extract) == [
        ("table-of-contents", "目录\n一、总体要求\t1\n二、工作安排2"),
        ("footnote", "学区划分以2015年为准。"),
        ("running-head", "靖远县教育局"),
    ]
    assert extract.form == "docx"
    assert not extract.doubts


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (p("扩大", "普惠性", "学前教育资源"), "扩大普惠性学前教育资源"),
        (p("通知如下：", "<w:r><w:br/></w:r>", "一是"), "通知如下：\n一是"),
        (p("<w:r><w:t>义务</w:t><w:noBreakHyphen/><w:t>高中</w:t></w:r>"), "义务-高中"),
        (p("新建", "<w:del><w:r><w:delText>三所</w:delText></w:r></w:del>", "<w:ins><w:r><w:t>四所</w:t></w:r></w:ins>"), "新建四所"),
        (p("教师", end="<w:del/>") + p("交流"), "教师交流"),
        (p("<w:moveFrom><w:r><w:t>旧处</w:t></w:r></w:moveFrom>", "<w:moveTo><w:r><w:t>新处</w:t></w:r></w:moveTo>"), "新处"),
        (p("见", link("http://a.example.cn", "附件"), "。"), "见附件。"),
        (p("见", '<w:hyperlink r:id="x"><w:r><w:t>附件</w:t></w:r></w:hyperlink>'), "见附件"),
        (p("第", '<w:fldSimple w:instr=" PAGE "><w:r><w:t>7</w:t></w:r></w:fldSimple>', "页"), "第页"),
        (p("共", mark("begin"), code(" NUMP"), code("AGES "), mark("separate"), "9", mark("end"), "页"), "共页"),
        (p(mark("begin"), code(' IF "'), link("http://a", "内"), code('" '), mark("separate"), "外", mark("end")), "外"),
        (p("通过", "<w:r><w:rPr><w:vanish/></w:rPr><w:t>本文来自网络</w:t></w:r>", "验收"), "通过验收"),
        (p("通过", '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>省级</w:t></w:r>', "验收"), "通过省级验收"),
        (
            p("<w:r><w:ruby><w:rt><w:r><w:t>zhù</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>筑</w:t></w:r></w:rubyBase></w:ruby></w:r>", "梦"),
            "筑梦",
        ),
        (p("<w:smartTag><w:r><w:t>乳山市</w:t></w:r></w:smartTag>", "教育局"), "乳山市教育局"),
        ("<w:sdt><w:sdtPr/><w:sdtContent>" + p("标题在控件里") + "</w:sdtContent></w:sdt>", "标题在控件里"),
        (p(box("乳山市教育局文件", "乳教字〔2014〕3号"), "关于"), "乳山市教育局文件\n乳教字〔2014〕3号\n关于"),
        (table(cell("任务") + cell("单位")), "任务\t单位"),
        (table(cell("关于加强管理的意见", "一、提高认识。")), "关于加强管理的意见\n一、提高认识。"),
        (table(cell("甲", wide=2) + cell("乙"), cell("丙") + cell("") + cell("丁")), "甲\t乙\n丙\t\t丁"),
        (table(cell("甲", merged="first") + cell("乙"), cell("甲", merged="more") + cell("丙") + cell("丁")), "甲\t乙\n\t丙\t丁"),
        (table(cell("第一", "第二") + cell("完")), "第一 第二\t完"),
        (table(cell(table(cell("内一") + cell("内二")))), "内一\t内二"),
        (table(cell(p(box("框中"))) + cell("乙")), "框中\t乙"),
        ("<w:tbl><w:sdt><w:sdtContent><w:tr>" + cell("甲") + cell("乙") + "</w:tr></w:sdtContent></w:sdt></w:tbl>", "甲\t乙"),
        ("<w:tbl><w:tr><w:trPr><w:del/></w:trPr>" + cell("删") + "</w:tr><w:tr>" + cell("留") + "</w:tr></w:tbl>", "留"),
    ],
)  # fmt: skip
def test_paragraphs_tables_boxes(body: str, text: str) -> None:
    """What a reader of the printed page sees, in the order in which it stands there."""
    assert text_of(body) == text + "\n"


STYLED = (
    '<w:style w:type="paragraph" w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="H1a"><w:basedOn w:val="H1"/></w:style>'
    '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
)
BORROWED = '<w:abstractNum w:abstractNumId="9"><w:numStyleLink w:val="L"/></w:abstractNum>' + num(9, 9)


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (p("甲", number=(1, 0)) + p("正文") + p("乙", number=(1, 0)), ["一、甲", "正文", "二、乙"]),
        (p("甲", number=(1, 1)) + p("乙", number=(1, 0)) + p("丙", number=(1, 1)), ["（一）甲", "二、乙", "（一）丙"]),
        (p("甲", number=(1, 3)), ["一.1 甲"]),
        (p("甲", style="H1") + p("乙", style="H1a"), ["一、甲", "二、乙"]),
        (p("甲", style="H1") + p("无号", style="H1", number=(0, 0)) + p("乙", style="H1"), ["一、甲", "无号", "二、乙"]),
        (p("甲", number=(1, 0)) + p("乙", number=(2, 0)) + p("丙", number=(2, 0)), ["一、甲", "一、乙", "二、丙"]),
        (p("甲", number=(1, 0)) + p("乙", number=(3, 0)), ["一、甲", "二、乙"]),
        (p("甲", number=(9, 0)), ["一、甲"]),
        (p("点", number=(4, 0)) + p("章", number=(4, 1)), ["点", "第一章 章"]),
        (p("甲", number=(77, 0)), ["甲"]),
        (p("", number=(1, 0)) + p("乙", number=(1, 0)), ["", "二、乙"]),
    ],
)  # fmt: skip
def test_printed_numbers(body: str, lines: list[str]) -> None:
    """Numbers that Word prints stand in no paragraph; lists of one definition count on, a restarted one begins anew."""
    numbering = POLICY_LIST + num(2, 1, restart=True) + num(3, 1) + BORROWED
    numbering += levels(("bullet", "\uf06c"), ("chineseCounting", "第%2章"), key=4) + num(4, 4)
    assert text_of(body, numbering=numbering, styles=STYLED).splitlines() == lines


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCountingThousand", "十"),
        (11, "japaneseCounting", "十一"),
        (20, "chineseCounting", "二十"),
        (101, "chineseCounting", "一百零一"),
        (110, "chineseCounting", "一百一十"),
        (1010, "chineseCounting", "一千零一十"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (12, "ideographDigital", "一二"),
        (3, "decimalEnclosedCircle", "③"),
        (33, "decimalEnclosedCircle", "33"),
        (5, "decimalFullWidth", "５"),
        (2, "ideographTraditional", "乙"),
        (4, "lowerRoman", "iv"),
        (28, "upperLetter", "BB"),
        (7, "decimalZero", "07"),
        (7, "unheardOf", "7"),
    ],
)
def test_numbering_formats(number: int, form: str, text: str) -> None:
    """The formats that Chinese documents use, as Word writes them; others as Arabic."""
    assert written(number, form) == text


def test_plain_file_agrees_with_python_docx() -> None:
    """A file made by another hand: python-docx writes it, the same paragraphs come back."""
    import docx as python_docx

    document = python_docx.Document()
    document.add_heading("大田县教育局2011年工作总结", 0)
    document.add_paragraph("一年来，全县教育系统扎实工作。")
    document.add_table(1, 2).rows[0].cells[0].text = "指标"
    buffer = io.BytesIO()
    document.save(buffer)
    assert read_docx(buffer.getvalue()).text == "大田县教育局2011年工作总结\n一年来，全县教育系统扎实工作。\n指标\n"


def with_part(data: bytes, name: str, content: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        files = {each: package.read(each).decode().partition("?>")[2] for each in package.namelist()}
    return zipped(files | {name: content})


def test_small_faults_cost_little() -> None:
    """A dangling relationship is passed over; faulty XML is read as far as it goes and doubted."""
    good = docx(p("关于做好防汛工作的通知"))
    dangling = '<Relationships><Relationship Type="a/header" Target="NULL"/></Relationships>'
    assert read_docx(with_part(good, "word/_rels/document.xml.rels", dangling)).text == "关于做好防汛工作的通知\n"
    cut = read_docx(
        with_part(good, "word/document.xml", "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>通知</w:t></w:r>")
    )
    assert cut.text == "通知\n"
    assert cut.doubts == ("the file is damaged (document.xml): some text may be missing",)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04 and nothing else", "damaged Word file: it cannot be unpacked"),
        (zipped({"a.txt": "x"}), "damaged Word file: its text cannot be found"),
        (docx(""), "no text in this Word file"),
        ((CORPUS / "pictures-only.docx").read_bytes(), "no text in this Word file"),
        (docx("<w:tbl><w:tr><w:tc>" * 200), "Word file"),
    ],
)
def test_unreadable_docx(data: bytes, reason: str) -> None:
    """What gives no text says why in one line."""
    with pytest.raises(UnreadableFile, match=reason):
        read_docx(data)


def test_enormous_docx(monkeypatch: pytest.MonkeyPatch) -> None:
    """What would unpack to gigabytes is not unpacked."""
    monkeypatch.setattr("kg.texts.formats.archives.OFFICE_LIMIT", 1000)
    with pytest.raises(UnreadableFile, match="unpacks to more than"):
        read_docx(docx(p("重" * 1000)))


# .doc


def test_old_notice() -> None:
    """Text box at its place, fields without codes, rows with tabs, footnote and running head apart, page number gone."""
    extract = read_doc((CORPUS / "notice-2009.doc").read_bytes())
    assert (
        extract.text.split()
        == (
            "2009.2 古蔺县教育局关于印发2009年工作要点的通知 古蔺县教育局文件 各学校： 详见县教育网。 序号 任务 责任股室"
            " 1 新建幼儿园2所 计财股 一、深化课程改革 推进“三段式”教学。 二〇〇九年二月十日 任务分解另行印发。 古蔺县教育局"
        ).split()
    )
    assert "\n1\t新建幼儿园2所\t计财股\n" in extract.text
    assert left_out(extract) == [("footnote", "任务分解另行印发。"), ("running-head", "古蔺县教育局")]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("见\x13 HYPERLINK \x14附件\x15。", "见附件。"),
        ("\x13 TOC \\o \x14一、总则\x13 PAGEREF a \x141\x15\r\x15第一条", "第一条"),
        ("\x13 IF \x13 DATE \x14今\x15 \x14是\x15的", "是的"),
        ("未闭\x13 REF a \x14合", "未闭合"),
        ("甲\x07乙\x07\x07丙\x07丁\x07\x07", "甲\t乙\n丙\t丁"),
        ("换\x0b行\x0c分\x1e页\x1f\x01", "换\n行\n分-页"),
        ("𠮷县\r通知", "𠮷县\n通知"),
    ],
)
def test_doc_signs(body: str, text: str) -> None:
    """The control characters of a Word 97 file."""
    assert read_doc(doc(body)).text.strip() == text


def test_printed_numbers_of_old_files() -> None:
    """一、 （一） 1. stand in the list tables of the file, not in its text; a restarted list begins anew."""
    extract = read_doc((CORPUS / "numbered.doc").read_bytes())
    assert (
        extract.text.split()
        == (
            "睢宁县2011年教育工作计划 一、指导思想 二、主要任务 （一）普及学前教育 1.新建幼儿园5所 2.改造教学点8个"
            " （二）保障教育公平 一、附件任务"
        ).split()
    )
    assert not extract.doubts


def test_damaged_lists_are_doubted() -> None:
    """The text is read without its numbers, and the user learns how to have them."""
    data = bytearray((CORPUS / "numbered.doc").read_bytes())
    header = data.index(b"\xec\xa5\xc1\0")
    data[header + 0x2E2 : header + 0x2E6] = b"\xff\xff\xff\x7f"
    extract = read_doc(bytes(data))
    assert "\n主要任务\n" in extract.text
    assert extract.doubts == (word.UNNUMBERED,)


def test_kingsoft_file_is_a_word_file() -> None:
    """A .wps file is read without LibreOffice."""
    extract = read_doc((CORPUS / "kingsoft.wps").read_bytes(), Form.WPS)
    assert extract.form == "wps"
    assert "新建幼儿园2所" in extract.text


@pytest.mark.usefixtures("no_libreoffice")
def test_last_sector_may_be_short() -> None:
    """WPS does not fill up the last sector."""
    assert "县教育网" in read_doc((CORPUS / "notice-2009.doc").read_bytes()[:-300]).text


@pytest.mark.usefixtures("no_libreoffice")
@pytest.mark.parametrize(
    ("data", "form", "reason"),
    [
        ((CORPUS / "protected.doc").read_bytes(), Form.DOC, "protected by a password"),
        (compound({"WordDocument": b"\xdc\xa5\x65\0"}), Form.DOC, "an old or damaged Word file needs LibreOffice"),
        (
            compound({"MatOST": b"MatOST"}),
            Form.WPS,
            r"a WPS file needs LibreOffice \(free, libreoffice.org\); install it",
        ),
        (compound({"Music": b"x"}), Form.WPS, "not really a WPS file"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), Form.DOC, "not really an old or damaged Word file"),
        (doc("\r"), Form.DOC, "no text in this Word file"),
    ],
)
def test_unreadable_doc(data: bytes, form: Form, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        read_doc(data, form)


# LibreOffice


@pytest.mark.usefixtures("no_libreoffice")
def test_without_libreoffice() -> None:
    """Where it is missing, the message says what to install and what else to do."""
    with pytest.raises(UnreadableFile, match=r"a Rich Text file needs LibreOffice \(free.*or save the file as .docx"):
        read_with_libreoffice(rtf("通知"), ".rtf")


@needs_libreoffice
def test_rtf() -> None:
    extract = read_with_libreoffice((CORPUS / "plan.rtf").read_bytes(), ".rtf")
    assert extract.text == "阿鲁科尔沁旗教育局2012年工作计划\n一、巩固义务教育成果。\n二、加强教师队伍建设。\n"
    assert extract.form == "rtf"


@needs_libreoffice
def test_rtf_cut_off() -> None:
    """LibreOffice that opens nothing is a clear line, not an empty text."""
    with pytest.raises(UnreadableFile, match="LibreOffice cannot open"):
        read_with_libreoffice(b"{\\rtf1 \\bin999", ".rtf")


@needs_libreoffice
def test_numbers_of_a_doc_written_by_libreoffice(tmp_path: Path) -> None:
    """The list tables as a real office program writes them."""
    text = read_doc(converted(CORPUS / "notice.docx", "doc:MS Word 97", tmp_path)).text
    assert re.findall("(.+)(?:总体要求|工作安排|划定学区|公布范围|办理登记|组织报名)", text) == [
        "一、", "二、", "（一）", "1.", "2.", "（二）",
    ]  # fmt: skip


@needs_libreoffice
@pytest.mark.parametrize(("target", "read"), [("doc:MS Word 97", read_doc), ("docx:MS Word 2007 XML", read_docx)])
def test_file_written_by_libreoffice(target: str, read: type, tmp_path: Path) -> None:
    """A real office program writes the old notice's kind of text; the same sentences come back."""
    assert read(converted(CORPUS / "plan.rtf", target, tmp_path)).text.split() == [
        "阿鲁科尔沁旗教育局2012年工作计划", "一、巩固义务教育成果。", "二、加强教师队伍建设。",
    ]  # fmt: skip


def converted(source: Path, target: str, folder: Path) -> bytes:
    """The file as LibreOffice writes it in another form."""
    program = office.libreoffice()
    assert program is not None
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", target, "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / f"{source.stem}.{target.partition(':')[0]}").read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands for the program")
def test_libreoffice_that_hangs_is_ended_with_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program is a script around another one: both are gone when the time is up."""
    script, child = tmp_path / "soffice", tmp_path / "child"
    script.write_text(f"#!/bin/sh\n{shutil.which('sleep')} 60 & echo $! > {child}\nwait\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    started = time.monotonic()
    with pytest.raises(UnreadableFile, match="more than 1 seconds"):
        read_with_libreoffice(rtf("通知"), ".rtf", seconds=1)
    assert time.monotonic() - started < 10
    while _alive(int(child.read_text())) and time.monotonic() - started < 10:
        time.sleep(0.05)
    assert not _alive(int(child.read_text()))


def _alive(process: int) -> bool:
    """Whether it still runs; a child that nobody has waited for yet counts as gone."""
    try:
        os.kill(process, 0)
        return Path(f"/proc/{process}/stat").read_text().split()[2] not in "ZX"
    except (ProcessLookupError, FileNotFoundError):
        return False


# damage


@pytest.mark.usefixtures("no_libreoffice")
@pytest.mark.parametrize("name", ["notice.docx", "notice-2009.doc", "numbered.doc"])
def test_damage_is_said_and_nothing_else(name: str) -> None:
    """Cut at 15 points and with 30 flipped bits, a file gives a text or UnreadableFile."""
    data = (CORPUS / name).read_bytes()
    read = read_docx if name.endswith("x") else read_doc
    for broken in damaged(data):
        with contextlib.suppress(UnreadableFile):
            assert read(broken).text.strip()


def damaged(data: bytes) -> list[bytes]:
    chance = random.Random(7)
    cut = [data[: len(data) * part // 15] for part in range(15)]
    flipped = []
    for _ in range(30):
        broken = bytearray(data)
        broken[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        flipped.append(bytes(broken))
    return cut + flipped


def test_deep_nesting_ends() -> None:
    """Tables in tables beyond reason are refused, not followed."""
    deep = "<w:tbl><w:tr><w:tc>" * (word.MAX_NESTING + 5) + p("底") + "</w:tc></w:tr></w:tbl>" * (word.MAX_NESTING + 5)
    with pytest.raises(UnreadableFile, match="without end"):
        read_docx(docx(deep))
