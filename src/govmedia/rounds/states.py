"""The life of a round (检查轮次), and of an account that is looked at in it."""

from django.db import models

from govmedia.common.states import Machine, Move

ROUND = Machine(
    "round",
    {
        "planned": "筹备",
        "reporting": "单位自查中",
        "announced": "已公布总体",
        "drawn": "已抽取",
        "judging": "检查中",
        "closed": "已检毕",
        "cancelled": "已取消",
    },
    Move("ask", frozenset({"planned"}), "reporting", "round.run", "发起自查"),
    # From planned, or of a round that begins with a self-check from reporting.
    Move("announce", frozenset({"planned", "reporting"}), "announced", "round.run", "公布总体"),
    Move("draw", frozenset({"announced"}), "drawn", "round.run", "抽取"),
    Move("open", frozenset({"drawn"}), "judging", "round.run", "开始检查"),
    Move("close", frozenset({"judging"}), "closed", "round.run", "检毕"),
    Move(
        "cancel",
        frozenset({"planned", "reporting", "announced", "drawn", "judging"}),
        "cancelled",
        "round.run",
        "取消",
        needs_note=True,
    ),
)
# From here on everybody may know who could be drawn, and of what.
PUBLIC = ("announced", "drawn", "judging", "closed")


class Place(models.TextChoices):
    """What became of an account in a round."""

    WAITING = "waiting", "待检查"
    DIFFERING = "differing", "两人结论不同"
    SETTLED = "settled", "已有结论"
    DROPPED = "dropped", "未检查"
