"""Terms people added, and the archive's reading anew for them."""

from django.conf import settings
from django.db import models

from govmedia.common.models import both_or_neither
from govmedia.lexicons.states import State
from govmedia.orgs.models import Division


class Term(models.Model):
    """One entry of the installation's lexicon; the columns are those of a lexicon file, as written there."""

    class Kind(models.TextChoices):
        HIT = "hit", "命中"
        ALLOW = "allow", "允许"

    term = models.CharField(max_length=60)
    kind = models.CharField(max_length=5, choices=Kind.choices, default=Kind.HIT)
    check_code = models.CharField(max_length=40, blank=True)
    level = models.CharField(max_length=8, blank=True)
    suggestion = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=200)
    source = models.CharField(max_length=200)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    # where it holds: the proposer's own division and all below it
    division = models.ForeignKey(Division, models.PROTECT, related_name="terms")
    conditions = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="proposed_terms")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="approved_terms"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="ended_terms"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            both_or_neither("lexicons_approval", "approved_by", "approved_at"),
            both_or_neither("lexicons_end", "ended_by", "ended_at"),
        ]
        indexes = [models.Index(fields=["state", "term"], name="lexicons_state")]

    def __str__(self) -> str:
        return self.term


class Rescan(models.Model):
    """The archive read anew for a term: `at_post` is how far, `to_post` where it ends."""

    term = models.ForeignKey(Term, models.CASCADE, related_name="rescans")
    since = models.DateTimeField()
    at_post = models.BigIntegerField()
    to_post = models.BigIntegerField()
    from_post = models.BigIntegerField()
    looked = models.PositiveIntegerField(default=0)
    found = models.PositiveIntegerField(default=0)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    stopped = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.term_id} {self.at_post}/{self.to_post}"

    @property
    def share(self) -> float:
        """How far it is, from 0 to 1."""
        whole = self.to_post - self.from_post
        return 1.0 if whole <= 0 else min(1.0, (self.at_post - self.from_post) / whole)
