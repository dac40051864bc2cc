"""A table written into the registry: each row finds its account, or opens one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from govmedia.accounts.models import Account, Status
from govmedia.accounts.queries import by_code, live
from govmedia.accounts.services import AccountValues, change_account, close_account, open_account
from govmedia.accounts.tables.cells import day, status_of, values_of
from govmedia.accounts.tables.columns import LABELS
from govmedia.accounts.tables.exporting import account_object, shown_cell
from govmedia.accounts.tables.files import rows_of
from govmedia.accounts.tables.report import BadCell, Problem, Report
from govmedia.common.exports import as_typed, cell
from govmedia.common.refusals import Refused
from govmedia.orgs.models import Organisation, User


@transaction.atomic
def import_accounts(data: bytes, *, by: User | None, now: datetime) -> Report:
    """Write a CSV table into the registry; good rows are written, bad ones named."""
    report = Report()
    for line, row in rows_of(data, report):
        try:
            with transaction.atomic():
                _write(row, report, by, now)
        except Refused as why:
            report.problems.append(Problem(line, why.field, row.get(why.field, ""), why.text))
    return report


def _write(row: Mapping[str, str], report: Report, by: User | None, now: datetime) -> None:
    account = _coded(row)
    if account is not None:
        row = _differing(row, account)
    values = values_of(row)
    account = account or _known(values)
    if account is None:
        _close(_opened(row, values, by, now), row, by, now)
        report.created += 1
        return
    if row.get("organisation_code") and row["organisation_code"].upper() != account.organisation.code:
        raise BadCell("主办单位变更请通过备案变更办理，不能用导入改。", "organisation_code")
    if "platform" in values and values.pop("platform") != account.platform:
        raise BadCell("平台不能变更；换平台请关停后另行备案。", "platform")
    status = values.get("status")
    changed = {key: value for key, value in values.items() if getattr(account, key) != value}
    if status == Status.CLOSED:
        changed.pop("status", None)
    if changed and account.status != Status.CLOSED:
        account = change_account(account=account, values=changed, by=by, now=now, why="导入表格")
    elif changed:
        raise BadCell("该账号已注销，不能再变更。", "status")
    closed = account.status != Status.CLOSED and _close(account, row, by, now)
    if changed or closed:
        report.changed += 1
    else:
        report.same += 1


def _coded(row: Mapping[str, str]) -> Account | None:
    if not row.get("code"):
        return None
    account = by_code(row["code"])
    if account is None:
        raise BadCell("没有这个编号。请核对；新增账号请把编号留空。", "code")
    return account


def _differing(row: Mapping[str, str], account: Account) -> dict[str, str]:
    """The cells that are not what an export would say: the others need not be understood to be left as they are."""
    shown = account_object(account)
    return {key: text for key, text in row.items() if text != as_typed(str(cell(shown_cell(shown, key)))).strip()}


def _known(values: Mapping[str, Any]) -> Account | None:
    if not values.get("platform_id") or not values.get("platform"):
        return None
    rows = live().filter(platform=values["platform"], platform_id=values["platform_id"])
    return rows.select_related("organisation").first()


def _opened(row: Mapping[str, str], values: Mapping[str, Any], by: User | None, now: datetime) -> Account:
    needed = _needed(values)
    organisation = _organisation(row)
    twins = live().filter(organisation=organisation, platform=needed["platform"], name=needed["name"])
    twin = None if needed.get("platform_id") else twins.order_by("pk").first()
    if twin is not None:
        raise BadCell(
            f"该单位在这个平台上已有同名账号（{twin.code}）。更正它请填编号；另有一个请填平台账号标识。", "name"
        )
    return open_account(filing_values=AccountValues(organisation=organisation, **needed), by=by, now=now)


def _needed(values: Mapping[str, Any]) -> dict[str, Any]:
    for key in ("name", "platform"):
        if not values.get(key):
            raise BadCell(f"新增账号须填写{LABELS[key]}。", key)
    return {key: value for key, value in values.items() if (key, value) != ("status", Status.CLOSED)}


def _organisation(row: Mapping[str, str]) -> Organisation:
    code, name = row.get("organisation_code", "").upper(), row.get("organisation", "")
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


def _close(account: Account, row: Mapping[str, str], by: User | None, now: datetime) -> bool:
    if status_of(row.get("status", "")) != Status.CLOSED:
        return False
    if not row.get("closed_on"):
        raise BadCell("已注销的账号须填写注销日期。", "closed_on")
    successor = None
    if row.get("successor"):
        successor = by_code(row["successor"])
        if successor is None:
            raise BadCell("没有这个编号的承接账号。", "successor")
    closed_on = day("closed_on")(row["closed_on"])
    close_account(account=account, closed_on=closed_on, successor=successor, by=by, now=now, why="导入表格")
    return True
