"""An assessment from its plan to its end, as those who run it see it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from govmedia.assessments import queries, services
from govmedia.assessments.forms import AssessmentForm, initial_for, initial_of
from govmedia.assessments.lists import LISTING, bodies_listing
from govmedia.assessments.models import Assessment
from govmedia.assessments.pages import assessment_page
from govmedia.assessments.states import SHOWN
from govmedia.common.clock import now, today
from govmedia.common.listing import respond
from govmedia.common.refusals import NoRight, Refused
from govmedia.orgs.models import User
from govmedia.orgs.rights import may, reach, require

Step = Callable[..., Assessment]
_STEPS: Mapping[str, tuple[Step, str]] = {
    "open": (services.open_reports, "自评已开始，已通知被考核单位。"),
    "measure": (services.measure, "已重新取数。"),
    "review": (services.start_review, "自评已结束，请逐个单位评分。"),
    "announce": (services.announce, "结果已反馈给被考核单位，可以申诉。"),
    "publish": (services.publish, "结果已公布。"),
}
_WITH_REASON: Mapping[str, tuple[Step, str]] = {
    "back": (services.take_in, "已收回重审。"),
    "withdraw": (services.withdraw, "已撤下，公开页面写明了理由。"),
    "cancel": (services.cancel, "已取消。"),
}


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    if not reach(request.user, "assessment.see"):
        raise NoRight
    may_run = bool(reach(request.user, "assessment.run"))
    return respond(
        request,
        LISTING,
        queries.visible_to(request.user),
        "assessments/assessment_list.html",
        filename=f"年度考核-{today():%Y%m%d}",
        context={
            "room": "checks",
            "caption": "年度考核",
            "unit": "次考核",
            "may_run": may_run,
            "empty_title": "还没有年度考核",
            "empty_text": "对下级监管单位的考核在这里安排：数字由系统取，少数几项由单位自评，审核、申诉以后公布。",
            "empty_action_url": reverse("assessments:new") if may_run else "",
            "empty_action_label": "新建考核",
        },
    )


def found(user: User, pk: int) -> Assessment:
    """The assessment, if the person may see it; 404 else."""
    if not reach(user, "assessment.see"):
        raise NoRight
    return get_object_or_404(queries.visible_to(user), pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    require(request.user, "assessment.run", division=request.user.division_id or "")
    return _edit(request, None, request.user.division_id or "")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    row = found(request.user, pk)
    require(request.user, "assessment.run", division=row.division_id)
    if row.state != "planned":
        messages.error(request, "自评已开始，考核的安排不能再改。")
        return redirect("assessments:detail", pk=row.pk)
    return _edit(request, row, row.division_id)


def _edit(request: HttpRequest, row: Assessment | None, division: str) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = AssessmentForm(data, division=division, initial=initial_of(row) if row else initial_for(division, today()))
    if data is not None and form.is_valid():
        key: dict[str, Any] = {"values": form.cleaned_data, "by": request.user, "now": now()}
        try:
            made = services.change(assessment_id=row.pk, **key) if row else services.plan(**key)
        except Refused as why:
            form.add_error(why.field if why.field in form.fields else None, why.text)
        else:
            messages.success(request, "已保存。")
            return redirect("assessments:detail", pk=made.pk)
    context = {"room": "checks", "form": form, "row": row, "offices": bool(form.fields["bodies"].choices)}
    return render(request, "assessments/assessment_form.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponseBase:
    row = found(request.user, pk)
    if not may(request.user, "assessment.see", division=row.division_id):
        own = queries.bodies_for(row, request.user).filter(division=request.user.division_id).first()
        if own is not None:
            return redirect("assessments:body", pk=own.pk)
    return _show(request, row)


def _show(request: HttpRequest, row: Assessment, why: str = "", status: int = 200) -> HttpResponseBase:
    points = may(request.user, "assessment.see", division=row.division_id) or row.state in SHOWN
    answer = respond(
        request,
        bodies_listing(row, points and row.state != "planned"),
        queries.bodies_for(row, request.user),
        "assessments/assessment_detail.html",
        filename=f"{row.name}-{today():%Y%m%d}",
        context={
            **assessment_page(row, request.user),
            "why": why,
            "caption": f"{row.name}的被考核单位",
            "unit": "个单位",
            "empty_title": "没有单位",
            "empty_text": "没有符合条件的被考核单位。",
        },
    )
    answer.status_code = status
    return answer


@login_required
@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Everything that is one button."""
    row, name = found(request.user, pk), request.POST.get("deed", "")
    why = request.POST.get("why", "")
    require(request.user, "assessment.run", division=row.division_id)
    try:
        if name in _WITH_REASON:
            deed, told = _WITH_REASON[name]
            deed(assessment_id=row.pk, why=why, by=request.user, now=now())
        elif name in _STEPS:
            deed, told = _STEPS[name]
            deed(assessment_id=row.pk, by=request.user, now=now())
        else:
            raise Http404
    except Refused as refusal:
        messages.error(request, refusal.text)
        return _show(request, found(request.user, pk), why, refusal.status)
    messages.success(request, told)
    return redirect("assessments:detail", pk=row.pk)
