"""The name of a programme as one text writes it → the form that all texts share: its phase in front, in Chinese numerals.

Phases are different things of one series, so the phase stays: 学前教育三期行动计划 and 第3期学前教育行动计划 are both
第三期学前教育行动计划, and never the second.
"""

from __future__ import annotations

from kg.patterns import regex
from kg.texts.numerals import number_of

_NUMERAL = r"(?P<n>[一二三四五六七八九十]{1,3}|\d{1,2})"
# Without 第 a number of 期 may count courses: 三期培训计划, 三轮车整治行动.
_SERIES = r"(?:行动计划|提升计划|攻坚计划)"
_IN_FRONT = regex(rf"^(?:第{_NUMERAL}(?P<kind>期|轮)(?=[\u4e00-\u9fff]{{4}}))")
_IN_FRONT_BARE = regex(rf"^{_NUMERAL}(?P<kind>期|轮)(?=[\u4e00-\u9fff]{{2,16}}{_SERIES}$)")
_INSIDE = regex(rf"^(?P<before>[\u4e00-\u9fff]{{2,12}}?)第?{_NUMERAL}(?P<kind>期|轮)(?P<after>(?:[三五]年)?{_SERIES})$")
_INSIDE_ORDINAL = regex(
    rf"^(?P<before>[\u4e00-\u9fff]{{2,12}}?)第{_NUMERAL}(?P<kind>期|轮)(?P<after>(?:[三五]年)?(?:计划|工程|行动|项目))$"
)
_DIGITS = "零一二三四五六七八九"


def shared_form(name: str) -> str:
    """学前教育三期行动计划 → 第三期学前教育行动计划; a name without a phase stays as it is."""
    for form in (_INSIDE, _INSIDE_ORDINAL, _IN_FRONT, _IN_FRONT_BARE) if "期" in name or "轮" in name else ():
        if (found := form.match(name)) and (number := number_of(found["n"])):
            parts = found.groupdict()
            rest = parts["before"] + parts["after"] if "before" in parts else name[found.end() :]
            return f"第{_in_chinese(number)}{found['kind']}{rest}"
    return name


def _in_chinese(number: int) -> str:
    """三, 十, 十二, 二十 for numbers below a hundred."""
    tens, ones = divmod(number, 10)
    written = ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "")
    return written + (_DIGITS[ones] if ones else "")
