"""What an account is found by, as short texts of plain characters that a scan can read fast."""

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from govmedia.accounts.sounds import initials, syllables

# A search reads every row, so a row stays short; longer ones are cut, the name always comes first.
MOST_CHARS = 600
SEPARATOR = "\n"


class Texts(NamedTuple):
    """An account's names as written, and all that is typed in Latin letters and digits: code, pinyin, initials."""

    names: str
    typed: str


def plain(text: str) -> str:
    """Folded for comparison: width and case evened out, blanks and control characters dropped."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in folded if sign.isprintable() and not sign.isspace())


def terms(text: str, most: int = 5) -> list[str]:
    """The words of a search, folded; all of them have to occur. Anything beyond the first few is ignored."""
    words = (plain(word)[:80] for word in unicodedata.normalize("NFKC", text[:1000]).split())
    return [word for word in words if word][:most]


def column_for(word: str) -> str:
    """The text in which a word is looked for: characters stand in names only, and every Latin letter or digit of a
    name stands in its pinyin and initials too."""
    return "typed" if word.isascii() else "names"


def compose(
    *, code: str, name: str, organisation: str, short_name: str = "", former_names: Iterable[str] = ()
) -> Texts:
    """All an account is found by.

    Parts are kept apart, so that no hit runs over the end of one into the next.
    """
    former = list(former_names)
    # The short name's pinyin is what people type; the whole name's would be a third of the text.
    spoken = [name, short_name or organisation, *former]
    names = [name, short_name, organisation, *former]
    typed = [code, *("".join(syllables(text)) for text in spoken), *(initials(text) for text in names)]
    return Texts(_joined(names), _joined(typed))


def _joined(parts: Iterable[str]) -> str:
    return SEPARATOR.join(_without_repeats([plain(part) for part in parts]))[:MOST_CHARS]


def _without_repeats(parts: list[str]) -> list[str]:
    """The parts that no other holds: an account is mostly named after its organisation."""
    unique = [part for part in dict.fromkeys(parts) if part]
    return [part for part in unique if not any(part != other and part in other for other in unique)]
