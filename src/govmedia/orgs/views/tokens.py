"""Tokens of the API: one's own, made and revoked by oneself; those of others in reach, for administrators."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from govmedia.common.clock import now
from govmedia.common.listing import respond
from govmedia.common.refusals import NoRight, Refused
from govmedia.orgs import services
from govmedia.orgs.forms import TokenForm, posted, show_refusal
from govmedia.orgs.lists import TOKENS
from govmedia.orgs.models import Token
from govmedia.orgs.queries import revocable_by, tokens_for, tokens_of
from govmedia.orgs.rights import SCOPES, reach, scopes_of
from govmedia.orgs.views.room import chosen

# Revoked ones are kept for ever; nobody reads on beyond this.
SHOWN = 100


@sensitive_variables("secret")
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    form = TokenForm(posted(request), user=request.user)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            token, secret = services.make_token(
                user=request.user, name=values["name"], scope=values["scope"], days=values["days"], by=request.user,
                now=now(),
            )  # fmt: skip
        except Refused as why:
            show_refusal(form, why)
        else:
            return _shown_once(request, token, secret)
    context = {
        "form": form if scopes_of(request.user) else None,
        "rows": tokens_of(request.user, now=now())[:SHOWN],
        "tabs": _tabs(request, "own"),
    }
    return render(request, "orgs/token_list.html", context)


@sensitive_variables("secret")
def _shown_once(request: HttpRequest, token: Token, secret: str) -> HttpResponse:
    """The secret, shown this once; pages of the desk are not kept by browsers."""
    context = {
        "token": token,
        "secret": secret,
        "scope": SCOPES[token.scope],
        "crumbs": [("接口令牌", reverse("orgs:token-list")), (token.name, "")],
    }
    return render(request, "orgs/token_made.html", context)


@login_required
@require_safe
def everybody(request: HttpRequest) -> HttpResponseBase:
    """The tokens of all users in reach."""
    if not reach(request.user, "token.manage"):
        raise NoRight
    rows = tokens_for(request.user, now=now())
    part = chosen(request)
    if part:
        offices = Q(user__division__gte=part[0], user__division__lt=part[1])
        bodies = Q(user__organisation__division__gte=part[0], user__organisation__division__lt=part[1])
        rows = rows.filter(offices | bodies)
    return respond(
        request,
        TOKENS,
        rows,
        "orgs/token_all.html",
        filename="接口令牌",
        context={
            "unit": "个令牌",
            "caption": "接口令牌",
            "empty_title": "还没有人生成令牌",
            "empty_text": "令牌由使用接口的人自己生成，在这里可以作废。",
            "tabs": _tabs(request, "all"),
        },
    )


@login_required
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(revocable_by(request.user), pk=pk)
    try:
        services.revoke_token(token=token, by=request.user, now=now())
    except Refused as why:
        messages.error(request, why.text)
    else:
        messages.success(request, f"令牌「{token.name}」已作废，用它的程序不能再访问。")
    return redirect("orgs:token-list" if token.user_id == request.user.pk else "orgs:token-all")


def _tabs(request: HttpRequest, on: str) -> list[dict[str, Any]]:
    """One's own and everybody's, for those who manage them; others see their own only."""
    if not reach(request.user, "token.manage"):
        return []
    return [
        {"label": "我的令牌", "url": reverse("orgs:token-list"), "on": on == "own"},
        {"label": "用户的令牌", "url": reverse("orgs:token-all"), "on": on == "all"},
    ]
