"""Constraints that rooms share, and facts about this installation."""

from django.db import models


def both_or_neither(name: str, first: str, second: str) -> models.CheckConstraint:
    """Two columns that are set together or not at all (who and when)."""
    return models.CheckConstraint(
        name=name,
        condition=models.Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
        | models.Q(**{f"{first}__isnull": False, f"{second}__isnull": False}),
    )


class Setting(models.Model):
    """A fact about this installation, for example that it is a demonstration."""

    key = models.CharField(primary_key=True, max_length=60)
    value = models.JSONField()

    def __str__(self) -> str:
        return self.key
