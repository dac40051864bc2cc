"""The state of the machine: workers, jobs, outages."""

from dataclasses import dataclass
from datetime import datetime

from govmedia.jobs.models import Beat, Job
from govmedia.jobs.queries import Stats, dead_jobs, stats
from govmedia.posts.models import Outage

SHOWN = 20


@dataclass(frozen=True, slots=True)
class System:
    """What the machine is doing now; lists are latest first."""

    stats: Stats
    workers: list[Beat]
    dead: list[Job]
    outages: list[Outage]

    @property
    def overdue_minutes(self) -> int:
        """For how long the longest-waiting due job has been due, in whole minutes."""
        return self.stats["overdue_oldest_s"] // 60


def system(now: datetime) -> System:
    """Workers, jobs by kind, dead jobs with their errors, and the latest outages, in five queries."""
    return System(
        stats=stats(now=now),
        workers=list(Beat.objects.order_by("-seen_at")[:SHOWN]),
        dead=list(dead_jobs()[:SHOWN]),
        outages=list(Outage.objects.order_by("-started_at", "-pk")[:SHOWN]),
    )
