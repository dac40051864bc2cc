"""A round from its plan to its end, as those who run it see it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from govmedia.common.clock import now, today
from govmedia.common.downloads import as_file
from govmedia.common.listing import Listing, respond
from govmedia.common.refusals import NoRight, Refused
from govmedia.common.typed import key_of
from govmedia.engine.hashing import canonical_json
from govmedia.orgs.rights import reach, require
from govmedia.rounds import queries, services
from govmedia.rounds.forms import DrawForm, RoundForm, initial_for, initial_of
from govmedia.rounds.honesty import Comparing
from govmedia.rounds.lists import LISTING, SAMPLES, samples_beside
from govmedia.rounds.models import Round, Sample
from govmedia.rounds.services.working import edition_of
from govmedia.rounds.states import PUBLIC
from govmedia.rounds.views.editing import edit
from govmedia.rounds.views.page import found, page_of
from govmedia.rounds.views.selfcheck import edit_self_check

_STEPS = {
    "announce": services.announce,
    "ask": services.ask,
    "press": services.press,
    "close": services.close_round,
}
_DONE = {
    "ask": "已发起自查，有账号的单位都通知了一次。",
    "press": "已提醒还没有报的单位。",
    "announce": "总体已公布，承诺的哈希也已公布。请等公开随机数产生后抽取。",
    "close": "已检毕。",
}


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    if not reach(request.user, "round.see"):
        raise NoRight
    may_run = bool(reach(request.user, "round.run"))
    return respond(
        request,
        LISTING,
        queries.visible_to(request.user).select_related("division"),
        "rounds/round_list.html",
        filename=f"检查轮次-{today():%Y%m%d}",
        context={
            "room": "checks",
            "caption": "检查轮次",
            "unit": "轮",
            "may_run": may_run,
            "bulletins": bool(reach(request.user, "bulletin.see")),
            "assessments": bool(reach(request.user, "assessment.see")),
            "mine": queries.seats_of(request.user).count(),
            "empty_title": "还没有检查轮次",
            "empty_text": "抽查、月度检查、普查都在这里安排：定时段和指标，公布总体，公开抽取，分给检查员。",
            "empty_action_url": reverse("rounds:new") if may_run else "",
            "empty_action_label": "新建一轮",
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    require(request.user, "round.run", division=request.user.division_id or "")
    return _edit(request, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    held = found(request.user, pk)
    require(request.user, "round.run", division=held.division_id)
    if held.state != "planned":
        messages.error(request, "已经发起或公布，这一轮的安排不能再改。")
        return redirect("rounds:detail", pk=held.pk)
    return edit_self_check(request, held) if held.is_self_check else _edit(request, held)


def _edit(request: HttpRequest, held: Round | None) -> HttpResponse:
    form = RoundForm(
        request.POST if request.method == "POST" else None,
        initial=initial_of(held) if held else initial_for(request.user.division, today()),
    )
    return edit(request, held, form, template="rounds/round_form.html", done="已保存。")


@login_required
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponseBase:
    held = found(request.user, pk)
    if "accounts" in request.GET or held.state in {"judging", "closed"}:
        return _with_samples(request, held)
    return render(request, "rounds/round_detail.html", page_of(held, request.user))


def _samples(request: HttpRequest, held: Round) -> tuple[Listing, QuerySet[Sample]]:
    """The list of a round's accounts; after a self-check with what the units said beside it."""
    rows = queries.samples_for(held, request.user)
    if not held.is_self_check:
        return SAMPLES, rows
    try:
        comparing = Comparing(edition_of(held))
    except Refused as why:
        messages.error(request, why.text)
        return SAMPLES, rows
    return samples_beside(comparing), rows.prefetch_related("check_used__taken_back")


def _with_samples(request: HttpRequest, held: Round) -> HttpResponseBase:
    return respond(
        request,
        *_samples(request, held),
        "rounds/round_judging.html",
        filename=f"{held.name}-{today():%Y%m%d}",
        context={
            **page_of(held, request.user),
            "caption": f"{held.name}的账号",
            "unit": "个账号",
            "empty_title": "没有账号",
            "empty_text": "这一轮没有抽到你能看到的账号。",
        },
    )


def _refused(request: HttpRequest, held: Round, why: Refused, **more: Any) -> HttpResponse:
    messages.error(request, why.text)
    held = found(request.user, held.pk)
    page = page_of(held, request.user, **more)
    return render(request, "rounds/round_detail.html", page, status=why.status)


@login_required
@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the units, remind them, announce, close or cancel."""
    held, deed = found(request.user, pk), request.POST.get("deed", "")
    try:
        if deed == "cancel":
            services.cancel(round_id=held.pk, why=request.POST.get("why", ""), by=request.user, now=now())
        elif deed in _STEPS:
            _STEPS[deed](round_id=held.pk, by=request.user, now=now())
        else:
            raise Http404
    except Refused as why:
        return _refused(request, held, why)
    messages.success(request, _DONE.get(deed, "已取消。"))
    return redirect("rounds:detail", pk=held.pk)


@login_required
@require_POST
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    held, form = found(request.user, pk), DrawForm(request.POST)
    require(request.user, "round.run", division=held.division_id)
    if form.is_valid():
        try:
            services.draw_round(round_id=held.pk, **form.cleaned_data, by=request.user, now=now())
        except Refused as why:
            if why.field not in form.fields:
                return _refused(request, held, why, draw_form=form)
            form.add_error(why.field, why.text)
        else:
            messages.success(request, "已抽取。任何人都可以用公布的总体和种子重抽一遍。")
            return redirect("rounds:detail", pk=held.pk)
    page = page_of(held, request.user, draw_form=form)
    return render(request, "rounds/round_detail.html", page, status=422)


def _picked(request: HttpRequest) -> list[int]:
    return [key_of(part) for part in request.POST.getlist("inspectors")][:500]


@login_required
@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    held = found(request.user, pk)
    try:
        services.open_round(round_id=held.pk, inspector_ids=_picked(request), by=request.user, now=now())
    except Refused as why:
        return _refused(request, held, why)
    messages.success(request, "已分给检查员，可以开始检查。")
    return redirect("rounds:detail", pk=held.pk)


@login_required
@require_POST
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    held, leaves = found(request.user, pk), key_of(request.POST.get("leaves", ""))
    try:
        moved = services.hand_over(
            round_id=held.pk, leaves=leaves, inspector_ids=_picked(request), by=request.user, now=now()
        )
    except Refused as why:
        messages.error(request, why.text)
    else:
        messages.success(request, f"{moved} 个账号已交给别人检查。")
    return redirect("rounds:detail", pk=held.pk)


@login_required
@require_safe
def population(request: HttpRequest, pk: int) -> HttpResponse:
    """The published population, byte for byte."""
    held = _published(found(request.user, pk))
    return as_file(queries.published_population(held), f"population-{held.pk}.csv", "text/csv; charset=utf-8")


@login_required
@require_safe
def drawn(request: HttpRequest, pk: int) -> HttpResponse:
    """The Draw object."""
    held = _published(found(request.user, pk))
    whole = queries.published_draw(held)
    if not whole:
        raise Http404
    return as_file(canonical_json(whole), f"draw-{held.pk}.json", "application/json; charset=utf-8")


def _published(held: Round) -> Round:
    if held.announced_at is None and held.state not in PUBLIC:
        raise Http404
    return held
