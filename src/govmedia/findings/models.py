"""Findings with their reports, appeals and files, and the editions they were raised by."""

from django.conf import settings
from django.db import models

from govmedia.accounts.models import Account
from govmedia.common.models import both_or_neither
from govmedia.findings.states import FINDING, OPEN
from govmedia.orgs.models import Division

# characters of a human's reason for ending a finding
NOTE_MAX = 300
# characters of what an organisation says of its rectification, or in an appeal, and of the answer
SAYING_MAX = 2000
# What an edition does not name: a notice that falls under no indicator, and costs no points.
OTHER = "other"


class Finding(models.Model):
    """Something an indicator or an inspector found wrong with an account, with its evidence and the rule's hash."""

    class Source(models.TextChoices):
        MACHINE = "machine", "健康检查"
        INSPECTOR = "inspector", "检查员"
        NOTICE = "notice", "监管员登记"

    class Origin(models.TextChoices):
        SUPERIOR = "superior", "上级交办"
        CITIZEN = "citizen", "群众反映"
        MEDIA = "media", "媒体曝光"
        OWN = "own", "监管员发现"

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
    # a notice's: where it came from, and the document it came with
    origin = models.CharField(max_length=10, choices=Origin.choices, blank=True)
    document = models.CharField(max_length=120, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    # the person who confirmed it, who may not decide an appeal against it; none: the machine was certain
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # the last day for rectification; `due_known` False: a year's holidays were missing, only weekends were left out
    due_on = models.DateField(null=True, blank=True)
    due_known = models.BooleanField(default=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    # how often a report of rectification did not hold
    reopened = models.PositiveSmallIntegerField(default=0)
    notified_at = models.DateTimeField(null=True, blank=True)
    # evidence is frozen once: when it was last tried, when it was done, and what could not be had
    freeze_tried_at = models.DateTimeField(null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen_note = models.CharField(max_length=NOTE_MAX, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=NOTE_MAX, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "code", "source"],
                condition=models.Q(state__in=OPEN, source__in=("machine", "inspector")),
                name="findings_one_of_a_kind",
            ),
            both_or_neither("findings_decision", "decided_by", "decided_at"),
        ]
        indexes = [
            models.Index(fields=["state", "colour", "raised_at"], name="findings_state"),
            models.Index(fields=["account", "state"], name="findings_account"),
            models.Index(fields=["raised_at"], name="findings_raised"),
            models.Index(fields=["state", "due_on"], name="findings_due"),
            models.Index(fields=["decided_at"], name="findings_decided"),
            models.Index(fields=["frozen_at", "raised_at"], name="findings_frozen"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.account_id}"


class Claim(models.Model):
    """One report of an organisation that a finding is put right, and what the re-check came to."""

    class Outcome(models.TextChoices):
        WAITING = "", "待复查"
        CURED = "cured", "复查通过"
        PERSISTS = "persists", "复查未通过"
        WITHDRAWN = "withdrawn", "已撤回"
        MOOT = "moot", "问题已撤销"

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="claims")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.CharField(max_length=SAYING_MAX)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True, default=Outcome.WAITING)
    answer = models.CharField(max_length=NOTE_MAX, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["finding"], condition=models.Q(outcome=""), name="findings_one_claim_waits"
            )
        ]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.outcome}"


class Appeal(models.Model):
    """An organisation's appeal against a finding, and the answer of the office one level up.

    `days_left`: the working days that were left for rectification when it came in; they begin anew with a refusal.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "待复核"
        UPHELD = "upheld", "申诉成立"
        REFUSED = "refused", "申诉不成立"
        WITHDRAWN = "withdrawn", "已撤回"

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="appeals")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=SAYING_MAX)
    # the office that decides: supervisors there and above it
    at_division = models.ForeignKey(Division, models.PROTECT, related_name="+")
    days_left = models.PositiveSmallIntegerField(default=0)
    answer = models.CharField(max_length=SAYING_MAX, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["finding"], condition=models.Q(state="waiting"), name="findings_one_appeal_waits"
            ),
            both_or_neither("findings_appeal_decision", "decided_by", "decided_at"),
        ]
        indexes = [models.Index(fields=["state", "at_division"], name="findings_appeal_at")]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.state}"


class Exhibit(models.Model):
    """A file that belongs to a finding: handed in by people, or frozen by the machine when the fault was seen.

    The bytes lie in the data folder under their hash; `detail` holds the address, the status and the headers of
    what was fetched.
    """

    class Kind(models.TextChoices):
        UPLOAD = "upload", "附件"
        TEXT = "text", "当时的文字"
        PAGE = "page", "当时的网页"
        FEED = "feed", "当时的接口返回"
        SCREENSHOT = "screenshot", "当时的截图"

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="exhibits")
    claim = models.ForeignKey(Claim, models.CASCADE, null=True, blank=True, related_name="exhibits")
    appeal = models.ForeignKey(Appeal, models.CASCADE, null=True, blank=True, related_name="exhibits")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    # tagged SM3 of the bytes
    sm3 = models.CharField(max_length=80)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    detail = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.name


class EditionCopy(models.Model):
    """An edition as it was when something was judged by it; `table` hashes to `hash` as canonical JSON."""

    hash = models.CharField(primary_key=True, max_length=80)
    name = models.CharField(max_length=60)
    table = models.JSONField()
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.hash}"
