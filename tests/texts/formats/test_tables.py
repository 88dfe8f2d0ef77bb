"""Tables with one document per row."""

from __future__ import annotations

import contextlib
import gc
import io
import json
import random
import tracemalloc
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

import pytest
from corpus.tables.write import HEADER, ROWS, files, objects, parquet, written, xlsx

from kg.errors import UnreadableFile
from kg.model import Given
from kg.texts.formats import tables
from kg.texts.formats.archives import Fault
from kg.texts.formats.cells import date_of, joined_place, year_number
from kg.texts.formats.columns import GUESSED, Columns
from kg.texts.formats.extract import Extract
from kg.texts.formats.kinds import Form, form_of
from kg.texts.formats.tables import encoding_of_table, read_index, read_rows

CORPUS = Path(__file__).parents[2] / "corpus" / "tables"
TABLES = sorted(
    path for path in CORPUS.iterdir() if path.suffix != ".py" and path.name != "index.csv" and path.is_file()
)


def read(data: bytes | str, form: Form = Form.CSV, columns: Columns = GUESSED) -> list[Extract | Fault]:
    return list(read_rows(io.BytesIO(data.encode() if isinstance(data, str) else data), form, columns))


def only(data: bytes | str, form: Form = Form.CSV, columns: Columns = GUESSED) -> Extract:
    (row,) = read(data, form, columns)
    assert isinstance(row, Extract), row
    return row


def test_files_are_as_written() -> None:
    """What is committed is what write.py writes; other versions of the libraries may pack .xlsx and .parquet otherwise."""
    packed = {"rows.xlsx", "rows.parquet"}
    assert {name: data for name, data in files().items() if name not in packed} == {
        path.name: path.read_bytes()
        for path in CORPUS.iterdir()
        if path.suffix not in (".py", "") and path.name not in packed
    }


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_same_rows_in_every_form(path: Path) -> None:
    """The form of a table changes nothing but the names of its rows."""
    data = path.read_bytes()
    rows = [row for row in read(data, form_of(path.name, data)) if row.name != "说明"]
    faults = [index for index, row in enumerate(rows) if isinstance(row, Fault)]
    assert faults == [2]
    extracts = [row for row in rows if isinstance(row, Extract)]
    assert [row.text for row in extracts] == [row[-1] for row in ROWS if row[-1]]
    assert [row.given.title for row in extracts] == [row[0] for row in ROWS if row[-1]]
    assert [row.given.place for row in extracts] == ["河南省荥阳市", "贵州省仁怀市", "山东省肥城市"]
    assert [row.given.year for row in extracts] == [2014, 2017, None]
    assert [row.given.date for row in extracts] == [date(2014, 3, 5), date(2017, 9, 1), None]
    assert [row.doubts for row in extracts] == [(), (), ("column 发布日期: 待定 is no full date",)]
    assert extracts[0].given.by == "columns 标题, 省份, 城市, 年份, 发布日期, 链接"
    assert {row.form for row in extracts} == {form_of(path.name, data)}


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("utf-8-bom.csv", ["2", "3", "4", "5"]),
        ("rows.jsonl", ["1", "2", "3", "4"]),
        ("rows.json", ["1", "2", "3", "4"]),
        ("rows.parquet", ["1", "2", "3", "4"]),
        ("rows.xlsx", ["说明", "第一批!4", "第一批!5", "第一批!6", "第二批!2"]),
    ],
)
def test_names_of_rows(name: str, names: list[str]) -> None:
    """A row's number is the one that a spreadsheet shows: cells with line breaks are one row, titles above count."""
    data = (CORPUS / name).read_bytes()
    assert [row.name for row in read(data, form_of(name, data))] == names


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("正文\n通知", "通知"),
        ("\ufeff正文,标题\n通知,x", "通知"),
        (" 正文 ,标题\n通知,x", "通知"),
        ("Text,Title\n通知,x", "通知"),
        ("内容,正文,标题\n摘录,通知,x", "通知"),
        ('正文\t标题\n"甲\n乙"\tx', "甲\n乙"),
        ("标题|正文\nx|通知", "通知"),
        ("sep=;\n标题;正文\nx;通知", "通知"),
        ("标题,正文\nx,通\0知", "通知"),
        ("全国政策汇总表,,\n\n序号,标题,正文\n1,x,通知", "通知"),
        ('标题,正文\nx,"他说""好"""', '他说"好"'),
        ("标题,正文\n\n\nx,通知\n\n", "通知"),
    ],
)
def test_csv(data: str, text: str) -> None:
    """What people save as CSV."""
    assert only(data).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encodings(encoding: str) -> None:
    rows = read(written().encode(encoding))
    assert [row.text for row in rows if isinstance(row, Extract)] == [
        row[-1].replace("\r", "") for row in ROWS if row[-1]
    ]


