"""The words of a term's life."""

from django.db import models


class State(models.TextChoices):
    PROPOSED = "proposed", "待复核"
    APPROVED = "approved", "启用"
    ENDED = "ended", "停用"
