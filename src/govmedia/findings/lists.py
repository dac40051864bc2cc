"""The list of findings as a declaration."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from govmedia.common.listing import Column, Filter, Listing
from govmedia.engine.platforms import PLATFORMS, platform_label
from govmedia.findings.models import Finding
from govmedia.findings.queries import edition_in_force
from govmedia.findings.states import FINDING, OPEN
from govmedia.orgs.queries import division_choices
from govmedia.orgs.rights import OWN, reach, subtree

COLOURS = {"veto": "红线", "deduction": "扣分"}
STILL_OPEN = "open"


def _states(request: HttpRequest) -> Sequence[tuple[str, str]]:
    words = [(STILL_OPEN, "未了结"), *FINDING.choices]
    # An organisation sees a finding only once it was confirmed.
    return [row for row in words if row[0] != "raised"] if _own(request) else words


def _own(request: HttpRequest) -> bool:
    return reach(request.user, "finding.see") == OWN


def _codes(request: HttpRequest) -> Sequence[tuple[str, str]]:
    return [(rule.code, f"{rule.code} {rule.title}") for rule in edition_in_force().rules.values()]


def _of_state(rows: QuerySet[Finding], value: str) -> QuerySet[Finding]:
    return rows.filter(state__in=OPEN) if value == STILL_OPEN else rows.filter(state=value)


def _of_division(rows: QuerySet[Finding], value: str) -> QuerySet[Finding]:
    first, after = subtree(value)
    return rows.filter(account__division__gte=first, account__division__lt=after)


def _waiting(rows: QuerySet[Finding], value: str) -> QuerySet[Finding]:
    return rows.filter(state="raised", needs_human=value == "yes")


def _human(request: HttpRequest) -> Sequence[tuple[str, str]]:
    return () if _own(request) else (("yes", "待人工认定"), ("no", "等待再看"))


def _found(rows: QuerySet[Finding], value: str) -> QuerySet[Finding]:
    return rows.filter(
        Q(account__name__contains=value)
        | Q(account__code=value.upper())
        | Q(account__organisation__name__contains=value)
    )


def _cell(name: str) -> str:
    return f"findings/cells/{name}.html"


def _place(row: Finding) -> Any:
    return row.account.division.full_name


LISTING = Listing(
    columns=(
        Column("title", "问题", ("code",), lambda row: f"{row.code} {row.title}", _cell("title")),
        Column("account", "账号", ("account__name",), lambda row: row.account.name, _cell("account")),
        Column("organisation", "主办单位", value=lambda row: row.account.organisation.name, hide_small=True),
        Column("platform", "平台", ("account__platform",), lambda row: platform_label(row.account.platform)),
        Column("division", "地区", ("account__division",), _place, _cell("division"), hide_small=True),
        Column("colour", "类别", ("colour",), lambda row: COLOURS.get(row.colour, row.colour), _cell("colour")),
        Column("state", "状态", ("state",), lambda row: row.get_state_display(), _cell("state")),
        Column("reason", "依据", value=lambda row: row.reason, hide_small=True),
        Column("raised", "发现时间", ("raised_at",), lambda row: row.raised_at, _cell("raised")),
        Column("ended", "了结时间", ("ended_at",), lambda row: row.ended_at, _cell("ended"), hide_small=True),
    ),
    filters=(
        Filter("q", "账号、编号或单位", None, _found),
        Filter("state", "状态", _states, _of_state),
        Filter("human", "认定", _human, _waiting),
        Filter(
            "colour", "类别", lambda request: list(COLOURS.items()), lambda rows, value: rows.filter(colour=value)
        ),
        Filter("code", "指标", _codes, lambda rows, value: rows.filter(code=value)),
        Filter(
            "platform",
            "平台",
            lambda request: [(row.code, row.label) for row in PLATFORMS.values()],
            lambda rows, value: rows.filter(account__platform=value),
        ),
        Filter("division", "地区", lambda request: division_choices(request.user), _of_division),
    ),
    default_sort="-raised",
)
