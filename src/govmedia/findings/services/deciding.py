"""What offices decide by hand: confirming, dismissing, re-checking, and until when there is time."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction

from govmedia.audit.services import record, record_many
from govmedia.common.clock import day_of
from govmedia.common.refusals import NoRight, Refused, WrongState
from govmedia.findings import messages, queries
from govmedia.findings.cures import machine_rechecks
from govmedia.findings.faults import COUNT_MAX
from govmedia.findings.models import Claim, Finding
from govmedia.findings.rounds import Round
from govmedia.findings.services.keeping import cleaned, deed_of, held, judged_of, renew_health
from govmedia.findings.states import FINDING, OPEN
from govmedia.findings.terms import due_of
from govmedia.notify.services import tell_many
from govmedia.orgs.models import User
from govmedia.orgs.queries import operators_by_organisation
from govmedia.orgs.rights import require

TOO_EARLY = "还没有看够次数，暂不能认定。系统会按间隔再看，看够后自动处理。"
MACHINES_OWN = "这一项由系统复查：下一次查看时问题不在了就自动销号，不用人工处理。"
OWN_WAY = {"claim", "unclaim", "appeal", "unappeal", "uphold", "refuse"}
POSTPONED_MOST = timedelta(days=365)
MANY_MOST = 10_000
WHY_NEEDED = "请写明调整期限的理由。"


@dataclass
class Done:
    """What came of a deed on many findings: how many were done, and why others were not, by reason."""

    done: int = 0
    left: Counter[str] = field(default_factory=Counter)

    @property
    def text(self) -> str:
        """One Chinese sentence."""
        if not self.left:
            return f"已处理 {self.done:,} 项。"
        reasons = "；".join(f"{why.rstrip('。')}（{count:,} 项）" for why, count in self.left.most_common())
        return f"已处理 {self.done:,} 项；{self.left.total():,} 项没有处理：{reasons}。"


@transaction.atomic
def move(*, finding_id: int, name: str, by: User | None, now: datetime, note: str = "") -> Finding:
    """Move a finding by a human's word; a confirmed one goes to the operators at once.

    Errors: NoRight, WrongState, NoteMissing; Refused for a note over NOTE_MAX characters, or where the machine looks
    again by itself; Finding.DoesNotExist.
    """
    text = cleaned(note)
    finding = held(finding_id)
    account = finding.account
    step = FINDING.take(name, finding.state, text)
    if step.by_machine or name in OWN_WAY:
        raise WrongState
    require(by, step.right, division=account.division_id, organisation=account.organisation_id)
    if name == "confirm" and not finding.needs_human:
        raise WrongState(TOO_EARLY)
    if name == "close" and machine_rechecks(finding.source, finding.code) and account.health != "not_seen":
        raise Refused(MACHINES_OWN)
    before = finding.state
    finding.state = step.target
    if step.decides:
        finding.needs_human = False
        finding.decided_by, finding.decided_at = (by, now) if by else (None, None)
    _take(finding, name, text, by, now)
    finding.save()
    record(deed_of(f"finding.{name}", finding, {"state": before}, {"state": finding.state}, text), by=by, now=now)
    if name == "confirm":
        _tell([finding], now)
    elif name == "reopen":
        people = operators_by_organisation({account.organisation_id}).get(account.organisation_id, [])
        tell_many([messages.back(finding, account.name, people)], now=now)
    renew_health([account], now)
    return finding


def _take(finding: Finding, name: str, text: str, by: User | None, now: datetime) -> None:
    """What else a move changes."""
    if name == "confirm":
        finding.confirmed_at, finding.confirmed_by = now, by
    elif name in {"close", "dismiss"}:
        finding.ended_at, finding.end_reason = now, text
    elif name == "reopen":
        finding.reopened = min(finding.reopened + 1, COUNT_MAX)
        due = due_of(queries.edition_behind(finding), now)
        finding.due_on, finding.due_known = due.on, due.known
    outcomes = {"close": Claim.Outcome.CURED, "reopen": Claim.Outcome.PERSISTS, "dismiss": Claim.Outcome.MOOT}
    if name in outcomes:
        waiting = Claim.objects.filter(finding=finding, outcome=Claim.Outcome.WAITING)
        waiting.update(outcome=outcomes[name], answer=text, decided_by=by, decided_at=now)


@transaction.atomic
def confirm_many(*, finding_ids: Sequence[int], by: User, now: datetime, note: str = "") -> Done:
    """Confirm what waits for a human's word, and notify; what cannot be confirmed is left with its reason.

    Errors: Refused for too many at once, or a note too long.
    """
    text = cleaned(note)
    done = Done()
    confirmed = []
    for finding in held_many(finding_ids):
        account = finding.account
        try:
            step = FINDING.take("confirm", finding.state, text)
            require(by, step.right, division=account.division_id, organisation=account.organisation_id)
            if not finding.needs_human:
                raise WrongState(TOO_EARLY)
        except (Refused, NoRight) as why:
            done.left[why.text] += 1
            continue
        finding.state, finding.needs_human, finding.confirmed_at = step.target, False, now
        finding.confirmed_by = finding.decided_by = by
        finding.decided_at = now
        confirmed.append(finding)
    fields = ["state", "needs_human", "confirmed_at", "confirmed_by", "decided_by", "decided_at"]
    Finding.objects.bulk_update(confirmed, fields, batch_size=500)
    for finding in confirmed:
        deed = deed_of("finding.confirm", finding, {"state": "raised"}, {"state": "confirmed"}, text)
        record(deed, by=by, now=now)
    _tell(confirmed, now)
    renew_health({finding.account_id: finding.account for finding in confirmed}.values(), now)
    done.done = len(confirmed)
    return done


def held_many(finding_ids: Sequence[int]) -> list[Finding]:
    """The findings with their accounts, held in one order. Errors: Refused for too many at once."""
    ids = sorted(set(finding_ids))
    if len(ids) > MANY_MOST:
        raise Refused(f"一次最多处理 {MANY_MOST:,} 项，选中了 {len(ids):,} 项。请缩小筛选范围，分几次处理。")
    rows = Finding.objects.select_for_update(of=("self",)).select_related("account")
    found: list[Finding] = []
    for start in range(0, len(ids), 500):
        found += rows.filter(pk__in=ids[start : start + 500]).order_by("pk")
    return found


@transaction.atomic
def postpone(*, finding_id: int, due_on: date, why: str, by: User, now: datetime) -> Finding:
    """Set another last day for rectification, sooner or later, and tell the operators.

    Errors: NoRight, WrongState, NoteMissing; Refused for a day gone by or too far off.
    """
    text = cleaned(why, field="why", needed=WHY_NEEDED)
    finding = held(finding_id)
    account = finding.account
    _check_due(finding, due_on, by, now)
    if due_on == finding.due_on:
        return finding
    _set_due([finding], due_on, text, by, now)
    people = operators_by_organisation({account.organisation_id}).get(account.organisation_id, [])
    tell_many([messages.postponed(finding, account.name, people, text)], now=now)
    return finding


@transaction.atomic
def postpone_many(*, finding_ids: Sequence[int], due_on: date, why: str, by: User, now: datetime) -> list[Finding]:
    """Set the last day of many findings; returns those it was set of. The log keeps each.

    Nobody is told: the caller tells each unit once, of all. What is over, is not his, or has the day already is left.
    Errors: NoteMissing, Refused for too many at once.
    """
    text = cleaned(why, field="why", needed=WHY_NEEDED)
    changed = []
    for finding in held_many(finding_ids):
        try:
            _check_due(finding, due_on, by, now)
        except (Refused, NoRight):
            continue
        if finding.due_on != due_on:
            changed.append(finding)
    _set_due(changed, due_on, text, by, now)
    return changed


def _check_due(finding: Finding, due_on: date, by: User, now: datetime) -> None:
    account = finding.account
    require(by, "finding.postpone", division=account.division_id, organisation=account.organisation_id)
    if finding.state not in OPEN or finding.notified_at is None:
        raise WrongState("这个问题没有整改期限：还没有通知，或已经了结。")
    today = day_of(now)
    if due_on < today:
        raise Refused("新的期限已经过去，请选今天或以后的日期。", "due_on")
    if due_on - today > POSTPONED_MOST:
        raise Refused("期限最多定到一年以后，请核对年份。", "due_on")


def _set_due(findings: Sequence[Finding], due_on: date, text: str, by: User, now: datetime) -> None:
    deeds = []
    for finding in findings:
        deeds.append(deed_of("finding.postpone", finding, {"due_on": finding.due_on}, {"due_on": due_on}, text))
        finding.due_on, finding.due_known = due_on, True
    Finding.objects.bulk_update(findings, ["due_on", "due_known"], batch_size=500)
    if deeds:
        record_many(deeds, by=by, now=now)


def _tell(confirmed: Sequence[Finding], now: datetime) -> None:
    """Notify of what was confirmed, by the edition each was judged by."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in confirmed:
        groups.setdefault((finding.source, finding.edition, finding.edition_hash), []).append(finding)
    for (source, *_), rows in groups.items():
        Round(queries.edition_behind(rows[0]), {}, now, source).notify(
            [(row, judged_of(row.account)) for row in rows]
        )
