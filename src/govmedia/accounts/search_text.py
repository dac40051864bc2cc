"""What an account is found by, as one line of plain characters a scan can read fast."""

import unicodedata
from collections.abc import Iterable

from govmedia.accounts.sounds import initials, syllables

# A search reads every row, so a row stays short; longer ones are cut, the name always comes first.
MOST_CHARS = 600
SEPARATOR = "\n"


def plain(text: str) -> str:
    """Folded for comparison: width and case evened out, blanks and control characters dropped."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in folded if sign.isprintable() and not sign.isspace())


def terms(text: str, most: int = 5) -> list[str]:
    """The words of a search, folded; all of them have to occur. Anything beyond the first few is ignored."""
    words = (plain(word)[:80] for word in unicodedata.normalize("NFKC", text[:1000]).split())
    return [word for word in words if word][:most]


def compose(
    *, code: str, name: str, organisation: str, short_name: str = "", former_names: Iterable[str] = ()
) -> str:
    """All an account is found by: names as written, their full pinyin and initials, and its code.

    Parts are kept apart, so that no hit runs over the end of one into the next.
    """
    names = [text for text in (name, short_name, organisation, *former_names) if text]
    parts = [part for text in names for part in (plain(text), plain("".join(syllables(text))), plain(initials(text)))]
    if short_name:
        # The short name's pinyin is what people type; the whole name's would be a third of the row.
        parts.remove(plain("".join(syllables(organisation))))
    return SEPARATOR.join(_without_repeats([plain(code), *parts]))[:MOST_CHARS]


def _without_repeats(parts: list[str]) -> list[str]:
    """The parts that no other holds: an account is mostly named after its organisation."""
    unique = [part for part in dict.fromkeys(parts) if part]
    return [part for part in unique if not any(part != other and part in other for other in unique)]
