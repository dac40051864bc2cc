"""Pages of findings."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from govmedia.common import installation
from govmedia.common.clock import now, today
from govmedia.common.listing import respond
from govmedia.common.refusals import NoRight, Refused
from govmedia.findings import queries, services
from govmedia.findings.lists import LISTING
from govmedia.findings.models import Finding
from govmedia.findings.pages import page_of
from govmedia.orgs.rights import OWN, reach, require


@login_required
@require_safe
def finding_list(request: HttpRequest) -> HttpResponseBase:
    if not reach(request.user, "finding.see"):
        raise NoRight
    rows = queries.visible_to(request.user).select_related("account", "account__organisation", "account__division")
    return respond(
        request,
        LISTING,
        rows,
        "findings/finding_list.html",
        filename=f"问题-{today():%Y%m%d}",
        demo=bool(installation.read(installation.DEMO)),
        context={
            "room": "findings",
            "caption": "问题",
            "unit": "个问题",
            "empty_title": "没有发现问题",
            "empty_text": "健康检查或检查员发现问题后会列在这里，连同依据和证据。",
        },
    )


def _found(request: HttpRequest, pk: int) -> Finding:
    """The finding; 403 out of reach, 404 where there is none or an organisation may not know of it yet."""
    rows = Finding.objects.select_related("account", "account__organisation", "account__division", "decided_by")
    finding = get_object_or_404(rows, pk=pk)
    account = finding.account
    require(request.user, "finding.see", division=account.division_id, organisation=account.organisation_id)
    if finding.confirmed_at is None and reach(request.user, "finding.see") == OWN:
        raise Http404
    return finding


@login_required
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    finding = _found(request, pk)
    return render(request, "findings/finding_detail.html", {"room": "findings", **page_of(finding, request.user)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirms or dismisses; a refused move shows the page again with the reason that was typed.

    Asked for by its address alone (after logging in again, say) it leads to the finding.
    """
    finding = _found(request, pk)
    if request.method != "POST":
        return redirect("findings:detail", pk=finding.pk)
    note = request.POST.get("note", "")
    try:
        moved = services.move(
            finding_id=finding.pk,
            name=request.POST.get("move", ""),
            by=request.user,
            now=now(),
            note=note,
        )
    except Refused as why:
        messages.error(request, why.text)
        context = {"room": "findings", **page_of(_found(request, pk), request.user, note)}
        return render(request, "findings/finding_detail.html", context, status=why.status)
    messages.success(request, f"已{moved.get_state_display()}，并已记入日志。")
    return redirect("findings:detail", pk=finding.pk)
