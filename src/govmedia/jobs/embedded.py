"""The embedded engine: jobs are rows of our own database, so that nothing else need be installed.

A job is claimed by one conditional update which raises its lease number; every later write about it names that
number, so a worker that lost its lease cannot overwrite what its successor did. A lease ends by itself: after
kill -9 the next sweep puts the job back. Times are wall-clock; a clock that is set back can only delay, by less
than a lease, never stop (see `sweep` and `enqueue_slots`).
"""

import random
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from govmedia.jobs.engine import Claim, Every, Order
from govmedia.jobs.models import Beat, Job, Period

LEASE_S = 60
FIRST_GAP_S = 5.0
LONGEST_GAP_S = 3600.0
ERROR_CHARS = 2000
KEEP_BEATS = timedelta(days=1)
KEEP_DONE = timedelta(days=3)
_PENDING, _RUNNING = Job.State.PENDING, Job.State.RUNNING
_SUPERSEDED = "同样的任务已在排队，本次不再重做"


def backoff_s(attempt: int, chance: float) -> float:
    """Seconds to wait after failure number `attempt` (from 1): doubling, with up to a fifth more or less.

    `chance` is a random number from 0 to 1: jobs that failed together do not come back together.
    """
    gap = min(FIRST_GAP_S * 2 ** min(attempt - 1, 30), LONGEST_GAP_S)
    return gap * (0.8 + 0.4 * chance)


