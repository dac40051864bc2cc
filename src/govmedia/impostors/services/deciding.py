"""The desk's decisions: one proposes, another approves; dismissed or withdrawn with a reason, all in the log."""

from datetime import datetime

from django.db import transaction

from govmedia.accounts.models import Account, Status
from govmedia.accounts.queries import at_link, by_code, with_platform_id
from govmedia.audit.services import Deed, record
from govmedia.common.refusals import NoteMissing, Refused, WrongState
from govmedia.common.typed import one_line
from govmedia.impostors.models import WHY_MAX, Impostor
from govmedia.impostors.services.reporting import Told, as_kept, check, found
from govmedia.impostors.states import WAITING, State
from govmedia.orgs.models import User
from govmedia.orgs.rights import require, within


@transaction.atomic
def register(*, told: Told, by: User, now: datetime) -> Impostor:
    """Enter a suspect that the desk found itself. Errors: NoRight, Refused."""
    place = by.division_id or ""
    require(by, "impostor.decide", division=place)
    name, link = as_kept(told)
    check(name, told.platform, link, told.what or "—")
    row = found(name=name, platform=told.platform, link=link, now=now, source=Impostor.Source.DESK)
    if not within(row.division_id, place):
        # It imitates somebody elsewhere, or nobody we know: it stays with the desk that found it.
        row.division_id = place
        row.save(update_fields=["division"])
    row.reports.create(what=one_line(told.what, 1000) or "监管员登记", link=link, at=now)
    record(_deed("impostor.register", row, {"name": row.name}), by=by, now=now)
    return row


@transaction.atomic
def propose(
    *, impostor_id: int, said: str, imitates: str, platform_id: str = "", by: User, now: datetime
) -> Impostor:
    """Propose that it is known as an impostor; `said` the public will read, `imitates` is a code or empty.

    Errors: NoRight, WrongState, NoteMissing, Refused where it is an account of the registry itself.
    """
    row = _locked(impostor_id, by)
    if row.state != State.REPORTED:
        raise WrongState
    if not said.strip():
        raise NoteMissing("请写明依据，认定后公众会看到。", "said")
    row.imitates = _imitated(imitates)
    row.platform_id = one_line(platform_id, 200)
    _refuse_real(row)
    row.said, row.state = one_line(said, WHY_MAX), State.PROPOSED
    row.proposed_by, row.proposed_at = by, now
    row.save()
    after = {"state": row.state, "imitates": row.imitates.code if row.imitates else ""}
    record(_deed("impostor.propose", row, after, row.said), by=by, now=now)
    return row


@transaction.atomic
def approve(*, impostor_id: int, by: User, now: datetime) -> Impostor:
    """Make it known to the public. Errors: NoRight, WrongState, Refused where one approves his own proposal."""
    row = _locked(impostor_id, by)
    if row.state != State.PROPOSED:
        raise WrongState
    if row.proposed_by_id == by.pk:
        raise Refused("提议的人不能自己认定，须由另一位有权限的人办理。")
    _refuse_real(row)
    row.state, row.approved_by, row.approved_at = State.KNOWN, by, now
    row.save(update_fields=["state", "approved_by", "approved_at"])
    record(_deed("impostor.approve", row, {"state": row.state}, row.said), by=by, now=now)
    return row


def dismiss(*, impostor_id: int, why: str, by: User, now: datetime) -> Impostor:
    """Find that it is none. Errors: NoRight, WrongState, NoteMissing."""
    return _end(impostor_id, WAITING, State.DISMISSED, "impostor.dismiss", why, by, now)


def withdraw(*, impostor_id: int, why: str, by: User, now: datetime) -> Impostor:
    """Take an erroneous decision back; the public sees that, and why. Errors: NoRight, WrongState, NoteMissing."""
    return _end(impostor_id, (State.KNOWN,), State.WITHDRAWN, "impostor.withdraw", why, by, now)


@transaction.atomic
def reopen(*, impostor_id: int, by: User, now: datetime) -> Impostor:
    """Look at a dismissed one again. Errors: NoRight, WrongState."""
    row = _locked(impostor_id, by)
    if row.state != State.DISMISSED:
        raise WrongState
    row.state, row.end_reason = State.REPORTED, ""
    row.proposed_by = row.proposed_at = row.ended_by = row.ended_at = None
    row.save()
    record(_deed("impostor.reopen", row, {"state": row.state}), by=by, now=now)
    return row


@transaction.atomic
def _end(
    impostor_id: int, states: tuple[State, ...], to: State, verb: str, why: str, by: User, now: datetime
) -> Impostor:
    row = _locked(impostor_id, by)
    if row.state not in states:
        raise WrongState
    if not why.strip():
        raise NoteMissing("请写明理由。", "why")
    before = row.state
    row.state, row.end_reason, row.ended_by, row.ended_at = to, one_line(why, WHY_MAX), by, now
    row.save(update_fields=["state", "end_reason", "ended_by", "ended_at"])
    record(_deed(verb, row, {"state": row.state, "before": before}, row.end_reason), by=by, now=now)
    return row


def _imitated(code: str) -> Account | None:
    if not code.strip():
        return None
    account = by_code(code)
    if account is None:
        raise Refused("名录里没有这个备案编号，请核对；没有可以不填。", "imitates")
    return account


def _refuse_real(row: Impostor) -> None:
    """An account of the registry is nobody's impostor, whatever is said of it."""
    real = [*at_link(row.link), *with_platform_id(row.platform_id)]
    if any(one.status != Status.CLOSED for one in real):
        raise Refused(f"这个链接或 ID 是名录里「{real[0].name}」的，不能认定为冒用。", "said")
    same = row.imitates is not None and row.imitates.name == row.name and row.imitates.platform == row.platform
    if same and not row.link and not row.platform_id:
        raise Refused("名称和平台都与真账号相同，须先有它的链接或平台账号 ID，才能与真账号区分。", "platform_id")


def _locked(impostor_id: int, by: User) -> Impostor:
    row = Impostor.objects.select_for_update().filter(pk=impostor_id).first()
    if row is None:
        raise WrongState("这一条已不存在。请刷新页面。")
    require(by, "impostor.decide", division=row.division_id)
    return row


def _deed(verb: str, row: Impostor, after: dict[str, object], why: str = "") -> Deed:
    return Deed(verb, f"impostor:{row.pk}", row.name, after=after, why=why, division=row.division_id)
