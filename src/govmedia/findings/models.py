"""Findings, and the editions they were raised by."""

from django.conf import settings
from django.db import models

from govmedia.accounts.models import Account
from govmedia.common.models import both_or_neither
from govmedia.findings.states import FINDING, OPEN

# characters of a human's reason for ending a finding
NOTE_MAX = 300


class Finding(models.Model):
    """Something an indicator or an inspector found wrong with an account, with its evidence and the rule's hash."""

    class Source(models.TextChoices):
        MACHINE = "machine", "健康检查"
        INSPECTOR = "inspector", "检查员"

    account = models.ForeignKey(Account, models.CASCADE, related_name="findings")
    code = models.CharField(max_length=10)
    colour = models.CharField(max_length=10)
    # the rule's title by the edition it was judged by, so that lists need not read the edition
    title = models.CharField(max_length=60)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.MACHINE)
    state = models.CharField(max_length=10, choices=FINDING.choices, default="raised")
    # why it waits for a human: doubtful, or the edition asks for one
    needs_human = models.BooleanField(default=False)
    looks_seen = models.PositiveSmallIntegerField(default=0)
    looks_needed = models.PositiveSmallIntegerField(default=0)
    count = models.PositiveSmallIntegerField(default=1)
    reason = models.CharField(max_length=300)
    evidence = models.JSONField(default=list)
    # tagged SM3 of the evidence as canonical JSON
    evidence_sm3 = models.CharField(max_length=80)
    # what tells each of its faults from another of the same kind, so that a dismissed one is not raised again
    faults = models.JSONField(default=list)
    edition = models.CharField(max_length=60)
    edition_hash = models.CharField(max_length=80)
    indicator_version = models.PositiveSmallIntegerField(default=1)
    raised_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    notified_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=NOTE_MAX, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "code", "source"], condition=models.Q(state__in=OPEN), name="findings_one_open"
            ),
            both_or_neither("findings_decision", "decided_by", "decided_at"),
        ]
        indexes = [
            models.Index(fields=["state", "colour", "raised_at"], name="findings_state"),
            models.Index(fields=["account", "state"], name="findings_account"),
            models.Index(fields=["raised_at"], name="findings_raised"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.account_id}"


class EditionCopy(models.Model):
    """An edition as it was when something was judged by it; `table` hashes to `hash` as canonical JSON."""

    hash = models.CharField(primary_key=True, max_length=80)
    name = models.CharField(max_length=60)
    table = models.JSONField()
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.hash}"
