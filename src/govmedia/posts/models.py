"""Data interfaces, looks, covered time, posts."""

from django.db import models

from govmedia.accounts.models import Account


class Interface(models.Model):
    """How an account's posts reach us, and when we look next. `handle` and `pinned_id` identify the source."""

    class State(models.TextChoices):
        ACTIVE = "active", "正常查看"
        FROZEN = "frozen", "冻结待核实"
        STOPPED = "stopped", "停止查看"

    account = models.OneToOneField(Account, models.CASCADE, related_name="data_interface")
    kind = models.CharField(max_length=20, default="feed")
    handle = models.CharField(max_length=2000)
    host = models.CharField(max_length=255)
    pinned_id = models.CharField(max_length=500, blank=True)
    pinned_title = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACTIVE)
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    body_sm3 = models.CharField(max_length=64, blank=True)
    interval_s = models.PositiveIntegerField(default=3600)
    next_due_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True, blank=True)
    claim_no = models.PositiveBigIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True, blank=True)
    last_look_at = models.DateTimeField(null=True, blank=True)
    last_ok_at = models.DateTimeField(null=True, blank=True)
    last_outcome = models.CharField(max_length=30, blank=True)
    last_cause = models.CharField(max_length=300, blank=True)
    # posts not seen in the last look, waiting for a second one
    missing = models.PositiveIntegerField(default=0)
    oldest_item_at = models.DateTimeField(null=True, blank=True)
    proposed_handle = models.CharField(max_length=2000, blank=True)
    seen_name = models.CharField(max_length=200, blank=True)
    seen_name_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "next_due_at"], name="posts_due"),
            models.Index(fields=["host"], name="posts_host"),
        ]

    def __str__(self) -> str:
        return self.handle


class Look(models.Model):
    """One attempt to see an account: what came back, with the hash of the bytes and the address they came from."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="looks")
    at = models.DateTimeField()
    ok = models.BooleanField()
    outcome = models.CharField(max_length=30)
    cause = models.CharField(max_length=300, blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    url = models.CharField(max_length=2000, blank=True)
    address = models.CharField(max_length=60, blank=True)
    body_sm3 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)
    took_ms = models.PositiveIntegerField(default=0)
    items = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["account", "ok", "at"], name="posts_look_account"),
            models.Index(fields=["at"], name="posts_look_at"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.outcome}"


class Coverage(models.Model):
    """A stretch of time in which an account was seen, with the looks that opened and closed it."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="coverage")
    start_at = models.DateTimeField()
    end_at = models.DateTimeField()
    looks = models.PositiveIntegerField(default=1)
    first_look = models.BigIntegerField(null=True, blank=True)
    last_look = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "start_at"], name="posts_coverage_once")]
        indexes = [models.Index(fields=["account", "end_at"], name="posts_coverage_end")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.start_at:%F}..{self.end_at:%F}"


class Post(models.Model):
    """One post. `counts_on` is the day it counts for: its own date unless that cannot be (see `date_basis`)."""

    class DateBasis(models.TextChoices):
        OWN = "own", "自身日期"
        UNDATED = "undated", "无日期，按首次看到"
        FUTURE = "future", "日期在将来，按首次看到"
        BACKDATED = "backdated", "日期早于上次查看，按首次看到"

    class State(models.TextChoices):
        PRESENT = "present", "在线"
        MISSING = "missing", "本次未见"
        GONE = "gone", "已删除"

    account = models.ForeignKey(Account, models.CASCADE, related_name="posts")
    native_id = models.CharField(max_length=500)
    title = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    url = models.CharField(max_length=2000, blank=True)
    author = models.CharField(max_length=100, blank=True)
    source_name = models.CharField(max_length=100, blank=True)
    original = models.BooleanField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(null=True, blank=True)
    first_seen_at = models.DateTimeField()
    counts_on = models.DateField()
    date_basis = models.CharField(max_length=10, choices=DateBasis.choices, default=DateBasis.OWN)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PRESENT)
    state_since = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    sm3 = models.CharField(max_length=64)
    extra = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "native_id"], name="posts_native_once")]
        indexes = [
            models.Index(fields=["account", "counts_on"], name="posts_counts_on"),
            models.Index(fields=["first_seen_at"], name="posts_first_seen"),
        ]

    def __str__(self) -> str:
        return self.title or self.native_id


class PostEvent(models.Model):
    """A change of a post after it was first seen, with the version it had before."""

    class Kind(models.TextChoices):
        EDITED = "edited", "内容改动"
        REVERTED = "reverted", "改回从前的样子"
        GONE = "gone", "被删除"
        RETURNED = "returned", "删除后重新出现"

    post = models.ForeignKey(Post, models.CASCADE, related_name="events")
    at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    sm3_before = models.CharField(max_length=64, blank=True)
    sm3_after = models.CharField(max_length=64, blank=True)
    title_before = models.CharField(max_length=500, blank=True)
    text_before = models.TextField(blank=True)
    look = models.BigIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.post_id} {self.kind}"


class BadItem(models.Model):
    """An item of a feed that could not be stored; set aside and named, the rest went on."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="bad_items")
    at = models.DateTimeField()
    position = models.PositiveIntegerField()
    native_id = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.reason


class Outage(models.Model):
    """A time in which our own network was cut, or so many looks failed that judging paused by itself."""

    class Kind(models.TextChoices):
        NETWORK = "network", "本平台网络不通"
        MASS = "mass", "大面积查看失败"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    detail = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.kind} {self.started_at:%F %T}"
