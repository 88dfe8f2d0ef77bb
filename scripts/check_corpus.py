"""How many places and years are read right: python scripts/check_corpus.py REPORTS.tar.gz REGULATIONS.tar.gz.

The first archive holds work reports whose file names tell place and year, the second local regulations whose titles tell
the place. Both are read with file names hidden and with file names shown; every miss is printed. What is expected comes
from file names, title lines and printed dates by simple patterns of this script, not from the rules under test.
"""

from __future__ import annotations

import re
import sys
import tarfile
import time
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from kg.entities import entity_reader
from kg.errors import UnreadableFile
from kg.model import Genre, Level, Part
from kg.texts import read_document, split_parts

ADOPTED = re.compile(r"((?:19|20)\d\d)年\d{1,2}月\d{1,2}日(?! ?起?施行)")


class File(NamedTuple):
    """A member of an archive."""

    name: str
    data: bytes


class Expected(NamedTuple):
    """The places that are right (any, where there are none) and the year (any, where it is None)."""

    places: frozenset[str]
    year: int | None


class Tally(NamedTuple):
    """How many were right of how many, and the lines about the others."""

    right: int
    all: int
    misses: list[str]

    def __str__(self) -> str:
        share = 100 * self.right / self.all if self.all else 0
        return "\n".join([f"{self.right} of {self.all} right ({share:.1f} %)", *(f"  {miss}" for miss in self.misses)])


def files(archive: Path) -> list[File]:
    """The text files of a .tar.gz, by name; members are read in the order in which they are packed."""
    with tarfile.open(archive) as opened:
        packed = ((member.name, opened.extractfile(member)) for member in opened if member.name.endswith(".txt"))
        return sorted(File(PurePosixPath(name).name, content.read()) for name, content in packed if content)


def parts_of(file: File, hidden: bool) -> tuple[Part, ...]:
    """The parts with their places; `hidden` gives the file a name that tells nothing."""
    name = f"{sha256(file.data).hexdigest()[:16]}.txt" if hidden else file.name
    return entity_reader().place_parts(split_parts(read_document(file.data, name)))


def opening_places(text: str) -> frozenset[str]:
    """The places with whose names a title begins: 河南省, or 上海市 and 浦东新区."""
    gazetteer = entity_reader().gazetteer
    found: set[str] = set()
    at = 0
    for end in range(min(len(text), 14), 1, -1):
        name = text[:end]
        full = {place.name for place in gazetteer.full.get(name, ()) if place.level != Level.NATION}
        short = {
            place.name
            for place in gazetteer.short.get(name, ())
            if place.level in (Level.PROVINCE, Level.PREFECTURE) and place.valid_to is None
        }
        if full or short:
            found, at = full or short, end if full else 0
            break
    return frozenset(found | (opening_places(text[at:]) if at else set()))


def expected_of_report(file: File) -> Expected:
    """From the file name: 2025年某省政府工作报告.txt; where it names no place, from the session that the text names."""
    stem = file.name.removesuffix(".txt")
    year = re.search(r"20\d\d(?=年)", stem)
    named = opening_places(re.sub(r"^\d{4}年", "", stem))
    if not named and (
        session := re.search("在([\u4e00-\u9fff]{2,8}?)第.{1,4}届人民代表大会", file.data.decode("utf-8"))
    ):
        named = opening_places(session[1])
    return Expected(named, int(year[0]) if year else None)


def check_report(file: File, hidden: bool) -> str:
    """ "" where the report gives two parts of the right place, the review of the year before and the plan; else what is wrong."""
    expected, parts = expected_of_report(file), parts_of(file, hidden)
    year = expected.year or 0
    read = [(part.place.name if part.place else None, part.year, part.genre) for part in parts]
    right = [(year - 1, Genre.SUMMARY), (year, Genre.PLAN)] == [(year, genre) for _, year, genre in read]
    return "" if right and {place for place, _, _ in read} <= expected.places else f"{file.name}: {read}"


def title_of(file: File) -> str:
    return file.data.decode("utf-8").lstrip("\ufeff# ").partition("\n")[0].strip()


def check_place(file: File, hidden: bool) -> str | None:
    """None where the title does not begin with a place."""
    expected = opening_places(title_of(file))
    if not expected:
        return None
    read = {part.place.name if part.place else None for part in parts_of(file, hidden)}
    return "" if read <= expected else f"{file.name}: {read}, the title says {'/'.join(sorted(expected))}"


def check_year(file: File, hidden: bool) -> str | None:
    """None where no date of adoption or amendment is printed above the first article."""
    head = file.data.decode("utf-8").partition("<!-- INFO END -->")[0]
    years = [int(year) for year in ADOPTED.findall(re.sub(r"自\d{4}年\d+月\d+日", "", head))]
    if not years:
        return None
    read = parts_of(file, hidden)[0].year
    return "" if read == max(years) else f"{file.name}: {read}, printed {max(years)}"


def tally(read: Iterable[File], check: Callable[[File, bool], str | None], hidden: bool) -> Tally:
    """The check over all files; a file that cannot be read is a miss."""
    told: list[str] = []
    for file in read:
        try:
            result = check(file, hidden)
        except UnreadableFile as fault:
            result = f"{file.name}: {fault}"
        if result is not None:
            told.append(result)
    return Tally(told.count(""), len(told), [line for line in told if line])


def speed(read: Iterable[File]) -> str:
    """Characters per second of cutting and dating, and milliseconds per document of placing."""
    documents = [read_document(file.data, file.name) for file in read]
    start = time.perf_counter()
    cut = [split_parts(document) for document in documents]
    between = time.perf_counter()
    for parts in cut:
        entity_reader().place_parts(parts)
    placing = 1000 * (time.perf_counter() - between) / len(documents)
    cutting = sum(len(document.clean) for document in documents) / (between - start) / 1e6
    return f"parts and years {cutting:.1f} million characters/s, places {placing:.1f} ms/document"


def main() -> None:
    reports, regulations = (files(Path(archive)) for archive in sys.argv[1:])
    for hidden in (True, False):
        names = "file names hidden" if hidden else "file names shown"
        print(f"work reports, {names}: {tally(reports, check_report, hidden)}")
        print(f"regulations, place, {names}: {tally(regulations, check_place, hidden)}")
        print(f"regulations, year, {names}: {tally(regulations, check_year, hidden)}")
    print(f"work reports: {speed(reports)}")
    print(f"regulations: {speed(regulations)}")


if __name__ == "__main__":
    main()
