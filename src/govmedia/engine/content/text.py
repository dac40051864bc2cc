"""A field's text prepared once for all checks, with offsets kept.

`raw` is the field as given. `folded` has the same length, character for character, so that its offsets are the
field's own: full-width letters and digits made half-width, traditional characters and radicals made plain ones,
look-alike letters and circled digits made plain, letters in lower case. `squeezed` leaves out what evasions put
between characters (blanks, symbols, emoji, marks of no width); `origin(start, end)` leads back to the field.
"""

import bisect
import re
import sys
import unicodedata
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from govmedia.engine.content.signs import LONG, Kind
from govmedia.engine.tables import read_table

_FOLDER = Path(__file__).parent / "data"
# The pairs of opening and closing marks in which words are somebody else's or a title.
_TITLES = re.compile(r"《[^《》\n]{1,80}》")
_QUOTES = re.compile(r"“[^“”\n]{1,200}”|「[^「」\n]{1,200}」|『[^『』\n]{1,200}』")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[\w\-./?%&=#:~+@,;!]{1,500}|[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,63}", re.ASCII
)
_SENTENCE_ENDS = "。！？!?；;\n"
_SENTENCE_END = re.compile(f"[{_SENTENCE_ENDS}]")
# Where Unicode keeps letters and digits in other dress: Latin to letter-like, compatibility ideographs, half- and
# full-width, mathematical, enclosed, compatibility ideographs again.
_DRESSED = (
    (0x41, 0x5B), (0xAA, 0x3000), (0x3200, 0x3400), (0xA640, 0xA7FF), (0xF900, 0xFB07), (0xFF10, 0xFFDD),
    (0x1D400, 0x1D800), (0x1F100, 0x1F190), (0x2F800, 0x2FA20),
)  # fmt: skip
# Letters of other scripts, and signs, that pass for a letter or digit.
_LOOK_ALIKES = (
    ("АВЕЅЗІЈКМНОРСТУХҮԚԜӀ", "abes3ijkmhopctyxyqwi"), ("авеѕзіјкмнорстухԁһԛԝӏ", "abes3ijkmhopctyxdhqwl"),
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "abezhikmnoptyx"), ("αβεικνορτυχω", "abeikvoptuxw"), ("ıȷɡɑѵ", "ijgav"),
    ("❶❷❸❹❺❻❼❽❾", "123456789"), ("➀➁➂➃➄➅➆➇➈", "123456789"), ("➊➋➌➍➎➏➐➑➒", "123456789"),
    ("⓵⓶⓷⓸⓹⓺⓻⓼⓽⓿", "1234567890"),
    ("".join(map(chr, range(0x1F150, 0x1F16A))), "abcdefghijklmnopqrstuvwxyz"),
    ("".join(map(chr, range(0x1F170, 0x1F18A))), "abcdefghijklmnopqrstuvwxyz"),
    ("⺠⻢⻓⻔⻋⻩⻝⻛⻜⻦⻘⻄⻅⻆⻉⻰⻮⻚", "民马长门车黄食风飞鸟青西见角贝龙齿页"),
    ("⺟⻥⻨⻬⻤⻣⻐⻑⻗⻫⻌⺎⺁⺄⺇", "母鱼麦齐鬼骨钅长雨齐辶兀厂乙几"),
)  # fmt: skip


@lru_cache(maxsize=1)
def _folding() -> tuple[dict[str, str], re.Pattern[str], Kind]:
    """What each character is folded to, and the pattern and kind of those that are."""
    table: dict[str, str] = {}
    for first, last in _DRESSED:
        for sign in map(chr, range(first, last)):
            plain = unicodedata.normalize("NFKC", sign)
            # Only what stays one character keeps offsets; punctuation is left as written, other checks judge it.
            bare = unicodedata.normalize("NFD", plain)[:1]
            if bare.isascii() and bare.isalpha() and len(plain) == 1 and plain != bare:
                table[sign] = bare.lower()  # pinyin with its tones
            elif len(plain) == 1 and plain != sign and plain.isalnum() and len(plain.lower()) == 1:
                table[sign] = plain.lower()
            elif len(low := sign.lower()) == 1 and low != sign:
                table[sign] = low
    table |= {pair[0]: pair[1] for pair in read_table(_FOLDER / "traditional.toml")["pairs"]}
    table |= {sign: plain for strange, known in _LOOK_ALIKES for sign, plain in zip(strange, known, strict=True)}
    table = {sign: table.get(plain, plain) for sign, plain in table.items()}
    # A class of characters below U+10000 and one range above is looked up in a bitmap; single ones above are not.
    low_signs = "".join(map(re.escape, sorted(sign for sign in table if sign < "\U00010000")))
    signs = f"[{low_signs}\U0001d400-\U0001d7ff\U0001f100-\U0001f18f\U0002f800-\U0002fa1f]"
    return table, re.compile(signs), Kind(signs)


