"""What an account is found by: its texts, folded, and the tokens that both databases index.

A token is a piece of a text with a mark before it, so that one index answers every kind of question:

| mark | piece |
|---|---|
| none | a sign of the name, or two that stand side by side |
| `~` | the same of the organisation, its short name, former names and the account's functions |
| `=` | a syllable of the name's pinyin, what it begins with (two letters or more), two syllables side by side |
| `+` | the first letters of two syllables side by side |
| `~=`, `~+` | the same of the other names |
| `<`, `<=`, `<+` | what the name begins with |
| `@` | the division and those above it, `@o` the organisation |

A token holds letters, digits, characters and `MARKS` only.
"""

import itertools
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from govmedia.engine.content.text import fold
from govmedia.engine.sounds import readings, syllables

# Raised where tokens change: the index is then written anew at the next start.
VERSION = 2
MARKS = "<~=+@."
ORGANISATION = "@o"
MOST_WORDS = 5
_LONGEST = 60
_CODE_LENGTHS = (2, 4, 6, 9)


class Entry(NamedTuple):
    """What the index keeps of an account: the folded name, its first letters, its readings (by character, with `/`
    between several), and the tokens with blanks between."""

    name: str
    initials: str
    sounds: str
    tokens: str


def normalise(text: str) -> str:
    """The letters, digits and characters of a text: simplified, small letters, width evened out; at most 60."""
    folded = unicodedata.normalize("NFKC", fold(unicodedata.normalize("NFKC", text))).casefold()
    return "".join(sign for sign in folded if sign.isalnum())[:_LONGEST]


def plain(text: str) -> str:
    """A code as it is meant: width and case evened out, blanks and control characters dropped."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in folded if sign.isprintable() and not sign.isspace())


def words_of(text: str) -> list[str]:
    """The words of a search, folded; all of them have to occur. Anything beyond the first few is ignored."""
    words = (normalise(word) for word in unicodedata.normalize("NFKC", text[:200]).split())
    return [word for word in words if word][:MOST_WORDS]


def compose(
    *,
    name: str,
    organisation: str,
    short_name: str = "",
    former_names: Iterable[str] = (),
    functions: Iterable[str] = (),
    place: str,
    body: int,
) -> Entry:
    """All an account is found by; `place` is its division's code, `body` the organisation's key."""
    folded = normalise(name)
    heard = readings(folded)
    former = list(former_names)
    others = dict.fromkeys(normalise(text) for text in (short_name, organisation, *former, *functions))
    spoken = dict.fromkeys(normalise(text) for text in (short_name or organisation, *former))
    tokens = {f"@{place[:length]}" for length in _CODE_LENGTHS if len(place) >= length} | {f"{ORGANISATION}{body}"}
    tokens.update(signs(folded))
    tokens.update(_spoken(heard))
    tokens.update(f"<{piece}" for piece in _first(folded, heard))
    tokens.update(f"~{piece}" for other in others for piece in signs(other))
    tokens.update(f"~{piece}" for other in spoken for piece in _spoken(readings(other)))
    return Entry(
        name=folded,
        initials="".join(part[0] for part in syllables(folded)),
        sounds=" ".join("/".join(one) for one in heard),
        tokens=" ".join(sorted(tokens)),
    )


def signs(text: str) -> Iterator[str]:
    """Every sign of a folded text, and every two side by side."""
    yield from text
    yield from pairs(text)


def pairs(text: str) -> list[str]:
    """Every two signs side by side."""
    return [text[at : at + 2] for at in range(len(text) - 1)]


def _spoken(heard: Sequence[Sequence[str]]) -> Iterator[str]:
    for one in heard:
        for sound in one:
            yield f"={sound}"
            yield from (f"={sound[:length]}" for length in range(2, len(sound)))
    for one, other in itertools.pairwise(heard):
        yield f"={one[0]}.{other[0]}"
        for first in one:
            for second in other:
                yield f"+{first[0]}{second[0]}"
                yield f"={first}.{second}"


def _first(name: str, heard: Sequence[Sequence[str]]) -> Iterator[str]:
    yield name[:1]
    yield name[:2]
    for sound in heard[0] if heard else ():
        yield from (f"={sound[:length]}" for length in range(1, len(sound) + 1))
    if len(heard) > 1:
        yield from (f"+{first[0]}{second[0]}" for first in heard[0] for second in heard[1])
