"""What the machine judges by itself in `judging`, what an inspector does in `inspecting`."""

from govmedia.checks.services.inspecting import answer, discard, finish, recompute, release, rule, start_check
from govmedia.checks.services.judging import check_lines, judge_accounts, judge_stale
from govmedia.checks.services.overruling import overrule
from govmedia.checks.services.redressing import catch_up, redress

__all__ = [
    "answer",
    "catch_up",
    "check_lines",
    "discard",
    "finish",
    "judge_accounts",
    "judge_stale",
    "overrule",
    "recompute",
    "redress",
    "release",
    "rule",
    "start_check",
]
