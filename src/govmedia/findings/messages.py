"""What people are told of a finding, and whom."""

from collections.abc import Sequence
from datetime import date

from govmedia.findings.cures import MACHINE, cure_of
from govmedia.findings.models import Appeal, Finding
from govmedia.notify.services import Message
from govmedia.orgs.models import User

# The page of a finding, written out so that the worker need not load every page of the site to name it.
PAGE = "/desk/findings/{}/"
APPEAL = "如认为有误，可在问题页面申诉。"


def found(finding: Finding, account: str, people: Sequence[User]) -> Message:
    """A finding was confirmed."""
    cure = cure_of(finding.code, finding.source == MACHINE)
    return Message(
        key=f"finding:{finding.pk}",
        recipients=people,
        title=f"「{account}」发现问题：{finding.title}",
        body=f"{finding.reason.rstrip('。')}。{_by(finding.due_on)}{cure}{APPEAL}",
        url=PAGE.format(finding.pk),
    )


def back(finding: Finding, account: str, people: Sequence[User]) -> Message:
    """A report of rectification did not hold."""
    return Message(
        key=f"finding:{finding.pk}:reopened:{finding.reopened}",
        recipients=people,
        title=f"「{account}」复查未通过：{finding.title}",
        body=f"{finding.reason.rstrip('。')}。{_by(finding.due_on)}这是第 {finding.reopened} 次复发。",
        url=PAGE.format(finding.pk),
    )


def pressing(finding: Finding, account: str, people: Sequence[User], late: bool) -> Message:
    """The due date is tomorrow's or today's, or it went by."""
    word = "已超期" if late else f" {_day(finding.due_on)}到期"
    return Message(
        key=f"finding:{finding.pk}:{'late' if late else 'soon'}:{finding.due_on}",
        recipients=people,
        title=f"「{account}」的整改{word}：{finding.title}",
        body=f"{finding.reason.rstrip('。')}。请尽快整改，并在问题页面报告。",
        url=PAGE.format(finding.pk),
    )


def postponed(finding: Finding, account: str, people: Sequence[User], why: str) -> Message:
    """The due date was changed."""
    return Message(
        key=f"finding:{finding.pk}:due:{finding.due_on}",
        recipients=people,
        title=f"「{account}」整改期限改为 {_day(finding.due_on)}：{finding.title}",
        body=f"理由：{why}",
        url=PAGE.format(finding.pk),
    )


def appealed(appeal: Appeal, account: str, people: Sequence[User]) -> Message:
    """An appeal waits for these people."""
    finding = appeal.finding
    return Message(
        key=f"appeal:{appeal.pk}",
        recipients=people,
        title=f"「{account}」申诉，等待复核：{finding.title}",
        body=appeal.reason,
        url=PAGE.format(finding.pk),
    )


def answered(appeal: Appeal, account: str, people: Sequence[User]) -> Message:
    """An appeal was decided."""
    finding = appeal.finding
    if appeal.state == Appeal.State.UPHELD:
        result = "问题已撤销，不再计分。"
    elif finding.state == "closed":
        result = "问题此前已销号，认定不变。"
    else:
        result = f"请继续整改。{_by(finding.due_on)}"
    return Message(
        key=f"appeal:{appeal.pk}:answer",
        recipients=people,
        title=f"「{account}」{appeal.get_state_display()}：{finding.title}",
        body=f"{result}答复：{appeal.answer}",
        url=PAGE.format(finding.pk),
    )


def _by(due_on: date | None) -> str:
    return f"请在 {_day(due_on)}前整改。" if due_on else ""


def _day(on: date | None) -> str:
    return f"{on.month} 月 {on.day} 日" if on else ""
