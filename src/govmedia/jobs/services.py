"""What rooms call to have work done in the background, and what is done about work that was given up.

Whether somebody may see to jobs is for the caller to ask: rights live on a floor above.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Max

from govmedia.audit.services import Actor, Deed, record, record_many
from govmedia.common.refusals import WrongState
from govmedia.jobs.embedded import EmbeddedEngine
from govmedia.jobs.engine import Order
from govmedia.jobs.models import Job
from govmedia.jobs.queries import dead_jobs

NOT_DEAD = "这个任务已不在放弃之列，可能已有人先处理。"

_engine = EmbeddedEngine()


@dataclass(frozen=True, slots=True)
class Retried:
    """How many dead jobs are pending now, and how many were dropped since the same is; `name` where it was one."""

    pending: int
    dropped: int
    name: str = ""


def enqueue(order: Order, *, now: datetime) -> bool:
    """Have one piece of work done; False where the same (kind, key) is pending already.

    Joins the caller's transaction: the job exists if and only if the writes around it do.
    """
    return _engine.enqueue(order, now=now)


def enqueue_many(orders: Sequence[Order], *, now: datetime) -> int:
    """Have many pieces of work done, in one statement; returns how many were not pending already."""
    return _engine.enqueue_many(orders, now=now)


def clear_done(*, now: datetime) -> int:
    """Forget jobs that were done more than three days ago; returns how many."""
    return _engine.clear_done(now=now)


@transaction.atomic
def retry(*, job_id: int, by: Actor | None, now: datetime) -> Retried:
    """Have a dead job tried again from its first attempt; where the same (kind, key) is pending already it is only
    dropped. Errors: WrongState.
    """
    job = _dead(job_id)
    revived = _engine.revive(job.pk, now=now)
    after = {"state": Job.State.PENDING.value} if revived else {"dropped": 1}
    record(Deed("job.retry", f"job:{job.pk}", str(job), _state(job), after), by=by, now=now)
    if not revived:
        dead_jobs().filter(pk=job.pk).delete()
    return Retried(int(revived), int(not revived), str(job))


@transaction.atomic
def retry_all(*, by: Actor | None, now: datetime) -> Retried:
    """Have all dead jobs tried again: of those of the same (kind, key) the youngest, none where one is pending."""
    rows = dead_jobs().order_by().values("kind", "key").annotate(last=Max("pk"), number=Count("pk"))
    deeds, pending, dropped = [], 0, 0
    for row in rows.order_by("last"):
        revived = _engine.revive(row["last"], now=now)
        twins = row["number"] - revived
        if twins:
            dead_jobs().filter(kind=row["kind"], key=row["key"]).delete()
        after = ({"state": Job.State.PENDING.value} if revived else {}) | ({"dropped": twins} if twins else {})
        deeds.append(Deed("job.retry", f"job:{row['last']}", f"{row['kind']} {row['key']}", after=after))
        pending, dropped = pending + revived, dropped + twins
    record_many(deeds, by=by, now=now)
    return Retried(pending, dropped)


@transaction.atomic
def discard(*, job_id: int, by: Actor | None, now: datetime) -> str:
    """Delete a dead job for good; returns its name. The log keeps what it was. Errors: WrongState."""
    job = _dead(job_id)
    record(Deed("job.discard", f"job:{job.pk}", str(job), _state(job)), by=by, now=now)
    dead_jobs().filter(pk=job.pk).delete()
    return str(job)


def _dead(job_id: int) -> Job:
    """The dead job, held until the end of the transaction."""
    job = dead_jobs().select_for_update().filter(pk=job_id).first()
    if job is None:
        raise WrongState(NOT_DEAD)
    return job


def _state(job: Job) -> dict[str, Any]:
    return {"state": job.state, "attempts": job.attempts, "last_error": job.last_error, "payload": job.payload}
