"""The checks: how precise each is on the labelled sets and in use, which are demoted, and what is passed over."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from govmedia.common.clock import now
from govmedia.common.refusals import NoRight, Refused
from govmedia.engine.content.accuracy import measured
from govmedia.engine.content.pictures import NO_READER, can_read_text
from govmedia.engine.content.registry import check_table
from govmedia.engine.content.types import CATEGORY_WORDS
from govmedia.inspections import queries, services
from govmedia.inspections.models import Target
from govmedia.inspections.views.room import tabs
from govmedia.orgs.models import User
from govmedia.orgs.rights import may, reach

LATELY = timedelta(days=7)


@login_required
@require_safe
def checks(request: HttpRequest) -> HttpResponse:
    if not reach(request.user, "inspection.see"):
        raise NoRight
    use, demoted, known = queries.use_of_checks(), queries.demotions(), measured()
    rows: list[dict[str, Any]] = [
        {
            "check": one,
            "category": CATEGORY_WORDS[one.category],
            "use": use.get(one.code),
            "demotion": demoted.get(one.code),
            "measured": known.get(one.code),
        }
        for one in check_table().values()
    ]
    context = {
        "room": "inspections",
        "tabs": tabs(request.user, "checks"),
        "beyond": _beyond(),
        "no_reader": "" if can_read_text() else NO_READER,
        "rows": sorted(rows, key=lambda row: (row["category"], row["check"].title)),
        "allowances": queries.allowances_for(request.user),
        "specimens": _specimens(request.user),
        "may_decide": bool(reach(request.user, "inspection.decide")),
        "may_steer": may(request.user, "inspection.steer", division=(request.user.division_id or "")[:2] + "0000"),
    }
    return render(request, "inspections/check_list.html", context)


def _specimens(user: User) -> dict[str, Any]:
    """How many hold, and those that wait for a second person."""
    rows = queries.specimens_for(user)
    kept = rows.filter(approved_at__isnull=False)
    counts = kept.aggregate(
        kept=Count("pk"),
        failing=Count("pk", filter=Q(holds=False)),
        untried=Count("pk", filter=Q(holds__isnull=True)),
    )
    return {**counts, "waiting": rows.filter(approved_at__isnull=True).order_by("-proposed_at", "pk")}


def _beyond() -> list[dict[str, Any]]:
    """What came of the pictures and pages opened lately, in words."""
    counts = queries.targets_since(now() - LATELY)
    rows = []
    for kind in Target.Kind:
        of_kind = counts.get(kind, {})
        seen = of_kind.get(Target.Outcome.OK, 0)
        rows.append({"label": kind.label, "opened": sum(of_kind.values()), "seen": seen})
    return rows


@login_required
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve an allowance, refuse it, or end it."""
    deed = services.allow if request.POST.get("deed") == "approve" else services.end_allowance
    try:
        made = deed(allowance_id=pk, by=request.user, now=now())
    except Refused as why:
        messages.error(request, why.text)
    else:
        messages.success(request, f"“{made.phrase}”：{'已放行' if deed is services.allow else '不再放行'}。")
    return redirect("inspections:checks")


@login_required
@require_POST
def restore(request: HttpRequest, code: str) -> HttpResponse:
    try:
        services.restore_check(check_code=code, why=request.POST.get("why", ""), by=request.user, now=now())
    except Refused as why:
        messages.error(request, why.text)
    else:
        messages.success(request, "已恢复，今后的命中可以直接提示运维员。")
    return redirect("inspections:checks")
