"""Pieces found in a text, put together to the sentences they stand in: what an editor judges is a sentence."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govmedia.engine.content.text import Text

# A stretch of sentences up to this length is shown as a whole.
LONGEST = 80
# So many pieces of one text are looked at; a text with more was made to be slow, and is marked all over as it is.
MOST_PIECES = 1000


class Piece(NamedTuple):
    """Something found: where, and the number of the rule that found it."""

    start: int
    end: int
    rule: int


class Clause(NamedTuple):
    """Sentences right behind one another, each with a piece, or the stretch from their first piece to their last."""

    start: int
    end: int
    rules: tuple[int, ...]


def clauses(text: Text, pieces: Iterable[Piece]) -> Iterator[Clause]:
    """The sentences with pieces, in the order of the text."""
    open_: list[Piece] = []
    low = high = -1
    for piece in sorted(pieces):
        first, last = text.sentence(piece.start)
        if open_ and first > high + 1:
            yield _closed(text.raw, low, high, open_)
            open_ = []
        low, high = low if open_ else first, max(last, piece.end, high if open_ else 0)
        open_.append(piece)
    if open_:
        yield _closed(text.raw, low, high, open_)


def _closed(raw: str, low: int, high: int, pieces: list[Piece]) -> Clause:
    low += len(raw[low:high]) - len(raw[low:high].lstrip())
    if high - low > LONGEST:
        low, high = pieces[0].start, max(piece.end for piece in pieces)
    return Clause(low, high, tuple(piece.rule for piece in pieces))
