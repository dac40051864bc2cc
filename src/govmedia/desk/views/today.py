"""The start page."""

from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from govmedia.accounts.models import Cause
from govmedia.audit.models import Head
from govmedia.common.clock import SHANGHAI, day_of, now
from govmedia.common.templatetags.govmedia import percent
from govmedia.desk.queries.figures import Figures, Row, figures
from govmedia.desk.queries.news import news
from govmedia.desk.queries.system import system
from govmedia.desk.queries.waiting import waiting
from govmedia.desk.scope import chosen_division, narrowed
from govmedia.engine.platforms import platform_label
from govmedia.orgs.models import Level, Role
from govmedia.orgs.rights import reach

SHOWN = 8


@login_required
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    moment = now()
    user, division = request.user, chosen_division(request)
    items = waiting(user, division, moment)
    context: dict[str, Any] = {"room": "today", "as_of": moment, "items": items[:SHOWN], "rest": items[SHOWN:]}
    if items and user.role == Role.REVIEWER:
        # What waits for a reviewer stands in one room; for others there is no such place but this page.
        context["room_url"] = reverse("filings:queue")
    if reach(user, "account.see"):
        where = narrowed(user, division)
        yesterday = day_of(moment) - timedelta(days=1)
        found = figures(where, day_of(moment))
        context |= _health(found, _Links(division))
        context["news"] = news(where, datetime.combine(yesterday, time.min, SHANGHAI))
    if user.role == Role.ADMIN:
        context["system"] = system(moment)
    if reach(user, "audit.read"):
        context["head"] = Head.objects.filter(pk=1).first() or Head()
    return render(request, "desk/today.html", context)


class _Links:
    """Addresses of the account list with the filters behind a figure."""

    def __init__(self, division: str) -> None:
        self._kept = {"division": division} if division else {}

    def to(self, **filters: str) -> str:
        return f"{reverse('desk:account-list')}?{urlencode({**self._kept, 'status': 'live', **filters})}"


def _health(found: Figures, links: _Links) -> dict[str, Any]:
    """The second band: four figures, a bar a platform, a row a level; every number leads to its list."""
    whole = found.all
    return {
        "whole": whole,
        "figures": _figures(found, links),
        "bars": [
            {
                "label": platform_label(row.key),
                "url": links.to(platform=row.key),
                "parts": _parts(row),
                "note": f"{row.total:,} 个，健康 {percent(row.healthy, row.total)}",
            }
            for row in found.platforms
        ],
        "levels": [
            {
                "label": Level(row.key).label,
                "row": row,
                "rate": percent(row.healthy, row.total),
                "url": links.to(level=row.key),
                "healthy_url": links.to(level=row.key, health="healthy"),
                "faulty_url": links.to(level=row.key, health="faulty"),
                "not_seen_url": links.to(level=row.key, health="not_seen"),
            }
            for row in found.levels
        ],
        "causes": [
            {"label": Cause(cause).label, "count": count, "url": links.to(health="not_seen", cause=cause)}
            for cause, count in found.causes.items()
            if cause
        ],
        "veto_url": links.to(health="veto"),
        "compared": bool(found.yesterday),
    }


def _figures(found: Figures, links: _Links) -> list[dict[str, Any]]:
    whole = found.all
    faulty_note = f"红线 {whole.veto:,}，扣分 {whole.deducted:,}" if whole.faulty else ""
    return [
        {"label": "账号总数", "value": whole.total, "url": links.to(), "change": found.change("")},
        {
            "label": "健康",
            "value": whole.healthy,
            "url": links.to(health="healthy"),
            "note": percent(whole.healthy, whole.total) if whole.total else "",
            "change": found.change("healthy"),
            "tone": "ok",
        },
        {
            "label": "有问题",
            "value": whole.faulty,
            "url": links.to(health="faulty"),
            "note": faulty_note,
            "change": found.change("faulty"),
            "tone": "bad",
        },
        {
            "label": "未见",
            "value": whole.not_seen,
            "url": links.to(health="not_seen"),
            "note": "不计为问题",
            "change": found.change("not_seen"),
            "tone": "un",
        },
    ]


def _parts(row: Row) -> list[tuple[str, int, str]]:
    return [
        ("ok", row.healthy, "健康"),
        ("warn", row.deducted, "扣分"),
        ("bad", row.veto, "红线"),
        ("un", row.not_seen, "未见"),
    ]
