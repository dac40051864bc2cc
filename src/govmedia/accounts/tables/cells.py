"""The cells of a row, read by their column's kind."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from govmedia.accounts.models import Status
from govmedia.accounts.tables.columns import LABELS
from govmedia.accounts.tables.report import BadCell
from govmedia.engine.platforms import field_code, platform_code
from govmedia.orgs.services import clean_line


def values_of(row: Mapping[str, str]) -> dict[str, Any]:
    """The row's cells that are not empty, read by their column's kind."""
    return {key: read(row[key]) for key, read in _READERS.items() if row.get(key)}


def _line(key: str, most: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        if "\n" in text or "\r" in text:
            raise BadCell("这一格里有换行，请删去。", key)
        return clean_line(text, field=key, label=LABELS[key], most=most)

    return read


def _link(key: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        link = clean_line(text, field=key, label=LABELS[key], most=2000)
        if key == "url" and not link.startswith(("http://", "https://")):
            raise BadCell("链接须以 http:// 或 https:// 开头。", key)
        return link

    return read


def day(key: str) -> Callable[[str], date]:
    def read(text: str) -> date:
        try:
            return date.fromisoformat(text.replace("/", "-").replace(".", "-"))
        except ValueError as why:
            raise BadCell("不是日期，请写成 2020-01-31。", key) from why

    return read


def status_of(text: str) -> str:
    return next((one.value for one in Status if text in {one.value, one.label}), "")


def _read_status(text: str) -> str:
    status = status_of(text)
    if not status:
        raise BadCell(f"没有这个状态。可填：{'、'.join(Status.labels)}。", "status")
    return status


def _read_platform(text: str) -> str:
    code = platform_code(text)
    if code is None:
        raise BadCell("没有这个平台。可用 govmedia platforms 查看平台名称。", "platform")
    return code


def _read_field(text: str) -> str:
    return field_code(text) or clean_line(text, field="field", label=LABELS["field"], most=20)


def _read_followers(text: str) -> int:
    digits = text.replace(",", "").replace("，", "")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 12:
        raise BadCell("不是整数，请写成 12345。", "followers")
    return int(digits)


def _read_functions(text: str) -> Sequence[dict[str, str]]:
    found = []
    for part in re.split("[;；\r\n]", text):
        name, _, link = part.strip().partition("|")
        if name:
            found.append({"name": name.strip()[:40], **({"url": link.strip()} if link.strip() else {})})
    return found


_READERS: Mapping[str, Callable[[str], Any]] = {
    "name": _line("name", 80),
    "platform": _read_platform,
    "platform_id": _line("platform_id", 200),
    "kind": _line("kind", 20),
    "status": _read_status,
    "opened_on": day("opened_on"),
    "url": _link("url"),
    "qr_url": _link("qr_url"),
    "field": _read_field,
    "functions": _read_functions,
    "followers": _read_followers,
}
