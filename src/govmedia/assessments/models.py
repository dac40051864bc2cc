"""Annual assessments, the bodies in them, a mark for each item, proofs and appeals."""

from decimal import Decimal

from django.conf import settings
from django.db import models

from govmedia.assessments.states import ASSESSMENT, AppealState
from govmedia.engine.assessing.scheme import Scheme, scheme_of
from govmedia.orgs.models import Division

SAYING_MAX, NOTE_MAX = 2000, 300


class Assessment(models.Model):
    """The assessment of the offices right below one, for a period, by a scheme of which it keeps the table.

    `published` is what was published, `published_sm3` the tagged SM3 of it as canonical JSON.
    """

    name = models.CharField(max_length=60)
    division = models.ForeignKey(Division, models.PROTECT, related_name="assessments")
    state = models.CharField(max_length=10, choices=ASSESSMENT.choices, default="planned")
    start_on = models.DateField()
    end_on = models.DateField()
    report_until = models.DateField()
    # working days for appeals, and once the marks are announced the last of them
    appeal_days = models.PositiveSmallIntegerField(default=5)
    appeal_until = models.DateField(null=True, blank=True)
    scheme = models.CharField(max_length=60)
    scheme_hash = models.CharField(max_length=80)
    scheme_table = models.JSONField()
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    measured_at = models.DateTimeField(null=True, blank=True)
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    announced_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published = models.JSONField(default=dict)
    published_sm3 = models.CharField(max_length=80, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=NOTE_MAX, blank=True)

    class Meta:
        indexes = [models.Index(fields=["division", "-end_on"], name="assessments_division")]

    def __str__(self) -> str:
        return self.name

    @property
    def rules(self) -> Scheme:
        """The scheme as it was when the assessment was planned."""
        return scheme_of(self.scheme_table)


class Body(models.Model):
    """A division whose office is assessed. `outcome` is `Outcome.to_json()` of its marks as they stand."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="bodies")
    division = models.ForeignKey(Division, models.PROTECT, related_name="+")
    outcome = models.JSONField(default=dict)
    score = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    grade = models.CharField(max_length=20, blank=True)
    # none: vetoed, or nothing was assessed
    place = models.PositiveSmallIntegerField(null=True, blank=True)
    handed_in_at = models.DateTimeField(null=True, blank=True)
    handed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "division"], name="assessments_body_once")]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.division_id}"

    @property
    def vetoes(self) -> list[str]:
        return list(self.outcome.get("vetoes", ()))


class Mark(models.Model):
    """One item of the scheme for one body.

    `measured` is {part, whole, misses: [text]} where it was counted; `points` what people gave (an item's or bonus's
    points; None: not given yet, or as measured); `found` True: a veto that people found, `lifted` True: a measured
    veto taken back on appeal.
    """

    body = models.ForeignKey(Body, models.CASCADE, related_name="marks")
    code = models.CharField(max_length=10)
    measured = models.JSONField(default=dict)
    said = models.CharField(max_length=SAYING_MAX, blank=True)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    said_at = models.DateTimeField(null=True, blank=True)
    points = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    found = models.BooleanField(default=False)
    lifted = models.BooleanField(default=False)
    note = models.CharField(max_length=NOTE_MAX, blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "code"], name="assessments_mark_once")]

    def __str__(self) -> str:
        return f"{self.body_id} {self.code}"

    def points_now(self) -> Decimal | None:
        """The points of this line in the body's outcome; None where it is not assessed, or of a veto."""
        lines = {line["code"]: line["points"] for line in self.body.outcome.get("lines", ())}
        text = lines.get(self.code)
        return None if text is None else Decimal(text)


class Proof(models.Model):
    """A file handed in with a report or an appeal; the bytes lie with the evidence of findings, under their hash."""

    mark = models.ForeignKey(Mark, models.CASCADE, related_name="proofs")
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    sm3 = models.CharField(max_length=80)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.name


class Appeal(models.Model):
    """A body's appeal against a mark, decided by somebody at the assessing office who did not give it."""

    mark = models.ForeignKey(Mark, models.CASCADE, related_name="appeals")
    state = models.CharField(max_length=10, choices=AppealState.choices, default=AppealState.WAITING)
    reason = models.CharField(max_length=SAYING_MAX)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    points_before = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    points_after = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    answer = models.CharField(max_length=NOTE_MAX, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mark"], condition=models.Q(state="waiting"), name="assessments_one_appeal_waits"
            )
        ]
        indexes = [models.Index(fields=["state"], name="assessments_appeal_state")]

    def __str__(self) -> str:
        return f"{self.mark_id} {self.state}"
