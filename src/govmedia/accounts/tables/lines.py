"""The lines of a CSV file as rows. A quotation mark left open costs its own line, none of those after it."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence

# line (from 1), number of the cell (from 0), its text, why it cannot be read
Refuse = Callable[[int, int, str, str], None]


def rows_of_text(text: str, refuse: Refuse) -> Iterator[tuple[int, list[str]]]:
    """(line, cells) of each row, separated by commas or tabs; `refuse` hears of lines that cannot be told apart."""
    lines = list(io.StringIO(text, newline=""))
    first = lines[0] if lines else ""
    delimiter = "\t" if first.count("\t") > first.count(",") else ","
    start, width = 0, 0
    # One empty line more, so that a mark left open on the last line has something to swallow, too.
    lines.append("")
    while start < len(lines):
        begin, after = start, start
        reader = csv.reader((lines[at] for at in range(start, len(lines))), delimiter=delimiter)
        try:
            for cells in reader:
                after = start + reader.line_num
                if after - begin > 1 and _swallows(cells, lines[begin:after], delimiter, width):
                    break
                width = width or len(cells)
                yield begin + 1, cells
                begin = after
            else:
                return
        except csv.Error:
            # A cell longer than the reader takes: it has swallowed the lines up to here, too.
            after = start + reader.line_num
        _refuse_line(lines[begin], begin + 1, min(after, len(lines) - 1), delimiter, refuse)
        start = begin + 1


def _swallows(cells: Sequence[str], lines: Sequence[str], delimiter: str, width: int) -> bool:
    """True where a row of several lines is several rows taken for one.

    A line break within a cell is lawful, so these are told by what is not: marks that do not pair, more cells than
    there are columns, or a cell that holds as many separators as a whole row.
    """
    try:
        for _ in csv.reader(lines, delimiter=delimiter, strict=True):
            pass
    except csv.Error:
        return True
    broken = (cell for cell in cells if "\n" in cell or "\r" in cell)
    return len(cells) > (width or len(cells)) or any(cell.count(delimiter) >= max(1, width - 1) for cell in broken)


def _refuse_line(text: str, line: int, last: int, delimiter: str, refuse: Refuse) -> None:
    try:
        cells = next(csv.reader([text], delimiter=delimiter))
    except csv.Error:
        refuse(line, 0, "", "有一格过长，可能少了一个引号。这一行没有导入，其余各行照常。请改好后再导入。")
        return
    upto = f"，照它读会把后面直到第 {last:,} 行都并进这一格" if last > line else ""
    text = f"这一格的引号没有配对{upto}。这一行没有导入，其余各行照常。请补上或删去引号，再导入。"
    refuse(line, len(cells) - 1, cells[-1].strip(), text)
