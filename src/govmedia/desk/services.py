"""Keeping the day's tally, so that tomorrow's start page can say what changed; and seeing to jobs given up."""

from collections import Counter
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count

from govmedia.accounts.models import LIVE, Account
from govmedia.common.clock import day_of
from govmedia.desk.models import DayTally
from govmedia.desk.queries.figures import TALLY_ORDER
from govmedia.jobs import services as jobs
from govmedia.orgs.models import User
from govmedia.orgs.rights import require

KEPT_DAYS = 400


@transaction.atomic
def keep_tally(*, now: datetime) -> int:
    """Count live accounts by division and health for today, in place of an earlier count; returns how many rows.

    Repeat it at any time: the day's last count stays. It is derived from the registry, so no audit entry is made.
    """
    on = day_of(now)
    counts: Counter[tuple[str, str]] = Counter()
    # in the order of the index, so that only the index is read
    grouped = Account.objects.order_by().values_list(*TALLY_ORDER)
    for division, status, _, _, health, number in grouped.annotate(n=Count("pk")):
        if status in LIVE:
            counts[division, health] += number
    DayTally.objects.filter(on=on).delete()
    DayTally.objects.filter(on__lt=on - timedelta(days=KEPT_DAYS)).delete()
    DayTally.objects.bulk_create(
        [DayTally(on=on, division_id=place, health=health, count=n) for (place, health), n in counts.items()],
        batch_size=1000,
    )
    return len(counts)


def retry_job(*, job_id: int, by: User, now: datetime) -> jobs.Retried:
    """Have a job that was given up tried again, unless its twin waits already. Errors: NoRight, WrongState."""
    _may_mend(by)
    return jobs.retry(job_id=job_id, by=by, now=now)


def retry_jobs(*, by: User, now: datetime) -> jobs.Retried:
    """Have all jobs that were given up tried again. Errors: NoRight."""
    _may_mend(by)
    return jobs.retry_all(by=by, now=now)


def discard_job(*, job_id: int, by: User, now: datetime) -> str:
    """Delete a job that was given up; returns its name. Errors: NoRight, WrongState."""
    _may_mend(by)
    return jobs.discard(job_id=job_id, by=by, now=now)


def _may_mend(by: User) -> None:
    require(by, "system.mend", division=by.division_id or "")
