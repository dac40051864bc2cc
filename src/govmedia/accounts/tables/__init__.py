"""The directory as a table: out for people and other systems, in for a first filling or a correction.

Columns are the fields of the Account object; headers may be those names or their Chinese labels. A row is found by
`code`, else by `platform` and `platform_id`; else it opens a new account. An empty cell leaves the value as it is.
Each bad row is named and passed over; the others are written.
"""

from govmedia.accounts.tables.columns import LABELS, template
from govmedia.accounts.tables.exporting import account_object, export_accounts, shown_cell
from govmedia.accounts.tables.importing import import_accounts
from govmedia.accounts.tables.report import Problem, Report, report_csv

__all__ = [
    "LABELS",
    "Problem",
    "Report",
    "account_object",
    "export_accounts",
    "import_accounts",
    "report_csv",
    "shown_cell",
    "template",
]
