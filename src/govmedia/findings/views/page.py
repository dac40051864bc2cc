"""One finding's page, and what is done on it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from govmedia.common.clock import now
from govmedia.common.handing import uploads_of
from govmedia.common.refusals import Refused
from govmedia.findings import services
from govmedia.findings.models import Finding
from govmedia.findings.pages import Unkept, page_of
from govmedia.orgs.rights import OWN, reach, require

METHODS = ("GET", "HEAD", "POST")
FILES_AGAIN = "附件没有保存，改好后请重新选。"


def found(request: HttpRequest, pk: int) -> Finding:
    """The finding; 403 out of reach, 404 where there is none or an organisation may not know of it yet."""
    rows = Finding.objects.select_related(
        "account", "account__organisation", "account__division", "decided_by", "confirmed_by"
    )
    finding = get_object_or_404(rows, pk=pk)
    account = finding.account
    require(request.user, "finding.see", division=account.division_id, organisation=account.organisation_id)
    if finding.confirmed_at is None and reach(request.user, "finding.see") == OWN:
        raise Http404
    return finding


@login_required
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, found(request, pk))


@login_required
@require_http_methods(METHODS)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """What is done by a button and a note."""
    name, note = request.POST.get("move", ""), request.POST.get("note", "")

    def do() -> str:
        key: dict[str, Any] = {"finding_id": pk, "by": request.user, "now": now()}
        if name in {"uphold", "refuse"}:
            row = services.decide(**key, upheld=name == "uphold", answer=note)
            return f"已答复：{row.get_state_display()}。已通知主办单位，并已记入日志。"
        if name == "unclaim":
            services.unclaim(**key)
            return "已撤回整改报告，请继续整改。"
        if name == "unappeal":
            services.withdraw(**key)
            return "已撤回申诉，请继续整改。"
        moved = services.move(**key, name=name, note=note)
        done = "开始整改" if moved.state == "rectifying" else moved.get_state_display()
        return f"已{done}，并已记入日志。"

    return _done(request, pk, do, "decide" if name in {"uphold", "refuse"} else "move")


@login_required
@require_http_methods(METHODS)
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """An organisation reports that it is put right."""

    def do() -> str:
        services.claim(
            finding_id=pk,
            note=request.POST.get("note", ""),
            uploads=uploads_of(request),
            by=request.user,
            now=now(),
        )
        return "已报告整改，等待复查。复查前可以撤回。"

    return _done(request, pk, do, "claim")


@login_required
@require_http_methods(METHODS)
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """An organisation appeals."""

    def do() -> str:
        row = services.appeal(
            finding_id=pk,
            reason=request.POST.get("reason", ""),
            uploads=uploads_of(request),
            by=request.user,
            now=now(),
        )
        return f"已提出申诉，由{row.at_division.full_name}监管员复核。答复前可以撤回。"

    return _done(request, pk, do, "appeal")


@login_required
@require_http_methods(METHODS)
def press(request: HttpRequest, pk: int) -> HttpResponse:
    """A supervisor urges the unit."""

    def do() -> str:
        told = services.press(finding_id=pk, by=request.user, now=now())
        return f"已催办，通知了 {told} 位运维员，并已记入日志。"

    return _done(request, pk, do, "press")


@login_required
@require_http_methods(METHODS)
def postpone(request: HttpRequest, pk: int) -> HttpResponse:
    """A supervisor sets another last day."""

    def do() -> str:
        row = services.postpone(
            finding_id=pk,
            due_on=_day(request.POST.get("due_on", "")),
            why=request.POST.get("why", ""),
            by=request.user,
            now=now(),
        )
        return f"整改期限已改为 {row.due_on}，已通知主办单位。"

    return _done(request, pk, do, "postpone")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused("不是日期，请写成 2026-11-30 这样。", "due_on") from None


def _done(request: HttpRequest, pk: int, do: Callable[[], str], form: str) -> HttpResponse:
    """Do it and show the finding; a refused deed shows the page again with what was typed.

    Asked for by its address alone (after logging in again, say) it leads to the finding.
    """
    found(request, pk)
    if request.method != "POST":
        return redirect("findings:detail", pk=pk)
    try:
        said = do()
    except Refused as why:
        lost = FILES_AGAIN if request.FILES else ""
        messages.error(request, f"{why.text}{lost}")
        return _show(request, found(request, pk), Unkept(form, request.POST, why.field, why.text), why.status)
    messages.success(request, said)
    return redirect("findings:detail", pk=pk)


def _show(request: HttpRequest, finding: Finding, unkept: Unkept | None = None, status: int = 200) -> HttpResponse:
    context = {"room": "findings", **page_of(finding, request.user, unkept)}
    return render(request, "findings/finding_detail.html", context, status=status)
