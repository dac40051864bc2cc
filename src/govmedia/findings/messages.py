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
    body = f"{_reason(finding)}{_by(finding.due_on)}{cure}{APPEAL}"
    return _about(finding, account, people, f"finding:{finding.pk}", "发现问题", body)


def back(finding: Finding, account: str, people: Sequence[User]) -> Message:
    """A report of rectification did not hold."""
    key = f"finding:{finding.pk}:reopened:{finding.reopened}"
    body = f"{_reason(finding)}{_by(finding.due_on)}这是第 {finding.reopened} 次复发。"
    return _about(finding, account, people, key, "复查未通过", body)


def pressing(finding: Finding, account: str, people: Sequence[User], late: bool) -> Message:
    """The due date is tomorrow's or today's, or it went by."""
    key = f"finding:{finding.pk}:{'late' if late else 'soon'}:{finding.due_on}"
    what = "的整改已超期" if late else f"的整改 {_day(finding.due_on)}到期"
    return _about(finding, account, people, key, what, f"{_reason(finding)}请尽快整改，并在问题页面报告。")


def urging(finding: Finding, account: str, people: Sequence[User], today: date) -> Message:
    """A supervisor urges the unit; `today` tells one day's message from the next."""
    late = finding.due_on is not None and finding.due_on < today
    what = f"请整改，监管员催办{'，已超期' if late else ''}"
    due = f"期限是 {_day(finding.due_on)}。" if late else _by(finding.due_on)
    body = f"{_reason(finding)}{due}整改后在问题页面报告。"
    return _about(finding, account, people, f"finding:{finding.pk}:press:{today}", what, body)


def postponed(finding: Finding, account: str, people: Sequence[User], why: str) -> Message:
    """The due date was changed."""
    key = f"finding:{finding.pk}:due:{finding.due_on}"
    return _about(finding, account, people, key, f"整改期限改为 {_day(finding.due_on)}", f"理由：{why}")


def appealed(appeal: Appeal, account: str, people: Sequence[User]) -> Message:
    """An appeal waits for these people."""
    return _about(appeal.finding, account, people, f"appeal:{appeal.pk}", "申诉，等待复核", appeal.reason)


def answered(appeal: Appeal, account: str, people: Sequence[User]) -> Message:
    """An appeal was decided."""
    finding = appeal.finding
    if appeal.state == Appeal.State.UPHELD:
        result = "问题已撤销，不再计分。"
    elif finding.state == "closed":
        result = "问题此前已销号，认定不变。"
    else:
        result = f"请继续整改。{_by(finding.due_on)}"
    key, body = f"appeal:{appeal.pk}:answer", f"{result}答复：{appeal.answer}"
    return _about(finding, account, people, key, appeal.get_state_display(), body)


def _about(finding: Finding, account: str, people: Sequence[User], key: str, what: str, body: str) -> Message:
    """The message that leads to the finding's page; `what` stands between the account and the finding's title."""
    title = f"「{account}」{what}：{finding.title}"
    return Message(key=key, recipients=people, title=title, body=body, url=PAGE.format(finding.pk))


def _reason(finding: Finding) -> str:
    return f"{finding.reason.rstrip('。')}。"


def _by(due_on: date | None) -> str:
    return f"请在 {_day(due_on)}前整改。" if due_on else ""


def _day(on: date | None) -> str:
    return f"{on.month} 月 {on.day} 日" if on else ""