def test_big5() -> None:
    assert only("標題,正文\n通知,關於加強學校建設的意見".encode("big5")).text == "關於加強學校建設的意見"


def test_cut_character_at_the_end_of_the_sample() -> None:
    """A sample that ends within a character is still UTF-8."""
    assert encoding_of_table("正文,的".encode()[:-1]) == "utf-8"


def test_damaged_characters_are_doubted() -> None:
    """Rows pasted in another encoding keep the rest of the table readable."""
    rows = read("标题,正文\n一,通知\n".encode() * 4000 + "二,关于".encode("gb18030"))
    last = rows[-1]
    assert isinstance(last, Extract)
    assert "could not be decoded as utf-8" in last.doubts[-1]


@pytest.mark.parametrize(
    ("row", "doubt"),
    [
        ("x,通知", ""),
        ("x,通知,", ""),
        ("x,一,二", "this row has 3 cells where the header has 2"),
        ('x,"通知\ny,通知\nz,通知', "a quotation mark is opened and never closed"),
        ("x," + "长" * 32_767, "its end may be cut off"),
        ("x," + "长" * 32_766, ""),
    ],
)
def test_doubtful_rows(row: str, doubt: str) -> None:
    """What may have been lost is said on the row."""
    doubts = only(f"标题,正文\n{row}").doubts
    assert doubt in " ".join(doubts)
    assert bool(doubts) == bool(doubt)


def test_short_row() -> None:
    """A row that ends before the text is a Fault; one that ends before another column knows less."""
    assert read("正文,标题\n通知\n") == [Extract("通知", form=Form.CSV, encoding="utf-8", name="2")]
    assert read("标题,正文\nx\n") == [Fault("2", "the column 正文 is empty in this row")]


def test_long_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents far beyond Python's limit of 131,072 characters pass; a line without end does not."""
    assert len(only("正文\n" + "字" * 400_000).text) == 400_000
    monkeypatch.setattr(tables, "LONGEST_LINE", 1000)
    with pytest.raises(UnreadableFile, match="a line has more than 1,000 characters"):
        read("正文\n" + "字" * 2000)


@pytest.mark.parametrize(
    ("columns", "given"),
    [
        (Columns(), Given(title="甲", place="乙市", by="columns 标题, 城市")),
        (Columns(title="别名"), Given(title="丙", place="乙市", by="columns 别名, 城市")),
        (Columns(place="别名"), Given(title="甲", place="丙", by="columns 标题, 别名")),
        (Columns(url=" 别名 "), Given(title="甲", place="乙市", url="丙", by="columns 标题, 城市, 别名")),
    ],
)
def test_named_columns(columns: Columns, given: Given) -> None:
    """Columns that the user names win over those of usual names."""
    assert only("标题,城市,别名,正文\n甲,乙市,丙,通知", columns=columns).given == given


@pytest.mark.parametrize(
    ("header", "row", "place"),
    [
        ("省份,城市,区县", "江苏省,苏州市,吴江区", "江苏省苏州市吴江区"),
        ("省,市,县", "北京市,市辖区,海淀区", "北京市海淀区"),
        ("省份,地区", "江苏省,江苏省常熟市", "江苏省常熟市"),
        ("省份,城市", "上海市,上海市", "上海市"),
        ("省份,城市", "浙江省,", "浙江省"),
        ("地区,标题", "桐乡市,x", "桐乡市"),
        ("province,city", "甘肃省,敦煌市", "甘肃省敦煌市"),
        ("地区,标题", "不详,x", ""),
    ],
)
def test_places(header: str, row: str, place: str) -> None:
    """Province, city and county in columns of their own make one name, what is said twice once."""
    assert only(f"{header},正文\n{row},通知").given.place == place


