"""The directory as a table for people and other systems."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from govmedia.accounts.models import Account, Status
from govmedia.accounts.tables.columns import LABELS
from govmedia.common import installation
from govmedia.common.exports import csv_chunks, xlsx_chunks
from govmedia.engine.platforms import FIELDS, LEVELS, platform_label


def account_object(account: Account) -> dict[str, Any]:
    """The Account object; what is unknown is left out. Needs organisation and successor loaded."""
    whole = {
        "code": account.code,
        "name": account.name,
        "platform": account.platform,
        "platform_id": account.platform_id,
        "organisation": account.organisation.name,
        "organisation_code": account.organisation.code,
        "division": account.division_id,
        "level": account.level,
        "kind": account.kind,
        "status": account.status,
        "opened_on": account.opened_on and account.opened_on.isoformat(),
        "closed_on": account.closed_on and account.closed_on.isoformat(),
        "url": account.url,
        "qr_url": account.qr_url,
        "field": account.field,
        "functions": account.functions,
        "followers": account.followers,
        "successor": account.successor.code if account.successor else None,
    }
    return {key: value for key, value in whole.items() if value not in (None, "", [])}


def export_accounts(fmt: str) -> Iterator[bytes]:
    """The whole directory by code, as `csv`, `xlsx` or `jsonl`, piece by piece."""
    rows = Account.objects.select_related("organisation", "successor").order_by("code")
    objects = (account_object(row) for row in rows.iterator(chunk_size=2000))
    if fmt == "jsonl":
        for one in objects:
            yield json.dumps(one, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        return
    demo, chunks = bool(installation.read(installation.DEMO)), csv_chunks if fmt == "csv" else xlsx_chunks
    yield from chunks(list(LABELS.values()), ([shown_cell(one, key) for key in LABELS] for one in objects), demo)


def shown_cell(one: Mapping[str, Any], key: str) -> Any:
    """A field of an Account object as people read it in a table: words of lists by their labels."""
    value = one.get(key)
    if key == "functions" and value:
        return "；".join(f"{f['name']}|{f['url']}" if f.get("url") else f["name"] for f in value)
    if key == "platform":
        return platform_label(value)
    if key == "status":
        return Status(value).label
    if key == "level":
        return LEVELS.get(value, value)
    if key == "field" and value in FIELDS:
        return FIELDS[value].label
    return value
