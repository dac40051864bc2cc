"""Set phrases as frames with one slot: what may stand in it is known, and what else stands there is a slip.

Source: data/frames.toml, which names the document behind each.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from govmedia.engine.content.sieve import Patterns, ahead
from govmedia.engine.tables import read_table

_TABLE = Path(__file__).parent / "data" / "frames.toml"


@dataclass(frozen=True, slots=True)
class Frame:
    """One phrase. `pattern`: its first group is the slot; `right`: what may stand there, the usual one first;
    `sure`: nothing else is ever meant.
    """

    pattern: str
    right: tuple[str, ...]
    sure: bool
    source: str


@dataclass(frozen=True, slots=True)
class Slip:
    """A wrong filling of a frame, where it stands, and what should."""

    start: int
    end: int
    right: str
    sure: bool
    source: str


@cache
def frames() -> tuple[Frame, ...]:
    """The packaged table. Errors: TableError."""
    table = read_table(_TABLE)
    number = table["number"]
    return tuple(
        Frame(
            row["pattern"].replace("{N}", number),
            tuple(row["right"]),
            row.get("sure", False),
            table["sources"][row["source"]],
        )
        for row in table["frame"]
    )


def slips(raw: str) -> Iterator[Slip]:
    """Each frame of the text whose slot holds something else."""
    table = frames()
    for number, found in _patterns().finditer(raw):
        frame = table[number]
        if found[1] not in frame.right:
            yield Slip(found.start(1), found.end(1), frame.right[0], frame.sure, frame.source)


@ahead
@cache
def _patterns() -> Patterns:
    return Patterns([frame.pattern for frame in frames()])
