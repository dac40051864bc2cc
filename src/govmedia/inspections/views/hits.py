"""All hits somebody may see, and one of them with its post."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from govmedia.common.clock import now, today
from govmedia.common.listing import respond
from govmedia.common.refusals import NoRight, Refused
from govmedia.common.typed import key_of
from govmedia.engine.content.types import CATEGORY_WORDS
from govmedia.inspections import queries, services
from govmedia.inspections.forms import AllowanceForm
from govmedia.inspections.lists import LISTING, title_of
from govmedia.inspections.marking import pieces
from govmedia.inspections.models import TextHit
from govmedia.inspections.states import RULED, State
from govmedia.inspections.views.room import tabs
from govmedia.orgs.models import User
from govmedia.orgs.rights import may, reach, require

RULINGS = (
    ("right", "属实", "1", "btn-primary"),
    ("minor", "不严重", "2", ""),
    ("wrong", "误报", "3", ""),
)


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    if not reach(request.user, "inspection.see"):
        raise NoRight
    rows = queries.visible_to(request.user).select_related("account", "account__division")
    return respond(
        request,
        LISTING,
        rows,
        "inspections/hit_list.html",
        filename=f"内容命中-{today():%Y%m%d}",
        context={
            "room": "inspections",
            "tabs": tabs(request.user, "hits"),
            "caption": "内容命中",
            "unit": "处",
            "empty_title": "没有命中",
            "empty_text": "各账号新发布的内容检查后，发现的问题会列在这里。",
        },
    )


def found(user: User, pk: int) -> TextHit:
    """The hit, if the person may see it; 404 else, so that what is only suspected does not show."""
    rows = queries.visible_to(user).select_related(
        "account__organisation", "account__division", "post", "decided_by", "target"
    )
    return get_object_or_404(rows, pk=pk)


def page_of(hit: TextHit, user: User) -> dict[str, Any]:
    """What the page of a hit and the queue show of it."""
    post, own = hit.post, may(user, "inspection.decide", division=hit.account.division_id)
    current = hit.state != State.GONE and post.sm3 == hit.post_sm3
    raw = getattr(post, hit.field) if hit.field in {"title", "text"} else ""
    return {
        "hit": hit,
        "category": CATEGORY_WORDS[hit.category],
        "check_title": title_of(hit.check_code),
        "account_url": reverse("desk:account", args=[hit.account.code]),
        "lines": pieces(raw, [hit]) if current and raw else [],
        "like": queries.like_cases(hit) if own else [],
        "rulings": RULINGS if own and hit.state == State.OPEN else (),
        "may_undo": own and hit.state in RULED,
        "may_allow": own and hit.state == State.WRONG,
        "may_keep": own and hit.state in (State.RIGHT, State.WRONG),
        "allowance_form": AllowanceForm(initial={"phrase": _phrase(hit)}),
    }


def _phrase(hit: TextHit) -> str:
    """What was found with a little around it: enough to be unmistakable, short enough to hold elsewhere."""
    return hit.before.rpartition("\n")[2][-2:] + hit.found + hit.after.partition("\n")[0][:2]


@login_required
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    page = page_of(found(request.user, pk), request.user)
    return render(request, "inspections/hit_detail.html", {"room": "inspections", **page})


@login_required
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for a human's word, what is worth most first; one at a time."""
    if not reach(request.user, "inspection.decide"):
        raise NoRight
    rows = queries.queue_for(request.user)
    wanted = request.GET.get("check", "")
    wanted = wanted if wanted.isidentifier() else ""
    if wanted:
        rows = rows.filter(check_code=wanted)
    skipped = [key for part in request.GET.get("skip", "").split(",") if (key := key_of(part))][-50:]
    hit = (
        rows.exclude(pk__in=skipped)
        .select_related("account__organisation", "account__division", "post", "decided_by", "target")
        .first()
    )
    context: dict[str, Any] = {
        "room": "inspections",
        "tabs": tabs(request.user, "queue"),
        "total": rows.count(),
        "wanted": wanted,
        "last": request.session.get("inspections.last"),
        "skip": ",".join(map(str, [*skipped, hit.pk])) if hit else "",
    }
    if hit is not None:
        context |= page_of(hit, request.user)
    return render(request, "inspections/hit_queue.html", context)


@login_required
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    hit = found(request.user, pk)
    ruling = request.POST.get("ruling", "")
    try:
        moved = services.decide(hit_id=hit.pk, ruling=ruling, by=request.user, now=now())
    except Refused as why:
        messages.error(request, why.text)
    else:
        request.session["inspections.last"] = {
            "pk": hit.pk,
            "found": hit.found[:30],
            "word": moved.get_state_display(),
        }
    return _back(request, hit)


@login_required
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    hit = found(request.user, pk)
    try:
        services.undo(hit_id=hit.pk, by=request.user, now=now())
    except Refused as why:
        messages.error(request, why.text)
    else:
        request.session.pop("inspections.last", None)
        messages.success(request, f"“{hit.found[:30]}”已退回待判。")
    return redirect("inspections:detail", pk=hit.pk)


@login_required
@require_POST
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    hit = found(request.user, pk)
    require(request.user, "inspection.decide", division=hit.account.division_id)
    form = AllowanceForm(request.POST)
    if form.is_valid():
        try:
            services.propose_allowance(hit_id=hit.pk, **form.cleaned_data, by=request.user, now=now())
        except Refused as why:
            form.add_error(why.field if why.field in form.fields else None, why.text)
        else:
            messages.success(request, "已提议放行，等另一位有权限的人复核。")
            return redirect("inspections:checks")
    page = {**page_of(hit, request.user), "allowance_form": form}
    return render(request, "inspections/hit_detail.html", {"room": "inspections", **page}, status=422)


def _back(request: HttpRequest, hit: TextHit) -> HttpResponse:
    if request.POST.get("next") == "queue":
        check = request.POST.get("check", "")
        return redirect(reverse("inspections:queue") + (f"?check={check}" if check.isidentifier() else ""))
    return redirect("inspections:detail", pk=hit.pk)