def test_joined_place_without_names() -> None:
    assert joined_place([]) == ""


@pytest.mark.parametrize(
    ("data", "columns", "reason"),
    [
        ("甲,乙\n1,2", Columns(), "no column is known to hold the text; the columns are 甲, 乙: name it with --text-column NAME"),
        ("内容,text\n1,2", Columns(), r"several columns may hold the text \(内容, text\): name one with --text-column"),
        ("正文,标题\n1,2", Columns(text="全部"), "there is no column 全部; the columns are 正文, 标题: name one with --text-column"),
        ("正文,标题\n1,2", Columns(place="市"), "there is no column 市; .*: name one with --place-column NAME"),
        ("\n\n", Columns(), "empty table"),
        ("", Columns(), "empty table"),
    ],
)  # fmt: skip
def test_no_text_column(data: str, columns: Columns, reason: str) -> None:
    """Sure or silent: the user is asked, with the columns that there are."""
    with pytest.raises(UnreadableFile, match=reason):
        read(data, columns=columns)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2013-05-01", date(2013, 5, 1)),
        ("2013/5/1", date(2013, 5, 1)),
        ("2013.5.1", date(2013, 5, 1)),
        ("2013年5月1日", date(2013, 5, 1)),
        ("２０１３年５月１日", date(2013, 5, 1)),
        ("二〇一三年五月一日", date(2013, 5, 1)),
        ("二○一三年十二月三十一日", date(2013, 12, 31)),
        ("20130501", date(2013, 5, 1)),
        ("2013-05-01 12:00:00", date(2013, 5, 1)),
        ("2013-05-01T12:00:00Z", date(2013, 5, 1)),
        ("发布时间：2013-05-01", date(2013, 5, 1)),
        (41395, date(2013, 5, 1)),
        (41395.0, date(2013, 5, 1)),
        (datetime(2013, 5, 1, 8), date(2013, 5, 1)),
        (date(2013, 5, 1), date(2013, 5, 1)),
        (1367337600, date(2013, 5, 1)),
        ("1367337600000", date(2013, 5, 1)),
        ("2013-13-45", None),
        ("2013-02-30", None),
        ("2013年5月", None),
        ("0013-05-01", None),
        ("待定", None),
        ("5/1/2013", None),
        (float("nan"), None),
        (float("inf"), None),
        (10**30, None),
        (None, None),
        (True, None),
    ],
)
def test_dates(value: object, day: date | None) -> None:
    """Every usual way to write a day; what is ambiguous or no day is none."""
    assert date_of(value) == day


@pytest.mark.parametrize(
    ("value", "year"),
    [
        ("2013", 2013),
        ("2013年", 2013),
        (2013.0, 2013),
        ("2013.0", 2013),
        ("２０１３年度", 2013),
        ("二〇一三年", 2013),
        (datetime(2013, 1, 1), 2013),
        ("2013-2015", None),
        ("20130", None),
        ("13", None),
        ("去年", None),
        ("", None),
    ],
)
def test_years(value: object, year: int | None) -> None:
    assert year_number(value) == year


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"正文": "断', "this line is not valid JSON"),
        ("[1]", "this line is no JSON object"),
        ("[" * 100_000, "this line is not valid JSON"),
        ('{"标题": "无文"}', "the column 正文 is empty in this row"),
        ('{"正文": null}', "the column 正文 is empty in this row"),
    ],
)
def test_bad_lines_of_jsonl(line: str, reason: str) -> None:
    """A bad line costs itself and is named by its number."""
    good = json.dumps({"正文": "通知"})
    assert read(f"{good}\n\n{line}\n{good}\n", Form.JSONL)[1] == Fault("3", reason)


def test_json() -> None:
    """An array, the array in an object, or one object that is the document itself; a list of paragraphs is a text."""
    assert len(read(json.dumps(objects()), Form.JSON)) == 4
    one = {"title": "甲", "content": ["第一段", "第二段"], "attachments": [{"name": "表"}]}
    assert only(json.dumps(one), Form.JSON).text == "第一段\n第二段"


