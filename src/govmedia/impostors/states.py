"""The words of an impostor's life."""

from django.db import models


class State(models.TextChoices):
    REPORTED = "reported", "待核实"
    PROPOSED = "proposed", "待另一人认定"
    KNOWN = "known", "已认定冒用"
    DISMISSED = "dismissed", "不予认定"
    WITHDRAWN = "withdrawn", "认定已撤销"


WAITING = (State.REPORTED, State.PROPOSED)
PUBLISHED = (State.KNOWN, State.WITHDRAWN)
