"""Pulling an account's strings from its page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from govmedia.accounts.queries import by_code
from govmedia.common.clock import now
from govmedia.common.refusals import Refused
from govmedia.demo import services


@login_required
@require_POST
def steer(request: HttpRequest, code: str) -> HttpResponse:
    if not services.is_demonstration():
        raise Http404
    try:
        told = services.steer(account=by_code(code), what=request.POST.get("what", ""), by=request.user, now=now())
    except Refused as why:
        messages.error(request, why.text)
    else:
        messages.success(request, told)
    return redirect("desk:account", code)
