"""Telling people, once for each occasion."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from govmedia.audit.services import Deed, record, record_many
from govmedia.notify.models import Notice
from govmedia.orgs.models import User


@dataclass(frozen=True, slots=True)
class Message:
    """One thing to tell some people; `key` names the occasion, so that nobody is told twice."""

    key: str
    recipients: Sequence[User]
    title: str
    body: str = ""
    url: str = ""


def tell(*, recipients: Iterable[User], key: str, title: str, now: datetime, body: str = "", url: str = "") -> int:
    """Send one message to each recipient who has not had the message `key` yet; returns how many were new."""
    return tell_many([Message(key, tuple(recipients), title, body, url)], now=now)


@transaction.atomic
def tell_many(messages: Sequence[Message], *, now: datetime) -> int:
    """As `tell` for many messages, in a number of queries that does not grow with them; their keys differ."""
    told = set(Notice.objects.filter(key__in=[one.key for one in messages]).values_list("key", "recipient_id"))
    fresh, deeds = [], []
    for one in messages:
        people = {person.pk: person.login for person in one.recipients if (one.key, person.pk) not in told}
        fresh += [
            Notice(recipient_id=pk, key=one.key, title=one.title[:200], body=one.body, url=one.url, created_at=now)
            for pk in people
        ]
        if people:
            deeds.append(Deed("notice.send", f"notice:{one.key}", one.title, after={"to": sorted(people.values())}))
    Notice.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=500)
    if deeds:
        record_many(deeds, by=None, now=now)
    return len(fresh)


@transaction.atomic
def mark_read(*, by: User, now: datetime, notice_id: int | None = None) -> int:
    """Mark one of one's own messages as read, or all of them; returns how many were unread."""
    unread = Notice.objects.filter(recipient=by, read_at__isnull=True)
    if notice_id is not None:
        unread = unread.filter(pk=notice_id)
    count = unread.update(read_at=now)
    if count:
        record(Deed("notice.read", f"user:{by.login}", by.name, after={"read": count}), by=by, now=now)
    return count
