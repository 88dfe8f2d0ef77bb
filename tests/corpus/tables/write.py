"""Writes the tables of this folder: `python tests/corpus/tables/write.py`. The same rows in every form."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
HEADER = ("标题", "发布日期", "省份", "城市", "年份", "链接", "正文")
ROWS = (
    (
        "荥阳市教育局2014年工作要点", "2014-03-05", "河南省", "荥阳市", "2014", "http://a.example.cn/1",
        "荥阳市教育局2014年工作要点\n一、推进集团化办学，覆盖农村学校12所。\n二、落实“一校一品”。",
    ),
    ("关于做好控辍保学工作的通知", "2017年9月1日", "贵州省", "仁怀市", "2017年", "", "各学校：要建立台账，一个都不能少。"),
    ("空白页", "2015/1/1", "贵州省", "仁怀市", "2015", "", ""),
    ("全市校外培训机构治理方案", "待定", "山东省", "肥城市", "", "http://a.example.cn/4", "通过排查、整改、“回头看”，规范办学。"),
)  # fmt: skip


def written(delimiter: str = ",", rows: Any = (HEADER, *ROWS)) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def objects() -> list[dict[str, str]]:
    return [dict(zip(HEADER, row, strict=True)) for row in ROWS]


def xlsx(sheets: dict[str, list[tuple[Any, ...]]]) -> bytes:
    """openpyxl stamps the hour into the file: it is packed anew without."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.properties.created = book.properties.modified = datetime(2020, 1, 1)
    buffer = io.BytesIO()
    book.save(buffer)
    packed = io.BytesIO()
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = b"<cp:coreProperties xmlns:cp='http://schemas.openxmlformats.org/package/2006/metadata/core-properties'/>"
            info = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, content)
    return packed.getvalue()


def parquet(rows: list[dict[str, Any]]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), buffer)
    return buffer.getvalue()


def workbook() -> bytes:
    dated = [(title, datetime(2014, 3, 5), *rest) for title, _, *rest in ROWS[:1]]
    return xlsx(
        {
            "说明": [("本表由教育厅汇总",)],
            "第一批": [("全省政策文件汇总表",), (), HEADER, *dated, *ROWS[1:3]],
            "第二批": [HEADER, *ROWS[3:]],
        }
    )


INDEX = """文件,地区,年份,发布日期,标题,网址
a.txt,江苏省太仓市,2016,2016-02-29,太仓市教育局2016年工作要点,http://a.example.cn/1
./子目录\\b.txt,,2016年度,2016-02-30,,
a.txt,昆山市,,,,
,昆山市,,,,
"""


def files() -> dict[str, bytes]:
    return {
        "utf-8-bom.csv": written().encode("utf-8-sig"),
        "gb18030.csv": written().encode("gb18030"),
        "utf-16.tsv": written("\t").encode("utf-16"),
        "semicolon.csv": written(";").encode(),
        "rows.jsonl": "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in objects()).encode(),
        "rows.json": json.dumps({"total": 4, "data": objects()}, ensure_ascii=False, indent=1).encode(),
        "rows.xlsx": workbook(),
        "rows.parquet": parquet(objects()),
        "index.csv": INDEX.encode("gb18030"),
    }


if __name__ == "__main__":
    for name, data in files().items():
        (HERE / name).write_bytes(data)
