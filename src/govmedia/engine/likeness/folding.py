"""Names made plain: one spelling for what reads the same, and the words that only get added."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from govmedia.engine.tables import read_table

LEXICON = Path(__file__).parent.parent / "lexicon"
NAME_MAX = 60

_added = read_table(LEXICON / "added_words.toml")
ADDED_WORDS: tuple[str, ...] = tuple(sorted(_added["words"], key=len, reverse=True))
BODY_WORDS: tuple[str, ...] = tuple(sorted(_added["bodies"], key=len, reverse=True))
CLAIMS: tuple[str, ...] = tuple(sorted(_added["claims"], key=len, reverse=True))
PAIRS = read_table(LEXICON / "traditional.toml")["pairs"]
_TO_SIMPLIFIED = str.maketrans({pair[0]: pair[1] for pair in PAIRS if pair[0] != pair[1]})


@lru_cache(maxsize=4096)
def normalise(name: str) -> str:
    """The letters, digits and characters of a name: NFKC, lower case, simplified, without blanks or punctuation, and
    letters of other scripts that pass for one of ours (Unicode twins) as that one."""
    # Not above: it loads numpy, which commands that compare no names start without.
    from govmedia.engine.content.text import fold  # noqa: PLC0415

    text = fold(unicodedata.normalize("NFKC", name).casefold()).translate(_TO_SIMPLIFIED)
    return "".join(sign for sign in text if sign.isalnum())[:NAME_MAX]


@lru_cache(maxsize=4096)
def core(name: str) -> str:
    """The normalised name without added words at either end; the whole where nothing else would be left."""
    text = normalise(name)
    while shorter := next(_without_added(text), ""):
        text = shorter
    return text


def _without_added(text: str) -> Iterator[str]:
    for word in ADDED_WORDS:
        if len(text) > len(word):
            if text.endswith(word):
                yield text[: -len(word)]
            if text.startswith(word):
                yield text[len(word) :]
