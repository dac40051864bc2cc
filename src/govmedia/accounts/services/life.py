"""The life of one account: opened, changed, frozen, closed.

Who may open, change or close an account is decided by a filing's review; the services here carry it out.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from govmedia.accounts.models import LIVE, Account, Cause, FormerName, Health, Status
from govmedia.accounts.services.bulk import HealthRow, set_health_many
from govmedia.accounts.services.indexing import index_accounts
from govmedia.audit.services import Deed, record
from govmedia.common.clock import day_of
from govmedia.common.refusals import NoteMissing, Refused, WrongState
from govmedia.engine.codes import new_code
from govmedia.orgs.models import Organisation, User
from govmedia.orgs.rights import require

_TRIES = 20


@dataclass(frozen=True, slots=True)
class AccountValues:
    """What an accepted filing says about a new account; place and level come from the organisation.

    `status` is one of those in use: closing is a step of its own.
    """

    organisation: Organisation
    name: str
    platform: str
    platform_id: str = ""
    kind: str = ""
    field: str = ""
    description: str = ""
    url: str = ""
    qr_url: str = ""
    functions: Sequence[Mapping[str, str]] = ()
    followers: int | None = None
    stands_for_government: bool = False
    second_allowed: bool = False
    opened_on: date | None = None
    contact_name: str = ""
    contact_phone: str = ""
    status: str = Status.OPEN


_CHANGEABLE = frozenset(one.name for one in fields(AccountValues)) - {"organisation", "platform"}


@transaction.atomic
def open_account(*, filing_values: AccountValues, by: User | None, now: datetime) -> Account:
    """Enter a new account into the registry under a code never used before."""
    values = {one.name: getattr(filing_values, one.name) for one in fields(AccountValues)}
    organisation = filing_values.organisation
    values["field"] = values["field"] or organisation.field
    values["functions"] = list(values["functions"])
    account = Account(
        code=_free_code(),
        division_id=organisation.division_id,
        level=organisation.level,
        filed_on=day_of(now),
        health_since=now,
        created_at=now,
        updated_at=now,
        **values,
    )
    _save(account)
    index_accounts([account.pk], now=now)
    record(_deed("account.open", account, after=_state(account)), by=by, now=now)
    return account


@transaction.atomic
def change_account(
    *, account: Account, values: Mapping[str, Any], by: User | None, now: datetime, why: str = ""
) -> Account:
    """Change what the registry says; a former name is kept. Keys are those of AccountValues."""
    unknown = set(values) - _CHANGEABLE
    if unknown:
        raise ValueError(f"not changeable: {sorted(unknown)}")
    row = _locked(account)
    if row.status == Status.CLOSED:
        raise WrongState(f"「{row.name}」已注销，不能再变更。")
    before = _state(row)
    if values.get("name", row.name) != row.name:
        FormerName.objects.create(account=row, name=row.name, until_on=day_of(now))
    for key, value in values.items():
        setattr(row, key, value)
    row.updated_at = now
    _save(row)
    index_accounts([row.pk], now=now)
    after = _state(row)
    changed = [key for key in after if after[key] != before[key]]
    deed = _deed(
        "account.change",
        row,
        before={key: before[key] for key in changed},
        after={key: after[key] for key in changed},
    )
    record(_because(deed, why), by=by, now=now)
    return row


def announce_closing(*, account: Account, by: User | None, now: datetime, why: str = "") -> Account:
    """Mark that the public has been told the account will stop; it is looked at until it is closed."""
    return change_account(account=account, values={"status": Status.CLOSING}, by=by, now=now, why=why)


@transaction.atomic
def close_account(
    *, account: Account, closed_on: date, successor: Account | None, by: User | None, now: datetime, why: str = ""
) -> Account:
    """Take an account out of service; it stays in the directory and names its successor."""
    row = _locked(account)
    if row.status == Status.CLOSED:
        raise WrongState(f"「{row.name}」已经注销。")
    if successor is not None and (successor.pk == row.pk or successor.status not in LIVE):
        raise Refused("承接账号须是另一个仍在使用的账号，请重新选择。", "successor")
    before = _state(row)
    row.status, row.closed_on, row.successor = Status.CLOSED, closed_on, successor
    row.veto_open, row.updated_at = False, now
    row.save()
    index_accounts([row.pk], now=now)
    after = {"status": row.status, "closed_on": closed_on, "successor": successor.code if successor else None}
    deed = _deed("account.close", row, before={"status": before["status"]}, after=after)
    record(_because(deed, why), by=by, now=now)
    return row


def set_health(*, account_id: int, health: str, cause: str, text: str, veto_open: bool, now: datetime) -> int:
    """Write one account's health; see `set_health_many`."""
    return set_health_many([HealthRow(account_id, health, cause, text, veto_open)], now=now)


@transaction.atomic
def freeze(*, account: Account, reason: str, now: datetime) -> Account:
    """Stop trusting what the interface shows until a human has looked: its identity is in doubt."""
    row = _locked(account)
    before = {"health": row.health, "frozen_reason": row.frozen_reason}
    row.health, row.health_cause = Health.NOT_SEEN, Cause.FROZEN
    row.frozen_reason = row.health_text = reason[:300]
    row.health_since = row.updated_at = now
    row.save(update_fields=["health", "health_cause", "frozen_reason", "health_text", "health_since", "updated_at"])
    after = {"health": row.health, "frozen_reason": row.frozen_reason}
    record(_because(_deed("account.freeze", row, before=before, after=after), reason), by=None, now=now)
    return row


@transaction.atomic
def unfreeze(*, account: Account, by: User | None, now: datetime, why: str) -> Account:
    """Trust the interface again after a human has looked; the next look decides about health."""
    row = _locked(account)
    require(by, "account.unfreeze", division=row.division_id)
    if not row.frozen_reason:
        raise WrongState(f"「{row.name}」没有被冻结。")
    if not why.strip():
        raise NoteMissing("请写明核实的结果。", "why")
    before = {"frozen_reason": row.frozen_reason}
    row.frozen_reason, row.health_cause = "", Cause.WAITING
    row.health_text = "已解除冻结，等待下一次查看。"
    row.health_since = row.updated_at = now
    row.save(update_fields=["frozen_reason", "health_cause", "health_text", "health_since", "updated_at"])
    deed = _deed("account.unfreeze", row, before=before, after={"frozen_reason": ""})
    record(_because(deed, why), by=by, now=now)
    return row


def _locked(account: Account) -> Account:
    return Account.objects.select_for_update().get(pk=account.pk)


def _save(account: Account) -> None:
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError as why:
        raise Refused("该平台上已有同一平台账号 ID 的在册账号，请核对是否重复备案。", "platform_id") from why


def _free_code() -> str:
    chance = random.SystemRandom()
    for _ in range(_TRIES):
        code = new_code(chance)
        if not Account.objects.filter(code=code).exists():
            return code
    raise Refused("暂时分配不出账号编码，请重试。")


def _state(account: Account) -> dict[str, Any]:
    """The account as the log keeps it; a telephone number is nobody's business there."""
    names = [one.name for one in fields(AccountValues) if one.name not in {"organisation", "contact_phone"}]
    state = {name: getattr(account, name) for name in names}
    return {**state, "organisation": account.organisation.code}


def _deed(verb: str, account: Account, **states: Mapping[str, Any]) -> Deed:
    return Deed(verb, f"account:{account.code}", account.name, division=account.division_id, **states)


def _because(deed: Deed, why: str) -> Deed:
    return Deed(deed.verb, deed.subject, deed.label, deed.before, deed.after, why, deed.division)
