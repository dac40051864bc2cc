"""Writing annual assessments: planned and measured, reported, reviewed, appealed, published."""

from govmedia.assessments.services.appealing import appeal, decide, take_back
from govmedia.assessments.services.ending import announce, cancel, publish, take_in, withdraw
from govmedia.assessments.services.planning import change, measure, open_reports, plan, start_review
from govmedia.assessments.services.reporting import hand_in, report
from govmedia.assessments.services.reviewing import find_veto, review

__all__ = [
    "announce",
    "appeal",
    "cancel",
    "change",
    "decide",
    "find_veto",
    "hand_in",
    "measure",
    "open_reports",
    "plan",
    "publish",
    "report",
    "review",
    "start_review",
    "take_back",
    "take_in",
    "withdraw",
]
