"""Invented policy documents → the PDF files beside this script; run it again (it needs reportlab) to rewrite them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FOLDER = Path(__file__).resolve().parent
FONT = "STSong-Light"
WIDTH, HEIGHT = A4
LEFT, EM, LEADING = 75.0, 16.0, 28.0
LINE = 28  # characters of a full line of body text
NEVER_FIRST = "，。、；：！？”》）"

TITLE = "关于加强县域内义务教育教师交流轮岗工作的通知"
BODY = (
    "为促进义务教育优质均衡发展，进一步优化教师资源配置，现就做好全市义务教育学校校长教师交流轮岗工作有关事项通知如下，"
    "请各单位结合本地实际认真贯彻执行。",
    "城镇学校、优质学校每学年教师交流轮岗的比例不低于符合交流条件教师总数的百分之十，其中骨干教师不低于交流轮岗教师总数的百分之二十。",
    "各地要把交流轮岗经历作为职称评审和评优评先的重要条件，建立台账，按年度上报工作情况。",
)
SIGNED = ("某某市教育局", "2015年6月18日")
FIRST = (
    "学校坚持五育并举，把劳动教育纳入人才培养全过程，开设种植、烹饪、木工等十二门校本课程，每周安排不少于一课时。",
    "家校协同是劳动教育的重要一环。学校制定家庭劳动清单，由家长每月评价一次，评价结果记入学生成长档案。",
)
SECOND = (
    "全县现有乡镇中心幼儿园二十一所，普惠性幼儿园覆盖率达到百分之八十六，比上年提高三个百分点，群众满意度明显提升。",
    "下一步，将继续扩大公办学位供给，新建改扩建幼儿园五所，新增学位一千三百五十个，逐步缓解城区入园紧张的状况。",
)
THIRD = (
    "区教育局组织名师送教下乡四十八次，覆盖所有农村小学，听课教师达一千余人次，受到基层学校普遍欢迎。",
    "今年还将开通网络教研平台，让乡村教师不出校门就能参加集体备课，共享优质课程资源，提高课堂教学水平。",
)


def wrapped(text: str, width: int, indent: int = 2) -> list[str]:
    """The lines of a paragraph; no line begins with a closing mark."""
    lines: list[str] = []
    text = "\u3000" * indent + text
    while text:
        end = width
        while end < len(text) and text[end] in NEVER_FIRST:
            end -= 1
        lines.append(text[:end])
        text = text[end:]
    return lines


def canvas(target: BytesIO, locked: bool) -> Canvas:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    return Canvas(target, pagesize=A4, invariant=1, encrypt=StandardEncryption("geheim") if locked else None)


def put(page: Canvas, lines: Iterable[str], x: float, y: float, size: float = EM, leading: float = LEADING) -> float:
    """Prints lines one below the other; an indent is a distance, not a character. Returns the next line's height."""
    page.setFont(FONT, size)
    for line in lines:
        text = line.lstrip("\u3000")
        page.drawString(x + (len(line) - len(text)) * size, y, text)
        y -= leading
    return y


def paragraphs(page: Canvas, texts: Iterable[str], y: float) -> float:
    for text in texts:
        y = put(page, wrapped(text, LINE), LEFT, y)
    return y


def title(page: Canvas, text: str, y: float, size: float = 22) -> None:
    page.setFont(FONT, size)
    page.drawCentredString(WIDTH / 2, y, text)


def signed(page: Canvas, lines: Sequence[str], y: float) -> None:
    page.setFont(FONT, EM)
    for number, line in enumerate(lines):
        page.drawRightString(LEFT + LINE * EM - EM * 2, y - number * LEADING, line)


def notice(page: Canvas) -> None:
    title(page, "某教〔2015〕12号", 770, EM)
    title(page, TITLE, 725, 20)
    y = put(page, ["各县（市、区）教育局，市直各学校："], LEFT, 680)
    y = paragraphs(page, (BODY[0],), y)
    y = put(page, ["\u3000\u3000一、明确交流比例"], LEFT, y)
    y = paragraphs(page, (BODY[1],), y)
    y = put(page, ["\u3000\u3000二、强化考核激励"], LEFT, y)
    y = paragraphs(page, (BODY[2],), y)
    signed(page, SIGNED, y - LEADING)
    page.showPage()


