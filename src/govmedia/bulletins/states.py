"""The life of a bulletin (通报)."""

from govmedia.common.states import Machine, Move

BULLETIN = Machine(
    "bulletin",
    {"draft": "起草中", "submitted": "待审签", "approved": "待发布", "published": "已发布", "withdrawn": "已撤下"},
    Move("submit", frozenset({"draft"}), "submitted", "bulletin.write", "送审"),
    Move("recall", frozenset({"submitted"}), "draft", "bulletin.write", "撤回修改"),
    Move("approve", frozenset({"submitted"}), "approved", "bulletin.approve", "同意发布", decides=True),
    Move("return", frozenset({"submitted", "approved"}), "draft", "bulletin.approve", "退回修改", needs_note=True),
    Move("publish", frozenset({"approved"}), "published", "bulletin.publish", "发布"),
    Move("withdraw", frozenset({"published"}), "withdrawn", "bulletin.publish", "撤下", needs_note=True),
)
# What anybody may know of: a withdrawn bulletin keeps its page, which says why.
PUBLIC = ("published", "withdrawn")
