"""The life of a filing (备案申请)."""

from govmedia.common.states import Machine, Move

FILING = Machine(
    "filing",
    {
        "draft": "草稿",
        "submitted": "待审",
        "passed_on": "待上级审",
        "returned": "退回补正",
        "accepted": "已备案",
        "refused": "不予备案",
        "withdrawn": "已撤回",
    },
    Move("submit", frozenset({"draft", "returned"}), "submitted", "filing.submit", "提交"),
    Move(
        "pass_on", frozenset({"submitted", "passed_on"}), "passed_on", "filing.review", "通过，报上级审", decides=True
    ),
    Move(
        "accept", frozenset({"submitted", "passed_on"}), "accepted", "filing.review", "通过，准予备案", decides=True
    ),
    Move("return", frozenset({"submitted", "passed_on"}), "returned", "filing.review", "退回补正", True, True),
    Move("refuse", frozenset({"submitted", "passed_on"}), "refused", "filing.review", "不予备案", True, True),
    Move(
        "withdraw", frozenset({"draft", "submitted", "passed_on", "returned"}), "withdrawn", "filing.submit", "撤回"
    ),
)

WAITING = ("submitted", "passed_on")
LIVE = ("draft", "submitted", "passed_on", "returned")
# A draft was never handed in, a refused or withdrawn filing came to nothing.
FILED = ("submitted", "passed_on", "returned", "accepted")
