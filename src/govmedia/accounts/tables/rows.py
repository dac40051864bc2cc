"""A row read: which account it means, and what it says of it. All that is wrong with a row is found at once."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from govmedia.accounts.models import Account, Status
from govmedia.accounts.queries import by_code, live, with_platform_id
from govmedia.accounts.tables.cells import FORMULA_ERRORS, READERS, is_rounded
from govmedia.accounts.tables.columns import LABELS
from govmedia.accounts.tables.exporting import account_object, shown_cell
from govmedia.accounts.tables.report import BadCell
from govmedia.common.exports import as_typed, cell
from govmedia.common.refusals import Refused
from govmedia.orgs.models import Organisation

Row = Mapping[str, str]
Lines = dict[Hashable, int]
T = TypeVar("T")
_IDENTITY = ("platform", "platform_id")


class BadRow(Exception):
    """A row that is passed over; `problems` are all the refusals, each with its column."""

    def __init__(self, problems: list[Refused]) -> None:
        super().__init__(problems)
        self.problems = problems


@dataclass(slots=True)
class Meant:
    """What a row says: the account it is about (None for a new one), what of it is to be written, how it closes.

    `organisation` is there for a new account, `closed_on` where the row closes the account, which may have a
    `successor` then.
    """

    account: Account | None = None
    values: dict[str, Any] = field(default_factory=dict)
    organisation: Organisation | None = None
    closed_on: date | None = None
    successor: Account | None = None


@dataclass(slots=True)
class _Wrong:
    """What is wrong with a row so far."""

    problems: list[Refused] = field(default_factory=list)

    def tried(self, read: Callable[..., T], *given: Any) -> T | None:
        try:
            return read(*given)
        except Refused as why:
            self.problems.append(why)
            return None

    def say(self, text: str, column: str) -> None:
        self.problems.append(BadCell(text, column))

    def has(self, column: str) -> bool:
        return any(one.field == column for one in self.problems)


def read_row(row: Row, line: int, lines: Lines, today: date) -> Meant:
    """What the row means; `lines` keeps on which line each account was first met. Errors: BadRow."""
    wrong = _Wrong()
    for key, text in row.items():
        if text in FORMULA_ERRORS:
            wrong.say("这一格是公式算错的结果，请改成应有的内容。", key)
    row = {key: text for key, text in row.items() if text not in FORMULA_ERRORS}
    if row.get("code"):
        account, found_by = wrong.tried(_coded, row["code"]), {}
    else:
        found_by = _values({key: row.get(key, "") for key in _IDENTITY}, wrong)
        account = _known(found_by, row)
        row = {key: text for key, text in row.items() if key not in _IDENTITY}
    _first_met(account, found_by, line, lines)
    if account is not None:
        row = _differing(row, account)
    values = {**found_by, **_values(row, wrong)}
    closed_on = values.pop("closed_on", None)
    successor = wrong.tried(_successor, row["successor"]) if row.get("successor") else None
    meant = Meant(account, values, None, closed_on, successor)
    if account is not None:
        _compare(meant, account, row, wrong)
    elif not wrong.has("code"):
        meant.organisation = _for_new(values, row, wrong)
    _check_days(meant, today, wrong)
    _check_closing(meant, wrong)
    if wrong.problems:
        raise BadRow(wrong.problems)
    return meant


def _first_met(account: Account | None, found_by: Mapping[str, Any], line: int, lines: Lines) -> None:
    """Refuse a row about an account that a row before it was about: which of the two is right, nobody here knows."""
    keys: list[Hashable] = [account.pk] if account else []
    if len(found_by) == len(_IDENTITY):
        keys.append(tuple(found_by.values()))
    before = next((lines[key] for key in keys if key in lines), None)
    if before is not None:
        column = "platform_id" if "platform_id" in found_by else "name" if found_by else "code"
        raise BadRow([BadCell(f"与第 {before:,} 行重复，是同一个账号。请只留一行，再导入。", column)])
    lines.update(dict.fromkeys(keys, line))


def _values(row: Row, wrong: _Wrong) -> dict[str, Any]:
    """The row's cells that are not empty and can be read, by their column's kind."""
    read = {key: wrong.tried(reader, row[key]) for key, reader in READERS.items() if row.get(key)}
    return {key: value for key, value in read.items() if value is not None}


def _coded(code: str) -> Account:
    account = by_code(code)
    if account is None:
        raise BadCell("没有这个编号。请核对；新增账号请把编号留空。", "code")
    return account


def _successor(code: str) -> Account:
    account = by_code(code)
    if account is None:
        raise BadCell("没有这个编号的承接账号。", "successor")
    return account


def _known(found_by: Mapping[str, Any], row: Row) -> Account | None:
    """The account of a row without a code. One that is closed is found by rows that say so only: its id on the
    platform may have passed to another account."""
    platform, platform_id = found_by.get("platform"), found_by.get("platform_id")
    if not platform:
        return None
    unsaid = _Wrong()
    said = _values({key: row.get(key, "") for key in ("name", "status", "closed_on")}, unsaid)
    closing = said.get("status") == Status.CLOSED
    if platform_id:
        closed = with_platform_id(platform_id).filter(platform=platform, status=Status.CLOSED) if closing else []
        past = sorted(closed, key=lambda one: one.closed_on != said.get("closed_on"))
        if past and past[0].closed_on == said.get("closed_on"):
            return past[0]
        rows = live().filter(platform=platform, platform_id=platform_id)
        return rows.select_related("organisation").first() or (past[0] if past else None)
    if not closing or row.get("platform_id") or len(said) < 3:
        return None
    organisation = unsaid.tried(_organisation, row)
    same = Account.objects.filter(name=said["name"], closed_on=said["closed_on"], status=Status.CLOSED)
    same = same.filter(organisation=organisation, platform=platform, platform_id="")
    return same.select_related("organisation", "successor").order_by("pk").first() if organisation else None


def _differing(row: Row, account: Account) -> dict[str, str]:
    """The cells that are not what an export would say: the others need not be understood to be left as they are."""
    shown = account_object(account)
    return {key: text for key, text in row.items() if text != as_typed(str(cell(shown_cell(shown, key)))).strip()}


def _compare(meant: Meant, account: Account, row: Row, wrong: _Wrong) -> None:
    """Leave in `meant` what differs from an account that is there, and say what may not."""
    if row.get("organisation_code") and row["organisation_code"].upper() != account.organisation.code:
        wrong.say("主办单位变更请通过备案变更办理，不能用导入改。", "organisation_code")
    if meant.values.pop("platform", account.platform) != account.platform:
        wrong.say("平台不能变更；换平台请关停后另行备案。", "platform")
    meant.values = {key: value for key, value in meant.values.items() if getattr(account, key) != value}
    if account.status != Status.CLOSED:
        return
    if meant.closed_on == account.closed_on:
        meant.closed_on = None
    if meant.successor == account.successor:
        meant.successor = None
    closing = {"closed_on": meant.closed_on, "successor": meant.successor}
    changed = [*meant.values, *(key for key, value in closing.items() if value)]
    if changed:
        wrong.say(f"该账号已于 {account.closed_on} 注销，不能再变更。", changed[0])


def _for_new(values: Mapping[str, Any], row: Row, wrong: _Wrong) -> Organisation | None:
    """The organisation of an account that is not there yet, and what else that needs."""
    for key in ("name", "platform"):
        if key not in values and not wrong.has(key):
            wrong.say(f"新增账号须填写{LABELS[key]}。", key)
    # Where platform or id cannot be read the row may be about an account that is there, and need no organisation.
    if any(map(wrong.has, _IDENTITY)) and not row.get("organisation_code") and not row.get("organisation"):
        return None
    organisation = wrong.tried(_organisation, row)
    if organisation is None or "platform_id" in values or any(map(wrong.has, ("name", *_IDENTITY))):
        return organisation
    twins = live().filter(organisation=organisation, platform=values["platform"], name=values["name"])
    twin = twins.order_by("pk").first()
    if twin is not None:
        wrong.say(
            f"该单位在这个平台上已有同名账号（{twin.code}）。更正它请填编号；另有一个请填平台账号标识。", "name"
        )
    return organisation


def _organisation(row: Row) -> Organisation:
    code, name = row.get("organisation_code", "").upper(), row.get("organisation", "")
    if is_rounded(code):
        raise BadCell(
            "这是被表格软件当成数字的代码，末几位已丢失。请把这一列设为文本，重新填写。", "organisation_code"
        )
    if code:
        found = list(Organisation.objects.filter(code=code)[:2])
    else:
        found = list(Organisation.objects.filter(name=name)[:2]) if name else []
    if len(found) == 1:
        return found[0]
    column = "organisation_code" if code or not name else "organisation"
    if found:
        raise BadCell("有多个同名单位，请改填统一社会信用代码。", column)
    raise BadCell("没有这个主办单位。请先新增单位，或核对代码与全称。", column)


def _check_days(meant: Meant, today: date, wrong: _Wrong) -> None:
    opened_on: date | None = meant.values.get("opened_on")
    for key, day in (("opened_on", opened_on), ("closed_on", meant.closed_on)):
        if day is not None and day > today:
            wrong.say(f"{LABELS[key]}不能晚于今天（{today}），请核对。", key)
    opened_on = opened_on or (meant.account.opened_on if meant.account else None)
    if opened_on and meant.closed_on and meant.closed_on < opened_on:
        wrong.say(f"注销日期早于开设日期 {opened_on}，请核对。", "closed_on")


def _check_closing(meant: Meant, wrong: _Wrong) -> None:
    """Take the status of a closed account out of the values: closing is a step of its own, and needs a day."""
    if meant.account is not None and meant.account.status == Status.CLOSED:
        return
    if meant.values.get("status") != Status.CLOSED:
        if meant.closed_on and not wrong.has("status"):
            wrong.say("填了注销日期，状态却不是已注销。请改状态，或删去日期。", "closed_on")
        return
    del meant.values["status"]
    if meant.closed_on is None and not wrong.has("closed_on"):
        wrong.say("已注销的账号须填写注销日期。", "closed_on")
