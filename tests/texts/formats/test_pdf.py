"""PDF files to text: reading order, paragraphs, tables, page furniture, and files that give no text."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from kg.errors import UnreadableFile
from kg.texts.formats.pdf import read_pdf

FOLDER = Path(__file__).resolve().parents[2] / "corpus" / "pdf"
NAMES = sorted(path.stem for path in FOLDER.glob("*.pdf"))

RULE_1 = (
    "为促进义务教育优质均衡发展，进一步优化教师资源配置，现就做好全市义务教育学校校长教师交流轮岗工作有关事项通知如下，"
    "请各单位结合本地实际认真贯彻执行。\n"
)
RULE_2 = (
    "城镇学校、优质学校每学年教师交流轮岗的比例不低于符合交流条件教师总数的百分之十，"
    "其中骨干教师不低于交流轮岗教师总数的百分之二十。\n"
)
RULE_3 = "各地要把交流轮岗经历作为职称评审和评优评先的重要条件，建立台账，按年度上报工作情况。\n"
RULES = RULE_1 + RULE_2 + RULE_3
NOTICE = (
    "某教〔2015〕12号\n关于加强县域内义务教育教师交流轮岗工作的通知\n各县（市、区）教育局，市直各学校：\n"
    f"{RULE_1}一、明确交流比例\n{RULE_2}二、强化考核激励\n{RULE_3}某某市教育局\n2015年6月18日\n"
)
FIRST = (
    "学校坚持五育并举，把劳动教育纳入人才培养全过程，开设种植、烹饪、木工等十二门校本课程，每周安排不少于一课时。\n"
    "家校协同是劳动教育的重要一环。学校制定家庭劳动清单，由家长每月评价一次，评价结果记入学生成长档案。\n"
)
SECOND = (
    "全县现有乡镇中心幼儿园二十一所，普惠性幼儿园覆盖率达到百分之八十六，比上年提高三个百分点，群众满意度明显提升。\n"
    "下一步，将继续扩大公办学位供给，新建改扩建幼儿园五所，新增学位一千三百五十个，逐步缓解城区入园紧张的状况。\n"
)
THIRD_1 = "区教育局组织名师送教下乡四十八次，覆盖所有农村小学，听课教师达一千余人次，受到基层学校普遍欢迎。\n"
THIRD_2 = "今年还将开通网络教研平台，让乡村教师不出校门就能参加集体备课，共享优质课程资源，提高课堂教学水平。\n"
THIRD = THIRD_1 + THIRD_2
IMPRINT = "本期简报由县教育局办公室编印，报送市教育局和县委办公室，发至各乡镇中心学校、县直各学校和幼儿园。\n"
TASKS = (
    "{}重点任务\t责任单位和工作要求\n"
    "{}改善乡村小规模学校办学条件，配齐音乐、体育、美术器材，建好教师周转宿舍。"
    "\t县教育局牵头，财政局、发展改革局配合，乡镇政府负责用地。\n"
    "{}推行中心校教师走教制度，开齐开足国家规定课程。"
    "\t人事科牵头，各中心校具体实施，按月发放走教补助，每学期通报一次进展情况。\n"
    "{}建设同步课堂，组织名师到教学点上课。\t电化教育馆牵头，教研室配合，每周不少于四节。\n"
)
OFFICE_RULE = (
    "各县教育局要改善乡村小学办学条件，配好“乡村教师”，每年按时上报办学经费和教师工作情况，"
    "市教育局按《乡村小学办学条件》每年通报。\n"
)
OFFICE_SHORT = "市教育局每年通报各县工作情况。\n"
OFFICE_ROWS = "".join(f"{n}\t改善乡村小学办学条件，配好乡村教师，每年上报\t201{n}年\n" for n in range(1, 10))
OFFICE_BREAKS = [f"— {n} —\n\f某某市教育局文件\n" for n in (1, 2, 3)]

TEXTS = {
    "notice": NOTICE,
    "banner": f"某某市教育局文件\n某教字〔2013〕8号\n{RULE_1}",
    "hanging": "具体安排如下：\n" + "".join(f"{n}. {rule}" for n, rule in enumerate((RULE_1, RULE_2, RULE_3), 1)),
    "two_columns": FIRST + SECOND,
    "unlevel_columns": "县域教育动态\n" + FIRST + SECOND,
    "three_columns": "某某县教育简报\n" + FIRST + SECOND + THIRD + IMPRINT,
    "zones": "教育工作通讯\n" + FIRST + SECOND + "基层动态\n" + THIRD + FIRST + SECOND,
    "columns_over_pages": FIRST + SECOND + "第 1 页 共 2 页\n\f" + THIRD_1 + THIRD_2 + "第 2 页 共 2 页\n",
    "table": (
        "为落实年度工作要点，现将重点任务分解如下，请各责任科室按照时限要求抓好落实，每季度末报送进展情况。\n"
        "序号\t重点任务\t责任单位\t完成时限\n"
        "1\t新建公办幼儿园三所，新增学位七百二十个\t发展规划科\t2016年8月\n"
        "2\t完成农村薄弱学校改造\t基建科 财务科\t2016年12月\n"
        "各科室要明确专人负责，确保各项任务按期完成。\n"
    ),
    "plain_table": (
        "各县区普惠性幼儿园建设任务如下。\n县区\t新建（所）\t新增学位（个）\n"
        "甲县\t3\t720\n乙县\t5\t1350\n丙区\t2\t480\n上述任务列入年度督导评估。\n"
    ),
    "open_table": (
        "各县区普惠性幼儿园建设任务如下，请认真组织实施，确保按时完成全年目标任务，并于年底前上报总结。\n"
        "县区\t新建（所）\t新增学位（个）\t备注\n甲县\t3\t720\t含乡镇中心幼儿园一所和小区配套园两所\n"
        "乙县\t5\t1350\t其中改扩建两所\n上述任务列入年度督导评估。\n"
    ),
    "long_cells": TASKS.format("", "", "", "")
    + "上述任务列入年度督导评估。\n"
    + TASKS.format("序号\t", "1\t", "2\t", "3\t"),
    "running": (
        f"某某市教育局文件\n{RULES}{RULE_1}[1] 符合交流条件是指在同一所学校连续任教满六年。\n— 1 —\n"
        f"\f某某市教育局文件\n{RULE_2}{RULE_3}{RULE_1}{RULE_2}— 2 —\n\f某某市教育局文件\n{RULE_3}{RULE_1}{RULE_2}— 3 —\n"
    ),
    "quotes": (
        "全市中小学全面推行“县管校聘”改革，落实《乡村教师支持计划》，实施“名师工作室”“青蓝工程”等培养项目。\n"
        "各校要认真学习《关于全面深化新时代教师队伍建设改革的意见》，把“四有”好老师标准落到实处。\n"
    ),
    "half_scanned": NOTICE + "\f\f",
    "office": (
        f"某某市教育局文件\n关于改善乡村小学办学条件的通知\n{OFFICE_SHORT}{OFFICE_RULE * 3}{OFFICE_SHORT}{OFFICE_RULE * 3}"
        f"{OFFICE_SHORT}{OFFICE_BREAKS[0]}{OFFICE_RULE * 3}{OFFICE_SHORT}{OFFICE_RULE * 3}{OFFICE_SHORT}{OFFICE_RULE}"
        f"{OFFICE_BREAKS[1]}{OFFICE_RULE * 2}工作\t时\n{OFFICE_ROWS}{OFFICE_SHORT}{OFFICE_RULE * 4}{OFFICE_BREAKS[2]}"
        f"{OFFICE_RULE * 10}某某市教育局\n2016年12月9日\n— 4 —\n"
    ),
    "watermark": f"{RULES}内部资料\n\f{RULES}内部资料\n",
    "level_watermark": f"{RULES}征求意见稿\n",
    "overprinted": "教育强县建设任务\t（试行稿）\n" * 2,
    "sideways": RULES,
    "turned_sheet": RULES,
    "tilted": RULES,
    "raised": (
        "全县学前三年毛入园率达到百分之九十一[1]，超过全省平均水平。\n二、主要措施\n（一）扩大资源\n"
        "[1] 数据来自县教育事业统计年报。\n存档备查\n"
    ),
}
NUMBER, HEAD, WATERMARK = "page-number", "running-head", "watermark"
LEFT_OUT = {
    "columns_over_pages": [("第 1 页 共 2 页", NUMBER), ("第 2 页 共 2 页", NUMBER)],
    "running": [pair for n in (1, 2, 3) for pair in (("某某市教育局文件", HEAD), (f"— {n} —", NUMBER))],
    "office": [pair for n in (1, 2, 3, 4) for pair in (("某某市教育局文件", HEAD), (f"— {n} —", NUMBER))],
    "watermark": [("内部资料", WATERMARK), ("内部资料", WATERMARK)],
    "level_watermark": [("征求意见稿", WATERMARK)],
    "raised": [("存档备查", "margin")],
}
DOUBTS = {"half_scanned": ("pictures without text, not read (run OCR over the file): pages 2, 3 of 3",)}
REFUSED = {
    "scanned": "scanned PDF without text: 2 pages of pictures; run OCR over it first (for example ocrmypdf) and give the result",
    "empty": "PDF without text: its pages are empty or drawn; run OCR over it (for example ocrmypdf)",
    "locked": "PDF locked with a password: save a copy without the password and give that",
    "garbage": (
        "PDF whose fonts do not say which characters their shapes mean, its text is garbage; "
        "run OCR over it first (for example ocrmypdf --force-ocr) and give the result"
    ),
}


def fixture(name: str) -> bytes:
    return (FOLDER / f"{name}.pdf").read_bytes()


def test_every_fixture_is_tested() -> None:
    """No PDF file lies about unread."""
    assert set(NAMES) == TEXTS.keys() | REFUSED.keys()


@pytest.mark.parametrize("name", TEXTS)
def test_text(name: str) -> None:
    """Columns one after the other, cells side by side, paragraphs whole, titles and signatures on their own lines."""
    assert read_pdf(fixture(name)).text == TEXTS[name]


@pytest.mark.parametrize("name", TEXTS)
def test_left_out_and_doubts(name: str) -> None:
    """Heads, numbers, stamps and watermarks stay in the text and are named; pages without text are a doubt."""
    extract = read_pdf(fixture(name))
    assert extract.form == "pdf"
    assert [(extract.text[slice(*out.span)], out.reason) for out in extract.left_out] == LEFT_OUT.get(name, [])
    assert extract.doubts == DOUBTS.get(name, ())


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    """Files without a text say what they are and what to do."""
    with pytest.raises(UnreadableFile) as refused:
        read_pdf(fixture(name))
    assert str(refused.value) == REFUSED[name]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"PK\x03\x04", fixture("notice")[:1000]])
def test_damaged(data: bytes) -> None:
    """What cannot be opened is called damaged."""
    with pytest.raises(UnreadableFile, match="damaged PDF"):
        read_pdf(data)


def test_cut_off() -> None:
    """A file that lost its end but can be read is doubted."""
    data = fixture("notice")
    extract = read_pdf(data[: data.rindex(b"%%EOF")])
    assert extract.text == NOTICE
    assert extract.doubts == ("the file has no proper end: it may have been cut off, and pages may be missing",)


def test_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A book of more pages than the limit is refused by name."""
    monkeypatch.setattr("kg.texts.formats.pdf.reading.MOST_PAGES", 2)
    with pytest.raises(UnreadableFile, match="PDF of 3 pages, more than the 2 that are read"):
        read_pdf(fixture("running"))