def in_columns(page: Canvas, columns: Sequence[Sequence[str]], x: float, y: float, width: int, step: float) -> None:
    for number, texts in enumerate(columns):
        lines = [line for text in texts for line in wrapped(text, width)]
        put(page, lines, x + number * step, y, 10.5, 16)


def two_columns(page: Canvas) -> None:
    in_columns(page, (FIRST, SECOND), 60, 780, 21, 21 * 10.5 + 24)
    page.showPage()


def three_columns(page: Canvas) -> None:
    title(page, "某某县教育简报", 790, 20)
    in_columns(page, (FIRST, SECOND, THIRD), 50, 740, 15, 15 * 10.5 + 14)
    put(
        page,
        wrapped("本期简报由县教育局办公室编印，报送市教育局和县委办公室，发至各乡镇中心学校、县直各学校和幼儿园。", 30),
        60,
        480,
    )
    page.showPage()


def unlevel_columns(page: Canvas) -> None:
    """Two columns whose lines do not stand at one height."""
    title(page, "县域教育动态", 790, 20)
    put(page, [line for text in FIRST for line in wrapped(text, 21)], 60, 740, 10.5, 16)
    put(page, [line for text in SECOND for line in wrapped(text, 21)], 60 + 21 * 10.5 + 20, 733, 10.5, 17)
    page.showPage()


def zones(page: Canvas) -> None:
    """Two columns above three."""
    title(page, "教育工作通讯", 800, 20)
    in_columns(page, (FIRST, SECOND), 60, 760, 21, 21 * 10.5 + 24)
    title(page, "基层动态", 620, 16)
    in_columns(page, (THIRD, FIRST, SECOND), 50, 590, 15, 15 * 10.5 + 14)
    page.showPage()


def columns_over_pages(page: Canvas) -> None:
    """Paragraphs that run on in the next column and on the next page."""
    lines = [line for text in FIRST + SECOND + THIRD for line in wrapped(text, 21)]
    for number in range(2):
        here = lines[number * 10 : number * 10 + 10]
        put(page, here[:5], 60, 740, 10.5, 16)
        put(page, here[5:], 60 + 21 * 10.5 + 20, 740, 10.5, 16)
        title(page, f"第 {number + 1} 页 共 2 页", 40, 9)
        page.showPage()


def hanging(page: Canvas) -> None:
    """Numbered items whose text hangs behind the number."""
    y = put(page, ["\u3000\u3000具体安排如下："], LEFT, 770)
    for number, text in enumerate(BODY, 1):
        put(page, [f"{number}."], LEFT, y)
        y = put(page, wrapped(text, LINE - 2, 0), LEFT + 2 * EM, y)
    page.showPage()


def banner(page: Canvas) -> None:
    """A spaced letterhead that is wider than the text."""
    page.setFont(FONT, 40)
    for number, sign in enumerate("某某市教育局文件"):
        page.drawString(60 + number * 62, 760, sign)
    title(page, "某教字〔2013〕8号", 700, EM)
    paragraphs(page, BODY[:1], 650)
    page.showPage()


TABLE = (
    (("序号",), ("重点任务",), ("责任单位",), ("完成时限",)),
    (
        ("1",),
        (
            "新建公办幼儿园三所，新增",
            "学位七百二十个",
        ),
        ("发展规划科",),
        ("2016年8月",),
    ),
    (("2",), ("完成农村薄弱学校改造",), ("基建科", "财务科"), ("2016年12月",)),
)
EDGES = (75.0, 125.0, 305.0, 415.0, 520.0)


def table(page: Canvas) -> None:
    y = paragraphs(
        page,
        ("为落实年度工作要点，现将重点任务分解如下，请各责任科室按照时限要求抓好落实，每季度末报送进展情况。",),
        770,
    )
    top = y + 10
    page.line(EDGES[0], top, EDGES[-1], top)
    heights = [top]
    for row in TABLE:
        tall = max(len(cell) for cell in row)
        for cell, edge in zip(row, EDGES, strict=False):
            put(page, cell, edge + 5, heights[-1] - 20 - (tall - len(cell)) * 9, 12, 18)
        heights.append(heights[-1] - 12 - 18 * tall)
        page.line(EDGES[0], heights[-1], EDGES[-1], heights[-1])
    for edge in EDGES:
        page.line(edge, top, edge, heights[-1])
    paragraphs(page, ("各科室要明确专人负责，确保各项任务按期完成。",), heights[-1] - 30)
    page.showPage()


