"""The list of filings, and the reviewer's queue."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from govmedia.common import clock
from govmedia.common.listing import Column, Filter, Listing, respond
from govmedia.engine.platforms import PLATFORMS, platform_label
from govmedia.filings import queries
from govmedia.filings.models import Filing
from govmedia.filings.states import FILING, WAITING
from govmedia.filings.views.page import page_context
from govmedia.orgs.models import User
from govmedia.orgs.queries import division_choices
from govmedia.orgs.rights import reach, require, subtree, within

_QUEUE_SHOWN = 50


def _platform(row: Filing) -> str:
    return platform_label(row.platform)


def _platforms(request: HttpRequest) -> list[tuple[str, str]]:
    return [(one.code, one.label) for one in PLATFORMS.values()]


def _below(rows: QuerySet[Filing], code: str) -> QuerySet[Filing]:
    first, after = subtree(code)
    return rows.filter(organisation__division__gte=first, organisation__division__lt=after)


def _divisions(request: HttpRequest) -> list[tuple[str, str]]:
    """The places a person may narrow to; the one in the address too, where it lies within his."""
    choices = division_choices(request.user)
    wanted = request.GET.get("division", "")
    own = request.user.division_id or ""
    if own and wanted.isdigit() and within(wanted, own) and wanted not in dict(choices):
        choices.append((wanted, wanted))
    return choices


def _due(rows: QuerySet[Filing], value: str) -> QuerySet[Filing]:
    waiting = rows.filter(state__in=WAITING)
    return waiting.filter(due_on__lt=clock.today()) if value == "late" else waiting


FILINGS = Listing(
    columns=[
        Column("name", "账号名称", sort=("name_order",), cell="filings/_cell_name.html", value=lambda row: row.name),
        Column("kind", "事项", sort=("kind",), value=lambda row: row.get_kind_display()),
        Column("platform", "平台", sort=("platform",), value=_platform, hide_small=True),
        Column("organisation", "主办单位", sort=("organisation__name_order",),
               value=lambda row: row.organisation.name),
        Column("state", "状态", sort=("state",), cell="filings/_cell_state.html",
               value=lambda row: row.get_state_display()),
        Column("at", "在谁手里", sort=("at_division__code",), cell="filings/_cell_at.html",
               value=lambda row: row.at_division.full_name if row.at_division else ""),
        Column("due_on", "应审完", sort=("due_on",), cell="filings/_cell_due.html", value=lambda row: row.due_on),
        Column("submitted_at", "提交", sort=("submitted_at",), cell="filings/_cell_sent.html",
               value=lambda row: row.submitted_at, hide_small=True),
        Column("updated_at", "最近变动", sort=("updated_at",), cell="filings/_cell_updated.html",
               value=lambda row: row.updated_at, hide_small=True),
    ],
    filters=[
        Filter("q", "账号或单位名称", None, lambda rows, text: rows.filter(name__icontains=text)
               | rows.filter(organisation__name__icontains=text)),
        Filter("state", "状态", lambda request: FILING.choices, lambda rows, value: rows.filter(state=value)),
        Filter("kind", "事项", lambda request: Filing.Kind.choices, lambda rows, value: rows.filter(kind=value)),
        Filter("platform", "平台", _platforms, lambda rows, value: rows.filter(platform=value)),
        Filter("due", "办理", lambda request: [("waiting", "正在审核"), ("late", "已超时")], _due),
        Filter("division", "地区", _divisions, _below),
    ],
    default_sort="-updated_at",
)  # fmt: skip


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    if reach(request.user, "filing.see") is None:
        require(request.user, "filing.see")
    rows = queries.visible_to(request.user).select_related("organisation", "at_division", "account")
    return respond(
        request,
        FILINGS,
        rows,
        "filings/filing_list.html",
        filename="备案",
        context={
            "room": "filings",
            "caption": "备案",
            "unit": "件备案",
            "may_file": reach(request.user, "filing.submit") is not None,
            "may_review": reach(request.user, "filing.review") is not None,
            "today": clock.today(),
        },
    )


@login_required
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for the office, oldest first; the one in `?at=`, else the first, stands open beside it."""
    if reach(request.user, "filing.review") is None:
        require(request.user, "filing.review")
    return render(request, "filings/filing_queue.html", queue_context(request.user, request.GET.get("at", "")))


def queue_context(user: User, at: str | Filing, note: str = "") -> dict[str, Any]:
    """The queue, open at the filing with the key `at`, else the first; or at this one, be it in the queue or not."""
    rows = queries.queue_for(user)
    shown = list(rows[:_QUEUE_SHOWN])
    chosen = at if isinstance(at, Filing) else _chosen(shown, at)
    context: dict[str, Any] = {
        "room": "filings",
        "rows": shown,
        "total": rows.count() if len(shown) == _QUEUE_SHOWN else len(shown),
        "chosen": chosen,
        "today": clock.today(),
    }
    if chosen is not None:
        context |= page_context(chosen, user, note)
    return context


def _chosen(rows: list[Filing], wanted: str) -> Filing | None:
    named = next((row for row in rows if str(row.pk) == wanted), None)
    return named or (rows[0] if rows else None)
