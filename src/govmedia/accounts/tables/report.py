"""What an import came to, and what was wrong with the table."""

import csv
import io
from dataclasses import dataclass, field

from govmedia.accounts.tables.columns import LABELS
from govmedia.common.refusals import Refused


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a table: the line in the file (from 1), the column's name, its value, and why."""

    line: int
    column: str
    value: str
    reason: str

    @property
    def text(self) -> str:
        return (
            f"{LABELS.get(self.column, self.column)}“{self.value[:40]}”：{self.reason}"
            if self.column
            else self.reason
        )


@dataclass(slots=True)
class Report:
    """What an import did."""

    created: int = 0
    changed: int = 0
    same: int = 0
    problems: list[Problem] = field(default_factory=list)
    # sentences about the table as a whole; no row was refused for them
    notices: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        head = f"新增 {self.created:,} 个，变更 {self.changed:,} 个，未变 {self.same:,} 个"
        bad = len({one.line for one in self.problems})
        return f"{head}，{bad:,} 行有问题未导入。" if bad else f"{head}。"


class BadCell(Refused):
    """A cell that cannot be read; `field` is its column."""


class BadFile(Refused):
    """A file that cannot be read from `line` on."""

    def __init__(self, text: str, line: int = 1) -> None:
        super().__init__(text)
        self.line = line


def report_csv(report: Report) -> str:
    """The problems as CSV: line,column,value,reason."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["line", "column", "value", "reason"])
    writer.writerows([one.line, one.column, one.value, one.reason] for one in report.problems)
    return out.getvalue()
