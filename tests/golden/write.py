"""Two bundled documents → their claims, one readable line each. `python -m tests.golden.write` rewrites the files beside this one."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from kg.model import Claim, Reading
from kg.pipeline import read_file
from kg.resources import shipped

HERE = Path(__file__).parent
FILES = ("03-changle-2015-summary.txt", "15-xuzhou-gulou-2014.txt")  # a county's summary; a garbled plan of a district
OPENING = 16  # characters of the sentence that are shown


def claim_line(claim: Claim) -> str:
    """`2015 Adoption Started: place 昌乐县, program 县管校聘 ← 今年3月，县政府出台… [named-place-does-program]`."""
    years = f"{claim.year or '?'}{f'-{claim.year_to}' if claim.year_to else ''}"
    head = " ".join(word for word in (years, claim.relation.value, claim.status and claim.status.value) if word)
    said = [f"{name} {entity.name}" for name, entity in claim.roles]
    said += [f"{name} {f'{v.normalize():f}' if isinstance(v, Decimal) else v}" for name, v in claim.values]
    text = claim.sentence.text.replace("\n", " ")
    quote = text if len(text) <= OPENING else f"{text[:OPENING]}…"
    return f"{head}: {', '.join(said)} ← {quote} [{claim.found_by}]"


def golden_text(reading: Reading) -> str:
    """All claims of a file below a heading per part."""
    lines = []
    for part in reading.parts:
        place = part.place.name if part.place else "?"
        lines.append(f"# {part.index + 1} {place} {part.year or '?'} {part.genre.value}: {part.title}")
        lines += [claim_line(claim) for claim in reading.claims if claim.sentence.part.index == part.index]
    return "\n".join(lines) + "\n"


def read_example(file: str) -> Reading:
    return read_file(shipped("data", "examples", file).read_bytes(), file)


def main() -> None:
    """Rewrites the golden files; look at the difference as at code."""
    for file in FILES:
        (HERE / file).write_text(golden_text(read_example(file)), encoding="utf-8", newline="\n")
        print(f"tests/golden/{file} written")


if __name__ == "__main__":
    main()