def plain_table(page: Canvas) -> None:
    y = paragraphs(page, ("各县区普惠性幼儿园建设任务如下。",), 770)
    rows = (("县区", "新建（所）", "新增学位（个）"), ("甲县", "3", "720"), ("乙县", "5", "1350"), ("丙区", "2", "480"))
    for number, row in enumerate(rows):
        for cell, x in zip(row, (90.0, 230.0, 370.0), strict=True):
            put(page, [cell], x, y - number * 22, 12)
    paragraphs(page, ("上述任务列入年度督导评估。",), y - 110)
    page.showPage()


def open_table(page: Canvas) -> None:
    """A table with three level lines only, and a cell of two lines."""
    y = paragraphs(
        page, ("各县区普惠性幼儿园建设任务如下，请认真组织实施，确保按时完成全年目标任务，并于年底前上报总结。",), 770
    )
    rows = (
        ("县区", "新建（所）", "新增学位（个）", "备注"),
        ("甲县", "3", "720", "含乡镇中心幼儿园一所"),
        ("", "", "", "和小区配套园两所"),
        ("乙县", "5", "1350", "其中改扩建两所"),
    )
    for height in (y + 12, y - 12, y - 90):
        page.line(80, height, 520, height)
    for number, row in enumerate(rows):
        for cell, x in zip(row, (90, 180, 270, 380), strict=True):
            put(page, [cell], x, y - 5 - number * 22, 12)
    paragraphs(page, ("上述任务列入年度督导评估。",), y - 130)
    page.showPage()


HEAD = ("重点任务", "责任单位和工作要求")
TASKS = (
    (
        ("改善乡村小规模学校办学条件，", "配齐音乐、体育、美术器材，", "建好教师周转宿舍。"),
        ("县教育局牵头，财政局、发展改革局", "配合，乡镇政府负责用地。"),
    ),
    (
        ("推行中心校教师走教制度，开齐", "开足国家规定课程。"),
        ("人事科牵头，各中心校具体实施，", "按月发放走教补助，每学期通报", "一次进展情况。"),
    ),
    (("建设同步课堂，组织名师到教学", "点上课。"), ("电化教育馆牵头，教研室配合，", "每周不少于四节。")),
)


def long_cells(page: Canvas) -> None:
    """Two tables without lines whose cells are wrapped: one with numbers, one with gaps between its rows."""
    y = 770.0
    for number, text in enumerate(HEAD):
        put(page, [text], 90 + number * 220, y, 12)
    y -= 28
    for row in TASKS:
        for number, cell in enumerate(row):
            put(page, cell, 90 + number * 220, y, 12, 16)
        y -= 16 * max(map(len, row)) + 12
    y = paragraphs(page, ("上述任务列入年度督导评估。",), y - 20)
    for text, x in zip(("序号", *HEAD), (90, 130, 330), strict=True):
        put(page, [text], x, y, 12)
    y -= 18
    for number, row in enumerate(TASKS, 1):
        for cell, x in zip(((str(number),), *row), (90, 130, 330), strict=True):
            put(page, cell, x, y, 12, 18)
        y -= 18 * max(map(len, row))
    page.showPage()


def running(page: Canvas) -> None:
    """Three pages with head and number; paragraphs run over both page breaks, over the first past a footnote."""
    lines = [line for text in BODY * 4 for line in wrapped(text, LINE)]
    for number in range(3):
        title(page, "某某市教育局文件", 800, 10.5)
        put(page, lines[number * 10 : number * 10 + 10], LEFT, 740)
        if number == 0:
            put(page, ["[1] 符合交流条件是指在同一所学校连续任教满六年。"], LEFT, 90, 9)
        title(page, f"— {number + 1} —", 40, 12)
        page.showPage()


def quotes(page: Canvas) -> None:
    paragraphs(
        page,
        (
            "全市中小学全面推行“县管校聘”改革，落实《乡村教师支持计划》，实施“名师工作室”“青蓝工程”等培养项目。",
            "各校要认真学习《关于全面深化新时代教师队伍建设改革的意见》，把“四有”好老师标准落到实处。",
        ),
        770,
    )
    page.showPage()


def picture() -> ImageReader:
    from PIL import Image

    return ImageReader(Image.linear_gradient("L").resize((60, 85)))


def scanned(page: Canvas) -> None:
    for _ in range(2):
        page.drawImage(picture(), 0, 0, WIDTH, HEIGHT)
        page.showPage()


