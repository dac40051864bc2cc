"""The population of a round as the file that is published."""

import csv
import gzip
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache

from django.db.models import Q, QuerySet

from govmedia.accounts.models import LIVE, Account
from govmedia.accounts.queries import live
from govmedia.engine.platforms import platform_label
from govmedia.orgs.models import Division, Level
from govmedia.orgs.rights import subtree
from govmedia.rounds.models import Round, Said

COLUMNS = ("code", "name", "platform", "level", "division", "city", "organisation", "government")
# What strata may be made of, with the words people know them by.
STRATA = {"level": "层级", "platform": "平台", "city": "设区市", "division": "地区"}
# A further column where units reported before the draw, and its values.
SELFCHECK = "selfcheck"
REPORTED, SILENT, NOT_ASKED = "reported", "silent", "not_asked"
_SELFCHECK_WORDS = {REPORTED: "已报自查", SILENT: "未报自查", NOT_ASKED: "不查"}
COLUMN_WORDS = {**STRATA, SELFCHECK: "自查"}


def population_of(division: str, end_on: date) -> tuple[bytes, list[str]]:
    """The CSV of a division's accounts that are judged, by code; and those that stand for a government. What was
    opened after the period that is looked at cannot have a fault in it."""
    first, after = subtree(division)
    there = Q(opened_on__isnull=True) | Q(opened_on__lte=end_on)
    rows = live().filter(there, division__gte=first, division__lt=after)
    return population_text(_read(rows))


def population_text(accounts: Iterable[Account]) -> tuple[bytes, list[str]]:
    """The CSV of accounts in their order, and the codes of those that stand for a government."""
    return _written(accounts, COLUMNS, lambda account: ())


def population_of_reports(held: Round) -> tuple[bytes, list[str]]:
    """As `population_of` of the accounts that a self-check asked for and that are still open, and of those left out,
    with a column that says whose unit reported."""
    said = dict(Said.objects.filter(report__round=held).values_list("account", "report__reported_at"))
    rows = Account.objects.filter(
        Q(pk__in=Said.objects.filter(report__round=held).values("account"), status__in=LIVE)
        | Q(code__in=list(held.excluded))
    )

    def more(account: Account) -> tuple[str]:
        if account.pk not in said:
            return (NOT_ASKED,)
        return (REPORTED if said[account.pk] else SILENT,)

    return _written(_read(rows), (*COLUMNS, SELFCHECK), more)


def _read(rows: QuerySet[Account]) -> Iterator[Account]:
    return rows.select_related("organisation").order_by("code").iterator(chunk_size=5000)


def _written(
    accounts: Iterable[Account], columns: Sequence[str], more: Callable[[Account], Sequence[str]]
) -> tuple[bytes, list[str]]:
    text = io.StringIO(newline="")
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(columns)
    governments = []
    for account in accounts:
        lines.writerow((*_cells(account), *more(account)))
        if account.stands_for_government:
            governments.append(account.code)
    return text.getvalue().encode(), governments


def _cells(account: Account) -> Iterator[str]:
    place = account.division_id
    values = (
        account.code, account.name, account.platform, account.level, place, f"{place[:4]}00",
        account.organisation.name, "true" if account.stands_for_government else "false",
    )  # fmt: skip
    # A cell is one line, whatever a name was typed as.
    yield from (" ".join(value.split()) for value in values)


def stratum_words(values: Sequence[str]) -> str:
    """`市级 · 微博` of the values of a stratum."""
    return " · ".join(_word(value) for value in values)


@lru_cache(maxsize=4096)
def _word(value: str) -> str:
    if value.isdigit():
        return Division.objects.filter(pk=value).values_list("name", flat=True).first() or value
    return str(dict(Level.choices).get(value) or _SELFCHECK_WORDS.get(value) or platform_label(value))


def packed(text: bytes) -> bytes:
    """The file as it is kept; the same bytes give the same."""
    return gzip.compress(text, mtime=0)


def unpacked(kept: bytes) -> bytes:
    """The file as it was published."""
    return gzip.decompress(bytes(kept)) if kept else b""
