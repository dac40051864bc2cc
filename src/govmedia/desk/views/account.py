"""One account: its state, its posts, and what may be done with it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from govmedia.accounts.models import LIVE, Account
from govmedia.accounts.services import unfreeze as unfreeze_account
from govmedia.common.clock import now
from govmedia.common.listing import respond
from govmedia.common.refusals import Refused
from govmedia.desk.lists import POSTS
from govmedia.desk.queries.account import account_page
from govmedia.engine.platforms import platform_label
from govmedia.orgs.rights import may, require
from govmedia.posts.models import Post
from govmedia.posts.queries import events_of
from govmedia.posts.services import look_now


def _found(request: HttpRequest, code: str) -> Account:
    """The account with this code; 404 if there is none, 403 if it is out of reach."""
    rows = Account.objects.select_related("organisation", "division", "successor", "data_interface")
    account = get_object_or_404(rows, code=code.upper())
    require(request.user, "account.see", division=account.division_id, organisation=account.organisation_id)
    return account


def _may(request: HttpRequest, account: Account, right: str) -> bool:
    return may(request.user, right, division=account.division_id, organisation=account.organisation_id)


def _crumbs(account: Account, *more: tuple[str, str]) -> list[tuple[str, str]]:
    own = reverse("desk:account", args=[account.code]) if more else ""
    return [("账号", reverse("desk:account-list")), (account.name, own), *more]


def _rights(request: HttpRequest, account: Account) -> dict[str, bool]:
    """What the person may do with the account as it stands."""
    live = account.status in LIVE
    return {
        "may_change": live and _may(request, account, "filing.submit"),
        "may_check": live and _may(request, account, "check.run"),
        "may_raise": live and _may(request, account, "finding.raise"),
        "may_look": live and hasattr(account, "data_interface") and _may(request, account, "account.look"),
        "may_unfreeze": bool(account.frozen_reason) and _may(request, account, "account.unfreeze"),
        "may_steer": live and _may(request, account, "demo.steer"),
        "sees_filings": _may(request, account, "filing.see"),
        "sees_checks": _may(request, account, "check.see"),
    }


@login_required
@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    account = _found(request, code)
    return render(request, "desk/account_detail.html", _page(request, account))


def _page(request: HttpRequest, account: Account) -> dict[str, Any]:
    moment = now()
    return {
        "room": "accounts",
        "account": account,
        "platform": platform_label(account.platform),
        "crumbs": _crumbs(account),
        "page": account_page(account, request.user, moment),
        **_rights(request, account),
    }


@login_required
@require_safe
def posts(request: HttpRequest, code: str) -> HttpResponseBase:
    account = _found(request, code)
    return respond(
        request,
        POSTS,
        Post.objects.filter(account=account).select_related("account"),
        "desk/post_list.html",
        filename=f"{account.name}的内容",
        context={
            "room": "accounts",
            "account": account,
            "crumbs": _crumbs(account, ("内容", "")),
            "unit": "篇",
            "caption": f"{account.name}的内容",
            "empty_title": "还没有看到内容",
            "empty_text": "首次查看成功后，账号发布的内容会出现在这里。",
        },
    )


@login_required
@require_safe
def post(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    account = _found(request, code)
    row = get_object_or_404(Post, pk=pk, account=account)
    context = {
        "room": "accounts",
        "account": account,
        "post": row,
        "events": events_of(row),
        "crumbs": _crumbs(
            account, ("内容", reverse("desk:account-posts", args=[account.code])), (row.title or "无标题", "")
        ),
    }
    return render(request, "desk/post_detail.html", context)


@login_required
@require_POST
def look(request: HttpRequest, code: str) -> HttpResponse:
    account = _found(request, code)
    try:
        look_now(account=account, by=request.user, now=now())
    except Refused as why:
        messages.error(request, why.text)
    else:
        messages.success(request, f"已安排立即查看「{account.name}」，稍后刷新本页看结果。")
    return redirect("desk:account", account.code)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def unfreeze(request: HttpRequest, code: str) -> HttpResponse:
    """Unfreezes; where that is refused the account's page comes again, with what was typed."""
    account = _found(request, code)
    typed = request.POST.get("why", "")
    if request.method == "POST":
        try:
            unfreeze_account(account=account, by=request.user, now=now(), why=typed)
        except Refused as why:
            messages.error(request, why.text)
            context = {**_page(request, account), "typed": typed}
            if typed.strip() and not context["may_unfreeze"]:
                context["unsaved"] = [("核实的结果", typed)]
            return render(request, "desk/account_detail.html", context, status=why.status)
        messages.success(request, f"已解除「{account.name}」的冻结，下一次查看后更新健康状况。")
    return redirect("desk:account", account.code)
