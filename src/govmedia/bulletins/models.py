"""Bulletins, the round's bundle published with each, and the letters to units that failed.

Figures and documents are kept as JSON text, not as JSON columns: the order of groups is part of what is printed, and
a published file must stay the same byte for byte.
"""

from django.conf import settings
from django.db import models

from govmedia.bulletins.states import BULLETIN
from govmedia.common.models import both_or_neither
from govmedia.orgs.models import Organisation
from govmedia.rounds.models import Round

NOTE_MAX = 300


class Bulletin(models.Model):
    """What is told of a round. `figures` come from the round alone; the words around them are people's.

    A round has one bulletin that stands; after one was withdrawn a corrected one may follow.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="bulletins")
    state = models.CharField(max_length=10, choices=BULLETIN.choices, default="draft")
    title = models.CharField(max_length=120)
    issuer = models.CharField(max_length=60)
    number = models.CharField(max_length=60, blank=True)
    addressees = models.CharField(max_length=500, blank=True)
    copies_to = models.CharField(max_length=500, blank=True)
    remark = models.CharField(max_length=100, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    # the last day for rectification
    due_on = models.DateField(null=True, blank=True)
    lead = models.TextField(blank=True)
    # [{"heading", "level", "text": [paragraph]}]
    sections = models.JSONField(default=list)
    # the figures of a bulletin file, JSON text
    figures = models.TextField()
    figures_at = models.DateTimeField()
    # goes up with every change, so that nobody writes over what he has not seen
    revision = models.PositiveIntegerField(default=1)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    # all who wrote in it, who may not approve it
    writers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    returned_why = models.CharField(max_length=NOTE_MAX, blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=NOTE_MAX, blank=True)
    # the bulletin file as it was published, and the tagged SM3 of its bytes in UTF-8
    published_file = models.TextField(blank=True)
    published_sm3 = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round"], condition=~models.Q(state="withdrawn"), name="bulletins_one_of_a_round"
            ),
            both_or_neither("bulletins_approval", "approved_by", "approved_at"),
            both_or_neither("bulletins_publication", "published_by", "published_at"),
        ]
        indexes = [models.Index(fields=["state", "-published_at"], name="bulletins_public")]

    def __str__(self) -> str:
        return self.title


class Bundle(models.Model):
    """The round's bundle as it was when the bulletin was published, gzip over JSON Lines."""

    bulletin = models.OneToOneField(Bulletin, models.CASCADE, primary_key=True, related_name="bundle")
    data = models.BinaryField()
    # of the unpacked bytes
    size = models.PositiveBigIntegerField()
    sm3 = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.sm3


class Letter(models.Model):
    """What a unit with failing accounts was sent; `accounts` are the bulletin's rows of it."""

    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="letters")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    accounts = models.JSONField(default=list)
    sent_at = models.DateTimeField()
    # how many operators were told; 0: the letter has to be handed over
    told = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bulletin", "organisation"], name="bulletins_letter_once")]

    def __str__(self) -> str:
        return f"{self.bulletin_id} {self.organisation_id}"
