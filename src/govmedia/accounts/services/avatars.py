"""Avatars: which picture an account shows as its own, kept as a fingerprint by which it is found again."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from govmedia.accounts.models import Avatar
from govmedia.accounts.services.indexing import mark

# Nobody else opens what is claimed; a worker that was killed leaves it due after this.
CLAIM = timedelta(minutes=15)
# Accounts change their picture under the same address, seldom.
AGAIN_AFTER = timedelta(days=30)
RETRY_AFTER = (timedelta(hours=6), timedelta(days=1), timedelta(days=7))
_URL_MOST = 2000


@transaction.atomic
def note_avatars(urls: Mapping[int, str], *, now: datetime) -> None:
    """What the feeds of accounts (by key) name as their pictures; what is new is due to be opened."""
    named = {
        key: url for key, url in urls.items() if url.startswith(("http://", "https://")) and len(url) <= _URL_MOST
    }
    known = dict(Avatar.objects.filter(account__in=named).values_list("account_id", "url"))
    fresh = [Avatar(account_id=key, url=url, due_at=now) for key, url in named.items() if known.get(key) != url]
    if fresh:
        Avatar.objects.bulk_create(
            fresh, update_conflicts=True, unique_fields=["account"],
            update_fields=["url", "fingerprint", "due_at", "looked_at", "failures", "cause"],
        )  # fmt: skip


@transaction.atomic
def claim_avatars(*, most: int, now: datetime) -> dict[int, str]:
    """Addresses that are due to be opened, by account, longest due first."""
    due = Avatar.objects.filter(due_at__lte=now).select_for_update(skip_locked=True).order_by("due_at", "pk")
    urls = dict(due.values_list("pk", "url")[:most])
    Avatar.objects.filter(pk__in=urls).update(due_at=now + CLAIM)
    return urls


@transaction.atomic
def keep_avatar(*, account_id: int, url: str, fingerprint: int | None, cause: str, now: datetime) -> None:
    """What an address showed; `cause` says why nothing could be told by it. One that changed meanwhile is left.

    After failures it is tried again some times, and what was known of it stays.
    """
    row = Avatar.objects.select_for_update().filter(account=account_id, url=url).first()
    if row is None:
        return
    row.looked_at, row.cause = now, cause[:300]
    if cause:
        row.due_at = now + RETRY_AFTER[row.failures] if row.failures < len(RETRY_AFTER) else None
        row.failures = min(row.failures + 1, len(RETRY_AFTER))
    else:
        row.due_at, row.failures = now + AGAIN_AFTER, 0
    changed = not cause and row.fingerprint != fingerprint
    row.fingerprint = row.fingerprint if cause else fingerprint
    row.save()
    if changed:
        mark([account_id])
