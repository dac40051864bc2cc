"""Messages that many accounts carried, who carried one of them, and an account's posts by whose they are."""

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from govmedia.accounts.models import Account
from govmedia.common.clock import now, today
from govmedia.common.listing import respond
from govmedia.common.refusals import NoRight
from govmedia.inspections import queries
from govmedia.inspections.message_lists import DAYS, MESSAGES, ORIGINS, PARTS
from govmedia.inspections.views.room import tabs
from govmedia.orgs.rights import may, reach, require


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    if not reach(request.user, "inspection.see"):
        raise NoRight
    return respond(
        request,
        MESSAGES,
        queries.messages_for(request.user).filter(first_at__gte=now() - timedelta(days=DAYS)),
        "inspections/message_list.html",
        filename=f"消息传播-{today():%Y%m%d}",
        context={
            "room": "inspections",
            "tabs": tabs(request.user, "spread"),
            "caption": "消息传播",
            "unit": "条消息",
            "empty_title": "还没有被转载的消息",
            "empty_text": "新内容会自动与以前的比对，一条消息被别的单位转载后列在这里。",
        },
    )


@login_required
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponseBase:
    if not reach(request.user, "inspection.see"):
        raise NoRight
    message = get_object_or_404(queries.messages_for(request.user), pk=pk)
    source = message.first.account
    known = may(request.user, "account.see", division=source.division_id, organisation=source.organisation_id)
    return respond(
        request,
        PARTS,
        queries.parts_of(message, request.user),
        "inspections/message_detail.html",
        filename=f"消息传播-{pk}",
        context={
            "room": "inspections",
            "message": message,
            "known": known,
            "crumbs": [("消息传播", reverse("inspections:spread")), (str(message)[:40], "")],
            "caption": "转载的账号",
            "unit": "篇",
            "empty_title": "看不到转载它的账号",
            "empty_text": "转载这条消息的账号不在您的范围内。",
        },
    )


@login_required
@require_safe
def account(request: HttpRequest, code: str) -> HttpResponseBase:
    found = get_object_or_404(Account, code=code.upper())
    require(request.user, "inspection.see", division=found.division_id, organisation=found.organisation_id)
    since = today() - timedelta(days=DAYS)
    own = reverse("desk:account", args=[found.code])
    return respond(
        request,
        ORIGINS,
        queries.origins_of(found.pk, since),
        "inspections/origin_list.html",
        filename=f"{found.name}的原创情况",
        context={
            "room": "accounts",
            "account": found,
            "figures": queries.originality_of(found.pk, since, today()),
            "crumbs": [("账号", reverse("desk:account-list")), (found.name, own), ("原创情况", "")],
            "caption": f"{found.name}的原创情况",
            "unit": "篇",
            "empty_title": "还没有可比对的内容",
            "empty_text": "新内容看到后会自动与以前的比对，结果列在这里。",
        },
    )
