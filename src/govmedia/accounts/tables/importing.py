"""A table written into the registry, row by row."""

from datetime import datetime

from django.db import transaction

from govmedia.accounts.services import AccountValues, change_account, close_account, open_account
from govmedia.accounts.tables.files import rows_of
from govmedia.accounts.tables.report import Problem, Report
from govmedia.accounts.tables.rows import BadRow, Lines, Meant, read_row
from govmedia.common.clock import day_of
from govmedia.common.refusals import Refused
from govmedia.orgs.models import User

_WHY = "导入表格"


@transaction.atomic
def import_accounts(data: bytes, *, by: User | None, now: datetime) -> Report:
    """Write a table, CSV or Excel, into the registry; good rows are written, bad ones named."""
    report = Report()
    lines: Lines = {}
    for line, row in rows_of(data, report):
        wrong: list[Refused] = []
        try:
            meant = read_row(row, line, lines, day_of(now))
            with transaction.atomic():
                key = _write(meant, report, by, now)
            lines[key] = line
        except BadRow as why:
            wrong = why.problems
        except Refused as why:
            wrong = [why]
        report.problems += [Problem(line, one.field, row.get(one.field, ""), one.text) for one in wrong]
    return report


def _write(meant: Meant, report: Report, by: User | None, now: datetime) -> int:
    """Carry out what a row means; returns the account's key."""
    account = meant.account
    if account is None:
        assert meant.organisation is not None
        values = AccountValues(organisation=meant.organisation, **meant.values)
        account = open_account(filing_values=values, by=by, now=now)
    elif meant.values:
        account = change_account(account=account, values=meant.values, by=by, now=now, why=_WHY)
    if meant.closed_on is not None:
        successor = meant.successor
        close_account(account=account, closed_on=meant.closed_on, successor=successor, by=by, now=now, why=_WHY)
    if meant.account is None:
        report.created += 1
    elif meant.values or meant.closed_on is not None:
        report.changed += 1
    else:
        report.same += 1
    return account.pk
