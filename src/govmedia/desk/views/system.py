"""The machine's state for admins, and the gallery of components."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from govmedia.accounts.models import Account
from govmedia.common.clock import now
from govmedia.desk.queries.system import system as system_state
from govmedia.orgs.rights import require
from govmedia.posts.queries import coverage_24h


@login_required
@require_safe
def system(request: HttpRequest) -> HttpResponse:
    require(request.user, "system.see", division=request.user.division_id or "")
    moment = now()
    seen, total = coverage_24h(Account.objects.all(), now=moment)
    context = {"room": "system", "system": system_state(moment), "as_of": moment, "seen": seen, "total": total}
    return render(request, "desk/system.html", context)


@login_required
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    return render(request, "components/gallery.html", {"room": ""})
