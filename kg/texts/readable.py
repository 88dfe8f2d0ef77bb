"""A text → how much it looks like the Chinese of policy texts; or UnreadableFile, one line, where it is none."""

from __future__ import annotations

import codecs
import re

from kg.errors import UnreadableFile
from kg.patterns import regex

# The most frequent characters of policy texts in both scripts: wrongly decoded text shows hardly any of them.
COMMON = frozenset(
    "的人和第条教行应规建市工管学政育当十会定法理业民以作部务有区生用门一关制实施全进机者保二校主动本等发公地员三展中大化或合"
    "责体在为经位府对水不其划单安事资开及提加物办国改护处产委职强上四五通城要内监方构级成服项程任年照高所议组标可由活依立推下"
    "时督信表按社重质并准家出师文自度报查性力专村交例与新营计道导同相能期治常源农场面分量向环收各目技供六域境好使元取息情企"
    "完评基日件小平培科意过养决路正反名求七式未采指结义八执善予优健特革外金前电放支造后于训需根限创效长研九配价受落做万深"
    "條應規會業務區門關實進動發員責體爲為經對劃單資開辦國護處產職強強內監縣構級項議組標時質師報與營計導農場環鄉費運園檢點"
    "個審評術證備調過養決現結義執電訓預創長測價傳網圍衛見課舉將風態選險廣間濟綠類維總從續參書給財領嚴積種題裝則輸習許認試"
)
SAMPLE = 60_000  # bytes or characters that are enough to tell one encoding from another
QUICK_SAMPLE = 1_000  # characters that show that most files are plain Chinese
FEW = 400  # of them that are looked at first
LINE_SAMPLE = 600  # bytes or characters that are enough for one line
LARGE_SAMPLE = 2_000_000  # characters that are looked at before a file is refused
SLICES = 20  # pieces of a sample
MIN_COMMON = 0.15  # share of COMMON among non-ASCII characters below which a guessed encoding is not believed
SURE = 0.35  # the same where text that can be read as it stands is read in another way
MIN_CHINESE = 0.1  # share of Chinese characters among all letters below which a text counts as foreign
MAX_KANA = 0.25  # kana or hangul per Chinese character: more of it is Japanese or Korean
MAX_CONTROL = 0.003  # share of control characters that a damaged text file may still have, …
FEW_CONTROL = 3  # … or so many in a short one
LOOK_AHEAD = 40  # bytes after a damaged place
RESYNC = "kg-resync"  # name of the error handler
LOST = "\ufffd"

_CONTROL = regex("[\0-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")
_NOT_BLANK = regex("[^\ufeff \t\r\n\0\x0b\x0c\u3000\xa0\u200b]")
HAN_RUN = regex("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_KANA_HANGUL = regex("[\u3041-\u30fa\uac00-\ud7af]")
_STRANGE = regex(f"{_CONTROL.pattern}|{_KANA_HANGUL.pattern}|{LOST}")
_NO_LETTER = regex(r"[\W\d_]+")
_COMMON_RUN = regex(f"[{re.escape(''.join(sorted(COMMON)))}]+")


def check_readable(text: str) -> None:
    """Raises UnreadableFile where the text is blank, full of control characters or not Chinese."""
    if is_plain(text):
        return
    if not _NOT_BLANK.search(text):
        raise UnreadableFile("empty file: there is nothing but white space in it")
    if unreadable(sample_of_text(text, QUICK_SAMPLE)) and (
        why := unreadable(sample_of_text(text.strip(), LARGE_SAMPLE))
    ):
        raise UnreadableFile(why)


def is_plain(text: str) -> bool:
    """What most files are, told from a few characters: so many of them are common ones that nothing else needs a look."""
    sample = sample_of_text(text, QUICK_SAMPLE)
    common = sum(map(len, _COMMON_RUN.findall(sample, 0, FEW)))
    return common > MIN_COMMON * len(sample) and not _STRANGE.search(sample)


def unreadable(text: str) -> str:
    """Why this is no Chinese text, or nothing."""
    if len(_CONTROL.findall(text)) > max(FEW_CONTROL, MAX_CONTROL * len(text)):
        return "binary file: it is full of control characters; give a text file"
    letters = _NO_LETTER.sub("", text)
    chinese = len(letters) - len(HAN_RUN.sub("", letters))
    other_east_asian = len(_KANA_HANGUL.findall(letters))
    if chinese <= MIN_CHINESE * len(letters) or other_east_asian > MAX_KANA * chinese:
        return (
            f"no Chinese text: {chinese} of {len(letters)} letters are Chinese; policy-kg reads Chinese documents only"
        )
    return ""


def leniently(data: bytes, encoding: str) -> str:
    """Cut characters at the end vanish, damaged ones within become U+FFFD."""
    return codecs.getincrementaldecoder(encoding)("replace").decode(data)


def _resync(error: UnicodeError) -> tuple[str, int]:
    """One U+FFFD for a damaged place, after which the reading with more common characters goes on."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    starts = range(error.start + 1, min(error.start + 3, len(error.object)) + 1)
    scores = {start: score(leniently(error.object[start : start + LOOK_AHEAD], error.encoding)) for start in starts}
    return LOST, max(starts, key=lambda start: scores[start])


codecs.register_error(RESYNC, _resync)


def score(text: str) -> float:
    """Share of common characters among the non-ASCII ones, damaged ones counted against it."""
    common = sum(map(len, _COMMON_RUN.findall(text)))
    control = len(_CONTROL.findall(text))
    blank = text.count("\u3000") + text.count("\xa0")
    foreign = len(text) - len(text.encode("ascii", "ignore")) - blank
    return (common - 3 * (text.count(LOST) + control)) / max(foreign + control, 1)


def score_of_rest(text: str) -> float:
    """The score without the lost characters, as long as they are few."""
    lost = text.count(LOST)
    return score(text.replace(LOST, "")) if 3 * lost < len(text) else 0.0


def sample_of_text(text: str, size: int = SAMPLE) -> str:
    """Slices from the whole length."""
    if len(text) <= size:
        return text
    step = len(text) // SLICES
    return "".join(text[start : start + size // SLICES] for start in range(0, SLICES * step, step))
