"""The lists of findings, of re-checks and of appeals as declarations."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from govmedia.common.clock import today
from govmedia.common.listing import Column, Filter, Listing
from govmedia.engine.platforms import PLATFORMS, platform_label
from govmedia.findings.models import OTHER, Appeal, Finding
from govmedia.findings.queries import edition_in_force
from govmedia.findings.states import FINDING, OPEN, TO_DO
from govmedia.orgs.queries import division_choices
from govmedia.orgs.rights import OWN, reach, subtree

COLOURS = {"veto": "红线", "deduction": "扣分", OTHER: "其他"}
STILL_OPEN, ACTING = "open", "todo"


def _states(request: HttpRequest) -> Sequence[tuple[str, str]]:
    words = [(STILL_OPEN, "未了结"), (ACTING, "待整改"), *FINDING.choices]
    # An organisation sees a finding only once it was confirmed.
    return [row for row in words if row[0] != "raised"] if _own(request) else words


def _own(request: HttpRequest) -> bool:
    return reach(request.user, "finding.see") == OWN


def _codes(request: HttpRequest) -> Sequence[tuple[str, str]]:
    named = [(rule.code, f"{rule.code} {rule.title}") for rule in edition_in_force().rules.values()]
    return [*named, (OTHER, "其他问题")]


def _of_state(rows: QuerySet[Finding], value: str) -> QuerySet[Finding]:
    groups = {STILL_OPEN: OPEN, ACTING: TO_DO}
    return rows.filter(state__in=groups.get(value, (value,)))


def _of_due(rows: QuerySet[Finding], value: str) -> QuerySet[Finding]:
    acting = rows.filter(state__in=TO_DO)
    if value == "late":
        return acting.filter(due_on__lt=today())
    if value == "soon":
        return acting.filter(due_on__gte=today(), due_on__lte=today() + SOON)
    return rows.filter(reopened__gt=0)


def _of_division(rows: QuerySet[Finding], value: str) -> QuerySet[Finding]:
    first, after = subtree(value)
    return rows.filter(account__division__gte=first, account__division__lt=after)


def _waiting(rows: QuerySet[Finding], value: str) -> QuerySet[Finding]:
    return rows.filter(state="raised", needs_human=value == "yes")


def _human(request: HttpRequest) -> Sequence[tuple[str, str]]:
    return () if _own(request) else (("yes", "待人工认定"), ("no", "等待再看"))


# Longer ones are no row's number on any database.
_LONGEST_NUMBER = 18


def _found(rows: QuerySet[Finding], value: str) -> QuerySet[Finding]:
    named = (
        Q(account__name__contains=value)
        | Q(account__code=value.upper())
        | Q(account__organisation__name__contains=value)
    )
    # Its number stands on a finding's page, and is what people quote on the telephone.
    number = value if value.isascii() and value.isdigit() and len(value) < _LONGEST_NUMBER else ""
    return rows.filter(named | Q(pk=int(number)) if number else named)


def _cell(name: str) -> str:
    return f"findings/cells/{name}.html"


def _place(row: Finding) -> Any:
    return row.account.division.full_name


SOON = timedelta(days=2)


def _title(row: Finding) -> str:
    return row.title if row.code == OTHER else f"{row.code} {row.title}"


LISTING = Listing(
    columns=(
        Column("title", "问题", ("code",), _title, _cell("title")),
        Column("account", "账号", ("account__name_order",), lambda row: row.account.name, _cell("account")),
        Column("organisation", "主办单位", value=lambda row: row.account.organisation.name, hide_small=True),
        Column("platform", "平台", ("account__platform",), lambda row: platform_label(row.account.platform)),
        Column("division", "地区", ("account__division",), _place, _cell("division"), hide_small=True),
        Column("colour", "类别", ("colour",), lambda row: COLOURS.get(row.colour, row.colour), _cell("colour")),
        Column("state", "状态", ("state",), lambda row: row.get_state_display(), _cell("state")),
        Column("due", "整改期限", ("due_on",), lambda row: row.due_on, _cell("due")),
        Column("reason", "依据", value=lambda row: row.reason, hide_small=True),
        Column("source", "来源", value=lambda row: row.get_source_display(), only_export=True),
        Column("reopened", "复发次数", value=lambda row: row.reopened, only_export=True),
        Column("raised", "发现时间", ("raised_at",), lambda row: row.raised_at, _cell("raised")),
        Column("ended", "了结时间", ("ended_at",), lambda row: row.ended_at, _cell("ended"), hide_small=True),
    ),
    filters=(
        Filter("q", "账号、编号或单位", None, _found),
        Filter("state", "状态", _states, _of_state),
        Filter("human", "认定", _human, _waiting),
        Filter(
            "due",
            "期限",
            lambda request: (("late", "已超期"), ("soon", "两天内到期"), ("again", "复发过")),
            _of_due,
        ),
        Filter(
            "source",
            "来源",
            lambda request: Finding.Source.choices,
            lambda rows, value: rows.filter(source=value),
        ),
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


def _claim(row: Any) -> str:
    return row.waiting[0].note if row.waiting else ""


RECHECKS = Listing(
    columns=(
        Column("title", "问题", ("code",), _title, _cell("title")),
        Column("account", "账号", ("account__name_order",), lambda row: row.account.name, _cell("account")),
        Column("organisation", "主办单位", value=lambda row: row.account.organisation.name, hide_small=True),
        Column("division", "地区", ("account__division",), _place, _cell("division"), hide_small=True),
        Column("claim", "单位怎么说", value=_claim),
        Column("claimed", "报告时间", ("claimed_at",), lambda row: row.claimed_at, _cell("claimed")),
        Column("due", "整改期限", ("due_on",), lambda row: row.due_on, _cell("due")),
        Column("reopened", "复发次数", ("reopened",), lambda row: row.reopened, numeric=True, hide_small=True),
    ),
    filters=(
        Filter("q", "账号、编号或单位", None, _found),
        Filter("code", "指标", _codes, lambda rows, value: rows.filter(code=value)),
        Filter("division", "地区", lambda request: division_choices(request.user), _of_division),
    ),
    default_sort="claimed",
)


def _of_finding(name: str) -> Any:
    return lambda row: getattr(row.finding.account, name)


def _appeal_found(rows: QuerySet[Appeal], value: str) -> QuerySet[Appeal]:
    account = "finding__account__"
    return rows.filter(
        Q(**{f"{account}name__contains": value})
        | Q(**{f"{account}code": value.upper()})
        | Q(**{f"{account}organisation__name__contains": value})
    )


def _appeal_division(rows: QuerySet[Appeal], value: str) -> QuerySet[Appeal]:
    first, after = subtree(value)
    return rows.filter(finding__account__division__gte=first, finding__account__division__lt=after)


APPEALS = Listing(
    columns=(
        Column("title", "问题", ("finding__code",), lambda row: _title(row.finding), _cell("appeal_title")),
        Column("account", "账号", ("finding__account__name_order",), _of_finding("name")),
        Column(
            "organisation",
            "主办单位",
            value=lambda row: row.finding.account.organisation.name,
            hide_small=True,
        ),
        Column("reason", "申诉理由", value=lambda row: row.reason),
        Column("state", "状态", ("state",), lambda row: row.get_state_display(), _cell("appeal_state")),
        Column("office", "复核", ("at_division",), lambda row: row.at_division.full_name, hide_small=True),
        Column("at", "提出时间", ("at",), lambda row: row.at, _cell("appeal_at")),
        Column("decided", "答复时间", ("decided_at",), lambda row: row.decided_at, hide_small=True),
    ),
    filters=(
        Filter("q", "账号、编号或单位", None, _appeal_found),
        Filter("state", "状态", lambda request: Appeal.State.choices, lambda rows, value: rows.filter(state=value)),
        Filter("division", "地区", lambda request: division_choices(request.user), _appeal_division),
    ),
    default_sort="at",
)
