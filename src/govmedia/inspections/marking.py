"""A text cut into plain and marked pieces, for pages that show hits in place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from govmedia.inspections.states import WEIGHTS


class Placed(Protocol):
    """What marking needs to know of a hit."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...

    @property
    def level(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `number` names the hit it belongs to, 0 where it is plain."""

    text: str
    number: int = 0
    level: str = ""


def pieces(raw: str, hits: Sequence[Placed], first: int = 1) -> list[list[Piece]]:
    """The lines of a text, each as its pieces. Where hits overlap the gravest one shows, of equals the shorter.

    The hits are numbered from `first`, so that those of a text can go on from those of its title.
    """
    owner = _owners(len(raw), hits)
    lines: list[list[Piece]] = [[]]
    start = 0
    for place in range(1, len(raw) + 1):
        if place == len(raw) or owner[place] != owner[start] or raw[place] == "\n" or raw[place - 1] == "\n":
            _add(lines, raw[start:place], owner[start], hits, first)
            start = place
    return [line for line in lines if line]


def _owners(length: int, hits: Sequence[Placed]) -> list[int]:
    owner = [0] * length
    order = sorted(range(len(hits)), key=lambda i: (WEIGHTS[hits[i].level], hits[i].start - hits[i].end))
    for number in order:
        for place in range(hits[number].start, min(hits[number].end, length)):
            owner[place] = number + 1
    return owner


def _add(lines: list[list[Piece]], text: str, owner: int, hits: Sequence[Placed], first: int) -> None:
    if text == "\n":
        lines.append([])
    elif text:
        piece = Piece(text, owner - 1 + first, hits[owner - 1].level) if owner else Piece(text)
        lines[-1].append(piece)


@dataclass(frozen=True, slots=True)
class Change:
    """Characters `start` to `end` of a text are to become `words`."""

    start: int
    end: int
    words: str


def changed(raw: str, changes: Iterable[Change]) -> str:
    """The text with the changes made; of two that overlap the earlier one is made, the later one left."""
    parts, last = [], 0
    for change in sorted(changes, key=lambda one: (one.start, one.end)):
        if change.start < last:
            continue
        parts += [raw[last : change.start], change.words]
        last = change.end
    return "".join([*parts, raw[last:]])
