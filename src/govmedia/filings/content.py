"""What a filing's form asks, and what is wrong with what was typed. One table for forms, services and pages."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from govmedia.connectors.errors import AddressRefused
from govmedia.connectors.guard import Guard
from govmedia.engine.platforms import PLATFORMS
from govmedia.filings.models import Filing

OPEN, CHANGE, CLOSE = Filing.Kind.OPEN, Filing.Kind.CHANGE, Filing.Kind.CLOSE
# A draft keeps more than may be submitted, so that nothing typed is lost; beyond this it is no form input any more.
DRAFT_CHARS = 20_000
FUNCTIONS_MOST, FUNCTION_CHARS, LINK_CHARS = 20, 40, 500
# A function, blanks, and its link.
_LINKED = re.compile(r"(\S.*?)[\s|]+(https?://\S+)")
EARLIEST = date(2000, 1, 1)
# C0 and C1 controls, lone surrogates, and signs that turn or hide text; line breaks are kept where lines are asked.
_INVISIBLE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_PHONE = re.compile(r"\+?[0-9][0-9 ()-]{4,28}[0-9]")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing asked. `shape` is line, text, url, date, platform, phone, list, tick or account."""

    key: str
    label: str
    shape: str
    most: int
    needed: bool = True
    hint: str = ""
    why: str = ""


_NAME = Item(
    "name", "账号名称", "line", 80, why="名称应简短规范，体现单位职责，各平台保持一致。（国办发〔2018〕123号）",
    hint="与平台上显示的一致。",
)  # fmt: skip
_URL = Item("url", "账号链接", "url", 2000, hint="公众打开账号的网址，二维码由它生成。")
_FEED = Item(
    "feed_url", "数据接口", "url", 2000,
    hint="账号内容的 RSS、Atom 或 JSON Feed 地址。系统从这里读名称、简介和最近的内容，以后也从这里做健康检查。",
    why="各账号的数据接口须一并备案，平台据此自动查看更新情况，不必再人工填报。（苏政办发〔2019〕56号）",
)  # fmt: skip
_CONTACT = (
    Item("contact_name", "联系人", "line", 40, hint="检查发现问题时先找谁。"),
    Item("contact_phone", "联系电话", "phone", 30, hint="只有审核和监管人员看得到。"),
)
_FUNCTIONS = Item(
    "functions",
    "功能栏目",
    "list",
    1000,
    needed=False,
    hint="一行一项，可在后面加链接，例如：预约挂号 https://…。公众能在名录里看到。",
)
_DESCRIPTION = Item("description", "简介", "text", 500, needed=False)
_SECOND = Item(
    "second_reason", "同平台第二个账号的理由", "text", 500,
    why="一个单位原则上在同一平台只开设一个政务新媒体账号。确有需要的，审核时会看到你写的理由。（国办发〔2018〕123号）",
)  # fmt: skip

ITEMS: Mapping[str, tuple[Item, ...]] = {
    OPEN: (
        _FEED, _NAME,
        Item("platform", "平台", "platform", DRAFT_CHARS),
        _DESCRIPTION, _URL,
        Item("opened_on", "开设日期", "date", DRAFT_CHARS, hint="账号在平台上开通的那一天。",
             why="开设、变更、关停均应在 5 个工作日内备案。"),
        *_CONTACT, _FUNCTIONS,
        Item("stands_for_government", "代表一级人民政府", "tick", 5, needed=False,
             hint="只有以本级政府名义开设的账号才勾选。"),
        _SECOND,
    ),
    CHANGE: (
        _NAME, _URL, _FEED, _DESCRIPTION, *_CONTACT, _FUNCTIONS,
        Item("happened_on", "变更日期", "date", DRAFT_CHARS, hint="在平台上改动的那一天。",
             why="开设、变更、关停均应在 5 个工作日内备案。"),
        Item("reason", "变更原因", "text", 500, hint="例如：单位更名、账号改版、接口迁移。"),
    ),
    CLOSE: (
        Item("closed_on", "注销日期", "date", DRAFT_CHARS, hint="在平台上办完注销的那一天。",
             why="先发停更公告，再到平台办注销，办完后报关停备案。"),
        Item("notice_url", "停更公告链接", "url", 2000, hint="公告告诉公众今后到哪里看。"),
        Item("reason", "关停原因", "text", 500),
        Item("successor", "承接账号", "account", 80, needed=False,
             hint="公众今后关注哪个账号。填账号编号或完整名称，没有就留空。"),
    ),
}  # fmt: skip


def items(kind: str, second: bool = False) -> tuple[Item, ...]:
    """What a filing of this kind asks; the reason for a second account only where there is a first."""
    return tuple(item for item in ITEMS[kind] if second or item.key != _SECOND.key)


