"""Keys by which a name is found among a million: whoever imitates a name shares at least one of them with it.

A key is the hash of half of the name's sounds, those at even or at odd places, so that one character may be replaced
by anything and any number by what sounds alike; a third one is of all its characters in no order and without ranks.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b

from govmedia.engine.content.confusable import plain_sound
from govmedia.engine.likeness.folding import ADDED_WORDS, CLAIMS, normalise
from govmedia.engine.likeness.places import places
from govmedia.engine.pinyin import toneless, written_readings

_ANYWHERE = re.compile("|".join(re.escape(word) for word in CLAIMS if len(word) > 1))
_AT_END = tuple(word for word in CLAIMS if len(word) == 1)
_RANKS = frozenset("省市区县州旗镇乡")
# A number that is counted on; what is longer is a hotline's, such as 12345.
_NUMBERED = re.compile(r"(?<!\d)\d{1,2}$")
VARIANTS_MOST = 8


@lru_cache(maxsize=4096)
def bare(name: str) -> str:
    """The normalised name without claims (官方, 直播间); the whole where less than two characters would be left."""
    whole = normalise(name)
    text = _ANYWHERE.sub("", whole)
    while len(text) > 2 and text.endswith(_AT_END):
        text = text[:-1]
    return text if len(text) > 1 else whole


@lru_cache(maxsize=4096)
def variants(name: str) -> tuple[str, ...]:
    """What a name may have been made from: itself without claims, and without one or two of the words that get added,
    or a number at its end.

    A bare place is nobody's name.
    """
    found = [bare(name)]
    for _ in range(2):
        for text in tuple(found):
            found += [shorter for shorter in _shorter(text) if shorter not in found]
    return tuple(found[:VARIANTS_MOST])


def _shorter(text: str) -> Iterator[str]:
    if (number := _NUMBERED.search(text)) and number.start() > 2 and text[: number.start()] not in places():
        yield text[: number.start()]
    for word in ADDED_WORDS:
        if len(word) > 1 and word in text:
            rest = text.replace(word, "", 1)
            if len(rest) > 2 and rest not in places():
                yield rest


@lru_cache(maxsize=8192)
def _sound(sign: str) -> str:
    found = written_readings(sign)
    return plain_sound(toneless(found[0])) if found else sign


def keys_of(text: str) -> tuple[int, ...]:
    """The keys of a variant, as signed whole numbers of 64 bits."""
    sounds = [_sound(sign) for sign in text]
    length = str(len(text))
    return _hashed(["e", length, *sounds[::2]]), _hashed(["o", length, *sounds[1::2]]), signs_key(text)


def signs_key(text: str) -> int:
    """The key of a variant that is of its characters alone."""
    return _hashed(["b", *sorted(sign for sign in text if sign not in _RANKS)])


def index_keys(name: str) -> tuple[int, ...]:
    """The keys under which a name is kept."""
    text = bare(name)
    return tuple(dict.fromkeys(keys_of(text))) if text else ()


def search_keys(name: str) -> tuple[int, ...]:
    """The keys under which a name that this one imitates is found."""
    return tuple(dict.fromkeys(key for text in variants(name) if text for key in keys_of(text)))


def _hashed(parts: list[str]) -> int:
    return int.from_bytes(blake2b("\x1f".join(parts).encode(), digest_size=8).digest(), "big", signed=True)
