"""Accounts judged in a round: begun from a seat, settled when the seats are done and agree, closed when all are."""

from datetime import datetime
from typing import Any

from django.db import transaction

from govmedia.accounts.models import Status
from govmedia.audit.services import Deed, record
from govmedia.checks.models import Check
from govmedia.checks.services import catch_up, release, start_check
from govmedia.common.refusals import NoRight, Refused, WrongState
from govmedia.common.typed import one_line
from govmedia.engine.edition import Edition
from govmedia.findings.queries import edition_as_judged
from govmedia.orgs.models import User
from govmedia.rounds.models import Round, Sample, Seat
from govmedia.rounds.services.planning import locked_round
from govmedia.rounds.states import ROUND, Place

# So many are settled in one run of the worker.
SETTLED_MOST = 1000


@transaction.atomic
def begin(*, seat_id: int, by: User, now: datetime) -> Check | None:
    """Open (or go on with) the check of a seat. None where the account was closed meanwhile: it is dropped.

    Errors: NoRight for another one's seat, WrongState where the round does not run or the seat is done, Refused.
    """
    seat = (
        Seat.objects.select_for_update(of=("self",))
        .select_related("sample__round", "sample__account")
        .get(pk=seat_id)
    )
    sample, held = seat.sample, seat.sample.round
    if seat.inspector_id != by.pk:
        raise NoRight("这个账号分给了别的检查员。")
    if held.state != "judging" or seat.done_at is not None or sample.state in (Place.SETTLED, Place.DROPPED):
        raise WrongState("这个账号已有结论，或这一轮检查没有在进行。")
    if sample.account.status == Status.CLOSED:
        _drop(sample, "检查前账号已注销", by, now)
        return None
    if seat.check_made is None:
        seat.check_made = start_check(
            account=sample.account,
            edition=edition_of(held),
            start_on=held.start_on,
            end_on=held.end_on,
            for_round=held.pk,
            by=by,
            now=now,
        )
        seat.save(update_fields=["check_made"])
    return seat.check_made


@transaction.atomic
def drop(*, sample_id: int, why: str, by: User, now: datetime) -> Sample:
    """Leave an account of the sample out, with the reason that is published. Errors: NoRight, WrongState, Refused."""
    sample = Sample.objects.select_for_update(of=("self",)).select_related("account").get(pk=sample_id)
    held = locked_round(sample.round_id, by)
    if held.state != "judging" or sample.state in (Place.SETTLED, Place.DROPPED):
        raise WrongState
    reason = one_line(why, 300)
    if not reason:
        raise Refused("请写明为什么不检查这个账号，会随结果公布。", "why")
    return _drop(sample, reason, by, now)


def _drop(sample: Sample, why: str, by: User, now: datetime) -> Sample:
    sample.state, sample.reason, sample.settled_at = Place.DROPPED, why, now
    sample.save(update_fields=["state", "reason", "settled_at"])
    deed = Deed("round.drop", f"sample:{sample.pk}", sample.account.name, why=why)
    record(deed, by=by, now=now)
    return sample


def settle_due(*, now: datetime, round_id: int | None = None) -> int:
    """Settle what all its inspectors have finished; returns how many accounts changed."""
    rows = Seat.objects.filter(done_at__isnull=True, check_made__state=Check.State.FINAL)
    rows = rows.filter(sample__round__state="judging")
    if round_id is not None:
        rows = rows.filter(sample__round=round_id)
    changed = 0
    for sample_id in list(dict.fromkeys(rows.order_by("pk").values_list("sample_id", flat=True)))[:SETTLED_MOST]:
        changed += _settle(sample_id, now)
    return changed


@transaction.atomic
def _settle(sample_id: int, now: datetime) -> bool:
    sample = Sample.objects.select_for_update(of=("self",)).select_related("account", "round").get(pk=sample_id)
    seats = list(sample.seats.select_related("check_made").order_by("number"))
    for seat in seats:
        if seat.done_at is None and seat.check_made and seat.check_made.state == Check.State.FINAL:
            seat.done_at = now
            seat.save(update_fields=["done_at"])
    done = {seat.number: seat.check_made for seat in seats if seat.done_at is not None and seat.check_made}
    if sample.state == Place.WAITING and len(done) == sample.round.seats:
        # An appeal upheld after one was done and before the other is no difference between them.
        done = {number: catch_up(check_id=check.pk, now=now) for number, check in done.items()}
        if len({_outcome(check) for check in done.values()}) == 1:
            return _use(sample, done[1], now)
        sample.state = Place.DIFFERING
        sample.save(update_fields=["state"])
        return True
    if sample.state == Place.DIFFERING and Seat.ARBITER in done:
        return _use(sample, done[Seat.ARBITER], now)
    return False


def _use(sample: Sample, check: Check, now: datetime) -> bool:
    check = release(check_id=check.pk, now=now)
    sample.state, sample.check_used, sample.settled_at = Place.SETTLED, check, now
    sample.save(update_fields=["state", "check_used", "settled_at"])
    after = {"passed": check.passed, "score": check.score, "check": check.pk}
    record(Deed("round.settle", f"sample:{sample.pk}", sample.account.name, after=after), by=None, now=now)
    return True


def _outcome(check: Check) -> str:
    """What two inspectors must agree on: the verdict with every veto and deduction."""
    verdict: dict[str, Any] = check.verdict
    return repr([verdict.get(name) for name in ("passed", "score", "vetoes", "deductions", "bonus")])


@transaction.atomic
def close_round(*, round_id: int, by: User, now: datetime) -> Round:
    """Close a round of which every account has a verdict or was left out. Errors: NoRight, WrongState, Refused."""
    held = locked_round(round_id, by)
    move = ROUND.take("close", held.state)
    left = held.samples.filter(state__in=(Place.WAITING, Place.DIFFERING)).count()
    if left:
        raise Refused(f"还有 {left:,} 个账号没有结论，不能检毕。请查完，或写明理由后不查。")
    held.state, held.ended_at = move.target, now
    held.save(update_fields=["state", "ended_at"])
    record(Deed("round.close", f"round:{held.pk}", held.name, division=held.division_id), by=by, now=now)
    return held


def edition_of(held: Round) -> Edition:
    """The edition the round was planned with, whatever became of its file. Errors: Refused where no copy is left."""
    found = edition_as_judged(held.edition, held.edition_hash)
    if found is None:
        raise Refused("这一轮所用的指标版本已找不到。请系统管理员恢复该版本的文件。")
    return found
