"""A field's text prepared once for all checks, with offsets kept.

`raw` is the field as given. `folded` has the same length, character for character, so that its offsets are the
field's own: full-width letters and digits made half-width, traditional characters simplified, look-alike letters and
digits made plain, letters in lower case. `squeezed` leaves out what evasions put between characters (blanks, symbols,
emoji, marks of no width); `origin(start, end)` leads back to the field.
"""

import bisect
import re
import sys
import unicodedata
from functools import cached_property, lru_cache
from pathlib import Path

from govmedia.engine.tables import read_table

_FOLDER = Path(__file__).parent / "data"
_LEXICON = Path(__file__).parents[1] / "lexicon"
# The pairs of opening and closing marks in which words are somebody else's or a title.
_TITLES = re.compile(r"《[^《》\n]{1,80}》")
_QUOTES = re.compile(r"“[^“”\n]{1,200}”|「[^「」\n]{1,200}」|『[^『』\n]{1,200}』")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[\w\-./?%&=#:~+@,;!]{1,500}|[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,63}", re.ASCII
)
_SENTENCE_END = re.compile(r"[。！？!?；;\n]")


@lru_cache(maxsize=1)
def _folding() -> dict[int, str]:
    table: dict[int, str] = {}
    for point in range(sys.maxunicode + 1):
        sign = chr(point)
        plain = unicodedata.normalize("NFKC", sign)
        # Only what stays one character keeps offsets; punctuation is left as written, it is judged by other checks.
        if len(plain) == 1 and plain != sign and plain.isalnum():
            table[point] = plain.lower()
        elif len(low := sign.lower()) == 1 and low != sign:
            table[point] = low
    table |= {ord(pair[0]): pair[1] for pair in read_table(_LEXICON / "traditional.toml")["pairs"]}
    return table


_ODD = re.compile(
    r"[^\u4e00-\u9fff\u3000-\u303f\uff0c\uff0e\uff1a\uff1b\uff1f\uff01\uff08\uff09“”‘’…—·0-9a-z\s!-/:-@\[-`{-~]"
)
_FILLER = re.compile(
    r"[\s\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe00-\ufe0f\u20e3*_~^|+=\-·•.,，。、/\\#@&%$…—☆★○●◆◇■□▲△※→←↑↓\U0001f000-\U0001faff\u2600-\u27bf]{1,8}"
)
_CORE = re.compile(r"[^\W_]")


class Text:
    """One field of one post. Cheap to make: all but `raw` is worked out when first asked for."""

    def __init__(self, raw: str) -> None:
        self.raw = raw

    def __len__(self) -> int:
        return len(self.raw)

    @cached_property
    def folded(self) -> str:
        """Same length as `raw`: full-width, traditional, look-alike and capital letters made plain."""
        return self.raw.translate(_folding()) if _ODD.search(self.raw) else self.raw

    @cached_property
    def _squeezing(self) -> tuple[str, list[int], list[int]]:
        """The squeezed text, and for each run of it where it starts there and where it starts in the field."""
        parts, there, here, length, last = [], [], [], 0, 0
        folded = self.folded
        for found in _FILLER.finditer(folded):
            if found.start() > last:
                parts.append(folded[last : found.start()])
                there.append(length)
                here.append(last)
                length += found.start() - last
            last = found.end()
        if last < len(folded):
            parts.append(folded[last:])
            there.append(length)
            here.append(last)
        return "".join(parts), there, here

    @property
    def squeezed(self) -> str:
        """`folded` without blanks, symbols and emoji between the characters."""
        return self._squeezing[0]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Where `squeezed[start:end]` stands in the field (end exclusive, fillers inside included)."""
        _, there, here = self._squeezing
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
        start = low
        for found in _SENTENCE_END.finditer(self.raw, low, place):
            start = found.end()
        after = _SENTENCE_END.search(self.raw, place, high)
        return start, after.start() if after else high


def _has_any(text: str, signs: str | tuple[str, ...]) -> bool:
    return any(sign in text for sign in signs)


def inside(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """True where the stretch lies within one of the sorted spans."""
    place = bisect.bisect_right(spans, (start, sys.maxsize)) - 1
    return place >= 0 and spans[place][1] >= end
