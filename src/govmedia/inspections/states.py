"""The words of a hit's life. A hit is not a finding: it becomes part of one when it is sure or a human said so."""

from django.db import models


class State(models.TextChoices):
    OPEN = "open", "待判"
    RIGHT = "right", "属实"
    MINOR = "minor", "不严重"
    WRONG = "wrong", "误报"
    GONE = "gone", "已改正"


SHOWN_LEAST = 0.5
# What a human may say of an open hit.
RULINGS = (State.RIGHT, State.WRONG, State.MINOR)
RULED = frozenset(RULINGS)

# How much each level weighs where people decide what to look at first.
WEIGHTS = {"veto": 10.0, "deduct": 3.0, "notice": 1.0}


def gain(level: str, confidence: float) -> float:
    """What a human's word is worth: the weight of the level by the likelihood that it is right."""
    return WEIGHTS[level] * confidence


def worth_showing(auto: bool, confidence: float) -> bool:
    """False for what is less likely right than wrong: it takes people's time and trust, in the queue and on the page.

    The command and the API give it all the same, with its confidence.
    """
    return auto or confidence >= SHOWN_LEAST
