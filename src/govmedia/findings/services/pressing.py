"""Reminding operators of due dates: once when one is near, once when it went by."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction

from govmedia.common.clock import day_of
from govmedia.findings import messages
from govmedia.findings.models import Finding
from govmedia.findings.states import TO_DO
from govmedia.notify.services import tell_many
from govmedia.orgs.queries import operators_by_organisation

NEAR = timedelta(days=1)
# What went by longer ago was told long ago; after an outage it is not told by the thousand.
LATE_MOST = timedelta(days=7)
AT_ONCE = 1000


@transaction.atomic
def remind(*, now: datetime) -> int:
    """Tell of what is due by tomorrow, and of what is overdue; each once. Returns how many messages were new."""
    today = day_of(now)
    rows = Finding.objects.filter(state__in=TO_DO, due_on__gte=today - LATE_MOST, due_on__lte=today + NEAR)
    rows = rows.filter(notified_at__lt=now - NEAR).select_related("account").order_by("pk")
    return sum(_tell(part, now) for part in _parts(list(rows)))


def _tell(rows: list[Finding], now: datetime) -> int:
    people = operators_by_organisation({row.account.organisation_id for row in rows})
    today = day_of(now)
    sent = [
        messages.pressing(row, row.account.name, people[row.account.organisation_id], row.due_on < today)
        for row in rows
        if row.due_on is not None and row.account.organisation_id in people
    ]
    return tell_many(sent, now=now) if sent else 0


def _parts(rows: list[Finding]) -> Iterator[list[Finding]]:
    return (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE))
