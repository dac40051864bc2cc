"""Background work as rows."""

from django.db import models


class Job(models.Model):
    """One piece of work. `key` is unique among the pending jobs of a kind; `lease_no` fences off late workers."""

    class State(models.TextChoices):
        PENDING = "pending", "等待"
        RUNNING = "running", "进行中"
        DONE = "done", "完成"
        DEAD = "dead", "放弃"

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=120)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    priority = models.SmallIntegerField(default=0)
    run_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=5)
    lease_no = models.PositiveBigIntegerField(default=0)
    lease_owner = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"], condition=models.Q(state="pending"), name="jobs_one_pending"
            )
        ]
        indexes = [
            models.Index(fields=["state", "-priority", "run_at"], name="jobs_due"),
            models.Index(fields=["state", "lease_until"], name="jobs_lease"),
            models.Index(fields=["finished_at"], name="jobs_finished"),
            # few at any time: whether a pending job's twin is running is asked for each job looked at
            models.Index(fields=["kind", "key"], condition=models.Q(state="running"), name="jobs_running"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Period(models.Model):
    """A repeated kind of work and the last slot it was enqueued for, so that no two workers beat twice."""

    name = models.CharField(primary_key=True, max_length=60)
    slot = models.BigIntegerField(default=-1)

    def __str__(self) -> str:
        return self.name


class Beat(models.Model):
    """A worker's sign of life."""

    worker = models.CharField(primary_key=True, max_length=80)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker
