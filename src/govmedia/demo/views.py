"""The buttons on an account's page that pull its strings."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from govmedia.accounts.models import Account
from govmedia.common.clock import now
from govmedia.common.refusals import NoRight, Refused
from govmedia.demo import services


@login_required
@require_POST
def steer(request: HttpRequest, code: str) -> HttpResponse:
    """Pull a string and go back to the account's page with what to watch for."""
    account = get_object_or_404(Account.objects.select_related("organisation", "division"), code=code.upper())
    try:
        text = services.steer(account=account, what=request.POST.get("what", ""), by=request.user, now=now())
        messages.success(request, text)
    except NoRight:
        raise
    except Refused as why:
        messages.error(request, why.text)
    return redirect("desk:account", account.code)