def test_too_many_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of more characters than any text has is not read, and the others are; a file of nothing else is refused."""
    monkeypatch.setattr("kg.texts.formats.pdf.page.MOST_SIGNS", 260)
    extract = read_pdf(fixture("running"))
    assert extract.text.startswith("\f")
    assert extract.text.endswith("— 3 —\n")
    assert extract.doubts == ("more characters than a page of text has, not read: pages 1, 2 of 3",)
    monkeypatch.setattr("kg.texts.formats.pdf.page.MOST_SIGNS", 100)
    with pytest.raises(UnreadableFile, match="PDF with more characters on a page than a text has"):
        read_pdf(fixture("notice"))


def test_without_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has not installed the extra is told how."""
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(UnreadableFile, match=r"PDF files need one more package; .*policy-kg\[pdf\]"):
        read_pdf(fixture("notice"))


@pytest.mark.parametrize("name", NAMES)
def test_broken_files(name: str) -> None:
    """Cut anywhere or with flipped bits, a file is read or refused, and nothing else happens."""
    data = fixture(name)
    chance = random.Random(name)
    broken = [data[: len(data) * tenth // 20] for tenth in range(20)]
    for _ in range(50):
        flipped = bytearray(data)
        for _ in range(chance.choice((1, 3, 30))):
            flipped[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        broken.append(bytes(flipped))
    for one in broken:
        message, sound = outcome(one)
        assert bool(message) != sound
        assert "\n" not in message


def outcome(data: bytes) -> tuple[str, bool]:
    """Why a file is refused, or that it was read and what is left out of it stands in its text."""
    try:
        extract = read_pdf(data)
    except UnreadableFile as refused:
        return str(refused), False
    return "", all(extract.text[slice(*out.span)] for out in extract.left_out)
