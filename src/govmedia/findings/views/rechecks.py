"""Reports of rectification that wait for a human's re-check."""

from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from govmedia.common.clock import today
from govmedia.common.listing import respond
from govmedia.common.refusals import NoRight
from govmedia.findings import queries
from govmedia.findings.lists import RECHECKS
from govmedia.findings.models import Claim
from govmedia.findings.views.room import tabs
from govmedia.orgs.rights import reach


@login_required
@require_safe
def queue(request: HttpRequest) -> HttpResponseBase:
    if not reach(request.user, "finding.recheck"):
        raise NoRight
    waiting = Prefetch("claims", Claim.objects.filter(outcome=Claim.Outcome.WAITING), to_attr="waiting")
    rows = queries.rechecks_for(request.user).select_related("account", "account__organisation", "account__division")
    return respond(
        request,
        RECHECKS,
        rows.prefetch_related(waiting),
        "findings/recheck_list.html",
        filename=f"待复查-{today():%Y%m%d}",
        context={
            "room": "findings",
            "tabs": tabs(request.user, "rechecks"),
            "today": today(),
            "caption": "待复查",
            "unit": "个待复查",
            "empty_title": "没有要人复查的整改",
            "empty_text": "机器看得见的问题由系统复查；人查出的、机器看不见的，单位报告整改后列在这里。",
        },
    )
