"""Rounds, what units say of their accounts in a self-check, the accounts drawn, and the inspectors' seats at each."""

from django.conf import settings
from django.db import models

from govmedia.accounts.models import Account
from govmedia.checks.models import Check
from govmedia.common.models import both_or_neither
from govmedia.orgs.models import Division, Organisation
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
    # of a round that begins with a self-check: the day by which the units report, and the last day on which what they
    # report may be put right without being held against them; none in any other round
    report_by = models.DateField(null=True, blank=True)
    mend_by = models.DateField(null=True, blank=True)
    # how many inspectors judge an account without knowing of one another
    seats = models.PositiveSmallIntegerField(default=1)
    by = models.JSONField(default=list)
    share = models.CharField(max_length=16, default="0.1")
    shares = models.JSONField(default=dict)
    # the share of the accounts whose units did not report, a stratum of their own
    silent_share = models.CharField(max_length=16, default="1")
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
    asked_at = models.DateTimeField(null=True, blank=True)
    # when the units that had not reported were reminded: before the day, after it, and by hand
    near_told_at = models.DateTimeField(null=True, blank=True)
    over_told_at = models.DateTimeField(null=True, blank=True)
    pressed_at = models.DateTimeField(null=True, blank=True)
    announced_at = models.DateTimeField(null=True, blank=True)
    drawn_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["division", "-end_on"], name="rounds_division")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_self_check(self) -> bool:
        """True where the units look at their accounts first (自查), and some are looked at again (复核)."""
        return self.report_by is not None


class Report(models.Model):
    """What one organisation says of all its accounts in a self-check; one that has not reported has no `reported_at`.

    `draft` is the form as it was typed last and not handed in, text by field name. `problems` and `pending` count
    what was reported, and what of it was still to be put right.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="reports")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    draft = models.JSONField(default=dict)
    reported_at = models.DateTimeField(null=True, blank=True)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    # whether the first report came after the day; a report that is changed later stays in time
    late = models.BooleanField(default=False)
    changed_at = models.DateTimeField(null=True, blank=True)
    problems = models.PositiveIntegerField(default=0)
    pending = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "organisation"], name="rounds_report_once"),
            both_or_neither("rounds_report_who_when", "reported_by", "reported_at"),
        ]
        indexes = [models.Index(fields=["organisation", "reported_at"], name="rounds_report_waits")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.organisation_id}"


class Said(models.Model):
    """What an organisation says of one account. Only problems are kept; no problem in a report means none was seen.

    `problems`: {indicator code: {"count": n, "note": text, "mended": bool, "on": day or ""}}; `on` is the day by
    which it is to be put right. `seen`: codes of the findings that were open when it was handed in, which nobody
    types again.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="said")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    problems = models.JSONField(default=dict)
    seen = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "account"], name="rounds_said_once")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.account_id}"


class Sample(models.Model):
    """An account that was drawn (or is always taken), and the verdict it ended with."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="samples")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    # values of the round's columns, joined by commas; empty for those always taken
    stratum = models.CharField(max_length=120, blank=True)
    always = models.BooleanField(default=False)
    # of a round that began with a self-check: what the unit said of it before it was drawn
    said = models.OneToOneField(Said, models.PROTECT, null=True, blank=True, related_name="+")
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