class EmbeddedEngine:
    """See `govmedia.jobs.engine.Engine`; `lease_s` is how long a job may go without a sign of its worker."""

    def __init__(self, lease_s: int = LEASE_S) -> None:
        self.lease_s = lease_s
        self._chance = random.SystemRandom()

    def enqueue(self, order: Order, *, now: datetime) -> bool:
        return self.enqueue_many([order], now=now) == 1

    def enqueue_many(self, orders: Sequence[Order], *, now: datetime) -> int:
        """Orders already pending are left out; a racing twin is stopped by the database's own constraint."""
        fresh = {(order.kind, order.key): order for order in reversed(orders)}
        kinds, keys = {kind for kind, _ in fresh}, {key for _, key in fresh}
        pending = Job.objects.filter(state=_PENDING, kind__in=kinds, key__in=keys).values_list("kind", "key")
        for known in pending:
            fresh.pop(known, None)
        rows = [
            Job(
                kind=order.kind,
                key=order.key,
                payload=dict(order.payload),
                priority=order.priority,
                run_at=order.run_at or now,
                max_attempts=order.max_attempts,
                created_at=now,
            )
            for order in reversed(fresh.values())
        ]
        Job.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
        return len(rows)

    @transaction.atomic
    def enqueue_slots(self, every: Sequence[Every], *, now: datetime) -> int:
        """Enqueue what is due of the repeated work, once for each slot however many workers ask.

        A slot behind the stored one counts as passed, unless it is further behind than two workers' clocks can
        differ: then the clock was set back, and waiting for it to catch up would be a silent stop.
        """
        stored = dict(Period.objects.values_list("name", "slot"))
        missing = [Period(name=one.name) for one in every if one.name not in stored]
        if missing:
            Period.objects.bulk_create(missing, ignore_conflicts=True)
        due = []
        for one in every:
            slot = int(now.timestamp()) // one.period_s
            if stored.get(one.name, -1) == slot:
                continue
            is_new = Q(slot__lt=slot) | Q(slot__gt=slot + 1)
            if Period.objects.filter(is_new, name=one.name).update(slot=slot):
                due.append(Order(one.kind, one.name, priority=one.priority))
        return self.enqueue_many(due, now=now) if due else 0

    def claim(self, kinds: Collection[str], *, worker: str, now: datetime) -> Claim | None:
        """Take the most urgent due job, never one whose twin of the same (kind, key) is still running."""
        twin = Job.objects.filter(state=_RUNNING, kind=OuterRef("kind"), key=OuterRef("key"))
        due = Job.objects.filter(~Exists(twin), state=_PENDING, run_at__lte=now, kind__in=list(kinds))
        # Looking first costs an idle worker no write lock.
        return self._take(due, worker, now) if due.exists() else None

    @transaction.atomic
    def _take(self, due: QuerySet[Job], worker: str, now: datetime) -> Claim | None:
        # Elsewhere than on SQLite a row another worker is just claiming is passed over instead of waited for.
        job = due.order_by("-priority", "run_at", "pk").select_for_update(skip_locked=True, of=("self",)).first()
        if job is None:
            return None
        taken = Job.objects.filter(pk=job.pk, state=_PENDING).update(
            state=_RUNNING,
            lease_no=F("lease_no") + 1,
            lease_owner=worker,
            lease_until=now + timedelta(seconds=self.lease_s),
            attempts=F("attempts") + 1,
        )
        if not taken:
            return None
        return Claim(job.pk, job.kind, job.key, job.payload, job.attempts + 1, job.max_attempts, job.lease_no + 1)

    def extend(self, claim: Claim, *, now: datetime) -> bool:
        return self._held(claim).update(lease_until=now + timedelta(seconds=self.lease_s)) == 1

    def finish(self, claim: Claim, *, now: datetime) -> bool:
        return self._close(claim, Job.State.DONE, "", now)

    def bury(self, claim: Claim, *, error: str, now: datetime) -> bool:
        return self._close(claim, Job.State.DEAD, error, now)

    def put_back(self, claim: Claim, *, at: datetime, why: str, now: datetime) -> bool:
        return self._requeue(claim, at, why, now, attempts=claim.attempt - 1)

    def fail(self, claim: Claim, *, error: str, now: datetime) -> bool:
        if claim.attempt >= claim.max_attempts:
            return self.bury(claim, error=error, now=now)
        at = now + timedelta(seconds=backoff_s(claim.attempt, self._chance.random()))
        return self._requeue(claim, at, error, now, attempts=claim.attempt)

    def sweep(self, *, now: datetime) -> int:
        """Put back jobs whose worker fell silent (returns how many), and clear away old signs of life.

        A lease that ends later than any could was given before the clock was set back: it is cut to the longest
        possible, so that a living worker extends it and a dead one's job comes free.
        """
        longest = now + timedelta(seconds=self.lease_s)
        Job.objects.filter(state=_RUNNING, lease_until__gt=longest + timedelta(seconds=self.lease_s)).update(
            lease_until=longest
        )
        # Nobody can have ordered anything in the future: those came before the clock was set back.
        Job.objects.filter(state=_PENDING, run_at__gt=now, created_at__gt=now, run_at=F("created_at")).update(
            run_at=now, created_at=now
        )
        expired = Job.objects.filter(state=_RUNNING, lease_until__lt=now)
        swept = sum(self._take_back(job, now) for job in expired.order_by("pk"))
        Beat.objects.filter(seen_at__lt=now - KEEP_BEATS).delete()
        return swept

    def clear_done(self, *, now: datetime) -> int:
        """Forget finished jobs after three days; dead ones stay for a human to see."""
        return Job.objects.filter(state=Job.State.DONE, finished_at__lt=now - KEEP_DONE).delete()[0]

    def revive(self, job_id: int, *, now: datetime) -> bool:
        """Put a dead job back, to be tried from its first attempt; False, and no change, if its twin is pending."""
        changes = {"run_at": now, "attempts": 0, "finished_at": None}
        try:
            with transaction.atomic():
                return Job.objects.filter(pk=job_id, state=Job.State.DEAD).update(state=_PENDING, **changes) == 1
        except IntegrityError:
            return False

    def beat(self, worker: str, *, now: datetime) -> None:
        Beat.objects.update_or_create(
            worker=worker, defaults={"seen_at": now}, create_defaults={"started_at": now, "seen_at": now}
        )

    def leave(self, worker: str) -> None:
        Beat.objects.filter(worker=worker).delete()

    def _held(self, claim: Claim) -> QuerySet[Job]:
        return Job.objects.filter(pk=claim.job_id, state=_RUNNING, lease_no=claim.lease_no)

    def _close(self, claim: Claim, state: str, error: str, now: datetime) -> bool:
        changes = {"state": state, "finished_at": now, "lease_until": None, "last_error": _text(error)}
        return self._held(claim).update(**changes) == 1

    def _requeue(self, claim: Claim, at: datetime, why: str, now: datetime, attempts: int) -> bool:
        changes = {"run_at": at, "lease_until": None, "attempts": attempts}
        try:
            with transaction.atomic():
                return self._held(claim).update(state=_PENDING, last_error=_text(why), **changes) == 1
        except IntegrityError:
            return self._close(claim, Job.State.DONE, _SUPERSEDED, now)

    @transaction.atomic
    def _take_back(self, job: Job, now: datetime) -> bool:
        claim = Claim(job.pk, job.kind, job.key, job.payload, job.attempts, job.max_attempts, job.lease_no)
        error = f"执行到一半中断：第 {job.attempts} 次执行的工作进程（{job.lease_owner}）没有回音"
        # A worker that gives its sign just now keeps the job: its lease no longer ends when it was read to.
        if not self._held(claim).filter(lease_until=job.lease_until).update(lease_until=None):
            return False
        if job.attempts >= job.max_attempts:
            return self.bury(claim, error=error, now=now)
        return self._requeue(claim, now, error, now, attempts=job.attempts)


def _text(error: str) -> str:
    """Text that every database stores: without NUL, of bounded length."""
    return error.replace("\x00", "�")[:ERROR_CHARS]
