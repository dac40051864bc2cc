"""Reminding operators of due dates: once when one is near, once when it went by, and when a supervisor says so."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction

from govmedia.audit.services import record
from govmedia.common.clock import day_of
from govmedia.common.refusals import Refused, WrongState
from govmedia.findings import messages
from govmedia.findings.models import Finding
from govmedia.findings.services.keeping import deed_of, held
from govmedia.findings.states import TO_DO
from govmedia.notify.services import tell_many
from govmedia.orgs.models import User
from govmedia.orgs.queries import operators_by_organisation
from govmedia.orgs.rights import require

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


@transaction.atomic
def press(*, finding_id: int, by: User, now: datetime) -> int:
    """Urge the unit once more, once a day; returns how many people were told.

    Errors: NoRight; WrongState where nothing is to be put right; Refused where it was done today, or nobody is there.
    """
    row = held(finding_id)
    account, today = row.account, day_of(now)
    require(by, "finding.press", division=account.division_id, organisation=account.organisation_id)
    if row.state not in TO_DO or row.due_on is None:
        raise WrongState("这个问题现在没有要整改的，不用催。")
    people = operators_by_organisation({account.organisation_id}).get(account.organisation_id, [])
    if not people:
        raise Refused("主办单位还没有运维员，请打电话，或先给单位设一位运维员。")
    told = tell_many([messages.urging(row, account.name, people, today)], now=now)
    if not told:
        raise Refused("今天已经催过一次，请明天再催。急的请打电话。")
    record(deed_of("finding.press", row, {}, {"told": told}), by=by, now=now)
    return told


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
