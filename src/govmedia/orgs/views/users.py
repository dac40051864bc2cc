"""Users: list, create, change, and the one-time link by which they set a password."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from govmedia.common.clock import now
from govmedia.common.listing import respond
from govmedia.common.refusals import NoRight, Refused
from govmedia.orgs import services
from govmedia.orgs.forms import UserForm, posted, show_refusal
from govmedia.orgs.lists import USERS
from govmedia.orgs.models import Organisation, User
from govmedia.orgs.queries import organisations_for, place_of, users_for
from govmedia.orgs.rights import reach
from govmedia.orgs.views.room import chosen, tabs

# So many names are offered while typing; any other is found all the same.
OFFERED = 300
CHANGED = ("name", "role", "phone")


def _found(request: HttpRequest, pk: int) -> User:
    """A user somebody may manage; 403 without the right, 404 where he is not among them."""
    if not reach(request.user, "user.manage"):
        raise NoRight
    return get_object_or_404(users_for(request.user), pk=pk)


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    if not reach(request.user, "user.manage"):
        raise NoRight
    rows = users_for(request.user)
    part = chosen(request)
    if part:
        offices = Q(division__gte=part[0], division__lt=part[1])
        rows = rows.filter(offices | Q(organisation__division__gte=part[0], organisation__division__lt=part[1]))
    return respond(
        request,
        USERS,
        rows,
        "orgs/user_list.html",
        filename="用户",
        context={
            "room": "orgs",
            "unit": "个用户",
            "caption": "用户",
            "empty_title": "还没有用户",
            "empty_text": "为单位添加运维员，为辖区添加审核员、监管员和检查员。",
            "tabs": tabs(request, "users"),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    if not reach(request.user, "user.manage"):
        raise NoRight
    form = UserForm(posted(request), user=request.user, initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        try:
            person = services.create_user(values=form.cleaned_data, by=request.user, now=now())
            token = services.invite(user=person, by=request.user, now=now())
        except Refused as why:
            show_refusal(form, why)
        else:
            return _link(request, person, token)
    bodies = organisations_for(request.user).filter(active=True).values_list("name", flat=True)[:OFFERED]
    return render(request, "orgs/user_form.html", {"form": form, "bodies": bodies, **_frame("新增用户")})


def _initial(request: HttpRequest) -> dict[str, Any]:
    """What the address says about the new user's place."""
    initial: dict[str, Any] = {"division": request.user.division_id}
    code = request.GET.get("organisation", "")
    body = organisations_for(request.user).filter(code=code).first() if code else None
    if isinstance(body, Organisation):
        initial |= {"organisation": body.name, "role": "operator"}
    return initial


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    person = _found(request, pk)
    if request.method == "POST" and "active" in request.POST:
        return _switch(request, person)
    initial = {key: getattr(person, key) for key in CHANGED}
    form = UserForm(posted(request), user=request.user, person=person, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_user(user=person, values=form.cleaned_data, by=request.user, now=now())
        except Refused as why:
            show_refusal(form, why)
        else:
            messages.success(request, "已保存。")
            return redirect("orgs:user-edit", person.pk)
    context = {"form": form, "subject": person, "place": place_of(person)}
    return render(request, "orgs/user_detail.html", {**context, **_frame(person.name)})


def _switch(request: HttpRequest, person: User) -> HttpResponse:
    """Stop a user from logging in, or let him again."""
    active = request.POST["active"] == "yes"
    try:
        services.change_user(user=person, values={"is_active": active}, by=request.user, now=now())
    except Refused as why:
        messages.error(request, why.text)
    else:
        messages.success(request, f"{person.name}（{person.login}）已{'恢复' if active else '停用'}。")
    return redirect("orgs:user-edit", person.pk)


@login_required
@require_POST
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    person = _found(request, pk)
    try:
        token = services.invite(user=person, by=request.user, now=now())
    except Refused as why:
        messages.error(request, why.text)
        return redirect("orgs:user-edit", person.pk)
    return _link(request, person, token)


@never_cache
def _link(request: HttpRequest, person: User, token: str) -> HttpResponse:
    """The one-time link, shown this once."""
    address = request.build_absolute_uri(reverse("orgs:invitation", args=[token]))
    return render(request, "orgs/user_link.html", {"subject": person, "address": address, **_frame(person.name)})


def _frame(name: str) -> dict[str, Any]:
    return {
        "room": "orgs",
        "crumbs": [("单位", reverse("orgs:organisation-list")), ("用户", reverse("orgs:user-list")), (name, "")],
    }
