"""How far the findings of each indicator and of each text check stand up."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from govmedia.common.clock import now
from govmedia.common.refusals import NoRight
from govmedia.findings.quality import indicators, text_checks
from govmedia.findings.queries import visible_to
from govmedia.findings.views.room import tabs
from govmedia.orgs.rights import OWN, reach


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    if reach(request.user, "finding.see") in {None, OWN}:
        raise NoRight
    rows = visible_to(request.user)
    moment = now()
    context = {
        "room": "findings",
        "tabs": tabs(request.user, "indicators"),
        "rows": indicators(rows, moment),
        "checks": text_checks(rows, moment),
    }
    return render(request, "findings/indicator_list.html", context)
