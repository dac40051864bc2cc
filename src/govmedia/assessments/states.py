"""The life of an annual assessment (年度考核), and of an appeal in one."""

from django.db import models

from govmedia.common.states import Machine, Move

ASSESSMENT = Machine(
    "assessment",
    {
        "planned": "筹备",
        "reporting": "自评中",
        "reviewing": "审核中",
        "announced": "已反馈",
        "published": "已公布",
        "withdrawn": "已撤下",
        "cancelled": "已取消",
    },
    Move("open", frozenset({"planned"}), "reporting", "assessment.run", "开始自评"),
    Move("review", frozenset({"reporting"}), "reviewing", "assessment.run", "结束自评，开始审核"),
    Move("announce", frozenset({"reviewing"}), "announced", "assessment.run", "反馈结果"),
    Move("back", frozenset({"announced"}), "reviewing", "assessment.run", "收回重审", needs_note=True),
    Move("publish", frozenset({"announced"}), "published", "assessment.run", "公布", decides=True),
    Move("withdraw", frozenset({"published"}), "withdrawn", "assessment.run", "撤下", needs_note=True),
    Move(
        "cancel",
        frozenset({"planned", "reporting", "reviewing", "announced"}),
        "cancelled",
        "assessment.run",
        "取消",
        needs_note=True,
    ),
)
# What those who are assessed see of it, and from when on their points.
TOLD = ("reporting", "reviewing", "announced", "published", "withdrawn")
SHOWN = ("announced", "published", "withdrawn")
# What anybody may know of: a withdrawn one keeps its page, which says why.
PUBLIC = ("published", "withdrawn")


class AppealState(models.TextChoices):
    WAITING = "waiting", "待复核"
    UPHELD = "upheld", "申诉成立"
    REFUSED = "refused", "申诉不成立"
    WITHDRAWN = "withdrawn", "已撤回"
