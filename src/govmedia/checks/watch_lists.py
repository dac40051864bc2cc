"""The watch list as a declaration."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from govmedia.checks.models import Watched
from govmedia.common.listing import Column, Filter, Listing
from govmedia.engine.platforms import PLATFORMS, platform_label
from govmedia.orgs.queries import division_choices
from govmedia.orgs.rights import subtree


def _found(rows: QuerySet[Watched], value: str) -> QuerySet[Watched]:
    by_account = Q(account__name__contains=value) | Q(account__code=value.upper())
    return rows.filter(by_account | Q(account__organisation__name__contains=value))


def _of_division(rows: QuerySet[Watched], value: str) -> QuerySet[Watched]:
    first, after = subtree(value)
    return rows.filter(account__division__gte=first, account__division__lt=after)


def _cell(name: str) -> str:
    return f"checks/cells/{name}.html"


def _platforms(request: HttpRequest) -> list[tuple[str, str]]:
    return [(row.code, row.label) for row in PLATFORMS.values()]


def _after(row: Watched) -> Any:
    return row.after


WATCH = Listing(
    columns=(
        Column("account", "账号", ("account__name",), lambda row: row.account.name, _cell("watched_account")),
        Column("organisation", "主办单位", value=lambda row: row.account.organisation.name, hide_small=True),
        Column("platform", "平台", ("account__platform",), lambda row: platform_label(row.account.platform)),
        Column("division", "地区", ("account__division",), lambda row: row.account.division.full_name),
        Column("days", "未更新天数", ("days",), numeric=True),
        Column("after", "最近发布", ("after",), _after, _cell("watched_after")),
        Column("veto", "触及红线", ("veto_on",), lambda row: row.veto_on, _cell("watched_veto")),
        Column("reminded", "提醒", ("reminded_at",), lambda row: row.reminded_at, _cell("watched_reminded")),
    ),
    filters=(
        Filter("q", "账号、编号或单位", None, _found),
        Filter("platform", "平台", _platforms, lambda rows, value: rows.filter(account__platform=value)),
        Filter("division", "地区", lambda request: division_choices(request.user), _of_division),
    ),
    default_sort="-days",
)