@pytest.mark.parametrize(
    ("data", "form", "reason"),
    [
        ("[", Form.JSON, "not valid JSON"),
        ("[" * 100_000, Form.JSON, "not valid JSON"),
        ("3", Form.JSON, "holds no list of objects"),
        ("[1, 2]", Form.JSON, "is a JSON object"),
        ("x\ny", Form.JSONL, "is a JSON object"),
        ("PK", Form.XLSX, "damaged Excel file"),
        ("PAR1PAR1", Form.PARQUET, "damaged Parquet file"),
    ],
)
def test_damaged_tables(data: str, form: Form, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        read(data, form)


def test_xlsx_cells() -> None:
    """Numbers, dates and gaps as they stand in the sheet; its row numbers count the empty rows too."""
    data = xlsx({"Sheet1": [("正文", "年份", "日期"), (), ("通知", 2013.0, datetime(2013, 5, 1)), (None, 2014, None)]})
    rows = read(data, Form.XLSX)
    assert rows == [
        Extract("通知", Form.XLSX, name="3", given=Given(year=2013, date=date(2013, 5, 1), by="columns 年份, 日期")),
        Fault("4", "the column 正文 is empty in this row"),
    ]


def test_parquet_types() -> None:
    rows = [{"content": "通知", "date": datetime(2013, 5, 1), "year": None, "city": "即墨市"}]
    assert only(parquet(rows), Form.PARQUET).given == Given(
        date=date(2013, 5, 1), place="即墨市", by="columns city, date"
    )


def test_table_is_read_row_by_row() -> None:
    """The first row is there before the second is read, and a large table does not stand in memory."""

    class Endless(io.RawIOBase):
        """正文 and then rows of 1,000 characters for ever."""

        def __init__(self) -> None:
            self.given = 0

        def readable(self) -> bool:
            return True

        def seekable(self) -> bool:
            return True

        def seek(self, to: int, whence: int = 0, /) -> int:
            self.given = to
            return to

        def readinto(self, buffer: Any, /) -> int:
            data = ("正文\n" if not self.given else "教" * 1000 + "\n").encode()[: len(buffer)]
            buffer[: len(data)] = data
            self.given += len(data)
            return len(data)

    stream = cast(BinaryIO, Endless())
    tracemalloc.start()
    rows = read_rows(stream, Form.CSV)
    for _ in range(5000):
        next(rows)
    assert tracemalloc.get_traced_memory()[1] < 3_000_000
    tracemalloc.stop()
    cast(Iterator[Any], rows).close()  # type: ignore[attr-defined]


def test_stream_stays_open() -> None:
    """Who stops reading half-way still owns the stream."""
    stream = io.BytesIO(written().encode())
    next(read_rows(stream, Form.CSV))
    gc.collect()
    assert not stream.closed


def test_index() -> None:
    """A sidecar gives what it knows of each file; what cannot be used is named with its line."""
    index = read_index((CORPUS / "index.csv").read_bytes())
    assert index.given == {
        "a.txt": Given(
            "太仓市教育局2016年工作要点",
            "江苏省太仓市",
            2016,
            date(2016, 2, 29),
            "http://a.example.cn/1",
            "index.csv line 2",
        ),
        "子目录/b.txt": Given(year=2016, by="index.csv line 3"),
    }
    assert index.problems == (
        "index.csv line 3: column 发布日期: 2016-02-30 is no full date",
        "index.csv line 4: a.txt stands in this index twice; the first line counts",
        "index.csv line 5: the column 文件 is empty",
    )


@pytest.mark.parametrize("data", [b"", "标题,城市\n甲,乙".encode()])
def test_index_without_files(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"index\.csv has no column file"):
        read_index(data)


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_damage_is_said_and_nothing_else(path: Path) -> None:
    """Cut at 15 points and with 30 flipped bits, a table gives rows, Faults or UnreadableFile."""
    data = path.read_bytes()
    chance = random.Random(5)
    flips = [(chance.randrange(len(data)), 1 << chance.randrange(8)) for _ in range(30)]
    broken = [data[: len(data) * part // 15] for part in range(15)]
    broken += [data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :] for at, bit in flips]
    form = form_of(path.name, data)
    for each in broken:
        with contextlib.suppress(UnreadableFile):
            assert all(row.name for row in read(each, form))


def test_header_is_as_the_rows() -> None:
    """The rows of this test file fit their header."""
    assert {len(row) for row in ROWS} == {len(HEADER)}
