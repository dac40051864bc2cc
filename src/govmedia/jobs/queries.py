"""How the background work stands, for the system page, /healthz and /metrics."""

from datetime import datetime, timedelta
from typing import TypedDict

from django.db.models import Count, Min, Q, QuerySet

from govmedia.jobs.models import Beat, Job

ALIVE = timedelta(seconds=60)


class KindStats(TypedDict):
    """The jobs of one kind."""

    kind: str
    pending: int
    running: int
    dead: int


class Stats(TypedDict):
    """All jobs, the kinds by name, and how many workers are alive.

    `overdue_oldest_s` is for how long the longest-waiting due job has been due, in seconds; 0 where none is.
    """

    pending: int
    running: int
    dead: int
    overdue_oldest_s: int
    workers: int
    kinds: list[KindStats]


def stats(*, now: datetime) -> Stats:
    """How many jobs wait, run and were given up, over all and by kind; two queries."""
    pending, running, dead = Job.State.PENDING, Job.State.RUNNING, Job.State.DEAD
    rows = (
        Job.objects.filter(state__in=[pending, running, dead])
        .values("kind")
        .annotate(
            pending=Count("pk", filter=Q(state=pending)),
            running=Count("pk", filter=Q(state=running)),
            dead=Count("pk", filter=Q(state=dead)),
            oldest=Min("run_at", filter=Q(state=pending, run_at__lte=now)),
        )
        .order_by("kind")
    )
    kinds: list[KindStats] = []
    oldest = now
    for row in rows:
        oldest = min(oldest, row.pop("oldest") or now)
        kinds.append(KindStats(**row))
    return Stats(
        pending=sum(kind["pending"] for kind in kinds),
        running=sum(kind["running"] for kind in kinds),
        dead=sum(kind["dead"] for kind in kinds),
        overdue_oldest_s=int((now - oldest).total_seconds()),
        workers=alive_workers(now=now).count(),
        kinds=kinds,
    )


def alive_workers(*, now: datetime) -> QuerySet[Beat]:
    """Workers that gave a sign of life within the last minute."""
    return Beat.objects.filter(seen_at__gte=now - ALIVE).order_by("worker")


def dead_jobs() -> QuerySet[Job]:
    """Jobs that were given up, latest first; `last_error` says why."""
    return Job.objects.filter(state=Job.State.DEAD).order_by("-finished_at", "-pk")
