"""Organisations: list, create, look at, change."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from govmedia.common.clock import now
from govmedia.common.listing import respond
from govmedia.common.refusals import NoRight, Refused
from govmedia.engine.platforms import field_label
from govmedia.orgs import services
from govmedia.orgs.forms import OrganisationForm, posted, show_refusal
from govmedia.orgs.lists import ORGANISATIONS
from govmedia.orgs.models import Organisation, User
from govmedia.orgs.queries import organisations_for
from govmedia.orgs.rights import may, reach, require
from govmedia.orgs.views.room import chosen, tabs

CHANGED = ("name", "short_name", "field", "duties")


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    if not reach(request.user, "organisation.see"):
        raise NoRight
    rows = organisations_for(request.user).select_related("division")
    part = chosen(request)
    if part:
        rows = rows.filter(division__gte=part[0], division__lt=part[1])
    return respond(
        request,
        ORGANISATIONS,
        rows,
        "orgs/organisation_list.html",
        filename="单位",
        context={
            "room": "orgs",
            "unit": "个单位",
            "caption": "单位",
            "empty_title": "还没有单位",
            "empty_text": "先登记主办政务新媒体的单位，再为它添加运维员。",
            "may_manage": bool(reach(request.user, "organisation.manage")),
            "tabs": tabs(request, "organisations"),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    if not reach(request.user, "organisation.manage"):
        raise NoRight
    initial = {"division": request.user.division_id}
    form = OrganisationForm(posted(request), user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            row = services.create_organisation(values=form.cleaned_data, by=request.user, now=now())
        except Refused as why:
            show_refusal(form, why)
        else:
            messages.success(request, f"已登记「{row.name}」。接着为它添加运维员。")
            return redirect("orgs:organisation-edit", row.pk)
    return render(request, "orgs/organisation_form.html", {"form": form, **_frame("新增单位")})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The organisation's page; its managers change it here, others read it."""
    row = get_object_or_404(Organisation.objects.select_related("division"), pk=pk)
    require(request.user, "organisation.see", division=row.division_id, organisation=row.pk)
    manages = may(request.user, "organisation.manage", division=row.division_id)
    if request.method == "POST":
        require(request.user, "organisation.manage", division=row.division_id)
    if request.method == "POST" and "active" in request.POST:
        return _switch(request, row)
    initial = {key: getattr(row, key) for key in CHANGED}
    form = OrganisationForm(posted(request), user=request.user, organisation=row, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_organisation(organisation=row, values=form.cleaned_data, by=request.user, now=now())
        except Refused as why:
            show_refusal(form, why)
        else:
            messages.success(request, "已保存。")
            return redirect("orgs:organisation-edit", row.pk)
    context = {
        "form": form if manages else None,
        "organisation": row,
        "field_label": field_label(row.field),
        "people": _people(request.user, row),
        "sees_accounts": may(request.user, "account.see", division=row.division_id, organisation=row.pk),
    }
    return render(request, "orgs/organisation_detail.html", {**context, **_frame(row.name)})


def _switch(request: HttpRequest, row: Organisation) -> HttpResponse:
    """Put an organisation out of use, or into use again."""
    active = request.POST["active"] == "yes"
    values = {key: getattr(row, key) for key in CHANGED} | {"active": active}
    try:
        services.change_organisation(organisation=row, values=values, by=request.user, now=now())
    except Refused as why:
        messages.error(request, why.text)
    else:
        messages.success(request, f"「{row.name}」已{'恢复使用' if active else '停用'}。")
    return redirect("orgs:organisation-edit", row.pk)


def _people(user: User, row: Organisation) -> list[User]:
    """The organisation's users, for those who manage them."""
    if not may(user, "user.manage", division=row.division_id):
        return []
    return list(User.objects.filter(organisation=row).order_by("login"))


def _frame(name: str) -> dict[str, Any]:
    return {"room": "orgs", "crumbs": [("单位", reverse("orgs:organisation-list")), (name, "")]}
