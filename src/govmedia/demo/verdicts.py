"""A handful of finished checks, made by the inspector through the services as at his desk."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cache

from govmedia.accounts.models import Account, Health, Status
from govmedia.accounts.queries import visible_to
from govmedia.checks.models import Check
from govmedia.checks.services import answer, finish, start_check
from govmedia.common.clock import day_of
from govmedia.engine.calendar import Calendar, quarter_of, quarter_range
from govmedia.engine.edition import load_edition
from govmedia.engine.judging import Judge, Question
from govmedia.orgs.models import User

EDITION = "jiangsu-2019"
Found = Mapping[str, tuple[int, str]]
# What the inspector found: indicator, how often, what he wrote. The first check finds nothing.
_FOUND: tuple[Found, ...] = (
    {},
    {"Y04": (1, "留言咨询办事时间，超过五个工作日未答复。"), "Y05": (1, "菜单“办事指南”打不开。")},
    {"Y08": (1, "转载内容未注明来源。")},
    {"Y06": (2, "两篇内容里有错别字，已截图。")},
)
# Where accounts are few, one more with a finding would make the province look ill.
_MANY = 100


def inspect(*, now: datetime, progress: Callable[[str], None]) -> int:
    """Check a few accounts of the quarter to date; returns how many. Half an hour ago, one after the other."""
    inspector = User.objects.get(login="inspector")
    start, _ = quarter_range(*quarter_of(day_of(now)))
    accounts = _chosen(inspector)
    for number, (account, found) in enumerate(zip(accounts, _FOUND, strict=False)):
        at = now - timedelta(minutes=40 - number * 8)
        if day_of(at) < start:
            continue
        check = start_check(account=account, edition=EDITION, start_on=start, end_on=day_of(at), by=inspector, now=at)
        answer_all(check, found, inspector, at)
        finish(check_id=check.pk, by=inspector, now=at + timedelta(minutes=6))
    progress(f"检查结论 {len(accounts)} 份 …")
    return len(accounts)


def _chosen(inspector: User) -> list[Account]:
    """A well account, a slow one, a silent one, and in a larger demonstration one more that is well."""
    rows = visible_to(inspector).filter(status=Status.OPEN).order_by("pk")
    well = list(rows.filter(health=Health.HEALTHY)[:2])
    faulty = rows.filter(health=Health.FAULTY)
    chosen = [well[0], faulty.filter(veto_open=False).first(), faulty.filter(veto_open=True).first()]
    if rows.count() >= _MANY:
        chosen.append(well[1])
    return [one for one in chosen if one is not None]


@cache
def questions_of(platform: str) -> tuple[Question, ...]:
    """What is asked about an account on a platform by the demonstration's edition."""
    return Judge(load_edition(EDITION), Calendar.load()).questions(platform)


def answer_all(check: Check, found: Found, inspector: User, now: datetime) -> None:
    """Answer all questions of a check, one every quarter of a minute."""
    for number, question in enumerate(questions_of(check.account.platform)):
        count, note = found.get(question.code, (0, ""))
        answer(
            check_id=check.pk,
            code=question.code,
            count=count,
            note=note,
            by=inspector,
            now=now + timedelta(seconds=15 * number),
        )
