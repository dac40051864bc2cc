"""Thinning out what is kept of looks: all of the last week, one a day of the last year or so."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Count, Max, Min, Q

from govmedia.audit.services import Deed, record
from govmedia.common import installation
from govmedia.common.clock import SHANGHAI, day_of
from govmedia.jobs.services import clear_done
from govmedia.posts.models import BadItem, Coverage, Look

ALL_DAYS = 7
KEEP = timedelta(days=400)
THINNED = "posts.thinned_until"
ONE_DAY = timedelta(days=1)
IDS_AT_ONCE = 5000


def prune(*, now: datetime) -> int:
    """Thin out old looks day by day, forget very old ones and finished jobs; returns how many looks went.

    The look of a day that stays is the last successful one, else the last. Looks that open or close a stretch of
    seen time stay: they prove it. Safe to stop and to repeat.
    """
    removed = _forget(now)
    day, until = _next_day(now), day_of(now) - ALL_DAYS * ONE_DAY
    while day is not None and day < until:
        removed += _thin(day)
        installation.write(THINNED, day.isoformat())
        day += ONE_DAY
    BadItem.objects.filter(at__lt=now - KEEP).delete()
    clear_done(now=now)
    if removed:
        deed = Deed("posts.prune", "posts:looks", f"清理 {removed} 条查看记录", after={"removed": removed})
        record(deed, by=None, now=now)
    return removed


def _next_day(now: datetime) -> date | None:
    """The first day that was not thinned out yet; None where nothing was ever looked at."""
    done = installation.read(THINNED)
    if done:
        return date.fromisoformat(done) + ONE_DAY
    oldest = Look.objects.aggregate(oldest=Min("at"))["oldest"]
    return day_of(oldest) if oldest else None


@transaction.atomic
def _thin(day: date) -> int:
    start = datetime.combine(day, time.min, SHANGHAI)
    looks = Look.objects.filter(at__gte=start, at__lt=start + ONE_DAY)
    accounts = looks.values("account_id").annotate(
        number=Count("pk"), best=Max("pk", filter=Q(ok=True)), last=Max("pk")
    )
    kept = {row["account_id"]: row["best"] or row["last"] for row in accounts.filter(number__gt=1).order_by()}
    surplus = [pk for pk, account_id in looks.values_list("pk", "account_id") if kept.get(account_id, pk) != pk]
    return sum(_remove(surplus[start : start + IDS_AT_ONCE]) for start in range(0, len(surplus), IDS_AT_ONCE))


def _remove(keys: list[int]) -> int:
    proofs = Coverage.objects.filter(Q(first_look__in=keys) | Q(last_look__in=keys))
    needed = {key for pair in proofs.values_list("first_look", "last_look") for key in pair}
    return Look.objects.filter(pk__in=[key for key in keys if key not in needed]).delete()[0]


def _forget(now: datetime) -> int:
    return Look.objects.filter(at__lt=now - KEEP).delete()[0]
