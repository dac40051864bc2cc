"""A bulletin's own lists as the tables of its annexes; columns that are empty throughout are left out."""

from collections.abc import Callable, Sequence

from govmedia.engine.bulletins.placeholders import chinese_date
from govmedia.engine.bulletins.shape import Annex, Bulletin, NamedAccount
from govmedia.engine.bulletins.widths import ems

Table = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]
Column = tuple[str, Callable[[NamedAccount], str]]
# A column is at least so wide, and at most, in ems of its text.
NARROWEST, WIDEST, SHORT = 2.0, 20.0, 8.0
# What a cell's margins take, in ems.
MARGIN = 0.8

_WHO: tuple[Column, ...] = (
    ("账号名称", lambda row: row.account),
    ("平台", lambda row: row.platform),
    ("主办单位", lambda row: row.organisation),
)
_COLUMNS: dict[str, tuple[Column, ...]] = {
    "sampled": (
        *_WHO,
        ("层级", lambda row: row.level),
        ("得分", lambda row: _number(row.score)),
        ("结果", lambda row: row.result or "未评定"),
    ),
    "failing": (*_WHO, ("不合格情形", lambda row: row.indicator), ("说明", lambda row: row.detail)),
    "deductions": (
        *_WHO,
        ("扣分指标", lambda row: row.indicator),
        ("扣分", lambda row: _number(row.points)),
        ("次数", lambda row: _number(row.times)),
        ("说明", lambda row: row.detail),
    ),
    "rectification": (
        *_WHO,
        ("整改内容", lambda row: row.indicator),
        ("整改期限", lambda row: chinese_date(row.due)),
    ),
}


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def table_of(bulletin: Bulletin, annex: Annex) -> Table:
    """Column heads and rows, numbered."""
    if not annex.of:
        return annex.columns, annex.rows
    accounts = _rows(bulletin, annex.of)
    columns = _COLUMNS[annex.of]
    kept = [column for column in columns if any(column[1](row) for row in accounts)] or list(_WHO)
    rows = tuple((str(number), *(read(row) for _, read in kept)) for number, row in enumerate(accounts, 1))
    return ("序号", *(head for head, _ in kept)), rows


def _rows(bulletin: Bulletin, of: str) -> Sequence[NamedAccount]:
    failing, deductions = bulletin.failing or (), bulletin.deductions or ()
    if of == "sampled":
        return bulletin.sampled_accounts
    if of == "failing":
        return failing
    return deductions if of == "deductions" else [row for row in (*failing, *deductions) if row.due]


def shares_of(columns: Sequence[str], rows: Sequence[Sequence[str]], width: float) -> tuple[float, ...]:
    """The columns' shares of a table `width` ems wide, by what most of their cells need; they add up to 1.

    Where there is too little, the widest columns give way first; what is left over goes to them too.
    """
    needs = []
    for place, head in enumerate(columns):
        widths = sorted(ems(row[place]) for row in rows) or [0.0]
        # Short words are never broken; of long ones a few may be.
        usual = widths[-1] if widths[-1] <= SHORT else max(SHORT, widths[len(widths) * 9 // 10])
        needs.append(min(max(ems(head), usual, NARROWEST), WIDEST) + MARGIN)
    spare = max(needs, default=0.0)
    while sum(min(need, spare) for need in needs) > width and spare > NARROWEST + MARGIN:
        spare -= 0.25
    given = [min(need, spare) for need in needs]
    return tuple(one / sum(given) for one in given)
