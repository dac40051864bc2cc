"""One deed on many findings: those picked, or all that the filters leave."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from govmedia.common.clock import now
from govmedia.common.refusals import NoRight, Refused
from govmedia.common.typed import key_of
from govmedia.findings import services
from govmedia.findings.lists import LISTING
from govmedia.findings.services.deciding import Done
from govmedia.findings.states import TO_DO
from govmedia.findings.views.lists import rows_for
from govmedia.orgs.rights import reach

NOTHING = "没有选中任何问题。请先勾选，或选“当前条件下全部”。"


@login_required
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Report as put right, or confirm; the list comes back as it was, with what was done and what not."""
    back = f"{reverse('findings:list')}?{request.GET.urlencode()}"
    deed = request.POST.get("deed", "")
    if deed not in {"claim", "confirm"}:
        return redirect(back)
    if not reach(request.user, f"finding.{deed}"):
        raise NoRight
    try:
        done = _do(request, deed)
    except Refused as why:
        messages.error(request, why.text)
    else:
        (messages.warning if done.left else messages.success)(request, done.text)
    return redirect(back)


def _do(request: HttpRequest, deed: str) -> Done:
    ids = _picked(request, deed)
    if not ids:
        raise Refused(NOTHING)
    note = request.POST.get("note", "")
    if deed == "claim":
        return services.claim_many(finding_ids=ids, note=note, by=request.user, now=now())
    return services.confirm_many(finding_ids=ids, note=note, by=request.user, now=now())


def _picked(request: HttpRequest, deed: str) -> list[int]:
    """Keys of what was picked and may be seen; `all` takes what the filters leave and the deed can be done to."""
    rows = rows_for(request.user)
    if request.POST.get("all"):
        rows = LISTING.narrowed(request, rows)
        wanted = rows.filter(state__in=TO_DO) if deed == "claim" else rows.filter(state="raised", needs_human=True)
        return list(wanted.order_by("pk").values_list("pk", flat=True))
    keys = [key for one in request.POST.getlist("pick") if (key := key_of(one))]
    return list(rows.filter(pk__in=keys).order_by("pk").values_list("pk", flat=True))
