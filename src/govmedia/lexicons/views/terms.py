"""The list of terms, proposing one with a preview, approving, ending, and reading the archive anew."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from govmedia.common.clock import now, today
from govmedia.common.listing import respond
from govmedia.common.refusals import NoRight, Refused
from govmedia.lexicons import queries, services
from govmedia.lexicons.forms import RescanForm, TermForm
from govmedia.lexicons.lists import LISTING, title_of
from govmedia.lexicons.models import Rescan, Term
from govmedia.lexicons.states import State
from govmedia.orgs.models import User
from govmedia.orgs.rights import may, reach

RESCANNED_BACK = timedelta(days=365)


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    if not reach(request.user, "lexicon.see"):
        raise NoRight
    return respond(
        request,
        LISTING,
        queries.visible_to(request.user).select_related("division", "proposed_by"),
        "lexicons/term_list.html",
        filename=f"词库-{today():%Y%m%d}",
        context={
            "room": "inspections",
            "caption": "词库",
            "unit": "个词语",
            "may_edit": bool(reach(request.user, "lexicon.edit")),
            "empty_title": "还没有自己加的词语",
            "empty_text": "平台自带一份经过挑选的词库；本地特有的写法可以在这里加，两个人过目后启用。",
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Propose a term; `preview` shows what it would hit before anybody is asked."""
    if not reach(request.user, "lexicon.edit"):
        raise NoRight
    context: dict[str, Any] = {"room": "inspections", "days": queries.LOOKED_BACK.days}
    if request.method != "POST":
        return render(request, "lexicons/term_new.html", {**context, "form": TermForm()})
    form = TermForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            if "preview" in request.POST:
                context["preview"] = queries.preview(_draft(form, request.user), now=now())
                status = 200
            else:
                term = services.propose(row=form.row(), by=request.user, now=now())
                messages.success(request, f"“{term}”已提议，等另一位有权限的人复核。")
                return redirect("lexicons:detail", pk=term.pk)
        except Refused as why:
            form.add_error(why.field if why.field in form.fields else None, why.text)
    return render(request, "lexicons/term_new.html", {**context, "form": form}, status=status)


def _draft(form: TermForm, user: User) -> Term:
    """The term as it would be, not kept. Errors: Refused."""
    return services.draft(row=form.row(), by=user, now=now())


def found(user: User, pk: int) -> Term:
    """The term, if the person may see it; 404 else."""
    rows = queries.visible_to(user).select_related("division", "proposed_by", "approved_by", "ended_by")
    return get_object_or_404(rows, pk=pk)


def _page(term: Term, user: User, **more: Any) -> dict[str, Any]:
    own = may(user, "lexicon.edit", division=term.division_id)
    initial = {"since": today() - RESCANNED_BACK}
    return {
        "room": "inspections",
        "term": term,
        "check_title": title_of(term.check_code),
        "preview": queries.preview(term, now=now()) if term.state != State.ENDED else None,
        "days": queries.LOOKED_BACK.days,
        "may_edit": own,
        "may_approve": own and term.state == State.PROPOSED and term.proposed_by_id != user.pk,
        "rescans": Rescan.objects.filter(term=term).order_by("-started_at", "-pk")[:10],
        "rescan_form": RescanForm(initial=initial),
        **more,
    }


@login_required
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    term = found(request.user, pk)
    return render(request, "lexicons/term_detail.html", _page(term, request.user))


@login_required
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve, end or reopen a term."""
    term = found(request.user, pk)
    deed, why = request.POST.get("deed", ""), request.POST.get("why", "")
    try:
        if deed == "approve":
            moved = services.approve(term_id=term.pk, by=request.user, now=now())
        elif deed == "reopen":
            moved = services.reopen(term_id=term.pk, by=request.user, now=now())
        elif deed == "end":
            moved = services.end(term_id=term.pk, why=why, by=request.user, now=now())
        else:
            raise Http404
    except Refused as refusal:
        messages.error(request, refusal.text)
        page = _page(term, request.user, why=why)
        return render(request, "lexicons/term_detail.html", page, status=refusal.status)
    messages.success(request, f"“{moved}”：{moved.get_state_display()}。")
    return redirect("lexicons:detail", pk=term.pk)


@login_required
@require_POST
def rescan(request: HttpRequest, pk: int) -> HttpResponse:
    term = found(request.user, pk)
    form = RescanForm(request.POST)
    if form.is_valid():
        try:
            services.start_rescan(term_id=term.pk, since=form.cleaned_data["since"], by=request.user, now=now())
        except Refused as why:
            form.add_error(why.field if why.field in form.fields else None, why.text)
        else:
            messages.success(request, "已排上，后台会接着查，进度在本页。")
            return redirect("lexicons:detail", pk=term.pk)
    elif not may(request.user, "lexicon.edit", division=term.division_id):
        raise NoRight
    page = _page(term, request.user, rescan_form=form)
    return render(request, "lexicons/term_detail.html", page, status=422)


@login_required
@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Rescan.objects.select_related("term"), pk=pk)
    term = found(request.user, row.term_id)
    try:
        services.stop_rescan(rescan_id=row.pk, by=request.user, now=now())
    except Refused as why:
        messages.error(request, why.text)
    return redirect("lexicons:detail", pk=term.pk)
