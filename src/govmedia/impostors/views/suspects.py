"""Where suspects come from by themselves: names the public asks about, and names compared in bulk."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from govmedia.common.clock import now
from govmedia.common.refusals import NoRight
from govmedia.engine.platforms import platform_label
from govmedia.impostors import queries, services, sweeping
from govmedia.orgs.rights import reach

ASKED_SHOWN = 100
TEXT_MOST = 200_000
_WORDS = {
    sweeping.OFFICIAL: ("ok", "是备案账号"),
    sweeping.KNOWN: ("info", "已在核实或已认定"),
    sweeping.LOOKALIKE: ("warn", "像备案账号"),
    sweeping.TWIN: ("warn", "与备案账号同名"),
    sweeping.NONE: ("un", "不像哪个账号"),
}


def _may(request: HttpRequest) -> None:
    if not reach(request.user, "impostor.decide"):
        raise NoRight


@login_required
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Names that several people asked about."""
    _may(request)
    rows = queries.asked_about(request.user)
    shown = [(row, platform_label(row.imitates.platform)) for row in rows[:ASKED_SHOWN]]
    page = {"room": "accounts", "rows": shown, "total": rows.count(), "least": queries.ASKED_LEAST}
    return render(request, "impostors/asked.html", page)


@login_required
@require_POST
def settle_asked(request: HttpRequest, pk: int) -> HttpResponse:
    """Look no more at one of them."""
    _may(request)
    row = get_object_or_404(queries.asked_about(request.user), pk=pk)
    services.settle_asked(asked_id=row.pk, by=request.user, now=now())
    messages.success(request, f"「{row.name}」不再提示。")
    return redirect("impostors:asked")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sweep(request: HttpRequest) -> HttpResponse:
    """Compare pasted names with the registry; what is picked of the outcome is entered."""
    _may(request)
    if request.method != "POST":
        return render(request, "impostors/sweep.html", _page(""))
    text = request.POST.get("text", "").replace("\x00", "")
    if not text.strip():
        return _again(request, "", "请粘贴要比对的名称，每行一个。")
    if len(text) > TEXT_MOST:
        return _again(request, text[:TEXT_MOST], f"内容太长（最多 {TEXT_MOST:,} 字），请分几次比对。")
    found, faults = sweeping.compare(text)
    if "register" in request.POST:
        picked = set(request.POST.getlist("pick"))
        chosen = [one for one in found if str(one.line) in picked and one.kind != sweeping.OFFICIAL]
        if chosen:
            return _entered(request, chosen)
        messages.error(request, "还没有选要登记的账号。")
    rows = [(one, *_WORDS[one.kind], platform_label(one.told.platform)) for one in found]
    page = {**_page(text), "found": rows, "faults": faults, "alike": sum(_ticked(one) for one in found)}
    return render(request, "impostors/sweep.html", page)


def _page(text: str) -> dict[str, Any]:
    return {"room": "accounts", "text": text, "lines_most": sweeping.LINES_MOST}


def _again(request: HttpRequest, text: str, error: str) -> HttpResponse:
    return render(request, "impostors/sweep.html", {**_page(text), "error": error}, status=422)


def _ticked(one: sweeping.Compared) -> bool:
    return one.kind == sweeping.LOOKALIKE


def _entered(request: HttpRequest, chosen: list[sweeping.Compared]) -> HttpResponse:
    """Enter what was picked; what the desk has already stays one row."""
    entered = 0
    for one in chosen:
        if one.kind != sweeping.KNOWN:
            services.register(told=one.told, by=request.user, now=now())
            entered += 1
    again = f"，{len(chosen) - entered} 个原已登记" if len(chosen) > entered else ""
    messages.success(request, f"登记了 {entered} 个可疑账号{again}，请接着核实。")
    return redirect(f"{reverse('impostors:list')}?state=reported")
