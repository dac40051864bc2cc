"""Writing rounds: planning and drawing, seats, judging."""

from govmedia.rounds.services.planning import (
    announce,
    cancel,
    change_round,
    draw_round,
    plan_round,
)
from govmedia.rounds.services.seating import call_arbiter, hand_over, open_round
from govmedia.rounds.services.working import begin, close_round, drop, settle_due

__all__ = [
    "announce",
    "begin",
    "call_arbiter",
    "cancel",
    "change_round",
    "close_round",
    "draw_round",
    "drop",
    "hand_over",
    "open_round",
    "plan_round",
    "settle_due",
]
