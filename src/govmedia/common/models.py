"""Constraints that rooms share, and facts about this installation."""

from itertools import count
from typing import Any

from django.db import models


def both_or_neither(name: str, first: str, second: str) -> models.CheckConstraint:
    """Two columns that are set together or not at all (who and when)."""
    return models.CheckConstraint(
        name=name,
        condition=models.Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
        | models.Q(**{f"{first}__isnull": False, f"{second}__isnull": False}),
    )


def free_name(rows: models.QuerySet[Any], name: str) -> str:
    """The name, with a number at its end where some of the rows have it already."""
    taken = set(rows.filter(name__startswith=name).values_list("name", flat=True))
    return next(one for n in count(1) if (one := name if n == 1 else f"{name}（{n}）") not in taken)


class Setting(models.Model):
    """A fact about this installation, for example that it is a demonstration."""

    key = models.CharField(primary_key=True, max_length=60)
    value = models.JSONField()

    def __str__(self) -> str:
        return self.key
