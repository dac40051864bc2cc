"""Keeping the day's tally, so that tomorrow's start page can say what changed."""

from collections import Counter
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count

from govmedia.accounts.models import LIVE, Account
from govmedia.common.clock import day_of
from govmedia.desk.models import DayTally
from govmedia.desk.queries.figures import TALLY_ORDER

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
