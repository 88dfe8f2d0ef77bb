"""Writes the files of this folder that a program garbled: run `python -m tests.corpus.garbled.write` from the root."""

from __future__ import annotations

import random
import re
from pathlib import Path

from tests.garbler import HAN, dense_pinyin, sparse_pinyin, traditional

HERE = Path(__file__).parent
NO_CHANCE = random.Random(0)
HALF_BRACKETS = str.maketrans("（）", "()")
TAIWAN_QUOTES = str.maketrans("“”‘’", "「」『』")
INVISIBLE = ("\u200b", "\ufeff", "\u2060", "\xad", "\u200e", "\u202c", "\u200d")


def clean_text(name: str) -> str:
    return (HERE / f"{name}.clean.txt").read_text("utf-8").rstrip("\n")


def toned_brackets(text: str) -> str:
    """Half-width brackets around additions, as beside pinyin."""
    return text.translate(HALF_BRACKETS)


def dense(text: str) -> str:
    lines = toned_brackets(text).split("\n")
    return "\r\n\r\n".join(f"\u3000\u3000{dense_pinyin(line, random.Random(7))}" for line in lines)


def sparse(text: str) -> str:
    return "\r\n".join(sparse_pinyin(line, random.Random(8)).replace("围绕着", "圍繞著") for line in text.split("\n"))


def machine_traditional(text: str) -> str:
    return traditional(text, NO_CHANCE).replace("着", "著").translate(TAIWAN_QUOTES)


def second_half_traditional(text: str) -> str:
    first, mark, second = text.partition("篇二")
    return first + machine_traditional(mark + second)


def wrapped(text: str, width: int, indent: str, between: str, end: str) -> str:
    """Each paragraph broken after `width` characters, the first line of it indented."""
    paragraphs = (_broken(f"{indent}{line}", width, end) for line in text.split("\n"))
    return between.join(paragraphs) + end


def _broken(line: str, width: int, end: str) -> str:
    return end.join(line[at : at + width] for at in range(0, len(line), width))


def quoted(text: str) -> str:
    """As a mail program shows what is answered."""
    return "\n".join(f"> {line}" for line in text.split("\n"))


def in_columns(text: str, width: int) -> str:
    """Each paragraph broken before it is wider than `width` columns, as a mail program does."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.append("")
        for sign in paragraph:
            if len((lines[-1] + sign).encode("gb18030")) > width:
                lines.append("")
            lines[-1] += sign
    return "\r\n".join(lines)


def invisible(text: str) -> str:
    chance = random.Random(9)
    return HAN.sub(lambda sign: sign[0] + (chance.choice(INVISIBLE) if chance.random() < 0.2 else ""), text)


def odd_line_ends(text: str) -> str:
    """The line ends of Mac, Windows, terminals and Unicode, in turn."""
    ends = ["\r", "\r\n", "\u2028", "\x85", "\u2029", "\x0b", "\x0c", "\n\r"]
    turn = iter(ends * 20)
    return re.sub("\n", lambda _: next(turn), text)


def main() -> None:
    files = {
        "拼音逐字": dense(clean_text("拼音逐字")).encode("utf-8-sig"),
        "拼音稀疏": sparse(clean_text("拼音稀疏")).encode("gb18030"),
        "机器繁体": machine_traditional(clean_text("机器繁体")).encode(),
        "汇编中一篇繁体": second_half_traditional(clean_text("汇编中一篇繁体")).encode(),
        "定宽换行有缩进": wrapped(clean_text("定宽换行有缩进"), 34, "\u3000\u3000", "\r\n", "\r\n").encode("gb18030"),
        "空行分段的定宽行": wrapped(clean_text("空行分段的定宽行"), 30, "", "\n\n", "\n").encode(),
        "邮件正文": in_columns(clean_text("邮件正文"), 68).encode("utf-16"),
        "邮件引用": quoted(wrapped(clean_text("邮件引用"), 32, "", "\n\n", "\n")).encode(),
        "零宽字符": invisible(clean_text("零宽字符")).encode(),
        "换行符": odd_line_ends(clean_text("换行符")).encode(),
    }
    for name, data in files.items():
        (HERE / f"{name}.txt").write_bytes(data)


if __name__ == "__main__":
    main()
