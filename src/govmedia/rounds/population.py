"""The population of a round as the file that is published."""

import csv
import gzip
import io
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from govmedia.accounts.models import Account
from govmedia.accounts.queries import live
from govmedia.engine.platforms import platform_label
from govmedia.orgs.models import Division, Level
from govmedia.orgs.rights import subtree

COLUMNS = ("code", "name", "platform", "level", "division", "city", "organisation", "government")
# What strata may be made of, with the words people know them by.
STRATA = {"level": "层级", "platform": "平台", "city": "设区市", "division": "地区"}


def population_of(division: str) -> tuple[bytes, list[str]]:
    """The CSV of a division's accounts that are judged, by code; and those that stand for a government."""
    first, after = subtree(division)
    rows = live().filter(division__gte=first, division__lt=after).select_related("organisation").order_by("code")
    return population_text(rows.iterator(chunk_size=5000))


def population_text(accounts: Iterable[Account]) -> tuple[bytes, list[str]]:
    """The CSV of accounts in their order, and the codes of those that stand for a government."""
    text = io.StringIO(newline="")
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(COLUMNS)
    governments = []
    for account in accounts:
        lines.writerow(_cells(account))
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
    return str(dict(Level.choices).get(value) or platform_label(value))


def packed(text: bytes) -> bytes:
    """The file as it is kept; the same bytes give the same."""
    return gzip.compress(text, mtime=0)


def unpacked(kept: bytes) -> bytes:
    """The file as it was published."""
    return gzip.decompress(bytes(kept)) if kept else b""
