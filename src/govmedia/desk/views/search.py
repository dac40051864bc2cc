"""Finding accounts, organisations, filings and findings by text."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from govmedia.desk.queries.search import TEXT_LIMIT, found, suggested

# A word typed again within this time is answered by the browser.
KEPT_S = 60


@login_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    text = _asked(request)
    groups = found(text, request.user) if text else []
    return render(request, "desk/search.html", {"q": text, "groups": groups, "any": any(g.rows for g in groups)})


@login_required
@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """The first accounts within reach, as rows to be put under the search box."""
    response = render(request, "components/suggestions.html", {"rows": suggested(_asked(request), request.user)})
    patch_cache_control(response, private=True, max_age=KEPT_S)
    return response


def _asked(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\x00", "").strip()[:TEXT_LIMIT]
