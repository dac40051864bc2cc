"""The life of a finding (问题)."""

from govmedia.common.states import Machine, Move

FINDING = Machine(
    "finding",
    {
        "raised": "发现",
        "confirmed": "认定",
        "notified": "已通知",
        "closed": "销号",
        "dismissed": "撤销",
    },
    Move("confirm", frozenset({"raised"}), "confirmed", "finding.confirm", "认定", decides=True),
    Move("notify", frozenset({"confirmed"}), "notified", "finding.notify", "通知", by_machine=True),
    Move("cure", frozenset({"confirmed", "notified"}), "closed", "finding.cure", "销号", by_machine=True),
    Move("drop", frozenset({"raised"}), "dismissed", "finding.drop", "自动撤回", by_machine=True),
    Move(
        "dismiss",
        frozenset({"raised", "confirmed", "notified"}),
        "dismissed",
        "finding.dismiss",
        "撤销",
        needs_note=True,
        decides=True,
    ),
)

OPEN = ("raised", "confirmed", "notified")
COUNTING = ("confirmed", "notified")
