"""Accounts that are said to pass for official ones, what people reported of them, and names they asked about."""

from django.conf import settings
from django.db import models

from govmedia.accounts.models import Account
from govmedia.common.models import both_or_neither
from govmedia.common.ordering import NameOrder
from govmedia.impostors.states import State
from govmedia.orgs.models import Division

NAME_MAX, LINK_MAX, SAID_MAX, WHY_MAX = 80, 2000, 1000, 200


class Impostor(models.Model):
    """One account on a platform that is suspected or known to pass for an official one."""

    class Source(models.TextChoices):
        PUBLIC = "public", "公众举报"
        DESK = "desk", "监管员登记"

    name = models.CharField(max_length=NAME_MAX)
    name_order = NameOrder(of="name")
    platform = models.CharField(max_length=20, blank=True)
    platform_id = models.CharField(max_length=200, blank=True)
    link = models.CharField(max_length=LINK_MAX, blank=True)
    # the name and the link made plain, by which it is found again
    plain_name = models.CharField(max_length=NAME_MAX)
    plain_link = models.CharField(max_length=LINK_MAX, blank=True)
    imitates = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="impostors")
    likeness = models.FloatField(null=True, blank=True)
    reasons = models.JSONField(default=list)
    # whose desk it is: the imitated account's, else the province's
    division = models.ForeignKey(Division, models.PROTECT, related_name="impostors")
    state = models.CharField(max_length=10, choices=State.choices, default=State.REPORTED)
    source = models.CharField(max_length=8, choices=Source.choices)
    found_at = models.DateTimeField()
    # what the public will read
    said = models.CharField(max_length=WHY_MAX, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    proposed_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=WHY_MAX, blank=True)

    class Meta:
        constraints = [
            both_or_neither("impostors_proposal", "proposed_by", "proposed_at"),
            both_or_neither("impostors_approval", "approved_by", "approved_at"),
            both_or_neither("impostors_end", "ended_by", "ended_at"),
        ]
        indexes = [
            models.Index(fields=["plain_name", "state"], name="impostors_name"),
            models.Index(fields=["state", "-found_at"], name="impostors_state"),
            models.Index(fields=["division", "state"], name="impostors_division"),
        ]

    def __str__(self) -> str:
        return self.name


class Report(models.Model):
    """What somebody told of an impostor. Who it was is not kept; `client` lets one address be counted for an hour."""

    impostor = models.ForeignKey(Impostor, models.CASCADE, related_name="reports")
    what = models.TextField()
    link = models.CharField(max_length=LINK_MAX, blank=True)
    picture_sm3 = models.CharField(max_length=80, blank=True)
    picture_type = models.CharField(max_length=40, blank=True)
    client = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["client", "at"], name="impostors_client"),
            models.Index(fields=["at"], name="impostors_at"),
        ]

    def __str__(self) -> str:
        return self.what[:40]


class Asked(models.Model):
    """A name that people asked about and that imitates an account: somebody may use it. Who asked is not kept."""

    name = models.CharField(max_length=NAME_MAX)
    plain_name = models.CharField(max_length=NAME_MAX, unique=True)
    imitates = models.ForeignKey(Account, models.CASCADE, related_name="+")
    likeness = models.FloatField()
    reasons = models.JSONField(default=list)
    division = models.ForeignKey(Division, models.PROTECT, related_name="+")
    # one address counts once an hour
    times = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [both_or_neither("impostors_asked_settled", "settled_by", "settled_at")]
        indexes = [models.Index(fields=["division", "settled_at", "-times"], name="impostors_asked_open")]

    def __str__(self) -> str:
        return self.name
