"""The list of bulletins, as a declaration."""

from django.db.models import Q, QuerySet

from govmedia.bulletins.models import Bulletin
from govmedia.bulletins.states import BULLETIN
from govmedia.common.clock import day_of
from govmedia.common.listing import Column, Filter, Listing


def _cell(name: str) -> str:
    return f"bulletins/cells/{name}.html"


def _found(rows: QuerySet[Bulletin], value: str) -> QuerySet[Bulletin]:
    return rows.filter(Q(title__contains=value) | Q(number__contains=value))


LISTING = Listing(
    columns=(
        Column("title", "通报", ("title",), lambda row: row.title, _cell("title")),
        Column("number", "发文字号", ("number",), lambda row: row.number),
        Column(
            "division", "组织单位", ("round__division",), lambda row: row.round.division.full_name, hide_small=True
        ),
        Column("round", "检查轮次", ("round__end_on",), lambda row: row.round.name, hide_small=True),
        Column("state", "状态", ("state",), lambda row: row.get_state_display(), _cell("state")),
        Column("signed", "成文日期", ("signed_on",), lambda row: row.signed_on or ""),
        Column("changed", "文字改于", ("changed_at",), lambda row: day_of(row.changed_at), hide_small=True),
    ),
    filters=(
        Filter("q", "标题或字号", None, _found),
        Filter("state", "状态", lambda request: BULLETIN.choices, lambda rows, value: rows.filter(state=value)),
    ),
    default_sort="-changed",
)
