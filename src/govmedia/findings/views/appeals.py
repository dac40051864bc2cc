"""Appeals that wait at an office."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from govmedia.common.clock import today
from govmedia.common.listing import respond
from govmedia.common.refusals import NoRight
from govmedia.findings.lists import APPEALS
from govmedia.findings.queries import all_appeals_for
from govmedia.findings.views.room import tabs
from govmedia.orgs.rights import reach


@login_required
@require_safe
def queue(request: HttpRequest) -> HttpResponseBase:
    if not reach(request.user, "finding.review"):
        raise NoRight
    rows = all_appeals_for(request.user).select_related(
        "finding", "finding__account", "finding__account__organisation", "at_division", "decided_by"
    )
    return respond(
        request,
        APPEALS,
        rows,
        "findings/appeal_list.html",
        filename=f"申诉-{today():%Y%m%d}",
        context={
            "room": "findings",
            "tabs": tabs(request.user, "appeals"),
            "person_id": request.user.pk,
            "caption": "申诉",
            "unit": "件申诉",
            "empty_title": "没有申诉",
            "empty_text": "主办单位认为问题有误时提出申诉，由认定人的上一级、另一位监管员复核。",
        },
    )
