"""Appeals: handed in by the organisation, decided one level up by somebody who did not confirm the finding."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from govmedia.audit.services import record
from govmedia.common.clock import day_of
from govmedia.common.exhibits import Upload
from govmedia.common.refusals import NoRight, Refused, WrongState
from govmedia.findings import messages, queries
from govmedia.findings.exhibits import attach
from govmedia.findings.models import SAYING_MAX, Appeal, Claim, Finding
from govmedia.findings.offices import may_decide, office_for, reviewers, why_not
from govmedia.findings.services.keeping import cleaned, deed_of, held, renew_health
from govmedia.findings.states import FINDING
from govmedia.findings.terms import appeal_until, days_left, due_again
from govmedia.notify.services import tell_many
from govmedia.orgs.models import User
from govmedia.orgs.queries import operators_by_organisation
from govmedia.orgs.rights import require

NEEDED = "请写明认为有误的理由，并说明凭什么。"
ANSWER_NEEDED = "请写明复核的理由，主办单位会看到。"
APPEALS_MOST = 2
WAITS = "这个问题的申诉正在复核，等有了答复再说。"
HIDDEN = "这个问题还没有认定，不用申诉。"
DISMISSED = "这个问题已撤销，不计分，不用再申诉。"
TWICE = f"同一个问题最多申诉 {APPEALS_MOST} 次，已用完。第二次复核的答复为最终结果。"


@transaction.atomic
def appeal(*, finding_id: int, reason: str, by: User, now: datetime, uploads: Sequence[Upload] = ()) -> Appeal:
    """Hand in an appeal: at any time while the finding is open, and until the edition's term once it is closed.

    Errors: NoRight, WrongState, NoteMissing; Refused after the term, or where it was appealed too often.
    """
    text = cleaned(reason, most=SAYING_MAX, field="reason", what="申诉理由", needed=NEEDED)
    finding = held(finding_id)
    account = finding.account
    require(by, "finding.appeal", division=account.division_id, organisation=account.organisation_id)
    earlier = list(Appeal.objects.filter(finding=finding).order_by("pk"))
    _may_appeal(finding, earlier, now)
    before = finding.state
    if finding.state != "closed":
        finding.state = FINDING.take("appeal", finding.state, text).target
        finding.save(update_fields=["state"])
    row = Appeal.objects.create(
        finding=finding,
        by=by,
        at=now,
        reason=text,
        at_division_id=office_for(finding, earlier),
        days_left=days_left(finding.due_on, day_of(now)),
    )
    attach(finding=finding, uploads=uploads, by=by, now=now, appeal=row)
    record(deed_of("finding.appeal", finding, {"state": before}, {"state": finding.state}, text), by=by, now=now)
    tell_many([messages.appealed(row, account.name, reviewers(row, earlier))], now=now)
    return row


def _may_appeal(finding: Finding, earlier: Sequence[Appeal], now: datetime) -> None:
    if any(one.state == Appeal.State.WAITING for one in earlier):
        raise WrongState(WAITS)
    if finding.state == "raised":
        raise WrongState(HIDDEN)
    if finding.state == "dismissed":
        raise WrongState(DISMISSED)
    if sum(one.state == Appeal.State.REFUSED for one in earlier) >= APPEALS_MOST:
        raise Refused(TWICE)
    if finding.state == "closed" and finding.confirmed_at is None:
        raise WrongState(DISMISSED)
    if finding.state == "closed":
        edition = queries.edition_behind(finding)
        until = appeal_until(finding, edition)
        if day_of(now) > until:
            raise Refused(
                f"申诉期限已过：这个问题已销号，销号后的申诉应在通知后 {edition.appeal_working_days} 个工作日内"
                f"（{until.isoformat()} 前）提出。没有了结的问题随时可以申诉。"
            )


@transaction.atomic
def decide(*, finding_id: int, upheld: bool, answer: str, by: User, now: datetime) -> Appeal:
    """Answer the appeal that waits: upheld, the finding is dismissed; refused, it goes on with the days it had left.

    Errors: NoRight; Refused for who confirmed the finding or answered before; WrongState, NoteMissing.
    """
    text = cleaned(answer, most=SAYING_MAX, what="答复", needed=ANSWER_NEEDED)
    finding = held(finding_id)
    account = finding.account
    row = _waiting(finding)
    if not may_decide(row, by):
        raise NoRight
    refusal = why_not(row, by)
    if refusal:
        raise Refused(refusal)
    row.state = Appeal.State.UPHELD if upheld else Appeal.State.REFUSED
    row.answer, row.decided_by, row.decided_at = text, by, now
    row.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    before = {"state": finding.state, "due_on": finding.due_on}
    if upheld:
        finding.state = FINDING.take("uphold", finding.state, text).target
        finding.ended_at, finding.end_reason = now, f"申诉成立：{text}"[:300]
        finding.decided_by, finding.decided_at = by, now
        moot = Claim.objects.filter(finding=finding, outcome=Claim.Outcome.WAITING)
        moot.update(outcome=Claim.Outcome.MOOT, decided_by=by, decided_at=now)
    elif finding.state == "appealed":
        _go_on(finding, row, "refuse", text, now)
    finding.save()
    after = {"state": finding.state, "due_on": finding.due_on}
    name = "uphold" if upheld else "refuse"
    record(deed_of(f"finding.{name}", finding, before, after, text), by=by, now=now)
    people = list(operators_by_organisation({account.organisation_id}).get(account.organisation_id, []))
    if upheld and finding.confirmed_by is not None:
        people.append(finding.confirmed_by)
    tell_many([messages.answered(row, account.name, people)], now=now)
    renew_health([account], now)
    return row


@transaction.atomic
def withdraw(*, finding_id: int, by: User, now: datetime) -> Finding:
    """Take an appeal back before it is answered. Errors: NoRight, WrongState."""
    finding = held(finding_id)
    account = finding.account
    require(by, "finding.appeal", division=account.division_id, organisation=account.organisation_id)
    row = _waiting(finding)
    row.state, row.decided_by, row.decided_at = Appeal.State.WITHDRAWN, by, now
    row.save(update_fields=["state", "decided_by", "decided_at"])
    before = finding.state
    if finding.state == "appealed":
        _go_on(finding, row, "unappeal", "", now)
        finding.save()
    record(deed_of("finding.unappeal", finding, {"state": before}, {"state": finding.state}), by=by, now=now)
    return finding


def _go_on(finding: Finding, row: Appeal, name: str, text: str, now: datetime) -> None:
    """Back to where it was: to the re-check where a report waits, else to be put right, with the days it had left."""
    step = FINDING.take(name, finding.state, text)
    claimed = Claim.objects.filter(finding=finding, outcome=Claim.Outcome.WAITING).exists()
    finding.state = FINDING.take("resume", finding.state).target if claimed else step.target
    # Days that an appeal took do not count, but taking one back must not win any.
    if finding.due_on is None or (name == "refuse" and row.days_left):
        days = row.days_left or queries.edition_behind(finding).rectify_working_days
        due = due_again(days, now)
        finding.due_on, finding.due_known = due.on, due.known
    # Appealed before anybody was told: whoever appealed knows.
    finding.notified_at = finding.notified_at or now


def _waiting(finding: Finding) -> Appeal:
    row = Appeal.objects.select_for_update().filter(finding=finding, state=Appeal.State.WAITING).first()
    if row is None:
        raise WrongState
    # The row's own finding would be another copy of it.
    row.finding = finding
    return row
