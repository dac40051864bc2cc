"""The cells of a row, read by their column's kind."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from govmedia.accounts.models import Status
from govmedia.accounts.tables.columns import LABELS
from govmedia.accounts.tables.report import BadCell
from govmedia.engine.links import LINK_MOST, host_of, is_web
from govmedia.engine.platforms import FIELDS, field_code, platform_code
from govmedia.orgs.services import clean_line

# What a formula that fails leaves in its cell.
FORMULA_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!"})
_FUNCTION_CHARS = 40
_TIME = r"(?:[T\s]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_DAY = re.compile(rf"(\d{{4}})\s*[-/.年]\s*(\d{{1,2}})\s*[-/.月]\s*(\d{{1,2}})\s*日?{_TIME}")
_DIGITS = re.compile(r"(\d{4})(\d\d)(\d\d)")
# Days since the end of 1899, which is what a spreadsheet keeps under a date and shows where a cell lost its form.
_COUNTED = re.compile(r"[3-7]\d{4}")
_COUNTED_FROM = date(1899, 12, 30)
# A long number as a spreadsheet writes it that takes it for one; its last digits are lost.
_ROUNDED = re.compile(r"\d(?:\.\d+)?E\+\d+", re.IGNORECASE)


def is_rounded(text: str) -> bool:
    """True for an id that a spreadsheet took for a number (1.23E+18): it cannot be known any more."""
    return bool(_ROUNDED.fullmatch(text))


def status_of(text: str) -> str:
    """The status for its word or its label; empty for what is none."""
    return next((one.value for one in Status if text in {one.value, one.label}), "")


def _line(key: str, most: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        if "\n" in text or "\r" in text:
            raise BadCell("这一格里有换行，请删去。", key)
        return clean_line(text, field=key, label=LABELS[key], most=most)

    return read


def _link(key: str) -> Callable[[str], str]:
    line = _line(key, LINK_MOST)

    def read(text: str) -> str:
        link = line(text)
        if not is_web(link):
            raise BadCell(f"{LABELS[key]}须以 http:// 或 https:// 开头。", key)
        if not host_of(link):
            raise BadCell("不是完整的网址，请核对。", key)
        return link

    return read


def _read_platform_id(text: str) -> str:
    if is_rounded(text):
        raise BadCell("这是被表格软件当成数字的标识，末几位已丢失。请把这一列设为文本，重新填写。", "platform_id")
    return _line("platform_id", 200)(text)


def _day(key: str) -> Callable[[str], date]:
    def read(text: str) -> date:
        plain = unicodedata.normalize("NFKC", text)
        if _COUNTED.fullmatch(plain):
            return _COUNTED_FROM + timedelta(days=int(plain))
        found = _DAY.fullmatch(plain) or _DIGITS.fullmatch(plain)
        year, month, day = map(int, found.groups()) if found else (0, 0, 0)
        if not year:
            raise BadCell("不是日期，请写成 2020-01-31。", key)
        if not 1 <= month <= 12:
            raise BadCell(f"一年没有 {month} 月，请核对。", key)
        if not 1 <= day <= monthrange(year, month)[1]:
            raise BadCell(f"{year} 年 {month} 月没有 {day} 日，请核对。", key)
        return date(year, month, day)

    return read


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
    code = field_code(text)
    if code is None:
        labels = "、".join(one.label for one in FIELDS.values())
        raise BadCell(f"没有这个领域。留空则随单位；可填：{labels}。", "field")
    return code


def _read_followers(text: str) -> int:
    digits = text.replace(",", "").replace("，", "")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 12:
        raise BadCell("不是整数，请写成 12345。", "followers")
    return int(digits)


def _read_functions(text: str) -> Sequence[dict[str, str]]:
    found, wrong = [], []
    for part in re.split("[;；\r\n]", text):
        name, _, link = (one.strip() for one in part.partition("|"))
        name = clean_line(name, field="functions", label="栏目名称", most=_FUNCTION_CHARS, needed=bool(link))
        if link and not (is_web(link) and host_of(link)):
            wrong.append(link)
        if name:
            found.append({"name": name, **({"url": link} if link else {})})
    if wrong:
        links = "、".join(f"“{link[:40]}”" for link in wrong)
        raise BadCell(f"栏目的链接须是 http:// 或 https:// 开头的完整网址，不能是{links}。", "functions")
    return found


READERS: Mapping[str, Callable[[str], Any]] = {
    "name": _line("name", 80),
    "platform": _read_platform,
    "platform_id": _read_platform_id,
    "kind": _line("kind", 20),
    "status": _read_status,
    "opened_on": _day("opened_on"),
    "closed_on": _day("closed_on"),
    "url": _link("url"),
    "qr_url": _link("qr_url"),
    "field": _read_field,
    "functions": _read_functions,
    "followers": _read_followers,
}
