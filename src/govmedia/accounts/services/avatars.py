"""Avatars: which picture an account shows as its own, kept as a fingerprint by which it is found again."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db import transaction

from govmedia.accounts.models import LIVE, Account, Avatar
from govmedia.accounts.services.indexing import mark
from govmedia.engine.links import is_web

# Nobody else opens what is claimed; a worker that was killed leaves it due after this.
CLAIM = timedelta(minutes=15)
# Accounts change their picture under the same address, seldom.
AGAIN_AFTER = timedelta(days=30)
RETRY_AFTER = (timedelta(hours=6), timedelta(days=1), timedelta(days=7))
# Platforms that sign addresses give a new one at every look.
_NOT_BEFORE = timedelta(days=1)
_URL_MOST = 2000


@transaction.atomic
def note_avatars(urls: Mapping[int, str], *, now: datetime) -> None:
    """What the feeds of accounts (by key) name as their pictures; a new address is due to be opened, a day after the
    last one at the earliest. What was known stays until it is."""
    named = {key: url for key, url in urls.items() if is_web(url) and len(url) <= _URL_MOST}
    known = {row.account_id: row for row in Avatar.objects.filter(account__in=named)}
    fresh = []
    for key, url in named.items():
        row = known.get(key)
        if row is None or row.url != url:
            looked_at = row.looked_at if row else None
            fresh.append(
                Avatar(account_id=key, url=url, due_at=max(now, looked_at + _NOT_BEFORE) if looked_at else now)
            )
    if fresh:
        Avatar.objects.bulk_create(
            fresh, update_conflicts=True, unique_fields=["account"], update_fields=["url", "due_at", "failures"]
        )


@transaction.atomic
def claim_avatars(*, most: int, of_a_host: int, now: datetime) -> dict[int, str]:
    """Addresses of live accounts that are due to be opened, by account, longest due first, so many of a host."""
    due = Avatar.objects.filter(due_at__lte=now, account__status__in=LIVE, account__frozen_reason="")
    rows = due.select_for_update(skip_locked=True, of=("self",)).order_by("due_at", "pk")
    urls: dict[int, str] = {}
    hosts = Counter[str]()
    for key, url in rows.values_list("pk", "url")[: most * 5]:
        host = urlsplit(url).netloc
        if hosts[host] < of_a_host and len(urls) < most:
            hosts[host] += 1
            urls[key] = url
    Avatar.objects.filter(pk__in=urls).update(due_at=now + CLAIM)
    return urls


@transaction.atomic
def keep_avatar(*, account_id: int, url: str, fingerprint: int | None, cause: str, now: datetime) -> None:
    """What an address showed: its fingerprint, None for what is too plain to tell by; `cause` says why it could
    not be seen. One that changed meanwhile is left.

    After failures it is tried again sooner, and what was known of it stays.
    """
    # Whoever changes the account writes what it is found by too.
    Account.objects.select_for_update().filter(pk=account_id).first()
    row = Avatar.objects.select_for_update().filter(account=account_id, url=url).first()
    if row is None:
        return
    row.looked_at, row.cause = now, cause[:300]
    if cause:
        row.due_at = now + (RETRY_AFTER[row.failures] if row.failures < len(RETRY_AFTER) else AGAIN_AFTER)
        row.failures = min(row.failures + 1, len(RETRY_AFTER))
    else:
        row.due_at, row.failures = now + AGAIN_AFTER, 0
    changed = not cause and row.fingerprint != fingerprint
    row.fingerprint = row.fingerprint if cause else fingerprint
    row.save()
    if changed:
        mark([account_id])
