"""One suspect: what was told of it, whom it is like, and the two people's decision."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from govmedia.accounts.queries import like, named_exactly
from govmedia.common.clock import now
from govmedia.common.downloads import as_file
from govmedia.common.handing import Handed, handed_out
from govmedia.common.refusals import NoRight, Refused
from govmedia.engine.bulletins.errors import BulletinError
from govmedia.engine.links import is_web
from govmedia.engine.platforms import platform_label
from govmedia.impostors import letters, queries, services
from govmedia.impostors.forms import ProposeForm
from govmedia.impostors.models import Impostor
from govmedia.impostors.states import State
from govmedia.orgs.models import User
from govmedia.orgs.rights import may, reach

REPORTS_SHOWN, ALIKE_SHOWN = 50, 5
DEEDS = ("approve", "dismiss", "withdraw", "reopen")


def found(user: User, pk: int) -> Impostor:
    """The suspect, if the person may see it; 403 for those without the room, 404 for one elsewhere."""
    if not reach(user, "impostor.see"):
        raise NoRight
    rows = queries.visible_to(user).select_related(
        "imitates__organisation", "proposed_by", "approved_by", "ended_by", "division"
    )
    return get_object_or_404(rows, pk=pk)


def _page(row: Impostor, user: User, **more: Any) -> dict[str, Any]:
    decides = may(user, "impostor.decide", division=row.division_id)
    others = [one for one in like(row.name, limit=ALIKE_SHOWN) if one.account != row.imitates]
    url = row.imitates.url if row.imitates else ""
    initial = {"imitates": row.imitates.code if row.imitates else "", "platform_id": row.platform_id}
    return {
        "room": "accounts",
        "row": row,
        "platform": platform_label(row.platform) if row.platform else "不明",
        "real_platform": platform_label(row.imitates.platform) if row.imitates else "",
        "reports": row.reports.order_by("-at", "-pk")[:REPORTS_SHOWN],
        "twins": list(named_exactly(row.name)[:ALIKE_SHOWN]),
        "alike": [(one.account, platform_label(one.account.platform), one.likeness) for one in others],
        "form": ProposeForm(initial=initial),
        "may_decide": decides,
        "may_approve": decides and row.state == State.PROPOSED and row.proposed_by_id != user.pk,
        "real_link": url if is_web(url) else "",
        **more,
    }


def _shown(request: HttpRequest, row: Impostor, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, "impostors/detail.html", _page(row, request.user, **more), status=status)


@login_required
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _shown(request, found(request.user, pk))


@login_required
@require_POST
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    row = found(request.user, pk)
    form = ProposeForm(request.POST)
    if form.is_valid():
        try:
            services.propose(impostor_id=row.pk, by=request.user, now=now(), **form.cleaned_data)
        except Refused as why:
            form.add_error(why.field if why.field in form.fields else None, why.text)
        else:
            messages.success(request, f"已提议认定「{row.name}」为冒用，等另一位监管员认定。")
            return redirect("impostors:detail", pk=row.pk)
    return _shown(request, row, 422, form=form)


@login_required
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a proposal, dismiss a suspect, withdraw a decision, or look again at a dismissed one."""
    row = found(request.user, pk)
    deed, why = request.POST.get("deed", ""), request.POST.get("why", "")
    try:
        if deed in ("approve", "reopen"):
            moved = getattr(services, deed)(impostor_id=row.pk, by=request.user, now=now())
        elif deed in DEEDS:
            moved = getattr(services, deed)(impostor_id=row.pk, why=why, by=request.user, now=now())
        else:
            raise Http404
    except Refused as refusal:
        messages.error(request, refusal.text)
        return _shown(request, row, refusal.status, why=why)
    messages.success(request, f"「{moved.name}」：{moved.get_state_display()}。")
    return redirect("impostors:detail", pk=row.pk)


@login_required
@require_safe
def letter(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The letter to the platform, once it is known as an impostor."""
    row = found(request.user, pk)
    if kind not in letters.KINDS or row.state != State.KNOWN:
        raise Http404
    try:
        data = letters.letter_file(row, kind)
    except BulletinError as why:
        messages.error(request, f"函件排不出来：{why}")
        return redirect("impostors:detail", pk=row.pk)
    return as_file(data, f"impostor-{row.pk}.{kind}", letters.KINDS[kind])


@login_required
@require_safe
def picture(request: HttpRequest, pk: int, report: int) -> FileResponse:
    """The picture somebody handed in; 404 where there is none."""
    told = get_object_or_404(found(request.user, pk).reports, pk=report)
    return handed_out(Handed(f"{told.pk}", told.picture_type, told.picture_sm3))