def half_scanned(page: Canvas) -> None:
    notice(page)
    scanned(page)


def watermark(page: Canvas) -> None:
    for _ in range(2):
        page.saveState()
        page.translate(WIDTH / 2, HEIGHT / 2 + 150)
        page.rotate(45)
        page.setFont(FONT, 48)
        page.setFillGray(0.8)
        page.drawCentredString(0, 0, "内部资料")
        page.restoreState()
        paragraphs(page, BODY, 770)
        page.showPage()


def level_watermark(page: Canvas) -> None:
    page.setFillGray(0.9)
    title(page, "征求意见稿", 640, 60)
    page.setFillGray(0)
    paragraphs(page, BODY, 770)
    page.showPage()


def sideways(page: Canvas) -> None:
    """A page that is printed sideways on an upright sheet, as a wide attachment is."""
    page.translate(WIDTH, 0)
    page.rotate(90)
    paragraphs(page, BODY, 500)
    page.showPage()


def turned_sheet(page: Canvas) -> None:
    """A sheet that a viewer turns by a quarter."""
    page.setPageRotation(90)
    page.translate(WIDTH, 0)
    page.rotate(90)
    paragraphs(page, BODY, 500)
    page.showPage()


def tilted(page: Canvas) -> None:
    """A sheet that was scanned askew."""
    page.rotate(1.5)
    paragraphs(page, BODY, 750)
    page.showPage()


def raised(page: Canvas) -> None:
    """A mark of a footnote, its note, bold print by printing twice, and a stamp down the margin."""
    y = put(page, ["\u3000\u3000全县学前三年毛入园率达到百分之九十一"], LEFT, 770)
    put(page, ["[1]"], LEFT + 20 * EM, 770 + 6, 8)
    put(page, ["，超过全省平均水平。"], LEFT + 20 * EM + 14, 770)
    for shift in (0, 0.4):
        put(page, ["\u3000\u3000二、主要措施", "\u3000\u3000（一）扩大资源"], LEFT + shift, y)
    put(page, ["[1] 数据来自县教育事业统计年报。"], LEFT, 90, 9)
    put(page, list("存档备查"), 30, 600, 12, 14)
    page.showPage()


def overprinted(page: Canvas) -> None:
    """Stamps half over the ends of lines, a little lower than these."""
    for y in (770, 742):
        put(page, ["教育强县建设任务"], LEFT, y)
        put(page, ["（试行稿）"], LEFT + 100, y - 4)
    page.showPage()


def empty(page: Canvas) -> None:
    page.showPage()


FIXTURES: dict[str, Callable[[Canvas], None]] = {
    "notice": notice,
    "two_columns": two_columns,
    "three_columns": three_columns,
    "table": table,
    "plain_table": plain_table,
    "running": running,
    "quotes": quotes,
    "scanned": scanned,
    "half_scanned": half_scanned,
    "watermark": watermark,
    "sideways": sideways,
    "turned_sheet": turned_sheet,
    "tilted": tilted,
    "raised": raised,
    "unlevel_columns": unlevel_columns,
    "zones": zones,
    "columns_over_pages": columns_over_pages,
    "hanging": hanging,
    "banner": banner,
    "open_table": open_table,
    "long_cells": long_cells,
    "level_watermark": level_watermark,
    "overprinted": overprinted,
    "empty": empty,
    "locked": notice,
}


def garbage() -> bytes:
    """A page whose font has no table from its codes to characters."""
    codes = "".join(f"{code:04X}" for code in range(500, 560))
    page = f"BT /F 16 Tf 60 700 Td <{codes}> Tj ET".encode()
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(page), page),
        b"<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/Identity-H/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Song/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/FontDescriptor 7 0 R/DW 1000>>",
        b"<</Type/FontDescriptor/FontName/Song/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 900"
        b"/Descent -200/CapHeight 700/StemV 80>>",
    )
    data = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj%s endobj\n" % (number, body)
    table_at = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table_at)


def written(name: str) -> bytes:
    """The bytes of one fixture."""
    target = BytesIO()
    page = canvas(target, locked=name == "locked")
    FIXTURES[name](page)
    page.save()
    return target.getvalue()


def main() -> None:
    for name in FIXTURES:
        (FOLDER / f"{name}.pdf").write_bytes(written(name))
    (FOLDER / "garbage.pdf").write_bytes(garbage())


if __name__ == "__main__":
    main()
