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
from govmedia.orgs.rights import reach, within

ASKED_SHOWN = 100
TEXT_MOST = 200_000
_WORDS = {
    sweeping.OFFICIAL: ("ok", "是备案账号"),
    sweeping.KNOWN: ("info", "已在核实或已认定"),
    sweeping.LOOKALIKE: ("warn", "像备案账号"),
    sweeping.HOLDS: ("warn", "含有备案账号的名称"),
    sweeping.TWIN: ("warn", "与备案账号同名"),
    sweeping.NONE: ("un", "不像任何备案账号"),
}


def _may(request: HttpRequest) -> None:
    if not reach(request.user, "impostor.decide"):
        raise NoRight


@login_required
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Names that several people asked about."""
    _may(request)
    settled = request.GET.get("settled") == "1"
    rows = queries.no_more_asked(request.user) if settled else queries.asked_about(request.user)
    shown = [(row, platform_label(row.imitates.platform)) for row in rows[:ASKED_SHOWN]]
    page = {
        "room": "accounts",
        "rows": shown,
        "total": rows.count(),
        "least": queries.ASKED_LEAST,
        "settled": settled,
    }
    return render(request, "impostors/asked.html", page)


@login_required
@require_POST
def settle_asked(request: HttpRequest, pk: int) -> HttpResponse:
    """Look no more at one of them, or look at it again."""
    _may(request)
    if request.POST.get("deed") == "again":
        row = get_object_or_404(queries.no_more_asked(request.user), pk=pk)
        services.reopen_asked(asked_id=row.pk, by=request.user, now=now())
        messages.success(request, f"「{row.name}」恢复提示。")
    else:
        row = get_object_or_404(queries.asked_about(request.user), pk=pk)
        services.settle_asked(asked_id=row.pk, by=request.user, now=now())
        messages.success(request, f"「{row.name}」不再提示；在“已不再提示的名称”里可以恢复。")
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
    if "register" in request.POST:
        chosen, _ = sweeping.compare(text, set(request.POST.getlist("pick")))
        if chosen := [one for one in chosen if one.kind != sweeping.OFFICIAL]:
            return _entered(request, chosen)
        messages.error(request, "还没有选要登记的账号。")
    found, faults = sweeping.compare(text)
    known = [one.impostor.pk for one in found if one.impostor]
    seen = set(queries.visible_to(request.user).filter(pk__in=known).values_list("pk", flat=True))
    place = request.user.division_id or ""
    rows = [_row(one, seen, place) for one in sorted(found, key=_first)]
    page = {**_page(text), "rows": rows, "faults": faults, "alike": sum(row["ticked"] for row in rows)}
    page["rest"] = sum(row["kind"] == sweeping.NONE for row in rows)
    return render(request, "impostors/sweep.html", page)


_ORDER = (sweeping.LOOKALIKE, sweeping.HOLDS, sweeping.TWIN, sweeping.KNOWN, sweeping.OFFICIAL, sweeping.NONE)


def _first(one: sweeping.Compared) -> tuple[int, int]:
    """What is to be looked at stands first."""
    return _ORDER.index(one.kind), one.line


def _row(one: sweeping.Compared, seen: set[int], place: str) -> dict[str, Any]:
    """A line of the outcome. Of what another desk has only that it has it is told."""
    tone, word = _WORDS[one.kind]
    elsewhere = one.account is not None and not within(one.account.division_id, place)
    return {
        "one": one,
        "kind": one.kind,
        "tone": tone,
        "word": word,
        "platform": platform_label(one.told.platform),
        "real_platform": platform_label(one.account.platform) if one.account else "",
        "page": one.impostor if one.impostor and one.impostor.pk in seen else None,
        "may_pick": one.kind not in (sweeping.OFFICIAL, sweeping.KNOWN),
        "elsewhere": elsewhere,
        "ticked": one.kind == sweeping.LOOKALIKE and not elsewhere,
    }


def _page(text: str) -> dict[str, Any]:
    return {"room": "accounts", "text": text, "lines_most": sweeping.LINES_MOST}


def _again(request: HttpRequest, text: str, error: str) -> HttpResponse:
    return render(request, "impostors/sweep.html", {**_page(text), "error": error}, status=422)


def _entered(request: HttpRequest, chosen: list[sweeping.Compared]) -> HttpResponse:
    """Enter what was picked; what the desk has already stays one row."""
    entered = 0
    for one in chosen:
        if queries.of_same(one.told.name, one.told.platform, one.told.link) is None:
            services.register(told=one.told, by=request.user, now=now())
            entered += 1
    again = f"，{len(chosen) - entered} 个原已登记" if len(chosen) > entered else ""
    messages.success(request, f"登记了 {entered} 个可疑账号{again}，请接着核实。")
    return redirect(f"{reverse('impostors:list')}?state=reported")
