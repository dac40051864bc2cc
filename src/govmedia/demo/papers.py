"""Filings: those that are done and behind today's register in bulk, those under way by the rooms' services."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction

from govmedia.accounts.models import Account
from govmedia.audit.services import Deed, record
from govmedia.common.clock import SHANGHAI, day_of
from govmedia.demo.plan import LATE_DAYS, Part, Plan, Role
from govmedia.demo.tray import CONTACT, Event
from govmedia.filings.models import Filing, Step
from govmedia.orgs.models import Division, Level, Organisation, User
from govmedia.orgs.models import Role as Post
from govmedia.posts.models import Interface

_PAST = (Part.NEW, Part.LATE_FILED, Part.WAITING, Part.RENAMED, Part.CLOSED)


@dataclass(frozen=True, slots=True)
class _People:
    """Who can sign: clerks by organisation, reviewers by division."""

    clerks: dict[int, User]
    reviewers: dict[str, User]


@dataclass(frozen=True, slots=True)
class _Paper:
    """One finished filing: when it was sent, its offices in order, and its content."""

    account: Account
    clerk: User
    kind: str
    happened_at: datetime
    sent_at: datetime
    offices: tuple[User, ...]
    form: dict[str, object]

    @property
    def decided_at(self) -> datetime:
        return self.sent_at + timedelta(hours=7 * len(self.offices))


@transaction.atomic
def file_past(plan: Plan, *, now: datetime) -> list[Event]:
    """The accepted filings behind accounts that were opened, renamed or closed since the platform went into use.

    In bulk: carried out by the services they would make the accounts a second time. Older accounts were entered
    when the platform went into use and have none; neither have bodies without a clerk of their own.
    Gives the log's entries, to be written when it is their turn.
    """
    people = _people()
    rows = list(_papers(plan, people, now))
    filings = [_filing(paper) for paper in rows]
    Filing.objects.bulk_create(filings, batch_size=500)
    editors = Filing.editors.through
    editors.objects.bulk_create(
        (editors(filing_id=row.pk, user_id=paper.clerk.pk) for row, paper in zip(filings, rows, strict=True)),
        batch_size=500,
    )
    Step.objects.bulk_create(
        (step for row, paper in zip(filings, rows, strict=True) for step in _steps(row, paper)), batch_size=500
    )
    return [
        (paper.decided_at, partial(record, _deed(row, paper), by=paper.offices[-1], now=paper.decided_at))
        for row, paper in zip(filings, rows, strict=True)
    ]


@contextmanager
def emulator_allowed(port: int) -> Iterator[None]:
    """Let the fetch guard accept the emulator's addresses in forms, as `serve` does later for a demonstration."""
    own = f"127.0.0.1:{port}"
    settings.FETCH_ALLOW.append(own)
    try:
        yield
    finally:
        settings.FETCH_ALLOW.remove(own)


def _people() -> _People:
    clerks = User.objects.filter(role=Post.OPERATOR).order_by("-pk")
    reviewers = User.objects.filter(role=Post.REVIEWER).order_by("-pk")
    return _People(
        {row.organisation_id: row for row in clerks if row.organisation_id is not None},
        {row.division_id: row for row in reviewers if row.division_id is not None},
    )


def _papers(plan: Plan, people: _People, now: datetime) -> Iterator[_Paper]:
    roles = {role.code: role for role in plan.of(*_PAST)}
    parents = dict(Division.objects.values_list("code", "parent_id"))
    handles = dict(Interface.objects.filter(account__code__in=roles).values_list("account__code", "handle"))
    rows = Account.objects.filter(code__in=roles).select_related("organisation", "successor").order_by("pk")
    for account in rows:
        clerk = people.clerks.get(account.organisation_id)
        if clerk is not None:
            role = roles[account.code]
            offices = tuple(_offices(account.organisation, people, parents))
            kind, happened_at, sent_at = _when(role, account, now)
            form = _form(kind, account, handles.get(account.code, ""), happened_at)
            yield _Paper(account, clerk, kind, happened_at, sent_at, offices, form)


def _offices(organisation: Organisation, people: _People, parents: dict[str, str | None]) -> Iterator[User]:
    """Own office, then the one above; a town's filing begins one higher. As the packaged chain has it."""
    code = organisation.division_id
    if organisation.level == Level.TOWNSHIP:
        code = parents[code] or code
    yield people.reviewers[code]
    above = parents[code]
    if above in people.reviewers:
        yield people.reviewers[above]


def _when(role: Role, account: Account, now: datetime) -> tuple[str, datetime, datetime]:
    """Kind, when it happened, when it was sent."""
    if role.part is Part.RENAMED:
        happened = now - timedelta(days=13)
        return "change", happened, happened + timedelta(days=1)
    if role.part is Part.CLOSED and account.closed_on is not None:
        happened = datetime.combine(account.closed_on, time(10), SHANGHAI)
        return "close", happened, min(happened + timedelta(hours=20), now - timedelta(days=1))
    happened = datetime.combine(role.opened_on, time(9), SHANGHAI)
    days = LATE_DAYS if role.part is Part.LATE_FILED else 1
    return "open", happened, happened + timedelta(days=days, minutes=role.body.number % 300)


def _form(kind: str, account: Account, handle: str, happened_at: datetime) -> dict[str, object]:
    on = f"{day_of(happened_at)}"
    shared = {"name": account.name, "url": account.url, "feed_url": handle, "description": account.description}
    if kind == "close":
        successor = account.successor.code if account.successor else ""
        notice = f"{account.url}/notice"
        return {"closed_on": on, "notice_url": notice, "reason": "账号整合，停止更新。", "successor": successor}
    if kind == "change":
        before = {**shared, **CONTACT, "name": "", "functions": ""}
        return {**shared, **CONTACT, "functions": "", "happened_on": on, "reason": "规范账号名称。", "before": before}
    return {**shared, **CONTACT, "platform": account.platform, "opened_on": on}


def _filing(paper: _Paper) -> Filing:
    account = paper.account
    chain = [
        {"division": office.division_id, "name": office.name.removesuffix("审核岗"), "working_days": 5}
        for office in paper.offices
    ]
    return Filing(
        kind=paper.kind,
        state="accepted",
        organisation=account.organisation,
        account=account,
        name=account.name,
        platform=account.platform,
        form={**paper.form, "chain": chain},
        happened_on=day_of(paper.happened_at),
        step=len(paper.offices) - 1,
        created_by=paper.clerk,
        created_at=paper.sent_at - timedelta(minutes=25),
        updated_at=paper.decided_at,
        submitted_by=paper.clerk,
        submitted_at=paper.sent_at,
        decided_by=paper.offices[-1],
        decided_at=paper.decided_at,
    )


def _steps(filing: Filing, paper: _Paper) -> Iterator[Step]:
    for number, office in enumerate(paper.offices):
        arrived = paper.sent_at + timedelta(hours=7 * number)
        yield Step(
            filing=filing,
            number=number,
            division_id=office.division_id,
            arrived_at=arrived,
            move="accept" if number == len(paper.offices) - 1 else "pass_on",
            note="",
            decided_by=office,
            decided_at=arrived + timedelta(hours=7),
        )


def _deed(filing: Filing, paper: _Paper) -> Deed:
    after = {"state": "accepted", "kind": paper.kind, "submitted_at": paper.sent_at, "decided_at": paper.decided_at}
    division = paper.account.division_id
    return Deed("filing.accept", f"filing:{filing.pk}", str(filing), after=after, division=division)
