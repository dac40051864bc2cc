"""A filing's moves: submit, pass on, accept, return, refuse, withdraw."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from govmedia.common.clock import now
from govmedia.common.refusals import Refused
from govmedia.filings import services, showing
from govmedia.filings.services import FormRefused
from govmedia.filings.views.draft import form_page
from govmedia.filings.views.page import found, page_context
from govmedia.filings.views.rows import queue_context
from govmedia.orgs.rights import reach


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Makes a move; a refused one shows the page it came from again, with the note that was typed.

    Asked for by its address alone (after logging in again, say) it leads to the filing.
    """
    filing = found(request.user, pk)
    if request.method != "POST":
        return redirect("filings:detail", pk)
    asked = {key: request.POST.get(key, "") for key in ("move", "name", "note", "version", "next")}
    from_queue = asked["next"] == "queue" and reach(request.user, "filing.review") is not None
    try:
        filing = services.move(
            filing_id=filing.pk,
            name=asked["move"] or asked["name"],
            by=request.user,
            now=now(),
            note=asked["note"],
            version=asked["version"],
        )
    except Refused as why:
        return _again(request, pk, asked["note"], why, from_queue)
    messages.success(request, f"{filing}：{showing.FILING.words[filing.state]}。")
    return redirect("filings:queue") if from_queue else redirect("filings:detail", pk)


def _again(request: HttpRequest, pk: int, note: str, why: Refused, from_queue: bool) -> HttpResponse:
    """The page the move was made on, as things stand now; the form where that is what is wrong."""
    messages.error(request, why.text)
    filing = found(request.user, pk)
    if isinstance(why, FormRefused):
        unsaved = [("说明", note)] if note.strip() else []
        return form_page(request, filing, why.errors, unsaved=unsaved, status=why.status)
    if from_queue:
        context = queue_context(request.user, filing, note)
        return render(request, "filings/filing_queue.html", context, status=why.status)
    context = {"room": "filings", **page_context(filing, request.user, note)}
    return render(request, "filings/filing_detail.html", context, status=why.status)
