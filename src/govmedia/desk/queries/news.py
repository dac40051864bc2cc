"""What is new since the start of yesterday, for the start page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from govmedia.accounts.models import Account
from govmedia.desk.queries.figures import not_seen
from govmedia.engine.platforms import platform_label
from govmedia.filings.models import Filing
from govmedia.findings.models import Finding

MOST = 6


@dataclass(frozen=True, slots=True)
class News:
    """One thing that happened: `tone` and `word` of its pill, what, when."""

    at: datetime
    tone: str
    word: str
    text: str
    url: str


def news(where: Mapping[str, Any], since: datetime) -> list[News]:
    """Findings raised and cured, filings decided, accounts newly not seen; latest first, at most six of each."""
    found = [*_raised(where, since), *_cured(where, since), *_decided(where, since), *_unseen(where, since)]
    return sorted(found, key=lambda item: item.at, reverse=True)


def _of_accounts(where: Mapping[str, Any]) -> Exists:
    """An account in reach. EXISTS and no join: the few new findings are to lead, not the many accounts."""
    return Exists(Account.objects.filter(pk=OuterRef("account_id"), **where))


def _name(account: Account) -> str:
    """One organisation's accounts often bear the same name on each platform."""
    return f"「{account.name}」（{platform_label(account.platform)}）"


def _raised(where: Mapping[str, Any], since: datetime) -> list[News]:
    rows = Finding.objects.filter(_of_accounts(where), raised_at__gte=since, confirmed_at__isnull=False)
    rows = rows.select_related("account").order_by("-raised_at", "-pk")[:MOST]
    return [
        News(
            row.confirmed_at,
            "bad" if row.colour == "veto" else "warn",
            "红线" if row.colour == "veto" else "扣分",
            f"{_name(row.account)}{row.reason}",
            reverse("findings:detail", args=[row.pk]),
        )
        for row in rows
    ]


def _cured(where: Mapping[str, Any], since: datetime) -> list[News]:
    rows = Finding.objects.filter(_of_accounts(where), state="closed", ended_at__gte=since)
    return [
        News(
            row.ended_at,
            "ok",
            "恢复",
            f"{_name(row.account)}{row.end_reason or row.reason}，问题已销号",
            reverse("findings:detail", args=[row.pk]),
        )
        for row in rows.select_related("account").order_by("-ended_at", "-pk")[:MOST]
    ]


def _decided(where: Mapping[str, Any], since: datetime) -> list[News]:
    lookups = {key if key == "organisation" else f"organisation__{key}": value for key, value in where.items()}
    rows = Filing.objects.filter(decided_at__gte=since, state__in=("accepted", "refused", "returned"), **lookups)
    tones = {"accepted": "ok", "refused": "off", "returned": "info"}
    return [
        News(
            row.decided_at,
            tones[row.state],
            row.get_state_display(),
            f"{row.get_kind_display()}「{row.name}」{platform_label(row.platform)}",
            reverse("filings:detail", args=[row.pk]),
        )
        for row in rows.order_by("-decided_at", "-pk")[:MOST]
    ]


def _unseen(where: Mapping[str, Any], since: datetime) -> list[News]:
    rows = not_seen(where).filter(health_since__gte=since)
    return [
        News(
            row.health_since,
            "un",
            "未见",
            f"{_name(row)}{row.get_health_cause_display()}，未计入更新情况",
            reverse("desk:account", args=[row.code]),
        )
        for row in rows.order_by("-health_since", "-pk")[:MOST]
    ]
