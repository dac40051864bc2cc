"""The list of specimens as a declaration."""

from django.db.models import Q, QuerySet

from govmedia.common.listing import Column, Filter, Listing
from govmedia.inspections.lists import checks_of, title_of
from govmedia.inspections.models import Specimen

_STANDINGS = (("waits", "待复核"), ("holds", "相符"), ("fails", "不符"), ("untried", "还没有试"))


def standing_of(row: Specimen) -> str:
    """What became of a specimen, in a word."""
    if row.approved_at is None:
        return "待复核"
    return {True: "相符", False: "不符", None: "还没有试"}[row.holds]


def _standing(rows: QuerySet[Specimen], value: str) -> QuerySet[Specimen]:
    if value == "waits":
        return rows.filter(approved_at__isnull=True)
    holds = {"holds": True, "fails": False}.get(value)
    return rows.filter(approved_at__isnull=False, holds=holds)


LISTING = Listing(
    columns=(
        Column("text", "句子", value=lambda row: row.text, cell="inspections/cells/specimen.html"),
        Column("found", "所指", value=lambda row: row.found, hide_small=True),
        Column("check", "检查项", ("check_code",), lambda row: title_of(row.check_code), hide_small=True),
        Column("expects", "应当", ("is_error",), lambda row: "查出" if row.is_error else "放过"),
        Column("standing", "现在", ("holds",), standing_of, "inspections/cells/standing.html"),
        Column("why", "理由", value=lambda row: row.why, hide_small=True),
        Column("by", "提议", value=lambda row: row.proposed_by.name, hide_small=True),
        Column("approved", "复核", ("approved_at",), lambda row: row.approved_by.name if row.approved_by else ""),
    ),
    filters=(
        Filter("q", "句子", None, lambda rows, value: rows.filter(Q(text__contains=value))),
        Filter("check", "检查项", checks_of, lambda rows, value: rows.filter(check_code=value)),
        Filter("standing", "现在", lambda request: _STANDINGS, _standing),
        Filter(
            "expects",
            "应当",
            lambda request: (("found", "查出"), ("passed", "放过")),
            lambda rows, value: rows.filter(is_error=value == "found"),
        ),
    ),
    default_sort="-approved",
)
