"""Suggestions while somebody types into a search box."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from govmedia.accounts import queries as accounts
from govmedia.accounts.models import Account, Status
from govmedia.engine.offers import Offer, offers_named
from govmedia.engine.platforms import platform_label
from govmedia.public.directory import Wish

SUGGESTED, OFFERS_SUGGESTED = 8, 2
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
    offers = [_of_offer(one, wish.division) for one in offers_named(wish.text)[:OFFERS_SUGGESTED]]
    found = [*map(_suggestion, rows[: SUGGESTED - len(offers)]), *offers]
    response = render(request, "components/suggestions.html", {"rows": found})
    patch_cache_control(response, public=True, max_age=KEPT_S)
    return response


def _of_offer(offer: Offer, division: str) -> Suggestion:
    asked = {"offer": offer.code, "division": division}
    query = urlencode({key: value for key, value in asked.items() if value})
    return Suggestion(f"服务：{offer.label}", "看能办这件事的账号", f"{reverse('public:directory')}?{query}")


def _suggestion(row: Account) -> Suggestion:
    parts = [platform_label(row.platform), row.organisation.name]
    if row.status == Status.CLOSED:
        parts.insert(0, "已注销")
    return Suggestion(row.name, " · ".join(parts), reverse("public:account", args=[row.code]))
