"""The name of a programme as one text writes it → the form that all texts share: its phase in front, in Chinese numerals.

Phases are different things of one series, so the phase stays: 学前教育三期行动计划 and 第3期学前教育行动计划 are both
第三期学前教育行动计划, and never the second.
"""

from __future__ import annotations

import re

from kg.texts.numerals import number_of

_NUMERAL = r"(?P<n>[一二三四五六七八九十]{1,3}|\d{1,2})"
_IN_FRONT = re.compile(rf"^第?{_NUMERAL}(?P<kind>期|轮)(?=[\u4e00-\u9fff]{{4}})")
_INSIDE = re.compile(
    rf"^(?P<before>[\u4e00-\u9fff]{{2,12}}?)第?{_NUMERAL}(?P<kind>期|轮)"
    r"(?P<after>(?:[三五]年)?(?:行动计划|提升计划|攻坚计划|计划|工程|行动|项目))$"
)
_DIGITS = "零一二三四五六七八九十"


def shared_form(name: str) -> str:
    """学前教育三期行动计划 → 第三期学前教育行动计划; a name without a phase stays as it is."""
    inside = _INSIDE.match(name)
    found = inside or _IN_FRONT.match(name)
    number = number_of(found["n"]) if found else None
    if found is None or number is None or not 0 < number < len(_DIGITS):
        return name
    rest = inside["before"] + inside["after"] if inside else name[found.end() :]
    return f"第{_DIGITS[number]}{found['kind']}{rest}"
