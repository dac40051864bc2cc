"""A handful of finished checks, made by the inspector through the services as at his desk."""

from collections.abc import Callable
from datetime import datetime, timedelta

from govmedia.accounts.models import Account, Health, Status
from govmedia.checks.models import Check
from govmedia.checks.services import answer, finish, start_check
from govmedia.common.clock import day_of
from govmedia.engine.calendar import Calendar, quarter_of, quarter_range
from govmedia.engine.edition import load_edition
from govmedia.engine.judging import Judge
from govmedia.orgs.models import User

_EDITION = "jiangsu-2019"
# What the inspector found: indicator, how often, what he wrote. The first check finds nothing.
_FOUND: tuple[dict[str, tuple[int, str]], ...] = (
    {},
    {"Y06": (2, "“{title}”等两处有错别字，已截图。")},
    {"Y04": (1, "留言咨询办事时间，超过五个工作日未答复。"), "Y05": (1, "菜单“办事指南”打不开。")},
    {"Y08": (1, "转载内容未注明来源。")},
)


def inspect(*, now: datetime, progress: Callable[[str], None]) -> int:
    """Check a few accounts of the quarter to date; returns how many. Half an hour ago, one after the other."""
    inspector = User.objects.get(login="inspector")
    start, _ = quarter_range(*quarter_of(day_of(now)))
    accounts = _chosen()
    for number, (account, found) in enumerate(zip(accounts, _FOUND, strict=False)):
        at = now - timedelta(minutes=40 - number * 8)
        if day_of(at) < start:
            continue
        check = start_check(
            account=account, edition=_EDITION, start_on=start, end_on=day_of(at), by=inspector, now=at
        )
        _answer_all(check, account, found, inspector, at)
        finish(check_id=check.pk, by=inspector, now=at + timedelta(minutes=6))
    progress(f"检查结论 {len(accounts)} 份 …")
    return len(accounts)


def _chosen() -> list[Account]:
    """A well account of the first body first, then another well one, a slow and a silent one."""
    rows = Account.objects.filter(status=Status.OPEN, division_id__startswith="32").order_by("pk")
    well = list(rows.filter(health=Health.HEALTHY)[:2])
    faulty = rows.filter(health=Health.FAULTY)
    slow, silent = faulty.filter(veto_open=False).first(), faulty.filter(veto_open=True).first()
    return [*well, *(one for one in (slow, silent) if one is not None)]


def _answer_all(
    check: Check, account: Account, found: dict[str, tuple[int, str]], inspector: User, now: datetime
) -> None:
    judge = Judge(load_edition(check.edition), Calendar.load())
    for number, question in enumerate(judge.questions(account.platform)):
        count, note = found.get(question.code, (0, ""))
        answer(
            check_id=check.pk,
            code=question.code,
            count=count,
            note=note.format(title=account.name),
            by=inspector,
            now=now + timedelta(seconds=15 * number),
        )
