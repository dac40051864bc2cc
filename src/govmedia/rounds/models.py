"""Rounds, the accounts drawn in them, and the inspectors' seats at each."""

from django.conf import settings
from django.db import models

from govmedia.accounts.models import Account
from govmedia.checks.models import Check
from govmedia.orgs.models import Division
from govmedia.rounds.states import ROUND, Place


class Round(models.Model):
    """One inspection of a division's accounts by one edition for one period.

    `shares` are by key values joined by commas; `excluded` reasons by code. `population` is the file that was
    published, gzip over CSV, and `draw` the Draw object made from it. `promise` stays secret until the draw.
    """

    class Kind(models.TextChoices):
        SPOT = "spot", "季度抽查"
        VETO = "veto", "月度单项否决检查"
        FULL = "full", "普查"
        SPECIAL = "special", "专项检查"
        SELF = "self", "自查复核"

    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.SPOT)
    division = models.ForeignKey(Division, models.PROTECT, related_name="rounds")
    state = models.CharField(max_length=10, choices=ROUND.choices, default="planned")
    edition = models.CharField(max_length=60)
    edition_hash = models.CharField(max_length=80)
    start_on = models.DateField()
    end_on = models.DateField()
    # the day by which the inspectors are to be done
    due_on = models.DateField()
    # how many inspectors judge an account without knowing of one another
    seats = models.PositiveSmallIntegerField(default=1)
    by = models.JSONField(default=list)
    share = models.CharField(max_length=16, default="0.1")
    shares = models.JSONField(default=dict)
    least = models.PositiveSmallIntegerField(default=0)
    # accounts that stand for a whole government are looked at every time
    always_governments = models.BooleanField(default=True)
    always = models.JSONField(default=list)
    excluded = models.JSONField(default=dict)
    population = models.BinaryField(default=b"")
    population_hash = models.CharField(max_length=80, blank=True)
    population_size = models.PositiveIntegerField(default=0)
    promise = models.CharField(max_length=64, blank=True)
    promise_hash = models.CharField(max_length=64, blank=True)
    public_value = models.CharField(max_length=200, blank=True)
    public_source = models.CharField(max_length=300, blank=True)
    draw = models.JSONField(default=dict)
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    announced_at = models.DateTimeField(null=True, blank=True)
    drawn_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["division", "-end_on"], name="rounds_division")]

    def __str__(self) -> str:
        return self.name


class Sample(models.Model):
    """An account that was drawn (or is always taken), and the verdict it ended with."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="samples")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    # values of the round's columns, joined by commas; empty for those always taken
    stratum = models.CharField(max_length=120, blank=True)
    always = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=Place.choices, default=Place.WAITING)
    check_used = models.OneToOneField(Check, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "account"], name="rounds_sample_once")]
        indexes = [models.Index(fields=["round", "state"], name="rounds_sample_state")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.account_id}"


class Seat(models.Model):
    """An inspector's place at an account: 1 and 2 judge without knowing of one another, 3 decides between them."""

    ARBITER = 3

    sample = models.ForeignKey(Sample, models.CASCADE, related_name="seats")
    number = models.PositiveSmallIntegerField()
    inspector = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="seats")
    check_made = models.OneToOneField(Check, models.SET_NULL, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sample", "number"], name="rounds_seat_once"),
            models.UniqueConstraint(fields=["sample", "inspector"], name="rounds_seat_each_other"),
        ]
        indexes = [models.Index(fields=["inspector", "done_at"], name="rounds_seat_inspector")]

    def __str__(self) -> str:
        return f"{self.sample_id} {self.number}"
