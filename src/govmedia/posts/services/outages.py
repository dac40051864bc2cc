"""Telling a fault of ours from faults of others: many looks failing at once say nothing about the accounts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from govmedia.audit.services import Deed, record
from govmedia.common.rows import moment, run_many
from govmedia.connectors.errors import Outcome
from govmedia.posts.models import Interface, Outage
from govmedia.posts.queries import open_outage
from govmedia.posts.services.watching import Outcomes

WINDOW = timedelta(minutes=10)
# A sudden cut shows in the looks of the last moments long before it outweighs ten good minutes.
MOMENTS = timedelta(minutes=2)
ENOUGH = 5
MOST_FAIL = 0.6
FEW_FAILED_BEFORE = 0.25
MOST_SEEN = 0.6
# After an outage all that failed meanwhile is looked at again within this time.
CATCH_UP_S = 600
UNREACHED = (Outcome.network.value,)
UNWELL = (Outcome.network.value, Outcome.timeout.value, Outcome.retry_soon.value)


@dataclass(frozen=True, slots=True)
class Recent:
    """The interfaces looked at lately: how many, and of them those seen, failing, unreached, failing long since."""

    looked: int
    seen: int
    failing: int
    unreached: int
    failing_before: int


def watch_network(rows: Collection[Outcomes], *, now: datetime) -> None:
    """Open or close an outage by what the latest looks came to; call where these have been written."""
    outage = open_outage()
    if outage is not None:
        if any(row.seen for row in rows):
            _close_if_over(outage, now)
    elif sum(row.outcome.value in UNWELL for row in rows) >= MOST_FAIL * max(len(rows), 1):
        # A batch in which few looks fail cannot raise the share of failures above what it was before.
        _open_if_cut_off(now)


def _recent(since: datetime, failing_before: datetime) -> Recent:
    looked = Interface.objects.filter(last_look_at__gt=since)
    unwell = Q(last_outcome__in=UNWELL)
    return Recent(
        **looked.aggregate(
            looked=Count("pk"),
            seen=Count("pk", filter=Q(failures=0)),
            failing=Count("pk", filter=unwell),
            unreached=Count("pk", filter=Q(last_outcome__in=UNREACHED)),
            failing_before=Count("pk", filter=unwell & Q(failing_since__lt=failing_before)),
        )
    )


def _open_if_cut_off(now: datetime) -> None:
    views = (_recent(now - span, now - WINDOW) for span in (MOMENTS, WINDOW))
    recent = next((view for view in views if _cut_off(view)), None)
    if recent is None:
        return
    kind = Outage.Kind.NETWORK if recent.unreached == recent.failing else Outage.Kind.MASS
    detail = {"looked": recent.looked, "failing": recent.failing, "unreached": recent.unreached}
    outage = Outage.objects.create(kind=kind, started_at=now, detail=detail)
    deed = Deed("outage.open", f"outage:{outage.pk}", Outage.Kind(kind).label, after=detail)
    record(deed, by=None, now=now)


def _cut_off(recent: Recent) -> bool:
    """True where enough were looked at, most of them fail, and few of them had failed before."""
    if recent.looked < ENOUGH or recent.failing < MOST_FAIL * recent.looked:
        return False
    return recent.failing_before < FEW_FAILED_BEFORE * recent.looked


def _close_if_over(outage: Outage, now: datetime) -> None:
    """An outage is over when most looks since it began, of the last minutes, see something again."""
    since = max(outage.started_at, now - WINDOW)
    recent = _recent(since, since)
    watched = Interface.objects.filter(state=Interface.State.ACTIVE).count()
    if recent.looked < min(ENOUGH, watched) or recent.seen < MOST_SEEN * recent.looked:
        return
    outage.ended_at = now
    outage.detail = {**outage.detail, "seen_again": recent.seen, "looked_again": recent.looked}
    outage.save(update_fields=["ended_at", "detail"])
    _catch_up(outage, now)
    label = Outage.Kind(outage.kind).label
    deed = Deed("outage.close", f"outage:{outage.pk}", label, after={"minutes": _minutes(outage)})
    record(deed, by=None, now=now)


def _catch_up(outage: Outage, now: datetime) -> None:
    """What failed during the outage is due again soon, spread out, whatever gap it had grown."""
    failed = Interface.objects.filter(
        failures__gt=0, last_look_at__gte=outage.started_at, last_outcome__in=UNWELL, next_due_at__gt=now
    )
    keys = list(failed.order_by("pk").values_list("pk", flat=True))
    gap = timedelta(seconds=CATCH_UP_S) / max(len(keys), 1)
    rows = [(moment(now + number * gap), pk) for number, pk in enumerate(keys)]
    run_many("UPDATE posts_interface SET next_due_at = %s WHERE id = %s", rows)


def _minutes(outage: Outage) -> int:
    assert outage.ended_at is not None
    return int((outage.ended_at - outage.started_at).total_seconds() // 60)
