"""Known names found in a text although one character of them is wrong, missing, too many or out of place.

One slip leaves at least one half of a name as it should be: both halves of a long name stand in an automaton, and
only where a half is found is the rest compared. The halves of a short name are common words: of short names the
automaton holds the slips themselves, those that typing makes. Either way linear in the text, whatever the text.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from daachorse import CharwiseDoubleArrayAhoCorasick

from govmedia.engine.content.confusable import alike, taken_for
from govmedia.engine.content.sieve import Words

_LONG = 6
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Near:
    """A stretch that is one slip away from `name`. `slip` is wrong, missing, extra or swapped.

    `found` and `meant` are the characters that differ (empty for none); `at_edge`: the first or last of the name.
    `slip` empty: one of the words asked for, as it is.
    """

    start: int
    end: int
    name: str
    slip: str
    found: str = ""
    meant: str = ""
    at_edge: bool = False

    @property
    def typing(self) -> bool:
        """True where the slip is one that typing makes: a like character, a doubled or a swapped one."""
        if self.slip == "wrong":
            return alike(self.found, self.meant)
        return self.slip == "swapped" or (self.slip == "extra" and self.found in self.name)


def is_han(sign: str) -> bool:
    """True for one common Chinese character."""
    return len(sign) == 1 and "\u4e00" <= sign <= "\u9fff"


def slip_after(text: str, place: int, rest: str) -> tuple[str, int, int] | None:
    """How `text` from `place` on differs from `rest` by one slip: its kind, its place in rest, length in the text.

    None where it does not differ, or by more than one.
    """
    size = len(rest)
    have = text[place : place + size + 1]
    # One slip leaves the beginning of the rest or its end as it should be: most stretches are told apart by that.
    half = size // 2
    if have[:half] != rest[:half] and rest[half + 1 :] not in have[half:]:
        return None
    same = next((n for n, (one, other) in enumerate(zip(have, rest, strict=False)) if one != other), -1)
    if same < 0:
        return None
    if have[same + 1 :] == rest[same:]:
        return "extra", same, size + 1
    if have[same + 1 : size] == rest[same + 1 :] and len(have) >= size:
        return "wrong", same, size
    if have[same : same + 2] == rest[same : same + 2][::-1] and have[same + 2 : size] == rest[same + 2 :]:
        return "swapped", same, size
    if same + 1 < size and have[same : size - 1] == rest[same + 1 :]:
        return "missing", same, size - 1
    return None


class Names:
    """Names of four or more characters, ready to be looked for.

    `allowed` are near ones that are right too. `common` are halves too frequent to look at each: behind or before
    them only the slips that typing makes are found. `words` are found as they are, in the same pass.
    """

    def __init__(
        self,
        names: Iterable[str],
        allowed: Collection[str] = (),
        common: Collection[str] = (),
        words: Iterable[str] = (),
    ) -> None:
        self.names = frozenset(name for name in names if len(name) >= _SHORTEST)
        self._allowed = frozenset(allowed) | self.names
        self._common = frozenset(common)
        self._words = frozenset(words)
        # What the other half of each half is, ahead or behind.
        self._halves: dict[str, list[tuple[str, bool]]] = {}
        for name in sorted(self.names):
            left, right = _halves(name)
            if len(name) >= _LONG and left not in self._common:
                self._halves.setdefault(left, []).append((right, True))
            if len(name) >= _LONG and right not in self._common:
                self._halves.setdefault(right, []).append((left[::-1], False))

    def patterns(self) -> dict[str, str]:
        """What must be looked for in a text, each with what `at` wants to be told: a name, empty for halves.

        Made when asked for and not kept: there are many slips.
        """
        found: dict[str, str] = {}
        for name in sorted(self.names):
            left, right = _halves(name)
            short = len(name) < _LONG
            first = 0 if short or right in self._common else len(left) if left in self._common else len(name)
            found.update((slip, name) for slip in _slips(name, first) if slip not in self._allowed)
            # Two characters that change places across the middle leave no half as it is.
            found.update((slip, name) for slip in _swapped(name, len(left) - 1) if not short)
        found.update((word, word) for word in self._words)
        return dict.fromkeys(self._halves, "") | found

    def at(self, text: str, start: int, end: int, name: str) -> Iterator[Near]:
        """Yield what the pattern that stands at the place belongs to; allowed ones are left out."""
        pattern = text[start:end]
        if name:
            yield _near(pattern, start, name)
        for rest, ahead in self._halves.get(pattern, ()):
            found = _ahead(text, start, end, rest) if ahead else _behind(text, start, end, rest)
            if found and text[found.start : found.end] not in self._allowed and not _whole(text, found):
                yield found


class Search:
    """Several sets of names, looked for in one pass. `shared`: in that of all patterns, for as long as we run."""

    def __init__(self, *, shared: bool = False, **groups: Names) -> None:
        self._groups = groups
        patterns: dict[str, tuple[tuple[str, str], ...]] = {}
        # The slips of a name all lead to one and the same value: there are ten times as many slips as names.
        same: dict[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]] = {}
        for group, names in groups.items():
            for pattern, name in names.patterns().items():
                asked = (*patterns.get(pattern, ()), (group, name))
                patterns[pattern] = same.setdefault(asked, asked)
        ordered = sorted(patterns)
        self._asked = [patterns[pattern] for pattern in ordered]
        self._found = Words(ordered).find if shared else CharwiseDoubleArrayAhoCorasick(ordered).find_overlapping

    def find(self, text: str) -> dict[str, list[Near]]:
        """By group, what stands in the text, in about its order; groups without a find are left out."""
        found: dict[str, list[Near]] = {}
        for start, end, number in self._found(text):
            for group, name in self._asked[number]:
                for near in self._groups[group].at(text, start, end, name):
                    found.setdefault(group, []).append(near)
        return found


def _halves(name: str) -> tuple[str, str]:
    return name[: len(name) // 2], name[len(name) // 2 :]


def _near(pattern: str, start: int, name: str) -> Near:
    """How a pattern that stands at a place differs from its name."""
    slip = slip_after(pattern, 0, name)
    if slip is None:
        return Near(start, start + len(pattern), name, "")
    kind, place, _ = slip
    found, meant = _signs(pattern[place : place + 2], name[place : place + 2], kind)
    edge = kind == "wrong" and place in (0, len(name) - 1)
    return Near(start, start + len(pattern), name, kind, found, meant, edge)


def _whole(text: str, near: Near) -> bool:
    """True where the name itself stands over the stretch: a character too many beside it is no slip."""
    return text.find(near.name, max(0, near.start - 1), near.end + 1) >= 0


def _ahead(text: str, start: int, end: int, rest: str) -> Near | None:
    if text.startswith(rest, end) or not (slip := slip_after(text, end, rest)):
        return None
    kind, place, length = slip
    found, meant = _signs(text[end + place : end + place + 2], rest[place : place + 2], kind)
    if found and not all(map(is_han, found)):
        return None
    edge = kind == "wrong" and place == len(rest) - 1
    return Near(start, end + length, text[start:end] + rest, kind, found, meant, edge)


def _behind(text: str, start: int, end: int, rest: str) -> Near | None:
    before = text[max(0, start - len(rest) - 1) : start][::-1]
    if before.startswith(rest) or not (slip := slip_after(before, 0, rest)):
        return None
    kind, place, length = slip
    found, meant = _signs(before[place : place + 2], rest[place : place + 2], kind)
    if found and not all(map(is_han, found)):
        return None
    edge = kind == "wrong" and place == len(rest) - 1
    return Near(start - length, end, rest[::-1] + text[start:end], kind, found[::-1], meant[::-1], edge)


def _signs(have: str, want: str, kind: str) -> tuple[str, str]:
    if kind == "wrong":
        return have[:1], want[:1]
    if kind == "missing":
        return "", want[:1]
    if kind == "extra":
        return have[:1], ""
    return have, want


def _slips(name: str, first: int) -> Iterator[str]:
    """The slips that typing makes from a place in a name on."""
    last = len(name) - 1
    for place, sign in list(enumerate(name))[first:]:
        before, after, edge = name[:place], name[place + 1 :], place in (0, last)
        for mate in taken_for(sign):
            yield before + mate + after
        # 中国科学院院长: a first or last character met twice belongs to the next word.
        if not edge:
            yield before + sign + sign + after
        if not edge and len(name) > _SHORTEST:
            yield before + after
        yield from _swapped(name, place)


def _swapped(name: str, place: int) -> Iterator[str]:
    """The name with the character at a place and the one behind it changed about, if that makes a difference."""
    pair = name[place : place + 2]
    if len(set(pair)) == 2:
        yield name[:place] + pair[::-1] + name[place + 2 :]
