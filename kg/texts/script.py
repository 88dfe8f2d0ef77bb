"""Text garbled into Traditional characters with pinyin → the Simplified text it was: 區(qū)文教體局 → 区文教体局."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from operator import ne

from kg.model import Span
from kg.patterns import regex
from kg.texts.tracked import HAN, Tracked

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
TONE_MARKS = "\u0300\u0301\u0304\u030c\u0308"  # of decomposed letters
SYLLABLE = (
    "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:iang|iong|uang|ueng|ang|eng|ing|ong|iao|ian|uai|uan|ai|ei|ui|ao|ou|iu|ie|üe|ue|ve|er|an|en|in|un|ün|vn|ia|ua|uo|io|a|o|e|i|u|ü|v)"
)
MIN_GARBLED = 3  # so many toned syllables in brackets show that a tool has been through the whole document

# Frequent characters that only one of the two scripts uses (neither 乾 nor 著, which both have).
SIMPLIFIED = frozenset(
    "条应规设学当会业务区门关实进动发员责为经对单资开办国护处产职强内监县级项议组标时质师报织专营计导违权农场环乡车费运园"
    "检点个统审评术证备调过养决罚负现结义协执况电训预创长测镇验请传围卫记见课举将风态选险医数广间线济绿类维总从续参书给财"
    "节领严综团届积题装联际则输习许补认试无属转担损问识纳众编变销户树础废约录称历连艺响诉两档减辆额订视满热继论贯饮扩遗层"
    "践"
)
TRADITIONAL = frozenset(
    "條應規設學當會業務區門關實進動發員責爲經對單資開辦國護處產職強內監縣級項議組標時質師報織專營計導違權農場環鄉車費運園"
    "檢點個統審評術證備調過養決罰負現結義協執況電訓預創長測鎮驗請傳圍衛記見課舉將風態選險醫數廣間線濟綠類維總從續參書給財"
    "節領嚴綜團屆積題裝聯際則輸習許補認試無屬轉擔損問識納衆編變銷戶樹礎廢約錄稱歷連藝響訴兩檔減輛額訂視滿熱繼論貫飲擴遺層"
    "踐為説說眾綫録"
)

SIGNS = frozenset({*TRADITIONAL, *TONED, *TONE_MARKS})  # what the steps of this module look for

_TONED_SIGNS = frozenset(TONED + TONE_MARKS)
_LATIN = f"a-zü{TONED}ɡɑ{TONE_MARKS}"
_BRACKETED = regex(rf"[(（](?<=[{HAN}].)([{_LATIN}]{{1,9}})[)）]")
# A bracket of the pair is lost or turned into a question mark: 區?qū)文教, 區(qū文教, 區qū文教.
_BROKEN = regex(rf"(?<=[{HAN}])[(（?？]?([{_LATIN}]{{1,9}})(?:[)）]|[?？](?=[{HAN}，。；：、]))?")
_HAS_TONE = regex(f"[{TONED}{TONE_MARKS}]")
_SYLLABLE = regex(SYLLABLE)
# After conversion 著 is left for the words that write it so: 显著, 著名, 著作; all others are the particle or verb 着.
_PARTICLE = regex(r"(?<![显名论编译专原巨土昭卓遗合撰])著(?![名作述称者书录])")


def drop_pinyin(tracked: Tracked) -> Tracked:
    """Less the bracketed pinyin; (科长), (园), (APP) stay, and toneless syllables where no toned ones stand around."""
    if not tracked.signs & _TONED_SIGNS:
        return tracked
    found = list(_BRACKETED.finditer(tracked.text))
    if sum(_HAS_TONE.search(match[1]) is not None for match in found) < MIN_GARBLED and not _garbled(tracked):
        return tracked
    found = [match for match in found if _HAS_TONE.search(match[1]) or _SYLLABLE.fullmatch(match[1])]
    tracked = tracked.without((Span(*match.span()) for match in found), "pinyin")
    broken = (Span(*m.span()) for m in _BROKEN.finditer(tracked.text) if _HAS_TONE.search(m[1]))
    return tracked.without(broken, "pinyin")


def _garbled(tracked: Tracked) -> bool:
    """An earlier round took pinyin out already."""
    return any(what == "pinyin" for what, _ in tracked.repairs)


def simplify(tracked: Tracked) -> Tracked:
    """Simplified characters where the text is Traditional; Simplified lines keep theirs (乾县 must not become 干县)."""
    if not tracked.signs & TRADITIONAL:
        return tracked
    if is_traditional(set(tracked.text)):
        converted = _simplified(tracked.text)
    else:
        converted = "\n".join(
            _simplified(line) if is_traditional(set(line)) else line for line in tracked.text.split("\n")
        )
    changed = sum(map(ne, converted, tracked.text))
    if not changed:
        return tracked
    repairs = (*tracked.repairs, ("traditional", changed))
    return replace(tracked.rewritten(converted), signs=tracked.signs - TRADITIONAL, repairs=repairs)


def _simplified(text: str) -> str:
    converted: str = _converter().convert(text)
    if len(converted) != len(text):
        converted = "".join(map(_one_for_one, text))
    return _PARTICLE.sub("着", converted)


def is_traditional(characters: set[str]) -> bool:
    """More of the frequent characters are Traditional ones than Simplified ones."""
    return len(characters & TRADITIONAL) > len(characters & SIMPLIFIED)


@cache
def simplified_characters() -> dict[str, str]:
    """The Traditional characters of the first plane, each with the Simplified one that takes its place: 縣 → 县."""
    all_ = list(map(chr, range(0x3400, 0xA000)))
    converted = _converter().convert("\n".join(all_)).split("\n")
    return {sign: simplified for sign, simplified in zip(all_, converted, strict=True) if sign != simplified}


@cache
def _converter():  # type: ignore[no-untyped-def]
    from opencc import OpenCC  # only Traditional texts pay for loading its dictionaries

    return OpenCC("t2s")


@cache
def _one_for_one(character: str) -> str:
    converted: str = _converter().convert(character)
    return converted if len(converted) == 1 else character