def plain_line(text: str, most: int) -> str:
    """One line of visible signs, at most `most` of them."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", text).replace("\n", " ")).strip()[:most]


def clean_draft(kind: str, values: Mapping[str, Any]) -> dict[str, str]:
    """The known keys of what was typed, as text without invisible signs; nothing a form can hold is shortened."""
    clean: dict[str, str] = {}
    for item in ITEMS[kind]:
        if item.key in values:
            text = str(values[item.key]).replace("\r\n", "\n").replace("\r", "\n")
            text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))[:DRAFT_CHARS]
            clean[item.key] = text.strip() if item.shape in {"text", "list"} else text.replace("\n", " ").strip()
    return clean


def problems(kind: str, form: Mapping[str, Any], *, second: bool, today: date) -> dict[str, str]:
    """What has to be put right before submitting: field → Chinese sentence. Empty where all is well."""
    found: dict[str, str] = {}
    for item in items(kind, second):
        text = str(form.get(item.key, ""))
        problem = _missing(kind, item, form) if not text else _too_long(item, text) or _wrong(item, text, today)
        if problem:
            found[item.key] = problem
    return found


def _missing(kind: str, item: Item, form: Mapping[str, Any]) -> str:
    platform = PLATFORMS.get(str(form.get("platform", "")))
    if not item.needed or (item.key == "feed_url" and platform is not None and not platform.has_posts):
        return ""
    verb = "选择" if item.shape in {"platform", "date"} else "填写"
    if item.key == "second_reason":
        return "请写明理由，或改为变更原有账号。"
    return f"请{verb}{item.label}。"


def _too_long(item: Item, text: str) -> str:
    if len(text) <= item.most:
        return ""
    return f"{item.label}最多 {item.most:,} 个字，现在有 {len(text):,} 个，请缩短。"


def _wrong(item: Item, text: str, today: date) -> str:
    check: Callable[[Item, str, date], str] | None = _CHECKS.get(item.shape)
    return check(item, text, today) if check else ""


def _wrong_url(item: Item, text: str, today: date) -> str:
    if item.key == "feed_url":
        return address_problem(text)
    if not re.match(r"https?://[^\s/?#@]+\.[^\s/?#@]+(?:[/?#]|$)", text, re.IGNORECASE) or re.search(
        r"[\s<>\"\\]", text
    ):
        return f"{item.label}应是以 http:// 或 https:// 开头的完整网址。"
    return ""


def _wrong_date(item: Item, text: str, today: date) -> str:
    day = to_date(text)
    if day is None:
        return f"{item.label}应写成 2026-11-23 这样。"
    if day > today:
        return f"{item.label}不能晚于今天。"
    return f"{item.label}不能早于 {EARLIEST}。" if day < EARLIEST else ""


def _wrong_platform(item: Item, text: str, today: date) -> str:
    return "" if text in PLATFORMS else "没有这个平台，请从列表中选择。"


def _wrong_phone(item: Item, text: str, today: date) -> str:
    return "" if _PHONE.fullmatch(text) else "请填写能打通的电话，例如 025-12345678。"


def _wrong_list(item: Item, text: str, today: date) -> str:
    lines = functions(text)
    if len(lines) > FUNCTIONS_MOST:
        return f"功能栏目最多 {FUNCTIONS_MOST} 项，现在有 {len(lines)} 项。"
    long = next((line["name"] for line in lines if len(line["name"]) > FUNCTION_CHARS), "")
    if long:
        return f"“{long[:10]}…”超过 {FUNCTION_CHARS} 个字，请缩短。"
    bad = next((line["name"] for line in lines if len(line.get("url", "")) > LINK_CHARS), "")
    return f"“{bad}”的链接太长，最多 {LINK_CHARS} 个字符。" if bad else ""


_CHECKS: Mapping[str, Callable[[Item, str, date], str]] = {
    "url": _wrong_url, "date": _wrong_date, "platform": _wrong_platform, "phone": _wrong_phone, "list": _wrong_list,
}  # fmt: skip


def address_problem(url: str) -> str:
    """Why the machine would not open this address, in Chinese; empty where it would."""
    try:
        Guard(settings.FETCH_ALLOW).check_url(url)
    except AddressRefused as why:
        return why.text
    return ""


def to_date(text: str) -> date | None:
    """The date a form's text names (ISO), or None."""
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None
    except ValueError:
        return None


def functions(text: str) -> list[dict[str, str]]:
    """One function a line, its link behind it where it has one, as the registry keeps them."""
    found: dict[str, dict[str, str]] = {}
    for line in text.split("\n"):
        linked = _LINKED.fullmatch(line.strip())
        name, link = linked.groups() if linked else (line.strip(), "")
        if name:
            found.setdefault(name, {"name": name, **({"url": link} if link else {})})
    return list(found.values())


def functions_text(rows: Iterable[Mapping[str, Any]]) -> str:
    """Functions as a form has them: what `functions` reads back."""
    return "\n".join(" ".join(str(row[key]) for key in ("name", "url") if row.get(key)) for row in rows)


def happened_on(kind: str, form: Mapping[str, Any]) -> date | None:
    """The day of what is filed: opened, changed or closed."""
    key = {OPEN: "opened_on", CHANGE: "happened_on", CLOSE: "closed_on"}[Filing.Kind(kind)]
    return to_date(str(form.get(key, "")))


def differences(filing: Filing) -> Iterator[tuple[Item, str, str]]:
    """For a change: (item, old, new) of what differs from what was in the registry when it was begun."""
    before = filing.form.get("before", {})
    for item in ITEMS[filing.kind]:
        if item.key in before and before[item.key] != filing.form.get(item.key, ""):
            yield item, before[item.key], filing.form.get(item.key, "")
