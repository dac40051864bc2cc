"""A round as its inspectors see it: what is left, the next account, and where two differ."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from govmedia.common.clock import now
from govmedia.common.refusals import NoRight, Refused
from govmedia.common.typed import key_of
from govmedia.orgs.models import User
from govmedia.orgs.rights import may, reach, require
from govmedia.rounds import queries, services
from govmedia.rounds.honesty import Comparing
from govmedia.rounds.models import Sample, Seat
from govmedia.rounds.services.working import edition_of
from govmedia.rounds.states import Place
from govmedia.rounds.views.page import found


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What is left to judge, over all rounds."""
    if not reach(request.user, "round.judge"):
        raise NoRight
    seats = list(queries.seats_of(request.user)[:200])
    context = {"room": "checks", "seats": seats, "total": queries.seats_of(request.user).count()}
    return render(request, "rounds/my_seats.html", context)


@login_required
@require_safe
def work(request: HttpRequest, pk: int) -> HttpResponse:
    """After a check: settle what is done, and show the next account of the round."""
    held = found(request.user, pk)
    services.settle_due(now=now(), round_id=held.pk)
    rows = queries.seats_of(request.user).filter(sample__round=held)
    done = Seat.objects.filter(sample__round=held, inspector=request.user, done_at__isnull=False).count()
    context = {
        "room": "checks",
        "held": held,
        "next": rows.first(),
        "left": rows.count(),
        "done": done,
        "crumbs": [
            ("检查轮次", reverse("rounds:list")),
            (held.name, reverse("rounds:detail", args=[held.pk])),
            ("检查", ""),
        ],
    }
    return render(request, "rounds/work.html", context)


@login_required
@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    seat = get_object_or_404(Seat.objects.select_related("sample"), pk=pk, inspector=request.user)
    try:
        check = services.begin(seat_id=seat.pk, by=request.user, now=now())
    except Refused as why:
        messages.error(request, why.text)
        return redirect("rounds:work", pk=seat.sample.round_id)
    if check is None:
        messages.info(request, "这个账号已注销，不再检查。")
        return redirect("rounds:work", pk=seat.sample.round_id)
    return redirect("checks:detail", pk=check.pk)


def _sample(user: User, pk: int) -> Sample:
    """A sample of a round somebody may see, if he may see the account in it."""
    sample = get_object_or_404(
        Sample.objects.select_related("account__organisation", "account__division", "round"), pk=pk
    )
    found(user, sample.round_id)
    return get_object_or_404(queries.samples_for(sample.round, user), pk=pk)


@login_required
@require_safe
def sample(request: HttpRequest, pk: int) -> HttpResponse:
    """One account in a round: who judged it and how; where two differ, both side by side for who decides."""
    row = _sample(request.user, pk)
    held = row.round
    may_run = may(request.user, "round.run", division=held.division_id)
    seats = list(row.seats.select_related("inspector", "check_made").order_by("number"))
    is_arbiter = any(seat.number == Seat.ARBITER and seat.inspector_id == request.user.pk for seat in seats)
    settled = row.state == Place.SETTLED
    # Who judges must not know of the other before he is done.
    shown = [
        seat
        for seat in seats
        if settled or is_arbiter or (may_run and row.state == Place.DIFFERING) or seat.inspector_id == request.user.pk
    ]
    people = queries.inspectors_for(held).exclude(pk__in=[seat.inspector_id for seat in seats])
    context = {
        "room": "checks",
        "row": row,
        "held": held,
        "shown": shown,
        "may_run": may_run,
        **_beside(row),
        "may_call": may_run and row.state == Place.DIFFERING and not any(s.number == Seat.ARBITER for s in seats),
        "may_drop": may_run and held.state == "judging" and not settled and row.state != Place.DROPPED,
        "people": people,
        "own": next((seat for seat in seats if seat.inspector_id == request.user.pk and seat.done_at is None), None),
        "account_url": reverse("desk:account", args=[row.account.code]),
        "crumbs": [
            ("检查轮次", reverse("rounds:list")),
            (held.name, reverse("rounds:detail", args=[held.pk])),
            (row.account.name, ""),
        ],
    }
    return render(request, "rounds/sample_detail.html", context)


def _beside(row: Sample) -> dict[str, Any]:
    """What the unit said of the account before; shown once it has its verdict, so that nobody judges by it."""
    if row.said is None or row.state != Place.SETTLED:
        return {}
    try:
        return {"said": row.said, "compared": Comparing(edition_of(row.round)).of(row)}
    except Refused:
        return {"said": row.said}


@login_required
@require_POST
def arbiter(request: HttpRequest, pk: int) -> HttpResponse:
    row = _sample(request.user, pk)
    require(request.user, "round.run", division=row.round.division_id)
    try:
        services.call_arbiter(
            sample_id=row.pk,
            inspector_id=key_of(request.POST.get("inspector", "")),
            by=request.user,
            now=now(),
        )
    except Refused as why:
        messages.error(request, why.text)
    else:
        messages.success(request, "已请第三位检查员裁定。")
    return redirect("rounds:sample", pk=row.pk)


@login_required
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    row = _sample(request.user, pk)
    try:
        services.drop(sample_id=row.pk, why=request.POST.get("why", ""), by=request.user, now=now())
    except Refused as why:
        messages.error(request, why.text)
    else:
        messages.success(request, f"「{row.account.name}」这一轮不检查，理由会随结果公布。")
    return redirect("rounds:sample", pk=row.pk)
