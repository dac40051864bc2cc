"""Filings and their steps."""

from django.conf import settings
from django.db import models

from govmedia.accounts.models import Account
from govmedia.common.models import both_or_neither
from govmedia.common.ordering import NameOrder
from govmedia.filings.states import FILING
from govmedia.orgs.models import Division, Organisation


class Filing(models.Model):
    """One request to open, change or close an account. `form` is what was typed, `fetched` what the machine read."""

    class Kind(models.TextChoices):
        OPEN = "open", "开设"
        CHANGE = "change", "变更"
        CLOSE = "close", "关停"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=12, choices=FILING.choices, default="draft")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="filings")
    account = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="filings")
    name = models.CharField(max_length=80, blank=True)
    name_order = NameOrder(of="name")
    platform = models.CharField(max_length=20, blank=True)
    form = models.JSONField(default=dict)
    fetched = models.JSONField(default=dict)
    warnings = models.JSONField(default=list)
    happened_on = models.DateField(null=True, blank=True)
    # the office that has it now; empty while it is with the organisation or ended
    at_division = models.ForeignKey(Division, models.PROTECT, null=True, blank=True, related_name="filings_waiting")
    step = models.PositiveSmallIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="filings_created")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="filings_submitted"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    waiting_since = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="filings_decided"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    # everybody who typed into it; none of them may review it
    editors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="filings_edited")

    class Meta:
        constraints = [
            both_or_neither("filings_decision", "decided_by", "decided_at"),
            both_or_neither("filings_submission", "submitted_by", "submitted_at"),
        ]
        indexes = [
            models.Index(fields=["at_division", "state", "waiting_since"], name="filings_queue"),
            models.Index(fields=["organisation", "state"], name="filings_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}「{self.name}」"


class Step(models.Model):
    """One stop of a filing on its way: which office had it, who decided what, and why."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField()
    division = models.ForeignKey(Division, models.PROTECT)
    arrived_at = models.DateTimeField()
    move = models.CharField(max_length=12, blank=True)
    note = models.TextField(blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [both_or_neither("filings_step_decision", "decided_by", "decided_at")]

    def __str__(self) -> str:
        return f"{self.filing_id} #{self.number}"
