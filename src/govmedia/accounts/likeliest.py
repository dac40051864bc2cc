"""How near a name is to what somebody typed, told from the few rows that the index gave."""

from govmedia.accounts.search_index import Row
from govmedia.engine.sounds import syllables

EXACT, BEGINS, HOLDS, OTHERWISE, NEARLY = range(5)


def nearness(row: Row, word: str) -> int:
    """EXACT for the very name, BEGINS and HOLDS for a name that begins so or holds it, else OTHERWISE.

    Letters may stand for sounds: whole syllables, first letters, and a last syllable that is only begun.
    """
    if row.name == word:
        return EXACT
    if row.name.startswith(word):
        return min(BEGINS, _heard(row, word))
    if word in row.name:
        return min(HOLDS, _heard(row, word))
    return _heard(row, word)


def slip(row: Row, word: str) -> int:
    """Between a name and a word that differ in one sign: 0 where they sound alike, 1 where nothing else differs,
    2 where the name holds more."""
    if len(row.name) == len(word) and syllables(row.name) == syllables(word):
        return 0
    return 1 if one_apart(row.name, word) else 2


def one_apart(one: str, other: str) -> bool:
    """True where a sign was changed, left out, added, or changed places with the next.

    >>> one_apart("苏州交警", "苏洲交警"), one_apart("苏州交警", "苏交州警"), one_apart("苏州交警", "扬洲交警")
    (True, True, False)
    """
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    left, right = one[start:], other[start:]
    if len(left) != len(right):
        return left[1:] == right or left == right[1:]
    return left[1:] == right[1:] or (left[:2] == right[1::-1] and left[2:] == right[2:])


def _heard(row: Row, word: str) -> int:
    """The same of the name as spoken."""
    if not any(sign.isascii() for sign in word):
        return OTHERWISE
    options = [
        {sign, *sounds.split("/"), *(sound[0] for sound in sounds.split("/"))}
        for sign, sounds in zip(row.name, row.sounds.split(), strict=True)
    ]
    best = OTHERWISE
    for start in range(len(options)):
        end = _end(options[start:], word)
        if end and start:
            return min(best, HOLDS)
        if end:
            return EXACT if end == len(options) else BEGINS
    return best


def _end(options: list[set[str]], word: str) -> int:
    """After how many signs the word is spoken to its end, 0 where it is not; a syllable only begun counts as more
    than all of them."""
    at = {0}
    for number, sounds in enumerate(options, 1):
        reached = {place + len(sound) for place in at for sound in sounds if word.startswith(sound, place)}
        if len(word) in reached:
            return number
        if any(len(sound) > 1 and sound.startswith(word[place:]) for place in at for sound in sounds):
            return len(options) + 1
        at = reached
        if not at:
            return 0
    return 0
