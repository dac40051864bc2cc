"""What the public pages keep, so that a page of a large directory need not count it."""

from django.db import models


class PlaceCounts(models.Model):
    """How many accounts there are at and below a place, of each kind; `place` TOP is everywhere.

    `kinds` is a list of [platform, level, field, number, {code of the place right below: number}], `totals` the
    numbers of all kinds by place, `offers` those of all kinds by what is offered; `line` are [code, name] of the
    places above and this one, the uppermost first, `below` those of the places right below.
    """

    TOP = "0"

    place = models.CharField(max_length=9, primary_key=True)
    kinds = models.JSONField(default=list)
    totals = models.JSONField(default=dict)
    offers = models.JSONField(default=dict)
    line = models.JSONField(default=list)
    below = models.JSONField(default=list)
    # the registry's latest change that is counted in
    stamp = models.DateTimeField()

    def __str__(self) -> str:
        return self.place


class OfferCounts(models.Model):
    """The same of the accounts that offer something, in places with so many that counting takes long."""

    place = models.CharField(max_length=9)
    offer = models.CharField(max_length=20)
    kinds = models.JSONField(default=list)
    totals = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "offer"], name="public_offer_counts_once")]

    def __str__(self) -> str:
        return f"{self.place} {self.offer}"
