"""Inspectors' checks."""

from django.conf import settings
from django.db import models

from govmedia.accounts.models import Account
from govmedia.findings.models import Finding


class Check(models.Model):
    """One check of one account by one edition. Keeps its facts, hits, verdict and every version it was judged by."""

    class State(models.TextChoices):
        DRAFT = "draft", "检查中"
        FINAL = "final", "已出结论"

    account = models.ForeignKey(Account, models.PROTECT, related_name="checks")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    edition = models.CharField(max_length=60)
    edition_hash = models.CharField(max_length=80)
    start_on = models.DateField()
    end_on = models.DateField()
    point_at = models.DateTimeField()
    facts = models.JSONField()
    # tagged SM3 of the facts as canonical JSON
    facts_sm3 = models.CharField(max_length=80)
    # the inspector's answers: {indicator code: {"count": n, "note": text}}; a missing code is not answered yet
    answers = models.JSONField(default=dict)
    # machine hits the inspector confirmed or set aside: {indicator code: {"counts": bool, "note": text}}
    rulings = models.JSONField(default=dict)
    hits = models.JSONField(default=list)
    verdict = models.JSONField(default=dict)
    # version of each indicator, and under "holidays" the fingerprint of the calendar
    indicator_versions = models.JSONField(default=dict)
    passed = models.BooleanField(null=True, blank=True)
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    inspector = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="checks")
    # the round it was made for; while `held` only its inspector and supervisors see it, and nothing follows from it
    for_round = models.PositiveIntegerField(null=True, blank=True)
    held = models.BooleanField(default=False)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "-started_at"], name="checks_account"),
            models.Index(fields=["inspector", "state"], name="checks_inspector"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.edition} {self.end_on}"


class TakenBack(models.Model):
    """What a finished check no longer counts, because people took back the finding it led to."""

    check_made = models.ForeignKey(Check, models.CASCADE, related_name="taken_back")
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="+")
    code = models.CharField(max_length=10)
    # places in the check's hits
    hits = models.JSONField(default=list)
    why = models.CharField(max_length=300)
    at = models.DateTimeField()
    # the verdict before; empty where the finding was taken back before the check was finished
    verdict_before = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["check_made", "finding"], name="checks_taken_back_once")]

    def __str__(self) -> str:
        return f"{self.check_made_id} {self.code}"


class Watched(models.Model):
    """An account on the watch list (重点关注名单): silent for so long that the red line is near.

    `after` is the day of the last post, or stands in for it where none is known (`posted` False); `until` is the
    last day that was seen, `veto_on` the first on which the red line is touched if nothing is posted.
    """

    account = models.OneToOneField(Account, models.CASCADE, related_name="watched")
    after = models.DateField()
    posted = models.BooleanField(default=True)
    until = models.DateField()
    days = models.PositiveSmallIntegerField()
    veto_on = models.DateField()
    # the highest threshold of the edition reached, and when its reminder went out
    reached = models.PositiveSmallIntegerField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    since = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-days"], name="checks_watched_days")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.days}"