# What stands between characters without being any: controls, blanks, marks of no width or of direction, combining
# marks, symbols, pictures, and the marks of prose.
_FILLER = (
    r"[\s\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u0300-\u036f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\u20d0-\u20ff\u2190-\u23ff\u2500-\u27bf\u2800\u2900-\u297f\u2b00-\u2bff\u3164\ufe00-\ufe0f\ufeff\uffa0"
    r"\ufff9-\ufffd\U0001f000-\U0001faff\U000e0000-\U000e01ef*_~^|+=\-·•‧∙・﹒.,，。、/\\#@&%$…—–－～＊＿｜＋＝／＃＠＆％＄丨丶]"
)
_FILLERS, _GAP = Kind(_FILLER), re.compile(_FILLER + "+")
# What prose puts between the characters of two clauses; a word with anything else inside was broken on purpose.
_PROSE = frozenset("，。、,…—–\n\r")


class Text:
    """One field of one post. Cheap to make: all but `raw` is worked out when first asked for.

    `memo` is for what checks share and would else work out twice; its keys are theirs to choose.
    """

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.memo: dict[Any, Any] = {}

    def __len__(self) -> int:
        return len(self.raw)

    @cached_property
    def folded(self) -> str:
        """Same length as `raw`: full-width, traditional, look-alike and capital letters made plain."""
        return folded(self.raw)

    @cached_property
    def squeezed(self) -> str:
        """`folded` without blanks, symbols and emoji between the characters."""
        return _FILLERS.left_out(self.folded)

    @cached_property
    def _squeezing(self) -> tuple[list[int], list[int]]:
        """For each run of characters without a filler, where it starts in `squeezed` and where in the field."""
        fillers = _FILLERS.places(self.folded)
        here, end = np.append(0, fillers + 1), np.append(fillers, len(self.raw))
        length = end - here
        there = np.cumsum(length) - length
        return there[length > 0].tolist(), here[length > 0].tolist()

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Where `squeezed[start:end]` (not empty) stands in the field: end exclusive, fillers inside included."""
        there, here = self._squeezing
        first = bisect.bisect_right(there, start) - 1
        last = bisect.bisect_right(there, end - 1) - 1
        return here[first] + start - there[first], here[last] + (end - 1) - there[last] + 1

    @cached_property
    def titles(self) -> list[tuple[int, int]]:
        """Stretches inside 《》, marks included."""
        return [found.span() for found in _TITLES.finditer(self.raw)] if "《" in self.raw else []

    @cached_property
    def quotes(self) -> list[tuple[int, int]]:
        """Stretches inside quotation marks, marks included."""
        return [found.span() for found in _QUOTES.finditer(self.raw)] if _has_any(self.raw, "“「『") else []

    @cached_property
    def addresses(self) -> list[tuple[int, int]]:
        """Stretches that are web or mail addresses."""
        return (
            [found.span() for found in _ADDRESS.finditer(self.raw)]
            if _has_any(self.raw, ("://", "www.", "@"))
            else []
        )

    def sentence(self, place: int) -> tuple[int, int]:
        """Start and end of the sentence around a place, at most 200 characters to each side."""
        low, high = max(0, place - 200), min(len(self.raw), place + 200)
        before = max(self.raw.rfind(sign, low, place) for sign in _SENTENCE_ENDS) + 1
        after = _SENTENCE_END.search(self.raw, place, high)
        return before or low, after.start() if after else high


def fold(text: str) -> str:
    """The text as `Text.folded` has it; lexicons are folded alike."""
    table, dressed, kind = _folding()
    if len(text) < LONG:
        return dressed.sub(lambda found: table.get(found[0], found[0]), text)
    parts: list[str] = []
    last = 0
    for place in kind.places(text).tolist():
        parts += text[last:place], table.get(text[place], text[place])
        last = place + 1
    return "".join([*parts, text[last:]]) if parts else text


@lru_cache(maxsize=8)
def folded(text: str) -> str:
    """`fold` for a text that is asked for again and again; the last ones are kept."""
    return fold(text)


def broken(stretch: str) -> bool:
    """True where something stands between the characters of a word that prose would not put there.

    One star or mark of no width is enough. Blanks, commas and full stops count only where they part every character,
    or blanks do so twice: 枪，支，弹，药 was broken, a word over the end of a clause or in a row of headings was not.
    A blank between a Latin letter and a Chinese character is set by habit and parts no word (qiang 支).
    """
    found = list(_GAP.finditer(stretch))
    gaps = [one[0] for one in found]
    if not gaps or any("\n" in gap for gap in gaps):
        return False
    if any(gap.strip() and not _PROSE.issuperset(gap) for gap in gaps):
        return True
    parted = len(_GAP.sub("", stretch)) == len(gaps) + 1
    if all(gap.isspace() for gap in gaps):
        return parted or len(gaps) > 1 or stretch[found[0].start() - 1].isascii() != stretch[found[0].end()].isascii()
    return parted and len(gaps) > 1 and len(set(gaps)) == 1


def _has_any(text: str, signs: str | tuple[str, ...]) -> bool:
    return any(sign in text for sign in signs)


def inside(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """True where the stretch lies within one of the sorted spans."""
    place = bisect.bisect_right(spans, (start, sys.maxsize)) - 1
    return place >= 0 and spans[place][1] >= end
