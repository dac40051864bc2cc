"""Search across rooms, each kind within the person's rights."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from govmedia.accounts import queries as accounts_read
from govmedia.engine.platforms import platform_label
from govmedia.filings.models import Filing
from govmedia.findings.models import OPEN
from govmedia.findings.queries import visible_to as visible_findings
from govmedia.orgs.models import User
from govmedia.orgs.queries import organisations_for
from govmedia.orgs.rights import limit, reach

TEXT_LIMIT = 80
MOST = 10
SUGGESTED = 8


@dataclass(frozen=True, slots=True)
class Found:
    """One row: what it is, where it leads, its second line, and its pill as (state, word, kind)."""

    title: str
    url: str
    small: str
    pill: tuple[str, str, str] = ("", "", "")


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one kind; `more` leads to the list that shows all of them, where there may be more."""

    label: str
    icon: str
    rows: list[Found]
    more: str = ""


def found(text: str, user: User) -> list[Group]:
    """What `text` finds, at most ten of each kind, in at most four queries."""
    groups = []
    if reach(user, "account.see"):
        groups += _accounts(text, user)
    if reach(user, "organisation.see"):
        groups.append(_organisations(text, user))
    if reach(user, "filing.see"):
        groups.append(_filings(text, user))
    return groups


def suggested(text: str, user: User) -> list[Found]:
    """The first accounts that `text` finds within the person's reach, in at most three queries more than a search."""
    if not reach(user, "account.see"):
        return []
    seen = accounts_read.visible_to(user)
    rows = accounts_read.search(text, seen, most=SUGGESTED, within=accounts_read.reach_of(user))
    return [_account(row) for row in rows]


def _accounts(text: str, user: User) -> Iterable[Group]:
    seen = accounts_read.visible_to(user)
    accounts = accounts_read.search(text, seen, most=MOST, within=accounts_read.reach_of(user))
    more = f"{reverse('desk:account-list')}?{urlencode({'q': text})}" if len(accounts) == MOST else ""
    yield Group("账号", "address-book", [_account(row) for row in accounts], more)
    findings = visible_findings(user).filter(account__in=accounts, state__in=OPEN).select_related("account")
    yield Group(
        "问题",
        "alert-triangle",
        [
            Found(
                f"「{row.account.name}」{row.reason}",
                reverse("findings:detail", args=[row.pk]),
                row.code,
                (row.state, row.get_state_display(), "finding"),
            )
            for row in findings.order_by("-raised_at", "-pk")[:MOST]
        ],
    )


def _account(row: Any) -> Found:
    small = f"{platform_label(row.platform)} · {row.organisation.name} · {row.code}"
    closed = row.status == "closed"
    word = row.get_status_display() if closed else row.get_health_display()
    return Found(
        row.name, reverse("desk:account", args=[row.code]), small, (row.status if closed else row.health, word, "")
    )


def _organisations(text: str, user: User) -> Group:
    rows = organisations_for(user).filter(
        Q(name__icontains=text) | Q(short_name__icontains=text) | Q(code=text.upper().replace(" ", ""))
    )
    return Group(
        "单位",
        "building",
        [
            Found(
                row.name, reverse("orgs:organisation-edit", args=[row.pk]), f"{row.code} · {row.get_level_display()}"
            )
            for row in rows[:MOST]
        ],
        f"{reverse('orgs:organisation-list')}?{urlencode({'q': text})}",
    )


def _filings(text: str, user: User) -> Group:
    where = limit(user, "filing.see", division="organisation__division")
    rows = Filing.objects.filter(name__icontains=text, **where).select_related("organisation")
    return Group(
        "备案",
        "file-text",
        [
            Found(
                f"{row.get_kind_display()}「{row.name}」",
                reverse("filings:detail", args=[row.pk]),
                f"{platform_label(row.platform)} · {row.organisation.name}",
                (row.state, row.get_state_display(), ""),
            )
            for row in rows.order_by("-updated_at", "-pk")[:MOST]
        ],
    )
