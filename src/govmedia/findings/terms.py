"""Days that count for a finding: by when it has to be put right, and until when what is closed may be appealed."""

from datetime import date, datetime, timedelta

from govmedia.common.clock import day_of
from govmedia.common.holidays import calendar
from govmedia.engine.calendar import Deadline, UnknownYear
from govmedia.engine.edition import Edition
from govmedia.findings.models import Finding

ONE_DAY = timedelta(days=1)


def due_of(edition: Edition, now: datetime) -> Deadline:
    """The last day for rectification of what is notified now."""
    return calendar().deadline(day_of(now), edition.rectify_working_days)


def appeal_until(finding: Finding, edition: Edition) -> date:
    """The last day on which a finding may be appealed that is closed."""
    told = finding.notified_at or finding.confirmed_at or finding.raised_at
    return calendar().deadline(day_of(told), edition.appeal_working_days).on


def days_left(due_on: date | None, today: date) -> int:
    """Working days after today up to the due date; 0 where it is over. Of unknown years only weekends."""
    if due_on is None or due_on <= today:
        return 0
    known = calendar()
    try:
        return known.working_days_between(today, due_on)
    except UnknownYear:
        span = (due_on - today).days
        return sum((today + ONE_DAY * (number + 1)).weekday() < 5 for number in range(span))


def due_again(days: int, now: datetime) -> Deadline:
    """The last day where so many working days were left before an appeal stopped the clock."""
    return calendar().deadline(day_of(now), days)
