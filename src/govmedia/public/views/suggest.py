"""Suggestions while somebody types into a search box."""

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from govmedia.accounts import queries as accounts
from govmedia.accounts.models import Account, Status
from govmedia.engine.platforms import platform_label
from govmedia.public.directory import Wish

SUGGESTED = 8
# The same beginnings are typed by many: caches on the way may answer them for a while.
KEPT_S = 60


class Suggestion(NamedTuple):
    """One row: the account's name, what stands small beside it, and where it leads."""

    title: str
    small: str
    url: str


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """The first accounts found, of the place that the address names or anywhere, as rows to be put under the box."""
    wish = Wish.of(request.GET)
    rows = accounts.search(wish.text, most=SUGGESTED, within=accounts.Within(wish.division))
    response = render(request, "components/suggestions.html", {"rows": [_suggestion(row) for row in rows]})
    patch_cache_control(response, public=True, max_age=KEPT_S)
    return response


def _suggestion(row: Account) -> Suggestion:
    parts = [platform_label(row.platform), row.organisation.name]
    if row.status == Status.CLOSED:
        parts.insert(0, "已注销")
    return Suggestion(row.name, " · ".join(parts), reverse("public:account", args=[row.code]))
