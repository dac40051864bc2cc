"""The list of suspects and known impostors, and entering one that the desk found itself."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from govmedia.common.clock import now, today
from govmedia.common.listing import respond
from govmedia.common.refusals import NoRight, Refused
from govmedia.common.typed import one_line
from govmedia.impostors import queries, services
from govmedia.impostors.forms import SuspectForm
from govmedia.impostors.lists import LISTING
from govmedia.impostors.models import NAME_MAX
from govmedia.orgs.rights import reach


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    if not reach(request.user, "impostor.see"):
        raise NoRight
    return respond(
        request,
        LISTING,
        queries.visible_to(request.user),
        "impostors/list.html",
        filename=f"冒用账号-{today():%Y%m%d}",
        context={
            "room": "accounts",
            "caption": "冒用账号",
            "unit": "个可疑账号",
            "may_decide": bool(reach(request.user, "impostor.decide")),
            "asked": queries.asked_about(request.user).count(),
            "empty_title": "还没有可疑账号",
            "empty_text": "公众举报的、监管员登记的，都会列在这里。也可以把平台上搜到的名称拿来批量比对。",
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    if not reach(request.user, "impostor.decide"):
        raise NoRight
    form = SuspectForm(request.POST) if request.method == "POST" else SuspectForm(initial=_begun(request))
    known = None
    if request.method == "POST" and form.is_valid():
        told = services.Told(**form.cleaned_data)
        name, link = services.as_kept(told)
        same = queries.of_same(name, told.platform, link)
        if same and "again" not in request.POST:
            known = queries.visible_to(request.user).filter(pk=same.pk).first()
        if known is None:
            try:
                row = services.register(told=told, by=request.user, now=now())
            except Refused as why:
                form.add_error(why.field if why.field in form.fields else None, why.text)
            else:
                messages.success(request, f"「{row.name}」已登记，请接着核实。")
                return redirect("impostors:detail", pk=row.pk)
    status = 422 if form.errors or known else 200
    return render(request, "impostors/new.html", {"room": "accounts", "form": form, "known": known}, status=status)


def _begun(request: HttpRequest) -> dict[str, str]:
    """What the form begins with, where somebody comes from a name that the public asks about."""
    times = request.GET.get("asked", "")
    what = f"公众在“辨真假”里查过 {times} 次。" if times.isascii() and times.isdigit() and len(times) < 7 else ""
    return {"name": one_line(request.GET.get("name", ""), NAME_MAX), "what": what}
