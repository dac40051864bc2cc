"""Specimens: sentences that two people agreed on, and whether the checks still judge them so."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from govmedia.common.clock import now, today
from govmedia.common.listing import respond
from govmedia.common.refusals import NoRight, Refused
from govmedia.inspections import queries, services
from govmedia.inspections.specimen_lists import LISTING
from govmedia.inspections.views.hits import found
from govmedia.inspections.views.room import tabs
from govmedia.orgs.rights import reach


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    if not reach(request.user, "inspection.decide"):
        raise NoRight
    return respond(
        request,
        LISTING,
        queries.specimens_for(request.user),
        "inspections/specimen_list.html",
        filename=f"测试句-{today():%Y%m%d}",
        context={
            "room": "inspections",
            "tabs": tabs(request.user, "checks"),
            "caption": "测试句",
            "unit": "条",
            "empty_title": "没有测试句",
            "empty_text": "把一处命中判为“属实”或“误报”后，可以在它的页面上存为测试句；检查项有改动，先拿它们试。",
        },
    )


@login_required
@require_POST
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    hit = found(request.user, pk)
    try:
        services.propose_specimen(hit_id=hit.pk, why=request.POST.get("why", ""), by=request.user, now=now())
    except Refused as why:
        messages.error(request, why.text)
        return redirect("inspections:detail", pk=hit.pk)
    messages.success(request, "已提议存为测试句，等另一位有权限的人复核。")
    return redirect("inspections:checks")


@login_required
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a specimen, refuse it, or end it."""
    deed = services.keep_specimen if request.POST.get("deed") == "approve" else services.end_specimen
    try:
        made = deed(specimen_id=pk, by=request.user, now=now())
    except Refused as why:
        messages.error(request, why.text)
    else:
        done = "已存为测试句" if deed is services.keep_specimen else "不再是测试句"
        messages.success(request, f"“{made.found}”：{done}。")
    return redirect("inspections:checks" if request.POST.get("next") == "checks" else "inspections:specimens")
