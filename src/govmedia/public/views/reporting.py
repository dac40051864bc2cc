"""Reporting a suspect account, without a log-in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from govmedia.common.clock import now
from govmedia.common.exhibits import BYTES_MOST, Upload
from govmedia.common.refusals import Refused
from govmedia.impostors.forms import TRAP, ReportForm
from govmedia.impostors.questions import plain
from govmedia.impostors.services import Told, client_of
from govmedia.impostors.services import report as take_report


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        begun = {name: plain(request.GET.get(name, ""))[:2000] for name in ("name", "link", "platform")}
        return render(request, "public/report.html", _page(ReportForm(initial=begun)))
    if request.POST.get(TRAP):
        # A machine filled in what no person sees; it learns nothing of that.
        return redirect("public:reported")
    form = ReportForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            _take(request, form.cleaned_data)
        except Refused as why:
            form.add_error(why.field if why.field in form.fields else None, why.text)
        else:
            return redirect("public:reported")
    return render(request, "public/report.html", _page(form), status=422)


def _take(request: HttpRequest, given: dict[str, Any]) -> None:
    file = given["picture"]
    moment = now()
    take_report(
        told=Told(given["name"], given["platform"], given["link"], given["what"]),
        picture=Upload(file.name or "", file.read(BYTES_MOST + 1)) if file else None,
        client=client_of(request.META.get("REMOTE_ADDR", ""), moment),
        now=moment,
    )


def _page(form: ReportForm) -> dict[str, Any]:
    return {"form": form, "trap": TRAP, "crumbs": [("辨真假", reverse("public:verify")), ("举报可疑账号", "")]}


@never_cache
@require_safe
def reported(request: HttpRequest) -> HttpResponse:
    """What becomes of a report."""
    crumbs = [("辨真假", reverse("public:verify")), ("举报已收到", "")]
    return render(request, "public/reported.html", {"crumbs": crumbs})
