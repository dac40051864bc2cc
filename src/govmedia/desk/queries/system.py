"""The state of the machine: workers, jobs, outages."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q

from govmedia.jobs.models import Beat, Job
from govmedia.posts.models import Outage

# A worker signs every few seconds; after this it is taken for stopped.
ALIVE_WITHIN = timedelta(minutes=2)
LATE_AFTER = timedelta(minutes=5)
SHOWN = 20


@dataclass(frozen=True, slots=True)
class JobKind:
    """How many jobs of a kind are in each state, and since when the oldest one has been due."""

    kind: str
    pending: int
    running: int
    dead: int
    done: int
    oldest_due_at: datetime | None


@dataclass(frozen=True, slots=True)
class System:
    """What the machine is doing now."""

    workers: list[Beat]
    alive: int
    kinds: list[JobKind]
    late: int
    dead: list[Job]
    outages: list[Outage]


def system(now: datetime) -> System:
    """Workers, jobs by kind, dead jobs with their errors, and the latest outages, in five queries."""
    workers = list(Beat.objects.order_by("-seen_at")[:SHOWN])
    return System(
        workers=workers,
        alive=sum(now - beat.seen_at <= ALIVE_WITHIN for beat in workers),
        kinds=_kinds(),
        late=Job.objects.filter(state=Job.State.PENDING, run_at__lt=now - LATE_AFTER).count(),
        dead=list(Job.objects.filter(state=Job.State.DEAD).order_by("-finished_at", "-pk")[:SHOWN]),
        outages=list(Outage.objects.order_by("-started_at", "-pk")[:SHOWN]),
    )


def _kinds() -> list[JobKind]:
    states = {state: Count("pk", filter=Q(state=state)) for state in Job.State.values}
    oldest = Min("run_at", filter=Q(state=Job.State.PENDING))
    rows = Job.objects.values("kind").annotate(oldest_due_at=oldest, **states).order_by("kind")
    return [JobKind(**row) for row in rows]
