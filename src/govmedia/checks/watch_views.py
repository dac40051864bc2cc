"""The page of the watch list."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from govmedia.checks import queries
from govmedia.checks.watch_lists import WATCH
from govmedia.common.clock import today
from govmedia.common.listing import respond
from govmedia.common.refusals import NoRight
from govmedia.orgs.models import User
from govmedia.orgs.rights import reach


def tabs(user: User, on: str) -> list[dict[str, Any]]:
    """Checks and the watch list, for those who may open both."""
    if not reach(user, "check.watch"):
        return []
    number = queries.watched_for(user).order_by().count()
    return [
        {"label": "检查", "url": reverse("checks:list"), "on": on == "checks"},
        {"label": "重点关注名单", "url": reverse("checks:watch"), "on": on == "watch", "count": number},
    ]


@login_required
@require_safe
def watch(request: HttpRequest) -> HttpResponseBase:
    if not reach(request.user, "check.watch"):
        raise NoRight
    rows = queries.watched_for(request.user)
    return respond(
        request,
        WATCH,
        rows.select_related("account", "account__organisation", "account__division"),
        "checks/watch_list.html",
        filename=f"重点关注名单-{today():%Y%m%d}",
        context={
            "room": "checks",
            "tabs": tabs(request.user, "watch"),
            "today": today(),
            "caption": "重点关注名单",
            "unit": "个账号",
            "empty_title": "没有要重点关注的账号",
            "empty_text": "更新变慢、快要触及红线“两周内无更新”的账号列在这里；系统会先提醒运维员。",
        },
    )
