"""Telling people, once for each occasion."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from govmedia.audit.services import Deed, record
from govmedia.notify.models import Notice
from govmedia.orgs.models import User


@transaction.atomic
def tell(*, recipients: Iterable[User], key: str, title: str, now: datetime, body: str = "", url: str = "") -> int:
    """Send one message to each recipient who has not had the message `key` yet; returns how many were new."""
    people = {person.pk: person for person in recipients}
    told = set(Notice.objects.filter(key=key, recipient__in=people).values_list("recipient_id", flat=True))
    fresh = [
        Notice(recipient_id=pk, key=key, title=title[:200], body=body, url=url, created_at=now)
        for pk in people
        if pk not in told
    ]
    Notice.objects.bulk_create(fresh, ignore_conflicts=True)
    if fresh:
        after = {"to": sorted(people[row.recipient_id].login for row in fresh)}
        record(Deed("notice.send", f"notice:{key}", title, after=after), by=None, now=now)
    return len(fresh)


@transaction.atomic
def mark_read(*, by: User, now: datetime, notice_id: int | None = None) -> int:
    """Mark one of one's own messages as read, or all of them; returns how many were unread."""
    unread = Notice.objects.filter(recipient=by, read_at__isnull=True)
    if notice_id is not None:
        unread = unread.filter(pk=notice_id)
    return unread.update(read_at=now)
