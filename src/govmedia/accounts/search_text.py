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
    parts: list[str] = []
    for text in (name, short_name, organisation, *former_names):
        parts += [plain(text), plain("".join(syllables(text))), plain(initials(text))] if text else []
    unique = dict.fromkeys(part for part in (*parts[:3], plain(code), *parts[3:]) if part)
    return SEPARATOR.join(unique)[:MOST_CHARS]
