"""Finding accounts, organisations, filings and findings by text."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from govmedia.desk.queries.search import TEXT_LIMIT, found


@login_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").replace("\x00", "").strip()[:TEXT_LIMIT]
    groups = found(text, request.user) if text else []
    return render(request, "desk/search.html", {"q": text, "groups": groups, "any": any(g.rows for g in groups)})
