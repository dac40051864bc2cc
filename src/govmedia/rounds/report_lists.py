"""The list of the units' reports in a self-check, as a declaration."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from govmedia.common.listing import Column, Filter, Listing
from govmedia.orgs.models import Role
from govmedia.orgs.queries import division_choices
from govmedia.orgs.rights import subtree
from govmedia.rounds.models import Report

STATES = (("none", "未报"), ("in_time", "按期已报"), ("late", "迟报"), ("pending", "有待整改"))


def state_of(row: Report) -> str:
    """`未报`, `按期已报` or `迟报`."""
    if row.reported_at is None:
        return "未报"
    return "迟报" if row.late else "按期已报"


def _of_state(rows: QuerySet[Report], value: str) -> QuerySet[Report]:
    tests = {
        "none": Q(reported_at__isnull=True),
        "in_time": Q(reported_at__isnull=False, late=False),
        "late": Q(late=True),
        "pending": Q(pending__gt=0),
    }
    return rows.filter(tests[value])


def _found(rows: QuerySet[Report], value: str) -> QuerySet[Report]:
    return rows.filter(organisation__name__contains=value)


def _within(rows: QuerySet[Report], value: str) -> QuerySet[Report]:
    first, after = subtree(value)
    return rows.filter(organisation__division__gte=first, organisation__division__lt=after)


def _places(request: HttpRequest) -> list[tuple[str, str]]:
    return division_choices(request.user)[1:]


def _contacts(row: Report) -> str:
    """Whom to ring up: the unit's operators with their telephone numbers."""
    people = [one for one in row.organisation.users.all() if one.role == Role.OPERATOR and one.is_active]
    return "、".join(f"{one.name} {one.phone}".strip() for one in people) or "没有运维员，通知不到"


def _said(row: Report) -> str:
    if row.reported_at is None:
        return ""
    if not row.problems:
        return "无问题"
    return f"{row.problems} 项，待整改 {row.pending}" if row.pending else f"{row.problems} 项，均已整改"


REPORTS = Listing(
    columns=(
        Column(
            "organisation",
            "单位",
            ("organisation__name",),
            lambda row: row.organisation.name,
            "rounds/cells/report.html",
        ),
        Column(
            "division",
            "地区",
            ("organisation__division",),
            lambda row: row.organisation.division.full_name,
            hide_small=True,
        ),
        Column("accounts", "账号", ("accounts",), numeric=True),
        Column("state", "上报", ("rank", "organisation__division"), state_of, "rounds/cells/report_state.html"),
        Column("said", "自查出的问题", ("problems", "pending"), _said),
        Column("reported_at", "上报时间", ("reported_at",), hide_small=True),
        Column("contacts", "运维员", value=_contacts, hide_small=True),
    ),
    filters=(
        Filter("q", "单位", None, _found),
        Filter("state", "上报", lambda request: STATES, _of_state),
        Filter("division", "地区", _places, _within),
    ),
    default_sort="state",
)
