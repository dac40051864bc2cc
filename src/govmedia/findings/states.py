"""The life of a finding (问题) and of an appeal (申诉) against one."""

from govmedia.common.states import Machine, Move

# What the organisation has to act on, and with it all that a human may close after a look.
TO_DO = ("notified", "rectifying", "reopened")
COUNTING = ("confirmed", "notified", "appealed", "rectifying", "fixed", "reopened")
OPEN = ("raised", *COUNTING)

FINDING = Machine(
    "finding",
    {
        "raised": "发现",
        "confirmed": "认定",
        "notified": "已通知",
        "appealed": "申诉中",
        "rectifying": "整改中",
        "fixed": "已整改待复查",
        "closed": "销号",
        "reopened": "复发",
        "dismissed": "撤销",
    },
    Move("confirm", frozenset({"raised"}), "confirmed", "finding.confirm", "认定", decides=True),
    Move("notify", frozenset({"confirmed"}), "notified", "finding.notify", "通知", by_machine=True),
    Move("accept", frozenset({"notified", "reopened"}), "rectifying", "finding.claim", "开始整改"),
    Move("claim", frozenset(TO_DO), "fixed", "finding.claim", "报告已整改", needs_note=True),
    Move("unclaim", frozenset({"fixed"}), "rectifying", "finding.claim", "撤回整改报告"),
    Move("cure", frozenset(COUNTING), "closed", "finding.cure", "自动销号", by_machine=True),
    Move("recur", frozenset({"fixed"}), "reopened", "finding.recur", "复查未通过", by_machine=True),
    Move(
        "close",
        frozenset({*TO_DO, "fixed"}),
        "closed",
        "finding.recheck",
        "复查通过，销号",
        needs_note=True,
        decides=True,
    ),
    Move("reopen", frozenset({"fixed"}), "reopened", "finding.recheck", "复查未通过", needs_note=True, decides=True),
    Move(
        "appeal",
        frozenset({"confirmed", *TO_DO, "fixed"}),
        "appealed",
        "finding.appeal",
        "申诉",
        needs_note=True,
    ),
    Move("unappeal", frozenset({"appealed"}), "rectifying", "finding.appeal", "撤回申诉"),
    Move(
        "uphold",
        frozenset({"appealed", "closed"}),
        "dismissed",
        "finding.review",
        "申诉成立，撤销问题",
        needs_note=True,
        decides=True,
    ),
    Move(
        "refuse",
        frozenset({"appealed"}),
        "rectifying",
        "finding.review",
        "申诉不成立，继续整改",
        needs_note=True,
        decides=True,
    ),
    # Refused or taken back while a report of rectification waits: the re-check goes on.
    Move("resume", frozenset({"appealed"}), "fixed", "finding.resume", "继续复查", by_machine=True),
    Move("drop", frozenset({"raised"}), "dismissed", "finding.drop", "自动撤回", by_machine=True),
    Move(
        "dismiss",
        frozenset({"raised", "confirmed", *TO_DO, "fixed"}),
        "dismissed",
        "finding.dismiss",
        "撤销",
        needs_note=True,
        decides=True,
    ),
)
