"""About where a document ends, to place the closing block: a .docx is paged by whoever opens it.

Lines have a fixed height and characters a fixed width, so the estimate is good to a line or two in a short document.
Long tables wrap differently in every reader: there the block gets an even page of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from govmedia.engine.bulletins.paper import Paper, Sheet
from govmedia.engine.bulletins.widths import ems, lines_of

HEIGHT, LINE, TITLE_LINE = 637.8, 28.95, 35.0
# Up to so many pages the estimate is trusted.
SURE_PAGES = 12
_EMS = 28
# 156 mm in points, and what the cells' margins take of a column.
_WIDTH, _MARGIN = 442.2, 6.0


@dataclass(frozen=True, slots=True)
class End:
    """The last page and how many points of it are taken."""

    page: int
    used: float

    def takes_closing(self, points: float) -> bool:
        """Whether a closing block of this height can surely stand at the foot of this page."""
        return self.page % 2 == 0 and self.page <= SURE_PAGES and self.used + points <= HEIGHT


def end_of(paper: Paper) -> End:
    """Where everything but the closing block ends."""
    page, used = 1, 0.0
    for height in _heights(paper):
        if height is None:
            page, used = page + 1, 0.0
            continue
        if used + height > HEIGHT + 0.5:
            page, used = page + 1, 0.0
        used += height
    return End(page, used)


def _heights(paper: Paper) -> Iterator[float | None]:
    """What stands below each other, in points; None is a new page."""
    yield 99.2 + mark_size(paper.mark) * 1.1
    yield from (LINE for _ in range(3))
    yield 2 * LINE + TITLE_LINE * len(paper.lines)
    yield LINE
    if paper.addressees:
        yield from (LINE for _ in range(lines_of(paper.addressees, _EMS)))
    for block in paper.blocks:
        yield from (LINE for _ in range(lines_of(block.text, _EMS) if block.level else _lines(block.text)))
    if paper.annex_note:
        yield from (LINE for _ in range(1 + len(paper.annex_note)))
    yield LINE * (4 if paper.day else 3)
    if paper.remark:
        yield LINE
    for sheet in paper.sheets:
        yield None
        yield from _of_sheet(sheet)


def _lines(text: str) -> int:
    return max(1, ceil((ems(text) + 2) / _EMS))


def _of_sheet(sheet: Sheet) -> Iterator[float]:
    yield 3 * LINE + TITLE_LINE * len(sheet.lines)
    for text in sheet.text:
        yield from (LINE for _ in range(_lines(text)))
    line = 15.0 if sheet.size == 12 else 13.5
    widths = [(share * _WIDTH - _MARGIN) / sheet.size for share in sheet.shares]
    for row in (sheet.columns, *sheet.rows) if sheet.columns else ():
        yield 3.5 + line * max(lines_of(cell, width) for cell, width in zip(row, widths, strict=True))


def mark_size(mark: str) -> float:
    """Points of the issuing body's mark: as large as fits in one line, 小标宋 of at most 44 pt."""
    return max(22.0, min(44.0, int(2 * 430 / max(ems(mark), 1)) / 2))
