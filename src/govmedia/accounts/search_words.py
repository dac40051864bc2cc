"""What a search asks of the index: its words as an expression over tokens (`search_text`)."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import groupby, pairwise
from pathlib import Path
from typing import NamedTuple

from govmedia.accounts.search_text import pairs
from govmedia.engine.sounds import known_syllables, syllables
from govmedia.engine.tables import read_table
from govmedia.orgs.rights import stem

# A run of letters is read apart in so many ways at most: xian is 西安 and 现.
_MOST_READINGS = 4
# Of a long run two ways to read it are enough, and so many of its syllables; nobody types so many first letters.
_LONG, _MOST_TOKENS, _MOST_LETTERS, _SHORT = 20, 9, 16, 6
# From so many syllables on, the last one's first letter is enough: what it goes on with is common.
_ENOUGH = 4
# One wrong sign in a word shorter than this leaves nothing to go by.
SHORTEST_WRONG = 3
_LONGEST_WRONG = 16
# Shorter than this is hardly the name of a body: 区教育局.
_SHORTEST_BODY = 5


class Both(NamedTuple):
    """All of these."""

    parts: tuple["Ask", ...]


class Either(NamedTuple):
    """Any of these; none at all is found by nothing."""

    parts: tuple["Ask", ...]


Ask = str | Both | Either


def both(parts: Iterable[Ask]) -> Ask:
    kept = tuple(dict.fromkeys(parts))
    return kept[0] if len(kept) == 1 else Both(kept)


def either(parts: Iterable[Ask]) -> Ask:
    kept = tuple(dict.fromkeys(parts))
    return kept[0] if len(kept) == 1 else Either(kept)


def name_holds(word: str) -> Ask:
    """Names that hold the word, as written or as spoken."""
    return _holds(word, "")


def name_begins(word: str) -> Ask:
    """Names that begin with the word, and some that hold its parts elsewhere."""
    found: list[Ask] = [both([f"<{word[:2]}", *pairs(word)])]
    run = _runs(word)[0]
    rest = [_holds(word[len(run) :], "")] if len(run) < len(word) else []
    if rest and not run.isascii():
        found.append(both([f"<{run[:2]}", *pairs(run), *rest]))
    if run.isascii() and run.isalpha():
        found += [both([*_begun(units), *tokens, *rest]) for units, tokens in _spoken(run, "")]
    return either(found)


def anything(words: Sequence[str]) -> Ask:
    """What every word occurs in: a name, a former name, the organisation under any of its names."""
    return both(either([_anywhere(word), *_otherwise_called(word)]) for word in words)


def elsewhere(words: Sequence[str]) -> Ask:
    """`anything` but for what `name_holds` finds, where there is only one word."""
    if len(words) > 1:
        return anything(words)
    return either([_holds(words[0], "~"), *_otherwise_called(words[0])])


def nearly(word: str) -> Ask | None:
    """Names that hold the word but for one sign, or sound like it; None for what is too short to tell."""
    return _nearly(word, "", SHORTEST_WRONG)


def nearly_otherwise(word: str) -> Ask | None:
    """The same of the organisation and former names; None for what is too short to be the name of one."""
    return _nearly(word, "~", _SHORTEST_BODY)


def _nearly(word: str, mark: str, shortest: int) -> Ask | None:
    if not shortest <= len(word) <= _LONGEST_WRONG or word.isascii():
        return None
    half = len(word) // 2
    # What is asked of the rest where the slip lies in the first half, in the second, or across both.
    first, second, across = list[list[str]](), list[list[str]](), list[list[str]]()
    for at in range(len(word)):
        left, right = word[:at], word[at + 1 :]
        one_half = first if at < half else second
        one_half.append([*_pieces(left), *_pieces(right)])
        if right:
            swapped = [*_pieces(left), f"{right[0]}{word[at]}", *_pieces(right[1:])]
            (across if at == half - 1 else one_half).append(swapped)
    sounds = [f"={one}.{other}" for one, other in pairwise(syllables(word))]
    return either(
        [
            *_sharing(_pieces(word[half:]), first, mark),
            *_sharing(_pieces(word[:half]), second, mark),
            *(_all(pieces, mark) for pieces in (*across, sounds)),
        ]
    )


def _sharing(whole: list[str], groups: list[list[str]], mark: str) -> Iterator[Ask]:
    """Any of the groups, each of which holds `whole`: asked for once, it spares most of the work of each."""
    rest = [[piece for piece in group if piece not in whole] for group in groups]
    if all(rest):
        yield both([_all(whole, mark), either(_all(group, mark) for group in rest)])
    else:
        yield _all(whole, mark)


def _all(pieces: Iterable[str], mark: str) -> Ask:
    return both(f"{mark}{piece}" for piece in pieces)


def of_division(code: str) -> str:
    """The token of all accounts at and below a division."""
    return f"@{stem(code)}"


def _holds(word: str, mark: str) -> Ask:
    runs = _runs(word)
    if len(runs) == 1:
        return _run(word, mark)
    found: list[Ask] = [_written(word, mark)]
    if any(run.isascii() and len(run) > 1 for run in runs):
        found.append(both(_run(run, mark) for run in runs))
    return either(found)


def _written(word: str, mark: str) -> Ask:
    pieces = _pieces(word)
    return both(f"{mark}{piece}" for piece in (pieces[:_MOST_LETTERS] if word.isascii() else pieces))


def _run(run: str, mark: str) -> Ask:
    """A stretch of characters as written, one of letters as written or spoken."""
    found: list[Ask] = [_written(run, mark)]
    if run.isascii() and run.isalpha():
        found += [both(tokens) for _, tokens in _spoken(run, mark)]
    return either(found)


def _anywhere(word: str) -> Ask:
    return either([_holds(word, ""), _holds(word, "~")])


def _otherwise_called(word: str) -> Iterator[Ask]:
    """The word with the body in it under all its names, what stands around it apart."""
    form = next((one for one in _forms() if one in word), "")
    if not form:
        return
    before, _, after = word.partition(form)
    around = [_anywhere(part) for part in (before, after) if part]
    yield both([*around, either(_anywhere(name) for name in _forms()[form])])


def body_names(work: str) -> list[str]:
    """All that a body of this work is called without its place, `work` first; only that where no more is known."""
    return [work, *(one for one in _forms().get(work, ()) if one != work)]


@cache
def _forms() -> dict[str, list[str]]:
    """The names of a body by each of them, the longest first."""
    groups = read_table(Path(__file__).with_name("synonyms.toml"))["groups"]
    found: dict[str, list[str]] = {}
    for group in groups:
        for form in group:
            found.setdefault(form, []).extend(one for one in group if one not in found.get(form, ()))
    return dict(sorted(found.items(), key=lambda row: (-len(row[0]), row[0])))


def _runs(word: str) -> list[str]:
    return ["".join(run) for _, run in groupby(word, str.isascii)]


def _pieces(text: str) -> list[str]:
    return pairs(text) or [*text]


def _begun(units: Sequence[str]) -> list[Ask]:
    if len(units) == 1:
        return [f"<={units[0]}"]
    return [f"<+{units[0][0]}{units[1][0]}", *([f"<={units[0]}"] if len(units[0]) > 1 else [])]


@lru_cache(maxsize=512)
def _spoken(letters: str, mark: str) -> list[tuple[tuple[str, ...], tuple[Ask, ...]]]:
    """Ways to read letters: as syllables, the last perhaps begun only, and as first letters. Units and tokens."""
    return [(units, tuple(_tokens(units, mark))) for units in dict.fromkeys(_apart(letters))]


def _tokens(units: Sequence[str], mark: str) -> Iterator[str]:
    units = units[: _MOST_TOKENS + 1]
    whole = known_syllables()
    if len(units) == 1:
        yield f"{mark}={units[0]}"
        return
    last = len(units) - 1
    for at, (first, second) in enumerate(pairwise(units), 1):
        # the last may be a syllable and still the beginning of another: lo of lou
        if at < last and len(first) > 1 and len(second) > 1 and first in whole and second in whole:
            yield f"{mark}={first}.{second}"
        else:
            yield f"{mark}+{first[0]}{second[0]}"
            if len(units) < _ENOUGH:
                yield from (f"{mark}={unit}" for unit in (first, second) if len(unit) > 1)


@lru_cache(maxsize=512)
def _apart(letters: str) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    _read(letters, (), found)
    # the fewest syllables first: nan is read 南 before 那 and what begins with n
    ways = sorted(found, key=len)[: _MOST_READINGS if len(letters) <= _LONG else 2]
    # what reads as syllables to its end is hardly a row of first letters, unless it is short
    first_letters = 1 < len(letters) <= (_MOST_LETTERS if not ways else _SHORT)
    if not ways:
        ways = [_mixed(letters)]
    return [*ways, tuple(letters)] if first_letters else ways


def _mixed(letters: str) -> tuple[str, ...]:
    """Syllables where there are any, first letters between: jk gu lou."""
    units: list[str] = []
    while letters:
        length = next((n for n in range(min(6, len(letters)), 1, -1) if letters[:n] in known_syllables()), 1)
        units.append(letters[:length])
        letters = letters[length:]
    return tuple(units)


def _read(letters: str, before: tuple[str, ...], found: list[tuple[str, ...]]) -> None:
    if len(found) >= 4 * _MOST_READINGS:
        return
    if not letters:
        found.append(before)
        return
    if letters in _beginnings() and letters not in known_syllables() and (before or len(letters) > 1):
        found.append((*before, letters))
    for length in range(min(6, len(letters)), 0, -1):
        if letters[:length] in known_syllables():
            _read(letters[length:], (*before, letters[:length]), found)


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(sound[:length] for sound in known_syllables() for length in range(1, len(sound) + 1))
