"""Writes the files of this folder: one text in every state of its bytes. Run it from anywhere; same bytes every time."""

from pathlib import Path

HERE = Path(__file__).parent
TEXT = """关于做好2015年义务教育学校标准化建设工作的通知

各乡镇中心学校、县直各学校：
为进一步改善办学条件，加快推进义务教育均衡发展，根据省教育厅的要求，现就有关工作通知如下。
一、加强组织领导。各学校要成立由校长任组长的工作小组，明确责任，按时完成建设任务。
二、落实经费。县财政安排专项资金1200万元，用于改造教学楼、学生食堂和运动场。
三、严格督查。县教育局将于10月对各学校的工作情况进行检查，结果列入年度考核。
"""
PASTED = """四、做好宣传。要通过家长会、公开信等形式，让社会各界了解标准化建设的进展和成效。
五、及时总结。请各学校于12月20日前把工作总结报县教育局基础教育科。
"""
TRADITIONAL = """關於加強全縣中小學校舍安全工作的意見
各學校要定期檢查校舍，發現問題及時報告，確保師生安全。縣教育局對各學校的工作情況進行考核。
"""


def damaged(data: bytes, *offsets: int) -> bytes:
    """With a byte that no encoding has at each offset."""
    broken = bytearray(data)
    for offset in offsets:
        broken[offset] = 0xFF
    return bytes(broken)


def read_as(text: str, real: str, wrong: str, errors: str = "strict") -> str:
    """What an editor shows that reads `real` bytes in the `wrong` encoding."""
    return text.encode(real).decode(wrong, errors)


def as_windows_latin(text: str, real: str) -> str:
    """As browsers read Windows Latin: bytes that it lacks become control characters."""
    return "".join(
        bytes([byte]).decode("cp1252") if byte not in b"\x81\x8d\x8f\x90\x9d" else chr(byte)
        for byte in text.encode(real)
    )


FILES = {
    "utf-8.txt": TEXT.encode(),
    "utf-8-bom.txt": TEXT.encode("utf-8-sig"),
    "utf-8-cut.txt": TEXT.rstrip().encode()[:-1],
    "utf-8-damaged.txt": damaged(TEXT.encode(), 120, 401),
    "utf-8-bom-damaged.txt": damaged(TEXT.encode("utf-8-sig"), 123),
    "gb18030.txt": TEXT.encode("gb18030"),
    "gb18030-cut.txt": TEXT.rstrip().encode("gb18030")[:-1],
    "gb18030-damaged.txt": damaged(TEXT.encode("gb18030"), 85, 280),
    "big5.txt": TRADITIONAL.encode("big5"),
    "utf-16-le-bom.txt": TEXT.encode("utf-16"),
    "utf-16-be-bom.txt": b"\xfe\xff" + TEXT.encode("utf-16-be"),
    "utf-16-le.txt": TEXT.encode("utf-16-le"),
    "utf-16-be.txt": TEXT.encode("utf-16-be"),
    "utf-32-le-bom.txt": TEXT.encode("utf-32"),
    "utf-32-be-bom.txt": b"\0\0\xfe\xff" + TEXT.encode("utf-32-be"),
    "utf-32-le.txt": TEXT.encode("utf-32-le"),
    "utf-32-be.txt": TEXT.encode("utf-32-be"),
    "utf-8-in-gb18030.txt": TEXT.encode("gb18030") + PASTED.encode(),
    "gb18030-in-utf-8.txt": TEXT.encode() + PASTED.encode("gb18030"),
    "gb18030-in-utf-8-bom.txt": TEXT.encode("utf-8-sig") + PASTED.encode("gb18030"),
    "utf-8-via-latin-1.txt": read_as(TEXT, "utf-8", "latin-1").encode(),
    "utf-8-via-cp1252.txt": as_windows_latin(TEXT, "utf-8").encode(),
    "utf-8-via-cp1252-lost.txt": read_as(TEXT, "utf-8", "cp1252", "replace").encode(),
    "utf-8-via-cp1252-in-gb18030.txt": as_windows_latin(TEXT, "utf-8").encode("gb18030"),
    "utf-8-via-cp1252-twice.txt": as_windows_latin(as_windows_latin(TEXT, "utf-8"), "utf-8").encode(),
    "utf-8-via-cp1252-pasted.txt": (TEXT + as_windows_latin(PASTED, "utf-8")).encode(),
    "gb18030-via-latin-1.txt": read_as(TEXT, "gb18030", "latin-1").encode(),
    "utf-8-via-gb18030.txt": read_as(TEXT, "utf-8", "gb18030", "replace").encode(),
    "utf-8-via-gb18030-in-gbk.txt": read_as(TEXT, "utf-8", "gb18030", "replace").encode("gbk", "replace"),
    "gb18030-via-big5.txt": read_as(TEXT, "gb18030", "big5hkscs", "replace").encode(),
    "big5-via-gb18030.txt": read_as(TRADITIONAL, "big5", "gb18030", "replace").encode(),
    "lost-twice.txt": TEXT.replace("专项", "锟斤拷").encode("gb18030"),
    "nul-bytes.txt": (TEXT + TEXT.replace("下。", "下。\0")).encode(),
}

if __name__ == "__main__":
    for name, data in FILES.items():
        (HERE / name).write_bytes(data)
