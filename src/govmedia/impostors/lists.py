"""The desk's list of impostors as a declaration."""

from django.db.models import Q, QuerySet

from govmedia.common.listing import Column, Filter, Listing
from govmedia.engine.platforms import PLATFORMS, platform_label
from govmedia.impostors.models import Impostor
from govmedia.impostors.states import State


def _platform(row: Impostor) -> str:
    return platform_label(row.platform) if row.platform else "不明"


def _found(rows: QuerySet[Impostor], value: str) -> QuerySet[Impostor]:
    return rows.filter(Q(name__contains=value) | Q(imitates__name__contains=value) | Q(link__contains=value))


LISTING = Listing(
    columns=(
        Column("name", "可疑账号", ("name_order",), lambda row: row.name, "impostors/_cell_name.html"),
        Column("platform", "平台", ("platform",), _platform),
        Column(
            "imitates", "像哪个账号", ("imitates__name_order",),
            lambda row: row.imitates.name if row.imitates else "",
            "impostors/_cell_imitates.html",
        ),
        Column("told", "线索", ("told",), lambda row: row.told, numeric=True),
        Column("source", "来源", value=lambda row: row.get_source_display(), hide_small=True),
        Column("found", "发现", ("found_at",), lambda row: row.found_at, "impostors/_cell_found.html"),
        Column("state", "状态", ("state",), lambda row: row.get_state_display(), "impostors/_cell_state.html"),
    ),
    filters=(
        Filter("q", "名称、链接", None, _found),
        Filter("state", "状态", lambda request: State.choices, lambda rows, value: rows.filter(state=value)),
        Filter(
            "platform",
            "平台",
            lambda request: [(code, one.label) for code, one in PLATFORMS.items()],
            lambda rows, value: rows.filter(platform=value),
        ),
    ),
    default_sort="-found",
)  # fmt: skip
