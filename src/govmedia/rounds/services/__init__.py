"""Writing rounds: planning and drawing, self-checks, seats, judging."""

from govmedia.rounds.services.asking import ask, press, remind_reports
from govmedia.rounds.services.planning import (
    announce,
    cancel,
    change_round,
    draw_round,
    plan_round,
)
from govmedia.rounds.services.reporting import hand_in, keep_draft
from govmedia.rounds.services.seating import call_arbiter, hand_over, open_round
from govmedia.rounds.services.working import begin, close_round, drop, settle_due

__all__ = [
    "announce",
    "ask",
    "begin",
    "call_arbiter",
    "cancel",
    "change_round",
    "close_round",
    "draw_round",
    "drop",
    "hand_in",
    "hand_over",
    "keep_draft",
    "open_round",
    "plan_round",
    "press",
    "remind_reports",
    "settle_due",
]
